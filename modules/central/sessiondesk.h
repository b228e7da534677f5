// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <access/guesslimit.h>
#include <access/sessions.h>
#include <central/centralstorage.h>
#include <central/httpreply.h>
#include <wire/administration.h>
#include <wire/session.h>

#include <QCborMap>
#include <QThreadPool>

namespace ioc {

/// Signs accounts in and out. Lives on the HTTP thread; the database and the slow hashing work elsewhere.
class SessionDesk : public QObject
{
    Q_OBJECT

public:
    explicit SessionDesk(CentralStorage &storage, QObject *parent = nullptr);
    ~SessionDesk() override;

    /// \a version is that of the device's program, as it tells.
    void open(const HttpReplyPointer &reply, const QByteArray &body, const QString &version);
    void close(const HttpReplyPointer &reply, const QString &token);
    /// Somebody's own, who knows the present one.
    void changePassword(const HttpReplyPointer &reply, const QString &token, const QByteArray &body);

    // For who knows people otherwise than by a password
    /// Lets \a who in: a session, its entry in the journal with \a details beside the peer, the answer.
    void admit(const HttpReplyPointer &reply, const SignIn &request, const QString &version, const Identity &who, const QCborMap &details);
    /// How long nobody may try from where \a reply goes to.
    [[nodiscard]] qint64 peerWaitMs(const HttpReplyPointer &reply) const { return m_byPeer.waitMs(reply->peer().toString()); }
    void countPeer(const HttpReplyPointer &reply) { m_byPeer.failed(reply->peer().toString()); }
    void sendTooMany(const HttpReplyPointer &reply, qint64 waitMs);

    // For administrators
    QFuture<Result<QString>> hashed(const QString &password);
    /// How long nobody may try \a login's password at this central.
    [[nodiscard]] qint64 lockedMs(const QString &login) const { return m_byLogin.waitMs(login); }
    /// Wrong passwords of \a login are forgiven at this central.
    void unlock(const QString &login) { m_byLogin.succeeded(login); }

private:
    struct Candidate
    {
        std::optional<Identity> identity; ///< empty: no such account, which must not show
        QString encoded;
    };
    struct Asked : SignIn
    {
        QString version;
    };
    void signIn(const HttpReplyPointer &reply, const Asked &request);
    void renew(const HttpReplyPointer &reply, const Asked &request);
    void signInUnlessLocked(const HttpReplyPointer &reply, const Asked &request);
    void check(const HttpReplyPointer &reply, const Asked &request, const Candidate &candidate);
    void refuse(const HttpReplyPointer &reply, const SignIn &request, const std::optional<Identity> &who);
    void begin(const HttpReplyPointer &reply, const Asked &request, const Identity &who, const QCborMap &details);
    void checkPresent(const HttpReplyPointer &reply, const PasswordChange &change, const Candidate &candidate);
    void replacePassword(const HttpReplyPointer &reply, const Candidate &candidate, const QString &encoded);
    [[nodiscard]] qint64 waitMs(const HttpReplyPointer &reply, const QString &login) const;
    void countGuess(const HttpReplyPointer &reply, const QString &login);
    void forgive(const HttpReplyPointer &reply, const QString &login);

    CentralStorage &m_storage;
    GuessLimit m_byLogin;
    GuessLimit m_byPeer;
    QThreadPool m_hashing;
    int m_checking = 0; ///< passwords being checked or waiting for it
    QString m_decoy; ///< hash of nobody's password: an unknown login takes as long as a known one
};

} // namespace ioc
