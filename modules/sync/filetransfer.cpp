// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/faultpoint.h>
#include <records/filetype.h>
#include <sync/filetransfer.h>
#include <sync/syncengine.h>

#include <QDeadlineTimer>
#include <QRandomGenerator>

#include <algorithm>

namespace ioc {

namespace {

constexpr int offeredAtOnce = 200;
constexpr int fetchedAhead = 20;
constexpr int recordsFirstMs = 2'000;
constexpr int recordsLookMs = 50;
constexpr int firstPauseMs = 1'000;
constexpr int lastPauseMs = 30'000;
constexpr int firstHoldMs = 1'000;
constexpr int lastHoldMs = 300'000;
constexpr int epochAgainMs = 300'000;
constexpr int conflictsLimit = 3;
constexpr qint64 unnamedKeptMs = 7LL * 24 * 3'600'000;

bool isForGood(ErrorCode code)
{
    return code == ErrorCode::Denied || code == ErrorCode::TooLarge || code == ErrorCode::InvalidInput || code == ErrorCode::Unsupported;
}

} // namespace

FileTransfer::FileTransfer(FileStore &files, LocalStore &store, const CentralClient::Options &options, const Clock &clock, QObject *parent)
    : QObject(parent), m_files(files), m_store(store), m_client(options), m_clock(clock)
{
    m_retry.setSingleShot(true);
    m_holdOver.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &FileTransfer::run);
    connect(&m_holdOver, &QTimer::timeout, this, &FileTransfer::run);
    connect(&files, &FileStore::workCame, this, &FileTransfer::workCame);
    connect(&store, &LocalStore::statusChanged, this, [this](const StoreStatus &status) {
        if (status.outbox == 0) // the records that name new files have gone
            workCame();
    });
}

FileTransfer::~FileTransfer()
{
    stop();
}

void FileTransfer::follow(SyncEngine &engine)
{
    // A central that went back in time between two requests was never away: it is asked for its epoch now and then.
    connect(&engine, &SyncEngine::stateChanged, this, [this, askedLately = QDeadlineTimer(epochAgainMs)](const SyncState &state) mutable {
        engineChanged(state);
        if (state.kind != SyncState::Kind::Online || !askedLately.hasExpired())
            return;
        askedLately.setRemainingTime(epochAgainMs);
        m_epoch = Id();
        run();
    });
    connect(&engine, &SyncEngine::sessionChanged, this, [this](const Session &session) { setToken(session.accessToken); });
    setToken(engine.session().accessToken);
    engineChanged(engine.state());
}

void FileTransfer::setToken(const QString &token)
{
    m_token = token;
    run();
}

void FileTransfer::engineChanged(const SyncState &state)
{
    const bool connected = state.kind == SyncState::Kind::Online || (state.kind == SyncState::Kind::Syncing && !state.snapshot);
    if (state.kind == SyncState::Kind::SignedOut)
        m_token.clear();
    if (connected == m_connected || (state.kind == SyncState::Kind::Connecting && m_connected))
        return;
    m_connected = connected;
    stop();
    m_epoch = Id(); // it may be another central by now
    m_failures = 0;
    m_holds.clear();
    run();
}

void FileTransfer::workCame()
{
    m_holds.clear();
    m_sendAgain = m_fetchAgain = true;
    run();
}

void FileTransfer::stop()
{
    ++m_turn;
    m_retry.stop();
    m_holdOver.stop();
    m_asking = m_sending = m_fetching = false;
    m_offers.clear();
    m_client.abortAll();
}

void FileTransfer::fail(const Error &error)
{
    stop();
    if (error.code == ErrorCode::Unauthenticated) {
        m_token.clear(); // the engine brings another one
        return;
    }
    const int longest = error.code == ErrorCode::Full ? lastPauseMs : std::min(lastPauseMs, firstPauseMs << std::min(m_failures++, 5));
    m_retry.start(std::max(longest / 2 + QRandomGenerator::global()->bounded(longest / 2 + 1), static_cast<int>(m_client.retryAfterMs())));
}

void FileTransfer::hold(const QString &digest)
{
    Hold &hold = m_holds[digest];
    hold.untilMs = m_clock.monotonicMs() + std::min(lastHoldMs, firstHoldMs << std::min(hold.tries++, 9));
}

bool FileTransfer::isHeld(const QString &digest) const
{
    return m_holds.value(digest).untilMs > m_clock.monotonicMs();
}

void FileTransfer::waitForHolds()
{
    qint64 next = lastHoldMs;
    for (const Hold &hold : std::as_const(m_holds)) {
        if (const qint64 left = hold.untilMs - m_clock.monotonicMs(); left > 0)
            next = std::min(next, left);
    }
    if (!m_holds.isEmpty())
        m_holdOver.start(static_cast<int>(next) + 1);
}

template <typename T, typename Then>
void FileTransfer::whenDone(QFuture<Result<T>> future, Then then)
{
    future.then(this, [this, turn = m_turn, then = std::move(then)](const Result<T> &answer) {
        if (turn == m_turn)
            then(answer);
    });
}

template <typename Then>
void FileTransfer::afterRecords(Then then, int waitedMs)
{
    if (m_store.status().outbox == 0 || waitedMs >= recordsFirstMs)
        return then();
    QTimer::singleShot(recordsLookMs, this, [this, turn = m_turn, then = std::move(then), waitedMs] {
        if (turn == m_turn)
            afterRecords(then, waitedMs + recordsLookMs);
    });
}

void FileTransfer::run()
{
    if (!m_connected || m_token.isEmpty() || m_asking || m_retry.isActive())
        return;
    if (m_epoch.isNull()) {
        m_asking = true;
        whenDone(m_client.fileStates(m_token, {}), [this](const Result<FileStates> &states) { takeEpoch(states); });
        return;
    }
    sendSome();
    fetchSome();
}

void FileTransfer::takeEpoch(const Result<FileStates> &states)
{
    m_asking = false;
    if (!states && states.error().code == ErrorCode::NotFound) // an older central, which takes no files
        return;
    if (!states)
        return fail(states.error());
    m_epoch = states->epoch;
    m_failures = 0;
    run();
}

void FileTransfer::sendSome()
{
    if (m_sending)
        return;
    m_sending = true;
    m_sendAgain = false;
    whenDone(m_files.toSend(m_epoch, offeredAtOnce + m_holds.size()), [this](const Result<QList<HeldFile>> &files) {
        QList<HeldFile> now = files.value_or(QList<HeldFile>());
        now.removeIf([this](const HeldFile &file) { return isHeld(file.digest); });
        if (!now.isEmpty())
            return offer(now.first(std::min<qsizetype>(now.size(), offeredAtOnce)));
        m_sending = false;
        if (m_sendAgain)
            return sendSome();
        waitForHolds();
    });
}

void FileTransfer::offer(const QList<HeldFile> &files)
{
    QStringList digests;
    for (const HeldFile &file : files)
        digests += file.digest;
    afterRecords([this, files, digests] {
        whenDone(m_client.fileStates(m_token, digests), [this, files](const Result<FileStates> &states) {
            if (!states)
                return fail(states.error());
            faultPoint("file.offered");
            m_failures = 0;
            m_epoch = states->epoch;
            for (qsizetype i = 0; i < std::min(files.size(), states->files.size()); ++i)
                m_offers += Offer{files[i], states->files[i]};
            nextOffer();
        });
    });
}

void FileTransfer::nextOffer()
{
    m_conflicts = 0;
    if (m_offers.isEmpty()) {
        m_sending = false;
        return sendSome();
    }
    const Offer offer = m_offers.takeFirst();
    switch (offer.state.standing) {
    case FileState::Standing::Unknown: return forgetIfUnnamed(offer.file);
    case FileState::Standing::Wanted: return sendPiece(offer.file, offer.state.held);
    case FileState::Standing::Whole: break;
    }
    whenDone(m_files.confirm(offer.file.digest, m_epoch), [this](const Result<void> &) { nextOffer(); });
}

void FileTransfer::sendPiece(const HeldFile &file, qint64 offset)
{
    m_files.noteProgress(file.digest, offset, file.size);
    afterRecords([this, file, offset] {
        // What is asked for once all is there: that central looks through it.
        const qint64 from = std::min(offset, (file.size - 1) / wire::filePieceBytes * wire::filePieceBytes);
        whenDone(m_files.bytes(file.digest, from, wire::filePieceBytes), [this, file, from](const Result<QByteArray> &bytes) {
            if (!bytes || bytes->isEmpty())
                return whenDone(m_files.recheck(file.digest), [this](const Result<bool> &) { nextOffer(); });
            whenDone(m_client.sendFilePiece(m_token, file.digest, from, *bytes), [this, file, from](const Result<FileStates> &states) { pieceSent(file, from, states); });
        });
    });
}

void FileTransfer::pieceSent(const HeldFile &file, qint64 offset, const Result<FileStates> &states)
{
    const ErrorCode code = states ? ErrorCode::Internal : states.error().code;
    if (!states && code == ErrorCode::Conflict)
        return askAgain(file);
    if (!states && isForGood(code))
        return whenDone(m_files.refuse(file.digest, states.error().message), [this](const Result<void> &) { nextOffer(); });
    if (!states && code == ErrorCode::NotFound) {
        hold(file.digest);
        return nextOffer();
    }
    if (!states)
        return fail(states.error());
    faultPoint("file.sent");
    m_failures = 0;
    const FileState state = states->files.value(0);
    if (state.standing == FileState::Standing::Whole)
        return whenDone(m_files.confirm(file.digest, states->epoch), [this](const Result<void> &) { nextOffer(); });
    if (state.held <= offset)
        return askAgain(file);
    sendPiece(file, state.held);
}

// Central has it otherwise than was thought; or the bytes here are no more what they were.
void FileTransfer::askAgain(const HeldFile &file)
{
    if (++m_conflicts >= conflictsLimit) {
        hold(file.digest);
        return whenDone(m_files.recheck(file.digest), [this](const Result<bool> &) { nextOffer(); });
    }
    whenDone(m_client.fileStates(m_token, {file.digest}), [this, file](const Result<FileStates> &states) {
        if (!states)
            return fail(states.error());
        if (states->files.value(0).standing == FileState::Standing::Wanted)
            return sendPiece(file, states->files.first().held);
        hold(file.digest);
        nextOffer();
    });
}

// The record that names it is not at central yet, or was removed before the file was sent.
void FileTransfer::forgetIfUnnamed(const HeldFile &file)
{
    hold(file.digest);
    const auto types = fileTypes(m_store.catalog());
    if (file.pinned || types.isEmpty() || m_clock.nowMs() - file.lookedMs < unnamedKeptMs)
        return nextOffer();
    const Query query{.type = types.first()->name, .filters = {Filter{.field = QStringLiteral("digest"), .op = Filter::Op::OneOf, .values = {QCborValue(file.digest)}}}, .text = {}, .sortField = {}};
    whenDone(m_store.count(query), [this, file](const Result<qint64> &named) {
        if (!named || *named > 0)
            return nextOffer();
        whenDone(m_files.forget(file.digest), [this](const Result<void> &) { nextOffer(); });
    });
}

void FileTransfer::fetchSome()
{
    if (m_fetching)
        return;
    m_fetching = true;
    m_fetchAgain = false;
    whenDone(m_files.toFetch(fetchedAhead + m_holds.size()), [this](const Result<QList<HeldFile>> &files) {
        QList<HeldFile> now = files.value_or(QList<HeldFile>());
        now.removeIf([this](const HeldFile &file) { return isHeld(file.digest); });
        if (now.isEmpty()) {
            m_fetching = false;
            return m_fetchAgain ? fetchSome() : waitForHolds();
        }
        whenDone(m_files.received(now.first().digest), [this, file = now.first()](const Result<qint64> &received) { fetchPart(file, received.value_or(0)); });
    });
}

void FileTransfer::fetchPart(const HeldFile &file, qint64 from)
{
    m_files.noteProgress(file.digest, from, file.size);
    if (from == file.size)
        return finishFetch(file);
    if (from > file.size)
        return fetchAnew(file);
    afterRecords([this, file, from] {
        whenDone(m_client.filePart(m_token, file.digest, from), [this, file, from](const Result<QByteArray> &part) { takePart(file, from, part); });
    });
}

void FileTransfer::takePart(const HeldFile &file, qint64 from, const Result<QByteArray> &part)
{
    const ErrorCode code = part ? ErrorCode::Internal : part.error().code;
    if (!part && (code == ErrorCode::NotFound || code == ErrorCode::Denied)) { // who has it sends it; or one may not see it any more
        hold(file.digest);
        m_fetching = false;
        return fetchSome();
    }
    if ((!part && code == ErrorCode::InvalidInput) || (part && (part->isEmpty() || from + part->size() > file.size)))
        return fetchAnew(file);
    if (!part)
        return fail(part.error());
    m_failures = 0;
    whenDone(m_files.keepPart(file.digest, from, *part), [this, file, to = from + part->size()](const Result<void> &kept) {
        if (kept)
            fetchPart(file, to);
        else
            fail(kept.error());
    });
}

void FileTransfer::fetchAnew(const HeldFile &file)
{
    hold(file.digest);
    whenDone(m_files.dropPart(file.digest), [this](const Result<void> &) {
        m_fetching = false;
        fetchSome();
    });
}

void FileTransfer::finishFetch(const HeldFile &file)
{
    whenDone(m_files.finishPart(file.digest, m_epoch), [this, file](const Result<void> &finished) {
        if (!finished && finished.error().code == ErrorCode::Full)
            return fail(finished.error());
        if (!finished)
            return fetchAnew(file);
        m_fetching = false;
        fetchSome();
    });
}

} // namespace ioc
