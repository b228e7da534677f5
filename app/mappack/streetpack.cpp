// SPDX-License-Identifier: GPL-3.0-or-later
#include "osmextract.h"
#include "packjob.h"
#include "renderer.h"
#include "sources.h"
#include "style.h"

#include <mapnik/map.hpp>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace ioc {

namespace {

constexpr int shallowest = 10;
constexpr int deepest = 18;
constexpr int roadClasses = 7;
// Pixels of each road class at zoom 10…18; 0: not drawn.
constexpr double widths[roadClasses][deepest - shallowest + 1] = {
    {1.3, 1.7, 2.3, 3.0, 4.0, 6.0, 9.0, 13.0, 20.0},
    {0.9, 1.3, 1.8, 2.6, 3.6, 5.5, 8.0, 12.0, 18.0},
    {0.0, 0.9, 1.3, 2.0, 3.0, 4.8, 7.5, 11.0, 17.0},
    {0.0, 0.0, 0.9, 1.4, 2.2, 4.0, 6.5, 10.0, 16.0},
    {0.0, 0.0, 0.0, 0.7, 1.2, 2.4, 5.0, 8.5, 14.0},
    {0.0, 0.0, 0.0, 0.0, 0.6, 1.2, 2.6, 5.0, 9.0},
    {0.0, 0.0, 0.0, 0.0, 0.0, 0.7, 1.0, 1.4, 2.0},
};
// From which zoom on a class is drawn with an edge, and carries its name.
constexpr int edged[roadClasses] = {11, 12, 13, 14, 14, 15, 99};
constexpr int named[roadClasses] = {13, 13, 14, 15, 16, 17, 99};

QString shown(bool yes)
{
    return yes ? u"on"_s : u"off"_s;
}

QHash<QString, QString> settingsOf(int zoom)
{
    const int at = std::clamp(zoom, shallowest, deepest) - shallowest;
    QHash<QString, QString> settings{
        {u"zoom"_s, QString::number(zoom)},
        {u"streamWidth"_s, QString::number(zoom >= 16 ? 2.5 : 1.2)}, {u"showStream"_s, shown(zoom >= 14)},
        {u"riverWidth"_s, QString::number(zoom >= 16 ? 4.0 : zoom >= 14 ? 2.5 : 1.3)},
        {u"railWidth"_s, QString::number(zoom >= 15 ? 1.6 : 1.0)}, {u"showRail"_s, shown(zoom >= 12)},
        {u"showBuilding"_s, shown(zoom >= 15)}, {u"showWaterName"_s, shown(zoom >= 13)}, {u"showGreenName"_s, shown(zoom >= 14)},
        {u"roadSize"_s, QString::number(zoom >= 16 ? 11.5 : 10.5)}};
    for (int i = 0; i < roadClasses; ++i) {
        const QString number = QString::number(i + 1);
        const double width = widths[i][at];
        const QString kind = i < 2 ? u"trunk"_s : i < 4 ? u"main"_s : u"street"_s;
        settings.insert(u"width"_s + number, QString::number(width));
        settings.insert(u"edge"_s + number, QString::number(width + (zoom >= 15 ? 1.8 : 1.3)));
        settings.insert(u"show"_s + number, shown(width > 0));
        settings.insert(u"showEdge"_s + number, shown(width > 0 && zoom >= edged[i]));
        settings.insert(u"showName"_s + number, shown(width > 0 && zoom >= named[i]));
        // A line too thin for an edge takes the edge's colour, or it would not be seen on the land.
        settings.insert(u"fill"_s + number, zoom >= edged[i] ? kind : kind + u"Thin"_s);
    }
    return settings;
}

QByteArray styleOf(const QString &theme, int zoom)
{
    // Settings first name palette entries (fillN), so they are put in before the palette is.
    auto settings = settingsOf(zoom);
    for (int i = 1; i <= roadClasses; ++i)
        settings[u"fill%1"_s.arg(i)] = paletteColor(theme, settings.value(u"fill%1"_s.arg(i)));
    return mapStyle(u"streets"_s, theme, settings);
}

Result<void> describe(TilePackWriter &writer, const PackRequest &request, const GeoBounds &bounds)
{
    const auto degrees = [](double value) { return QString::number(value, 'f', 6); };
    const QString box = QStringList{degrees(bounds.west), degrees(bounds.south), degrees(bounds.east), degrees(bounds.north)}.join(u',');
    const QString center = degrees((bounds.west + bounds.east) / 2) + u',' + degrees((bounds.south + bounds.north) / 2) + u",13"_s;
    const std::pair<QString, QString> values[] = {
        {u"name"_s, u"Streets"_s}, {u"format"_s, u"png"_s}, {u"type"_s, u"baselayer"_s}, {u"version"_s, u"1"_s},
        {u"bounds"_s, box}, {u"center"_s, center}, {u"minzoom"_s, QString::number(request.minZoom)},
        {u"maxzoom"_s, QString::number(request.maxZoom)}, {u"attribution"_s, u"© OpenStreetMap contributors"_s},
        {u"theme"_s, request.theme}, {u"language"_s, request.language}};
    for (const auto &[name, value] : values) {
        if (const auto set = writer.setMetadata(name, value); !set)
            return set;
    }
    return {};
}

} // namespace

Result<void> makeStreetPack(const PackRequest &request, const std::atomic_bool &stopped)
{
    const auto extract = OsmExtract::read(request.source, request.language, stopped);
    if (!extract)
        return std::unexpected(extract.error());
    auto writer = TilePackWriter::create(request.target);
    if (!writer)
        return std::unexpected(writer.error());
    if (const auto described = describe(*writer, request, extract->bounds()); !described)
        return described;
    QList<RenderJob> jobs;
    qint64 count = 0;
    for (int zoom = request.minZoom; zoom <= request.maxZoom; ++zoom) {
        const TileRange range = tilesOf(extract->bounds(), zoom);
        count += range.count();
        jobs += metatiles(range, TilePackWriter::Kind::Lettered, styleOf(request.theme, zoom));
    }
    std::fprintf(stderr, "drawing %lld tiles\n", static_cast<long long>(count));
    const auto attach = [&](mapnik::Map &map) {
        attachBasemap(map);
        extract->attach(map);
    };
    if (const auto rendered = Renderer(attach, request.threads, stopped).run(jobs, *writer); !rendered)
        return rendered;
    return writer->finish();
}

} // namespace ioc
