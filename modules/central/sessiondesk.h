// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <access/guesslimit.h>
#include <access/sessions.h>
#include <central/centralstorage.h>
#include <central/httpreply.h>
#include <wire/session.h>

#include <QThreadPool>

namespace ioc {

/// Signs accounts in and out. Lives on the HTTP thread; the database and the slow hashing work elsewhere.
class SessionDesk : public QObject
{
    Q_OBJECT

public:
    explicit SessionDesk(CentralStorage &storage, QObject *parent = nullptr);
    ~SessionDesk() override;

    void open(const HttpReplyPointer &reply, const QByteArray &body);
    void close(const HttpReplyPointer &reply, const QString &token);

private:
    struct Candidate
    {
        std::optional<Identity> identity; ///< empty: no such account, which must not show
        QString encoded;
    };
    void signIn(const HttpReplyPointer &reply, const SignIn &request);
    void renew(const HttpReplyPointer &reply, const SignIn &request);
    void check(const HttpReplyPointer &reply, const SignIn &request, const Candidate &candidate);
    void refuse(const HttpReplyPointer &reply, const SignIn &request, const std::optional<Identity> &who);
    void begin(const HttpReplyPointer &reply, const SignIn &request, const Identity &who);

    CentralStorage &m_storage;
    GuessLimit m_byLogin;
    GuessLimit m_byPeer;
    QThreadPool m_hashing;
    int m_checking = 0; ///< passwords being checked or waiting for it
    QString m_decoy; ///< hash of nobody's password: an unknown login takes as long as a known one
};

} // namespace ioc
