// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources.h"

#include "style.h"

#include <mapnik/datasource_cache.hpp>
#include <mapnik/layer.hpp>
#include <mapnik/map.hpp>
#include <mapnik/params.hpp>

using namespace Qt::StringLiterals;

namespace ioc {

namespace {

mapnik::datasource_ptr inlineSource(const char *type, const QString &file)
{
    mapnik::parameters parameters;
    parameters["type"] = std::string(type);
    parameters["inline"] = basemapFile(file).toStdString();
    return mapnik::datasource_cache::instance().create(parameters);
}

} // namespace

void attachBasemap(mapnik::Map &map)
{
    // Read-only once made, so the rendering threads may share them.
    static const mapnik::datasource_ptr land = inlineSource("geojson", u"land.geojson"_s);
    static const mapnik::datasource_ptr borders = inlineSource("geojson", u"borders.geojson"_s);
    static const mapnik::datasource_ptr labels = inlineSource("csv", u"labels.csv"_s);
    for (mapnik::layer &layer : map.layers()) {
        if (layer.name() == "land")
            layer.set_datasource(land);
        else if (layer.name() == "borders")
            layer.set_datasource(borders);
        else if (layer.name() == "labels")
            layer.set_datasource(labels);
    }
}

} // namespace ioc
