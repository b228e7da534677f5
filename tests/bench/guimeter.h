// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>
#include <QElapsedTimer>
#include <QEvent>
#include <QThread>

#include <algorithm>
#include <ctime>

namespace ioc::bench {

/// Measures how long our own slots hold the GUI thread: calls queued to it, timers and sockets. Painting, laying out and the
/// map's scene are Qt's work and have figures of their own.
class MeteredApplication final : public QApplication
{
public:
    using QApplication::QApplication;

    struct Hold
    {
        double ms = 0;    ///< by the clock on the wall
        double cpuMs = 0; ///< of these, spent working; the rest is other threads' turn on the cores
        QByteArray receiver;
        int event = 0;
    };

    void setMeasuring(bool on) { m_measuring = on; }
    /// Longest first.
    [[nodiscard]] QList<Hold> longest() const { return m_longest; }

    bool notify(QObject *receiver, QEvent *event) override
    {
        // Events of every thread come through here.
        if (QThread::currentThread() != thread() || !m_measuring || m_inside || !isOwn(receiver, event->type()))
            return QApplication::notify(receiver, event);
        m_inside = true;
        const QByteArray name = receiver->metaObject()->className();
        const int type = event->type();
        const double cpu = threadCpuMs();
        QElapsedTimer timer;
        timer.start();
        const bool taken = QApplication::notify(receiver, event);
        note({double(timer.nsecsElapsed()) / 1e6, threadCpuMs() - cpu, name, type});
        m_inside = false;
        return taken;
    }

private:
    static double threadCpuMs()
    {
        timespec now{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
        return double(now.tv_sec) * 1000 + double(now.tv_nsec) / 1e6;
    }

    static bool isOwn(QObject *receiver, QEvent::Type type)
    {
        if (type != QEvent::MetaCall && type != QEvent::Timer && type != QEvent::SockAct && type != QEvent::DeferredDelete)
            return false;
        return !QByteArrayView(receiver->metaObject()->className()).startsWith("QQuick");
    }

    void note(const Hold &hold)
    {
        if (m_longest.size() == kept && hold.ms <= m_longest.last().ms)
            return;
        m_longest.insert(std::ranges::lower_bound(m_longest, hold.ms, std::greater(), &Hold::ms), hold);
        m_longest.resize(std::min<qsizetype>(m_longest.size(), kept));
    }

    static constexpr qsizetype kept = 8;
    QList<Hold> m_longest;
    bool m_measuring = false;
    bool m_inside = false;
};

} // namespace ioc::bench
