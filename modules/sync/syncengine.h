// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/clock.h>
#include <store/localstore.h>
#include <sync/centralclient.h>
#include <sync/secretstore.h>
#include <sync/snapshotfetch.h>

#include <QTimer>

namespace ioc {

/// How the connection to central stands.
struct SyncState
{
    enum class Kind { SignedOut, Connecting, Offline, Syncing, Online } kind = Kind::SignedOut;
    Error reason;          ///< for Offline and SignedOut, when central or the network said why
    qint64 lastSyncMs = 0; ///< when the feed was last known to be followed to its end
    std::optional<SnapshotProgress> snapshot; ///< while all records are fetched in one file
};

/// Keeps the local store and central alike: renews the session, sends the outbox, follows the feed. Works on the caller's
/// thread and never blocks it; see README.md for its states.
class SyncEngine : public QObject
{
    Q_OBJECT

public:
    /// All must outlive the engine; the store is open.
    SyncEngine(LocalStore &store, CentralClient &client, SecretStore &secrets, const Clock &clock, QObject *parent = nullptr);
    ~SyncEngine() override;

    /// The session kept from the last start, made the store's author; false when nobody has signed in on this device.
    bool resume();
    /// A session that central gave takes the place of the one at hand; when it gives none, that one goes on.
    QFuture<Result<Session>> signIn(const QString &login, const QString &password);
    /// The same with what the city's single sign-on gave: an ID token and the secret behind its nonce.
    QFuture<Result<Session>> signInByProvider(const QString &idToken, const QString &secret);
    /// Takes a session that central gave already.
    void adopt(const Session &session) { takeSession(session); }
    /// Somebody was let in without central: work goes on under \a session, with the tokens kept here if they are the same person's. Once central
    /// answers and there are none, the state is SignedOut, reason Unauthenticated, for the password to be asked.
    void workOffline(const Session &session);
    /// Opens personal data with what somebody's sign-in without central gave, or closes them without \a secrets.
    void openVault(const QByteArray &secrets);
    /// The signed-in person's own; the session goes on.
    QFuture<Result<void>> changePassword(const QString &before, const QString &after);
    /// Forgets the session here and at central; what is saved stays.
    void signOut();
    /// Tries at once what waits for its time.
    void syncNow();

    [[nodiscard]] const SyncState &state() const { return m_state; }
    [[nodiscard]] const Session &session() const { return m_session; }

Q_SIGNALS:
    void stateChanged(const ioc::SyncState &state);
    void sessionChanged(const ioc::Session &session);
    /// Central answered with a session: all that it says holds now.
    void sessionConfirmed(const ioc::Session &session);
    /// Central would not renew the session.
    void sessionRefused();

private:
    Author authorOf(const Session &session, qint64 offsetMs) const;
    void beginSignIn();
    Result<Session> signedIn(const Result<Session> &session);
    void takeSession(const Session &session);

    void renew();
    void probe();
    void endSession(const Error &reason);
    [[nodiscard]] std::optional<Session> keptSession() const;
    void run();
    /// What is under way counts no more; both loops begin anew.
    void drop();
    void reconnect();
    void pull();
    void ask();
    void fetchSnapshot();
    void snapshotAdopted();
    void snapshotFailed(const Error &error);
    void snapshotNotOffered();
    void takePage(const Result<ChangePage> &page);
    void pageWritten(const Result<void> &applied, bool more);
    void push();
    void takeAnswers(const Result<QList<Answer>> &answers, const QList<Operation> &sent);
    void batchRefused(const Error &error, const QList<Operation> &sent);
    void offerAgain(const Error &error);
    void startAgain(LocalStore::Restart why);
    void fail(const Error &error);
    void wentWell();
    void setState(SyncState::Kind kind, const Error &reason = {});
    [[nodiscard]] bool tokenIsGood() const;

    LocalStore &m_store;
    CentralClient &m_client;
    SecretStore &m_secrets;
    const Clock &m_clock;
    SnapshotFetch m_fetch;
    bool m_leftovers = true;        ///< a fetch may have left files that nobody needs any more
    bool m_snapshotOffered = true;  ///< worth asking for, should the store be empty
    SyncState m_state;
    Session m_session;
    qint64 m_offsetMs = 0; ///< device clock − central clock
    QTimer m_retry;
    int m_failures = 0;
    bool m_renewing = false;
    bool m_withoutTokens = false;   ///< somebody was let in without central
    bool m_tokenTried = true;       ///< the access token has been good for a request
    bool m_pulling = false;         ///< a page is asked for or its cursor being read
    int m_writing = 0;              ///< pages handed to the store
    std::optional<qint64> m_offeredAgainMs; ///< monotonic: when it began anew because central lacked what it had answered
    qint64 m_offerPauseMs = 0; ///< so long it does not do that again
    std::optional<Cursor> m_next;   ///< of the last page received; unknown: ask the store
    bool m_pushing = false;
    bool m_pushAgain = false;
    int m_batch = 0;                ///< operations in one push
    bool m_caughtUp = false;
    quint64 m_turn = 0; ///< answers to an earlier session's requests are dropped
};

} // namespace ioc
