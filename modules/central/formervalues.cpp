// SPDX-License-Identifier: GPL-3.0-or-later
#include <access/sealedtext.h>
#include <central/formervalues.h>
#include <central/journal.h>
#include <records/validation.h>
#include <wire/codec.h>

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace ioc {

namespace {

constexpr int pageSize = 2000; // rows at a time: a server's driver holds what it reads

} // namespace

Result<std::map<Id, FormerValues::Former>> FormerValues::find(const std::function<void(qint64)> &seen)
{
    m_seen = seen;
    m_found.clear();
    const auto types = m_tables.catalog().types();
    for (const RecordType *type : types) {
        for (const Field &field : type->fields) {
            if (!field.holdsFormerValues)
                continue;
            if (const auto done = findInRows(*type, field); !done)
                return std::unexpected(done.error());
        }
    }
    return findInOperations().transform([this] { return std::move(m_found); });
}

Result<bool> FormerValues::matches(const Field &field, const QCborValue &value)
{
    if (!field.sensitive || !value.isString() || value.toString().isEmpty())
        return false;
    auto known = m_codes.find(&field);
    if (known == m_codes.end()) {
        const auto own = canonical(field, m_value);
        const auto code = own && own->isString() ? m_tables.sealing().match(field, own->toString()) : Result<QByteArray>();
        if (!code)
            return std::unexpected(code.error());
        known = m_codes.emplace(&field, *code).first;
    }
    if (known->second.isEmpty())
        return false;
    const auto written = canonical(field, value); // kept as it was sent
    return m_tables.sealing().match(field, written && written->isString() ? written->toString() : value.toString()).transform([&](const QByteArray &code) { return code == known->second; });
}

// What is left of former values without those that match, whose fields are told.
Result<QJsonObject> FormerValues::withoutMatching(const RecordType &root, const QString &json, QStringList &matching)
{
    QJsonObject former = QJsonDocument::fromJson(json.toUtf8()).object();
    for (const Field &field : root.fields) {
        if (!former.contains(field.name))
            continue;
        const auto same = matches(field, QCborValue::fromJsonValue(former.value(field.name)));
        if (!same)
            return std::unexpected(same.error());
        if (*same) {
            matching += field.name;
            former.remove(field.name);
        }
    }
    return former;
}

Result<void> FormerValues::note(const RecordType &type, const Id &record, const QStringList &fields)
{
    if (fields.isEmpty())
        return {};
    // A row belongs to the record at the head of its chain of parents.
    if (const RecordType *root = &m_tables.catalog().rootOf(type); root != &type) {
        const auto row = m_tables.find(m_connection, type, record);
        if (row)
            return note(*m_tables.catalog().type(type.field(type.parentField)->referenceType), row->record.reference(type.parentField), fields);
        if (row.error().code != ErrorCode::NotFound)
            return std::unexpected(row.error());
        // Refused, and kept nevertheless: there is no record, but what was asked for is still found.
    }
    Former &found = m_found[record];
    found.type = &type;
    for (const QString &field : fields) {
        if (!found.fields.contains(field))
            found.fields += field;
    }
    return {};
}

Result<void> FormerValues::findInRows(const RecordType &type, const Field &field)
{
    const RecordType &root = m_tables.catalog().rootOf(type);
    const QString next = QStringLiteral("SELECT id FROM %1 WHERE shard = ? AND id > ? AND %2 IS NOT NULL ORDER BY id LIMIT %3").arg(db::quoted(type.name), db::quoted(field.name)).arg(pageSize);
    for (QByteArray after("", 0);;) {
        QList<Id> rows;
        const auto read = m_connection.each(next, {m_tables.shard(), after}, [&](const db::Row &row) {
            rows += Id::fromBytes(row.bytes(0)).value_or(Id());
            return true;
        });
        if (!read || rows.isEmpty())
            return read;
        for (const Id &id : std::as_const(rows)) {
            const auto row = m_tables.find(m_connection, type, id);
            if (!row)
                return std::unexpected(row.error());
            QStringList matching;
            const auto rest = withoutMatching(root, row->record.text(field.name), matching);
            const auto done = rest ? note(type, id, matching) : Result<void>(std::unexpected(rest.error()));
            if (!done)
                return done;
        }
        after = rows.last().toBytes();
        m_looked += rows.size();
        if (m_seen)
            m_seen(m_looked);
    }
}

Result<void> FormerValues::findInOperations()
{
    const QString next = QStringLiteral("SELECT op, record, operation, answer FROM central_operation WHERE op > ? ORDER BY op LIMIT %1").arg(pageSize);
    for (QByteArray after("", 0);;) {
        struct Kept { Id record; QByteArray packed; QByteArray answer; };
        QList<Kept> page;
        const auto read = m_connection.each(next, {after}, [&](const db::Row &row) {
            after = row.bytes(0);
            page += Kept{Id::fromBytes(row.bytes(1)).value_or(Id()), row.bytes(2), row.bytes(3)};
            return true;
        });
        if (!read || page.isEmpty())
            return read;
        for (const Kept &kept : std::as_const(page)) {
            const auto operation = wire::unpackedOperation(kept.packed);
            const RecordType *type = operation ? m_tables.catalog().type(operation->type) : nullptr;
            QStringList matching;
            const auto look = [&](const QString &name, std::initializer_list<QCborValue> values) -> Result<void> {
                for (const QCborValue &value : values) {
                    if (const auto same = holds(*type, kept.record, name, value, matching); !same)
                        return std::unexpected(same.error());
                }
                return {};
            };
            Result<void> looked;
            for (qsizetype i = 0; type && looked && i < operation->changes.size(); ++i)
                looked = look(operation->changes[i].field, {operation->changes[i].oldValue, operation->changes[i].newValue});
            const auto answers = type ? wire::decodeAnswers(kept.answer) : Result<QList<Answer>>();
            const auto conflicts = answers ? answers->value(0).conflicts : QList<FieldConflict>();
            for (qsizetype i = 0; looked && i < conflicts.size(); ++i)
                looked = look(conflicts[i].field, {conflicts[i].base, conflicts[i].mine, conflicts[i].theirs});
            if (looked && type)
                looked = note(*type, kept.record, matching);
            if (!looked)
                return looked;
        }
        m_looked += page.size();
        if (m_seen)
            m_seen(m_looked);
    }
}

// As it was written; undefined when its key was destroyed.
Result<QCborValue> FormerValues::opened(const QCborValue &value, const SealPlace &place, int merging)
{
    if (!isSealed(value) || place.record.isNull())
        return value;
    if (m_key.first != place.record) {
        auto key = m_tables.key(m_connection, place.record);
        if (!key)
            return std::unexpected(key.error());
        m_key = {place.record, std::move(*key)};
    }
    const auto text = openedText(value.toString(), m_key.second, place);
    if (text)
        return QCborValue(*text);
    // What came for a record after it was merged is sealed with the other's key.
    constexpr int mostMergings = 16;
    const RecordType *type = m_tables.catalog().type(place.type);
    const auto record = type ? m_tables.find(m_connection, *type, place.record) : Result<CentralRecord>(failure(ErrorCode::NotFound, {}));
    const bool goesOn = record && !record->aliasOf.isNull() && merging < mostMergings;
    return goesOn ? opened(value, {place.type, record->aliasOf, place.field}, merging + 1) : Result<QCborValue>(QCborValue());
}

// Whether the value is in \a value of the field called \a name; in which fields of the record it stood is told.
Result<bool> FormerValues::holds(const RecordType &type, const Id &record, const QString &name, const QCborValue &value, QStringList &matching)
{
    const Field *field = type.field(name);
    if (!field || !(field->sensitive || field->holdsFormerValues))
        return false;
    const auto plain = opened(value, {type.name, record, name});
    if (!plain)
        return std::unexpected(plain.error());
    if (field->holdsFormerValues) {
        QStringList fields;
        return withoutMatching(m_tables.catalog().rootOf(type), plain->toString(), fields).transform([&](const QJsonObject &) {
            matching += fields;
            return !fields.isEmpty();
        });
    }
    return matches(*field, *plain).transform([&](bool same) {
        if (same)
            matching += name;
        return same;
    });
}

Result<void> FormerValues::takeOut(const RecordType &type, const Id &record)
{
    const auto alone = m_tables.find(m_connection, type, record, RecordTables::Purpose::Change); // nobody else writes of it until this is done
    if (!alone && alone.error().code != ErrorCode::NotFound)
        return std::unexpected(alone.error());
    return takeOutOfOperations(type, record).and_then([&] { return takeOutOfRows(type, type, record); });
}

Result<void> FormerValues::takeOutOfRows(const RecordType &root, const RecordType &type, const Id &parent)
{
    const auto childTypes = m_tables.catalog().childrenOf(type);
    for (const RecordType *childType : childTypes) {
        QList<Id> rows; // deleted ones too
        const auto read = m_connection.each(QStringLiteral("SELECT id FROM %1 WHERE %2 = ? AND shard = ?").arg(db::quoted(childType->name), db::quoted(childType->parentField)), {parent.toBytes(), m_tables.shard()}, [&](const db::Row &row) {
            rows += Id::fromBytes(row.bytes(0)).value_or(Id());
            return true;
        });
        if (!read)
            return read;
        for (const Id &id : std::as_const(rows)) {
            auto row = m_tables.find(m_connection, *childType, id, RecordTables::Purpose::Change);
            if (!row)
                return std::unexpected(row.error());
            bool isTaken = false;
            for (const Field &field : childType->fields) {
                QStringList matching;
                const auto rest = field.holdsFormerValues ? withoutMatching(root, row->record.text(field.name), matching) : Result<QJsonObject>();
                if (!rest)
                    return std::unexpected(rest.error());
                isTaken = isTaken || !matching.isEmpty();
                if (!matching.isEmpty())
                    row->record.values.insert(field.name, rest->isEmpty() ? QCborValue() : QCborValue(QString::fromUtf8(QJsonDocument(*rest).toJson(QJsonDocument::Compact))));
            }
            if (isTaken) {
                ++row->record.version;
                const qint64 now = m_clock.nowMs();
                const auto done = m_tables.update(m_connection, *childType, *row, {{}, now}).and_then([&] { return Journal(m_connection).commit(*childType, row->record, now); });
                if (!done)
                    return done;
            }
            if (const auto done = takeOutOfOperations(*childType, id).and_then([&] { return takeOutOfRows(root, *childType, id); }); !done)
                return done;
        }
    }
    return {};
}

// Of a row's former values all go from its operations: the row has the rest.
Result<void> FormerValues::takeOutOfOperations(const RecordType &type, const Id &record)
{
    return Journal(m_connection).empty(record, [&](const QString &name, const QCborValue &value) {
        QStringList ignored;
        return holds(type, record, name, value, ignored);
    });
}

} // namespace ioc
