// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map/mapwidget.h>
#include <ui/uicontext.h>

#include <QWidget>

namespace ioc {

class RecordLayer;

/// The map of the operations screen: a layer for each record type with a place, cards, search, selection.
class MapPane : public QWidget
{
    Q_OBJECT

public:
    MapPane(UiContext &context, const MapPacks &packs, QWidget *parent = nullptr);

    [[nodiscard]] MapWidget &map() { return *m_map; }
    /// Moves to \a record and highlights it; nothing happens when it has no place.
    void show(const StoredRecord &record);
    /// Whether every layer was read.
    [[nodiscard]] bool layersRead() const;

private:
    [[nodiscard]] QList<MapLayer> layers() const;
    [[nodiscard]] QFuture<MapCard> card(const QString &layer, qint64 key);
    [[nodiscard]] QFuture<QList<MapSearchHit>> search(const QString &text);
    void activate(const QString &layer, qint64 key);
    void setHome(const QString &layer, const QList<PlacedRecord> &places);
    void restyle();

    UiContext &m_context;
    MapWidget *m_map;
    QList<RecordLayer *> m_layers;
    QHash<QString, QList<PlacedRecord>> m_places; ///< by layer, what the home view is made from
};

} // namespace ioc
