// SPDX-License-Identifier: GPL-3.0-or-later
#include <access/sealedtext.h>
#include <base/textfold.h>
#include <records/fieldtext.h>
#include <store/seals.h>
#include <store/typetable.h>
#include <store/searchtext.h>

#include <QCborArray>
#include <QCborMap>
#include <QCryptographicHash>

#include <algorithm>

namespace ioc {

namespace {

constexpr int headColumns = 4; // key, id, version, pending
constexpr qsizetype sortLength = 60; // characters by which text is sorted

bool isText(FieldKind kind)
{
    switch (kind) {
    case FieldKind::Text:
    case FieldKind::Phone:
    case FieldKind::Email:
    case FieldKind::Url: return true;
    default: return false;
    }
}

bool isSmall(FieldKind kind)
{
    switch (kind) {
    case FieldKind::Integer:
    case FieldKind::Money:
    case FieldKind::Decimal:
    case FieldKind::Boolean:
    case FieldKind::Date:
    case FieldKind::DateTime:
    case FieldKind::Choice:
    case FieldKind::Unit: return true;
    default: return false;
    }
}

QString foldedColumn(const Field &field)
{
    return QStringLiteral("_sort_") + field.name; // no field's name starts so
}

QString sortText(const QString &text)
{
    return folded(text).left(sortLength);
}

QString plainText(const QCborValue &value)
{
    if (value.isString())
        return value.toString();
    QStringList parts;
    if (value.isMap()) {
        const QCborMap map = value.toMap();
        for (const auto &[language, text] : map)
            parts += text.toString();
    } else if (value.isArray()) {
        const QCborArray array = value.toArray();
        for (const auto &member : array)
            parts += member.toString();
    }
    return parts.join(u' ');
}

} // namespace

TypeTable::TypeTable(const RecordType &type, const Workflow *workflow, const RecordType &root, const TypeTables &all)
    : m_type(type), m_workflow(workflow), m_all(all), m_search(type.name), m_name(db::quoted(type.name)), m_binder(type)
{
    const bool rootIsPersonal = std::ranges::any_of(root.fields, &Field::sensitive);
    for (const Field &field : type.fields) {
        if (field.sensitive || (field.holdsFormerValues && rootIsPersonal))
            m_personal += &field;
        m_searchesPersonal = m_searchesPersonal || (field.sensitive && field.searchable);
        const bool often = field.indexed || field.inTable || !field.derived.isEmpty();
        if (field.searchable)
            (type.titleExpression.contains(u'{' + field.name + u'}') ? m_titleFields : m_bodyFields) += field.name;
        if (!field.derived.isEmpty())
            m_derived += &field;
        if (often && isText(field.kind) && !field.sensitive)
            m_folded += &field;
        if (often && isSmall(field.kind) && type.parentField.isEmpty())
            (field.name == type.sortField ? m_facets.prepend(&field) : m_facets.append(&field));
        if (field.indexed && field.kind == FieldKind::DateTime && type.parentField.isEmpty() && field.name != type.sortField)
            m_times += &field;
    }
    QStringList names{QStringLiteral("key"), QStringLiteral("id"), QStringLiteral("version"), QStringLiteral("pending")};
    const auto fields = db::columns(type);
    for (const db::Column &column : fields)
        names += db::quoted(column.name);
    m_columns = names.join(u',');
    m_columnCount = static_cast<int>(fields.size());

    if (!type.parentField.isEmpty()) {
        m_selectChildren = QStringLiteral("SELECT %1 FROM %2 WHERE %3=? ORDER BY id").arg(m_columns, m_name, db::quoted(type.parentField));
        m_anyChild = QStringLiteral("SELECT 1 FROM %1 WHERE %2=? LIMIT 1").arg(m_name, db::quoted(type.parentField));
    }
    names[0] = QStringLiteral("feed");
    for (const Field *field : std::as_const(m_folded))
        names += db::quoted(foldedColumn(*field));
    QStringList marks(names.size(), QStringLiteral("?"));
    QStringList updates;
    for (const QString &name : std::as_const(names)) {
        if (name != u"id")
            updates += name + QStringLiteral("=excluded.") + name;
    }
    m_put = QStringLiteral("INSERT INTO %1 (%2) VALUES (%3) ON CONFLICT (id) DO UPDATE SET %4 "
                           "WHERE excluded.version>=version OR excluded.feed<>feed")
                .arg(m_name, names.join(u','), marks.join(u','), updates.join(u','));
    m_keyOf = QStringLiteral("SELECT key FROM %1 WHERE id=?").arg(m_name);
    QStringList sets;
    QStringList differs;
    for (const Field *field : std::as_const(m_derived)) {
        sets += db::quoted(field->name) + QStringLiteral("=?");
        differs += db::quoted(field->name) + QStringLiteral(" IS NOT ?");
    }
    m_putDerived = QStringLiteral("UPDATE %1 SET %2 WHERE id=? AND (%3) RETURNING key").arg(m_name, sets.join(u','), differs.join(QStringLiteral(" OR ")));
    if (!m_facets.isEmpty()) {
        QStringList walked;
        for (const Field *field : std::as_const(m_facets))
            walked += field->name;
        m_walkIndex = digestedName(QStringLiteral("walk"), walked);
    }
    if (m_workflow && type.parentField.isEmpty()) {
        QStringList states;
        for (const QString &state : m_workflow->openStates())
            states += u'\'' + QString(state).replace(u'\'', QStringLiteral("''")) + u'\'';
        m_openCondition = QStringLiteral("%1 IN (%2)").arg(db::quoted(m_workflow->stateField), states.join(u','));
        m_openIndex = digestedName(QStringLiteral("open"), openColumns() + states);
    }
}

// An index over other columns has another name, so that the migrator makes it.
QString TypeTable::digestedName(const QString &kind, const QStringList &columns) const
{
    const QByteArray digest = QCryptographicHash::hash(columns.join(u',').toUtf8(), QCryptographicHash::Sha1).toHex().left(8);
    return db::quoted(QStringLiteral("%1_%2_%3").arg(m_type.name, kind, QString::fromLatin1(digest)));
}

QStringList TypeTable::openColumns() const
{
    QStringList out{db::quoted(m_workflow->stateField)};
    for (const Field *field : m_facets) {
        if (field->name != m_workflow->stateField)
            out += db::quoted(field->name);
    }
    if (const Field *place = m_type.placeField())
        out += {db::quoted(place->name + QStringLiteral("_lat")), db::quoted(place->name + QStringLiteral("_lon"))};
    return out;
}

bool TypeTable::hasTimeIndex(const QString &field) const
{
    return (!m_facets.isEmpty() && m_facets.first()->name == field) || std::ranges::any_of(m_times, [&](const Field *time) { return time->name == field; });
}

bool TypeTable::findsOnlyOpen(const QList<Filter> &filters) const
{
    if (m_openIndex.isEmpty())
        return false;
    return std::ranges::any_of(filters, [this](const Filter &filter) {
        return filter.field == m_workflow->stateField && filter.op == Filter::Op::OneOf
               && std::ranges::all_of(filter.values, [this](const QCborValue &value) { return m_workflow->isOpen(value.toString()); });
    });
}

db::Table TypeTable::table() const
{
    db::Table out{.name = m_type.name,
                  .head = QStringLiteral("key INTEGER PRIMARY KEY AUTOINCREMENT, id BLOB NOT NULL UNIQUE, version INTEGER NOT NULL, "
                                         "pending INTEGER NOT NULL, feed INTEGER NOT NULL"),
                  .columns = db::columns(m_type),
                  .options = QStringLiteral("STRICT")};
    const auto index = [&](const QString &name, const QString &columns) {
        out.indexes += QStringLiteral("%1 ON %2 (%3)").arg(db::quoted(m_type.name + u'_' + name), m_name, columns);
    };
    for (const Field *field : m_folded) {
        out.columns += db::Column{foldedColumn(*field), db::ColumnType::Text};
        index(QStringLiteral("sort_") + field->name, db::quoted(foldedColumn(*field)));
    }
    if (!m_facets.isEmpty()) {
        QStringList walked;
        for (const Field *field : m_facets)
            walked += db::quoted(field->name);
        out.indexes += QStringLiteral("%1 ON %2 (%3)").arg(m_walkIndex, m_name, walked.join(u','));
    }
    for (const Field *time : m_times) {
        QStringList columns{db::quoted(time->name)};
        for (const Field *field : m_facets) {
            if (field != time && (field->kind == FieldKind::DateTime || field->kind == FieldKind::Boolean))
                columns += db::quoted(field->name);
        }
        index(QStringLiteral("time_") + time->name, columns.join(u','));
    }
    if (m_type.clockLedger) // the rare acts, such as extensions, are looked for over all records
        index(QStringLiteral("acts"), QStringLiteral("\"act\",\"at\""));
    if (!m_openIndex.isEmpty())
        out.indexes += QStringLiteral("%1 ON %2 (%3) WHERE %4").arg(m_openIndex, m_name, openColumns().join(u','), m_openCondition);
    if (!m_type.parentField.isEmpty()) {
        const QString order = m_type.sortField.isEmpty() ? QString() : u',' + db::quoted(m_type.sortField);
        index(QStringLiteral("of_parent"), db::quoted(m_type.parentField) + order);
    }
    if (const Field *place = m_type.placeField()) {
        const QString latitude = db::quoted(place->name + QStringLiteral("_lat"));
        index(QStringLiteral("place"), latitude + u',' + db::quoted(place->name + QStringLiteral("_lon")));
    }
    return out;
}

QString TypeTable::indexSignature() const
{
    QStringList parts{QStringLiteral("3"), m_titleFields.join(u','), m_bodyFields.join(u',')};
    for (const Field *field : m_folded)
        parts += field->name;
    return parts.join(u';');
}

Result<void> TypeTable::bringIndexes(db::Connection &connection, bool anew) const
{
    QStringList statements;
    if (anew) {
        const auto stale = connection.each(
            QStringLiteral("SELECT name FROM sqlite_schema WHERE type='index' AND tbl_name=? AND (name LIKE ? ESCAPE '\\' OR name LIKE ? ESCAPE '\\')"),
            {m_type.name, m_type.name + QStringLiteral("\\_walk\\_%"), m_type.name + QStringLiteral("\\_open\\_%")}, [&](const db::Row &row) {
                if (db::quoted(row.text(0)) != m_walkIndex && db::quoted(row.text(0)) != m_openIndex)
                    statements += QStringLiteral("DROP INDEX %1").arg(db::quoted(row.text(0)));
                return true;
            });
        if (!stale)
            return stale;
    }
    const auto brought = isSearchable() ? m_search.bring(connection, anew) : anew ? m_search.drop(connection) : Result<void>();
    if (!brought)
        return brought;
    for (const QString &statement : std::as_const(statements)) {
        if (const auto done = connection.exec(statement); !done)
            return std::unexpected(done.error());
    }
    if (!anew)
        return {};
    if (const auto ready = isSearchable() ? m_search.setManyAtOnce(connection, true) : Result<void>(); !ready)
        return ready;
    qint64 key = 0;
    for (;;) { // after an update of the program that changed what is searched or sorted by; rare
        QList<StoredRecord> rows;
        const auto read = connection.each(QStringLiteral("SELECT %1 FROM %2 WHERE key>? ORDER BY key LIMIT 1000").arg(m_columns, m_name), {key},
                                          [&](const db::Row &row) { rows += this->read(row); return true; });
        if (!read)
            return read;
        if (rows.isEmpty())
            return isSearchable() ? m_search.setManyAtOnce(connection, false) : Result<void>();
        for (const StoredRecord &row : std::as_const(rows)) {
            key = row.key;
            QStringList sets;
            for (const Field *field : m_folded)
                sets += db::quoted(foldedColumn(*field)) + QStringLiteral("=?");
            if (!sets.isEmpty()) {
                const auto done = connection.exec(QStringLiteral("UPDATE %1 SET %2 WHERE key=?").arg(m_name, sets.join(u',')),
                                                  sortValues(row.record.values) + QVariantList{key});
                if (!done)
                    return std::unexpected(done.error());
            }
            if (const auto done = putSearch(connection, key, row.record); !done)
                return done;
        }
    }
}

QString TypeTable::sortColumn(const Field &field) const
{
    return db::quoted(m_folded.contains(&field)               ? foldedColumn(field)
                      : field.kind == FieldKind::Place ? field.name + QStringLiteral("_lat")
                                                       : field.name);
}

StoredRecord TypeTable::read(const db::Row &row) const
{
    return {.key = row.integer(0),
            .record = {.type = m_type.name,
                       .id = Id::fromBytes(row.bytes(1)).value_or(Id()),
                       .version = row.integer(2),
                       .values = db::readValues(m_type, row, headColumns)},
            .pending = row.integer(3) != 0};
}

Result<std::optional<StoredRecord>> TypeTable::find(db::Connection &connection, const Id &id) const
{
    std::optional<StoredRecord> found;
    return connection
        .each(QStringLiteral("SELECT %1 FROM %2 WHERE id=?").arg(m_columns, m_name), {id.toBytes()},
              [&](const db::Row &row) {
                  found = read(row);
                  return false;
              })
        .transform([&] { return found; });
}

Result<qint64> TypeTable::put(db::Connection &connection, const Record &record, bool pending, qint64 feed, qint64 searchUpTo) const
{
    QVariantList parameters{feed, record.id.toBytes(), record.version, pending ? 1 : 0};
    parameters += db::bound(m_type, record.values);
    parameters += sortValues(record.values);
    const auto key = keyPut(connection, record.id, connection.exec(m_put, parameters)); // without RETURNING, which is a third of its cost
    if (!key || *key == 0 || *key > searchUpTo)
        return key;
    return putSearch(connection, *key, record).transform([&] { return *key; });
}

Result<qint64> TypeTable::putPacked(db::Connection &connection, const Record &record, QByteArrayView packed, qint64 feed) const
{
    const int firstFolded = headColumns + m_columnCount + 1;
    const QByteArray id = record.id.toBytes();
    QVarLengthArray<QByteArray, 8> sorted(m_folded.size());
    const auto rows = connection.execBound(m_put, [&](db::Bindings &to) {
        to.integer(1, feed);
        to.bytes(2, id);
        to.integer(3, record.version);
        to.integer(4, 0);
        m_binder.bind(to, headColumns + 1, packed, [&](const Field &field, QByteArrayView text) {
            const qsizetype at = m_folded.indexOf(&field);
            if (at >= 0)
                sorted[at] = sortText(QString::fromUtf8(text)).toUtf8();
        });
        for (qsizetype i = 0; i < sorted.size(); ++i) {
            if (!sorted[i].isEmpty())
                to.text(firstFolded + static_cast<int>(i), sorted[i]);
        }
    });
    return keyPut(connection, record.id, rows);
}

// The key of a row that was put, when \a rows were.
Result<qint64> TypeTable::keyPut(db::Connection &connection, const Id &id, const Result<qint64> &rows) const
{
    if (!rows || *rows == 0)
        return rows;
    const qint64 given = connection.lastKey();
    return given ? Result<qint64>(given) : connection.integer(m_keyOf, {id.toBytes()});
}

Result<qint64> TypeTable::putDerived(db::Connection &connection, const Id &id, const Values &derived) const
{
    RecordType part; // bound() knows how a value is written
    for (const Field *field : m_derived)
        part.fields += *field;
    const QVariantList values = db::bound(part, derived);
    return connection.integer(m_putDerived, values + QVariantList{id.toBytes()} + values);
}

Result<qint64> TypeTable::lastKey(db::Connection &connection) const
{
    return connection.integer(QStringLiteral("SELECT seq FROM sqlite_sequence WHERE name=?"), {m_type.name});
}

Result<qint64> TypeTable::remove(db::Connection &connection, const Id &id) const
{
    const auto key = connection.integer(QStringLiteral("DELETE FROM %1 WHERE id=? RETURNING key").arg(m_name), {id.toBytes()});
    if (!key || *key == 0 || !isSearchable())
        return key;
    return m_search.remove(connection, *key).transform([&] { return *key; });
}

Result<void> TypeTable::eachSearched(db::Connection &connection, const QString &where, const QVariantList &parameters, const std::function<bool(qint64, const Record &)> &each) const
{
    constexpr int before = 2; // key, id
    RecordType part; // only the fields that are searched
    QString columns;
    for (const QString &name : m_titleFields + m_bodyFields) {
        part.fields += *m_type.field(name);
        columns += u',' + db::quoted(name);
    }
    return connection.each(QStringLiteral("SELECT key, id%1 FROM %2 ").arg(columns, m_name) + where, parameters, [&](const db::Row &row) {
        return each(row.integer(0), {.type = m_type.name, .id = Id::fromBytes(row.bytes(1)).value_or(Id()), .values = db::readValues(part, row, before)});
    });
}

Result<qint64> TypeTable::indexAfter(db::Connection &connection, qint64 afterKey, int limit, const std::function<bool()> &isAwaited) const
{
    constexpr int some = 64;
    if (!isSearchable())
        return 0;
    qint64 last = 0;
    int done = 0;
    Result<void> put;
    const auto read = eachSearched(connection, QStringLiteral("WHERE key>? ORDER BY key LIMIT ?"), {afterKey, limit}, [&](qint64 key, const Record &record) {
        put = putSearch(connection, key, record);
        last = key;
        const bool isEnough = ++done % some == 0 && isAwaited && isAwaited();
        return put && !isEnough;
    });
    if (!read || !put)
        return std::unexpected(!read ? read.error() : put.error());
    return last;
}

Result<void> TypeTable::indexAgain(db::Connection &connection, qint64 key) const
{
    Result<void> put;
    const auto read = eachSearched(connection, QStringLiteral("WHERE key=?"), {key}, [&](qint64, const Record &record) {
        put = putSearch(connection, key, record);
        return false;
    });
    return read ? put : read;
}

Result<QSet<qint64>> TypeTable::foundAmong(db::Connection &connection, const QList<qint64> &keys, const searchtext::Pattern &pattern) const
{
    QStringList list;
    for (const qint64 key : keys)
        list += QString::number(key);
    QSet<qint64> found;
    return eachSearched(connection, QStringLiteral("WHERE key IN (SELECT value FROM json_each(?))"), {QString(u'[' + list.join(u',') + u']')},
                        [&](qint64 key, const Record &record) {
                            const Seals seals(connection, m_all);
                            if (pattern.finds(searchText(seals, m_titleFields, record) + u' ' + searchText(seals, m_bodyFields, record)))
                                found.insert(key);
                            return true;
                        })
        .transform([&] { return std::move(found); });
}

Result<void> TypeTable::putSearch(db::Connection &connection, qint64 key, const Record &record) const
{
    if (!isSearchable())
        return {};
    bool isWhole = true;
    const Seals seals(connection, m_all);
    const QString title = searchText(seals, m_titleFields, record, &isWhole);
    const QString body = searchText(seals, m_bodyFields, record, &isWhole);
    return m_search.put(connection, key, title, body).and_then([&] {
        return isWhole ? Result<void>() : connection.exec(QStringLiteral("INSERT OR IGNORE INTO _seal_unindexed (type, key) VALUES (?,?)"), {m_type.name, key}).transform([](qint64) {});
    });
}

searchtext::Coder TypeTable::coder() const
{
    return m_searchesPersonal ? [this](const QString &word) { return m_all.vault().wordCode(word); } : searchtext::Coder();
}

// The words of what is sealed stand in the index as codes.
QString TypeTable::searchText(const Seals &seals, const QStringList &fields, const Record &record, bool *isWhole) const
{
    QString all;
    QString codes;
    for (const QString &name : fields) {
        const auto value = record.values.constFind(name);
        if (value == record.values.cend())
            continue;
        const Field *field = m_type.field(name);
        const bool coded = field->sensitive && isSealed(*value);
        const QCborValue plain = coded ? seals.opened(*value, {m_type.name, record.id, name}) : *value;
        if (coded && isSealed(plain)) {
            if (isWhole && !m_all.vault().isOpen())
                *isWhole = false;
            continue;
        }
        QString text = field->kind == FieldKind::Choice ? displayText(*field, plain, u"vi") + u' ' + displayText(*field, plain, u"en") : plainText(plain);
        if (field->kind == FieldKind::Phone && plain.toString().startsWith(u"+84"))
            text += QStringLiteral(" 0") + plain.toString().mid(3); // as people here write it
        if (coded)
            codes += u' ' + searchtext::codedWords(text, coder());
        else
            all += text + u' ';
    }
    return searchtext::words(all) + codes;
}

QVariantList TypeTable::sortValues(const Values &values) const
{
    QVariantList out;
    for (const Field *field : m_folded) {
        const QString text = sortText(values.value(field->name).toString());
        out += text.isEmpty() ? QVariant() : QVariant(text);
    }
    return out;
}

TypeTables::TypeTables(std::shared_ptr<const TypeCatalog> catalog, std::shared_ptr<Vault> vault) : m_catalog(std::move(catalog)), m_vault(std::move(vault))
{
    const auto types = m_catalog->types();
    for (const RecordType *type : types)
        m_tables.emplace(type->name, TypeTable(*type, m_catalog->workflowOf(*type), m_catalog->rootOf(*type), *this));
}

QByteArray TypeTables::personalFields() const
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const auto &[name, table] : m_tables) {
        for (const Field *field : table.personalFields())
            hash.addData((name + u'.' + field->name + u'\n').toUtf8());
    }
    return hash.result();
}

const TypeTable *TypeTables::table(const QString &type) const
{
    const auto found = m_tables.find(type);
    return found == m_tables.end() ? nullptr : &found->second;
}

QList<const TypeTable *> TypeTables::all() const
{
    QList<const TypeTable *> out;
    for (const auto &[name, table] : m_tables)
        out += &table;
    return out;
}

const TypeTable *TypeTables::ledgerOf(const RecordType &type) const
{
    const auto children = m_catalog->childrenOf(type);
    for (const RecordType *child : children) {
        if (child->clockLedger)
            return table(child->name);
    }
    return nullptr;
}

} // namespace ioc
