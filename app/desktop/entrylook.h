// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace ioc {

/// What the windows of signing in have in common, in pixels.
inline constexpr int entryFieldHeight = 34;
inline constexpr int entryDialogWidth = 480; ///< of one with sentences in it

} // namespace ioc
