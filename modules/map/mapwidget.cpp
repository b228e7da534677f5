// SPDX-License-Identifier: GPL-3.0-or-later
#include <map/mapwidget.h>

#include <map/mapwidget_p.h>

#include <QResizeEvent>

namespace ioc {

MapWidget::MapWidget(const MapPacks &packs, QWidget *parent)
    : QWidget(parent)
    , d(std::make_unique<Private>(this, packs))
{
    setFocusProxy(d->canvas);
    setMinimumSize(240, 180);
}

MapWidget::~MapWidget()
{
    delete d->canvas; // before the camera that it shows
}

void MapWidget::setPacks(const MapPacks &packs)
{
    d->packs = packs;
    d->openPacks();
}

void MapWidget::setDark(bool dark)
{
    if (std::exchange(d->dark, dark) != dark)
        d->applyTheme();
}

void MapWidget::setLayers(const QList<MapLayer> &layers)
{
    for (int number = 0; number < d->ids.size(); ++number)
        d->clusterer.setLayerVisible(quint16(number), false);
    d->rows.clear();
    for (const MapLayer &layer : layers) {
        int number = d->numberOf(layer.id);
        if (number < 0) {
            number = int(d->ids.size());
            d->ids.append(layer.id);
            d->byNumber.append(layer);
        }
        d->byNumber[number] = layer;
        d->rows.append(number);
        d->clusterer.setLayerVisible(quint16(number), layer.visible);
    }
    d->legend->setLayers(layers);
    d->legend->setVisible(!layers.isEmpty());
    QList<qsizetype> byRow;
    for (const int number : std::as_const(d->rows))
        byRow.append(d->counts.value(number));
    d->legend->setCounts(byRow);
    d->restyle();
    d->layOut();
    d->askClusters(true);
}

QList<MapLayer> MapWidget::layers() const
{
    QList<MapLayer> result;
    for (const int number : std::as_const(d->rows))
        result.append(d->byNumber.at(number));
    return result;
}

void MapWidget::setLayerVisible(const QString &layer, bool visible)
{
    const int number = d->numberOf(layer);
    if (number < 0)
        return;
    d->byNumber[number].visible = visible;
    if (const qsizetype row = d->rows.indexOf(number); row >= 0)
        d->legend->setLayerVisible(int(row), visible);
    d->clusterer.setLayerVisible(quint16(number), visible);
    d->askClusters(true);
}

void MapWidget::setTones(const QList<QColor> &tones)
{
    d->tones = tones;
    d->restyle();
}

void MapWidget::setPoints(const QString &layer, QList<MapPoint> points)
{
    if (const int number = d->numberOf(layer); number >= 0)
        d->clusterer.setPoints(quint16(number), std::move(points));
    d->somethingMoved();
}

void MapWidget::upsertPoint(const QString &layer, const MapPoint &point)
{
    const int number = d->numberOf(layer);
    if (number < 0)
        return;
    PointChange change{point, false};
    change.point.layer = quint16(number);
    d->clusterer.change(change);
    d->somethingMoved();
}

void MapWidget::removePoint(const QString &layer, qint64 key)
{
    const int number = d->numberOf(layer);
    if (number < 0)
        return;
    d->clusterer.change({{.key = key, .layer = quint16(number)}, true});
    d->somethingMoved();
}

std::optional<MapPointRef> MapWidget::hitTest(QPointF position) const
{
    const Cluster *cluster = d->points->hitTest(position);
    if (!cluster || cluster->count > 1)
        return {};
    return d->refOf(*cluster);
}

void MapWidget::selectPoint(const QString &layer, qint64 key)
{
    const int number = d->numberOf(layer);
    d->selected.reset();
    if (number >= 0)
        d->selected = std::pair(quint16(number), key);
    d->askClusters(true);
}

void MapWidget::focusPoint(const QString &layer, qint64 key, double zoom)
{
    const int number = d->numberOf(layer);
    if (number < 0)
        return;
    d->focusZoom = zoom;
    d->clusterer.find(quint16(number), key);
}

void MapWidget::flyTo(const QGeoCoordinate &center, double zoom)
{
    if (center.isValid())
        d->canvas->flyTo(toWorld({center.latitude(), center.longitude()}), zoom);
}

double MapWidget::detailZoom(const QGeoCoordinate &place, double least) const
{
    double deepest = least;
    for (const TilePackInfo &info : std::as_const(d->packInfos)) {
        const GeoBounds &bounds = info.bounds;
        const bool inside = place.longitude() >= bounds.west && place.longitude() <= bounds.east && place.latitude() >= bounds.south && place.latitude() <= bounds.north;
        if (inside)
            deepest = std::max(deepest, double(info.maxZoom));
    }
    return deepest;
}

void MapWidget::setHome(const GeoBounds &bounds)
{
    d->home = bounds;
    if (!d->moved) {
        d->goingHome = true;
        const auto [center, zoom] = d->homeView();
        d->canvas->jumpTo(center, zoom);
        d->goingHome = false;
    }
}

QGeoCoordinate MapWidget::center() const
{
    return d->camera.center();
}

double MapWidget::zoom() const
{
    return d->camera.zoom();
}

QPointF MapWidget::screenPosition(const QGeoCoordinate &position) const
{
    return d->camera.toScreen(toWorld({position.latitude(), position.longitude()}));
}

void MapWidget::setCardProvider(CardProvider provider)
{
    d->cardProvider = std::move(provider);
}

void MapWidget::setSearchProvider(MapSearch::Provider provider)
{
    d->search->setProvider(std::move(provider));
}

void MapWidget::focusSearch()
{
    d->search->activate();
}

void MapWidget::setLegendExpanded(bool expanded)
{
    d->legend->setExpanded(expanded);
}

void MapWidget::setFlights(bool on)
{
    d->canvas->setFlights(on);
}

MapStatus MapWidget::status() const
{
    MapStatus status{.idle = d->idle, .idleForMs = d->idle ? d->sinceMoved.elapsed() : 0};
    const TileRange tiles = d->visibleTiles();
    for (int y = tiles.top; y <= tiles.bottom; ++y) {
        for (int x = tiles.left; x <= tiles.right; ++x)
            ++(d->loaded.contains(Private::packed({tiles.z, x, y})) ? status.tilesLoaded : status.tilesPending);
    }
    for (const int number : std::as_const(d->rows)) {
        if (d->byNumber.at(number).visible)
            status.pointsTotal += d->counts.value(number);
    }
    if (const auto &set = d->points->clusters()) {
        const WorldRect area = d->camera.visibleArea();
        for (const Cluster &cluster : set->clusters) {
            if (!area.contains({cluster.place.x, cluster.place.y, cluster.place.x, cluster.place.y}))
                continue;
            status.pointsDrawn += cluster.count;
            status.clusters += cluster.count > 1;
        }
    }
    return status;
}

QString MapWidget::notice() const
{
    return d->notice->isVisibleTo(this) ? d->notice->text() : QString();
}

qint64 MapWidget::takeOwnWork()
{
    return std::exchange(d->ownWork, 0) + d->points->takeOwnWork();
}

void MapWidget::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const bool untouched = !d->moved;
    d->goingHome = true;
    d->layOut();
    d->goingHome = false;
    if (untouched)
        setHome(d->home);
}

} // namespace ioc
