// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <store/conflicts.h>
#include <store/localstore.h>
#include <store/operationbuilder.h>
#include <store/operationjournal.h>
#include <store/rebaser.h>
#include <store/seals.h>
#include <wire/operationfile.h>

#include <functional>
#include <set>
#include <span>

namespace ioc {

/// Everything that changes the local store. Lives on the writer's thread; every call is one transaction, or none when it fails.
class StoreWriter
{
public:
    /// Told after each commit, on the writer's thread.
    using Notify = std::function<void(const Touched &touched, const StoreStatus &status, bool entries)>;
    StoreWriter(const TypeTables &tables, const QString &journalPath, Notify notify);

    /// Brings the schema up, reads or makes the device's id, and takes \a rescued operations (of a damaged store) in.
    Result<Id> prepare(db::Connection &connection, const JournalContent &rescued, const Moment &moment);

    Result<Saved> save(db::Connection &connection, const QList<Draft> &drafts, const Author &author, const Moment &moment);
    /// Settles open conflicts, each as \a keep says; those that cannot be are left and told. \a batch joins calls that are undone
    /// together: 0 begins a new one and ends the undo of the one before.
    struct Settling { Keep keep = Keep::Mine; QCborValue value; qint64 batch = 0; };
    Result<EntriesDone> settle(db::Connection &connection, const QList<qint64> &keys, Settling &how, const Author &author, const Moment &moment);
    /// Takes back what was settled last, a part of it; with nothing left of it, done and left are 0. See README.md.
    Result<EntriesDone> undoSettling(db::Connection &connection, const Author &author, const Moment &moment);
    /// Quarantined ones are sent again as new operations with all that builds on them, held ones are offered at once.
    Result<EntriesDone> retry(db::Connection &connection, const QList<qint64> &keys, const Author &author, const Moment &moment);
    /// A quarantined creation or edit is sent again with other values.
    Result<void> resend(db::Connection &connection, qint64 key, const QList<FieldChange> &changes, const Author &author, const Moment &moment);
    Result<EntriesDone> discard(db::Connection &connection, const QList<qint64> &keys);
    Result<EntriesDone> restoreDiscarded(db::Connection &connection, const QList<qint64> &keys);
    Result<EntriesImported> importEntries(db::Connection &connection, const OperationFile &file, qsizetype from, qsizetype count, const Author &author);
    /// Refuses a file that was meant for another central database.
    Result<void> checkEpoch(db::Connection &connection, const Id &epoch);

    Result<QList<Operation>> nextPush(db::Connection &connection, int limit, qint64 nowMs);
    /// What lastAnswered() is then.
    Result<Id> applyAnswers(db::Connection &connection, const QList<Answer> &answers, const Moment &moment);
    /// A page that ends at \a next is about to be taken in.
    Result<void> beginPage(db::Connection &connection, const Cursor &next);
    /// Takes a part of a page in; its cursor is set with the last part.
    Result<void> applyChanges(db::Connection &connection, const QList<Change> &changes, const Moment &moment);
    /// After a page that failed, later ones fail too, or their cursor would pass over it; cursor() ends that.
    /// The page is whole: its cursor is kept. Without \a more, a feed that was started again is at its end.
    Result<void> finishPage(db::Connection &connection, const Cursor &next, bool more, const Moment &moment);
    /// \a answersLost: central lacks what it had answered last.
    Result<void> restartFeed(db::Connection &connection, bool answersLost);
    /// LocalStore::lastAnswered().
    Result<Id> lastAnswered(db::Connection &connection);
    /// From now on personal data are sealed and opened with \a secrets. The first time, what is here already is sealed, and the feed starts again.
    /// False when they were open so already.
    Result<bool> openVault(db::Connection &connection, const VaultSecrets &secrets);
    struct SearchStep
    {
        bool more = false;  ///< there is more to do
        bool found = false; ///< rows have become searchable
    };
    /// A small step of what is left for later about searching: rows are put into the index, then its parts put together.
    Result<SearchStep> workOnSearch(db::Connection &connection, const std::function<bool()> &isAwaited);

    /// Takes what this device alone knows (its id, outbox, conflicts, aliases …) from \a database over into the snapshot at
    /// \a snapshotPath and applies the live operations there again, on top of its rows. The file is whole and on the disk then;
    /// \a database is only read. Unsupported when the snapshot is not the one of \a expected or of another schema.
    /// \a secrets open the personal data in the snapshot; none when there are none.
    Result<void> carryOver(const QString &database, const QString &snapshotPath, const Cursor &expected, const std::optional<VaultSecrets> &secrets, const Moment &moment);
    /// \a connection is another file, or the same one again, as prepare() left it or a snapshot with everything carried over.
    Result<void> reopened(db::Connection &connection, const Moment &moment);

    Result<Cursor> cursor(db::Connection &connection);
    [[nodiscard]] const StoreStatus &status() const { return m_status; }
    /// Operations that prepare() took in from the journal.
    [[nodiscard]] int rescued() const { return m_rescued; }
    [[nodiscard]] bool hasUnindexed() const { return !m_searchLimits.empty(); }
    /// Whether the search index has got so many parts that it is time for workOnSearch().
    [[nodiscard]] bool isUntidy() const { return m_searchLimits.empty() && m_searchParts >= tidyFrom; }

private:
    Result<void> beginReading(db::Connection &connection);
    Result<void> followSchema(db::Connection &connection);
    Result<void> take(db::Connection &connection, Rebaser &rebaser, const Operation &operation, Outbox::Place place = Outbox::Place::Last);
    Result<QString> titleOf(db::Connection &connection, const Operation &operation, const Id &record);
    Result<void> bringEntriesUp(db::Connection &connection);
    bool isLockedAway(db::Connection &connection, const Conflict &conflict) const;
    [[nodiscard]] bool isStateField(const QString &type, const QString &field) const;
    struct Chosen { Draft draft; QList<qint64> keys; };
    Result<Chosen> choose(db::Connection &connection, std::span<const Conflict> conflicts, const Settling &how, EntriesDone &sum);
    Result<void> buryFollowers(db::Connection &connection, Rebaser &rebaser, const Id &step);
    Result<void> exhumeFollowers(db::Connection &connection, const Id &step);
    Result<bool> takeBackSettling(db::Connection &connection, Rebaser &rebaser, OperationBuilder &builder, const Id &made, QList<Operation> &operations);
    Result<bool> opposeSettling(db::Connection &connection, Rebaser &rebaser, OperationBuilder &builder, const Operation &settled, QList<Operation> &operations);
    Result<void> renew(db::Connection &connection, Rebaser &rebaser, const QList<LiveOperation> &list, QHash<Id, Id> &renewed, const Author &author, const Moment &moment, QList<Operation> &operations);
    static Result<QList<LiveOperation>> takenAlong(db::Connection &connection, const LiveOperation &first, const QList<LiveOperation> &dependents, const QHash<Id, Id> &renewed);
    Result<void> importEntry(db::Connection &connection, Rebaser &rebaser, const OperationFile::Entry &entry, const Operation &sealed, const Author &author, const QString &name, EntriesImported &report);
    Result<void> commitOperations(db::Connection &connection, db::Transaction &transaction, Rebaser &rebaser, const QList<Operation> &operations);
    Result<void> commit(db::Connection &connection, db::Transaction &transaction, Rebaser &rebaser);
    Result<void> applyAnswer(db::Connection &connection, Rebaser &rebaser, const Answer &answer, const Moment &moment);
    Result<QString> whyNever(db::Connection &connection, const LiveOperation &live);
    Result<void> noteConflict(db::Connection &connection, const LiveOperation &live, const Answer &answer, const Moment &moment);
    Result<void> noteFollower(db::Connection &connection, const Operation &operation);
    static bool tellsOnlyOfStep(const Operation &operation, const RecordType &type);
    Result<void> followDuplicate(db::Connection &connection, Rebaser &rebaser, const LiveOperation &live, const Answer &answer, const Moment &moment);
    Result<void> quarantine(db::Connection &connection, Rebaser &rebaser, const LiveOperation &live, const QString &message);
    Result<void> applyBased(db::Connection &connection, Rebaser &rebaser, const Change &change, BaseState base, const Moment &moment);
    Result<void> writeChanges(db::Connection &connection, const QList<Change> &changes, const Moment &moment);
    Result<void> writeCursor(db::Connection &connection, const Cursor &next, bool more, const Moment &moment);
    Result<bool> indexSome(db::Connection &connection, const std::function<bool()> &isAwaited);
    Result<bool> indexUnsealed(db::Connection &connection);
    Result<bool> mergeSome(db::Connection &connection);
    void noteSearchParts(const QString &type, qsizetype most);
    Result<qint64> searchLimit(db::Connection &connection, const QString &type);
    Result<bool> wentBack(db::Connection &connection, const Cursor &next);
    Result<void> forgetReturn(db::Connection &connection);
    Result<void> bringLastAnswered(db::Connection &connection);
    Result<void> noticeReturn(db::Connection &connection, const Cursor &next);
    Result<void> offerAgain(db::Connection &connection, Rebaser &rebaser);
    Result<void> offerNeeded(db::Connection &connection, Rebaser &rebaser, const Operation &operation);
    Result<void> endUnseen(db::Connection &connection, Rebaser &rebaser, const Moment &moment);
    Result<void> applyGone(db::Connection &connection, Rebaser &rebaser, const BaseState &base, Change::Kind kind, const Moment &moment);
    struct Standing { bool present = false; qint64 version = -1; };
    Result<Standing> standing(db::Connection &connection, const QString &type, const Id &record) const;
    static bool shows(const Change &change, const QList<LiveOperation> &answered);
    Result<void> confirm(db::Connection &connection, const Change &change, const Moment &moment);
    /// Puts a change into quarantine that brings \a ours back; \a centrals: what central has of it, null when it has nothing.
    Result<void> recall(db::Connection &connection, const RecordType &type, const Record &ours, const Values *centrals, const Moment &moment);
    Result<void> recallNewer(db::Connection &connection, const TypeTable &table, const Record &now, const Moment &moment);
    Result<void> recallLacking(db::Connection &connection, const TypeTable &table, const Id &record, const std::optional<BaseState> &base, const Moment &moment);
    Result<void> recallCarried(db::Connection &snapshot, const Moment &moment);
    Result<void> endRecall(db::Connection &connection, const Record &now);
    /// Every table, after those whose records it names.
    [[nodiscard]] QList<const TypeTable *> namedFirst() const;
    Result<bool> isMadeHere(db::Connection &connection, const Id &record);
    Result<void> dropUnconfirmed(db::Connection &connection, Rebaser &rebaser, const Moment &moment);
    Result<void> carryInto(db::Connection &snapshot, const Cursor &cursor, const std::optional<VaultSecrets> &secrets, const Moment &moment);
    struct OpenKey { Id record; SealKey key; };
    Result<QList<OpenKey>> openKeys(db::Connection &connection);
    Result<void> wrapAgain(db::Connection &connection, const QList<OpenKey> &keys);
    Result<void> beginSealing(db::Connection &connection, const QByteArray &mark, const QList<OpenKey> &kept);
    Result<void> sealKept(db::Connection &connection, Rebaser &rebaser);
    Result<void> followKey(db::Connection &connection, const Change &change);
    Result<void> resealLive(db::Connection &connection, const Id &record);
    Result<QList<Operation>> forCentral(db::Connection &connection, const QList<Operation> &operations, qint64 nowMs);
    Result<void> replaceJournal(db::Connection &connection);
    Result<void> returnTo(db::Connection &snapshot, Rebaser &rebaser, const Cursor &cursor, const Moment &moment);
    Result<void> copyControlRows(db::Connection &snapshot) const;
    Result<void> rebaseCarried(db::Connection &snapshot, Rebaser &rebaser, const Moment &moment);
    Result<void> trimJournal(db::Connection &connection);
    Result<QList<Operation>> journalled(db::Connection &connection);
    Result<StoreStatus> readStatus(db::Connection &connection);
    Result<qint64> meta(db::Connection &connection, const QString &name, qint64 otherwise);
    Result<void> setMeta(db::Connection &connection, const QString &name, const QVariant &value);

    const TypeTables &m_tables;
    OperationJournal m_journal;
    Notify m_notify;
    Id m_device;
    StoreStatus m_status;
    bool m_entriesTouched = false; ///< by the transaction at hand: outbox, quarantine or conflicts
    qint64 m_batch = 0;            ///< of conflicts settled last
    QSet<Id> m_unoffered;          ///< operations of that which the sync engine has not been given
    qint64 m_feed = 1;        ///< which reading of the feed this is; rows say in which they were seen last
    bool m_restarting = false; ///< the feed was started again and has not reached its end
    bool m_wentBack = false;   ///< because central went back in time
    Result<void> m_feedState; ///< why no page is taken in now
    int m_rescued = 0;
    qint64 m_journalled = 0;  ///< entries in the journal
    bool m_journalLacks = false; ///< operations that are alive again
    std::map<QString, qint64> m_searchLimits; ///< types whose rows above a key are not in the search index yet
    static constexpr int tidyFrom = 16;
    std::set<QString> m_untidy; ///< types whose index has got parts since it was found in order
    int m_searchParts = 0;      ///< so many at the most, in all
};

} // namespace ioc
