// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/clock.h>
#include <db/database.h>
#include <records/typecatalog.h>
#include <store/filefolder.h>

#include <QThreadPool>

namespace ioc {

/// The files that this device has or wants, beside its records: bytes in a folder under their digests, what is known of them in an index. Every
/// call returns at once, and the work is done on threads of its own. See README.md for the states of a file.
class FileStore : public QObject
{
    Q_OBJECT

public:
    struct Options
    {
        QString folder; ///< made when missing
        const Clock *clock = nullptr;
        qint64 cacheBytes = 1024LL * 1024 * 1024; ///< that files not pinned may take; what central does not have stays all the same
    };
    explicit FileStore(Options options, QObject *parent = nullptr);
    ~FileStore() override;

    /// First; brings folder and index together.
    QFuture<Result<void>> open();

    /// Takes in what \a fileType (of the store's catalogue) takes: see FileFolder::add(). The future tells its progress in bytes; cancelling
    /// it stops the copying. When it answers, the file survives kill -9 and a power cut, and waits to be sent.
    QFuture<Result<AddedFile>> add(const FileSource &source, const RecordType &fileType);
    QFuture<Result<QList<HeldFile>>> states(const QStringList &digests); ///< in their order
    /// Somebody looks at it: its bytes are verified and their path given, or they are fetched, and it says NotFound till then.
    QFuture<Result<QString>> look(const QString &digest, qint64 size);
    /// As look(), but a copy for other programs: see FileFolder::copyToOpen().
    QFuture<Result<QString>> copyToOpen(const QString &digest, qint64 size, const QString &name, const QString &mediaType);
    QFuture<Result<void>> saveAs(const QString &digest, qint64 size, const QString &target);
    QFuture<Result<void>> setPinned(const QString &digest, qint64 size, bool pinned);
    /// Where the bytes are, if they are here.
    [[nodiscard]] QString path(const QString &digest) const { return m_folder.path(digest); }

    // For the transfer
    QFuture<Result<QList<HeldFile>>> toSend(const Id &epoch, qint64 limit);
    QFuture<Result<QList<HeldFile>>> toFetch(qint64 limit);
    QFuture<Result<QByteArray>> bytes(const QString &digest, qint64 offset, qint64 length);
    /// Central has it whole.
    QFuture<Result<void>> confirm(const QString &digest, const Id &epoch);
    /// Central will never have it.
    QFuture<Result<void>> refuse(const QString &digest, const QString &why);
    /// Whether the bytes here are still whole; otherwise they are put away, and wanted again if central had them once.
    QFuture<Result<bool>> recheck(const QString &digest);
    /// Of no use to anybody any more.
    QFuture<Result<void>> forget(const QString &digest);
    QFuture<Result<qint64>> received(const QString &digest);
    QFuture<Result<void>> keepPart(const QString &digest, qint64 offset, const QByteArray &bytes);
    QFuture<Result<void>> finishPart(const QString &digest, const Id &epoch);
    QFuture<Result<void>> dropPart(const QString &digest);
    void noteProgress(const QString &digest, qint64 done, qint64 total) { Q_EMIT progressed(digest, done, total); }

Q_SIGNALS:
    void changed(const QString &digest);
    void progressed(const QString &digest, qint64 done, qint64 total);
    /// Something is to be sent or fetched that was not before.
    void workCame();

private:
    /// Runs \a work(QPromise<Result<T>> &) -> Result<T> on one of the disk's threads.
    template <typename T, typename Work>
    QFuture<Result<T>> onDisk(Work work);
    /// Runs \a work(FileIndex &) -> Result<T> on the index's thread and waits for it: from the disk's threads only.
    template <typename T, typename Work>
    Result<T> indexed(Work work);
    /// The same without waiting, from the caller's thread.
    template <typename T, typename Work>
    QFuture<Result<T>> asked(Work work);
    Result<void> change(const QString &digest, const std::function<void(HeldFile &)> &edit);
    Result<QString> looked(const QString &digest, qint64 size);
    Result<void> gather();
    Result<void> begin();
    void letGo(const Id &epoch, const QString &kept);
    void tell(const QString &digest, bool isWork);

    Options m_options;
    FileFolder m_folder;
    std::unique_ptr<db::Database> m_index;
    QFuture<Result<void>> m_opening;
    QThreadPool m_disk;
};

} // namespace ioc
