// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map/clusterer.h>
#include <map/mapcamera.h>
#include <map/mapcanvas.h>
#include <map/maplegend.h>
#include <map/mapoverlay.h>
#include <map/maptheme.h>
#include <map/mapwidget.h>
#include <map/pointsitem.h>
#include <map/tileservice.h>

#include <QElapsedTimer>
#include <QSet>
#include <QTemporaryDir>
#include <QTimer>

namespace ioc {

/// How MapWidget works: its parts and what passes between them.
class MapWidget::Private
{
public:
    Private(MapWidget *widget, const MapPacks &mapPacks);

    void wire();
    void openPacks();
    void packsOpened(const TileService::Opened &opened);
    void applyTheme();
    void layOut();
    void viewMoved();
    void askClusters(bool anyway);
    void takeClusters(const std::shared_ptr<const ClusterSet> &set);
    void restyle();
    int numberOf(const QString &layer) const { return int(ids.indexOf(layer)); }
    MapPointRef refOf(const Cluster &cluster) const;
    void hover(QPointF position);
    void endHover();
    void fetchCard();
    MapCard clusterCard(const Cluster &cluster) const;
    void click(QPointF position);
    void openCluster(const Cluster &cluster);
    std::pair<WorldPoint, double> homeView() const;
    void tellAttribution(bool anew);
    void somethingMoved();
    void settle();
    TileRange visibleTiles() const;
    static quint64 packed(TileId id)
    {
        return quint64(id.z) << 56 | quint64(id.x) << 28 | quint64(id.y);
    }

    MapWidget *q;
    MapPacks packs;
    MapTheme theme = MapTheme::light();
    bool dark = false;
    MapCamera camera;
    Clusterer clusterer;
    TileService tiles;
    QList<TilePackInfo> packInfos; ///< of the packs in use
    QString attributions;          ///< theirs
    bool beyondPacks = false;      ///< the view is closer than any of them has pictures for
    QTemporaryDir tileCache; ///< the plug-in wants a folder; nothing is kept in it
    MapCanvas *canvas;
    PointsItem *points;
    MapSearch *search;
    MapLegend *legend;
    MapInfoBar *info;
    MapZoomBar *zoomBar;
    MapNotice *notice;
    MapCardWidget *card;

    QStringList ids;           ///< layer ids by number; a number once given stays
    QList<MapLayer> byNumber;
    QList<int> rows;           ///< number of each row of the legend
    QList<qsizetype> counts;   ///< points by number
    QList<QColor> tones;
    std::optional<std::pair<quint16, qint64>> selected;
    CardProvider cardProvider;
    QTimer hoverTimer;
    QPointF hoverPosition;
    quint64 hoverId = ~0ULL;
    int hoverTurn = 0;
    GeoBounds home{101.8, 7.8, 117.6, 23.6};
    bool moved = false;        ///< by the user or the program, away from home
    bool goingHome = false;
    double focusZoom = 16;     ///< of the point that is being looked up

    QSet<quint64> loaded;      ///< tiles answered since the packs were opened
    int opening = 0;           ///< setPacks() calls without an answer yet
    QTimer settleTimer;
    QElapsedTimer sinceTile;     ///< while a tile was answered and no frame came since
    QElapsedTimer sinceMoved;    ///< since the last sign that the map is not at rest
    qint64 slowestTile = 0;      ///< ms from a tile's answer to the next frame, on this machine as it is now
    int waitedForTile = 0;
    bool idle = false;
    qint64 ownWork = 0;
};

} // namespace ioc
