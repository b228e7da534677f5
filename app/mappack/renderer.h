// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <tiles/tilemath.h>
#include <tiles/tilepackwriter.h>

#include <QByteArray>
#include <QList>

#include <atomic>
#include <functional>

namespace mapnik {
class Map;
}

namespace ioc {

/// Tiles rendered as one picture, so that lettering does not repeat at every tile's edge.
struct RenderJob
{
    TileRange tiles; ///< at most metatileSide × metatileSide
    TilePackWriter::Kind kind = TilePackWriter::Kind::Lettered;
    QByteArray style; ///< Mapnik XML; jobs with equal bytes share one loaded map
};

inline constexpr int metatileSide = 8;

/// Cuts \a range into jobs of whole metatiles.
QList<RenderJob> metatiles(const TileRange &range, TilePackWriter::Kind kind, const QByteArray &style);

/// Renders jobs with Mapnik on some threads and hands their tiles to a writer on the calling thread.
class Renderer
{
public:
    /// Gives a map, loaded from a style, its data; called on the threads that render. May throw Mapnik's exceptions.
    using DataSource = std::function<void(mapnik::Map &)>;

    Renderer(DataSource data, int threads, const std::atomic_bool &stopped);

    /// Finds Mapnik's plug-ins and Noto Sans; \a fontFolder goes before the usual places.
    static Result<void> prepare(const QString &fontFolder);
    /// Progress goes to standard error, when that is a terminal, as percent of jobs. Cancelled when the flag is raised.
    Result<void> run(const QList<RenderJob> &jobs, TilePackWriter &writer);

private:
    DataSource m_data;
    int m_threads;
    const std::atomic_bool &m_stopped;
};

} // namespace ioc
