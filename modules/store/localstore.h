// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <records/typecatalog.h>
#include <store/draft.h>
#include <store/entries.h>
#include <store/query.h>
#include <wire/feed.h>
#include <wire/look.h>

#include <QFuture>
#include <QHash>
#include <QObject>

#include <memory>

namespace ioc {

/// How opening the store went.
struct OpenReport
{
    bool created = false;
    QString damagedFile;        ///< where a damaged store was put aside; empty when all was well
    int rescuedOperations = 0;  ///< read back from the operation journal
};

/// Numbers for the status bar.
struct StoreStatus
{
    qint64 outbox = 0;     ///< operations central has not answered
    qint64 conflicts = 0;
    qint64 quarantine = 0;
    friend bool operator==(const StoreStatus &, const StoreStatus &) = default;
};

/// What changed in the store, for models and views.
struct StoreChange
{
    QHash<QString, QList<qint64>> changed; ///< keys by type, new ones included
    QHash<QString, QList<qint64>> removed;
    bool everything = false;               ///< too much to list: ask again
};

/// The desktop's own database: typed tables, search, places, outbox, conflicts, quarantine, and beside the file an fsynced
/// journal of operations. Every call returns at once; answers arrive as futures. One thread writes, one reads.
class LocalStore : public QObject
{
    Q_OBJECT

public:
    struct Options
    {
        QString folder; ///< made when missing; holds store.sqlite and operations.journal
        std::shared_ptr<const TypeCatalog> catalog;
        const Clock *clock = nullptr;
    };
    explicit LocalStore(Options options, QObject *parent = nullptr);
    ~LocalStore() override;

    QFuture<Result<OpenReport>> open();
    [[nodiscard]] const TypeCatalog &catalog() const;
    /// Opens personal data with what central gave (Session::vault), or closes them at once when that is empty. The first time, and with another
    /// central's, what is here is sealed and the feed starts again. InvalidInput when it is no VaultSecrets.
    QFuture<Result<void>> setVault(const QByteArray &secrets);
    /// Whether personal data are sealed here and cannot be seen, nor saved, until the vault is open. (With another central's secrets it is.)
    [[nodiscard]] bool isLocked() const;
    /// Whether rows are being put into the search index, or its parts together.
    [[nodiscard]] bool isAtSearchWork() const;
    /// Who saves from now on. Set before the first save().
    void setAuthor(const Author &author);
    [[nodiscard]] const Author &author() const;
    /// Made once for a store, kept in it; null before open() has answered.
    [[nodiscard]] Id device() const;
    [[nodiscard]] StoreStatus status() const;

    // Reading
    QFuture<Result<std::optional<StoredRecord>>> record(const QString &type, const Id &id);
    QFuture<Result<QList<StoredRecord>>> rows(const QString &type, const QList<qint64> &keys); ///< in the order of \a keys; missing ones left out
    QFuture<Result<QList<StoredRecord>>> firstPage(const Query &query, int rows);
    /// Keys of the whole result, in order.
    QFuture<Result<QList<qint64>>> keys(const Query &query);
    QFuture<Result<qint64>> count(const Query &query);
    /// Number of records for each value of \a field (an undefined value for empty).
    QFuture<Result<QList<std::pair<QCborValue, qint64>>>> countsBy(const Query &query, const QString &field);
    /// Number of records for each day (Viet Nam's, UTC+7) of datetime \a field, by value of \a splitField (may be empty): {day start UTC ms, split value, count}.
    struct DayCount { qint64 dayMs; QString split; qint64 count; };
    QFuture<Result<QList<DayCount>>> countsByDay(const Query &query, const QString &field, const QString &splitField);
    /// Milliseconds from time field \a from to time field \a to of each record that has both, in that order.
    QFuture<Result<QList<qint64>>> durations(const Query &query, const QString &from, const QString &to);
    /// Records whose parentField is \a parent, in their type's order.
    QFuture<Result<QList<StoredRecord>>> children(const QString &type, const Id &parent);
    QFuture<Result<QList<PlacedRecord>>> places(const Query &query);
    QFuture<Result<QList<StoredRecord>>> nearest(const QString &type, double latitude, double longitude, int count);
    /// Over every type with searchable fields and, when \a withPlaceOnly, a place; best first.
    QFuture<Result<QList<SearchHit>>> search(const QString &text, int limit, bool withPlaceOnly);

    // Writing: each call is one transaction; when it answers, the edit survives kill -9 and a power cut.
    QFuture<Result<Saved>> save(const QList<Draft> &drafts);

    // Outbox, conflicts, quarantine as shown on the screen: keys first, rows when they are looked at
    QFuture<Result<QList<qint64>>> entryKeys(const EntryQuery &query);
    /// Types with entries in \a list and how many each has, most first.
    QFuture<Result<QList<std::pair<QString, qint64>>>> entryTypes(EntryQuery::List list);
    QFuture<Result<QList<OutboxEntry>>> outboxEntries(const QList<qint64> &keys); ///< of outbox and quarantine, in the order of \a keys
    QFuture<Result<QList<Conflict>>> conflicts(const QList<qint64> &keys);
    /// Settles conflicts, any number, in a few transactions. The future tells its progress (0 to the number of keys); cancelling it
    /// ends after the transaction at hand, and the answer says how far it came. \a value: for Keep::Edited.
    QFuture<Result<EntriesDone>> settle(const QList<qint64> &conflicts, Keep keep, const QCborValue &value = {});
    /// Takes back the last settle(), as far as nothing was built on it since; until the next one or the end of the program.
    QFuture<Result<EntriesDone>> undoSettling();
    QFuture<Result<EntriesDone>> retry(const QList<qint64> &entries);   ///< quarantined: again, as new operations; held: at once
    /// A quarantined creation (\a changes: all its values) or edit (from what the record holds now), sent again changed.
    QFuture<Result<void>> resend(qint64 entry, const QList<FieldChange> &changes);
    QFuture<Result<EntriesDone>> discard(const QList<qint64> &entries); ///< quarantined ones; for good when the program ends
    QFuture<Result<EntriesDone>> restoreDiscarded(const QList<qint64> &entries);
    /// Writes entries, and what they build on, to a file for another desktop; how many were written. They stay here as well.
    QFuture<Result<qint64>> exportEntries(const QList<qint64> &entries, const QString &path);
    /// Takes in such a file. Operations keep their ids: what is known already is passed over, here and at central. Conflict, when the
    /// file is for another state of central, unless \a anyCentral.
    QFuture<Result<EntriesImported>> importEntries(const QString &path, bool anyCentral = false);

    /// Notes that personal data were shown to whom works here: \a fields of \a record. Central's audit journal is told of it.
    QFuture<Result<void>> noteLook(const QString &type, const Id &record, const QStringList &fields);

    // For the sync engine
    QFuture<Result<Cursor>> cursor();
    QFuture<Result<QList<Look>>> looks(int limit); ///< the oldest that central has not taken
    QFuture<Result<void>> looksTaken(const QList<Look> &looks);
    QFuture<Result<QList<Operation>>> nextPush(int limit); ///< in the order of saving; those held by unanswered ones left out only if central said "later"
    QFuture<Result<void>> applyAnswers(const QList<Answer> &answers);
    /// Pages may be handed over before the ones before are written. When one fails, so do those behind it, until cursor() is asked.
    QFuture<Result<void>> applyPage(const ChangePage &page);
    /// The operation that central answered last and must still have; null when there is none to ask about.
    [[nodiscard]] Id lastAnswered() const;
    enum class Restart {
        CursorRefused, ///< whether central went back shows in the first page
        AnswersLost,   ///< central went back: it lacks lastAnswered()
    };
    /// The feed starts again from nothing: records are kept until the new feed confirms or lacks them; outbox is kept.
    QFuture<Result<void>> restartFeed(Restart why = Restart::CursorRefused);
    /// Where a snapshot is to be unpacked for adoptSnapshot().
    [[nodiscard]] QString incomingSnapshot() const;
    /// Puts the unpacked snapshot that belongs to \a cursor in the place of the database, with the outbox, conflicts and all else
    /// that only this device knows carried over and the operations not yet answered applied on top. The store goes on in place.
    /// A crash at any moment leaves the old store or the new one, whole. Unsupported when it is not of this program's schema.
    /// \a secrets open the personal data in it (Snapshot::vault); Unauthenticated when there are such and the vault is closed.
    QFuture<Result<void>> adoptSnapshot(const Cursor &cursor, const QByteArray &secrets = {});

Q_SIGNALS:
    void changed(const ioc::StoreChange &change);
    void statusChanged(const ioc::StoreStatus &status);
    /// Who works here, or what they may do, changed.
    void authorChanged();
    /// Entries of the outbox, the quarantine or the conflicts came, went or changed.
    void entriesChanged();
    /// What is held in memory for quick answers has been read: some of it after the first quiet seconds, some when it was first wanted.
    void wasReadAhead();
    void lookNoted();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace ioc
