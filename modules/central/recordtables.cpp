// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/recordtables.h>

#include <db/eachof.h>
#include <db/namedlock.h>
#include <records/derived.h>
#include <records/filetype.h>
#include <records/rights.h>

#include <QCoreApplication>

namespace ioc {

namespace {

const QStringList &reservedNames()
{
    static const QStringList names{QStringLiteral("shard"), QStringLiteral("id"), QStringLiteral("version"), QStringLiteral("deleted"), QStringLiteral("alias_of"),
                                   QStringLiteral("created_at"), QStringLiteral("created_by"), QStringLiteral("changed_at"), QStringLiteral("changed_by")};
    return names;
}

QString head(db::Dialect dialect)
{
    const auto name = [dialect](db::ColumnType type) { return db::columnTypeName(type, dialect); };
    const QString integer = name(db::ColumnType::Integer);
    const QString bytes = name(db::ColumnType::Bytes);
    return QStringLiteral("shard %1 NOT NULL, id %2 NOT NULL, version %1 NOT NULL, deleted %1 NOT NULL, alias_of %2, "
                          "created_at %1 NOT NULL, created_by %2, changed_at %1 NOT NULL, changed_by %2").arg(integer, bytes);
}

// Columns of a field; a place has two.
QStringList fieldColumns(const Field &field)
{
    const QString name = field.name;
    return field.kind == FieldKind::Place ? QStringList{db::quoted(name + QStringLiteral("_lat")), db::quoted(name + QStringLiteral("_lon"))} : QStringList{db::quoted(name)};
}

QStringList columnNames(const RecordType &type)
{
    QStringList names;
    for (const Field &field : type.fields)
        names += fieldColumns(field);
    return names;
}

QStringList codeColumns(const RecordType &type)
{
    QStringList out;
    for (const Field &field : type.fields) {
        if (field.sensitive)
            out += db::quoted(RecordTables::codeColumn(field));
    }
    return out;
}

// What a field is compared by.
QString comparedColumn(const RecordType &type, const QString &name)
{
    const Field *field = type.field(name);
    return db::quoted(field->sensitive ? RecordTables::codeColumn(*field) : name);
}

// Of the row at hand of \a row, a table or its alias; always the last column.
QString keyColumn(const QString &row)
{
    return QStringLiteral(", (SELECT k.wrapped FROM central_seal_key k WHERE k.record = %1.id)").arg(row);
}

QStringList tableIndexes(const RecordType &type)
{
    const QString table = db::quoted(type.name);
    QStringList out;
    for (qsizetype i = 0; i < type.uniqueKeys.size(); ++i) {
        QStringList parts;
        for (const QString &name : type.uniqueKeys[i])
            parts += comparedColumn(type, name);
        out += QStringLiteral("%1 ON %2 (%3, shard)").arg(db::quoted(QStringLiteral("%1_key_%2").arg(type.name).arg(i)), table, parts.join(QStringLiteral(", ")));
    }
    // With shard and id in it, or the primary key, which is in the order asked for, looks better to the planner: a scan of the whole shard.
    if (!type.parentField.isEmpty())
        out += QStringLiteral("%1 ON %2 (%3, shard, id)").arg(db::quoted(type.name + QStringLiteral("_parent")), table, db::quoted(type.parentField));
    if (holdsFile(type))
        out += QStringLiteral("%1 ON %2 (digest, shard)").arg(db::quoted(type.name + QStringLiteral("_digest")), table);
    return out;
}

QVariant idOrNull(const Id &id)
{
    return id.isNull() ? QVariant() : QVariant(id.toBytes());
}

// Where what \a name is compared by stands among sealedColumns(type, …).
qsizetype columnOf(const RecordType &type, const QString &name)
{
    return (columnNames(type) + codeColumns(type)).indexOf(comparedColumn(type, name));
}

QByteArray keyIn(const db::Row &row, int column)
{
    return column < 0 || row.isNull(column) ? QByteArray() : row.bytes(column);
}

} // namespace

QString RecordTables::codeColumn(const Field &field)
{
    return field.name + QStringLiteral("_match");
}

RecordTables::RecordTables(std::shared_ptr<const TypeCatalog> catalog, qint64 shard, db::Dialect dialect, std::shared_ptr<const Sealing> sealing)
    : m_catalog(std::move(catalog)), m_shard(shard), m_sealing(std::move(sealing))
{
    const auto types = m_catalog->types();
    for (const RecordType *type : types) {
        m_sql.emplace(type, makeSql(*type, dialect));
        m_packers.emplace(type, *type);
    }
}

Result<QList<db::Table>> RecordTables::tables(const TypeCatalog &catalog, db::Dialect dialect)
{
    QList<db::Table> out;
    const auto types = catalog.types();
    for (const RecordType *type : types) {
        for (const Field &field : type->fields) {
            if (reservedNames().contains(field.name) || type->name.startsWith(QStringLiteral("central_")) || type->name.startsWith(QStringLiteral("access_")))
                return failure(ErrorCode::InvalidInput, QCoreApplication::translate("Central", "The record type “%1” or its field “%2” has a name that the database needs itself. Choose another.").arg(type->name, field.name));
        }
        QList<db::Column> columns = db::columns(*type);
        for (const Field &field : type->fields) {
            if (field.sensitive)
                columns += db::Column{codeColumn(field), db::ColumnType::Bytes};
        }
        out += db::Table{.name = type->name, .head = head(dialect), .columns = columns, .tail = QStringLiteral(", PRIMARY KEY (shard, id)"),
                         .options = dialect == db::Dialect::Sqlite ? QStringLiteral("STRICT") : QString(), .indexes = tableIndexes(*type)};
    }
    return out;
}

RecordTables::Sql RecordTables::makeSql(const RecordType &type, db::Dialect dialect) const
{
    const QString table = db::quoted(type.name);
    const QStringList columns = columnNames(type);
    const QStringList codes = codeColumns(type);
    const RecordType &root = m_catalog->rootOf(type);
    const bool rootIsPersonal = std::ranges::any_of(root.fields, &Field::sensitive);
    Sql out;
    out.codes = codes.size();
    int column = 0;
    for (const Field &field : type.fields) {
        if (field.sensitive || (field.holdsFormerValues && rootIsPersonal)) {
            out.personal += &field;
            out.personalColumns += column;
        }
        column += static_cast<int>(fieldColumns(field).size());
    }
    out.find = QStringLiteral("SELECT version, deleted, alias_of, shard%1%3 FROM %2 WHERE shard = ? AND id = ?")
                   .arg(columns.isEmpty() ? QString() : QStringLiteral(", ") + columns.join(QStringLiteral(", ")), table, out.personal.isEmpty() ? QString() : keyColumn(table));
    out.lock = dialect == db::Dialect::Sqlite ? QString() : QStringLiteral(" FOR UPDATE"); // SQLite has one writer
    out.exists = QStringLiteral("SELECT 1 FROM %1 WHERE shard = ? AND id = ?").arg(table);
    out.insert = {.table = table, .columns = QStringLiteral("shard, id, version, deleted, alias_of, created_at, created_by, changed_at, changed_by, ") + (columns + codes).join(QStringLiteral(", ")),
                  .tail = QStringLiteral(" ON CONFLICT DO NOTHING")};
    QStringList sets;
    QStringList derivedSets;
    for (const Field &field : type.fields) {
        for (const QString &name : fieldColumns(field))
            (field.derived.isEmpty() ? sets : derivedSets) += name + QStringLiteral(" = ?");
    }
    for (const QString &name : codes)
        sets += name + QStringLiteral(" = ?");
    QStringList seals;
    for (const Field *field : std::as_const(out.personal))
        seals += db::quoted(field->name) + QStringLiteral(" = ?");
    for (const QString &name : codes)
        seals += name + QStringLiteral(" = ?");
    out.seal = QStringLiteral("UPDATE %1 SET %2 WHERE shard = ? AND id = ?").arg(table, seals.join(QStringLiteral(", ")));
    out.update = QStringLiteral("UPDATE %1 SET version = ?, deleted = ?, alias_of = ?, changed_at = ?, changed_by = ?%2 WHERE shard = ? AND id = ?")
                     .arg(table, sets.isEmpty() ? QString() : QStringLiteral(", ") + sets.join(QStringLiteral(", ")));
    if (!type.parentField.isEmpty())
        out.children = QStringLiteral("SELECT id, version FROM %1 WHERE %2 = ? AND shard = ? AND deleted = 0 ORDER BY id").arg(table, db::quoted(type.parentField));
    addReading(out, type);
    if (type.clockLedger && !type.parentField.isEmpty())
        out.parent = m_catalog->type(type.field(type.parentField)->referenceType);
    const auto children = m_catalog->childrenOf(type);
    for (const RecordType *child : children) {
        if (!child->clockLedger || derivedSets.isEmpty())
            continue;
        out.ledgerType = child;
        out.ledger = QStringLiteral("SELECT version, deleted, alias_of, shard, %1 FROM %2 WHERE %3 = ? AND shard = ? AND deleted = 0 ORDER BY id")
                         .arg(columnNames(*child).join(QStringLiteral(", ")), db::quoted(child->name), db::quoted(child->parentField));
        out.derive = QStringLiteral("UPDATE %1 SET %2 WHERE shard = ? AND id = ?").arg(table, derivedSets.join(QStringLiteral(", ")));
    }
    return out;
}

// Reading with the units that a record belongs to follows its chain of parents to the head.
void RecordTables::addReading(Sql &out, const RecordType &type) const
{
    QString columns;
    for (const QString &name : columnNames(type))
        columns += QStringLiteral(", r.") + name;
    QString parents;
    QString alias = QStringLiteral("r");
    const RecordType *at = &type;
    for (const RecordType *root = &m_catalog->rootOf(type); at != root;) {
        const Field *field = at->field(at->parentField);
        const QString next = alias + u'p';
        parents += QStringLiteral(" LEFT JOIN %1 %2 ON %2.shard = r.shard AND %2.id = %3.%4").arg(db::quoted(field->referenceType), next, alias, db::quoted(field->name));
        alias = next;
        at = m_catalog->type(field->referenceType);
    }
    QString units;
    if (at->name == u"unit")
        out.unitColumns += QStringLiteral("id");
    for (const Field &field : at->fields) {
        if (field.kind == FieldKind::Unit && at->name != u"unit")
            out.unitColumns += db::quoted(field.name);
    }
    for (const QString &name : std::as_const(out.unitColumns))
        units += QStringLiteral(", %1.%2").arg(alias, name);
    // CROSS JOIN: the feed's range comes first, each record is then looked up by its key.
    const QString key = out.personal.isEmpty() ? QString() : keyColumn(QStringLiteral("r"));
    const QString feed = QStringLiteral("SELECT r.version, r.deleted, r.alias_of, f.sequence%1, r.id%3%5 FROM central_feed f CROSS JOIN %2 r%4 "
                                        "WHERE r.shard = ? AND r.id = f.id AND f.sequence > ? AND f.sequence <= ? AND f.type = ? ORDER BY f.sequence");
    const QString live = QStringLiteral("SELECT r.version, r.id%1%3%5 FROM %2 r%4 WHERE r.shard = ? AND r.deleted = 0");
    const QString table = db::quoted(type.name);
    out.feed = feed.arg(columns, table, QString(), QString(), key);
    out.feedWithUnits = feed.arg(columns, table, units, parents, key);
    out.live = live.arg(columns, table, QString(), QString(), key);
    out.liveWithUnits = live.arg(columns, table, units, parents, key);
}

QList<Id> RecordTables::unitsIn(const db::Row &row, int firstColumn, qsizetype count)
{
    QList<Id> out;
    for (int i = 0; i < count; ++i) {
        const Id unit = row.isNull(firstColumn + i) ? Id() : Id::fromBytes(row.bytes(firstColumn + i)).value_or(Id());
        if (!unit.isNull() && !out.contains(unit))
            out += unit;
    }
    return out;
}

Result<QList<Id>> RecordTables::unitsOf(db::Connection &connection, const RecordType &type, const Id &record, const Values &values) const
{
    const RecordType *root = &m_catalog->rootOf(type);
    const RecordType *at = &type;
    Record current{.id = record, .values = values};
    while (at != root) {
        const Id parent = current.reference(at->parentField);
        at = m_catalog->type(at->field(at->parentField)->referenceType);
        auto found = find(connection, *at, parent);
        if (!found)
            return found.error().code == ErrorCode::NotFound ? Result<QList<Id>>(QList<Id>()) : std::unexpected(found.error());
        current = std::move(found->record);
    }
    return ioc::unitsOf(*root, current.id, current.values);
}

Result<QList<RecordTables::Child>> RecordTables::children(db::Connection &connection, const RecordType &childType, const Id &parent) const
{
    QList<Child> out;
    return connection.each(sql(childType).children, {parent.toBytes(), m_shard}, [&](const db::Row &row) {
        out += Child{Id::fromBytes(row.bytes(0)).value_or(Id()), row.integer(1)};
        return true;
    }).transform([&] { return std::move(out); });
}

const RecordType *RecordTables::ledgerParent(const RecordType &ledgerType) const
{
    return sql(ledgerType).parent;
}

Result<CentralRecord> RecordTables::find(db::Connection &connection, const RecordType &type, const Id &id, Purpose purpose) const
{
    const Sql &own = sql(type);
    QByteArray key;
    auto found = connection.one<CentralRecord>(purpose == Purpose::Change ? own.find + own.lock : own.find, {m_shard, id.toBytes()}, [&](const db::Row &row) {
        key = keyIn(row, own.personal.isEmpty() ? -1 : ownColumns + static_cast<int>(columnNames(type).size()));
        return CentralRecord{.record = {.type = type.name, .id = id, .version = row.integer(0), .values = db::readValues(type, row, ownColumns), .deleted = row.integer(1) != 0},
                             .aliasOf = row.isNull(2) ? Id() : Id::fromBytes(row.bytes(2)).value_or(Id())};
    });
    if (!found)
        return found;
    if (purpose == Purpose::Change && !own.lock.isEmpty() && !own.personal.isEmpty()) { // whoever had the row before may have made its key or destroyed it: the statement that waited does not see that
        auto now = wrappedKey(connection, id);
        if (!now)
            return std::unexpected(now.error());
        key = std::move(*now);
    }
    if (const auto done = open(type, *found, key); !done)
        return std::unexpected(done.error());
    return found;
}

Result<bool> RecordTables::exists(db::Connection &connection, const RecordType &type, const Id &id) const
{
    return connection.integer(sql(type).exists, {m_shard, id.toBytes()}).transform([](qint64 one) { return one == 1; });
}

Result<QSet<Id>> RecordTables::existing(db::Connection &connection, const RecordType &type, const QList<Id> &ids) const
{
    QVariantList members;
    for (const Id &id : ids)
        members += id.toBytes();
    QSet<Id> out;
    const QString sql = QStringLiteral("SELECT id FROM %1 WHERE shard = ? AND id IN ").arg(db::quoted(type.name)) + QStringLiteral("(%1)");
    return db::eachOf(connection, sql, {m_shard}, members, [&](const db::Row &row) {
               out.insert(Id::fromBytes(row.bytes(0)).value_or(Id()));
               return true;
           })
        .transform([&] { return out; });
}

Result<QVariantList> RecordTables::newRow(const RecordType &type, CentralRecord &record, const Touch &touch, bool &isNewKey) const
{
    return sealedColumns(type, record, isNewKey).transform([&](const QVariantList &columns) {
        return QVariantList{m_shard, record.record.id.toBytes(), record.record.version, record.record.deleted ? 1 : 0, idOrNull(record.aliasOf),
                            touch.atMs, idOrNull(touch.author), touch.atMs, idOrNull(touch.author)}
               + columns;
    });
}

Result<void> RecordTables::insertLater(db::Connection &connection, const RecordType &type, CentralRecord &record, const Touch &touch) const
{
    bool isNewKey = false;
    return newRow(type, record, touch, isNewKey)
        .and_then([&](const QVariantList &row) { return connection.insertLater(sql(type).insert, row); })
        .and_then([&] { return isNewKey ? keepKey(connection, record) : Result<void>(); });
}

Result<bool> RecordTables::insert(db::Connection &connection, const RecordType &type, CentralRecord &record, const Touch &touch) const
{
    bool isNewKey = false;
    const auto row = newRow(type, record, touch, isNewKey);
    const auto rows = row.and_then([&](const QVariantList &columns) { return connection.exec(sql(type).insert.ofRows(1), columns); });
    if (rows && *rows == 1 && isNewKey)
        return keepKey(connection, record).transform([] { return true; });
    return rows.transform([](qint64 count) { return count == 1; });
}

Result<void> RecordTables::update(db::Connection &connection, const RecordType &type, CentralRecord &record, const Touch &touch) const
{
    bool isNewKey = false;
    const auto all = sealedColumns(type, record, isNewKey);
    if (!all)
        return std::unexpected(all.error());
    QVariantList parameters{record.record.version, record.record.deleted ? 1 : 0, idOrNull(record.aliasOf), touch.atMs, idOrNull(touch.author)};
    qsizetype column = 0;
    for (const Field &field : type.fields) {
        const qsizetype width = field.kind == FieldKind::Place ? 2 : 1;
        if (field.derived.isEmpty())
            parameters += all->sliced(column, width);
        column += width;
    }
    parameters += all->sliced(column);
    parameters << m_shard << record.record.id.toBytes();
    return connection.exec(sql(type).update, parameters).and_then([&](qint64) { return isNewKey ? keepKey(connection, record) : Result<void>(); });
}

Result<Id> RecordTables::duplicate(db::Connection &connection, const RecordType &type, const Id &self, const Values &values) const
{
    if (type.uniqueKeys.isEmpty())
        return Id();
    bool ignored = false;
    CentralRecord own{.record = {.type = type.name, .id = self, .values = values}};
    const auto comparesCodes = [&](const QStringList &key) { return std::ranges::any_of(key, [&](const QString &name) { return type.field(name)->sensitive; }); };
    const auto all = std::ranges::any_of(type.uniqueKeys, comparesCodes) ? sealedColumns(type, own, ignored) : Result<QVariantList>(db::bound(type, values));
    if (!all)
        return std::unexpected(all.error());
    for (const QStringList &key : type.uniqueKeys) {
        QVariantList parameters{m_shard, self.toBytes()};
        QStringList same;
        QByteArray text = type.name.toUtf8();
        for (const QString &name : key) {
            const QVariant &value = all->at(columnOf(type, name));
            same += comparedColumn(type, name) + (value.isNull() ? QStringLiteral(" IS NULL") : QStringLiteral(" = ?"));
            text += '\n' + value.toByteArray();
            if (!value.isNull())
                parameters += value;
        }
        if (parameters.size() == 2)
            continue; // nothing of the key is set
        if (const auto alone = db::waitForKey(connection, "uniqueness", text); !alone)
            return std::unexpected(alone.error());
        const auto found = connection.one<Id>(QStringLiteral("SELECT id FROM %1 WHERE shard = ? AND id <> ? AND deleted = 0 AND %2 LIMIT 1").arg(db::quoted(type.name), same.join(QStringLiteral(" AND "))),
                                              parameters, [](const db::Row &row) { return Id::fromBytes(row.bytes(0)).value_or(Id()); });
        if (found || found.error().code != ErrorCode::NotFound)
            return found;
    }
    return Id();
}

Result<void> RecordTables::recompute(db::Connection &connection, const RecordType &parentType, const Id &parent) const
{
    const Sql &own = sql(parentType);
    if (!own.ledgerType)
        return {};
    if (!own.lock.isEmpty()) { // two who add rows at once: the second sees those of the first
        if (const auto alone = connection.integer(own.exists + own.lock, {m_shard, parent.toBytes()}); !alone)
            return std::unexpected(alone.error());
    }
    QList<ClockEntry> entries;
    const auto read = connection.each(own.ledger, {parent.toBytes(), m_shard}, [&](const db::Row &row) {
        entries += clockEntry(Record{.values = db::readValues(*own.ledgerType, row, ownColumns)});
        return true;
    });
    if (!read)
        return read;
    const QVariantList all = db::bound(parentType, derivedValues(parentType, entries));
    QVariantList parameters;
    qsizetype column = 0;
    for (const Field &field : parentType.fields) {
        const qsizetype width = field.kind == FieldKind::Place ? 2 : 1;
        if (!field.derived.isEmpty())
            parameters += all.sliced(column, width);
        column += width;
    }
    parameters << m_shard << parent.toBytes();
    return connection.exec(own.derive, parameters).transform([](qint64) {});
}

Result<void> RecordTables::eachInFeed(db::Connection &connection, const RecordType &type, qint64 after, qint64 upTo, Units units, Personal personal, const std::function<void(FeedRow &&)> &each) const
{
    const Sql &own = sql(type);
    const bool asked = units == Units::Asked;
    const int idColumn = ownColumns + static_cast<int>(columnNames(type).size());
    const int keyAt = own.personal.isEmpty() ? -1 : idColumn + 1 + (asked ? static_cast<int>(own.unitColumns.size()) : 0);
    Result<void> opened;
    const auto read = connection.each(asked ? own.feedWithUnits : own.feed, {m_shard, after, upTo, type.name}, [&](const db::Row &row) {
        FeedRow out{.sequence = row.integer(3),
                    .state = {.record = {.type = type.name, .id = Id::fromBytes(row.bytes(idColumn)).value_or(Id()), .version = row.integer(0), .deleted = row.integer(1) != 0},
                              .aliasOf = row.isNull(2) ? Id() : Id::fromBytes(row.bytes(2)).value_or(Id())}};
        if (asked)
            out.units = unitsIn(row, idColumn + 1, own.unitColumns.size());
        opened = readFeedRow(type, row, keyIn(row, keyAt), personal, out);
        if (opened)
            each(std::move(out));
        return opened.has_value();
    });
    return read ? opened : read;
}

Result<void> RecordTables::readFeedRow(const RecordType &type, const db::Row &row, const QByteArray &wrappedKey, Personal personal, FeedRow &out) const
{
    if (out.state.record.deleted)
        return takeKey(out.state, wrappedKey);
    if (personal == Personal::Sealed) {
        if (const auto taken = takeKey(out.state, wrappedKey); !taken)
            return taken;
        if (standsAsItGoes(type, row, out.state.key)) {
            out.packed = m_packers.at(&type).packed(row, ownColumns);
            return {};
        }
    }
    out.state.record.values = db::readValues(type, row, ownColumns);
    for (const Field &field : type.fields) {
        if (!field.derived.isEmpty())
            out.state.record.values.remove(field.name);
    }
    return open(type, out.state, wrappedKey, personal);
}

Result<void> RecordTables::eachLive(db::Connection &connection, const RecordType &type, Units units, Personal personal, const std::function<bool(CentralRecord &&, const QList<Id> &)> &each) const
{
    constexpr int before = 2; // version, id
    const Sql &own = sql(type);
    const bool asked = units == Units::Asked;
    const int unitColumn = before + static_cast<int>(columnNames(type).size());
    const int keyAt = own.personal.isEmpty() ? -1 : unitColumn + (asked ? static_cast<int>(own.unitColumns.size()) : 0);
    Result<void> opened;
    const auto read = connection.each(asked ? own.liveWithUnits : own.live, {m_shard}, [&](const db::Row &row) {
        CentralRecord state{.record = {.type = type.name, .id = Id::fromBytes(row.bytes(1)).value_or(Id()), .version = row.integer(0), .values = db::readValues(type, row, before)}};
        opened = open(type, state, keyIn(row, keyAt), personal);
        return opened && each(std::move(state), asked ? unitsIn(row, unitColumn, own.unitColumns.size()) : QList<Id>());
    });
    return read ? opened : read;
}

} // namespace ioc
