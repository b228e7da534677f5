// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/faultpoint.h>
#include <store/storeschema.h>
#include <store/storewriter.h>
#include <wire/codec.h>

#include <QCoreApplication>

namespace ioc {

using db::Transaction;
using State = LiveOperation::State;

namespace {

constexpr qint64 sentKeptMs = 90LL * 24 * 3600 * 1000;

QString unindexedName(const QString &type)
{
    return QStringLiteral("unindexed:") + type;
}

} // namespace

StoreWriter::StoreWriter(const TypeTables &tables, const QString &journalPath, Notify notify)
    : m_tables(tables), m_journal(journalPath), m_notify(std::move(notify))
{
}

Result<qint64> StoreWriter::meta(db::Connection &connection, const QString &name, qint64 otherwise)
{
    return StoreSchema::meta(connection, name, otherwise);
}

Result<void> StoreWriter::setMeta(db::Connection &connection, const QString &name, const QVariant &value)
{
    return StoreSchema::setMeta(connection, name, value);
}

Result<Id> StoreWriter::prepare(db::Connection &connection, const JournalContent &rescued, const Moment &moment)
{
    const StoreSchema schema(m_tables);
    if (const auto done = schema.bringTables(connection); !done)
        return std::unexpected(done.error());

    auto transaction = Transaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    if (const auto done = schema.bringSearch(connection); !done)
        return std::unexpected(done.error());
    const auto all = m_tables.all();
    for (const TypeTable *table : all) {
        const auto limit = meta(connection, unindexedName(table->type().name), -1);
        if (limit && *limit >= 0)
            m_searchLimits[table->type().name] = *limit;
        if (table->isSearchable())
            m_untidy.insert(table->type().name); // the last run of the program may not have come to it
    }
    const auto feed = meta(connection, QStringLiteral("feed"), 1);
    const auto restarting = meta(connection, QStringLiteral("restarting"), 0);
    const auto device = connection.one<Id>(QStringLiteral("SELECT value FROM _meta WHERE name='device'"), {}, [](const db::Row &row) { return Id::fromBytes(row.bytes(0)).value_or(Id()); });
    if (!feed || !restarting)
        return std::unexpected(!feed ? feed.error() : restarting.error());
    m_feed = *feed;
    m_restarting = *restarting != 0;
    const auto back = meta(connection, QStringLiteral("went_back"), 0);
    if (!back)
        return std::unexpected(back.error());
    m_wentBack = *back != 0;
    if (const auto done = followSchema(connection); !done)
        return std::unexpected(done.error());
    if (const auto done = bringLastAnswered(connection); !done)
        return std::unexpected(done.error());
    auto newest = Outbox(connection).newestOp();
    if (!newest)
        return std::unexpected(newest.error());
    for (const Operation &operation : rescued.operations)
        newest = std::max(*newest, operation.op);
    Id::resumeAfter(*newest, moment); // what was saved later sorts later, whatever became of the clock
    m_device = device && !device->isNull() ? *device : !rescued.device.isNull() ? rescued.device : Id::create(moment);
    if (const auto done = setMeta(connection, QStringLiteral("device"), m_device.toBytes()); !done)
        return std::unexpected(done.error());

    const auto vault = connection.integer(QStringLiteral("SELECT EXISTS (SELECT 1 FROM _meta WHERE name='vault')"));
    if (!vault)
        return std::unexpected(vault.error());
    if (*vault || std::ranges::any_of(rescued.operations, [](const Operation &operation) { return !operation.sealKey.isEmpty(); }))
        m_tables.vault().setUsed();
    Rebaser rebaser(connection, m_tables, m_feed);
    Seals seals(connection, m_tables);
    for (const Operation &operation : rescued.operations) {
        const auto known = connection.integer(QStringLiteral("SELECT EXISTS (SELECT 1 FROM _outbox WHERE op=?) OR EXISTS (SELECT 1 FROM _sent WHERE op=?)"), {operation.op.toBytes(), operation.op.toBytes()});
        if (!known)
            return std::unexpected(known.error());
        if (*known)
            continue;
        if (const auto done = seals.keepRescued(operation).and_then([&] { return take(connection, rebaser, operation); }); !done)
            return std::unexpected(done.error());
        ++m_rescued;
    }
    // What was buried is known until the journal is without it, or that would bring it back.
    const auto tidied = Outbox(connection).forgetBuried()
                            .and_then([&] { return Conflicts(connection).forgetClosed(); })
                            .and_then([&] { return m_restarting ? Result<void>() : seals.endReading(); })
                            .and_then([&] { return bringEntriesUp(connection); })
                            .and_then([&] { return Outbox(connection).forgetSent(moment.nowMs() - sentKeptMs); });
    if (!tidied)
        return std::unexpected(tidied.error());
    const auto live = journalled(connection);
    if (!live)
        return std::unexpected(live.error());
    if (const auto done = m_journal.replace(m_device, *live).and_then([&] { return commit(connection, *transaction, rebaser); }); !done)
        return std::unexpected(done.error());
    m_journalled = live->size();
    return m_device;
}

Result<QList<Operation>> StoreWriter::journalled(db::Connection &connection)
{
    Outbox outbox(connection);
    QList<Operation> out;
    for (const State state : {State::Waiting, State::Held, State::Answered, State::Quarantined}) { // what the feed has not shown may be lost at central yet
        const auto part = outbox.inState(state);
        if (!part)
            return std::unexpected(part.error());
        for (const LiveOperation &live : *part) {
            if (live.tries != Outbox::recalledByCentral) // nobody saved it here, and nobody has yet said that it is to be sent
                out += live.operation;
        }
    }
    std::ranges::stable_sort(out, {}, &Operation::op); // ids are made in order
    return out;
}

Result<void> StoreWriter::take(db::Connection &connection, Rebaser &rebaser, const Operation &operation, Outbox::Place place)
{
    Outbox outbox(connection);
    const auto record = operation.kind == OperationKind::Unmerge ? Result<Id>(operation.record) : outbox.resolved(operation.record);
    if (!record)
        return std::unexpected(record.error());
    const bool known = m_tables.table(operation.type);
    if (known) {
        if (const auto kept = rebaser.keepBase(operation.type, *record); !kept)
            return kept;
    }
    m_entriesTouched = true;
    if (const auto done = outbox.append(operation, *record, place); !done || !known)
        return done;
    return rebaser.rebase(operation.type, *record)
        .and_then([&] { return titleOf(connection, operation, *record); })
        .and_then([&](const QString &title) { return outbox.setTitle(operation.op, title); });
}

// As it is shown now; of a record that is gone, as it was; of one that is not here, as the operation makes it.
Result<QString> StoreWriter::titleOf(db::Connection &connection, const Operation &operation, const Id &record)
{
    const TypeTable *table = m_tables.table(operation.type);
    if (!table)
        return QString();
    const auto row = table->find(connection, record);
    const auto base = BaseStates(connection).find(record);
    if (!row || !base)
        return std::unexpected(!row ? row.error() : base.error());
    Values values = *row ? (*row)->record.values : *base ? (*base)->values : Values();
    if (!*row && values.isEmpty()) {
        for (const FieldChange &change : operation.changes)
            values.insert(change.field, change.newValue);
    }
    return table->type().title(values, QCoreApplication::translate("Records", "en", "code of the language of these texts"));
}

// Lists of a store that a former version wrote.
Result<void> StoreWriter::bringEntriesUp(db::Connection &connection)
{
    constexpr int part = 1000;
    Outbox outbox(connection);
    for (;;) {
        const auto untitled = outbox.untitled(part);
        if (!untitled)
            return std::unexpected(untitled.error());
        for (const LiveOperation &live : *untitled) {
            const auto done = titleOf(connection, live.operation, live.record).and_then([&](const QString &title) { return outbox.setTitle(live.operation.op, title); });
            if (!done)
                return done;
        }
        if (untitled->isEmpty())
            break;
    }
    return Conflicts(connection).takeOver([this](const QString &type, const QString &field) { return isStateField(type, field); });
}

bool StoreWriter::isStateField(const QString &type, const QString &field) const
{
    const TypeTable *table = m_tables.table(type);
    const Workflow *workflow = table ? m_tables.catalog().workflowOf(table->type()) : nullptr;
    return workflow && workflow->stateField == field;
}

Result<QList<Operation>> StoreWriter::nextPush(db::Connection &connection, int limit, qint64 nowMs)
{
    // Central went back: what was sent before is offered again first, with the first page of the new reading.
    const auto lost = meta(connection, QStringLiteral("answers_lost"), 0);
    if (!lost || *lost != 0)
        return lost.transform([](qint64) { return QList<Operation>(); });
    QList<Operation> out;
    int most = limit;
    for (bool again = true; again;) {
        auto transaction = Transaction::begin(connection);
        if (!transaction)
            return std::unexpected(transaction.error());
        const auto ready = Outbox(connection).nextPush(most, nowMs);
        auto operations = ready ? forCentral(connection, *ready, nowMs) : ready;
        if (!operations)
            return operations;
        out = operations->first(std::min<qsizetype>(operations->size(), limit));
        const bool isFull = ready->size() >= most;
        again = out.isEmpty() && (m_entriesTouched || isFull); // all of them are held now, or wait for the vault: look past them
        most = isFull && !m_entriesTouched ? most * 4 : most;
        if (!m_entriesTouched)
            continue;
        Rebaser rebaser(connection, m_tables, m_feed);
        if (const auto done = commit(connection, *transaction, rebaser); !done)
            return std::unexpected(done.error());
    }
    for (const Operation &operation : std::as_const(out))
        m_unoffered.remove(operation.op);
    return out;
}

Result<Saved> StoreWriter::save(db::Connection &connection, const QList<Draft> &drafts, const Author &author, const Moment &moment)
{
    auto transaction = Transaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    OperationBuilder builder(connection, m_tables, author, moment);
    Rebaser rebaser(connection, m_tables, m_feed);
    Saved saved;
    QList<Operation> operations;
    for (const Draft &draft : drafts) {
        const auto operation = builder.build(draft);
        if (!operation)
            return std::unexpected(operation.error());
        saved.operations += *operation ? (*operation)->op : Id();
        if (!*operation)
            continue;
        operations += **operation;
        if (const auto done = take(connection, rebaser, **operation); !done)
            return std::unexpected(done.error());
    }
    return commitOperations(connection, *transaction, rebaser, operations).transform([&] { return saved; });
}

Result<void> StoreWriter::commitOperations(db::Connection &connection, Transaction &transaction, Rebaser &rebaser, const QList<Operation> &operations)
{
    const qint64 before = m_journal.size();
    if (!operations.isEmpty()) {
        if (const auto written = m_journal.append(operations); !written)
            return written;
    }
    faultPoint("save.journalled");
    auto done = commit(connection, transaction, rebaser);
    faultPoint("save.committed");
    if (!done)
        m_journal.takeBack(before); // what was not saved must not come back
    else
        m_journalled += operations.size();
    return done;
}

Result<void> StoreWriter::commit(db::Connection &connection, Transaction &transaction, Rebaser &rebaser)
{
    const auto touched = rebaser.finish();
    if (!touched)
        return std::unexpected(touched.error());
    const auto status = readStatus(connection);
    if (!status)
        return std::unexpected(status.error());
    if (const auto done = transaction.commit(); !done)
        return done;
    m_status = *status;
    for (const auto *rows : {&touched->changed, &touched->removed}) {
        for (const auto &[type, keys] : rows->asKeyValueRange())
            noteSearchParts(type, keys.size());
    }
    m_notify(*touched, m_status, std::exchange(m_entriesTouched, false));
    return {};
}

Result<StoreStatus> StoreWriter::readStatus(db::Connection &connection)
{
    Outbox outbox(connection);
    const auto waiting = outbox.count({State::Waiting, State::Held});
    const auto quarantined = connection.integer(QStringLiteral("SELECT count(*) FROM _outbox WHERE state=? AND follows IS NULL"), {static_cast<int>(State::Quarantined)});
    const auto conflicts = Conflicts(connection).countOperations();
    for (const auto *count : {&waiting, &quarantined, &conflicts}) {
        if (!*count)
            return std::unexpected(count->error());
    }
    return StoreStatus{.outbox = *waiting, .conflicts = *conflicts, .quarantine = *quarantined};
}

Result<void> StoreWriter::trimJournal(db::Connection &connection)
{
    const auto count = Outbox(connection).count({State::Waiting, State::Held, State::Answered, State::Quarantined});
    if (!count)
        return std::unexpected(count.error());
    const qint64 live = *count;
    if (!m_journalLacks && (m_journalled == live || (live > 0 && m_journalled < 2 * live + 100)))
        return {};
    return replaceJournal(connection);
}

Result<void> StoreWriter::replaceJournal(db::Connection &connection)
{
    const auto operations = journalled(connection);
    if (!operations)
        return std::unexpected(operations.error());
    const auto done = m_journal.replace(m_device, *operations);
    if (done) {
        m_journalled = operations->size();
        m_journalLacks = false;
    }
    return done;
}

Result<Cursor> StoreWriter::cursor(db::Connection &connection)
{
    QString text;
    const auto read = connection.each(QStringLiteral("SELECT value FROM _meta WHERE name='cursor'"), {}, [&](const db::Row &row) { text = row.text(0); return false; });
    if (!read)
        return std::unexpected(read.error());
    m_feedState = {};
    return text.isEmpty() ? Cursor() : Cursor::fromString(text).value_or(Cursor());
}

} // namespace ioc
