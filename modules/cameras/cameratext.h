// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cameras/camerastate.h>

#include <QString>

namespace ioc {

/// One or two words for a badge, for example "Live".
QString cameraStateText(CameraState state);
/// A sentence that says what happened; empty for None.
QString cameraFaultText(CameraFault fault);
/// A sentence that says what to do about it; empty for None.
QString cameraFaultAdvice(CameraFault fault);

} // namespace ioc
