// SPDX-License-Identifier: GPL-3.0-or-later
#include "camerastate.h"

#include <algorithm>

namespace ioc {

namespace {

/// Faults that somebody has to mend: asking every second would only burden the camera, or lock an account.
bool needsMending(CameraFault fault)
{
    return fault == CameraFault::NotFound || fault == CameraFault::Unauthorized || fault == CameraFault::NoVideo
           || fault == CameraFault::UnsupportedCodec || fault == CameraFault::BadAddress;
}

} // namespace

CameraStateMachine::CameraStateMachine(const Clock &clock, const CameraTiming &timing) : m_clock(clock), m_timing(timing) {}

CameraAction CameraStateMachine::handle(CameraEvent event, CameraFault fault)
{
    switch (m_state) {
    case CameraState::Idle: return whileIdle(event);
    case CameraState::Connecting: return whileConnecting(event, fault);
    case CameraState::Live: return whileLive(event, fault);
    case CameraState::Stalled: return whileStalled(event, fault);
    case CameraState::Retrying: return whileRetrying(event);
    case CameraState::Paused: return whilePaused(event);
    }
    return CameraAction::None;
}

CameraAction CameraStateMachine::whileIdle(CameraEvent event)
{
    return event == CameraEvent::Show ? connect(CameraAction::Open) : CameraAction::None;
}

CameraAction CameraStateMachine::whileConnecting(CameraEvent event, CameraFault fault)
{
    switch (event) {
    case CameraEvent::Hide: return rest(CameraAction::Close);
    case CameraEvent::Opened:
        m_opened = true;
        enter(CameraState::Connecting, m_timing.pictureMs);
        return CameraAction::None;
    case CameraEvent::Picture: return live();
    case CameraEvent::Failed: return retry(fault);
    case CameraEvent::Deadline: return retry(m_opened ? CameraFault::NoPicture : CameraFault::TimedOut);
    case CameraEvent::Reconnect: return connect(CameraAction::Reopen);
    case CameraEvent::Show: break;
    }
    return CameraAction::None;
}

CameraAction CameraStateMachine::whileLive(CameraEvent event, CameraFault fault)
{
    switch (event) {
    case CameraEvent::Hide:
        enter(CameraState::Paused, m_timing.pauseMs);
        return CameraAction::Mute;
    case CameraEvent::Picture: return live();
    case CameraEvent::Failed: return retry(fault);
    case CameraEvent::Deadline:
        enter(CameraState::Stalled, m_timing.lostMs);
        return CameraAction::None;
    case CameraEvent::Reconnect: return connect(CameraAction::Reopen);
    case CameraEvent::Show:
    case CameraEvent::Opened: break;
    }
    return CameraAction::None;
}

CameraAction CameraStateMachine::whileStalled(CameraEvent event, CameraFault fault)
{
    switch (event) {
    case CameraEvent::Hide: return rest(CameraAction::Close);
    case CameraEvent::Picture: return live();
    case CameraEvent::Failed: return retry(fault);
    case CameraEvent::Deadline: return retry(CameraFault::ConnectionLost);
    case CameraEvent::Reconnect: return connect(CameraAction::Reopen);
    case CameraEvent::Show:
    case CameraEvent::Opened: break;
    }
    return CameraAction::None;
}

CameraAction CameraStateMachine::whileRetrying(CameraEvent event)
{
    switch (event) {
    case CameraEvent::Hide: return rest(CameraAction::None);
    case CameraEvent::Deadline:
    case CameraEvent::Reconnect: return connect(CameraAction::Open);
    default: return CameraAction::None;
    }
}

CameraAction CameraStateMachine::whilePaused(CameraEvent event)
{
    switch (event) {
    case CameraEvent::Show:
        enter(CameraState::Connecting, m_timing.pictureMs);
        return CameraAction::Unmute;
    case CameraEvent::Failed:
    case CameraEvent::Deadline:
    case CameraEvent::Reconnect: return rest(CameraAction::Close);
    default: return CameraAction::None;
    }
}

CameraAction CameraStateMachine::connect(CameraAction how)
{
    m_opened = false;
    m_liveSince = -1;
    enter(CameraState::Connecting, m_timing.connectMs);
    return how;
}

CameraAction CameraStateMachine::live()
{
    if (m_liveSince < 0)
        m_liveSince = m_clock.monotonicMs();
    m_fault = CameraFault::None;
    enter(CameraState::Live, m_timing.stallMs);
    return CameraAction::None;
}

CameraAction CameraStateMachine::retry(CameraFault fault)
{
    if (m_liveSince >= 0 && m_clock.monotonicMs() - m_liveSince >= m_timing.steadyMs)
        m_failures = 0;
    m_liveSince = -1;
    m_fault = fault;
    const size_t last = m_timing.waitMs.size() - 1;
    const size_t step = needsMending(fault) ? std::max<size_t>(m_failures, 3) : m_failures;
    enter(CameraState::Retrying, m_timing.waitMs[std::min(step, last)]);
    m_failures = std::min(m_failures + 1, last);
    return CameraAction::Close;
}

CameraAction CameraStateMachine::rest(CameraAction how)
{
    m_state = CameraState::Idle;
    m_deadline = -1;
    m_fault = CameraFault::None;
    m_failures = 0;
    m_liveSince = -1;
    return how;
}

void CameraStateMachine::enter(CameraState state, qint64 forMs)
{
    m_state = state;
    m_deadline = m_clock.monotonicMs() + forMs;
}

} // namespace ioc
