// SPDX-License-Identifier: GPL-3.0-or-later
#include "badlink.h"

#include <QDeadlineTimer>
#include <QPointer>

#include <algorithm>

namespace ioc {

namespace {

constexpr qsizetype segmentBytes = 1400;
constexpr int neverMs = 3'600'000;
constexpr int resendMs = 300; // first retransmission timeout; doubled each time (RFC 6298)

} // namespace

/// One direction of one connection.
class BadLink::Way : public QObject
{
public:
    Way(BadLink &link, QTcpSocket *from, QTcpSocket *to) : QObject(from), m_link(link), m_from(from), m_to(to)
    {
        m_timer.setSingleShot(true);
        m_timer.setTimerType(Qt::PreciseTimer);
        connect(&m_timer, &QTimer::timeout, this, [this] { deliver(); });
        connect(from, &QTcpSocket::readyRead, this, [this] { take(); });
    }

private:
    struct Segment
    {
        QByteArray bytes;
        QDeadlineTimer due;
    };

    void take()
    {
        const QByteArray all = m_from->readAll();
        for (qsizetype at = 0; at < all.size(); at += segmentBytes) {
            QDeadlineTimer due(m_link.nextDelayMs(), Qt::PreciseTimer);
            if (!m_waiting.empty())
                due = std::max(due, m_waiting.back().due); // in order
            m_waiting.push_back({all.mid(at, segmentBytes), due});
        }
        wait();
    }
    void deliver()
    {
        while (!m_waiting.empty() && m_waiting.front().due.hasExpired()) {
            if (m_to)
                m_to->write(m_waiting.front().bytes);
            m_waiting.pop_front();
        }
        wait();
    }
    void wait()
    {
        if (!m_waiting.empty() && !m_timer.isActive())
            m_timer.start(static_cast<int>(std::max<qint64>(0, m_waiting.front().due.remainingTime())));
    }

    BadLink &m_link;
    QPointer<QTcpSocket> m_from;
    QPointer<QTcpSocket> m_to;
    std::deque<Segment> m_waiting;
    QTimer m_timer;
};

BadLink::BadLink(quint16 target, const Line &line, quint32 seed) : m_target(target), m_random(seed), m_cutTimer(new QTimer(this))
{
    m_cutTimer->setSingleShot(true);
    connect(m_cutTimer, &QTimer::timeout, this, [this] {
        cut();
        planCut();
    });
    if (!listen(QHostAddress::LocalHost))
        qFatal("%s", qPrintable(errorString()));
    connect(this, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *client = nextPendingConnection())
            carry(client);
    });
    setLine(line);
}

BadLink::~BadLink()
{
    close();
    const auto clients = std::exchange(m_clients, {});
    for (QTcpSocket *client : clients)
        client->disconnect(this);
}

void BadLink::setLine(const Line &line)
{
    m_line = line;
    planCut();
}

void BadLink::planCut()
{
    m_cutTimer->stop();
    if (m_line.cutEveryMs > 0)
        m_cutTimer->start(1 + m_random.bounded(2 * m_line.cutEveryMs));
}

void BadLink::cut()
{
    const auto clients = std::exchange(m_clients, {});
    m_cuts += clients.isEmpty() ? 0 : 1;
    for (QTcpSocket *client : clients)
        client->abort();
}

int BadLink::nextDelayMs()
{
    if (m_line.loss >= 1)
        return neverMs;
    int delay = m_line.delayMs;
    for (int again = resendMs; m_random.generateDouble() < m_line.loss; again *= 2) {
        delay += again;
        ++m_lost;
    }
    return delay;
}

void BadLink::carry(QTcpSocket *client)
{
    auto *central = new QTcpSocket(client);
    m_clients += client;
    new Way(*this, client, central); // belong to the sockets they read from
    new Way(*this, central, client);
    connect(central, &QTcpSocket::disconnected, client, &QTcpSocket::disconnectFromHost);
    connect(client, &QTcpSocket::disconnected, this, [this, client] {
        m_clients.removeAll(client);
        client->deleteLater();
    });
    central->connectToHost(QHostAddress::LocalHost, m_target);
}

} // namespace ioc
