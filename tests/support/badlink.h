// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRandomGenerator>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

#include <deque>

namespace ioc {

/// A bad line to central, carrying connections as TCP shows such a line to a program: everything comes late and in order, a lost segment holds
/// up all behind it until it has been sent again, and now and then the line is cut. What happens follows from the seed.
class BadLink : public QTcpServer
{
public:
    struct Line
    {
        int delayMs = 0;      ///< one way
        double loss = 0;      ///< of the segments, each way; 1: a line that is dead and does not say so
        int cutEveryMs = 0;   ///< on average; 0: never
    };
    BadLink(quint16 target, const Line &line, quint32 seed);
    ~BadLink() override;

    /// From now on the line is \a line.
    void setLine(const Line &line);
    /// Ends every connection, as a pulled cable does after a while.
    void cut();
    [[nodiscard]] int lost() const { return m_lost; }
    [[nodiscard]] int cuts() const { return m_cuts; }

private:
    class Way;
    void carry(QTcpSocket *client);
    void planCut();
    /// How long the next segment is under way.
    int nextDelayMs();

    quint16 m_target;
    Line m_line;
    QRandomGenerator m_random;
    QTimer *m_cutTimer;
    QList<QTcpSocket *> m_clients;
    int m_lost = 0;
    int m_cuts = 0;
};

} // namespace ioc
