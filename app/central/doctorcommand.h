// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "centralcommand.h"

namespace ioc {

/// doctor: looks at everything a deployment needs and says what to do. Fails when there is a fault.
CentralCommand doctorCommand();

} // namespace ioc
