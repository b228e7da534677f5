// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "centralcommand.h"

namespace ioc {

/// Fills a central with demonstration data and accounts, once; or adds fresh complaints to it.
CentralCommand demoCommand();

} // namespace ioc
