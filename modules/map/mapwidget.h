// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/error.h>
#include <map/mapcard.h>
#include <map/mappoint.h>
#include <map/mapsearch.h>

#include <QFuture>
#include <QGeoCoordinate>
#include <QWidget>

#include <functional>
#include <memory>

namespace ioc {

/// Map packs (MBTiles) by theme, the topmost first: streets, then the base map.
struct MapPacks
{
    QStringList light;
    QStringList dark;
};

/// What the map shows just now.
struct MapStatus
{
    int tilesLoaded = 0;  ///< tiles of the view that have their picture
    int tilesPending = 0; ///< tiles of the view that wait for it
    qint64 pointsTotal = 0; ///< in shown layers
    qint64 pointsDrawn = 0; ///< in the view, each or within a cluster
    int clusters = 0;       ///< markers in the view that stand for several points
    bool idle = false;      ///< everything above is on the screen and nothing moves
    qint64 idleForMs = 0;   ///< since the last frame, tile or cluster; that it was the last is known a little later
};

/// The map with its layers, legend, search, scale and hover card. It knows nothing of records: points have a layer and a
/// key, and what is to be said of them comes from a provider.
class MapWidget : public QWidget
{
    Q_OBJECT

public:
    using CardProvider = std::function<QFuture<MapCard>(const QString &layer, qint64 key)>;

    explicit MapWidget(const MapPacks &packs, QWidget *parent = nullptr);
    ~MapWidget() override;

    void setPacks(const MapPacks &packs);
    void setDark(bool dark);
    /// Layers may be changed at any time; points of a layer whose id stays are kept.
    void setLayers(const QList<MapLayer> &layers);
    QList<MapLayer> layers() const;
    void setLayerVisible(const QString &layer, bool visible);
    /// Colours that points may have instead of their layer's; a point's tone 1 is the first.
    void setTones(const QList<QColor> &tones);

    /// Replaces all points of \a layer. Points of an unknown layer are ignored, here and below.
    void setPoints(const QString &layer, QList<MapPoint> points);
    void upsertPoint(const QString &layer, const MapPoint &point);
    void removePoint(const QString &layer, qint64 key);

    /// The point or cluster's first point at \a position; nothing when there is no marker of one point.
    std::optional<MapPointRef> hitTest(QPointF position) const;
    /// Highlights the point, or the cluster it is in. Empty layer: nothing is highlighted.
    void selectPoint(const QString &layer, qint64 key);
    /// Moves there if the point is known; it is drawn apart from others at that zoom, if at all.
    void focusPoint(const QString &layer, qint64 key, double zoom = 16);
    void flyTo(const QGeoCoordinate &center, double zoom);
    /// What the home button shows. Shown at once when the map has not been moved yet.
    void setHome(const GeoBounds &bounds);
    /// The deepest zoom at which a pack shows something of its own at \a place, and never less than \a least: beyond it the
    /// map is only larger.
    double detailZoom(const QGeoCoordinate &place, double least) const;
    QGeoCoordinate center() const;
    double zoom() const;
    /// Pixel of a position in this widget's coordinates.
    QPointF screenPosition(const QGeoCoordinate &position) const;

    void setCardProvider(CardProvider provider);
    void setSearchProvider(MapSearch::Provider provider);
    void focusSearch();
    void setLegendExpanded(bool expanded);
    /// Without flights every movement is done at once.
    void setFlights(bool on);

    MapStatus status() const;
    /// What is shown about packs that could not be used; empty when all is well.
    QString notice() const;
    /// Time spent in this module's own code on the screen's thread since the last call, in nanoseconds.
    qint64 takeOwnWork();

Q_SIGNALS:
    /// A click or Enter on a point.
    void pointActivated(const QString &layer, qint64 key);
    /// A click on places that cannot be told apart on the map.
    void placesListRequested(const QList<ioc::MapPointRef> &points);
    void emptyPlaceClicked(const QGeoCoordinate &position);
    void viewChanged();
    void layerToggled(const QString &layer, bool visible);
    void idleChanged(bool idle);
    /// New clusters are on their way to the screen.
    void clustersChanged();
    /// A frame was drawn.
    void frameDrawn();
    void packFailed(const ioc::Error &error);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace ioc
