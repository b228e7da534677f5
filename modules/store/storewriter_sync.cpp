// SPDX-License-Identifier: GPL-3.0-or-later
// What the sync engine brings: central's answers and the pages of its feed. The states and events are listed in README.md.
#include <store/storewriter.h>
#include <wire/codec.h>

#include <QCoreApplication>

#include <algorithm>
#include <functional>

namespace ioc {

using db::Transaction;
using State = LiveOperation::State;

namespace {

constexpr int indexPart = 2000;    // rows put into the search index in one transaction, unless somebody waits: the more, the fewer parts it gets
constexpr int unsealedPart = 400;   // likewise of those that were written while the vault was closed; a save waits for one at most
constexpr int mergePart = 8;       // pages of it put together in one: a millisecond or two, which a change that comes meanwhile waits
constexpr int largeMergePart = 64; // while rows are being put into it
constexpr int mostSearchParts = 64; // of the index then, until it is put together; it has to stay far below SearchIndex's last resort
constexpr qsizetype bulkSize = 200; // changes at once from which the search index waits

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Store)
};

} // namespace

Result<qint64> StoreWriter::searchLimit(db::Connection &connection, const QString &type)
{
    const auto known = m_searchLimits.find(type);
    if (known != m_searchLimits.end())
        return known->second;
    const TypeTable *table = m_tables.table(type);
    if (!table->isSearchable())
        return std::numeric_limits<qint64>::max();
    const auto last = table->lastKey(connection);
    if (!last)
        return last;
    if (const auto done = setMeta(connection, QStringLiteral("unindexed:") + type, *last); !done)
        return std::unexpected(done.error());
    m_searchLimits[type] = *last;
    return *last;
}

Result<void> StoreWriter::beginPage(db::Connection &connection, const Cursor &next)
{
    if (m_feedState)
        m_feedState = noticeReturn(connection, next);
    return m_feedState;
}

Result<void> StoreWriter::applyChanges(db::Connection &connection, const QList<Change> &changes, const Moment &moment)
{
    if (m_feedState)
        m_feedState = writeChanges(connection, changes, moment);
    return m_feedState;
}

Result<void> StoreWriter::writeChanges(db::Connection &connection, const QList<Change> &changes, const Moment &moment)
{
    auto transaction = Transaction::begin(connection, Transaction::Durability::Normal);
    if (!transaction)
        return std::unexpected(transaction.error());
    const auto limitsBefore = m_searchLimits;
    const auto work = [&]() -> Result<void> {
        Rebaser rebaser(connection, m_tables, m_feed);
        BaseStates bases(connection);
        const auto anyBase = connection.integer(QStringLiteral("SELECT EXISTS (SELECT 1 FROM _base_state)"));
        const auto anyAlias = connection.integer(QStringLiteral("SELECT EXISTS (SELECT 1 FROM _alias)"));
        const auto anyAnswered = connection.integer(QStringLiteral("SELECT EXISTS (SELECT 1 FROM _outbox WHERE state=?)"), {static_cast<int>(State::Answered)});
        for (const auto *any : {&anyBase, &anyAlias, &anyAnswered}) {
            if (!*any)
                return std::unexpected(any->error());
        }
        const auto anyRecalled = Outbox(connection).hasRecalled();
        if (!anyRecalled)
            return std::unexpected(anyRecalled.error());
        const bool bulk = changes.size() >= bulkSize;
        const bool looksIntoAll = m_wentBack || *anyRecalled || *anyAnswered;
        for (const Change &came : changes) {
            if (!m_tables.table(came.record.type))
                continue; // of a newer central; comes again when this program knows the type
            Change change = came;
            if (const auto done = looksIntoAll ? wire::unpack(change) : Result<void>(); !done)
                return done;
            if (const auto done = followKey(connection, change); !done)
                return done;
            const bool isState = change.kind == Change::Kind::State;
            const auto recalled = isState && m_wentBack ? recallNewer(connection, *m_tables.table(change.record.type), change.record, moment)
                                  : isState && *anyRecalled ? endRecall(connection, change.record)
                                                            : Result<void>();
            if (!recalled)
                return recalled;
            if (*anyAlias && change.kind == Change::Kind::State) { // somebody took its merging back
                if (const auto done = Outbox(connection).forgetAlias(change.record.id); !done)
                    return done;
            }
            if (*anyBase) {
                auto base = bases.find(change.record.id);
                if (!base)
                    return std::unexpected(base.error());
                if (*base) {
                    const auto done = wire::unpack(change).and_then([&] { return applyBased(connection, rebaser, change, std::move(**base), moment); });
                    if (!done)
                        return done;
                    continue;
                }
            }
            if (*anyAnswered) { // of a record without a base: an alias, or gone before
                if (const auto done = confirm(connection, change, moment); !done)
                    return done;
            }
            const auto limit = bulk ? searchLimit(connection, change.record.type) : std::numeric_limits<qint64>::max();
            if (!limit)
                return std::unexpected(limit.error());
            const auto asItCame = isState && !change.packed.isEmpty() ? rebaser.putPacked(change.record, change.packed, *limit) : Result<bool>(false);
            if (!asItCame)
                return std::unexpected(asItCame.error());
            if (*asItCame)
                continue;
            const auto done = isState ? wire::unpack(change).and_then([&] { return rebaser.putPulled(change.record, *limit); })
                                      : rebaser.removeRow(change.record.type, change.record.id).and_then([&] { return Seals(connection, m_tables).leave(change.record.id); });
            if (!done)
                return done;
        }
        return commit(connection, *transaction, rebaser);
    };
    const auto done = work();
    if (!done)
        m_searchLimits = limitsBefore;
    return done;
}

Result<void> StoreWriter::applyBased(db::Connection &connection, Rebaser &rebaser, const Change &change, BaseState base, const Moment &moment)
{
    const Record &record = change.record;
    if (record.version < base.version && !m_restarting)
        return {}; // an older page
    base.version = record.version;
    if (change.kind != Change::Kind::State)
        return applyGone(connection, rebaser, base, change.kind, moment);
    base.present = true;
    base.values = record.values;
    base.feed = rebaser.feed();
    return BaseStates(connection).put(base)
        .and_then([&] { return confirm(connection, change, moment); })
        .and_then([&] { return rebaser.rebase(record.type, record.id); });
}

Result<void> StoreWriter::applyGone(db::Connection &connection, Rebaser &rebaser, const BaseState &base, Change::Kind kind, const Moment &moment)
{
    Outbox outbox(connection);
    BaseState gone = base;
    gone.present = false;
    gone.values.clear();
    gone.feed = rebaser.feed();
    if (const auto done = BaseStates(connection).put(gone); !done)
        return done;
    if (const auto done = confirm(connection, {.kind = kind, .record = {.type = base.type, .id = base.record, .version = base.version}}, moment); !done)
        return done;
    const auto live = outbox.live(base.record);
    if (!live)
        return std::unexpected(live.error());
    const bool deleted = kind == Change::Kind::Deleted;
    for (const LiveOperation &one : *live) {
        if (deleted && one.operation.kind == OperationKind::Delete)
            continue; // both wanted the same; central's answer ends it
        if (one.tries == Outbox::doubted)
            continue; // it was there before
        const QString why = deleted ? Words::tr("The record was deleted by somebody else.") : Words::tr("The record no longer belongs to your unit's area of work.");
        const auto still = outbox.find(one.operation.op); // an earlier one may have taken it along
        if (!still)
            return std::unexpected(still.error());
        if (!*still || (*still)->state == State::Quarantined)
            continue;
        if (const auto done = quarantine(connection, rebaser, one, why); !done)
            return done;
    }
    return rebaser.rebase(base.type, base.record);
}

Result<void> StoreWriter::finishPage(db::Connection &connection, const Cursor &next, bool more, const Moment &moment)
{
    if (m_feedState)
        m_feedState = writeCursor(connection, next, more, moment);
    return m_feedState;
}

Result<void> StoreWriter::writeCursor(db::Connection &connection, const Cursor &next, bool more, const Moment &moment)
{
    const auto before = cursor(connection);
    if (!before)
        return std::unexpected(before.error());
    const auto epochBefore = connection.one<QByteArray>(QStringLiteral("SELECT value FROM _meta WHERE name='epoch'"), {}, [](const db::Row &row) { return row.bytes(0); });
    Outbox outbox(connection);
    const auto unseen = more ? Result<bool>(false) : outbox.hasUnseen(moment.nowMs());
    if (!unseen)
        return std::unexpected(unseen.error());
    if (*before == next && !m_restarting && !*unseen)
        return {};
    auto transaction = Transaction::begin(connection, Transaction::Durability::Normal);
    if (!transaction)
        return std::unexpected(transaction.error());
    Rebaser rebaser(connection, m_tables, m_feed);
    if (*unseen) {
        if (const auto done = endUnseen(connection, rebaser, moment); !done)
            return done;
    }
    if (const auto done = setMeta(connection, QStringLiteral("cursor"), next.toString()); !done)
        return done;
    if (!epochBefore || *epochBefore != next.epoch.toBytes()) {
        if (const auto done = setMeta(connection, QStringLiteral("epoch"), next.epoch.toBytes()); !done)
            return done;
    }
    const auto back = wentBack(connection, next);
    if (!back)
        return std::unexpected(back.error());
    if (const auto done = forgetReturn(connection); !done)
        return done;
    if (*back || (epochBefore && *epochBefore != next.epoch.toBytes())) {
        const auto done = offerAgain(connection, rebaser).and_then([&] { return m_restarting ? setMeta(connection, QStringLiteral("went_back"), 1) : Result<void>(); });
        if (!done)
            return done;
    }
    const bool ends = m_restarting && !more;
    if (ends) {
        if (const auto done = dropUnconfirmed(connection, rebaser, moment); !done)
            return done;
        const auto done = setMeta(connection, QStringLiteral("restarting"), {}).and_then([&] { return setMeta(connection, QStringLiteral("went_back"), {}); }).and_then([&] {
            return Seals(connection, m_tables).endReading();
        });
        if (!done)
            return done;
    }
    const auto done = commit(connection, *transaction, rebaser);
    if (done && ends)
        m_restarting = m_wentBack = false;
    if (done && m_journalLacks)
        (void)trimJournal(connection); // what is offered again is of this device alone until central has it
    return done;
}

// Before the first page of a reading is written: whether what it brings may be older than what is here.
Result<void> StoreWriter::noticeReturn(db::Connection &connection, const Cursor &next)
{
    if (!m_restarting || m_wentBack)
        return {};
    const auto epoch = connection.one<QByteArray>(QStringLiteral("SELECT value FROM _meta WHERE name='epoch'"), {}, [](const db::Row &row) { return row.bytes(0); });
    const auto back = wentBack(connection, next);
    if (!back)
        return std::unexpected(back.error());
    m_wentBack = *back || (epoch && *epoch != next.epoch.toBytes());
    return {};
}

// Whether the restart that \a next is the first page of came from a central that is not what it was: an old copy of its
// database has the same epoch. A new schema or scope is no reason to send anything again.
Result<bool> StoreWriter::wentBack(db::Connection &connection, const Cursor &next)
{
    const auto lost = meta(connection, QStringLiteral("answers_lost"), 0);
    if (!lost || *lost != 0)
        return lost.transform([](qint64) { return true; });
    QString text;
    const auto read = connection.each(QStringLiteral("SELECT value FROM _meta WHERE name='restarted_from'"), {}, [&](const db::Row &row) { text = row.text(0); return false; });
    if (!read || text.isEmpty())
        return read.transform([] { return false; });
    const Cursor before = Cursor::fromString(text).value_or(Cursor());
    return before.epoch != next.epoch || (before.schemaVersion == next.schemaVersion && before.scopeVersion == next.scopeVersion);
}

// What wentBack() told from has been answered.
Result<void> StoreWriter::forgetReturn(db::Connection &connection)
{
    return setMeta(connection, QStringLiteral("restarted_from"), {}).and_then([&] { return setMeta(connection, QStringLiteral("answers_lost"), {}); });
}

Result<void> StoreWriter::offerAgain(db::Connection &connection, Rebaser &rebaser)
{
    // What was deleted before, and this reading has not told of: central may not have that deletion, and make the record anew.
    if (const auto done = connection.exec(QStringLiteral("UPDATE _base_state SET version=0 WHERE NOT present AND feed<?"), {m_feed}); !done)
        return std::unexpected(done.error());
    Outbox outbox(connection);
    auto sent = outbox.sent();
    if (!sent)
        return std::unexpected(sent.error());
    const auto answered = outbox.inState(State::Answered); // the feed has yet to show them, and may show another's change in their stead
    if (!answered)
        return std::unexpected(answered.error());
    for (const LiveOperation &one : *answered) {
        if (const auto done = outbox.remove(one.operation.op); !done)
            return done;
        *sent += one.operation;
    }
    std::ranges::sort(*sent, std::greater(), &Operation::op); // ids are made in order; each goes before those behind it, and all before what still waits
    for (const Operation &operation : std::as_const(*sent)) {
        if (const auto done = take(connection, rebaser, operation, Outbox::Place::First); !done)
            return done;
    }
    m_journalLacks = m_journalLacks || !sent->isEmpty();
    return connection.exec(QStringLiteral("DELETE FROM _sent")).transform([](qint64) {});
}

// Central does not have what \a operation builds on, though it was sent: it went back behind that without any other sign of it.
Result<void> StoreWriter::offerNeeded(db::Connection &connection, Rebaser &rebaser, const Operation &operation)
{
    for (const Id &needed : operation.after) {
        std::optional<Operation> sent;
        const auto read = connection.each(QStringLiteral("SELECT packed FROM _sent WHERE op=?"), {needed.toBytes()}, [&](const db::Row &row) {
            if (auto found = wire::unpackedOperation(row.bytes(0)))
                sent = std::move(*found);
            return false;
        });
        if (!read)
            return read;
        if (!sent)
            continue;
        const auto done = connection.exec(QStringLiteral("DELETE FROM _sent WHERE op=?"), {needed.toBytes()}).and_then([&](qint64) { return take(connection, rebaser, *sent, Outbox::Place::First); });
        if (!done)
            return done;
        m_journalLacks = true;
    }
    return {};
}

// The feed is at its end and has not shown what was answered: central is asked once more, and then believed.
Result<void> StoreWriter::endUnseen(db::Connection &connection, Rebaser &rebaser, const Moment &moment)
{
    Outbox outbox(connection);
    m_entriesTouched = true;
    const auto unseen = outbox.unseen(moment.nowMs());
    if (!unseen)
        return std::unexpected(unseen.error());
    for (const LiveOperation &one : *unseen) {
        const bool asked = one.tries == Outbox::askedAgain || one.tries == Outbox::inConflict;
        const auto done = asked ? outbox.finish(one, moment.nowMs()) : outbox.askAgain(one.operation.op, Outbox::askedAgain);
        if (!done)
            return done;
        if (!asked || !m_tables.table(one.operation.type))
            continue;
        if (const auto shown = rebaser.rebase(one.operation.type, one.record); !shown)
            return shown;
    }
    return {};
}

// Whether the creation of \a record is on its way to central.
Result<bool> StoreWriter::isMadeHere(db::Connection &connection, const Id &record)
{
    return Outbox(connection).live(record).transform([](const QList<LiveOperation> &live) {
        return std::ranges::any_of(live, [](const LiveOperation &one) { return one.operation.kind == OperationKind::Create; });
    });
}

Result<void> StoreWriter::dropUnconfirmed(db::Connection &connection, Rebaser &rebaser, const Moment &moment)
{
    BaseStates bases(connection);
    const auto tables = namedFirst();
    for (const TypeTable *table : tables) {
        QList<Id> lacking;
        // What is deleted here and not yet at central has a base and no row.
        const QString unseen = QStringLiteral("SELECT id FROM %1 WHERE feed<?1 UNION SELECT record FROM _base_state WHERE type=?2 AND present AND feed<?1").arg(table->name());
        const auto read = connection.each(unseen, {m_feed, table->type().name}, [&](const db::Row &row) {
            lacking += Id::fromBytes(row.bytes(0)).value_or(Id());
            return true;
        });
        if (!read)
            return read;
        for (const Id &id : std::as_const(lacking)) {
            const auto base = bases.find(id);
            if (!base)
                return std::unexpected(base.error());
            if (*base && !(*base)->present)
                continue; // made here, central has yet to see it
            const auto ours = *base ? isMadeHere(connection, id) : Result<bool>(false);
            if (!ours)
                return std::unexpected(ours.error());
            if (*ours) { // as central knows it now: not at all, until it takes again what is offered again
                const auto done = bases.put({.type = table->type().name, .record = id, .feed = m_feed}).and_then([&] { return rebaser.rebase(table->type().name, id); });
                if (!done)
                    return done;
                continue;
            }
            if (m_wentBack) {
                if (const auto kept = recallLacking(connection, *table, id, *base, moment); !kept)
                    return kept;
            }
            const auto done = *base ? applyGone(connection, rebaser, **base, Change::Kind::Withdrawn, moment) : rebaser.removeRow(table->type().name, id);
            if (!done)
                return done;
        }
    }
    return {};
}

// A store of a former version does not have it: what was shown last was answered.
Result<void> StoreWriter::bringLastAnswered(db::Connection &connection)
{
    const auto lost = meta(connection, QStringLiteral("answers_lost"), 0);
    const auto known = lastAnswered(connection);
    if (!lost || !known || *lost != 0 || !known->isNull())
        return !lost ? std::unexpected(lost.error()) : known.transform([](const Id &) {});
    Id last;
    return connection.each(QStringLiteral("SELECT op FROM _sent ORDER BY at DESC, op DESC LIMIT 1"), {}, [&](const db::Row &row) {
        last = Id::fromBytes(row.bytes(0)).value_or(Id());
        return false;
    }).and_then([&] { return last.isNull() ? Result<void>() : setMeta(connection, QStringLiteral("last_answered"), last.toBytes()); });
}

Result<Id> StoreWriter::lastAnswered(db::Connection &connection)
{
    Id out;
    return connection.each(QStringLiteral("SELECT value FROM _meta WHERE name='last_answered'"), {}, [&](const db::Row &row) {
        out = Id::fromBytes(row.bytes(0)).value_or(Id());
        return false;
    }).transform([&] { return out; });
}

Result<void> StoreWriter::restartFeed(db::Connection &connection, bool answersLost)
{
    const auto before = cursor(connection);
    if (!before)
        return std::unexpected(before.error());
    auto transaction = Transaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    const auto done = (before->isNull() ? Result<void>() : setMeta(connection, QStringLiteral("restarted_from"), before->toString()))
                          .and_then([&] { return answersLost ? setMeta(connection, QStringLiteral("answers_lost"), 1) : Result<void>(); })
                          .and_then([&] { return answersLost ? setMeta(connection, QStringLiteral("last_answered"), {}) : Result<void>(); })
                          .and_then([&] { return beginReading(connection); })
                          .and_then([&] { return transaction->commit(); });
    if (!done)
        return done;
    ++m_feed;
    m_restarting = true;
    return {};
}

Result<void> StoreWriter::beginReading(db::Connection &connection)
{
    return setMeta(connection, QStringLiteral("feed"), m_feed + 1)
        .and_then([&] { return setMeta(connection, QStringLiteral("restarting"), 1); })
        .and_then([&] { return setMeta(connection, QStringLiteral("cursor"), {}); });
}

// A program that knows more kinds of records and fields than the one before reads the feed anew: that one has passed them over.
Result<void> StoreWriter::followSchema(db::Connection &connection)
{
    const qint64 now = m_tables.catalog().schemaVersion();
    const auto before = meta(connection, QStringLiteral("schema"), now);
    const auto at = cursor(connection);
    if (!before || !at)
        return std::unexpected(!before ? before.error() : at.error());
    const bool anew = *before != now && !at->isNull();
    const auto done = (anew ? beginReading(connection) : Result<void>()).and_then([&] { return setMeta(connection, QStringLiteral("schema"), now); });
    if (done && anew) {
        ++m_feed;
        m_restarting = true;
    }
    return done;
}

Result<StoreWriter::SearchStep> StoreWriter::workOnSearch(db::Connection &connection, const std::function<bool()> &isAwaited)
{
    if (m_searchParts < mostSearchParts) {
        const auto indexed = m_searchLimits.empty() ? indexUnsealed(connection) : indexSome(connection, isAwaited);
        if (!indexed) {
            (void)mergeSome(connection); // what does go on is not held up by it
            return std::unexpected(indexed.error());
        }
        if (*indexed)
            return SearchStep{.more = true, .found = true};
    }
    return mergeSome(connection).transform([](bool more) { return SearchStep{.more = more}; });
}

Result<bool> StoreWriter::mergeSome(db::Connection &connection)
{
    if (m_untidy.empty()) // when that was begun between parts, there is more to put into the index
        return std::exchange(m_searchParts, 0) >= mostSearchParts || !m_searchLimits.empty();
    const TypeTable *table = m_tables.table(*m_untidy.begin());
    auto transaction = Transaction::begin(connection, Transaction::Durability::Normal);
    if (!transaction)
        return std::unexpected(transaction.error());
    const auto more = table->search().merge(connection, m_searchLimits.empty() ? mergePart : largeMergePart);
    if (const auto done = more ? transaction->commit() : Result<void>(std::unexpected(more.error())); !done)
        return std::unexpected(done.error());
    if (!*more)
        m_untidy.erase(m_untidy.begin());
    return true;
}

// After a commit that changed so many rows of \a type in the index. Rows in the order of their keys become one part; in any other, each may
// become one of its own.
void StoreWriter::noteSearchParts(const QString &type, qsizetype most)
{
    const TypeTable *table = m_tables.table(type);
    if (!table || !table->isSearchable())
        return;
    m_untidy.insert(type);
    m_searchParts += static_cast<int>(most);
}

Result<bool> StoreWriter::indexSome(db::Connection &connection, const std::function<bool()> &isAwaited)
{
    const auto [type, after] = *m_searchLimits.begin();
    auto transaction = Transaction::begin(connection, Transaction::Durability::Normal);
    if (!transaction)
        return std::unexpected(transaction.error());
    const auto last = m_tables.table(type)->indexAfter(connection, after, indexPart, isAwaited);
    if (!last)
        return std::unexpected(last.error());
    const auto done = setMeta(connection, QStringLiteral("unindexed:") + type, *last ? QVariant(*last) : QVariant()).and_then([&] { return transaction->commit(); });
    if (!done)
        return std::unexpected(done.error());
    noteSearchParts(type, 1);
    if (*last)
        m_searchLimits[type] = *last;
    else
        m_searchLimits.erase(m_searchLimits.begin());
    return true;
}

// Rows that were written while the vault was closed, once it is open.
Result<bool> StoreWriter::indexUnsealed(db::Connection &connection)
{
    if (!m_tables.vault().isOpen())
        return false;
    QList<std::pair<QString, qint64>> rows;
    const auto read = connection.each(QStringLiteral("SELECT type, key FROM _seal_unindexed LIMIT ?"), {unsealedPart}, [&](const db::Row &row) {
        rows.emplaceBack(row.text(0), row.integer(1));
        return true;
    });
    if (!read || rows.isEmpty())
        return read.transform([] { return false; });
    auto transaction = Transaction::begin(connection, Transaction::Durability::Normal);
    if (!transaction)
        return std::unexpected(transaction.error());
    for (const auto &[type, key] : std::as_const(rows)) {
        const TypeTable *table = m_tables.table(type);
        const auto done = connection.exec(QStringLiteral("DELETE FROM _seal_unindexed WHERE type=? AND key=?"), {type, key}) // noted again should the vault have been closed meanwhile
                              .and_then([&](qint64) { return table ? table->indexAgain(connection, key) : Result<void>(); });
        if (!done)
            return std::unexpected(done.error());
    }
    return transaction->commit().transform([&] {
        for (const auto &[type, key] : std::as_const(rows))
            noteSearchParts(type, 1);
        return true;
    });
}

} // namespace ioc
