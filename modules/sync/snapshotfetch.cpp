// SPDX-License-Identifier: GPL-3.0-or-later
#include <sync/snapshotfetch.h>

#include <base/faultpoint.h>
#include <wire/filepacking.h>

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QtConcurrentRun>

namespace ioc {

namespace {

constexpr int askAgainMs = 1000;
constexpr int triesLimit = 3;
constexpr qint64 rateFromMs = 500; // before that a time left would be a guess

std::unexpected<Error> cannotKeep(const QFileDevice &file)
{
    if (file.error() == QFileDevice::OpenError || file.error() == QFileDevice::PermissionsError)
        return failure(ErrorCode::ReadOnly, QCoreApplication::translate("Sync", "The folder of the local data cannot be written to. Check its rights; the download goes on then."), file.errorString());
    return failure(ErrorCode::Full, QCoreApplication::translate("Sync", "There is no space left for the records. Free some space; the download goes on then."), file.errorString());
}

/// Where to go on: what is here of \a snapshot stays, what is of another file goes.
Result<qint64> begun(const QString &part, const QString &note, const Snapshot &snapshot)
{
    QFile noted(note);
    const bool same = noted.open(QIODevice::ReadOnly) && noted.readAll() == snapshot.id.toLatin1();
    noted.close();
    if (same && QFileInfo(part).size() <= snapshot.bytes)
        return QFileInfo(part).size();
    QFile::remove(part);
    QSaveFile anew(note);
    if (!anew.open(QIODevice::WriteOnly) || anew.write(snapshot.id.toLatin1()) < 0 || !anew.commit())
        return cannotKeep(anew);
    faultPoint("snapshot.chosen");
    return 0;
}

Result<void> keptPart(const QString &path, qint64 from, const QByteArray &bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadWrite | QIODevice::Unbuffered) || !file.seek(from) || file.write(bytes) != bytes.size())
        return cannotKeep(file);
    faultPoint("snapshot.part");
    return {};
}

} // namespace

SnapshotFetch::SnapshotFetch(LocalStore &store, CentralClient &client, const Clock &clock, QObject *parent)
    : QObject(parent), m_store(store), m_client(client), m_clock(clock)
{
    m_disk.setMaxThreadCount(1);
    m_askAgain.setSingleShot(true);
    m_askAgain.setInterval(askAgainMs);
    connect(&m_askAgain, &QTimer::timeout, this, &SnapshotFetch::ask);
}

SnapshotFetch::~SnapshotFetch()
{
    cancel();
    m_disk.waitForDone();
}

QString SnapshotFetch::partFile() const { return QFileInfo(m_store.incomingSnapshot()).path() + QStringLiteral("/snapshot.part"); }
QString SnapshotFetch::noteFile() const { return QFileInfo(m_store.incomingSnapshot()).path() + QStringLiteral("/snapshot.note"); }

template <typename Work, typename Then>
void SnapshotFetch::onDisk(Work work, Then then)
{
    using Done = std::invoke_result_t<Work &>;
    QtConcurrent::run(&m_disk, std::move(work)).then(this, [this, turn = m_turn, then = std::move(then)](const Done &done) {
        if (turn == m_turn)
            then(done);
    });
}

void SnapshotFetch::start(const QString &token)
{
    cancel();
    m_token = token;
    m_tries = 0;
    ask();
}

void SnapshotFetch::cancel()
{
    ++m_turn;
    m_askAgain.stop();
    if (m_stopped)
        *m_stopped = true;
}

void SnapshotFetch::removeLeftovers()
{
    m_disk.start([part = partFile(), note = noteFile(), incoming = m_store.incomingSnapshot()] {
        for (const QString &file : {part, note, incoming, incoming + QStringLiteral("-wal"), incoming + QStringLiteral("-shm")})
            QFile::remove(file);
    });
}

void SnapshotFetch::ask()
{
    m_client.snapshot(m_token, m_store.lastAnswered()).then(this, [this, turn = m_turn](const Result<Snapshot> &offer) {
        if (turn == m_turn)
            takeOffer(offer);
    });
}

void SnapshotFetch::takeOffer(const Result<Snapshot> &offer)
{
    if (!offer) {
        const ErrorCode code = offer.error().code;
        const bool none = code == ErrorCode::NotFound || code == ErrorCode::Unsupported || code == ErrorCode::InvalidInput; // the last: of a newer central
        return finish(none ? Result<bool>(false) : std::unexpected(offer.error()));
    }
    if (!offer->ready) {
        if (offer->records < waitedForFrom)
            return finish(false);
        tell(SnapshotProgress::Phase::Building, offer->done, offer->records);
        m_askAgain.start();
        return;
    }
    if (offer->cursor.schemaVersion != m_store.catalog().schemaVersion())
        return finish(false);
    m_snapshot = *offer;
    onDisk([part = partFile(), note = noteFile(), snapshot = m_snapshot] { return begun(part, note, snapshot); },
           [this](const Result<qint64> &from) {
               if (from)
                   fetch(*from);
               else
                   finish(std::unexpected(from.error()));
           });
}

void SnapshotFetch::fetch(qint64 from)
{
    tell(SnapshotProgress::Phase::Fetching, from, m_snapshot.bytes);
    if (from >= m_snapshot.bytes)
        return unpack();
    m_client.snapshotPart(m_token, m_snapshot.id, from).then(this, [this, turn = m_turn, from](const Result<QByteArray> &part) {
        if (turn == m_turn)
            takePart(from, part);
    });
}

void SnapshotFetch::takePart(qint64 from, const Result<QByteArray> &part)
{
    if (!part && (part.error().code == ErrorCode::NotFound || part.error().code == ErrorCode::InvalidInput))
        return damaged(part.error()); // central offers another one by now
    if (!part)
        return finish(std::unexpected(part.error()));
    if (part->isEmpty() || from + part->size() > m_snapshot.bytes)
        return damaged({ErrorCode::Damaged, {}, QStringLiteral("%1 bytes at %2").arg(part->size()).arg(from)});
    // The next part travels while this one is written; the disk takes them in their order.
    onDisk([file = partFile(), from, bytes = *part] { return keptPart(file, from, bytes); },
           [this](const Result<void> &kept) {
               if (!kept) {
                   cancel();
                   finish(std::unexpected(kept.error()));
               }
           });
    fetch(from + part->size());
}

void SnapshotFetch::unpack()
{
    m_stopped = std::make_shared<std::atomic<bool>>(false);
    const auto progress = [this, stopped = m_stopped, turn = m_turn](qint64 done) {
        constexpr qint64 mebi = 1'048'576;
        if (done % (16 * mebi) < mebi && !*stopped) {
            QMetaObject::invokeMethod(this, [this, turn, done] {
                if (turn == m_turn && m_phase == SnapshotProgress::Phase::Unpacking)
                    tell(SnapshotProgress::Phase::Unpacking, done, m_snapshot.bytes);
            }, Qt::QueuedConnection);
        }
        return !*stopped;
    };
    tell(SnapshotProgress::Phase::Unpacking, 0, m_snapshot.bytes);
    onDisk([part = partFile(), incoming = m_store.incomingSnapshot(), snapshot = m_snapshot, progress] {
               faultPoint("snapshot.fetched");
               auto unpacked = wire::unpackFile(part, incoming, {snapshot.bytes, snapshot.unpackedBytes, snapshot.sha256}, progress);
               faultPoint("snapshot.unpacked");
               return unpacked;
           },
           [this](const Result<void> &unpacked) {
               if (unpacked)
                   adopt();
               else if (unpacked.error().code == ErrorCode::Damaged)
                   damaged(unpacked.error());
               else
                   finish(std::unexpected(unpacked.error()));
           });
}

void SnapshotFetch::adopt()
{
    tell(SnapshotProgress::Phase::Adopting, 0, 0);
    m_store.adoptSnapshot(m_snapshot.cursor, m_snapshot.vault).then(this, [this, turn = m_turn](const Result<void> &done) {
        if (done)
            removeLeftovers();
        if (turn != m_turn)
            return;
        if (done)
            finish(true);
        else if (done.error().code == ErrorCode::Unsupported)
            damaged(done.error());
        else
            finish(std::unexpected(done.error()));
    });
}

// Fetched again from the start; a central that goes on offering such files is not asked for ever.
void SnapshotFetch::damaged(const Error &error)
{
    qWarning("event=snapshot_refused detail=\"%s\"", qUtf8Printable(error.detail));
    removeLeftovers();
    if (++m_tries < triesLimit)
        ask();
    else
        finish(false);
}

void SnapshotFetch::finish(const Result<bool> &adoptedOrNot)
{
    if (!adoptedOrNot)
        Q_EMIT failed(adoptedOrNot.error());
    else if (*adoptedOrNot)
        Q_EMIT adopted();
    else
        Q_EMIT notOffered();
}

void SnapshotFetch::tell(SnapshotProgress::Phase phase, qint64 done, qint64 total)
{
    const qint64 now = m_clock.monotonicMs();
    if (phase != m_phase || m_phaseFromMs == 0 || done < m_phaseFromBytes) {
        m_phase = phase;
        m_phaseFromMs = now;
        m_phaseFromBytes = done;
    }
    const qint64 took = now - m_phaseFromMs;
    const qint64 went = done - m_phaseFromBytes;
    const int left = took >= rateFromMs && went > 0 && total >= done ? static_cast<int>(((total - done) * took / went + 999) / 1000) : -1;
    Q_EMIT progressed({phase, done, total, left});
}

} // namespace ioc
