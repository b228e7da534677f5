// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <tiles/tilemath.h>

#include <QString>

namespace ioc {

/// A position as it is written in the user's language: "10,7769° B 106,7009° Đ".
QString formatCoordinates(LatLon position);
/// A round distance: "500 m", "20 km".
QString formatDistance(double metres);

/// The longest distance of the form 1, 2 or 5 times a power of ten whose bar is no longer than \a pixels, and the bar's
/// length.
struct ScaleStep
{
    double metres = 0;
    double pixels = 0;
};
ScaleStep scaleStep(double metresPerPixel, double pixels);

} // namespace ioc
