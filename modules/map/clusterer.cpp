// SPDX-License-Identifier: GPL-3.0-or-later
#include <map/clusterer.h>

#include <algorithm>

namespace ioc {

Clusterer::Clusterer(QObject *parent)
    : QObject(parent)
    , m_worker(new QObject)
    , m_index(std::make_shared<ClusterIndex>())
{
    m_thread.setObjectName(QStringLiteral("map clusters"));
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread.start();
}

Clusterer::~Clusterer()
{
    m_thread.quit();
    m_thread.wait();
}

void Clusterer::setPoints(quint16 layer, QList<MapPoint> points)
{
    flush();
    m_oldestWanted = ++m_generation;
    m_layers = std::max(m_layers, layer + 1);
    QMetaObject::invokeMethod(m_worker, [this, index = m_index, layer, layers = m_layers, points = std::move(points)] {
        index->replaceLayer(layer, points);
        const QList<qsizetype> counts = index->counts(layers);
        QMetaObject::invokeMethod(this, [this, counts] { Q_EMIT counted(counts); });
    });
}

void Clusterer::change(const PointChange &change)
{
    if (m_changes.empty())
        QMetaObject::invokeMethod(this, &Clusterer::flush, Qt::QueuedConnection);
    m_changes.push_back(change);
}

void Clusterer::flush()
{
    if (m_changes.empty())
        return;
    ++m_generation;
    m_layers = std::max(m_layers, int(std::ranges::max(m_changes, {}, [](const PointChange &c) { return c.point.layer; }).point.layer) + 1);
    QMetaObject::invokeMethod(m_worker, [this, index = m_index, layers = m_layers, changes = std::exchange(m_changes, {})] {
        index->change(changes);
        const QList<qsizetype> counts = index->counts(layers);
        QMetaObject::invokeMethod(this, [this, counts] { Q_EMIT counted(counts); });
    });
}

void Clusterer::setLayerVisible(quint16 layer, bool visible)
{
    m_oldestWanted = ++m_generation;
    QMetaObject::invokeMethod(m_worker, [index = m_index, layer, visible] { index->setLayerVisible(layer, visible); });
}

void Clusterer::ask(const Question &question)
{
    if (m_busy)
        m_next = question;
    else
        send(question);
}

void Clusterer::send(const Question &question)
{
    flush();
    m_busy = true;
    QMetaObject::invokeMethod(m_worker, [this, index = m_index, question, generation = m_generation] {
        auto set = std::make_shared<ClusterSet>(index->clusters(question.level, question.area));
        set->generation = generation;
        if (question.selected)
            set->selected = index->find(question.selected->first, question.selected->second);
        QMetaObject::invokeMethod(this, [this, set] { take(set); });
    });
}

void Clusterer::take(const std::shared_ptr<const ClusterSet> &set)
{
    m_busy = false;
    if (const auto next = std::exchange(m_next, std::nullopt))
        send(*next);
    if (set->generation >= m_oldestWanted)
        Q_EMIT clustered(set);
}

void Clusterer::find(quint16 layer, qint64 key)
{
    flush();
    QMetaObject::invokeMethod(m_worker, [this, index = m_index, layer, key] {
        const auto place = index->find(layer, key);
        QMetaObject::invokeMethod(this, [this, layer, key, place] { Q_EMIT found(layer, key, place); });
    });
}

void Clusterer::askMembers(int level, quint64 id)
{
    QMetaObject::invokeMethod(m_worker, [this, index = m_index, level, id] {
        const auto members = index->members(level, id);
        QMetaObject::invokeMethod(this, [this, members] { Q_EMIT membersFound(members); });
    });
}

} // namespace ioc
