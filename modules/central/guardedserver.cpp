// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/guardedserver.h>

#include <QPointer>
#include <QSslSocket>

namespace ioc {

/// Watches one connection; a child of its socket.
class ConnectionGuard : public QObject
{
public:
    ConnectionGuard(GuardedServer &server, QTcpSocket &socket)
        : QObject(&socket), m_server(server), m_socket(socket), m_peer(socket.peerAddress(), socket.peerPort()), m_sinceMs(server.m_clock.elapsed())
    {
        // Before the HTTP parser connects: each slot sees what came since the parser last read.
        connect(&socket, &QIODevice::readyRead, this, &ConnectionGuard::look);
        connect(&socket, &QIODevice::bytesWritten, this, &ConnectionGuard::written);
        m_server.m_guards.insert(m_peer, this);
    }
    ~ConnectionGuard() override { m_server.m_guards.remove(m_peer); }

    void taken() { enter(State::Working); }
    void answered() { enter(State::Answering); }
    void check(qint64 nowMs)
    {
        const auto &limits = m_server.m_limits;
        const qint64 allowed = m_state == State::Idle        ? limits.idleMs
                               : m_state == State::Receiving ? limits.requestMs
                               : m_state == State::Working   ? std::numeric_limits<qint64>::max()
                               : m_state == State::Refused   ? 5'000
                                                             : limits.answerMs;
        if (nowMs - m_sinceMs > allowed) {
            qInfo("event=connection_dropped state=%d", static_cast<int>(m_state));
            m_socket.abort();
        }
    }

private:
    enum class State { Idle, Receiving, Working, Answering, Refused };

    void enter(State state)
    {
        m_state = state;
        m_sinceMs = m_server.m_clock.elapsed();
        m_received = 0;
        m_head.clear();
        m_headWhole = false;
    }

    void look()
    {
        const qint64 fresh = m_socket.bytesAvailable();
        const auto &limits = m_server.m_limits;
        if (m_state == State::Refused) {
            drain();
            return;
        }
        if (m_state == State::Working || m_state == State::Answering) { // a request before the answer to the last: a little is put up with
            if (fresh > limits.headBytes)
                m_socket.abort();
            return;
        }
        if (m_state == State::Idle)
            enter(State::Receiving);
        m_received += fresh;
        if (!m_headWhole)
            readHead();
        if (!m_headWhole && m_head.size() > limits.headBytes)
            m_socket.abort();
        else if (m_bodyBytes > limits.bodyBytes || m_received > limits.bodyBytes + limits.headBytes)
            refuse();
    }

    // Only for the length it announces; the parser reads it for itself.
    void readHead()
    {
        m_head += m_socket.peek(m_server.m_limits.headBytes + 1 - std::min<qint64>(m_head.size(), m_server.m_limits.headBytes));
        const qsizetype end = m_head.indexOf("\r\n\r\n");
        if (end < 0)
            return;
        m_headWhole = true;
        m_bodyBytes = 0;
        const QByteArray lower = m_head.first(end).toLower() + "\r\n";
        const qsizetype at = lower.indexOf("\r\ncontent-length:");
        if (at >= 0) {
            const qsizetype from = at + static_cast<qsizetype>(qstrlen("\r\ncontent-length:"));
            bool isNumber = false;
            const qint64 length = lower.mid(from, lower.indexOf("\r\n", from) - from).trimmed().toLongLong(&isNumber);
            m_bodyBytes = isNumber && length >= 0 ? length : std::numeric_limits<qint64>::max();
        }
    }

    // From here on the parser hears nothing more of this connection. What still comes is read and thrown away for a moment: a socket closed
    // with unread data would reset the connection and the answer with it.
    void refuse()
    {
        enter(State::Refused);
        QObject::disconnect(&m_socket, &QIODevice::readyRead, nullptr, nullptr);
        connect(&m_socket, &QIODevice::readyRead, this, &ConnectionGuard::look);
        m_socket.write(m_server.m_tooLarge);
        m_socket.flush();
        drain();
        qInfo("event=body_too_large");
    }

    void drain()
    {
        m_received += m_socket.skip(m_socket.bytesAvailable());
        if (m_received > 16 * m_server.m_limits.bodyBytes)
            m_socket.abort();
    }

    void written()
    {
        if (m_state != State::Answering)
            return;
        m_sinceMs = m_server.m_clock.elapsed();
        auto *tls = qobject_cast<QSslSocket *>(&m_socket);
        if (m_socket.bytesToWrite() == 0 && (!tls || tls->encryptedBytesToWrite() == 0))
            enter(State::Idle);
    }

    GuardedServer &m_server;
    QTcpSocket &m_socket;
    GuardedServer::Peer m_peer;
    State m_state = State::Idle;
    qint64 m_sinceMs;
    qint64 m_received = 0;
    qint64 m_bodyBytes = 0;
    QByteArray m_head;
    bool m_headWhole = false;
};

GuardedServer::GuardedServer(const QSslConfiguration &configuration, const ConnectionLimits &limits, const QByteArray &tooLargeBody, QObject *parent)
    : QSslServer(parent), m_limits(limits)
{
    m_tooLarge = "HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Type: application/vnd.tourism-ioc.v1+cbor+zstd\r\nContent-Length: "
                 + QByteArray::number(tooLargeBody.size()) + "\r\n\r\n" + tooLargeBody;
    QSslConfiguration own = configuration;
    own.setProtocol(QSsl::TlsV1_3OrLater);
    own.setPeerVerifyMode(QSslSocket::VerifyNone); // devices show who they are by their tokens
    setSslConfiguration(own);
    setMaxPendingConnections(256);
    m_clock.start();
    m_timer.setInterval(1000);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        const QList<QPointer<ConnectionGuard>> guards(m_guards.cbegin(), m_guards.cend()); // a check may end some
        for (const auto &guard : guards) {
            if (guard)
                guard->check(m_clock.elapsed());
        }
    });
    m_timer.start();
}

GuardedServer::~GuardedServer()
{
    close();
    const auto guards = m_guards.values();
    for (ConnectionGuard *guard : guards)
        delete guard->parent();
}

void GuardedServer::taken(const QHostAddress &address, quint16 port)
{
    if (ConnectionGuard *guard = m_guards.value({address, port}))
        guard->taken();
}

void GuardedServer::answered(const QHostAddress &address, quint16 port)
{
    if (ConnectionGuard *guard = m_guards.value({address, port}))
        guard->answered();
}

void GuardedServer::incomingConnection(qintptr descriptor)
{
    if (m_guards.size() < m_limits.connections) {
        QSslServer::incomingConnection(descriptor);
        return;
    }
    QTcpSocket refused;
    refused.setSocketDescriptor(descriptor);
    refused.abort();
}

QTcpSocket *GuardedServer::nextPendingConnection()
{
    QTcpSocket *socket = QSslServer::nextPendingConnection();
    if (socket)
        new ConnectionGuard(*this, *socket);
    return socket;
}

} // namespace ioc
