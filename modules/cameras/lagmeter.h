// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTypes>

#include <limits>

namespace ioc {

/// Says how far a stream's pictures are behind the quickest one seen, from when they were taken and when they arrived.
class LagMeter
{
public:
    /// Milliseconds that a picture of time \a pictureMs (the stream's clock) is late when it arrives at
    /// \a arrivalMs (monotonic). A clock that jumps begins anew with 0.
    qint64 late(qint64 pictureMs, qint64 arrivalMs);
    /// Takes the next picture as being on time.
    void reset();

private:
    static constexpr qint64 none = std::numeric_limits<qint64>::max();
    qint64 m_best = none; ///< smallest arrival minus picture time
    qint64 m_lastPicture = 0;
    qint64 m_lastLeak = 0;
};

} // namespace ioc
