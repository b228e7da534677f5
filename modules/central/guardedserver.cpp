// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/guardedserver.h>

#include <central/proxyheader.h>

#include <QPointer>
#include <QSocketNotifier>
#include <QSslSocket>
#include <QtEndian>

#include <cerrno>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace ioc {

namespace {

// ::ffff:10.0.0.5, as a socket for both kinds of address says it, is 10.0.0.5.
QHostAddress unmapped(const QHostAddress &address)
{
    bool isFour = false;
    const quint32 four = address.toIPv4Address(&isFour);
    return isFour ? QHostAddress(four) : address;
}

} // namespace

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
        if (auto *tls = qobject_cast<QSslSocket *>(&socket)) // what was written is not sent before it is encrypted
            connect(tls, &QSslSocket::encryptedBytesWritten, this, &ConnectionGuard::written);
        m_server.m_guards.insert(m_peer, this);
    }
    ~ConnectionGuard() override
    {
        m_server.m_guards.remove(m_peer);
        m_server.m_clients.remove({unmapped(m_peer.first), m_peer.second});
    }

    void taken() { enter(State::Working); }
    void answered() { enter(State::Answering); }
    void stop()
    {
        if (m_state == State::Idle || (m_state == State::Answering && isSent()))
            leave();
    }
    [[nodiscard]] bool isOpen() const { return m_socket.state() != QAbstractSocket::UnconnectedState; }
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
        if (fresh == 0) // the parser tells itself to look again after each answer
            return;
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
        if (isSent())
            finished();
    }

    [[nodiscard]] bool isSent() const
    {
        const auto *tls = qobject_cast<const QSslSocket *>(&m_socket);
        return m_socket.bytesToWrite() == 0 && (!tls || tls->encryptedBytesToWrite() == 0);
    }

    void finished()
    {
        enter(State::Idle);
        if (m_server.m_isStopping)
            leave();
    }

    // Not from within the answer's writing: the HTTP parser would keep the connection for good.
    void leave()
    {
        QMetaObject::invokeMethod(&m_socket, &QAbstractSocket::disconnectFromHost, Qt::QueuedConnection);
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

/// Waits for the header that a balancer sends first and takes it off the connection, before TLS begins.
class BalancerGreeting : public QObject
{
public:
    using Ended = std::function<void(const std::optional<QHostAddress> &client)>;
    BalancerGreeting(qintptr descriptor, Ended ended, QObject *parent) : QObject(parent), m_notifier(descriptor, QSocketNotifier::Read), m_ended(std::move(ended))
    {
        connect(&m_notifier, &QSocketNotifier::activated, this, &BalancerGreeting::look);
        QTimer::singleShot(greetingMs, this, [this] { end({}); });
    }

private:
    void look()
    {
        std::array<char, ProxyHeader::longest> bytes{};
        const int descriptor = static_cast<int>(m_notifier.socket());
        const ssize_t size = ::recv(descriptor, bytes.data(), bytes.size(), MSG_PEEK | MSG_DONTWAIT);
        if (size < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        const auto header = size > 0 ? ProxyHeader::read(QByteArrayView(bytes.data(), size)) : Result<std::optional<ProxyHeader>>(failure(ErrorCode::Offline, QString()));
        if (!header)
            return end({});
        if (!*header) // the rest is on its way; until then this would be told again and again
            return pause();
        const ssize_t taken = ::recv(descriptor, bytes.data(), static_cast<size_t>((*header)->length), 0);
        end(taken == (*header)->length ? std::optional((*header)->source) : std::nullopt);
    }

    void pause()
    {
        m_notifier.setEnabled(false);
        QTimer::singleShot(10, this, [this] { m_notifier.setEnabled(!m_isEnded); });
    }

    void end(const std::optional<QHostAddress> &client)
    {
        if (std::exchange(m_isEnded, true))
            return;
        m_notifier.setEnabled(false);
        deleteLater();
        m_ended(client);
    }

    static constexpr int greetingMs = 5'000;
    QSocketNotifier m_notifier;
    Ended m_ended;
    bool m_isEnded = false;
};

namespace {

std::pair<QHostAddress, quint16> peerOf(qintptr descriptor)
{
    sockaddr_storage address{};
    socklen_t length = sizeof address;
    if (::getpeername(static_cast<int>(descriptor), reinterpret_cast<sockaddr *>(&address), &length) != 0)
        return {};
    const quint16 port = address.ss_family == AF_INET6 ? reinterpret_cast<const sockaddr_in6 *>(&address)->sin6_port : reinterpret_cast<const sockaddr_in *>(&address)->sin_port;
    return {unmapped(QHostAddress(reinterpret_cast<const sockaddr *>(&address))), qFromBigEndian(port)};
}

} // namespace

GuardedServer::GuardedServer(const QSslConfiguration &configuration, const ConnectionLimits &limits, const QByteArray &tooLargeBody, QObject *parent)
    : QSslServer(parent), m_limits(limits)
{
    m_tooLarge = "HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Type: application/vnd.tourism-ioc.v1+cbor+zstd\r\nContent-Length: "
                 + QByteArray::number(tooLargeBody.size()) + "\r\n\r\n" + tooLargeBody;
    setCertificate(configuration);
    connect(this, &QSslServer::sslErrors, this, [](QSslSocket *socket) { socket->abort(); }); // a certificate that does not count
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

void GuardedServer::setCertificate(const QSslConfiguration &configuration)
{
    QSslConfiguration own = configuration;
    own.setProtocol(QSsl::TlsV1_3OrLater);
    // Devices show who they are by their tokens; where they are to have a certificate as well, who comes without one is told so (Routes).
    own.setPeerVerifyMode(m_limits.deviceCertificates ? QSslSocket::QueryPeer : QSslSocket::VerifyNone);
    setSslConfiguration(own);
}

void GuardedServer::stop()
{
    close();
    m_isStopping = true;
    const QList<QPointer<ConnectionGuard>> guards(m_guards.cbegin(), m_guards.cend());
    for (const auto &guard : guards) {
        if (guard)
            guard->stop();
    }
}

bool GuardedServer::isQuiet() const
{
    return std::ranges::none_of(m_guards, &ConnectionGuard::isOpen);
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
    if (m_guards.size() + m_greetings >= m_limits.connections) {
        QTcpSocket refused;
        refused.setSocketDescriptor(descriptor);
        refused.abort();
        return;
    }
    // Or the first answer waits until the other side has said, some 40 ms later, that it got the end of the handshake.
    constexpr int yes = 1;
    (void)::setsockopt(static_cast<int>(descriptor), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    const Peer peer = peerOf(descriptor);
    if (m_limits.balancers.contains(peer.first))
        greet(descriptor, peer);
    else
        QSslServer::incomingConnection(descriptor);
}

void GuardedServer::greet(qintptr descriptor, const Peer &balancer)
{
    ++m_greetings;
    const auto ended = [this, descriptor, balancer](const std::optional<QHostAddress> &client) {
        --m_greetings;
        if (!client) {
            qInfo("event=no_proxy_header");
            ::close(static_cast<int>(descriptor));
            return;
        }
        if (client->isNull())
            m_clients.remove(balancer);
        else
            m_clients.insert(balancer, *client);
        QSslServer::incomingConnection(descriptor);
    };
    new BalancerGreeting(descriptor, ended, this);
}

QHostAddress GuardedServer::client(const QHostAddress &address, quint16 port) const
{
    return m_clients.value({unmapped(address), port}, address);
}

QTcpSocket *GuardedServer::nextPendingConnection()
{
    QTcpSocket *socket = QSslServer::nextPendingConnection();
    if (socket)
        new ConnectionGuard(*this, *socket);
    return socket;
}

} // namespace ioc
