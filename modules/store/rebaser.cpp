// SPDX-License-Identifier: GPL-3.0-or-later
#include <access/sealedtext.h>
#include <records/derived.h>
#include <records/merge.h>
#include <store/rebaser.h>
#include <store/seals.h>

namespace ioc {

namespace {

constexpr qint64 firstFeed = 1; // reading of the feed; each start anew counts one more

} // namespace

void Touched::merge(const Touched &other)
{
    for (const auto &[type, keys] : other.changed.asKeyValueRange())
        changed[type] += keys;
    for (const auto &[type, keys] : other.removed.asKeyValueRange())
        removed[type] += keys;
}

Rebased rebased(const RecordType &type, const BaseState &base, const QList<Operation> &live)
{
    Rebased out{base.present, base.values};
    for (const Operation &operation : live) {
        switch (operation.kind) {
        case OperationKind::Create:
            out.present = true;
            out.values = merged(type, out.values, operation.changes).values;
            break;
        case OperationKind::Edit:
        case OperationKind::Transition:
            if (out.present)
                out.values = merged(type, out.values, operation.changes).values;
            break;
        case OperationKind::Delete:
        case OperationKind::Merge: out.present = false; break;
        case OperationKind::Unmerge: break; // central's answer brings the record back
        }
    }
    return out;
}

Result<void> Rebaser::keepBase(const QString &type, const Id &record)
{
    const auto known = m_bases.find(record);
    if (!known || *known)
        return known.transform([](const auto &) {});
    const auto row = m_tables.table(type)->find(m_connection, record);
    if (!row)
        return std::unexpected(row.error());
    BaseState base{.type = type, .record = record, .feed = m_feed};
    if (*row) {
        const auto feed = feedOf(*m_tables.table(type), record);
        if (!feed)
            return std::unexpected(feed.error());
        base.feed = *feed;
        base.present = true;
        base.version = (*row)->record.version;
        base.values = (*row)->record.values;
    }
    return m_bases.put(base);
}

Result<void> Rebaser::rebase(const QString &type, const Id &record)
{
    const TypeTable &table = *m_tables.table(type);
    const auto base = m_bases.find(record);
    if (!base)
        return std::unexpected(base.error());
    if (!*base)
        return {}; // no live operations ever since the last pull: the row is central's
    const auto live = m_outbox.live(record);
    if (!live)
        return std::unexpected(live.error());
    QList<Operation> operations;
    for (const LiveOperation &one : *live) {
        if (one.tries == Outbox::doubted)
            continue;
        Operation operation = one.operation;
        for (FieldChange &change : operation.changes) {
            const Field *field = table.type().field(change.field);
            for (QCborValue *value : {&change.oldValue, &change.newValue}) {
                if (one.operation.record == record || !isSealed(*value))
                    continue;
                auto moved = Seals(m_connection, m_tables).sealedFor(record, *value, {type, one.operation.record, change.field}, one.operation); // it became another record, under whose key it is sealed now
                if (!moved)
                    return std::unexpected(moved.error());
                *value = std::move(*moved);
            }
            if (!field || (field->kind != FieldKind::Reference && field->kind != FieldKind::Unit) || !change.newValue.isString())
                continue;
            const auto target = m_outbox.resolved(Id::fromString(change.newValue.toString()).value_or(Id()));
            if (!target)
                return std::unexpected(target.error());
            if (!target->isNull())
                change.newValue = target->toString();
        }
        operations += operation;
    }
    const Rebased now = rebased(table.type(), **base, operations);
    if (live->isEmpty()) {
        if (const auto done = m_bases.remove(record); !done)
            return done;
    }
    if (!now.present)
        return removeRow(type, record);
    const auto derived = derivedOf(table, record);
    if (!derived)
        return std::unexpected(derived.error());
    Record full{.type = type, .id = record, .version = (*base)->version, .values = now.values};
    for (const auto &[name, value] : derived->asKeyValueRange())
        full.values.insert(name, value);
    return noteFormerParent(table, record).and_then([&] { return write(table, full, !operations.isEmpty(), (*base)->feed); });
}

// In which reading of the feed the row was seen last.
Result<qint64> Rebaser::feedOf(const TypeTable &table, const Id &record)
{
    qint64 feed = m_feed;
    return m_connection
        .each(QStringLiteral("SELECT feed FROM %1 WHERE id=?").arg(table.name()), {record.toBytes()}, [&](const db::Row &row) {
            feed = row.integer(0);
            return false;
        })
        .transform([&] { return feed; });
}

Result<void> Rebaser::write(const TypeTable &table, const Record &record, bool pending, qint64 feed, qint64 searchUpTo)
{
    const auto key = table.put(m_connection, record, pending, feed, searchUpTo);
    if (!key)
        return std::unexpected(key.error());
    if (*key == 0)
        return {}; // what is here is newer
    m_touched.changed[record.type] += *key;
    noteParent(table.type(), record.values);
    return {};
}

Result<void> Rebaser::putPulled(const Record &record, qint64 searchUpTo)
{
    const TypeTable &table = *m_tables.table(record.type);
    const auto derived = derivedOf(table, record.id); // the ledger may be here already
    if (!derived)
        return std::unexpected(derived.error());
    Record full = record;
    for (const auto &[name, value] : derived->asKeyValueRange())
        full.values.insert(name, value);
    // Rows of a ledger stay with their record, unless central took them anew after it went back.
    const auto noted = m_feed > firstFeed ? noteFormerParent(table, record.id) : Result<void>();
    return noted.and_then([&] { return write(table, full, false, m_feed, searchUpTo); });
}

Result<bool> Rebaser::putPacked(const Record &record, const QByteArray &packed, qint64 searchUpTo)
{
    const TypeTable &table = *m_tables.table(record.type);
    if (table.type().clockLedger)
        return false;
    const auto derived = derivedOf(table, record.id);
    if (!derived || !derived->isEmpty())
        return derived.transform([](const Values &) { return false; });
    const auto key = table.putPacked(m_connection, record, packed, m_feed);
    if (!key)
        return std::unexpected(key.error());
    if (*key == 0)
        return true;
    m_touched.changed[record.type] += *key;
    const bool isToBeIndexed = table.isSearchable() && *key <= searchUpTo;
    return (isToBeIndexed ? table.indexAgain(m_connection, *key) : Result<void>()).transform([] { return true; });
}

Result<void> Rebaser::removeRow(const QString &type, const Id &record)
{
    const TypeTable &table = *m_tables.table(type);
    if (const auto noted = noteFormerParent(table, record); !noted)
        return noted;
    const auto key = table.remove(m_connection, record);
    if (!key)
        return std::unexpected(key.error());
    if (*key)
        m_touched.removed[type] += *key;
    return {};
}

Result<void> Rebaser::noteFormerParent(const TypeTable &table, const Id &record)
{
    if (!table.type().clockLedger)
        return {};
    return table.find(m_connection, record).transform([&](const std::optional<StoredRecord> &row) {
        if (row)
            noteParent(table.type(), row->record.values);
    });
}

void Rebaser::noteParent(const RecordType &type, const Values &values)
{
    if (!type.clockLedger)
        return;
    const Field *parent = type.field(type.parentField);
    const auto id = Id::fromString(values.value(type.parentField).toString());
    if (parent && id)
        markDerived(parent->referenceType, *id);
}

void Rebaser::markDerived(const QString &type, const Id &record)
{
    const TypeTable *table = m_tables.table(type);
    if (table && table->hasDerived())
        m_derived[type].insert(record);
}

Result<void> Rebaser::replaceReferences(const QString &type, const Id &alias, const Id &target)
{
    const auto tables = m_tables.all();
    for (const TypeTable *table : tables) {
        for (const Field &field : table->type().fields) {
            if (field.referenceType != type)
                continue;
            if (table->type().clockLedger && field.name == table->type().parentField) {
                markDerived(type, alias);
                markDerived(type, target);
            }
            const auto done = m_connection.each(
                QStringLiteral("UPDATE %1 SET %2=? WHERE %2=? AND pending RETURNING key").arg(table->name(), db::quoted(field.name)), {target.toBytes(), alias.toBytes()},
                [&](const db::Row &row) {
                    m_touched.changed[table->type().name] += row.integer(0);
                    return true;
                });
            if (!done)
                return done;
        }
    }
    return {};
}

Result<Values> Rebaser::derivedOf(const TypeTable &table, const Id &record)
{
    const TypeTable *ledger = table.hasDerived() ? m_tables.ledgerOf(table.type()) : nullptr;
    if (!ledger)
        return Values();
    // Most pulled records have no ledger here yet, and asking for its rows costs more than asking whether there are any.
    bool any = false;
    const auto looked = m_connection.each(ledger->anyChild(), {record.toBytes()}, [&](const db::Row &) { return any = true; });
    if (!looked)
        return std::unexpected(looked.error());
    if (!any)
        return Values();
    QList<ClockEntry> entries;
    const auto read = m_connection.each(ledger->selectChildren(), {record.toBytes()}, [&](const db::Row &row) {
        entries += clockEntry(ledger->read(row).record);
        return true;
    });
    return read.transform([&] { return entries.isEmpty() ? Values() : derivedValues(table.type(), entries); });
}

Result<void> Rebaser::recompute(const TypeTable &table, const Id &record)
{
    auto derived = derivedOf(table, record);
    if (!derived)
        return std::unexpected(derived.error());
    if (derived->isEmpty()) { // its last row was taken back
        for (const Field &field : table.type().fields) {
            if (!field.derived.isEmpty())
                derived->insert(field.name, {});
        }
    }
    const auto key = table.putDerived(m_connection, record, *derived);
    if (!key)
        return std::unexpected(key.error());
    if (*key)
        m_touched.changed[table.type().name] += *key;
    return {};
}

Result<Touched> Rebaser::finish()
{
    const auto waiting = std::exchange(m_derived, {});
    for (const auto &[type, records] : waiting.asKeyValueRange()) {
        for (const Id &record : records) {
            if (const auto done = recompute(*m_tables.table(type), record); !done)
                return std::unexpected(done.error());
        }
    }
    return std::exchange(m_touched, {});
}

} // namespace ioc
