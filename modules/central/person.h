// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <central/recordtables.h>

#include <QJsonArray>
#include <QJsonObject>

#include <functional>

namespace ioc {

/// What central holds about a person, who may ask for a copy of it and for its erasure (Law 91/2025/QH15 on personal data protection). Found by
/// what personal fields hold: a phone number, an e-mail address or a name. Each call is a transaction of its own.
class Person
{
public:
    Person(db::Connection &connection, const RecordTables &tables, const Clock &clock) : m_connection(connection), m_tables(tables), m_clock(clock) {}

    struct Found
    {
        const RecordType *type = nullptr;
        Id record;
        QStringList fields;   ///< in which the value is
        QStringList formerly; ///< in which it was, and is kept beside what is there now

        friend bool operator==(const Found &, const Found &) = default;
    };
    /// Records with \a value, written as people write it, in a personal field, now or formerly; deleted and merged ones too. \a seen is told
    /// how many former values were looked through (FormerValues).
    [[nodiscard]] Result<QList<Found>> find(const QString &value, const std::function<void(qint64)> &seen = {}) const;
    /// Those records whole, the rows that belong to them, and what the audit journal says of who had to do with them; of those that held \a value
    /// only formerly, that they did. Entered in that journal.
    Result<QJsonObject> exported(const QList<Found> &records, const QString &value);
    /// Empties every personal field of \a records, takes such former values out of their rows and sensitive ones out of kept operations, and
    /// destroys the keys, so that nothing in the database opens what was there. Records that held \a value only formerly may be somebody else's
    /// now: that value alone is taken out of what is kept of before. Devices are told by the feed. Entered in the audit journal. All of it or nothing.
    Result<void> erase(const QList<Found> &records, const QString &value);

private:
    Result<QJsonObject> whole(const RecordType &type, const Id &record) const;
    Result<void> eachRow(const RecordType &type, const Id &record, const std::function<Result<void>(const RecordType &, const Id &)> &work) const;
    Result<QJsonArray> handled(const Id &record) const;
    Result<void> eraseOne(const RecordType &type, const Id &record);
    Result<void> emptyOperations(const RecordType &type, const Id &record);
    Result<void> empty(const RecordType &type, CentralRecord state);

    db::Connection &m_connection;
    const RecordTables &m_tables;
    const Clock &m_clock;
};

} // namespace ioc
