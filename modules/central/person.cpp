// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/auditjournal.h>
#include <central/formervalues.h>
#include <central/journal.h>
#include <central/person.h>
#include <records/rights.h>

#include <QCborArray>
#include <QDateTime>
#include <QTimeZone>

namespace ioc {

namespace {

QString timeText(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms, QTimeZone::UTC).toString(Qt::ISODateWithMs);
}

QString idText(const db::Row &row, int column)
{
    const Id id = row.isNull(column) ? Id() : Id::fromBytes(row.bytes(column)).value_or(Id());
    return id.isNull() ? QString() : id.toString();
}

} // namespace

Result<QList<Person::Found>> Person::find(const QString &value, const std::function<void(qint64)> &seen) const
{
    QList<Found> out;
    auto former = FormerValues(m_connection, m_tables, m_clock, value).find(seen);
    if (!former)
        return std::unexpected(former.error());
    const auto types = m_tables.catalog().types();
    for (const RecordType *type : types) {
        QMap<Id, QStringList> fields;
        for (const Field &field : type->fields) {
            const auto records = m_tables.holding(m_connection, *type, field, value);
            if (!records)
                return std::unexpected(records.error());
            for (const Id &record : *records)
                fields[record] += field.name;
        }
        for (const auto &[record, names] : fields.asKeyValueRange()) {
            QStringList formerly = former->contains(record) ? former->at(record).fields : QStringList();
            former->erase(record);
            formerly.removeIf([&](const QString &name) { return names.contains(name); });
            out += Found{type, record, names, formerly};
        }
    }
    for (const auto &[record, one] : *former)
        out += Found{one.type, record, {}, one.fields};
    return out;
}

Result<QJsonObject> Person::whole(const RecordType &type, const Id &record) const
{
    const auto state = m_tables.find(m_connection, type, record);
    if (!state)
        return std::unexpected(state.error());
    QJsonObject values;
    for (const auto &[name, value] : state->record.values.asKeyValueRange())
        values.insert(name, value.toJsonValue());
    QJsonObject out{{QStringLiteral("type"), type.name}, {QStringLiteral("id"), record.toString()}, {QStringLiteral("deleted"), state->record.deleted}, {QStringLiteral("values"), values}};
    QJsonArray rows;
    const auto read = eachRow(type, record, [&](const RecordType &rowType, const Id &row) { return whole(rowType, row).transform([&](const QJsonObject &one) { rows += one; }); });
    if (!rows.isEmpty())
        out.insert(QStringLiteral("rows"), rows);
    return read.transform([&] { return out; });
}

// What belongs to a record.
Result<void> Person::eachRow(const RecordType &type, const Id &record, const std::function<Result<void>(const RecordType &, const Id &)> &work) const
{
    const auto childTypes = m_tables.catalog().childrenOf(type);
    for (const RecordType *childType : childTypes) {
        const auto children = m_tables.children(m_connection, *childType, record);
        if (!children)
            return std::unexpected(children.error());
        for (const RecordTables::Child &child : *children) {
            if (const auto done = work(*childType, child.id); !done)
                return done;
        }
    }
    return {};
}

// Who made, changed and looked at it, and when.
Result<QJsonArray> Person::handled(const Id &record) const
{
    QJsonArray out;
    const auto read = m_connection.each(QStringLiteral("SELECT at_ms, kind, account FROM audit_entry WHERE record = ? ORDER BY sequence"), {record.toBytes()}, [&](const db::Row &row) {
        out += QJsonObject{{QStringLiteral("at"), timeText(row.integer(0))}, {QStringLiteral("what"), row.text(1)}, {QStringLiteral("account"), idText(row, 2)}};
        return true;
    });
    return read.transform([&] { return out; });
}

Result<QJsonObject> Person::exported(const QList<Found> &records, const QString &value)
{
    auto transaction = db::Transaction::begin(m_connection, db::Transaction::Durability::Full);
    if (!transaction)
        return std::unexpected(transaction.error());
    AuditJournal audit(m_connection);
    QJsonArray all;
    for (const Found &found : records) {
        // A record that holds another value now may be somebody else's: that it was theirs is all they may hear of it.
        QJsonObject formerly{{QStringLiteral("type"), found.type->name}, {QStringLiteral("id"), found.record.toString()}};
        if (!found.formerly.isEmpty())
            formerly.insert(QStringLiteral("formerly"), QJsonObject{{QStringLiteral("fields"), QJsonArray::fromStringList(found.formerly)}, {QStringLiteral("value"), value}});
        auto one = found.fields.isEmpty() ? Result<QJsonObject>(formerly) : whole(*found.type, found.record);
        const auto who = handled(found.record);
        if (!one || !who)
            return std::unexpected(!one ? one.error() : who.error());
        if (!found.formerly.isEmpty())
            one->insert(QStringLiteral("formerly"), formerly.value(QStringLiteral("formerly")));
        one->insert(QStringLiteral("handled"), *who);
        all += *one;
        const auto entered = audit.add({.kind = AuditKind::PersonExported, .atMs = m_clock.nowMs(), .who = AuditActor::atConsole(), .type = found.type->name, .record = found.record, .op = {},
                                        .details = {{QStringLiteral("fields"), QCborArray::fromStringList(found.fields + found.formerly)}}});
        if (!entered)
            return std::unexpected(entered.error());
    }
    return transaction->commit().transform([&] { return QJsonObject{{QStringLiteral("made"), timeText(m_clock.nowMs())}, {QStringLiteral("records"), all}}; });
}

Result<void> Person::erase(const QList<Found> &records, const QString &value)
{
    const auto work = [&](db::Connection &) -> Result<void> {
        auto transaction = db::Transaction::begin(m_connection, db::Transaction::Durability::Full);
        if (!transaction)
            return std::unexpected(transaction.error());
        AuditJournal audit(m_connection);
        for (const Found &found : records) {
            const auto gone = found.fields.isEmpty() ? FormerValues(m_connection, m_tables, m_clock, value).takeOut(*found.type, found.record) : eraseOne(*found.type, found.record);
            const auto done = gone.and_then([&] {
                return audit.add({.kind = AuditKind::PersonErased, .atMs = m_clock.nowMs(), .who = AuditActor::atConsole(), .type = found.type->name, .record = found.record, .op = {},
                                  .details = {{QStringLiteral("fields"), QCborArray::fromStringList(found.fields.isEmpty() ? found.formerly : found.fields)}}});
            });
            if (!done)
                return done;
        }
        return transaction->commit();
    };
    return db::repeated(m_connection, work);
}

Result<void> Person::eraseOne(const RecordType &type, const Id &record)
{
    auto state = m_tables.find(m_connection, type, record, RecordTables::Purpose::Change);
    if (!state)
        return std::unexpected(state.error());
    return empty(type, std::move(*state))
        .and_then([&] { return eachRow(type, record, [this](const RecordType &rowType, const Id &row) { return eraseOne(rowType, row); }); })
        .and_then([&] { return emptyOperations(type, record); })
        .and_then([&] { return m_tables.destroyKeys(m_connection, type, record); });
}

// They are kept with their sensitive values sealed, and open from before there was sealing.
Result<void> Person::emptyOperations(const RecordType &type, const Id &record)
{
    const RecordType &root = m_tables.catalog().rootOf(type);
    return Journal(m_connection).empty(record, [&](const QString &name, const QCborValue &value) -> Result<bool> {
        const Field *field = type.field(name);
        return field && isKeptOtherwise(root, *field, value);
    });
}

// A row without personal data is left as it is.
Result<void> Person::empty(const RecordType &type, CentralRecord state)
{
    const RecordType &root = m_tables.catalog().rootOf(type);
    qsizetype taken = 0;
    for (const Field &field : type.fields) {
        const QCborValue value = state.record.value(field.name);
        if (!isPersonal(root, field, value))
            continue;
        const Values rest = disclosed(type, root, {{field.name, value}}, Disclosure::Hidden);
        state.record.values.remove(field.name);
        state.record.values.insert(rest);
        ++taken;
    }
    if (taken == 0)
        return {};
    ++state.record.version;
    const qint64 now = m_clock.nowMs();
    return m_tables.update(m_connection, type, state, {{}, now}).and_then([&] { return Journal(m_connection).commit(type, state.record, now); });
}

} // namespace ioc
