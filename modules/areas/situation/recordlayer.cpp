// SPDX-License-Identifier: GPL-3.0-or-later
#include <situation/recordlayer.h>

#include <QCborArray>

namespace ioc {

namespace {
constexpr int againMs = 400;
constexpr qsizetype fewKeys = 500; // more changes than that: the whole layer is read again
} // namespace

RecordLayer::RecordLayer(UiContext &context, const RecordType &type, MapWidget &map, QObject *parent)
    : QObject(parent), m_context(context), m_type(type), m_workflow(context.catalog().workflowOf(type)), m_map(map)
{
    m_again.setSingleShot(true);
    m_again.setInterval(againMs);
    connect(&m_again, &QTimer::timeout, this, &RecordLayer::readAll);
    connect(&context.store, &LocalStore::changed, this, &RecordLayer::storeChanged);
    readAll();
}

Query RecordLayer::query() const
{
    Query query{.type = m_type.name};
    if (m_workflow) {
        Filter open{m_workflow->stateField, Filter::Op::OneOf, {}};
        for (const QString &state : m_workflow->openStates())
            open.values += QCborValue(state);
        query.filters += open;
    }
    return query;
}

void RecordLayer::readAll()
{
    m_context.store.places(query()).then(this, [this](const Result<QList<PlacedRecord>> &places) {
        if (!places)
            return; // the queue and the status bar say what is wrong with the store
        if (m_workflow)
            readLate(*places);
        else
            show(*places, {});
    });
}

void RecordLayer::readLate(const QList<PlacedRecord> &all)
{
    Query late = query();
    late.filters += Filter{QStringLiteral("due_at"), Filter::Op::Below, {QCborValue(m_context.clock.nowMs())}};
    m_context.store.keys(late).then(this, [this, all](const Result<QList<qint64>> &keys) {
        show(all, keys ? QSet<qint64>(keys->begin(), keys->end()) : QSet<qint64>());
    });
}

void RecordLayer::show(const QList<PlacedRecord> &all, const QSet<qint64> &late)
{
    QList<MapPoint> points;
    points.reserve(all.size());
    for (const PlacedRecord &place : all)
        points += MapPoint{.key = place.key, .lat = place.latitude, .lon = place.longitude, .tone = quint16(late.contains(place.key) ? Late : Plain)};
    m_map.setPoints(m_type.name, points);
    m_read = true;
    Q_EMIT read(all);
}

void RecordLayer::storeChanged(const StoreChange &change)
{
    const QList<qint64> changed = change.changed.value(m_type.name);
    const QList<qint64> removed = change.removed.value(m_type.name);
    if (change.everything || changed.size() > fewKeys || removed.size() > fewKeys) {
        m_again.start();
        return;
    }
    for (const qint64 key : removed)
        m_map.removePoint(m_type.name, key);
    if (changed.isEmpty())
        return;
    m_context.store.rows(m_type.name, changed).then(this, [this, changed](const Result<QList<StoredRecord>> &rows) {
        if (rows)
            upsert(*rows, QSet<qint64>(changed.begin(), changed.end()));
    });
}

void RecordLayer::upsert(const QList<StoredRecord> &rows, QSet<qint64> gone)
{
    for (const StoredRecord &row : rows) {
        const QCborArray place = row.record.value(m_type.placeField()->name).toArray();
        const bool shown = place.size() == 2 && (!m_workflow || m_workflow->isOpen(row.record.text(m_workflow->stateField)));
        if (!shown)
            continue;
        gone.remove(row.key);
        const qint64 due = m_workflow ? row.record.integer(QStringLiteral("due_at")) : 0;
        const bool late = due > 0 && due < m_context.clock.nowMs();
        m_map.upsertPoint(m_type.name, {.key = row.key, .lat = place[0].toDouble(), .lon = place[1].toDouble(), .tone = quint16(late ? Late : Plain)});
    }
    for (const qint64 key : std::as_const(gone))
        m_map.removePoint(m_type.name, key);
}

} // namespace ioc
