// SPDX-License-Identifier: GPL-3.0-or-later
// What the operator decides about conflicts, and taking that back. The states are listed in README.md.
#include <store/storewriter.h>
#include <wire/codec.h>

#include <QCoreApplication>

#include <algorithm>

namespace ioc {

using db::Transaction;
using State = LiveOperation::State;

namespace {

constexpr int undoPart = 200; // operations taken back in one transaction: a save waits for one at most

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Store)
};

void leave(EntriesDone &sum, qint64 count, const QString &why)
{
    sum.left += count;
    if (sum.why.isEmpty())
        sum.why = why;
}

bool keepsMine(Keep keep, const Conflict &conflict)
{
    return keep == Keep::Mine || keep == Keep::Edited || (keep == Keep::Newer && conflict.newer() > 0);
}

} // namespace

bool StoreWriter::tellsOnlyOfStep(const Operation &operation, const RecordType &type)
{
    return operation.kind == OperationKind::Create && type.appendOnly
           && std::ranges::none_of(operation.changes, [](const FieldChange &change) { return change.field == u"text" || change.field == u"reason"; });
}

bool StoreWriter::isLockedAway(db::Connection &connection, const Conflict &conflict) const
{
    const Seals seals(connection, m_tables);
    const FieldConflict &values = conflict.values;
    return !m_tables.vault().isOpen() && (seals.isSealedAway(conflict.type, values.field, values.mine) || seals.isSealedAway(conflict.type, values.field, values.theirs));
}

// What settling makes of the conflicts of one operation: the edit to save, and those that are decided.
Result<StoreWriter::Chosen> StoreWriter::choose(db::Connection &connection, std::span<const Conflict> conflicts, const Settling &how, EntriesDone &sum)
{
    const auto record = Outbox(connection).resolved(conflicts.front().record);
    if (!record)
        return std::unexpected(record.error());
    Chosen out{.draft = {.type = conflicts.front().type, .record = *record}, .keys = {}};
    const TypeTable *table = m_tables.table(out.draft.type);
    auto now = table ? table->find(connection, *record) : Result<std::optional<StoredRecord>>(std::nullopt);
    if (!now)
        return std::unexpected(now.error());
    if (*now)
        Seals(connection, m_tables).open((*now)->record);
    for (const Conflict &conflict : conflicts) {
        if (how.keep == Keep::Newer && !conflict.isState && conflict.newer() == 0) {
            leave(sum, 1, Words::tr("When one of the values was written is not known. Choose it yourself."));
            continue;
        }
        const bool mine = !conflict.isState && keepsMine(how.keep, conflict);
        if (mine && !*now) {
            leave(sum, 1, Words::tr("The record is not here any more: only central's choice can be kept."));
            continue;
        }
        out.keys += conflict.key;
        if (!mine || (conflict.isWhole() && conflict.kind != OperationKind::Delete))
            continue;
        if (conflict.isWhole()) {
            out.draft.kind = OperationKind::Delete;
            continue;
        }
        const QString &field = conflict.values.field;
        const QCborValue chosen = how.keep == Keep::Edited ? how.value : conflict.values.mine;
        const QCborValue shown = (*now)->record.value(field);
        // Central's answer may have come before the feed: then the row still shows one's own value on top of central's.
        out.draft.changes += {field, sameValue(shown, chosen) ? conflict.values.theirs : shown, chosen};
    }
    return out;
}

Result<EntriesDone> StoreWriter::settle(db::Connection &connection, const QList<qint64> &keys, Settling &how, const Author &author, const Moment &moment)
{
    auto transaction = Transaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    Conflicts conflicts(connection);
    auto open = conflicts.open(keys);
    if (!open)
        return std::unexpected(open.error());
    for (Conflict &conflict : *open)
        Seals(connection, m_tables).open(conflict.type, conflict.record, conflict.values);
    const bool begins = how.batch == 0;
    if (begins) {
        how.batch = m_batch + 1;
        if (const auto done = conflicts.forgetClosed(); !done)
            return std::unexpected(done.error());
    }
    EntriesDone sum{.left = keys.size() - open->size()};
    if (sum.left > 0)
        sum.why = Words::tr("This entry is not in the list any more.");
    if (const auto locked = open->removeIf([&](const Conflict &conflict) { return isLockedAway(connection, conflict); }); locked > 0)
        leave(sum, locked, lockedAway().error().message);
    OperationBuilder builder(connection, m_tables, author, moment);
    Rebaser rebaser(connection, m_tables, m_feed);
    QList<Operation> operations;
    for (qsizetype from = 0, to = 0; from < open->size(); from = to) {
        const Id op = open->at(from).op;
        while (to < open->size() && open->at(to).op == op)
            ++to;
        const auto chosen = choose(connection, std::span(*open).subspan(from, to - from), how, sum);
        if (!chosen)
            return std::unexpected(chosen.error());
        Id made;
        if (chosen->draft.kind == OperationKind::Delete || !chosen->draft.changes.isEmpty()) {
            const auto operation = builder.build(chosen->draft);
            if (!operation) {
                if (operation.error().code == ErrorCode::Full || operation.error().code == ErrorCode::Damaged)
                    return std::unexpected(operation.error());
                leave(sum, chosen->keys.size(), operation.error().message);
                continue;
            }
            if (*operation) {
                made = (*operation)->op;
                operations += **operation;
                if (const auto done = take(connection, rebaser, **operation); !done)
                    return std::unexpected(done.error());
            }
        }
        for (const qint64 key : chosen->keys) {
            if (const auto done = conflicts.close(key, how.batch, made); !done)
                return std::unexpected(done.error());
        }
        sum.done += chosen->keys.size();
        const auto still = conflicts.closeState(op, how.batch).and_then([&] { return conflicts.isOpen(op); });
        if (!still)
            return std::unexpected(still.error());
        if (*still)
            continue;
        if (const auto done = buryFollowers(connection, rebaser, op); !done)
            return std::unexpected(done.error());
    }
    m_entriesTouched = true;
    if (const auto done = commitOperations(connection, *transaction, rebaser, operations); !done)
        return std::unexpected(done.error());
    if (begins)
        m_unoffered.clear();
    m_batch = how.batch;
    for (const Operation &operation : std::as_const(operations))
        m_unoffered.insert(operation.op);
    return sum;
}

// A step that central did not take leaves its clock and timeline entries behind, refused by now or about to be: they go with it.
Result<void> StoreWriter::buryFollowers(db::Connection &connection, Rebaser &rebaser, const Id &step)
{
    Outbox outbox(connection);
    const auto dependents = outbox.dependents(step);
    if (!dependents)
        return std::unexpected(dependents.error());
    for (const LiveOperation &one : *dependents) {
        const TypeTable *table = m_tables.table(one.operation.type);
        if (one.state == State::Answered || one.state == State::Buried || !table || !tellsOnlyOfStep(one.operation, table->type()))
            continue;
        const auto done = outbox.setFollows(one.operation.op, step)
                              .and_then([&] { return outbox.bury(one.operation.op); })
                              .and_then([&] { return rebaser.rebase(one.operation.type, one.record); });
        if (!done)
            return done;
    }
    return {};
}

Result<void> StoreWriter::exhumeFollowers(db::Connection &connection, const Id &step)
{
    Outbox outbox(connection);
    const auto followers = outbox.followers(step);
    if (!followers)
        return std::unexpected(followers.error());
    for (const LiveOperation &one : *followers) {
        if (const auto done = outbox.exhume(one.operation.op); !done)
            return done;
    }
    return {};
}

Result<EntriesDone> StoreWriter::undoSettling(db::Connection &connection, const Author &author, const Moment &moment)
{
    auto transaction = Transaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    Conflicts conflicts(connection);
    const auto closed = conflicts.closed(m_batch, undoPart);
    if (!closed)
        return std::unexpected(closed.error());
    if (std::ranges::any_of(*closed, [&](const Conflicts::Closed &one) { return isLockedAway(connection, one.conflict); }))
        return lockedAway();
    EntriesDone sum;
    OperationBuilder builder(connection, m_tables, author, moment);
    Rebaser rebaser(connection, m_tables, m_feed);
    QList<Operation> operations;
    QHash<Id, bool> takenBack; // operations that settling made, each once
    for (const auto &[conflict, made] : *closed) {
        if (!takenBack.contains(made)) {
            const auto back = takeBackSettling(connection, rebaser, builder, made, operations);
            if (!back)
                return std::unexpected(back.error());
            takenBack.insert(made, *back);
        }
        const bool back = takenBack.value(made);
        const auto done = back ? conflicts.reopen(conflict.key).and_then([&] { return exhumeFollowers(connection, conflict.op); }) : conflicts.remove(conflict.key);
        if (!done)
            return std::unexpected(done.error());
        if (back)
            ++sum.done;
        else
            leave(sum, 1, Words::tr("The record was changed again since: it stays as it is now."));
    }
    m_entriesTouched = true;
    if (const auto done = commitOperations(connection, *transaction, rebaser, operations); !done)
        return std::unexpected(done.error());
    (void)trimJournal(connection);
    return sum;
}

// False: it is too late, others or somebody here built on it.
Result<bool> StoreWriter::takeBackSettling(db::Connection &connection, Rebaser &rebaser, OperationBuilder &builder, const Id &made, QList<Operation> &operations)
{
    if (made.isNull())
        return true; // central's value was kept: there was nothing to send
    Outbox outbox(connection);
    const auto found = outbox.find(made);
    const auto dependents = outbox.dependents(made);
    const auto contested = Conflicts(connection).isOpen(made);
    if (!found || !dependents || !contested)
        return std::unexpected(!found ? found.error() : !dependents ? dependents.error() : contested.error());
    if (*contested)
        return false; // it met with another conflict, which stands in the list in its place
    if (*found && (*found)->state == State::Buried)
        return true;
    const bool builtOn = std::ranges::any_of(*dependents, [](const LiveOperation &one) { return one.state < State::Quarantined; });
    const bool unsent = *found && (*found)->state == State::Waiting && m_unoffered.contains(made) && !builtOn;
    if (unsent || (*found && (*found)->state == State::Quarantined)) {
        m_unoffered.remove(made);
        return outbox.bury(made).and_then([&] { return rebaser.rebase((*found)->operation.type, (*found)->record); }).transform([] { return true; });
    }
    if (*found)
        return opposeSettling(connection, rebaser, builder, (*found)->operation, operations);
    QByteArray packed;
    const auto read = connection.each(QStringLiteral("SELECT packed FROM _sent WHERE op=?"), {made.toBytes()}, [&](const db::Row &row) {
        packed = row.bytes(0);
        return false;
    });
    if (!read)
        return std::unexpected(read.error());
    const auto sent = wire::unpackedOperation(packed);
    return sent ? opposeSettling(connection, rebaser, builder, *sent, operations) : Result<bool>(false);
}

// It is with central already, or may be: an edit of its own brings back the values of before, where nobody has changed them since.
Result<bool> StoreWriter::opposeSettling(db::Connection &connection, Rebaser &rebaser, OperationBuilder &builder, const Operation &settled, QList<Operation> &operations)
{
    const auto record = Outbox(connection).resolved(settled.record);
    if (!record)
        return std::unexpected(record.error());
    const TypeTable *table = m_tables.table(settled.type);
    auto now = table ? table->find(connection, *record) : Result<std::optional<StoredRecord>>(std::nullopt);
    if (!now)
        return std::unexpected(now.error());
    if (!*now || settled.kind != OperationKind::Edit)
        return false;
    const Seals seals(connection, m_tables);
    seals.open((*now)->record);
    const Operation plain = seals.opened(settled);
    Draft draft{.type = settled.type, .record = *record};
    for (const FieldChange &change : plain.changes) {
        if (!sameValue((*now)->record.value(change.field), change.newValue))
            return false;
        draft.changes += {change.field, change.newValue, change.oldValue};
    }
    const auto operation = builder.build(draft);
    if (!operation || !*operation)
        return false;
    operations += **operation;
    return take(connection, rebaser, **operation).transform([] { return true; });
}

} // namespace ioc
