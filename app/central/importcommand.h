// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "centralcommand.h"

namespace ioc {

/// Imports a CSV file: tourism-ioc-central import --data DIR --type T [--mapping M.json] [--report R.csv] <FILE.csv>
CentralCommand importCommand();

} // namespace ioc
