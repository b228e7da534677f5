// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "centralcommand.h"

namespace ioc {

/// audit verify|anchor|export: proof that nothing was changed behind the program's back, and who did what.
CentralCommand auditCommand();

} // namespace ioc
