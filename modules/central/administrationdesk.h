// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <central/sequencer.h>
#include <central/sessiondesk.h>

namespace ioc {

/// Accounts and devices, for those who may administer accounts. Lives on the HTTP thread.
class AdministrationDesk : public QObject
{
    Q_OBJECT

public:
    AdministrationDesk(CentralStorage &storage, Sequencer &sequencer, SessionDesk &sessions, QObject *parent = nullptr);

    /// GET /v1/accounts and /v1/devices with \a query.
    void listAccounts(const HttpReplyPointer &reply, const QString &token, const QByteArray &query);
    void listDevices(const HttpReplyPointer &reply, const QString &token, const QByteArray &query);
    /// POST below them: ID/VERB.
    void changeAccount(const HttpReplyPointer &reply, const QString &token, const QString &target);
    void changeDevice(const HttpReplyPointer &reply, const QString &token, const QString &target);

private:
    /// Runs \a work(db::Connection &, const Identity &) on a writing thread as an administrator's, \a done when it went well.
    template <typename Work, typename Done>
    void asAdministrator(const HttpReplyPointer &reply, const QString &token, const Work &work, const Done &done);
    void setOneTimePassword(const HttpReplyPointer &reply, const QString &token, const Id &account);
    void storePassword(const HttpReplyPointer &reply, const QString &token, const Id &account, const QString &password, const QString &encoded);

    CentralStorage &m_storage;
    Sequencer &m_sequencer;
    SessionDesk &m_sessions;
};

} // namespace ioc
