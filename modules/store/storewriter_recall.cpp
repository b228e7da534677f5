// SPDX-License-Identifier: GPL-3.0-or-later
// What a central that went back in time has lost, and this device still has though it only ever pulled it: put into quarantine as changes that
// would bring it back. What the device itself had sent is offered again without asking (storewriter_sync.cpp).
#include <store/storewriter.h>

#include <QCoreApplication>

namespace ioc {

using State = LiveOperation::State;

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Store)
};

bool isWritten(const Field &field)
{
    return !field.readOnly && field.derived.isEmpty() && field.assigned.isEmpty();
}

bool isReference(const Field &field)
{
    return field.kind == FieldKind::Reference || field.kind == FieldKind::Unit;
}

} // namespace

Result<void> StoreWriter::recall(db::Connection &connection, const RecordType &type, const Record &ours, const Values *centrals, const Moment &moment)
{
    if (centrals && type.appendOnly)
        return {};
    Outbox outbox(connection);
    Seals seals(connection, m_tables);
    Operation operation{.op = Id::create(moment), .kind = centrals ? OperationKind::Edit : OperationKind::Create, .type = type.name, .record = ours.id, .device = m_device,
                        .deviceTimeMs = moment.nowMs(), .bootId = moment.bootId(), .monotonicMs = moment.monotonicMs()};
    for (const Field &field : type.fields) {
        const QCborValue mine = ours.values.value(field.name);
        const QCborValue theirs = centrals ? centrals->value(field.name) : QCborValue();
        const SealPlace place{type.name, ours.id, field.name};
        if (!isWritten(field) || sameValue(mine, theirs) || sameValue(seals.opened(mine, place), seals.opened(theirs, place)))
            continue;
        operation.changes += {field.name, theirs, mine};
        const Id target = isReference(field) ? Id::fromString(mine.toString()).value_or(Id()) : Id();
        const auto needed = target.isNull() ? Result<Id>(Id()) : outbox.recalled(target); // with its own record first
        if (!needed)
            return std::unexpected(needed.error());
        if (!needed->isNull())
            operation.after += *needed;
    }
    if (operation.changes.isEmpty())
        return {};
    auto key = seals.carried(ours.id);
    if (!key)
        return std::unexpected(key.error());
    operation.sealKey = std::move(*key);
    const auto before = outbox.recalled(ours.id);
    if (!before)
        return std::unexpected(before.error());
    m_entriesTouched = true;
    const QString why = centrals ? Words::tr("Central went back to an earlier state and has older values. Try it again if these are to stand, or discard it.")
                                 : Words::tr("Central went back to an earlier state and does not have this record any more. Try it again to bring the record back, or discard it.");
    return (before->isNull() ? Result<void>() : outbox.bury(*before))
        .and_then([&] { return outbox.append(operation, ours.id); })
        .and_then([&] { return outbox.setState(operation.op, State::Quarantined, why); })
        .and_then([&] { return outbox.setRecalled(operation.op); })
        .and_then([&] { return outbox.setTitle(operation.op, type.title(ours.values, QCoreApplication::translate("Records", "en", "code of the language of these texts"))); });
}

// Central has it again, from the device that made it: nothing is left to look through.
Result<void> StoreWriter::endRecall(db::Connection &connection, const Record &now)
{
    Outbox outbox(connection);
    const auto op = outbox.recalled(now.id);
    if (!op || op->isNull())
        return op.transform([](const Id &) {});
    const auto entry = outbox.find(*op);
    if (!entry || !*entry)
        return entry.transform([](const auto &) {});
    const Seals seals(connection, m_tables);
    Record central = now;
    seals.open(central);
    const Operation mine = seals.opened((*entry)->operation);
    const bool same = std::ranges::all_of(mine.changes, [&](const FieldChange &change) { return sameValue(central.value(change.field), change.newValue); });
    if (!same)
        return {};
    m_entriesTouched = true;
    return outbox.bury(*op);
}

// A record that is here in a later state than the one \a now that central has after it went back.
Result<void> StoreWriter::recallNewer(db::Connection &connection, const TypeTable &table, const Record &now, const Moment &moment)
{
    const auto base = BaseStates(connection).find(now.id);
    if (!base)
        return std::unexpected(base.error());
    if (*base) {
        if (!(*base)->present || (*base)->version <= now.version)
            return {};
        return recall(connection, table.type(), {.type = now.type, .id = now.id, .version = (*base)->version, .values = (*base)->values}, &now.values, moment);
    }
    const auto row = table.find(connection, now.id);
    if (!row)
        return std::unexpected(row.error());
    return *row && (*row)->record.version > now.version ? recall(connection, table.type(), (*row)->record, &now.values, moment) : Result<void>();
}

// A record that the whole reading of the feed after central went back has not shown.
Result<void> StoreWriter::recallLacking(db::Connection &connection, const TypeTable &table, const Id &record, const std::optional<BaseState> &base, const Moment &moment)
{
    if (base)
        return recall(connection, table.type(), {.type = base->type, .id = record, .version = base->version, .values = base->values}, nullptr, moment);
    const auto row = table.find(connection, record);
    if (!row)
        return std::unexpected(row.error());
    return *row ? recall(connection, table.type(), (*row)->record, nullptr, moment) : Result<void>();
}

// Rows of the database before that the snapshot, central's state after it went back, lacks or has older.
Result<void> StoreWriter::recallCarried(db::Connection &snapshot, const Moment &moment)
{
    const auto tables = namedFirst();
    for (const TypeTable *table : tables) {
        QList<Record> ours;
        const QString sql = QStringLiteral("SELECT %1 FROM old.%2 WHERE id IN (SELECT o.id FROM old.%2 o LEFT JOIN main.%2 m ON m.id=o.id WHERE (m.id IS NULL OR m.version<o.version) "
                                           "AND NOT EXISTS (SELECT 1 FROM main._base_state b WHERE b.record=o.id))")
                                .arg(table->columns(), table->name());
        const auto read = snapshot.each(sql, {}, [&](const db::Row &row) {
            ours += table->read(row).record;
            return true;
        });
        if (!read)
            return read;
        for (const Record &record : std::as_const(ours)) {
            const auto now = table->find(snapshot, record.id);
            if (!now)
                return std::unexpected(now.error());
            if (const auto done = recall(snapshot, table->type(), record, *now ? &(*now)->record.values : nullptr, moment); !done)
                return done;
        }
    }
    return {};
}

QList<const TypeTable *> StoreWriter::namedFirst() const
{
    auto left = m_tables.all();
    QList<const TypeTable *> out;
    QSet<QString> placed;
    const auto isReady = [&placed](const TypeTable *table) {
        return std::ranges::all_of(table->type().fields, [&](const Field &field) {
            const QString target = field.kind == FieldKind::Unit ? QStringLiteral("unit") : field.referenceType;
            return target.isEmpty() || target == table->type().name || placed.contains(target);
        });
    };
    while (!left.isEmpty()) {
        const auto ready = std::ranges::find_if(left, isReady);
        const TypeTable *next = left.takeAt(ready == left.end() ? 0 : ready - left.begin()); // types that name each other: whichever comes first
        placed.insert(next->type().name);
        out += next;
    }
    return out;
}

} // namespace ioc
