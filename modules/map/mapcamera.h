// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map/clusterindex.h>

#include <QGeoCoordinate>
#include <QObject>
#include <QPointF>
#include <QSizeF>

#include <utility>

namespace ioc {

/// What the map looks at: the one object that the QML knows, and the arithmetic between screen and ground. North is
/// up, the view is not tilted, the world does not repeat.
class MapCamera : public QObject
{
    Q_OBJECT
    Q_PROPERTY(QGeoCoordinate center READ center NOTIFY viewChanged)
    Q_PROPERTY(double zoom READ zoom NOTIFY viewChanged)
    Q_PROPERTY(QString tileHost READ tileHost NOTIFY tilesChanged)
    Q_PROPERTY(QString tileCache READ tileCache NOTIFY tilesChanged)
    Q_PROPERTY(QColor background READ background NOTIFY backgroundChanged)

public:
    static constexpr double deepest = 19; ///< QtLocation's own limit for such tiles

    explicit MapCamera(QObject *parent = nullptr);

    QGeoCoordinate center() const;
    double zoom() const { return m_zoom; }
    /// Level of the clusters and of the tiles that fit best.
    int level() const;
    QSizeF viewport() const { return m_viewport; }
    WorldPoint place() const { return m_center; }
    WorldRect visibleArea() const;

    void setViewport(QSizeF size);
    void setView(WorldPoint center, double zoom);
    /// Moves the ground by so many pixels.
    void pan(QPointF pixels);
    /// Zooms, keeping what is under \a anchor (viewport pixels) where it is.
    void zoomAround(QPointF anchor, double zoom);
    /// The view in which all of \a area can be seen, no deeper than \a most.
    std::pair<WorldPoint, double> viewOf(const WorldRect &area, double most) const;
    double clampedZoom(double zoom) const;

    QPointF toScreen(WorldPoint point) const;
    WorldPoint toWorld(QPointF screen) const;

    const QString &tileHost() const { return m_tileHost; }
    const QString &tileCache() const { return m_tileCache; }
    QColor background() const { return m_background; }
    /// An empty \a host takes the tiles off.
    void setTiles(const QString &host, const QString &cache);
    void setBackground(QColor color);

Q_SIGNALS:
    void viewChanged();
    void tilesChanged();
    void backgroundChanged();

private:
    WorldPoint clamped(WorldPoint center, double zoom) const;

    WorldPoint m_center{0.5, 0.5};
    double m_zoom = 5;
    QSizeF m_viewport{800, 600};
    QString m_tileHost;
    QString m_tileCache;
    QColor m_background;
};

} // namespace ioc
