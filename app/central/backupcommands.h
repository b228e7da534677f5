// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "centralcommand.h"

namespace ioc {

/// A copy of central while it serves.
CentralCommand backupCommand();
/// A central made of such a copy.
CentralCommand restoreCommand();

} // namespace ioc
