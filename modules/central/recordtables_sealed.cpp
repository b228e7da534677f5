// SPDX-License-Identifier: GPL-3.0-or-later
// Personal data on their way into the tables and out of them.
#include <central/recordtables.h>

#include <db/namedlock.h>
#include <records/validation.h>

#include <QCryptographicHash>

namespace ioc {

// What is bound for the fields' columns, then the match codes.
Result<QVariantList> RecordTables::sealedColumns(const RecordType &type, CentralRecord &record, bool &isNewKey) const
{
    static const SystemClock clock;
    const Sql &own = sql(type);
    const RecordType &root = m_catalog->rootOf(type);
    Values values = record.record.values;
    QVariantList codes;
    for (const Field *field : own.personal) {
        const QCborValue value = values.value(field->name);
        const bool seals = isPersonal(root, *field, value);
        if (seals && record.key.id.isNull()) {
            auto key = record.offered.id.isNull() ? SealKey::create(clock) : Result<SealKey>(record.offered);
            if (!key)
                return std::unexpected(key.error());
            record.key = std::move(*key);
            isNewKey = true;
        }
        const auto text = seals ? sealedText(value.toString(), record.key, {type.name, record.record.id, field->name}) : Result<QString>();
        const auto code = seals && field->sensitive ? m_sealing->match(*field, value.toString()) : Result<QByteArray>();
        if (!text || !code)
            return std::unexpected(!text ? text.error() : code.error());
        if (seals) {
            values.insert(field->name, *text);
            record.fresh.byField.insert(field->name, {value.toString(), *text});
        }
        if (field->sensitive)
            codes += code->isEmpty() ? QVariant() : QVariant(*code);
    }
    return db::bound(type, values) + codes;
}

Result<void> RecordTables::keepKey(db::Connection &connection, const CentralRecord &record) const
{
    return m_sealing->wrapped(record.key, record.record.id).and_then([&](const QByteArray &wrapped) {
        return connection.insertLater({.table = QStringLiteral("central_seal_key"), .columns = QStringLiteral("record, wrapped")}, {record.record.id.toBytes(), wrapped});
    });
}

// Empty where there is none.
Result<QByteArray> RecordTables::wrappedKey(db::Connection &connection, const Id &record)
{
    auto kept = connection.one<QByteArray>(QStringLiteral("SELECT wrapped FROM central_seal_key WHERE record = ?"), {record.toBytes()}, [](const db::Row &row) { return row.bytes(0); });
    return kept || kept.error().code != ErrorCode::NotFound ? kept : Result<QByteArray>();
}

Result<SealKey> RecordTables::key(db::Connection &connection, const Id &record) const
{
    return wrappedKey(connection, record).and_then([&](const QByteArray &wrapped) { return wrapped.isEmpty() ? Result<SealKey>() : m_sealing->unwrapped(wrapped, record); });
}

Result<void> RecordTables::takeKey(CentralRecord &record, const QByteArray &wrappedKey) const
{
    if (wrappedKey.isEmpty())
        return {};
    return m_sealing->unwrapped(wrappedKey, record.record.id).transform([&](SealKey &&key) { record.key = std::move(key); });
}

// Whether a row need not be opened for those who may open it themselves: what is personal in it is sealed with the record's own key, or was
// written before its field was sealed.
bool RecordTables::standsAsItGoes(const RecordType &type, const db::Row &row, const SealKey &key) const
{
    return std::ranges::all_of(sql(type).personalColumns, [&](int column) {
        const QString text = row.text(ownColumns + column);
        return !isSealedText(text) || (!key.id.isNull() && sealedBy(text) == key.id);
    });
}

Result<void> RecordTables::open(const RecordType &type, CentralRecord &record, const QByteArray &wrappedKey, Personal personal) const
{
    if (const auto taken = takeKey(record, wrappedKey); !taken)
        return taken;
    for (const Field *field : sql(type).personal) {
        const auto at = record.record.values.find(field->name);
        if (at == record.record.values.end() || !isSealedText(at->toString()))
            continue;
        if (personal == Personal::Sealed && !record.key.id.isNull() && sealedBy(at->toString()) == record.key.id)
            continue;
        const auto text = openedText(at->toString(), record.key, {type.name, record.record.id, field->name});
        if (text)
            *at = *text;
        else if (text.error().code == ErrorCode::NotFound) // its key was destroyed
            record.record.values.erase(at);
        else if (text.error().code != ErrorCode::InvalidInput) // only looks like one
            return std::unexpected(text.error());
    }
    return {};
}

Result<QList<Id>> RecordTables::holding(db::Connection &connection, const RecordType &type, const Field &field, const QString &value) const
{
    const auto own = canonical(field, value);
    if (!field.sensitive || !own || !own->isString()) // what is no phone number is in no such field
        return QList<Id>();
    const auto code = m_sealing->match(field, own->toString());
    if (!code)
        return std::unexpected(code.error());
    QList<Id> out;
    return connection.each(QStringLiteral("SELECT id FROM %1 WHERE shard = ? AND %2 = ? ORDER BY id").arg(db::quoted(type.name), codeColumn(field)), {m_shard, *code}, [&](const db::Row &row) {
        out += Id::fromBytes(row.bytes(0)).value_or(Id());
        return true;
    }).transform([&] { return std::move(out); });
}

Result<void> RecordTables::destroyKeys(db::Connection &connection, const RecordType &type, const Id &record) const
{
    const auto childTypes = m_catalog->childrenOf(type);
    for (const RecordType *childType : childTypes) {
        QList<Id> rows; // deleted ones too
        const auto read = connection.each(QStringLiteral("SELECT id FROM %1 WHERE %2 = ? AND shard = ?").arg(db::quoted(childType->name), db::quoted(childType->parentField)), {record.toBytes(), m_shard}, [&](const db::Row &row) {
            rows += Id::fromBytes(row.bytes(0)).value_or(Id());
            return true;
        });
        if (!read)
            return read;
        for (const Id &row : std::as_const(rows)) {
            if (const auto done = destroyKeys(connection, *childType, row); !done)
                return done;
        }
    }
    return connection.exec(QStringLiteral("DELETE FROM central_seal_key WHERE record = ?"), {record.toBytes()}).transform([](qint64) {});
}

QByteArray RecordTables::sealedFields() const
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData("2\n"); // 1 sealed the same value otherwise each time
    const auto types = m_catalog->types();
    for (const RecordType *type : types) {
        for (const Field *field : sql(*type).personal)
            hash.addData((type->name + u'.' + field->name + u'\n').toUtf8());
    }
    return hash.result();
}

Result<void> RecordTables::sealAll(db::Connection &connection) const
{
    const auto types = m_catalog->types();
    for (const RecordType *type : types) {
        if (sql(*type).personal.isEmpty())
            continue;
        if (const auto done = sealType(connection, *type); !done)
            return done;
    }
    return {};
}

Result<void> RecordTables::sealType(db::Connection &connection, const RecordType &type) const
{
    constexpr int atOnce = 2000;
    const Sql &own = sql(type);
    const QString next = QStringLiteral("SELECT id FROM %1 WHERE shard = ? AND id > ? ORDER BY id LIMIT %2").arg(db::quoted(type.name)).arg(atOnce);
    const auto columns = db::columns(type);
    QList<QByteArray> ids{QByteArray("", 0)};
    while (!ids.isEmpty()) {
        auto transaction = db::Transaction::begin(connection);
        if (!transaction)
            return std::unexpected(transaction.error());
        if (const auto alone = db::waitForLock(connection, "sealing"); !alone)
            return alone;
        const QByteArray after = ids.takeLast();
        ids.clear();
        const auto listed = connection.each(next, {m_shard, after}, [&](const db::Row &row) {
            ids += row.bytes(0);
            return true;
        });
        if (!listed)
            return listed;
        for (const QByteArray &id : std::as_const(ids)) {
            auto record = find(connection, type, Id::fromBytes(id).value_or(Id()), Purpose::Change);
            if (!record)
                return std::unexpected(record.error());
            bool isNewKey = false;
            const auto all = sealedColumns(type, *record, isNewKey);
            if (!all)
                return std::unexpected(all.error());
            QVariantList parameters;
            for (const Field *field : own.personal)
                parameters += all->at(std::ranges::find(columns, field->name, &db::Column::name) - columns.begin());
            parameters += all->last(own.codes);
            parameters << m_shard << id;
            const auto written = connection.exec(own.seal, parameters).and_then([&](qint64) { return isNewKey ? keepKey(connection, *record) : Result<void>(); });
            if (!written)
                return written;
        }
        if (const auto committed = transaction->commit(); !committed)
            return committed;
    }
    return {};
}

} // namespace ioc
