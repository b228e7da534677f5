// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/clock.h>

#include <QTimer>

class QGuiApplication;

namespace ioc {

/// Notices that nobody has touched keyboard, mouse or screen for a while; also a machine that slept meanwhile.
class IdleWatch : public QObject
{
    Q_OBJECT

public:
    IdleWatch(QGuiApplication &app, const Clock &clock, QObject *parent = nullptr);

    void setLimitMs(qint64 limitMs) { m_limitMs = limitMs; }
    /// Begins anew: somebody is here.
    void touch();
    /// Looks now; by itself it does so every few seconds.
    void look();

Q_SIGNALS:
    /// Once, until touch().
    void idle();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    [[nodiscard]] bool isOverdue() const;

    const Clock &m_clock;
    QTimer m_timer;
    qint64 m_limitMs = 15 * 60'000;
    qint64 m_lastMs = 0;          // UTC: goes on while the machine sleeps
    qint64 m_lastMonotonicMs = 0; // does not follow a clock that is set
    bool m_told = false;
    bool m_swallowsKey = false; ///< the press of which the override came already
};

} // namespace ioc
