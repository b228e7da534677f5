// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace ioc {

class MainWindow;

/// Opens every workspace and every kind of record once; true when all of them came up.
bool selfTest(MainWindow &window);

} // namespace ioc
