// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "centralcommand.h"

namespace ioc {

/// serve: answers devices until it is told to stop.
CentralCommand serveCommand();

} // namespace ioc
