// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/clock.h>

#include <array>

namespace ioc {

/// What a camera's stream is doing.
enum class CameraState {
    Idle,       ///< not looked at: no connection
    Connecting, ///< a connection is being made, or made and waiting for its first whole picture
    Live,       ///< pictures arrive
    Stalled,    ///< connected, but no picture for a while
    Retrying,   ///< failed; tries again by itself
    Paused,     ///< hidden a moment ago: connected, nothing is decoded
};

/// Why a stream failed.
enum class CameraFault {
    None,
    BadAddress,       ///< not an address cameras have
    Refused,          ///< nothing listens there
    Unreachable,      ///< no such host, or no way to it
    TimedOut,         ///< connected or not, no answer of a camera's kind
    NotFound,         ///< the camera has no such stream
    Unauthorized,     ///< user or password is wrong
    NoVideo,          ///< a stream without video
    NoPicture,        ///< a video stream, but no whole picture arrives
    Garbage,          ///< the answer or the video makes no sense
    UnsupportedCodec, ///< video that cannot be decoded here
    ConnectionLost,   ///< was connected
};

enum class CameraEvent { Show, Hide, Opened, Picture, Failed, Deadline, Reconnect };

/// What the owner of the connection must do about an event.
enum class CameraAction { None, Open, Close, Reopen, Mute, Unmute };

/// Times of the state machine, milliseconds.
struct CameraTiming
{
    qint64 connectMs = 8'000;  ///< until the camera has described its stream
    qint64 pictureMs = 12'000; ///< from then until the first picture (a key frame can be 10 s away)
    qint64 stallMs = 3'000;    ///< without a picture until Stalled
    qint64 lostMs = 10'000;    ///< Stalled until the connection is given up
    qint64 pauseMs = 30'000;   ///< Paused until the connection is given up
    qint64 steadyMs = 10'000;  ///< Live for so long, and the waits between tries begin anew
    std::array<qint64, 6> waitMs{1'000, 2'000, 4'000, 8'000, 15'000, 30'000}; ///< between tries
};

/// The states of one camera's stream, apart from threads and sockets.
///
///              Show          Hide         Opened       Picture  Failed(f)    Deadline             Reconnect
/// Idle         Connecting +O -            -            -        -            -                    -
/// Connecting   -             Idle +C      Connecting   Live     Retrying +C  Retrying(*) +C       Connecting +R
/// Live         -             Paused +M    -            Live     Retrying +C  Stalled              Connecting +R
/// Stalled      -             Idle +C      -            Live     Retrying +C  Retrying(lost) +C    Connecting +R
/// Retrying     -             Idle         -            -        -            Connecting +O        Connecting +O
/// Paused       Connecting +U -            -            -        Idle +C      Idle +C              Idle +C
///
/// +O open, +C close, +R close and open, +M stop decoding, +U decode again, - nothing happens.
/// (*) TimedOut before Opened, NoPicture after it.
class CameraStateMachine
{
public:
    /// \a clock must outlive the machine.
    explicit CameraStateMachine(const Clock &clock, const CameraTiming &timing = {});

    /// Takes \a event (\a fault with Failed) and says what to do.
    CameraAction handle(CameraEvent event, CameraFault fault = CameraFault::None);

    [[nodiscard]] CameraState state() const { return m_state; }
    /// Why the last try failed; None once pictures arrive.
    [[nodiscard]] CameraFault fault() const { return m_fault; }
    /// Monotonic time at which Deadline is to be reported; -1 for never.
    [[nodiscard]] qint64 deadlineMs() const { return m_deadline; }

private:
    CameraAction whileIdle(CameraEvent event);
    CameraAction whileConnecting(CameraEvent event, CameraFault fault);
    CameraAction whileLive(CameraEvent event, CameraFault fault);
    CameraAction whileStalled(CameraEvent event, CameraFault fault);
    CameraAction whileRetrying(CameraEvent event);
    CameraAction whilePaused(CameraEvent event);

    CameraAction connect(CameraAction how);
    CameraAction live();
    CameraAction retry(CameraFault fault);
    CameraAction rest(CameraAction how);
    void enter(CameraState state, qint64 forMs);

    const Clock &m_clock;
    CameraTiming m_timing;
    CameraState m_state = CameraState::Idle;
    CameraFault m_fault = CameraFault::None;
    qint64 m_deadline = -1;
    qint64 m_liveSince = -1;
    size_t m_failures = 0; ///< in a row
    bool m_opened = false;
};

} // namespace ioc
