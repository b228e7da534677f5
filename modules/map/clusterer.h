// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map/clusterindex.h>

#include <QObject>
#include <QThread>

namespace ioc {

/// Keeps the points on a thread of its own and answers there what clusters to draw, so that the screen's thread
/// never touches a point. One question is under way at a time; of those asked meanwhile only the newest is kept.
class Clusterer : public QObject
{
    Q_OBJECT

public:
    struct Question
    {
        int level = 0;
        WorldRect area;
        std::optional<std::pair<quint16, qint64>> selected;
    };

    explicit Clusterer(QObject *parent = nullptr);
    ~Clusterer() override;

    void setPoints(quint16 layer, QList<MapPoint> points);
    void change(const PointChange &change);
    void setLayerVisible(quint16 layer, bool visible);
    /// Answered by clustered(); answers to what was asked before the points or layers changed are dropped.
    void ask(const Question &question);
    /// Answered by found().
    void find(quint16 layer, qint64 key);
    /// Answered by membersFound().
    void askMembers(int level, quint64 id);
    bool isBusy() const { return m_busy || m_next || !m_changes.empty(); }

Q_SIGNALS:
    void clustered(const std::shared_ptr<const ioc::ClusterSet> &set);
    /// How many points each layer has, by layer number.
    void counted(const QList<qsizetype> &counts);
    void found(quint16 layer, qint64 key, std::optional<ioc::WorldPoint> place);
    void membersFound(const std::vector<std::pair<quint16, qint64>> &members);

private:
    void flush();
    void send(const Question &question);
    void take(const std::shared_ptr<const ClusterSet> &set);

    QThread m_thread;
    QObject *m_worker; ///< lives on m_thread, as m_index does
    std::shared_ptr<ClusterIndex> m_index;
    std::vector<PointChange> m_changes;
    std::optional<Question> m_next;
    quint64 m_generation = 0;
    quint64 m_oldestWanted = 0;
    int m_layers = 0;
    bool m_busy = false;
};

} // namespace ioc
