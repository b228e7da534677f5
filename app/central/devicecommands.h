// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "centralcommand.h"

namespace ioc {

/// "device list|revoke|restore": the devices that people sign in with.
CentralCommand deviceCommand();
/// "setting list|set": what a deployment decides for all its centrals and devices.
CentralCommand settingCommand();

} // namespace ioc
