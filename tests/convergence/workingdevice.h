// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <access/sessions.h>
#include <store/localstore.h>

#include <QEventLoop>
#include <QFutureWatcher>
#include <QRandomGenerator>
#include <QSet>

namespace ioc::test {

/// Waits for \a future while events are handled, without polling: thousands of these make one seed.
template <typename T>
T awaited(QFuture<T> future)
{
    if (!future.isFinished()) {
        QFutureWatcher<T> watcher;
        QEventLoop loop;
        QObject::connect(&watcher, &QFutureWatcher<T>::finished, &loop, &QEventLoop::quit);
        watcher.setFuture(future);
        if (!future.isFinished())
            loop.exec();
    }
    return future.result();
}

/// A desktop's real store and the person before it, who does something at random when told to. Remembers what was saved, and what
/// the person gave up, so that it can be said whether anything was lost.
class WorkingDevice
{
public:
    /// What central gives a device to open its personal data with.
    using Secrets = std::function<QByteArray(const Id &device)>;
    WorkingDevice(QString folder, Identity identity, Id unit, qint64 nowMs, Secrets secrets);

    void open();
    /// As kill -9 leaves it: what is on the disk at this moment is all that the next start finds.
    void crash();
    /// As crash(), and the database is gone: only the operation journal is left.
    void loseDatabase();

    /// One thing a person may do, chosen by \a random; what it was, for the log. Empty: there was nothing to do it to.
    QString act(QRandomGenerator &random);
    QString createComplaint(QRandomGenerator &random);
    QString createOther(QRandomGenerator &random);
    QString edit(QRandomGenerator &random);
    QString step(QRandomGenerator &random);
    QString comment(QRandomGenerator &random);
    QString remove(QRandomGenerator &random);
    QString merge(QRandomGenerator &random);
    QString unmerge(QRandomGenerator &random);
    QString settle(QRandomGenerator &random);
    QString undoSettling();
    QString retry(QRandomGenerator &random);
    QString discard(QRandomGenerator &random);

    /// An operation as the store's own tables hold it.
    struct Kept { Id op; int state = 0; QString message; };
    QList<Kept> kept();
    /// What \a op builds on, and what became of that here: for the message of a failure.
    QString needsOf(const Id &op);
    /// What the store still knows of \a record.
    QString tracesOf(const Id &record);
    /// Operations with a conflict that nobody has settled.
    QSet<Id> openConflicts();
    /// What central has answered and the feed has shown: deletions, or other changes, with their records.
    QHash<Id, Id> sentDeletions() { return sent(true); }
    QHash<Id, Id> sentChanges() { return sent(false); }
    /// Such an operation, and the version that central answered; nothing when it is not kept.
    std::optional<std::pair<Operation, qint64>> sentOperation(const Id &op);
    /// Runs \a query on the store's file, for what its face does not show.
    QList<QVariantList> look(const QString &query);

    [[nodiscard]] LocalStore &store() { return *m_store; }
    [[nodiscard]] const Identity &identity() const { return m_identity; }
    [[nodiscard]] const QSet<Id> &made() const { return m_made; }       ///< operations a person saved here
    [[nodiscard]] const QSet<Id> &givenUp() const { return m_givenUp; } ///< by that person: discarded, or replaced by another try
    [[nodiscard]] const QSet<Id> &settled() const { return m_settled; } ///< whose conflicts the person has decided
    /// Creations waiting when something was tried again, with their records: others may bring the same record back.
    [[nodiscard]] const QHash<Id, Id> &broughtBack() const { return m_broughtBack; }
    /// Records that central had lost and that were brought back from here.
    [[nodiscard]] const QSet<Id> &triedAgain() const { return m_triedAgain; }
    [[nodiscard]] bool lostItsDatabase() const { return m_lost; }
    /// The session as after contact with central, whose clock says \a centralMs.
    void metCentral(qint64 centralMs);

    ManualClock clock;

private:
    QString saved(const QString &what, const Result<QList<Draft>> &drafts);
    std::optional<Record> pick(const QString &type, QRandomGenerator &random);
    Values otherValues(const RecordType &type, QRandomGenerator &random) const;
    QHash<Id, Id> sent(bool deletions);
    QSet<Id> recalled(); ///< records that central lost and nobody has yet said are to be brought back
    template <typename Work>
    QString decided(const QString &what, Work work);

    QString m_folder;
    Identity m_identity;
    Id m_unit;
    Secrets m_secrets;
    qint64 m_offsetMs = 0;
    std::shared_ptr<const TypeCatalog> m_catalog;
    std::unique_ptr<LocalStore> m_store;
    Author m_author;
    QSet<Id> m_made;
    QSet<Id> m_givenUp;
    QSet<Id> m_settled;
    QHash<Id, Id> m_broughtBack;
    QSet<Id> m_triedAgain;
    QList<std::pair<QString, Id>> m_merged; ///< type and record
    bool m_lost = false;
};

} // namespace ioc::test
