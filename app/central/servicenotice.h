// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace ioc {

/// Tells the service manager that started this program how it is, in the words of sd_notify ("READY=1", "STOPPING=1"). Does nothing
/// where there is none.
void tellServiceManager(const QByteArray &state);

} // namespace ioc
