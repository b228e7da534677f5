// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <central/recordtables.h>

#include <QJsonObject>

#include <functional>
#include <map>

namespace ioc {

/// What personal fields of records held before: in the rows that belong to them (fields that hold former values) and in the operations that are
/// kept. They have no match codes, so everything is looked through, some 20,000 a second.
class FormerValues
{
public:
    /// \a value as people write it.
    FormerValues(db::Connection &connection, const RecordTables &tables, const Clock &clock, QString value) : m_connection(connection), m_tables(tables), m_clock(clock), m_value(std::move(value)) {}

    /// By record, the fields that held the value at some time; whether they still do is not asked. \a seen is told how many rows and
    /// operations were looked through.
    struct Former
    {
        const RecordType *type = nullptr;
        QStringList fields;
    };
    Result<std::map<Id, Former>> find(const std::function<void(qint64)> &seen = {});
    /// Takes the value out of what is kept about \a record; what it holds now, and other former values, stay.
    Result<void> takeOut(const RecordType &type, const Id &record);

private:
    Result<bool> matches(const Field &field, const QCborValue &value);
    Result<bool> holds(const RecordType &type, const Id &record, const QString &name, const QCborValue &value, QStringList &matching);
    Result<QJsonObject> withoutMatching(const RecordType &root, const QString &json, QStringList &matching);
    Result<void> findInRows(const RecordType &type, const Field &field);
    Result<void> findInOperations();
    Result<void> note(const RecordType &type, const Id &record, const QStringList &fields);
    Result<void> takeOutOfRows(const RecordType &root, const RecordType &type, const Id &parent);
    Result<void> takeOutOfOperations(const RecordType &type, const Id &record);
    [[nodiscard]] Result<QCborValue> opened(const QCborValue &value, const SealPlace &place, int merging = 0);

    db::Connection &m_connection;
    const RecordTables &m_tables;
    const Clock &m_clock;
    QString m_value;
    std::map<const Field *, QByteArray> m_codes; // of the value, by field; empty where it can be in none
    std::pair<Id, SealKey> m_key;                // of the record looked at last
    std::map<Id, Former> m_found;
    std::function<void(qint64)> m_seen;
    qint64 m_looked = 0;
};

} // namespace ioc
