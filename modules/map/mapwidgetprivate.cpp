// SPDX-License-Identifier: GPL-3.0-or-later
#include <map/mapwidget_p.h>

#include <map/mapformat.h>

#include <QElapsedTimer>
#include <QLocale>
#include <QQuickItem>
#include <QQuickWindow>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace ioc {

namespace {

constexpr int hoverPause = 160;  // ms the pointer rests before a card is fetched
constexpr int settlePause = 120; // ms without a frame, a tile or new clusters: nothing more is coming
constexpr int longestPause = 1500; // ms, on a machine that takes long from a tile's answer to its frame
constexpr int mostPausesForTile = 8; // a tile that is out of view by now brings no frame
constexpr double spare = 0.35;   // of the view on each side, clustered ahead so that panning waits for nothing
constexpr double stretched = 4;   // levels that a picture can be enlarged by and still tell where one is
constexpr int edge = 10;         // px between panels and the map's edge

WorldRect widened(const WorldRect &area, double share)
{
    const double x = (area.right - area.left) * share;
    const double y = (area.bottom - area.top) * share;
    return {area.left - x, area.top - y, area.right + x, area.bottom + y};
}

/// Adds its lifetime to a sum of nanoseconds.
class WorkClock
{
public:
    explicit WorkClock(qint64 &sum)
        : m_sum(sum)
    {
        m_timer.start();
    }
    ~WorkClock() { m_sum += m_timer.nsecsElapsed(); }
    Q_DISABLE_COPY_MOVE(WorkClock)

private:
    QElapsedTimer m_timer;
    qint64 &m_sum;
};

} // namespace

MapWidget::Private::Private(MapWidget *widget, const MapPacks &mapPacks)
    : q(widget)
    , packs(mapPacks)
    , canvas(new MapCanvas(camera, widget))
    , points(new PointsItem(camera, canvas->rootObject()))
    , search(new MapSearch(widget))
    , legend(new MapLegend(widget))
    , info(new MapInfoBar(widget))
    , zoomBar(new MapZoomBar(widget))
    , notice(new MapNotice(widget))
    , card(new MapCardWidget(widget))
{
    hoverTimer.setSingleShot(true);
    hoverTimer.setInterval(hoverPause);
    settleTimer.setSingleShot(true);
    settleTimer.setInterval(settlePause);
    legend->hide(); // until there are layers
    wire();
    applyTheme();
}

void MapWidget::Private::wire()
{
    connect(&camera, &MapCamera::viewChanged, q, [this] { viewMoved(); });
    connect(&clusterer, &Clusterer::clustered, q, [this](const auto &set) { takeClusters(set); });
    connect(&clusterer, &Clusterer::counted, q, [this](const QList<qsizetype> &newCounts) {
        counts = newCounts;
        QList<qsizetype> byRow;
        for (const int number : std::as_const(rows))
            byRow.append(counts.value(number));
        legend->setCounts(byRow);
        askClusters(true);
    });
    connect(&clusterer, &Clusterer::membersFound, q, [this](const auto &members) {
        QList<MapPointRef> refs;
        for (const auto &[layer, key] : members)
            refs.append({ids.value(layer), key});
        Q_EMIT q->placesListRequested(refs);
    });
    connect(&tiles, &TileService::opened, q, [this](const TileService::Opened &opened) { packsOpened(opened); });
    connect(&tiles, &TileService::answeredTile, q, [this](TileId id) {
        loaded.insert(packed(id));
        waitedForTile = 0;
        if (!sinceTile.isValid())
            sinceTile.start();
        somethingMoved();
    });
    connect(canvas->quickWindow(), &QQuickWindow::afterRendering, q, [this] {
        if (sinceTile.isValid() && sinceTile.elapsed() < longestPause)
            slowestTile = std::max(slowestTile / 2, sinceTile.elapsed()); // of a machine that was busy and is no longer, less and less
        sinceTile.invalidate();
        somethingMoved();
        Q_EMIT q->frameDrawn();
    }, Qt::DirectConnection);
    connect(canvas, &MapCanvas::clicked, q, [this](QPointF position) { click(position); });
    connect(canvas, &MapCanvas::hovered, q, [this](QPointF position) { hover(position); });
    connect(canvas, &MapCanvas::hoverEnded, q, [this] { endHover(); });
    connect(canvas, &MapCanvas::homeRequested, q, [this] {
        const auto [center, zoom] = homeView();
        canvas->flyTo(center, zoom);
    });
    connect(zoomBar, &MapZoomBar::zoomRequested, q, [this](int levels) { canvas->zoomBy(levels); });
    connect(zoomBar, &MapZoomBar::homeRequested, canvas, &MapCanvas::homeRequested);
    connect(legend, &MapLegend::layerToggled, q, [this](int row, bool visible) {
        const QString id = ids.value(rows.value(row));
        q->setLayerVisible(id, visible);
        Q_EMIT q->layerToggled(id, visible);
    });
    for (MapPanel *panel : std::initializer_list<MapPanel *>{legend, search, info})
        connect(panel, &MapPanel::resized, q, [this] { layOut(); });
    connect(search, &MapSearch::left, canvas, [this] { canvas->setFocus(); });
    connect(search, &MapSearch::chosen, q, [this](const MapSearchHit &hit) {
        canvas->setFocus();
        q->flyTo({hit.place.lat, hit.place.lon}, hit.zoom);
        if (!hit.layer.isEmpty())
            Q_EMIT q->pointActivated(hit.layer, hit.key);
    });
    connect(&clusterer, &Clusterer::found, q, [this](quint16, qint64, std::optional<WorldPoint> place) {
        if (!place)
            return;
        const LatLon position = toLatLon(*place);
        q->flyTo({position.lat, position.lon}, std::max(camera.zoom(), focusZoom));
    });
    connect(&hoverTimer, &QTimer::timeout, q, [this] { fetchCard(); });
    connect(&settleTimer, &QTimer::timeout, q, [this] { settle(); });
}

void MapWidget::Private::applyTheme()
{
    theme = dark ? MapTheme::dark() : MapTheme::light();
    camera.setBackground(theme.sea);
    canvas->setClearColor(theme.sea);
    for (MapPanel *panel : std::initializer_list<MapPanel *>{search, legend, info, zoomBar, notice, card})
        panel->setTheme(theme);
    restyle();
    openPacks();
}

void MapWidget::Private::openPacks()
{
    ++opening;
    somethingMoved();
    tiles.setPacks(dark ? packs.dark : packs.light, theme.sea);
}

void MapWidget::Private::packsOpened(const TileService::Opened &opened)
{
    if (--opening > 0)
        return; // these packs are already being replaced
    loaded.clear();
    camera.setTiles(opened.address.toString(), tileCache.filePath(opened.version));
    attributions = opened.attributions.join(u" · "_s);
    packInfos = opened.infos;
    tellAttribution(true);
    QStringList sentences;
    for (const Error &error : opened.failures) {
        sentences.append(error.message);
        Q_EMIT q->packFailed(error);
    }
    notice->setText(sentences.join(u'\n'));
    layOut();
    somethingMoved();
}

// An empty ground says why it is empty.
void MapWidget::Private::tellAttribution(bool anew)
{
    const LatLon place = toLatLon(camera.place());
    const bool beyond = !packInfos.isEmpty() && camera.zoom() > q->detailZoom({place.lat, place.lon}, 0) + stretched;
    if (beyond == beyondPacks && !anew)
        return;
    beyondPacks = beyond;
    info->setAttribution(beyond ? attributions + u" · "_s + MapWidget::tr("no street map of this place") : attributions);
    layOut();
}

void MapWidget::Private::restyle()
{
    points->setStyle({byNumber, tones, theme});
}

void MapWidget::Private::layOut()
{
    const QSize size = q->size();
    canvas->setGeometry(q->rect());
    search->move(edge, edge);
    info->adjustSize();
    info->move(edge, size.height() - info->height() - edge);
    zoomBar->adjustSize();
    legend->fit(size.height() - zoomBar->height() - 3 * edge);
    legend->move(size.width() - legend->width() - edge, edge);
    zoomBar->move(size.width() - zoomBar->width() - edge, size.height() - zoomBar->height() - edge);
    const int left = search->isVisibleTo(q) ? search->geometry().right() + edge : edge;
    const int right = legend->isVisibleTo(q) ? legend->x() - edge : size.width() - edge;
    if (notice->isVisibleTo(q))
        notice->fit(std::clamp(right - left, 200, 620));
    notice->move(left, edge);
}

void MapWidget::Private::viewMoved()
{
    WorkClock clock(ownWork);
    if (!goingHome)
        moved = true;
    points->viewChanged();
    info->setScale(metresPerPixel(toLatLon(camera.place()).lat, camera.zoom()));
    tellAttribution(false);
    card->hide();
    hoverId = ~0ULL;
    askClusters(false);
    somethingMoved();
    Q_EMIT q->viewChanged();
}

void MapWidget::Private::askClusters(bool anyway)
{
    const auto &set = points->clusters();
    const WorldRect visible = camera.visibleArea();
    if (!anyway && set && set->level == camera.level() && set->area.contains(visible))
        return;
    clusterer.ask({camera.level(), widened(visible, spare), selected});
    somethingMoved();
}

void MapWidget::Private::takeClusters(const std::shared_ptr<const ClusterSet> &set)
{
    WorkClock clock(ownWork);
    if (set->level != camera.level())
        return; // the view went on; its own answer is on the way
    points->setClusters(set);
    askClusters(false);
    somethingMoved();
    Q_EMIT q->clustersChanged();
}

MapPointRef MapWidget::Private::refOf(const Cluster &cluster) const
{
    const ClusterShare &share = points->clusters()->shares[cluster.firstShare];
    return {ids.value(share.layer), cluster.key};
}

void MapWidget::Private::hover(QPointF position)
{
    hoverPosition = position;
    info->setCoordinates(formatCoordinates(toLatLon(camera.toWorld(position))));
    const Cluster *cluster = points->hitTest(position);
    const quint64 id = cluster ? cluster->id : ~0ULL;
    if (id == hoverId)
        return;
    hoverId = id;
    ++hoverTurn;
    card->hide();
    canvas->setCursor(cluster ? Qt::PointingHandCursor : Qt::ArrowCursor);
    if (cluster)
        hoverTimer.start();
    else
        hoverTimer.stop();
}

void MapWidget::Private::endHover()
{
    hoverId = ~0ULL;
    ++hoverTurn;
    hoverTimer.stop();
    card->hide();
    info->setCoordinates({});
}

MapCard MapWidget::Private::clusterCard(const Cluster &cluster) const
{
    MapCard text{.title = tr("%n place(s)", nullptr, int(cluster.count)), .kind = {}, .lines = {}};
    const auto &set = *points->clusters();
    QMap<int, quint32> byLayer;
    for (quint32 i = 0; i < cluster.shareCount; ++i)
        byLayer[set.shares[cluster.firstShare + i].layer] += set.shares[cluster.firstShare + i].count;
    for (const auto &[layer, count] : byLayer.asKeyValueRange())
        text.lines.append(tr("%1: %2", "layer and number of places").arg(byNumber.value(layer).label, QLocale().toString(count)));
    return text;
}

void MapWidget::Private::fetchCard()
{
    const Cluster *cluster = points->hitTest(hoverPosition);
    if (!cluster)
        return;
    const QPointF marker = camera.toScreen(cluster->place);
    const double radius = markerRadius(cluster->count);
    if (cluster->count > 1) {
        card->showCard(clusterCard(*cluster), marker, radius);
        return;
    }
    if (!cardProvider)
        return;
    const MapPointRef ref = refOf(*cluster);
    cardProvider(ref.layer, ref.key).then(q, [this, marker, radius, turn = hoverTurn](const MapCard &text) {
        if (turn == hoverTurn && hoverId != ~0ULL && !text.isEmpty())
            card->showCard(text, marker, radius);
    });
}

void MapWidget::Private::click(QPointF position)
{
    card->hide();
    const Cluster *cluster = points->hitTest(position);
    if (!cluster) {
        const LatLon ground = toLatLon(camera.toWorld(position));
        Q_EMIT q->emptyPlaceClicked({ground.lat, ground.lon});
    } else if (cluster->count > 1) {
        openCluster(*cluster);
    } else {
        const MapPointRef ref = refOf(*cluster);
        q->selectPoint(ref.layer, ref.key);
        Q_EMIT q->pointActivated(ref.layer, ref.key);
    }
}

void MapWidget::Private::openCluster(const Cluster &cluster)
{
    const auto [center, zoom] = camera.viewOf({cluster.low.x, cluster.low.y, cluster.high.x, cluster.high.y}, MapCamera::deepest - 1);
    if (camera.zoom() >= MapCamera::deepest - 1) { // as close as it gets: a list tells them apart
        clusterer.askMembers(points->clusters()->level, cluster.id);
        return;
    }
    canvas->flyTo(center, std::max(zoom, std::floor(camera.zoom()) + 1));
}

std::pair<WorldPoint, double> MapWidget::Private::homeView() const
{
    const WorldPoint topLeft = toWorld({home.north, home.west});
    const WorldPoint bottomRight = toWorld({home.south, home.east});
    const double width = bottomRight.x - topLeft.x;
    const double height = bottomRight.y - topLeft.y;
    // viewOf() leaves room around; home is meant to fill the view.
    const WorldRect area{topLeft.x + width / 8, topLeft.y + height / 8, bottomRight.x - width / 8, bottomRight.y - height / 8};
    return camera.viewOf(area, MapCamera::deepest);
}

TileRange MapWidget::Private::visibleTiles() const
{
    // The component shows the tiles of the whole level below, enlarged when the zoom lies between.
    const int level = int(std::floor(camera.zoom() + 0.01));
    const WorldRect area = camera.visibleArea();
    const int last = (1 << level) - 1;
    const auto tile = [=](double world) { return std::clamp(int(std::floor(world * (last + 1))), 0, last); };
    constexpr double hair = 1e-9; // a tile that only touches the view's edge is not asked for
    return {level, tile(area.left + hair), tile(area.top + hair), tile(area.right - hair), tile(area.bottom - hair)};
}

void MapWidget::Private::somethingMoved()
{
    if (std::exchange(idle, false))
        Q_EMIT q->idleChanged(false);
    sinceMoved.start();
    settleTimer.start(std::clamp(static_cast<int>(3 * slowestTile), settlePause, longestPause));
}

void MapWidget::Private::settle()
{
    // The component tells of no tile that it has drawn; but each brings a frame, some time after it was answered.
    if (sinceTile.isValid() && waitedForTile++ < mostPausesForTile) {
        settleTimer.start();
        return;
    }
    const MapStatus now = q->status();
    const auto &set = points->clusters();
    const bool clustered = !clusterer.isBusy()
        && (ids.isEmpty() || (set && set->level == camera.level() && set->area.contains(camera.visibleArea())));
    if (opening > 0 || camera.tileHost().isEmpty() || now.tilesPending > 0 || canvas->isFlying() || !clustered)
        return; // what is missing brings a frame with it, and that starts the timer again
    idle = true;
    Q_EMIT q->idleChanged(true);
}

} // namespace ioc
