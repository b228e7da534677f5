// SPDX-License-Identifier: GPL-3.0-or-later
#include <situation/mappane.h>
#include <situation/recordlayer.h>
#include <ui/personalcover.h>
#include <ui/referencetitles.h>
#include <ui/workspace.h>

#include <QCborArray>
#include <QSettings>
#include <QVBoxLayout>

namespace ioc {

namespace {
constexpr double closeZoom = 16;
constexpr double leastZoom = 11; // where no pack has streets
constexpr int hitsShown = 12;
} // namespace

MapPane::MapPane(UiContext &context, const MapPacks &packs, QWidget *parent)
    : QWidget(parent), m_context(context), m_map(new MapWidget(packs, this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    // The scene is put together with the widgets over it in a window of its own; in the window around it every repaint of
    // anything would upload the whole window: 0.4 s of the start, and a copy of the window in memory.
    m_map->setAttribute(Qt::WA_DontCreateNativeAncestors);
    m_map->setAttribute(Qt::WA_NativeWindow);
    layout->addWidget(m_map);
    m_map->setLayers(layers());
    restyle();
    connect(&context.theme, &Theme::changed, this, &MapPane::restyle);
    m_map->setCardProvider([this](const QString &layer, qint64 key) { return card(layer, key); });
    m_map->setSearchProvider([this](const QString &text) { return search(text); });
    connect(m_map, &MapWidget::pointActivated, this, &MapPane::activate);
    connect(m_map, &MapWidget::placesListRequested, this, [this](const QList<MapPointRef> &points) {
        if (!points.isEmpty())
            activate(points.first().layer, points.first().key);
    });
    const QList<MapLayer> made = m_map->layers();
    for (const MapLayer &layer : made) {
        m_layers += new RecordLayer(context, *context.catalog().type(layer.id), *m_map, this);
        connect(m_layers.last(), &RecordLayer::read, this, [this, id = layer.id](const QList<PlacedRecord> &places) { setHome(id, places); });
    }
    connect(m_map, &MapWidget::layerToggled, this, [](const QString &layer, bool visible) {
        QSettings().setValue(QStringLiteral("map/layers/") + layer, visible);
    });
}

void MapPane::restyle()
{
    m_map->setDark(m_context.theme.isDark());
    m_map->setTones({m_context.theme.colour(Tone::Danger)});
}

// Complaints first: they are what the screen is about.
QList<MapLayer> MapPane::layers() const
{
    QList<MapLayer> layers;
    for (const RecordType *type : m_context.catalog().types()) {
        if (!type->placeField() || type->group == RecordType::Group::System)
            continue;
        const MapLayer layer{.id = type->name,
                             .label = type->plural.in(m_context.language),
                             .color = QColor(type->colour),
                             .icon = m_context.theme.icon(type->icon),
                             .visible = QSettings().value(QStringLiteral("map/layers/") + type->name, true).toBool()};
        if (type->group == RecordType::Group::Operations)
            layers.prepend(layer);
        else
            layers.append(layer);
    }
    return layers;
}

bool MapPane::layersRead() const
{
    return std::ranges::all_of(m_layers, &RecordLayer::isRead);
}

// Home is where most places are: the middle three quarters of them, so that a few far away do not show the whole country.
void MapPane::setHome(const QString &layer, const QList<PlacedRecord> &places)
{
    m_places.insert(layer, places);
    QList<double> latitudes;
    QList<double> longitudes;
    for (const QList<PlacedRecord> &each : std::as_const(m_places)) {
        for (const PlacedRecord &place : each) {
            latitudes += place.latitude;
            longitudes += place.longitude;
        }
    }
    if (latitudes.isEmpty())
        return;
    const qsizetype low = latitudes.size() / 8;
    const qsizetype high = latitudes.size() - 1 - low;
    const auto bounds = [low, high](QList<double> values) {
        std::ranges::nth_element(values, values.begin() + low);
        const double least = values[low];
        std::ranges::nth_element(values, values.begin() + high);
        return std::pair(least, values[high]);
    };
    const auto [south, north] = bounds(latitudes);
    const auto [west, east] = bounds(longitudes);
    m_map->setHome(GeoBounds{.west = west, .south = south, .east = east, .north = north});
}

QFuture<MapCard> MapPane::card(const QString &layer, qint64 key)
{
    return m_context.store.rows(layer, {key}).then(this, [this, layer](const Result<QList<StoredRecord>> &rows) {
        MapCard card;
        const RecordType *type = m_context.catalog().type(layer);
        if (!rows || rows->isEmpty() || !type)
            return card;
        const Record &record = rows->first().record;
        card.title = type->title(record.values, m_context.language);
        card.kind = type->label.in(m_context.language);
        for (const Field &field : type->fields) {
            if (!field.inTable || type->titleExpression.contains(u'{' + field.name + u'}') || card.lines.size() >= 4)
                continue;
            const QString text = field.referenceType.isEmpty() ? coveredText(m_context, *type, field, record.value(field.name))
                                                               : m_context.titles.title(field.referenceType, record.reference(field.name));
            if (!text.isEmpty())
                card.lines += QStringLiteral("%1: %2").arg(field.label.in(m_context.language), text);
        }
        return card;
    });
}

QFuture<QList<MapSearchHit>> MapPane::search(const QString &text)
{
    return m_context.store.search(text, hitsShown, true).then(this, [this](const Result<QList<SearchHit>> &found) {
        QList<MapSearchHit> hits;
        if (!found)
            return hits;
        for (const SearchHit &hit : *found) {
            const RecordType *type = m_context.catalog().type(hit.type);
            const Field *place = type ? type->placeField() : nullptr;
            const QCborArray pair = place ? hit.record.value(place->name).toArray() : QCborArray();
            if (pair.size() != 2)
                continue;
            hits += MapSearchHit{.title = type->title(hit.record.values, m_context.language),
                                 .detail = type->label.in(m_context.language),
                                 .place = {pair[0].toDouble(), pair[1].toDouble()},
                                 .layer = hit.type,
                                 .key = hit.key};
        }
        return hits;
    });
}

void MapPane::activate(const QString &layer, qint64 key)
{
    m_context.store.rows(layer, {key}).then(this, [this, layer](const Result<QList<StoredRecord>> &rows) {
        if (rows && !rows->isEmpty())
            m_context.workspace.selectRecord(layer, rows->first().record.id);
    });
}

void MapPane::show(const StoredRecord &record)
{
    const RecordType *type = m_context.catalog().type(record.record.type);
    const Field *place = type ? type->placeField() : nullptr;
    const QCborArray pair = place ? record.record.value(place->name).toArray() : QCborArray();
    if (pair.size() != 2) {
        m_map->selectPoint({}, 0);
        return;
    }
    m_map->selectPoint(type->name, record.key);
    const QGeoCoordinate at(pair[0].toDouble(), pair[1].toDouble());
    m_map->flyTo(at, std::max(m_map->zoom(), std::min(closeZoom, m_map->detailZoom(at, leastZoom))));
}

} // namespace ioc
