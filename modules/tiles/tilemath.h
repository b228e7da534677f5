// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTypes>

#include <compare>

namespace ioc {

/// Width and height of a tile in pixels.
inline constexpr int tileSize = 256;
/// The deepest zoom that this program addresses.
inline constexpr int deepestZoom = 22;
/// Web Mercator's edge, in degrees of latitude.
inline constexpr double mercatorLimit = 85.05112877980659;

/// A tile by the usual addressing: x from west, y from north, both below 2^z.
struct TileId
{
    int z = 0;
    int x = 0;
    int y = 0;
    auto operator<=>(const TileId &) const = default;

    bool isValid() const { return z >= 0 && z <= deepestZoom && x >= 0 && y >= 0 && x < (1 << z) && y < (1 << z); }
    /// The tile \a levels above that contains this one; levels ≤ z.
    TileId ancestor(int levels) const { return {z - levels, x >> levels, y >> levels}; }
};

/// A position on the Mercator square: x and y from 0 (west, north) to 1 (east, south).
struct WorldPoint
{
    double x = 0;
    double y = 0;
};

/// A position in degrees, WGS 84.
struct LatLon
{
    double lat = 0;
    double lon = 0;
};

/// Degrees, WGS 84.
struct GeoBounds
{
    double west = -180;
    double south = -mercatorLimit;
    double east = 180;
    double north = mercatorLimit;
};

/// Tiles of one zoom, ends included.
struct TileRange
{
    int z = 0;
    int left = 0;
    int top = 0;
    int right = -1;
    int bottom = -1;

    bool contains(TileId id) const
    {
        return id.z == z && id.x >= left && id.x <= right && id.y >= top && id.y <= bottom;
    }
    qint64 count() const { return right < left || bottom < top ? 0 : qint64(right - left + 1) * (bottom - top + 1); }
};

/// Latitudes beyond Mercator's edge are taken as the edge.
WorldPoint toWorld(LatLon position);
LatLon toLatLon(WorldPoint point);
/// Width of the world in pixels at \a zoom, which may lie between whole levels.
double worldSize(double zoom);
/// Metres on the ground that one pixel covers at \a lat and \a zoom.
double metresPerPixel(double lat, double zoom);
/// The tiles of \a zoom that touch \a bounds.
TileRange tilesOf(const GeoBounds &bounds, int zoom);
GeoBounds boundsOf(TileId id);

} // namespace ioc
