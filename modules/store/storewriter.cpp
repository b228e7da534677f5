// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/storeschema.h>
#include <store/storewriter.h>
#include <wire/codec.h>

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
    }
    const auto feed = meta(connection, QStringLiteral("feed"), 1);
    const auto restarting = meta(connection, QStringLiteral("restarting"), 0);
    const auto device = connection.one<Id>(QStringLiteral("SELECT value FROM _meta WHERE name='device'"), {}, [](const db::Row &row) { return Id::fromBytes(row.bytes(0)).value_or(Id()); });
    if (!feed || !restarting)
        return std::unexpected(!feed ? feed.error() : restarting.error());
    m_feed = *feed;
    m_restarting = *restarting != 0;
    m_device = device && !device->isNull() ? *device : !rescued.device.isNull() ? rescued.device : Id::create(moment);
    if (const auto done = setMeta(connection, QStringLiteral("device"), m_device.toBytes()); !done)
        return std::unexpected(done.error());

    Rebaser rebaser(connection, m_tables, m_feed);
    for (const Operation &operation : rescued.operations) {
        const auto known = connection.integer(QStringLiteral("SELECT EXISTS (SELECT 1 FROM _outbox WHERE op=?) OR EXISTS (SELECT 1 FROM _sent WHERE op=?)"), {operation.op.toBytes(), operation.op.toBytes()});
        if (!known)
            return std::unexpected(known.error());
        if (*known)
            continue;
        if (const auto done = take(connection, rebaser, operation); !done)
            return std::unexpected(done.error());
        ++m_rescued;
    }
    if (const auto done = Outbox(connection).forgetSent(moment.nowMs() - sentKeptMs); !done)
        return std::unexpected(done.error());
    if (const auto done = commit(connection, *transaction, rebaser); !done)
        return std::unexpected(done.error());
    const auto live = journalled(connection);
    if (!live)
        return std::unexpected(live.error());
    if (const auto done = m_journal.replace(m_device, *live); !done)
        return std::unexpected(done.error());
    m_journalled = live->size();
    return m_device;
}

Result<QList<Operation>> StoreWriter::journalled(db::Connection &connection)
{
    Outbox outbox(connection);
    QList<Operation> out;
    for (const State state : {State::Waiting, State::Held, State::Quarantined}) {
        const auto part = outbox.inState(state);
        if (!part)
            return std::unexpected(part.error());
        for (const LiveOperation &live : *part)
            out += live.operation;
    }
    std::ranges::stable_sort(out, {}, &Operation::op); // ids are made in order
    return out;
}

Result<void> StoreWriter::take(db::Connection &connection, Rebaser &rebaser, const Operation &operation)
{
    Outbox outbox(connection);
    const auto record = outbox.resolved(operation.record);
    if (!record)
        return std::unexpected(record.error());
    const bool known = m_tables.table(operation.type);
    if (known) {
        if (const auto kept = rebaser.keepBase(operation.type, *record); !kept)
            return kept;
    }
    if (const auto done = outbox.append(operation, *record); !done)
        return done;
    return known ? rebaser.rebase(operation.type, *record) : Result<void>();
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
    auto done = commit(connection, transaction, rebaser);
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
    m_notify(*touched, m_status);
    return {};
}

Result<StoreStatus> StoreWriter::readStatus(db::Connection &connection)
{
    Outbox outbox(connection);
    const auto waiting = outbox.count({State::Waiting, State::Held});
    const auto quarantined = outbox.count({State::Quarantined});
    const auto conflicts = connection.integer(QStringLiteral("SELECT count(*) FROM _conflicts"));
    for (const auto *count : {&waiting, &quarantined, &conflicts}) {
        if (!*count)
            return std::unexpected(count->error());
    }
    return StoreStatus{.outbox = *waiting, .conflicts = *conflicts, .quarantine = *quarantined};
}

Result<void> StoreWriter::trimJournal(db::Connection &connection)
{
    const qint64 live = m_status.outbox + m_status.quarantine;
    if (m_journalled == live || (live > 0 && m_journalled < 2 * live + 100))
        return {};
    const auto operations = journalled(connection);
    if (!operations)
        return std::unexpected(operations.error());
    const auto done = m_journal.replace(m_device, *operations);
    if (done)
        m_journalled = operations->size();
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
