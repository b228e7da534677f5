// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map/mapcamera.h>
#include <map/markeratlas.h>
#include <map/pointsgeometry.h>

#include <QQuickItem>

#include <memory>

namespace ioc {

/// Draws all markers as two geometry nodes. Moving the map only moves a transform; the triangles are made again
/// when the zoom, the clusters or the looks change.
class PointsItem : public QQuickItem
{
    Q_OBJECT

public:
    explicit PointsItem(const MapCamera &camera, QQuickItem *parent = nullptr);

    void setClusters(std::shared_ptr<const ClusterSet> set);
    void setStyle(const MarkerStyle &style);
    const MarkerStyle &style() const { return m_style; }
    /// Told by the owner when the camera moved.
    void viewChanged();

    const std::shared_ptr<const ClusterSet> &clusters() const { return m_set; }
    /// The topmost marker at \a position, or nothing.
    const Cluster *hitTest(QPointF position) const;
    /// The marker that holds the selected point; nothing when it is out of sight.
    const Cluster *selectedCluster() const;
    /// Time spent here since the last call, in nanoseconds: what this product adds to a frame.
    qint64 takeOwnWork() { return std::exchange(m_ownWork, 0); }

protected:
    QSGNode *updatePaintNode(QSGNode *old, UpdatePaintNodeData *) override;
    void itemChange(ItemChange change, const ItemChangeData &data) override;

private:
    class Node;
    void rebuild(Node &node);

    const MapCamera &m_camera;
    std::shared_ptr<const ClusterSet> m_set;
    MarkerStyle m_style;
    MarkerAtlas m_atlas;
    WorldPoint m_anchor; ///< where the triangles' origin is
    double m_builtZoom = -1;
    bool m_stale = true;
    bool m_atlasStale = true;
    qint64 m_ownWork = 0;
};

} // namespace ioc
