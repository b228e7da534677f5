// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "centralcommand.h"

namespace ioc {

/// init: a new central with its own CA, certificate and empty database.
CentralCommand initCommand();

} // namespace ioc
