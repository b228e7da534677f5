// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "centralcommand.h"

namespace ioc {

/// "person find|export|erase VALUE": what is held about somebody who asks. VALUE "-" is read from standard input.
CentralCommand personCommand();

} // namespace ioc
