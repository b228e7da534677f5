// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map/clusterindex.h>
#include <map/maptheme.h>
#include <map/markeratlas.h>

#include <QPointF>
#include <QSGGeometry>

#include <vector>

namespace ioc {

/// How markers look, whatever their number.
struct MarkerStyle
{
    QList<MapLayer> layers;
    QList<QColor> tones; ///< tone 1 is the first
    MapTheme theme = MapTheme::light();

    QColor colorOf(quint16 layer, quint16 tone) const;
};

/// The count as it is written on a cluster: 1.234 in Vietnamese, 12k from ten thousand on.
QString clusterText(quint32 count);
/// Radius of a marker on the screen, its rim included, in device-independent pixels.
double markerRadius(quint32 count);

/// Triangles of all markers: coloured shapes, and pictures from a MarkerAtlas to be laid over them.
class PointsGeometry
{
public:
    explicit PointsGeometry(const MarkerStyle &style, const MarkerAtlas &atlas);

    void addMarker(QPointF center, const Cluster &cluster, const ClusterSet &set);
    void addHighlight(QPointF center, double radius);

    std::vector<QSGGeometry::ColoredPoint2D> shapes;
    std::vector<quint32> shapeIndexes;
    std::vector<QSGGeometry::TexturedPoint2D> sprites;
    std::vector<quint32> spriteIndexes;

private:
    void addDisc(QPointF center, double radius, QColor color);
    /// \a from and \a to are fractions of a turn, from the top clockwise.
    void addRing(QPointF center, double inner, double outer, QColor color, double from = 0, double to = 1);
    void addSprite(QPointF topLeft, const MarkerAtlas::Sprite &sprite);
    void addText(QPointF center, const QString &text);
    void addShares(QPointF center, double radius, const Cluster &cluster, const ClusterSet &set);
    quint32 vertex(QPointF position, QColor color, double opacity);
    void band(const std::vector<QPointF> &directions, QPointF center, double inner, double innerOpacity, double outer,
              double outerOpacity, QColor color);

    const MarkerStyle &m_style;
    const MarkerAtlas &m_atlas;
};

} // namespace ioc
