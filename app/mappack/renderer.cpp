// SPDX-License-Identifier: GPL-3.0-or-later
#include "renderer.h"

#include <QCoreApplication>
#include <QDir>

#include <mapnik/agg_renderer.hpp>
#include <mapnik/datasource_cache.hpp>
#include <mapnik/debug.hpp>
#include <mapnik/font_engine_freetype.hpp>
#include <mapnik/image.hpp>
#include <mapnik/image_util.hpp>
#include <mapnik/image_view_any.hpp>
#include <mapnik/load_map.hpp>
#include <mapnik/map.hpp>

#include <algorithm>
#include <condition_variable>
#include <cstdio>
#include <deque>
#include <map>
#include <mutex>
#include <thread>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace ioc {

namespace {

struct Tile
{
    TilePackWriter::Kind kind;
    TileId id;
    QByteArray picture;
};

/// What a rendered metatile, or a failure, travels through from the threads to the writer.
struct Exchange
{
    std::mutex mutex;
    std::condition_variable changed;
    std::deque<std::vector<Tile>> done;
    int running = 0;
    QString failure;
    std::atomic_int next = 0;
    std::atomic_bool abandoned = false;
};

// Half the width of Web Mercator's square in metres.
constexpr double mercatorEdge = 20037508.342789244;

mapnik::box2d<double> extentOf(const TileRange &range)
{
    const double side = 2 * mercatorEdge / (1 << range.z);
    return {range.left * side - mercatorEdge, mercatorEdge - (range.bottom + 1) * side,
            (range.right + 1) * side - mercatorEdge, mercatorEdge - range.top * side};
}

/// The one colour of a tile, or nothing when it has several.
std::optional<quint32> onlyColor(const mapnik::image_view_rgba8 &tile)
{
    const quint32 first = tile(0, 0);
    for (size_t y = 0; y < tile.height(); ++y) {
        const auto *row = tile.get_row(y);
        if (std::any_of(row, row + tile.width(), [=](quint32 color) { return color != first; }))
            return {};
    }
    return first;
}

/// Pictures of tiles of one colour. Most of a sea is such, and finding a palette is the slowest part of writing a tile.
using PlainPictures = std::map<quint32, QByteArray>;

QByteArray pictureOf(const mapnik::image_view_rgba8 &tile, PlainPictures &known)
{
    const auto color = onlyColor(tile);
    if (color && known.contains(*color))
        return known.at(*color);
    const std::string png = mapnik::save_to_string(mapnik::image_view_any(tile), "png8:c=96:m=h:z=6");
    const QByteArray picture(png.data(), qsizetype(png.size()));
    if (color)
        known.emplace(*color, picture);
    return picture;
}

std::vector<Tile> render(mapnik::Map &map, const RenderJob &job, PlainPictures &known)
{
    const TileRange &range = job.tiles;
    const int width = (range.right - range.left + 1) * tileSize;
    const int height = (range.bottom - range.top + 1) * tileSize;
    map.resize(width, height);
    map.zoom_to_box(extentOf(range));
    mapnik::image_rgba8 image(width, height);
    mapnik::agg_renderer<mapnik::image_rgba8> renderer(map, image);
    renderer.apply();
    std::vector<Tile> tiles;
    for (int y = range.top; y <= range.bottom; ++y) {
        for (int x = range.left; x <= range.right; ++x) {
            const mapnik::image_view_rgba8 view((x - range.left) * tileSize, (y - range.top) * tileSize, tileSize, tileSize, image);
            tiles.push_back({job.kind, {range.z, x, y}, pictureOf(view, known)});
        }
    }
    return tiles;
}

void renderAll(const QList<RenderJob> &jobs, const Renderer::DataSource &data, Exchange &exchange)
{
    QString failure;
    try {
        std::unique_ptr<mapnik::Map> map;
        QByteArray loaded;
        PlainPictures known;
        for (int i = exchange.next++; i < jobs.size() && !exchange.abandoned; i = exchange.next++) {
            const RenderJob &job = jobs.at(i);
            if (!map || loaded != job.style) {
                map = std::make_unique<mapnik::Map>(tileSize, tileSize);
                mapnik::load_map_string(*map, job.style.toStdString(), true);
                data(*map);
                loaded = job.style;
            }
            auto tiles = render(*map, job, known);
            std::unique_lock lock(exchange.mutex);
            exchange.changed.wait(lock, [&] { return exchange.done.size() < 8 || exchange.abandoned; });
            exchange.done.push_back(std::move(tiles));
            exchange.changed.notify_all();
        }
    } catch (const std::exception &error) {
        failure = QString::fromUtf8(error.what());
    }
    const std::scoped_lock lock(exchange.mutex);
    --exchange.running;
    if (!failure.isEmpty() && exchange.failure.isEmpty())
        exchange.failure = failure;
    exchange.changed.notify_all();
}

/// The next metatile, or nothing when all threads are through.
std::optional<std::vector<Tile>> take(Exchange &exchange)
{
    std::unique_lock lock(exchange.mutex);
    exchange.changed.wait(lock, [&] { return !exchange.done.empty() || exchange.running == 0; });
    if (exchange.done.empty())
        return {};
    std::vector<Tile> tiles = std::move(exchange.done.front());
    exchange.done.pop_front();
    exchange.changed.notify_all();
    return tiles;
}

Result<void> writeTiles(const std::vector<Tile> &tiles, TilePackWriter &writer)
{
    for (const Tile &tile : tiles) {
        if (const auto written = writer.add(tile.kind, tile.id, tile.picture); !written)
            return written;
    }
    return {};
}

} // namespace

QList<RenderJob> metatiles(const TileRange &range, TilePackWriter::Kind kind, const QByteArray &style)
{
    QList<RenderJob> jobs;
    // Aligned to the grid, so that a neighbouring pack of the same style would fit.
    for (int top = range.top / metatileSide * metatileSide; top <= range.bottom; top += metatileSide) {
        for (int left = range.left / metatileSide * metatileSide; left <= range.right; left += metatileSide) {
            const TileRange part{range.z, std::max(left, range.left), std::max(top, range.top),
                                 std::min(left + metatileSide - 1, range.right), std::min(top + metatileSide - 1, range.bottom)};
            jobs.append({part, kind, style});
        }
    }
    return jobs;
}

Renderer::Renderer(DataSource data, int threads, const std::atomic_bool &stopped)
    : m_data(std::move(data))
    , m_threads(threads)
    , m_stopped(stopped)
{
}

Result<void> Renderer::prepare(const QString &fontFolder)
{
    mapnik::logger::instance().set_severity(mapnik::logger::none); // what goes wrong arrives as an exception
    mapnik::datasource_cache::instance().register_datasources(IOC_MAPNIK_PLUGINS);
    const QStringList folders{fontFolder, QCoreApplication::applicationDirPath() + u"/../share/tourism-ioc/fonts"_s,
                              u"/usr/share/fonts/truetype/noto"_s, u"/usr/share/fonts/noto"_s};
    for (const QString &folder : folders) {
        if (folder.isEmpty() || !QFile::exists(folder + u"/NotoSans-Regular.ttf"_s))
            continue;
        for (const QString &face : {u"Regular"_s, u"Bold"_s, u"Italic"_s})
            mapnik::freetype_engine::register_font((folder + u"/NotoSans-"_s + face + u".ttf"_s).toStdString());
        return {};
    }
    return failure(ErrorCode::NotFound,
                   QCoreApplication::translate("ioc::Renderer", "The font Noto Sans is missing. Install it (package "
                                                                "fonts-noto-core) or name its folder with --fonts."));
}

Result<void> Renderer::run(const QList<RenderJob> &jobs, TilePackWriter &writer)
{
    const bool isTerminal = ::isatty(STDERR_FILENO);
    Exchange exchange;
    exchange.running = m_threads;
    Result<void> result;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < m_threads; ++i)
            threads.emplace_back([&] { renderAll(jobs, m_data, exchange); });
        qsizetype written = 0;
        while (const auto tiles = take(exchange)) {
            if (result && m_stopped)
                result = failure(ErrorCode::Cancelled, QCoreApplication::translate("ioc::Renderer", "Stopped. Nothing was kept."));
            if (result)
                result = writeTiles(*tiles, writer);
            if (!result)
                exchange.abandoned = true;
            ++written;
            if (isTerminal)
                std::fprintf(stderr, "\r%3d %%%s", int(100 * written / jobs.size()), written == jobs.size() ? "\n" : "");
        }
    }
    if (result && !exchange.failure.isEmpty())
        return failure(ErrorCode::Internal,
                       QCoreApplication::translate("ioc::Renderer", "The map could not be drawn: %1").arg(exchange.failure),
                       exchange.failure);
    return result;
}

} // namespace ioc
