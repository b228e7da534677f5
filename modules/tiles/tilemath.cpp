// SPDX-License-Identifier: GPL-3.0-or-later
#include <tiles/tilemath.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace ioc {

using std::numbers::pi;

WorldPoint toWorld(LatLon position)
{
    const double lat = std::clamp(position.lat, -mercatorLimit, mercatorLimit) * pi / 180;
    const double y = 0.5 - std::asinh(std::tan(lat)) / (2 * pi);
    return {position.lon / 360 + 0.5, std::clamp(y, 0.0, 1.0)};
}

LatLon toLatLon(WorldPoint point)
{
    return {std::atan(std::sinh(pi * (1 - 2 * point.y))) * 180 / pi, (point.x - 0.5) * 360};
}

double worldSize(double zoom)
{
    return tileSize * std::exp2(zoom);
}

double metresPerPixel(double lat, double zoom)
{
    constexpr double equator = 40075016.68557849;
    return equator * std::cos(lat * pi / 180) / worldSize(zoom);
}

TileRange tilesOf(const GeoBounds &bounds, int zoom)
{
    const int last = (1 << zoom) - 1;
    const auto tile = [=](double world) { return std::clamp(int(std::floor(world * (last + 1))), 0, last); };
    const WorldPoint topLeft = toWorld({bounds.north, bounds.west});
    const WorldPoint bottomRight = toWorld({bounds.south, bounds.east});
    return {zoom, tile(topLeft.x), tile(topLeft.y), tile(bottomRight.x), tile(bottomRight.y)};
}

GeoBounds boundsOf(TileId id)
{
    const double side = 1.0 / (1 << id.z);
    const LatLon topLeft = toLatLon({id.x * side, id.y * side});
    const LatLon bottomRight = toLatLon({(id.x + 1) * side, (id.y + 1) * side});
    return {topLeft.lon, bottomRight.lat, bottomRight.lon, topLeft.lat};
}

} // namespace ioc
