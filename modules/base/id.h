// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/clock.h>
#include <base/result.h>

#include <QByteArray>
#include <QHashFunctions>
#include <QString>
#include <QUuid>

#include <compare>

namespace ioc {

/// Identifier of a record, an operation, a device …: a UUIDv7 (RFC 9562), so that ids made later sort later.
class Id
{
public:
    /// The null id: "none".
    constexpr Id() = default;

    /// A new id that sorts after every id this process made before.
    static Id create(const Clock &clock);
    /// From now on create() gives ids that sort after \a id: one of an earlier run, when the clock may have been ahead. Ids more than ten
    /// years ahead of \a clock are passed over.
    static void resumeAfter(const Id &id, const Clock &clock);
    /// An id that is always the same for \a name within \a space (UUIDv5): for rows imported twice.
    static Id derived(const Id &space, QStringView name);
    /// Reads 8-4-4-4-12 hexadecimal digits and nothing around them; the null id is refused.
    static Result<Id> fromString(QStringView text);
    /// Reads 16 bytes in network order; all zeros give the null id.
    static Result<Id> fromBytes(QByteArrayView bytes);

    [[nodiscard]] bool isNull() const { return m_uuid.isNull(); }
    [[nodiscard]] QString toString() const { return m_uuid.toString(QUuid::WithoutBraces); }
    [[nodiscard]] QByteArray toBytes() const { return m_uuid.toRfc4122(); }
    [[nodiscard]] QUuid toUuid() const { return m_uuid; }
    /// The millisecond at which a UUIDv7 was made; 0 for other ids.
    [[nodiscard]] qint64 createdMs() const;

    friend bool operator==(const Id &, const Id &) = default;
    friend std::strong_ordering operator<=>(const Id &a, const Id &b);
    friend size_t qHash(const Id &id, size_t seed = 0) noexcept { return qHash(id.m_uuid, seed); }

private:
    explicit Id(const QUuid &uuid) : m_uuid(uuid) {}
    QUuid m_uuid;
};

} // namespace ioc

Q_DECLARE_TYPEINFO(ioc::Id, Q_PRIMITIVE_TYPE);
