// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTypes>

namespace ioc {

inline constexpr qint64 hourMs = 3'600'000;
inline constexpr qint64 dayMs = 24 * hourMs;
inline constexpr qint64 zoneMs = 7 * hourMs; ///< What Viet Nam is ahead of UTC, all the year.

} // namespace ioc
