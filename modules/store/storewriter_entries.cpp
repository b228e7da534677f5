// SPDX-License-Identifier: GPL-3.0-or-later
// What the operator does with entries of the outbox and the quarantine.
#include <records/validation.h>
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

QString notThere()
{
    return Words::tr("This entry is not in the list any more.");
}

void skip(EntriesDone &sum, const QString &why)
{
    ++sum.left;
    if (sum.why.isEmpty())
        sum.why = why;
}

// Why an operation of a file cannot be sent from here; empty when it can.
QString fault(const TypeTables &tables, const Operation &operation)
{
    if (operation.author.isNull())
        return Words::tr("The file does not say who made this change.");
    const TypeTable *table = tables.table(operation.type);
    if (!table)
        return Words::tr("This program does not know the kind of record “%1”. Update it.").arg(operation.type.left(60));
    for (const FieldChange &change : operation.changes) {
        const Field *field = table->type().field(change.field);
        if (!field)
            return Words::tr("This program does not know the field “%1”. Update it.").arg(change.field.left(60));
        if (const auto value = canonical(*field, change.newValue); !value)
            return Words::tr("%1: %2", "field, what is wrong with it").arg(field->name, value.error().message);
    }
    return {};
}

} // namespace

// Puts \a list, oldest first, into the outbox again under new ids; what they build on is followed to its new id.
Result<void> StoreWriter::renew(db::Connection &connection, Rebaser &rebaser, const QList<LiveOperation> &list, QHash<Id, Id> &renewed, const Author &author, const Moment &moment,
                                QList<Operation> &operations)
{
    Outbox outbox(connection);
    for (const LiveOperation &one : list) {
        Operation again = one.operation;
        again.op = Id::create(moment);
        renewed.insert(one.operation.op, again.op);
        const auto needs = std::exchange(again.after, {});
        for (const Id &needed : needs) {
            const auto offered = renewed.contains(needed) ? Result<bool>(true) : outbox.isOffered(needed);
            if (!offered)
                return std::unexpected(offered.error());
            if (*offered) // what was given up never reaches central, and is not waited for
                again.after += renewed.value(needed, needed);
        }
        again.author = author.account;
        again.unit = author.unit;
        again.device = author.device;
        again.deviceTimeMs = moment.nowMs();
        again.offsetMs = author.offsetMs;
        again.bootId = moment.bootId();
        again.monotonicMs = moment.monotonicMs();
        const auto done = outbox.bury(one.operation.op).and_then([&] { return take(connection, rebaser, again); });
        if (!done)
            return done;
        operations += again;
    }
    return {};
}

// \a first and those of \a dependents, oldest first, that are in quarantine for its sake alone. What builds on another one there as well stays, and goes
// with the last of them: under its new id it would wait for one that is given up when that is renewed.
Result<QList<LiveOperation>> StoreWriter::takenAlong(db::Connection &connection, const LiveOperation &first, const QList<LiveOperation> &dependents, const QHash<Id, Id> &renewed)
{
    QList<LiveOperation> out{first};
    QSet<Id> taken{first.operation.op};
    for (const LiveOperation &one : dependents) {
        bool goes = one.state == State::Quarantined;
        for (const Id &needed : one.operation.after) {
            if (!goes || taken.contains(needed) || renewed.contains(needed))
                continue;
            const auto other = Outbox(connection).find(needed);
            if (!other)
                return std::unexpected(other.error());
            goes = !*other || (*other)->state != State::Quarantined;
        }
        if (!goes)
            continue;
        taken.insert(one.operation.op);
        out += one;
    }
    return out;
}

Result<EntriesDone> StoreWriter::retry(db::Connection &connection, const QList<qint64> &keys, const Author &author, const Moment &moment)
{
    auto transaction = Transaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    Outbox outbox(connection);
    const auto chosen = outbox.withKeys(keys);
    if (!chosen)
        return std::unexpected(chosen.error());
    EntriesDone sum;
    Rebaser rebaser(connection, m_tables, m_feed);
    QList<Operation> operations;
    QHash<Id, Id> renewed;
    for (const LiveOperation &one : *chosen) {
        const Id op = one.operation.op;
        if (renewed.contains(op)) { // with one that it builds on
            ++sum.done;
            continue;
        }
        if (one.state == State::Held || one.state == State::Waiting) {
            if (const auto done = outbox.release(op); !done)
                return std::unexpected(done.error());
            ++sum.done;
            continue;
        }
        const auto blocked = outbox.buildsOnQuarantined(op);
        auto list = outbox.dependents(op);
        if (!blocked || !list)
            return std::unexpected(!blocked ? blocked.error() : list.error());
        if (one.state != State::Quarantined || *blocked) {
            skip(sum, *blocked ? Words::tr("This change builds on another one in quarantine. Try that one again first.") : notThere());
            continue;
        }
        const auto along = takenAlong(connection, one, *list, renewed);
        if (!along)
            return std::unexpected(along.error());
        if (const auto done = renew(connection, rebaser, *along, renewed, author, moment, operations); !done)
            return std::unexpected(done.error());
        ++sum.done;
    }
    sum.left += keys.size() - chosen->size();
    if (sum.left > 0 && sum.why.isEmpty())
        sum.why = notThere();
    m_entriesTouched = true;
    if (const auto done = commitOperations(connection, *transaction, rebaser, operations); !done)
        return std::unexpected(done.error());
    (void)trimJournal(connection);
    return sum;
}

Result<void> StoreWriter::resend(db::Connection &connection, qint64 key, const QList<FieldChange> &changes, const Author &author, const Moment &moment)
{
    auto transaction = Transaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    Outbox outbox(connection);
    const auto found = outbox.withKeys({key});
    if (!found)
        return std::unexpected(found.error());
    if (found->isEmpty() || found->first().state != State::Quarantined)
        return failure(ErrorCode::NotFound, notThere());
    const LiveOperation &refused = found->first();
    const Operation &old = refused.operation;
    const auto blocked = outbox.buildsOnQuarantined(old.op);
    auto list = outbox.dependents(old.op);
    if (!blocked || !list)
        return std::unexpected(!blocked ? blocked.error() : list.error());
    if (*blocked)
        return failure(ErrorCode::Conflict, Words::tr("This change builds on another one in quarantine. Try that one again first."));
    if (old.kind != OperationKind::Create && old.kind != OperationKind::Edit)
        return failure(ErrorCode::InvalidInput, Words::tr("Only a new record or an edit can be changed. Take the step again instead."));
    const auto operation = OperationBuilder(connection, m_tables, author, moment).build({.kind = old.kind, .type = old.type, .record = refused.record, .changes = changes});
    if (!operation)
        return std::unexpected(operation.error());
    Rebaser rebaser(connection, m_tables, m_feed);
    QList<Operation> operations;
    QHash<Id, Id> renewed;
    if (const auto done = outbox.bury(old.op); !done)
        return done;
    if (*operation) {
        operations += **operation;
        renewed.insert(old.op, (*operation)->op);
        if (const auto done = take(connection, rebaser, **operation); !done)
            return done;
    }
    auto along = takenAlong(connection, refused, *list, renewed);
    if (!along)
        return std::unexpected(along.error());
    along->removeFirst(); // another one stands for it now
    if (const auto done = renew(connection, rebaser, *along, renewed, author, moment, operations); !done)
        return done;
    m_entriesTouched = true;
    const auto done = commitOperations(connection, *transaction, rebaser, operations);
    if (done)
        (void)trimJournal(connection);
    return done;
}

Result<EntriesDone> StoreWriter::discard(db::Connection &connection, const QList<qint64> &keys)
{
    auto transaction = Transaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    Outbox outbox(connection);
    const auto chosen = outbox.withKeys(keys);
    if (!chosen)
        return std::unexpected(chosen.error());
    EntriesDone sum;
    for (const LiveOperation &one : *chosen) {
        if (one.state != State::Quarantined)
            continue;
        if (const auto done = outbox.bury(one.operation.op); !done)
            return std::unexpected(done.error());
        ++sum.done;
    }
    sum.left = keys.size() - sum.done;
    if (sum.left > 0)
        sum.why = notThere();
    m_entriesTouched = true;
    Rebaser rebaser(connection, m_tables, m_feed);
    if (const auto done = commit(connection, *transaction, rebaser); !done)
        return std::unexpected(done.error());
    (void)trimJournal(connection);
    return sum;
}

Result<EntriesDone> StoreWriter::restoreDiscarded(db::Connection &connection, const QList<qint64> &keys)
{
    auto transaction = Transaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    Outbox outbox(connection);
    const auto chosen = outbox.withKeys(keys);
    if (!chosen)
        return std::unexpected(chosen.error());
    QList<Operation> operations; // the journal may have forgotten them
    for (const LiveOperation &one : *chosen) {
        if (one.state != State::Buried)
            continue;
        if (const auto done = outbox.exhume(one.operation.op); !done)
            return std::unexpected(done.error());
        operations += one.operation;
    }
    m_entriesTouched = true;
    Rebaser rebaser(connection, m_tables, m_feed);
    EntriesDone sum{.done = operations.size(), .left = keys.size() - operations.size(), .why = operations.size() < keys.size() ? notThere() : QString()};
    return commitOperations(connection, *transaction, rebaser, operations).transform([&] { return sum; });
}

Result<void> StoreWriter::checkEpoch(db::Connection &connection, const Id &epoch)
{
    QByteArray own;
    const auto read = connection.each(QStringLiteral("SELECT value FROM _meta WHERE name='epoch'"), {}, [&](const db::Row &row) {
        own = row.bytes(0);
        return false;
    });
    if (!read || epoch.isNull() || own.isEmpty() || own == epoch.toBytes())
        return read;
    return failure(ErrorCode::Conflict, Words::tr("The file was written for another central database, or central was restored from a backup since."));
}

Result<EntriesImported> StoreWriter::importEntries(db::Connection &connection, const OperationFile &file, qsizetype from, qsizetype count, const Author &author)
{
    auto transaction = Transaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    Outbox outbox(connection);
    EntriesImported report;
    Rebaser rebaser(connection, m_tables, m_feed);
    QList<Operation> operations;
    for (const OperationFile::Entry &entry : file.entries.mid(from, count)) {
        const Id op = entry.operation.op;
        const auto there = outbox.find(op);
        const auto sent = connection.integer(QStringLiteral("SELECT EXISTS (SELECT 1 FROM _sent WHERE op=?)"), {op.toBytes()});
        if (!there || !sent)
            return std::unexpected(!there ? there.error() : sent.error());
        if (*sent || (*there && (*there)->state != State::Buried)) {
            ++report.known;
            continue;
        }
        if (*there) { // given up here before, and wanted back now
            if (const auto done = outbox.remove(op); !done)
                return std::unexpected(done.error());
        }
        Operation plain = entry.operation;
        plain.sealKey.clear(); // of another device's vault, if it is anything
        auto sealed = Seals(connection, m_tables).sealed(std::move(plain));
        if (!sealed)
            return std::unexpected(sealed.error());
        if (const auto done = importEntry(connection, rebaser, entry, *sealed, author, file.names.value(entry.operation.author), report); !done)
            return std::unexpected(done.error());
        operations += std::move(*sealed);
    }
    return commitOperations(connection, *transaction, rebaser, operations).transform([&] { return report; });
}

Result<void> StoreWriter::importEntry(db::Connection &connection, Rebaser &rebaser, const OperationFile::Entry &entry, const Operation &operation, const Author &author, const QString &name, EntriesImported &report)
{
    Outbox outbox(connection);
    const QString wrong = fault(m_tables, entry.operation);
    if (entry.refused || !wrong.isEmpty()) {
        ++report.quarantined;
        m_entriesTouched = true;
        const QString why = !wrong.isEmpty() ? wrong : entry.reason;
        return outbox.resolved(operation.record)
            .and_then([&](const Id &record) { return outbox.append(operation, record).and_then([&] { return titleOf(connection, operation, record); }); })
            .and_then([&](const QString &title) { return outbox.setTitle(operation.op, title); })
            .and_then([&] { return outbox.setState(operation.op, State::Quarantined, why); });
    }
    ++report.taken;
    const auto done = take(connection, rebaser, operation);
    if (!done || operation.author == author.account)
        return done;
    ++report.ofOthers;
    const QString who = name.isEmpty() ? Words::tr("somebody unknown here") : name;
    if (!report.authors.contains(who))
        report.authors += who;
    return outbox.setState(operation.op, State::Held, Words::tr("Made by %1. It is sent when that account signs in on a desktop that has it.").arg(who));
}

} // namespace ioc
