// SPDX-License-Identifier: GPL-3.0-or-later
#include "packjob.h"
#include "renderer.h"
#include "sources.h"
#include "style.h"

#include <mapnik/map.hpp>

using namespace Qt::StringLiterals;

namespace ioc {

namespace {

struct Area
{
    GeoBounds bounds;
    int minZoom;
    int maxZoom;
};

// The world is an overview; the nearer to Viet Nam, the deeper. Each area's deepest zoom is drawn a second time
// without lettering, to be enlarged where somebody goes closer.
constexpr Area areas[] = {
    {{-180, -mercatorLimit, 180, mercatorLimit}, 0, 4},
    {{60, -15, 150, 50}, 5, 6},
    {{92, -2, 122, 26}, 7, 7},
    {{101.6, 6.4, 117.9, 23.6}, 8, 9},
};

QList<RenderJob> jobsFor(const PackRequest &request)
{
    QList<RenderJob> jobs;
    const auto style = [&](const QString &name, int zoom) {
        return mapStyle(name, request.theme, {{u"language"_s, request.language}, {u"zoom"_s, QString::number(zoom)}});
    };
    const QByteArray plain = style(u"plain"_s, 0);
    for (const Area &area : areas) {
        const int deepest = std::min(area.maxZoom, request.maxZoom);
        for (int zoom = std::max(area.minZoom, request.minZoom); zoom <= deepest; ++zoom) {
            const TileRange range = tilesOf(area.bounds, zoom);
            jobs += metatiles(range, TilePackWriter::Kind::Lettered, style(u"basemap"_s, zoom));
            if (zoom == deepest)
                jobs += metatiles(range, TilePackWriter::Kind::Plain, plain);
        }
    }
    return jobs;
}

Result<void> describe(TilePackWriter &writer, const PackRequest &request)
{
    const std::pair<QString, QString> values[] = {
        {u"name"_s, u"Tourism IOC base map"_s}, {u"format"_s, u"png"_s}, {u"type"_s, u"baselayer"_s},
        {u"version"_s, u"1"_s}, {u"bounds"_s, u"-180,-85.0511,180,85.0511"_s}, {u"center"_s, u"107.5,16.2,6"_s},
        {u"minzoom"_s, QString::number(request.minZoom)}, {u"maxzoom"_s, QString::number(request.maxZoom)},
        {u"attribution"_s, u"Natural Earth"_s}, {u"theme"_s, request.theme}, {u"language"_s, request.language}};
    for (const auto &[name, value] : values) {
        if (const auto set = writer.setMetadata(name, value); !set)
            return set;
    }
    return {};
}

} // namespace

Result<void> makeBasemapPack(const PackRequest &request, const std::atomic_bool &stopped)
{
    auto writer = TilePackWriter::create(request.target);
    if (!writer)
        return std::unexpected(writer.error());
    if (const auto described = describe(*writer, request); !described)
        return described;
    Renderer renderer([](mapnik::Map &map) { attachBasemap(map); }, request.threads, stopped);
    if (const auto rendered = renderer.run(jobsFor(request), *writer); !rendered)
        return rendered;
    return writer->finish();
}

} // namespace ioc
