// SPDX-License-Identifier: GPL-3.0-or-later
#include "lagmeter.h"

#include <algorithm>
#include <cstdlib>

namespace ioc {

qint64 LagMeter::late(qint64 pictureMs, qint64 arrivalMs)
{
    const qint64 offset = arrivalMs - pictureMs;
    const bool jumped = m_best != none && std::abs(pictureMs - m_lastPicture) > 10'000;
    m_lastPicture = pictureMs;
    if (m_best == none || jumped) {
        m_best = offset;
        m_lastLeak = arrivalMs;
        return 0;
    }
    // A camera whose clock runs slow would look later and later: give a millisecond a second.
    m_best += (arrivalMs - m_lastLeak) / 1000;
    m_lastLeak += (arrivalMs - m_lastLeak) / 1000 * 1000;
    m_best = std::min(m_best, offset);
    return offset - m_best;
}

void LagMeter::reset() { m_best = none; }

} // namespace ioc
