// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "centralcommand.h"

namespace ioc {

/// "person find|export|erase": what is held about somebody who asks.
CentralCommand personCommand();

} // namespace ioc
