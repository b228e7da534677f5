// SPDX-License-Identifier: GPL-3.0-or-later
#include <sync/syncengine.h>

#include <QNetworkInformation>
#include <QRandomGenerator>
#include <QSysInfo>

namespace ioc {

namespace {
constexpr int waitSeconds = 25;
constexpr int pushLimit = 500;
constexpr qint64 renewBeforeMs = 60'000;
constexpr int firstRetryMs = 1000;
constexpr int lastRetryMs = 30'000;
constexpr int laterMs = 3000; // before what central could not judge yet is offered again
QString sessionSecret() { return QStringLiteral("session"); }
} // namespace

SyncEngine::SyncEngine(LocalStore &store, CentralClient &client, SecretStore &secrets, const Clock &clock, QObject *parent)
    : QObject(parent), m_store(store), m_client(client), m_secrets(secrets), m_clock(clock)
{
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &SyncEngine::run);
    connect(&store, &LocalStore::statusChanged, this, [this](const StoreStatus &status) {
        if (status.outbox > 0)
            push();
    });
    if (QNetworkInformation::loadDefaultBackend()) {
        connect(QNetworkInformation::instance(), &QNetworkInformation::reachabilityChanged, this, [this](QNetworkInformation::Reachability reach) {
            if (reach != QNetworkInformation::Reachability::Disconnected)
                syncNow();
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
    const auto kept = m_secrets.read(sessionSecret());
    if (!kept)
        return false;
    const auto session = wire::decodeSession(*kept);
    if (!session || session->refreshToken.isEmpty())
        return false;
    m_session = *session;
    m_session.accessToken.clear(); // of another run: renewed before the first request
    m_store.setAuthor({session->account, session->displayName, session->role, session->unit, m_store.device(), 0});
    Q_EMIT sessionChanged(m_session);
    run();
    return true;
}

QFuture<Result<Session>> SyncEngine::signIn(const QString &login, const QString &password)
{
    ++m_turn;
    m_pulling = m_pushing = m_renewing = false;
    m_retry.stop();
    setState(SyncState::Kind::Connecting);
    const SignIn request{.login = login, .password = password, .device = m_store.device(), .deviceName = QSysInfo::machineHostName()};
    return m_client.signIn(request).then(this, [this](const Result<Session> &session) {
        if (session)
            takeSession(*session);
        else
            setState(SyncState::Kind::SignedOut, session.error());
        return session;
    });
}

void SyncEngine::takeSession(const Session &session)
{
    m_session = session;
    m_offsetMs = m_clock.nowMs() - session.serverTimeMs;
    m_failures = 0;
    m_store.setAuthor({session.account, session.displayName, session.role, session.unit, m_store.device(), m_offsetMs});
    if (const auto kept = m_secrets.write(sessionSecret(), wire::encode(session)); !kept)
        qWarning("%s", qUtf8Printable(kept.error().message));
    Q_EMIT sessionChanged(session);
    run();
}

void SyncEngine::signOut()
{
    ++m_turn;
    m_retry.stop();
    m_client.abortAll();
    if (!m_session.accessToken.isEmpty())
        m_client.signOut(m_session.accessToken);
    m_secrets.remove(sessionSecret());
    m_session = {};
    m_pulling = m_pushing = m_renewing = false;
    setState(SyncState::Kind::SignedOut);
}

void SyncEngine::syncNow()
{
    if (m_session.refreshToken.isEmpty())
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
    if (m_session.refreshToken.isEmpty())
        return;
    if (!tokenIsGood()) {
        renew();
        return;
    }
    pull();
    push();
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
        } else if (session.error().code == ErrorCode::Unauthenticated) {
            m_secrets.remove(sessionSecret());
            m_session.refreshToken.clear();
            setState(SyncState::Kind::SignedOut, session.error());
        } else {
            fail(session.error());
        }
    });
}

void SyncEngine::pull()
{
    if (m_pulling)
        return;
    m_pulling = true;
    m_store.cursor().then(this, [this, turn = m_turn](const Result<Cursor> &cursor) {
        if (turn != m_turn)
            return;
        if (!cursor) {
            m_pulling = false;
            fail(cursor.error());
            return;
        }
        if (m_state.kind != SyncState::Kind::Online)
            setState(SyncState::Kind::Syncing);
        // The first page answers at once, so that "connected" is said as soon as it is true.
        m_client.pull(m_session.accessToken, *cursor, m_caughtUp ? waitSeconds : 0).then(this, [this, turn](const Result<ChangePage> &page) {
            if (turn == m_turn)
                takePage(page);
        });
    });
}

void SyncEngine::takePage(const Result<ChangePage> &page)
{
    if (!page) {
        m_pulling = false;
        if (page.error().code == ErrorCode::Conflict)
            startAgain();
        else
            fail(page.error());
        return;
    }
    m_store.applyPage(*page).then(this, [this, turn = m_turn, more = page->more, serverTime = page->serverTimeMs](const Result<void> &applied) {
        if (turn != m_turn)
            return;
        m_pulling = false;
        if (!applied) {
            fail(applied.error());
            return;
        }
        m_caughtUp = !more;
        wentWell(serverTime);
        run();
    });
}

void SyncEngine::startAgain()
{
    m_caughtUp = false;
    m_store.restartFeed().then(this, [this, turn = m_turn](const Result<void> &done) {
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
    m_store.nextPush(pushLimit).then(this, [this, turn = m_turn](const Result<QList<Operation>> &operations) {
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
        m_client.push(m_session.accessToken, *operations).then(this, [this, turn](const Result<QList<Answer>> &answers) {
            if (turn == m_turn)
                takeAnswers(answers);
        });
    });
}

void SyncEngine::takeAnswers(const Result<QList<Answer>> &answers)
{
    if (!answers) {
        m_pushing = false;
        fail(answers.error());
        return;
    }
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

void SyncEngine::wentWell(qint64 serverTimeMs)
{
    m_failures = 0;
    if (serverTimeMs > 0)
        m_offsetMs = m_clock.nowMs() - serverTimeMs;
    m_state.lastSyncMs = m_clock.nowMs();
    setState(m_caughtUp ? SyncState::Kind::Online : SyncState::Kind::Syncing);
}

void SyncEngine::fail(const Error &error)
{
    if (error.code == ErrorCode::Unauthenticated) { // the token ran out early, or was revoked: the refresh token decides
        m_session.accessToken.clear();
        renew();
        return;
    }
    m_caughtUp = false;
    setState(SyncState::Kind::Offline, error);
    if (m_retry.isActive())
        return;
    const int longest = std::min(lastRetryMs, firstRetryMs << std::min(m_failures++, 5));
    m_retry.start(longest / 2 + QRandomGenerator::global()->bounded(longest / 2 + 1)); // jitter: not every desktop at once
}

void SyncEngine::setState(SyncState::Kind kind, const Error &reason)
{
    m_state.kind = kind;
    m_state.reason = reason;
    Q_EMIT stateChanged(m_state);
}

} // namespace ioc
