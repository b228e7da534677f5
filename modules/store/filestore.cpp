// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/faultpoint.h>
#include <store/fileindex.h>
#include <store/filestore.h>

#include <QCoreApplication>
#include <QPromise>

#include <algorithm>

namespace ioc {

namespace {

constexpr int diskThreads = 2; // a large file being copied keeps nobody from looking at a small one

Error notHereYet()
{
    return {ErrorCode::NotFound, QCoreApplication::translate("Files", "The file is being fetched from central. It opens as soon as it is here."), {}};
}

Error notOpen()
{
    return {ErrorCode::Busy, QCoreApplication::translate("Files", "The files of this device are still being opened. Try again in a moment."), {}};
}

} // namespace

FileStore::FileStore(Options options, QObject *parent) : QObject(parent), m_options(std::move(options)), m_folder(m_options.folder)
{
    m_disk.setMaxThreadCount(diskThreads);
}

FileStore::~FileStore()
{
    m_disk.waitForDone();
}

template <typename T, typename Work>
QFuture<Result<T>> FileStore::onDisk(Work work)
{
    auto promise = std::make_shared<QPromise<Result<T>>>();
    auto future = promise->future();
    promise->start();
    m_disk.start([promise, opening = m_opening, work = std::move(work)]() mutable {
        const Result<void> opened = opening.isValid() ? opening.result() : Result<void>(std::unexpected(notOpen()));
        promise->addResult(opened ? work(*promise) : Result<T>(std::unexpected(opened.error())));
        promise->finish();
    });
    return future;
}

template <typename T, typename Work>
Result<T> FileStore::indexed(Work work)
{
    return asked<T>(std::move(work)).result();
}

template <typename T, typename Work>
QFuture<Result<T>> FileStore::asked(Work work)
{
    return m_index->run([work = std::move(work)](db::Connection &connection) mutable -> Result<T> {
        FileIndex index(connection);
        return work(index);
    });
}

// Signals go out on the thread of those who listen.
void FileStore::tell(const QString &digest, bool isWork)
{
    QMetaObject::invokeMethod(this, [this, digest, isWork] {
        Q_EMIT changed(digest);
        if (isWork)
            Q_EMIT workCame();
    }, Qt::QueuedConnection);
}

QFuture<Result<void>> FileStore::open()
{
    QPromise<Result<void>> promise;
    promise.start();
    m_opening = promise.future();
    m_disk.start([this, promise = std::make_shared<QPromise<Result<void>>>(std::move(promise))] {
        promise->addResult(begin());
        promise->finish();
    });
    return m_opening;
}

Result<void> FileStore::begin()
{
    if (auto tidied = m_folder.tidy(); !tidied)
        return tidied;
    const QString file = QDir(m_options.folder).filePath(QStringLiteral("index.sqlite"));
    const auto brought = [&] {
        m_index = std::make_unique<db::Database>(db::Connection::Options{.path = file}, QStringLiteral("files"));
        return indexed<void>([](FileIndex &index) { return index.bring(); });
    };
    auto begun = brought();
    if (!begun && begun.error().code == ErrorCode::Damaged) { // the files are what counts, and they are there
        m_index.reset();
        for (const auto &rest : {QString(), QStringLiteral("-wal"), QStringLiteral("-shm")})
            QFile::remove(file + rest);
        begun = brought();
    }
    return begun.and_then([this] { return gather(); });
}

// What a crash left apart: files that the index does not know, and the other way round.
Result<void> FileStore::gather()
{
    const QStringList there = m_folder.digests();
    const qint64 now = m_options.clock->nowMs();
    return indexed<void>([this, there, now](FileIndex &index) -> Result<void> {
        const auto known = index.here();
        if (!known)
            return std::unexpected(known.error());
        for (const QString &digest : there) {
            const auto state = index.state(digest);
            if (!state)
                return std::unexpected(state.error());
            if (state->here)
                continue;
            HeldFile found = *state;
            found.here = true;
            found.size = QFileInfo(m_folder.path(digest)).size();
            found.lookedMs = std::max(found.lookedMs, now);
            if (const auto put = index.put(found); !put)
                return put;
        }
        for (const QString &digest : *known) {
            auto gone = index.state(digest);
            if (!gone || there.contains(digest))
                continue;
            gone->here = false;
            gone->damaged = gone->confirmed.isNull();
            gone->wanted = gone->pinned;
            if (const auto put = index.put(*gone); !put)
                return put;
        }
        return {};
    });
}

QFuture<Result<AddedFile>> FileStore::add(const FileSource &source, const RecordType &fileType)
{
    return onDisk<AddedFile>([this, source, type = &fileType](QPromise<Result<AddedFile>> &promise) -> Result<AddedFile> {
        const auto progress = [&promise](qint64 done, qint64 total) {
            promise.setProgressRange(0, static_cast<int>(total));
            promise.setProgressValue(static_cast<int>(done));
            return !promise.isCanceled();
        };
        auto added = m_folder.add(source, *type, progress);
        if (!added)
            return added;
        const auto noted = change(added->digest, [&](HeldFile &file) {
            file.size = added->size;
            file.here = true;
            file.damaged = false;
            file.refusal.clear(); // somebody tries once more
            file.lookedMs = m_options.clock->nowMs();
        });
        faultPoint("file.indexed");
        tell(added->digest, true);
        return noted.transform([&] { return *added; });
    });
}

Result<void> FileStore::change(const QString &digest, const std::function<void(HeldFile &)> &edit)
{
    return indexed<void>([digest, edit](FileIndex &index) {
        return index.state(digest).and_then([&](HeldFile file) {
            edit(file);
            return index.put(file);
        });
    });
}

QFuture<Result<QList<HeldFile>>> FileStore::states(const QStringList &digests)
{
    return onDisk<QList<HeldFile>>([this, digests](auto &) { return indexed<QList<HeldFile>>([digests](FileIndex &index) { return index.states(digests); }); });
}

QFuture<Result<QString>> FileStore::look(const QString &digest, qint64 size)
{
    return onDisk<QString>([this, digest, size](auto &) { return looked(digest, size); });
}

Result<QString> FileStore::looked(const QString &digest, qint64 size)
{
    const auto state = indexed<HeldFile>([digest](FileIndex &index) { return index.state(digest); });
    if (!state)
        return std::unexpected(state.error());
    const auto whole = state->here ? m_folder.verify(digest) : Result<void>(std::unexpected(notHereYet()));
    if (!whole && state->here)
        m_folder.remove(digest);
    const auto noted = change(digest, [&](HeldFile &file) {
        file.size = size;
        file.lookedMs = m_options.clock->nowMs();
        file.damaged = file.here && !whole && file.confirmed.isNull();
        file.here = whole.has_value();
        file.wanted = !file.here || file.pinned;
    });
    tell(digest, !whole);
    if (!noted)
        return std::unexpected(noted.error());
    return whole.transform([&] { return m_folder.path(digest); });
}

QFuture<Result<QString>> FileStore::copyToOpen(const QString &digest, qint64 size, const QString &name, const QString &mediaType)
{
    return onDisk<QString>([this, digest, size, name, mediaType](auto &) {
        return looked(digest, size).and_then([&](const QString &) { return m_folder.copyToOpen(digest, name, mediaType); });
    });
}

QFuture<Result<void>> FileStore::saveAs(const QString &digest, qint64 size, const QString &target)
{
    return onDisk<void>([this, digest, size, target](auto &) { return looked(digest, size).and_then([&](const QString &) { return m_folder.saveAs(digest, target); }); });
}

QFuture<Result<void>> FileStore::setPinned(const QString &digest, qint64 size, bool pinned)
{
    return onDisk<void>([this, digest, size, pinned](auto &) {
        auto noted = change(digest, [&](HeldFile &file) {
            file.size = size;
            file.pinned = pinned;
            file.wanted = pinned;
            if (pinned)
                file.lookedMs = m_options.clock->nowMs();
        });
        tell(digest, true);
        return noted;
    });
}

QFuture<Result<QList<HeldFile>>> FileStore::toSend(const Id &epoch, qint64 limit)
{
    return onDisk<QList<HeldFile>>([this, epoch, limit](auto &) { return indexed<QList<HeldFile>>([=](FileIndex &index) { return index.toSend(epoch, limit); }); });
}

QFuture<Result<QList<HeldFile>>> FileStore::toFetch(qint64 limit)
{
    return onDisk<QList<HeldFile>>([this, limit](auto &) { return indexed<QList<HeldFile>>([limit](FileIndex &index) { return index.toFetch(limit); }); });
}

QFuture<Result<QByteArray>> FileStore::bytes(const QString &digest, qint64 offset, qint64 length)
{
    return onDisk<QByteArray>([this, digest, offset, length](auto &) { return m_folder.bytes(digest, offset, length); });
}

QFuture<Result<void>> FileStore::confirm(const QString &digest, const Id &epoch)
{
    return onDisk<void>([this, digest, epoch](auto &) {
        auto noted = change(digest, [&](HeldFile &file) { file.confirmed = epoch; });
        faultPoint("file.confirmed");
        tell(digest, false);
        letGo(epoch, {});
        return noted;
    });
}

QFuture<Result<void>> FileStore::refuse(const QString &digest, const QString &why)
{
    return onDisk<void>([this, digest, why](auto &) {
        auto noted = change(digest, [&](HeldFile &file) { file.refusal = why; });
        tell(digest, false);
        return noted;
    });
}

QFuture<Result<bool>> FileStore::recheck(const QString &digest)
{
    return onDisk<bool>([this, digest](auto &) -> Result<bool> {
        if (m_folder.verify(digest))
            return true;
        m_folder.remove(digest);
        const auto noted = change(digest, [&](HeldFile &file) {
            file.here = false;
            file.damaged = file.confirmed.isNull();
            file.wanted = file.pinned;
        });
        tell(digest, true);
        return noted.transform([] { return false; });
    });
}

QFuture<Result<void>> FileStore::forget(const QString &digest)
{
    return onDisk<void>([this, digest](auto &) {
        m_folder.remove(digest);
        m_folder.dropPart(digest);
        auto gone = indexed<void>([digest](FileIndex &index) { return index.forget(digest); });
        tell(digest, false);
        return gone;
    });
}

QFuture<Result<qint64>> FileStore::received(const QString &digest)
{
    return onDisk<qint64>([this, digest](auto &) -> Result<qint64> { return m_folder.received(digest); });
}

QFuture<Result<void>> FileStore::keepPart(const QString &digest, qint64 offset, const QByteArray &bytes)
{
    return onDisk<void>([this, digest, offset, bytes](auto &) { return m_folder.keepPart(digest, offset, bytes); });
}

QFuture<Result<void>> FileStore::finishPart(const QString &digest, const Id &epoch)
{
    return onDisk<void>([this, digest, epoch](auto &) -> Result<void> {
        if (auto finished = m_folder.finishPart(digest); !finished)
            return finished;
        auto noted = change(digest, [&](HeldFile &file) {
            file.here = true;
            file.damaged = false;
            file.wanted = file.pinned;
            file.confirmed = epoch;
        });
        faultPoint("file.kept");
        tell(digest, false);
        letGo(epoch, digest);
        return noted;
    });
}

QFuture<Result<void>> FileStore::dropPart(const QString &digest)
{
    return onDisk<void>([this, digest](auto &) -> Result<void> {
        m_folder.dropPart(digest);
        return {};
    });
}

// What nobody has looked at for longest makes room. Central has it.
void FileStore::letGo(const Id &epoch, const QString &kept)
{
    const auto digests = indexed<QStringList>([epoch, bytes = m_options.cacheBytes](FileIndex &index) { return index.toLetGo(epoch, bytes); });
    if (!digests)
        return;
    for (const QString &digest : *digests) {
        if (digest == kept) // it came just now
            continue;
        if (!change(digest, [](HeldFile &file) { file.here = file.wanted = false; }))
            return;
        m_folder.remove(digest);
        tell(digest, false);
    }
}

} // namespace ioc
