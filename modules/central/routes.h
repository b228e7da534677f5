// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <central/changewaiter.h>
#include <central/sessiondesk.h>
#include <central/snapshotdesk.h>

#include <QAbstractHttpServer>

namespace ioc {

/// Which request goes where; see README.md for the contract. Parses, hands over to the database's threads, answers.
class Routes : public QAbstractHttpServer
{
    Q_OBJECT

public:
    Routes(CentralStorage &storage, Sequencer &sequencer, GuardedServer &server, const SnapshotLimits &snapshots = {}, QObject *parent = nullptr);

    /// Long waits end now.
    void stop() { m_changes.stop(); }

protected:
    bool handleRequest(const QHttpServerRequest &request, QHttpServerResponder &responder) override;
    void missingHandler(const QHttpServerRequest &request, QHttpServerResponder &responder) override;

private:
    using Method = QHttpServerRequest::Method;
    struct Route
    {
        QString path; ///< one that ends with "/" stands for everything below it
        Method method;
        std::function<void(const QHttpServerRequest &, const HttpReplyPointer &)> handler;
    };
    void push(const HttpReplyPointer &reply, const QString &token, const QByteArray &body);
    void takeReported(const HttpReplyPointer &reply, const QString &token, const QByteArray &body);

    CentralStorage &m_storage;
    Sequencer &m_sequencer;
    GuardedServer &m_server;
    SessionDesk m_sessions;
    ChangeWaiter m_changes;
    SnapshotDesk m_snapshots;
    QList<Route> m_routes;
};

} // namespace ioc
