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
    bool deviceCertificates = false; ///< devices are asked for a certificate of the deployment's authority; one that does not count ends the connection
    QList<QHostAddress> balancers; ///< connections from these begin with a PROXY header, see ProxyHeader
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
    /// Connections from now on are made with this one's certificate; those that are open go on.
    void setCertificate(const QSslConfiguration &configuration);
    [[nodiscard]] bool asksForCertificates() const { return m_limits.deviceCertificates; }
    /// No new connections; those that are open end with the answer they wait for, at once when they wait for none.
    void stop();
    /// Who is at the other end of the connection from \a address and \a port: what the balancer says where it came through one.
    [[nodiscard]] QHostAddress client(const QHostAddress &address, quint16 port) const;
    /// Nobody is connected.
    [[nodiscard]] bool isQuiet() const;
    [[nodiscard]] qsizetype openConnections() const { return m_guards.size(); }

protected:
    void incomingConnection(qintptr descriptor) override;
    QTcpSocket *nextPendingConnection() override;

private:
    friend class ConnectionGuard;
    using Peer = std::pair<QHostAddress, quint16>;
    void greet(qintptr descriptor, const Peer &balancer);

    ConnectionLimits m_limits;
    QByteArray m_tooLarge; // the whole answer
    QHash<Peer, ConnectionGuard *> m_guards;
    QHash<Peer, QHostAddress> m_clients; ///< of connections through a balancer; one that never became one is overwritten with its port's next
    qsizetype m_greetings = 0;           ///< connections whose header has not come yet
    QTimer m_timer;
    QElapsedTimer m_clock;
    bool m_isStopping = false;
};

} // namespace ioc
