// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/idlewatch.h>

#include <QEvent>
#include <QGuiApplication>

namespace ioc {

namespace {

constexpr int idleLookMs = 5'000;

bool isInput(const QEvent &event)
{
    switch (event.type()) {
    case QEvent::KeyPress:
    case QEvent::ShortcutOverride: // a shortcut's key press never arrives
    case QEvent::MouseButtonPress:
    case QEvent::MouseMove:
    case QEvent::Wheel:
    case QEvent::TouchBegin:
    case QEvent::TouchUpdate:
    case QEvent::TabletPress:
    case QEvent::TabletMove: return event.spontaneous();
    default: return false;
    }
}

} // namespace

IdleWatch::IdleWatch(QGuiApplication &app, const Clock &clock, QObject *parent) : QObject(parent), m_clock(clock)
{
    touch();
    app.installEventFilter(this);
    m_timer.setInterval(idleLookMs);
    connect(&m_timer, &QTimer::timeout, this, &IdleWatch::look);
    m_timer.start();
}

void IdleWatch::touch()
{
    m_lastMs = m_clock.nowMs();
    m_lastMonotonicMs = m_clock.monotonicMs();
    m_told = false;
}

bool IdleWatch::isOverdue() const
{
    return std::max(m_clock.nowMs() - m_lastMs, m_clock.monotonicMs() - m_lastMonotonicMs) >= m_limitMs;
}

void IdleWatch::look()
{
    if (m_told || !isOverdue())
        return;
    m_told = true;
    Q_EMIT idle();
}

bool IdleWatch::eventFilter(QObject *watched, QEvent *event)
{
    if (m_swallowsKey && event->type() == QEvent::KeyPress) {
        m_swallowsKey = false;
        return true;
    }
    if (m_told || !isInput(*event))
        return QObject::eventFilter(watched, event);
    look(); // the first key after waking up is not for what stands on the screen
    if (!m_told) {
        touch();
        return false;
    }
    m_swallowsKey = event->type() == QEvent::ShortcutOverride;
    event->accept(); // and no shortcut
    return true;
}

} // namespace ioc
