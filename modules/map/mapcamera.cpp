// SPDX-License-Identifier: GPL-3.0-or-later
#include <map/mapcamera.h>

#include <algorithm>
#include <cmath>

namespace ioc {

MapCamera::MapCamera(QObject *parent)
    : QObject(parent)
    , m_center(ioc::toWorld({16.2, 107.5}))
{
}

QGeoCoordinate MapCamera::center() const
{
    const LatLon position = toLatLon(m_center);
    return {position.lat, position.lon};
}

int MapCamera::level() const
{
    return int(std::floor(m_zoom + 0.5));
}

WorldRect MapCamera::visibleArea() const
{
    const double world = worldSize(m_zoom);
    const double halfWidth = m_viewport.width() / 2 / world;
    const double halfHeight = m_viewport.height() / 2 / world;
    return {m_center.x - halfWidth, m_center.y - halfHeight, m_center.x + halfWidth, m_center.y + halfHeight};
}

double MapCamera::clampedZoom(double zoom) const
{
    // The world fills the view, so nothing beside or beyond it has to be drawn.
    const double least = std::log2(std::max({m_viewport.width(), m_viewport.height(), 512.0}) / tileSize);
    return std::clamp(zoom, std::min(least, deepest), deepest);
}

WorldPoint MapCamera::clamped(WorldPoint center, double zoom) const
{
    const double world = worldSize(zoom);
    const double halfWidth = std::min(0.5, m_viewport.width() / 2 / world);
    const double halfHeight = std::min(0.5, m_viewport.height() / 2 / world);
    return {std::clamp(center.x, halfWidth, 1 - halfWidth), std::clamp(center.y, halfHeight, 1 - halfHeight)};
}

void MapCamera::setViewport(QSizeF size)
{
    if (size == m_viewport || size.isEmpty())
        return;
    m_viewport = size;
    setView(m_center, m_zoom);
    Q_EMIT viewChanged();
}

void MapCamera::setView(WorldPoint center, double zoom)
{
    const double newZoom = clampedZoom(zoom);
    WorldPoint newCenter = clamped(center, newZoom);
    if (newZoom == std::floor(newZoom)) { // whole pixels keep the lettering of the tiles sharp
        const double world = worldSize(newZoom);
        newCenter.x = (std::round(newCenter.x * world - m_viewport.width() / 2) + m_viewport.width() / 2) / world;
        newCenter.y = (std::round(newCenter.y * world - m_viewport.height() / 2) + m_viewport.height() / 2) / world;
    }
    if (newZoom == m_zoom && newCenter.x == m_center.x && newCenter.y == m_center.y)
        return;
    m_zoom = newZoom;
    m_center = newCenter;
    Q_EMIT viewChanged();
}

void MapCamera::pan(QPointF pixels)
{
    const double world = worldSize(m_zoom);
    setView({m_center.x - pixels.x() / world, m_center.y - pixels.y() / world}, m_zoom);
}

void MapCamera::zoomAround(QPointF anchor, double zoom)
{
    const double newZoom = clampedZoom(zoom);
    const WorldPoint ground = toWorld(anchor);
    const double world = worldSize(newZoom);
    setView({ground.x - (anchor.x() - m_viewport.width() / 2) / world,
             ground.y - (anchor.y() - m_viewport.height() / 2) / world}, newZoom);
}

std::pair<WorldPoint, double> MapCamera::viewOf(const WorldRect &area, double most) const
{
    constexpr double room = 0.75; // of the viewport; points at its very edge are hard to see
    const double width = std::max(area.right - area.left, 1e-12);
    const double height = std::max(area.bottom - area.top, 1e-12);
    const double zoom = std::log2(std::min(m_viewport.width() * room / width, m_viewport.height() * room / height) / tileSize);
    return {{(area.left + area.right) / 2, (area.top + area.bottom) / 2},
            clampedZoom(std::floor(std::min(zoom, most)))};
}

QPointF MapCamera::toScreen(WorldPoint point) const
{
    const double world = worldSize(m_zoom);
    return {(point.x - m_center.x) * world + m_viewport.width() / 2, (point.y - m_center.y) * world + m_viewport.height() / 2};
}

WorldPoint MapCamera::toWorld(QPointF screen) const
{
    const double world = worldSize(m_zoom);
    return {m_center.x + (screen.x() - m_viewport.width() / 2) / world,
            m_center.y + (screen.y() - m_viewport.height() / 2) / world};
}

void MapCamera::setTiles(const QString &host, const QString &cache)
{
    if (!m_tileHost.isEmpty() && !host.isEmpty()) {
        // The plug-in's parameters are read once: the map is taken down and put up again.
        m_tileHost.clear();
        Q_EMIT tilesChanged();
    }
    m_tileHost = host;
    m_tileCache = cache;
    Q_EMIT tilesChanged();
}

void MapCamera::setBackground(QColor color)
{
    if (color == m_background)
        return;
    m_background = color;
    Q_EMIT backgroundChanged();
}

} // namespace ioc
