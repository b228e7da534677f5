// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace ioc {

/// From here on this thread yields to the others: beside busy ones it gets about a seventieth of a processor, alone all of it. There is no way
/// back, so it is for threads of their own. Where the system cannot do that for one thread, nothing changes.
void workInBackground();

} // namespace ioc
