// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>

namespace ioc {

/// The shortest PIN, in characters.
inline constexpr qsizetype shortestPin = 8;

/// Why \a pin may not let \a login in on one device without central, translated; InvalidInput. It is shorter than a password because it is of no use
/// anywhere else; letters are taken too. Not the login, not all alike, in a row or repeated.
Result<void> checkedPin(const QString &pin, const QString &login);

} // namespace ioc
