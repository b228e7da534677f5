// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/faultpoint.h>
#include <sync/syncengine.h>

#include <base/refusal.h>

#include <QNetworkInformation>
#include <QRandomGenerator>
#include <QSysInfo>

namespace ioc {

namespace {
constexpr int waitSeconds = 25;
constexpr int pushLimit = 500;
constexpr int pagesAhead = 2; // handed to the store before another is asked for
constexpr qint64 renewBeforeMs = 60'000;
constexpr int firstRetryMs = 1000;
constexpr int lastRetryMs = 30'000;
constexpr int laterMs = 3000; // before what central could not judge yet is offered again
QString sessionSecret() { return QStringLiteral("session"); }
} // namespace

SyncEngine::SyncEngine(LocalStore &store, CentralClient &client, SecretStore &secrets, const Clock &clock, QObject *parent)
    : QObject(parent), m_store(store), m_client(client), m_secrets(secrets), m_clock(clock), m_fetch(store, client, clock), m_batch(pushLimit)
{
    connect(&m_fetch, &SnapshotFetch::progressed, this, [this](const SnapshotProgress &progress) {
        m_state.snapshot = progress;
        setState(SyncState::Kind::Syncing);
    });
    connect(&m_fetch, &SnapshotFetch::adopted, this, &SyncEngine::snapshotAdopted);
    connect(&m_fetch, &SnapshotFetch::notOffered, this, &SyncEngine::snapshotNotOffered);
    connect(&m_fetch, &SnapshotFetch::failed, this, &SyncEngine::snapshotFailed);
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &SyncEngine::run);
    connect(&store, &LocalStore::statusChanged, this, [this](const StoreStatus &status) {
        if (status.outbox > 0)
            push();
    });
    if (QNetworkInformation::loadDefaultBackend()) {
        connect(QNetworkInformation::instance(), &QNetworkInformation::reachabilityChanged, this, [this](QNetworkInformation::Reachability reach) {
            if (reach != QNetworkInformation::Reachability::Disconnected)
                reconnect(); // what waits on the network of before would wait for long
        });
    }
}

SyncEngine::~SyncEngine()
{
    ++m_turn;
    m_client.abortAll();
}

bool SyncEngine::resume()
{
    const auto session = keptSession();
    if (!session)
        return false;
    m_session = *session;
    m_session.accessToken.clear(); // of another run: renewed before the first request
    m_withoutTokens = false;
    m_store.setAuthor(authorOf(*session, 0));
    Q_EMIT sessionChanged(m_session);
    run();
    return true;
}

std::optional<Session> SyncEngine::keptSession() const
{
    const auto kept = m_secrets.read(sessionSecret());
    const auto session = kept ? wire::decodeSession(*kept) : Result<Session>();
    return session && !session->refreshToken.isEmpty() ? std::optional(*session) : std::nullopt;
}

void SyncEngine::workOffline(const Session &session)
{
    if (!session.vault.isEmpty())
        openVault(session.vault);
    const auto kept = keptSession();
    if (kept && kept->account == session.account) {
        resume();
        m_session.vault = session.vault;
        return;
    }
    m_session = session;
    m_withoutTokens = true;
    m_store.setAuthor(authorOf(session, 0));
    Q_EMIT sessionChanged(m_session);
    run();
}

QFuture<Result<Session>> SyncEngine::signIn(const QString &login, const QString &password)
{
    beginSignIn();
    const SignIn request{.login = login, .password = password, .device = m_store.device(), .deviceName = QSysInfo::machineHostName()};
    return m_client.signIn(request).then(this, [this](const Result<Session> &session) { return signedIn(session); });
}

QFuture<Result<Session>> SyncEngine::signInByProvider(const QString &idToken, const QString &secret)
{
    beginSignIn();
    const ProviderSignIn request{.idToken = idToken, .secret = secret, .device = m_store.device(), .deviceName = QSysInfo::machineHostName()};
    return m_client.signIn(request).then(this, [this](const Result<Session> &session) { return signedIn(session); });
}

void SyncEngine::beginSignIn()
{
    drop();
    m_retry.stop();
    setState(SyncState::Kind::Connecting);
}

Result<Session> SyncEngine::signedIn(const Result<Session> &session)
{
    if (session) {
        if (session->account != m_session.account && !m_session.accessToken.isEmpty())
            m_client.signOut(m_session.accessToken); // one person works here at a time
        takeSession(*session);
    } else if (!m_session.refreshToken.isEmpty() || m_withoutTokens) {
        syncNow(); // whoever was in before still is
    } else {
        setState(SyncState::Kind::SignedOut, session.error());
    }
    return session;
}

Author SyncEngine::authorOf(const Session &session, qint64 offsetMs) const
{
    return {.account = session.account, .displayName = session.displayName, .rights = Rights(m_store.catalog(), session.role, session.grants), .unit = session.unit,
            .device = m_store.device(), .offsetMs = offsetMs};
}

void SyncEngine::takeSession(const Session &session)
{
    m_session = session;
    m_withoutTokens = false;
    m_offsetMs = m_clock.nowMs() - session.serverTimeMs;
    m_tokenTried = false;
    m_store.setAuthor(authorOf(session, m_offsetMs));
    openVault(session.vault);
    Session lasting = session;
    lasting.accessToken.clear(); // of no use at the next start
    lasting.vault.clear(); // not for the disk
    if (const auto kept = m_secrets.write(sessionSecret(), wire::encode(lasting)); !kept)
        qWarning("%s", qUtf8Printable(kept.error().message));
    Q_EMIT sessionChanged(session);
    Q_EMIT sessionConfirmed(session);
    run();
}

void SyncEngine::openVault(const QByteArray &secrets)
{
    m_store.setVault(secrets).then(this, [](const Result<void> &opened) {
        if (!opened)
            qWarning("%s %s", qUtf8Printable(opened.error().message), qUtf8Printable(opened.error().detail));
    });
}

QFuture<Result<void>> SyncEngine::changePassword(const QString &before, const QString &after)
{
    return m_client.changePassword(m_session.accessToken, {before, after}).then(this, [this](const Result<void> &done) {
        if (done && std::exchange(m_session.mustChangePassword, false))
            run();
        return done;
    });
}

void SyncEngine::signOut()
{
    drop();
    m_retry.stop();
    m_client.abortAll();
    if (!m_session.accessToken.isEmpty())
        m_client.signOut(m_session.accessToken);
    m_secrets.remove(sessionSecret());
    openVault({});
    m_session = {};
    m_withoutTokens = false;
    setState(SyncState::Kind::SignedOut);
}

void SyncEngine::drop()
{
    ++m_turn;
    m_pulling = m_pushing = m_renewing = m_caughtUp = false;
    m_writing = 0;
    m_next.reset();
    m_fetch.cancel();
    m_state.snapshot.reset();
}

void SyncEngine::reconnect()
{
    drop();
    m_client.abortAll();
    syncNow();
}

void SyncEngine::syncNow()
{
    if (m_session.refreshToken.isEmpty() && !m_withoutTokens)
        return;
    m_failures = 0;
    m_retry.stop();
    run();
}

bool SyncEngine::tokenIsGood() const
{
    return !m_session.accessToken.isEmpty() && m_clock.nowMs() - m_offsetMs < m_session.expiresMs - renewBeforeMs;
}

void SyncEngine::run()
{
    if (m_withoutTokens)
        probe();
    if (m_session.refreshToken.isEmpty())
        return;
    if (!tokenIsGood()) {
        renew();
        return;
    }
    if (m_session.mustChangePassword) { // nothing else is served until it is
        setState(SyncState::Kind::Offline, refusalError(Refusal::PasswordChange));
        return;
    }
    pull();
    push();
}

// Whether central can be reached: then it asks for a token, and somebody for the password.
void SyncEngine::probe()
{
    if (std::exchange(m_renewing, true))
        return;
    setState(SyncState::Kind::Connecting);
    m_client.pull({}, {}, 0, {}).then(this, [this, turn = m_turn](const Result<ChangePage> &page) {
        if (turn != m_turn)
            return;
        m_renewing = false;
        const Error error = page ? Error{ErrorCode::Unauthenticated, {}, {}} : page.error();
        if (error.code == ErrorCode::Unauthenticated || error.code == ErrorCode::Denied)
            endSession(error);
        else
            fail(error);
    });
}

// What is saved stays, and waits for the next session.
void SyncEngine::endSession(const Error &reason)
{
    drop();
    m_retry.stop();
    m_client.abortAll();
    m_secrets.remove(sessionSecret());
    m_session.refreshToken.clear();
    m_session.accessToken.clear();
    m_withoutTokens = false;
    if (refusalOf(reason) == Refusal::DeviceRevoked)
        openVault({});
    setState(SyncState::Kind::SignedOut, reason);
}

void SyncEngine::renew()
{
    if (m_renewing)
        return;
    m_renewing = true;
    if (m_state.kind != SyncState::Kind::Online)
        setState(SyncState::Kind::Connecting);
    const SignIn request{.refreshToken = m_session.refreshToken, .device = m_store.device(), .deviceName = QSysInfo::machineHostName()};
    m_client.signIn(request).then(this, [this, turn = m_turn](const Result<Session> &session) {
        if (turn != m_turn)
            return;
        m_renewing = false;
        if (session) {
            takeSession(*session); // what is under way with the old token goes on
        } else if (session.error().code == ErrorCode::Unauthenticated || session.error().code == ErrorCode::Denied) {
            endSession(session.error());
            Q_EMIT sessionRefused();
        } else {
            fail(session.error());
        }
    });
}

void SyncEngine::pull()
{
    if (m_pulling || m_writing >= pagesAhead)
        return;
    m_pulling = true;
    if (m_state.kind != SyncState::Kind::Online)
        setState(SyncState::Kind::Syncing);
    if (m_next) {
        ask();
        return;
    }
    m_store.cursor().then(this, [this, turn = m_turn](const Result<Cursor> &cursor) {
        if (turn != m_turn)
            return;
        if (!cursor) {
            m_pulling = false;
            fail(cursor.error());
            return;
        }
        m_next = *cursor;
        if (!cursor->isNull() && std::exchange(m_leftovers, false))
            m_fetch.removeLeftovers();
        if (cursor->isNull() && m_snapshotOffered)
            fetchSnapshot();
        else
            ask();
    });
}

// Nothing to follow the feed from: all records in one file, when central has one.
void SyncEngine::fetchSnapshot()
{
    m_fetch.start(m_session.accessToken);
}

void SyncEngine::snapshotAdopted()
{
    m_state.snapshot.reset();
    m_tokenTried = true;
    m_pulling = false;
    m_next.reset();
    m_failures = 0;
    run();
}

void SyncEngine::snapshotNotOffered()
{
    m_state.snapshot.reset();
    m_snapshotOffered = false; // until the feed starts anew
    ask();
}

void SyncEngine::snapshotFailed(const Error &error)
{
    m_pulling = false;
    m_next.reset();
    if (error.code == ErrorCode::WentBack)
        offerAgain(error);
    else
        fail(error);
}

void SyncEngine::ask()
{
    // The first page answers at once, so that "connected" is said as soon as it is true.
    m_client.pull(m_session.accessToken, *m_next, m_caughtUp ? waitSeconds : 0, m_store.lastAnswered()).then(this, [this, turn = m_turn](const Result<ChangePage> &page) {
        if (turn == m_turn)
            takePage(page);
    });
}

void SyncEngine::takePage(const Result<ChangePage> &page)
{
    m_pulling = false;
    if (!page) {
        m_next.reset();
        if (page.error().code == ErrorCode::WentBack)
            offerAgain(page.error());
        else if (page.error().code == ErrorCode::Conflict)
            startAgain(LocalStore::Restart::CursorRefused);
        else
            fail(page.error());
        return;
    }
    faultPoint("pull.received");
    m_next = page->next;
    m_tokenTried = true;
    if (page->serverTimeMs > 0) // now, not when the page has been written
        m_offsetMs = m_clock.nowMs() - page->serverTimeMs;
    ++m_writing;
    m_store.applyPage(*page).then(this, [this, turn = m_turn, more = page->more](const Result<void> &applied) {
        if (turn == m_turn)
            pageWritten(applied, more);
    });
    if (page->more)
        pull(); // the next page travels while this one is written
}

void SyncEngine::pageWritten(const Result<void> &applied, bool more)
{
    --m_writing;
    faultPoint("pull.finished");
    if (!applied) {
        m_next.reset(); // what was not written is asked for again
        fail(applied.error());
        return;
    }
    m_caughtUp = !more && m_writing == 0;
    wentWell();
    run();
}

// Central lacks what it had answered. What is on its way belongs to the time before, and is passed over when it comes.
void SyncEngine::offerAgain(const Error &error)
{
    if (m_renewing)
        return; // after it central is asked again
    // Should it come again and again: two centrals that know nothing of each other and answer in turn, perhaps.
    constexpr qint64 shortest = 2'000;
    constexpr qint64 longest = 60'000;
    const qint64 since = m_offeredAgainMs ? m_clock.monotonicMs() - *m_offeredAgainMs : 10 * longest;
    if (since < m_offerPauseMs)
        return fail(error);
    m_offerPauseMs = since < 10 * longest ? std::min(longest, 2 * m_offerPauseMs) : shortest;
    m_offeredAgainMs = m_clock.monotonicMs();
    drop();
    startAgain(LocalStore::Restart::AnswersLost);
}

void SyncEngine::startAgain(LocalStore::Restart why)
{
    m_caughtUp = false;
    m_snapshotOffered = true;
    m_store.restartFeed(why).then(this, [this, turn = m_turn](const Result<void> &done) {
        faultPoint(restartStep);
        if (turn != m_turn)
            return;
        if (done)
            run();
        else
            fail(done.error());
    });
}

void SyncEngine::push()
{
    if (m_pushing || !tokenIsGood() || m_retry.isActive()) {
        m_pushAgain = m_pushing;
        return;
    }
    m_pushing = true;
    m_pushAgain = false;
    m_store.nextPush(m_batch).then(this, [this, turn = m_turn](const Result<QList<Operation>> &operations) {
        if (turn != m_turn)
            return;
        if (!operations || operations->isEmpty()) {
            m_pushing = false;
            if (!operations)
                fail(operations.error());
            else if (m_pushAgain)
                push();
            return;
        }
        faultPoint("push.chosen");
        m_client.push(m_session.accessToken, *operations, m_store.lastAnswered()).then(this, [this, turn, sent = *operations](const Result<QList<Answer>> &answers) {
            if (turn == m_turn)
                takeAnswers(answers, sent);
        });
    });
}

void SyncEngine::takeAnswers(const Result<QList<Answer>> &answers, const QList<Operation> &sent)
{
    if (!answers) {
        m_pushing = false;
        if (answers.error().code == ErrorCode::WentBack)
            offerAgain(answers.error());
        else if (answers.error().code == ErrorCode::TooLarge || answers.error().code == ErrorCode::InvalidInput)
            batchRefused(answers.error(), sent);
        else
            fail(answers.error());
        return;
    }
    faultPoint("push.answered");
    m_tokenTried = true;
    m_batch = std::min(pushLimit, m_batch * 2);
    const bool later = std::ranges::any_of(*answers, [](const Answer &answer) { return answer.outcome == Outcome::Later; });
    m_store.applyAnswers(*answers).then(this, [this, turn = m_turn, later](const Result<void> &applied) {
        if (turn != m_turn)
            return;
        m_pushing = false;
        if (!applied)
            fail(applied.error());
        else if (later)
            QTimer::singleShot(laterMs, this, &SyncEngine::push);
        else
            push(); // until there is nothing left
    });
}

// A batch that central cannot take is cut until the operation at fault stands alone; that one goes to quarantine.
void SyncEngine::batchRefused(const Error &error, const QList<Operation> &sent)
{
    if (sent.size() > 1) {
        m_batch = static_cast<int>(sent.size() / 2);
        push();
        return;
    }
    m_pushing = true;
    m_store.applyAnswers({{.op = sent.first().op, .outcome = Outcome::Refused, .reason = error.code, .message = error.message}})
        .then(this, [this, turn = m_turn](const Result<void> &applied) {
            if (turn != m_turn)
                return;
            m_pushing = false;
            if (applied)
                push();
            else
                fail(applied.error());
        });
}

void SyncEngine::wentWell()
{
    m_failures = 0;
    m_state.lastSyncMs = m_clock.nowMs();
    setState(m_caughtUp ? SyncState::Kind::Online : SyncState::Kind::Syncing);
}

void SyncEngine::fail(const Error &error)
{
    if (refusalOf(error) == Refusal::DeviceRevoked) {
        endSession(error);
        return;
    }
    if (error.code == ErrorCode::Unauthenticated)
        m_session.accessToken.clear();
    if (error.code == ErrorCode::Unauthenticated && m_tokenTried) { // the token ran out early, or was revoked: the refresh token decides
        renew();
        return;
    }
    const auto asked = static_cast<int>(m_client.retryAfterMs());
    drop(); // the other loop would wait on the same lost connection
    m_client.abortAll();
    setState(SyncState::Kind::Offline, error);
    const int longest = std::min(lastRetryMs, firstRetryMs << std::min(m_failures++, 5));
    const int wait = longest / 2 + QRandomGenerator::global()->bounded(longest / 2 + 1); // jitter: not every desktop at once
    m_retry.start(std::max(wait, asked));
}

void SyncEngine::setState(SyncState::Kind kind, const Error &reason)
{
    m_state.kind = kind;
    m_state.reason = reason;
    Q_EMIT stateChanged(m_state);
}

} // namespace ioc
