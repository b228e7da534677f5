// SPDX-License-Identifier: GPL-3.0-or-later
// What the operator decides about conflicts and quarantined changes.
#include <store/conflictfields.h>
#include <store/storewriter.h>

#include <QCoreApplication>

#include <algorithm>

namespace ioc {

using db::Transaction;
using State = LiveOperation::State;

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Store)
};

std::unexpected<Error> settledBefore()
{
    return failure(ErrorCode::NotFound, Words::tr("This entry is not in the list any more."));
}

// Entries that only tell of the step they were saved with; what a person wrote into one stays.
bool tellsOnlyOfStep(const Operation &operation, const RecordType &type)
{
    return operation.kind == OperationKind::Create && type.appendOnly
           && std::ranges::none_of(operation.changes, [](const FieldChange &change) { return change.field == u"text" || change.field == u"reason"; });
}

} // namespace

Result<void> StoreWriter::settle(db::Connection &connection, const Id &op, const Values &keep, const Author &author, const Moment &moment)
{
    auto transaction = Transaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    Draft draft;
    QList<FieldConflict> fields;
    const auto read = connection.each(QStringLiteral("SELECT type, record, fields FROM _conflicts WHERE op=?"), {op.toBytes()}, [&](const db::Row &row) {
        draft.type = row.text(0);
        draft.record = Id::fromBytes(row.bytes(1)).value_or(Id());
        fields = unpackedConflicts(row.bytes(2));
        return false;
    });
    if (!read)
        return read;
    const TypeTable *table = m_tables.table(draft.type);
    if (!table)
        return settledBefore();
    const auto now = table->find(connection, draft.record);
    if (!now)
        return std::unexpected(now.error());
    for (const FieldConflict &conflict : std::as_const(fields)) {
        if (!keep.contains(conflict.field) || !*now)
            continue;
        if (!sameValue(keep.value(conflict.field), conflict.theirs))
            draft.changes += {conflict.field, (*now)->record.value(conflict.field), keep.value(conflict.field)};
    }
    QList<Operation> operations;
    Rebaser rebaser(connection, m_tables, m_feed);
    if (!draft.changes.isEmpty()) {
        const auto operation = OperationBuilder(connection, m_tables, author, moment).build(draft);
        if (!operation)
            return std::unexpected(operation.error());
        if (*operation) {
            operations += **operation;
            if (const auto done = take(connection, rebaser, **operation); !done)
                return done;
        }
    }
    if (const auto done = connection.exec(QStringLiteral("DELETE FROM _conflicts WHERE op=?"), {op.toBytes()}); !done)
        return std::unexpected(done.error());
    // A step that central did not take leaves its clock and timeline entries in quarantine: they go with it.
    Outbox outbox(connection);
    const auto followers = outbox.dependents(op);
    if (!followers)
        return std::unexpected(followers.error());
    for (const LiveOperation &one : *followers) {
        const TypeTable *entries = m_tables.table(one.operation.type);
        if (one.state != State::Quarantined || !entries || !tellsOnlyOfStep(one.operation, entries->type()))
            continue;
        if (const auto done = outbox.remove(one.operation.op); !done)
            return done;
    }
    return commitOperations(connection, *transaction, rebaser, operations);
}

Result<void> StoreWriter::retry(db::Connection &connection, const Id &op, const Author &author, const Moment &moment)
{
    auto transaction = Transaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    Outbox outbox(connection);
    const auto found = outbox.find(op);
    if (!found)
        return std::unexpected(found.error());
    if (!*found || (*found)->state != State::Quarantined)
        return settledBefore();
    const auto blocked = outbox.buildsOnQuarantined(op);
    if (!blocked)
        return std::unexpected(blocked.error());
    if (*blocked)
        return failure(ErrorCode::Conflict, Words::tr("This change builds on another one in quarantine. Try that one again first."));
    auto list = outbox.dependents(op);
    if (!list)
        return std::unexpected(list.error());
    list->removeIf([](const LiveOperation &one) { return one.state != State::Quarantined; });
    list->prepend(**found);

    Rebaser rebaser(connection, m_tables, m_feed);
    QList<Operation> operations;
    QHash<Id, Id> renewed;
    for (const LiveOperation &one : std::as_const(*list)) {
        Operation again = one.operation;
        again.op = Id::create(moment);
        renewed.insert(one.operation.op, again.op);
        for (Id &needed : again.after)
            needed = renewed.value(needed, needed);
        again.author = author.account;
        again.unit = author.unit;
        again.device = author.device;
        again.deviceTimeMs = moment.nowMs();
        again.offsetMs = author.offsetMs;
        again.bootId = moment.bootId();
        again.monotonicMs = moment.monotonicMs();
        const auto done = outbox.remove(one.operation.op).and_then([&] { return take(connection, rebaser, again); });
        if (!done)
            return done;
        operations += again;
    }
    return commitOperations(connection, *transaction, rebaser, operations);
}

Result<void> StoreWriter::discard(db::Connection &connection, const Id &op)
{
    auto transaction = Transaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    Outbox outbox(connection);
    const auto found = outbox.find(op);
    if (!found)
        return std::unexpected(found.error());
    if (!*found || (*found)->state != State::Quarantined)
        return settledBefore();
    Rebaser rebaser(connection, m_tables, m_feed);
    if (const auto done = outbox.remove(op); !done)
        return done;
    if (const auto done = commit(connection, *transaction, rebaser); !done)
        return done;
    (void)trimJournal(connection);
    return {};
}

} // namespace ioc
