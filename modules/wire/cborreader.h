// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/id.h>
#include <records/record.h>

#include <QCborMap>

namespace ioc::wire {

/// Reads one CBOR map of a message (as parsedPlain() gives it), strictly: what is missing or of another type is remembered as the first
/// problem, and reads go on with defaults. Keys are small integers on the wire.
class CborReader
{
public:
    /// What becomes of keys that this version does not know. What somebody asks for has to be understood whole. What central tells may hold more than this
    /// program knows, when it is the newer one: in keys from \c mayBeUnknown on, of which nothing depends that is kept. A lower one still has to be known.
    enum class Unknown { Refused, PassedOver };
    static constexpr int mayBeUnknown = 64;

    CborReader(const QCborValue &value, QString what, Unknown unknown = Unknown::Refused);

    qint64 integer(int key, qint64 lowest = std::numeric_limits<qint64>::min(), qint64 highest = std::numeric_limits<qint64>::max());
    /// Whether the message has \a key at all: for what was added to a message later.
    [[nodiscard]] bool has(int key) const { return m_map.contains(key); }
    QString text(int key, qsizetype limit = 4096);
    QByteArray bytes(int key, qsizetype limit = 4096);
    bool boolean(int key);
    Id id(int key, bool required);
    QList<Id> ids(int key);
    Values values(int key);
    QCborValue any(int key);
    QList<QCborValue> list(int key, qsizetype limit);

    void fail(const QString &why);
    void join(const CborReader &other);
    /// Whether all was well; call when everything was read.
    Result<void> finish();

private:
    QCborValue take(int key, bool required = true);

    QCborMap m_map;
    QString m_what;
    Unknown m_unknown;
    QString m_problem;
    qsizetype m_taken = 0;
};

} // namespace ioc::wire
