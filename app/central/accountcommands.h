// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "centralcommand.h"

namespace ioc {

/// account add|list|disable|password: who may sign in.
CentralCommand accountCommand();

} // namespace ioc
