// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>

#include <QString>

#include <atomic>

namespace ioc {

/// What both kinds of pack are asked for.
struct PackRequest
{
    QString source; ///< the OpenStreetMap extract; empty for the base map
    QString target;
    QString theme = QStringLiteral("light");
    QString language = QStringLiteral("vi");
    int minZoom = 0;
    int maxZoom = 9;
    int threads = 1;
};

/// Writes the base map of resources/basemap.
Result<void> makeBasemapPack(const PackRequest &request, const std::atomic_bool &stopped);
/// Writes streets, buildings, water and names of an OpenStreetMap extract (.osm.pbf).
Result<void> makeStreetPack(const PackRequest &request, const std::atomic_bool &stopped);

} // namespace ioc
