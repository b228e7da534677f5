// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map/mapwidget.h>
#include <ui/uicontext.h>

#include <QObject>
#include <QTimer>

namespace ioc {

/// Keeps one layer of the map as the store has it: all records of a type with a place. Of records with a workflow only those
/// that are still somebody's work are shown, in the colour of their deadline.
class RecordLayer : public QObject
{
    Q_OBJECT

public:
    /// Tones that points may have, in the order given to MapWidget::setTones().
    enum PointTone : quint16 { Plain = 0, Late = 1 };

    RecordLayer(UiContext &context, const RecordType &type, MapWidget &map, QObject *parent);

    [[nodiscard]] const RecordType &type() const { return m_type; }
    /// Whether the layer's points were read.
    [[nodiscard]] bool isRead() const { return m_read; }

Q_SIGNALS:
    void read(const QList<ioc::PlacedRecord> &places);

private:
    void readAll();
    void readLate(const QList<PlacedRecord> &all);
    void show(const QList<PlacedRecord> &all, const QSet<qint64> &late);
    void storeChanged(const StoreChange &change);
    void upsert(const QList<StoredRecord> &rows, QSet<qint64> gone);
    [[nodiscard]] Query query() const;

    UiContext &m_context;
    const RecordType &m_type;
    const Workflow *m_workflow;
    MapWidget &m_map;
    QTimer m_again;
    bool m_read = false;
};

} // namespace ioc
