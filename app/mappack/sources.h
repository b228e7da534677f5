// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace mapnik {
class Map;
}

namespace ioc {

/// Gives the layers "land", "borders" and "labels" of \a map their data from resources/basemap.
/// Mapnik reads them once; all maps share them.
void attachBasemap(mapnik::Map &map);

} // namespace ioc
