// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QHash>
#include <QHostAddress>
#include <QSslServer>
#include <QTimer>

namespace ioc {

struct ConnectionLimits
{
    int connections = 1000;
    qint64 headBytes = 32 * 1024;
    qint64 bodyBytes = 8 * 1024 * 1024;
    qint64 requestMs = 30'000; ///< for a request to arrive whole
    qint64 answerMs = 30'000;  ///< without the peer reading any of the answer
    qint64 idleMs = 120'000;   ///< between two requests
};

class ConnectionGuard;

/// A TLS 1.3 server whose connections are watched from outside the HTTP parser, which itself has no limits: a body too large is
/// answered 413 and not kept, slow and idle peers are dropped, and no more than a number of connections are open.
class GuardedServer : public QSslServer
{
    Q_OBJECT

public:
    GuardedServer(const QSslConfiguration &configuration, const ConnectionLimits &limits, const QByteArray &tooLargeBody, QObject *parent = nullptr);
    ~GuardedServer() override;

    /// The request of this peer is whole: work on it may take its time.
    void taken(const QHostAddress &address, quint16 port);
    /// Its answer was handed to the socket.
    void answered(const QHostAddress &address, quint16 port);
    [[nodiscard]] qsizetype openConnections() const { return m_guards.size(); }

protected:
    void incomingConnection(qintptr descriptor) override;
    QTcpSocket *nextPendingConnection() override;

private:
    friend class ConnectionGuard;
    using Peer = std::pair<QHostAddress, quint16>;

    ConnectionLimits m_limits;
    QByteArray m_tooLarge; // the whole answer
    QHash<Peer, ConnectionGuard *> m_guards;
    QTimer m_timer;
    QElapsedTimer m_clock;
};

} // namespace ioc
