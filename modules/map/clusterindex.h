// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map/mappoint.h>
#include <tiles/tilemath.h>

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace ioc {

/// How many points of a cluster have one look.
struct ClusterShare
{
    quint16 layer = 0;
    quint16 tone = 0;
    quint32 count = 0;
};

/// One point, or several that lie too close to be told apart at a zoom level.
struct Cluster
{
    quint64 id = 0; ///< names the cluster within its level
    WorldPoint place; ///< mean of its points
    WorldPoint low;   ///< their bounding box
    WorldPoint high;
    quint32 count = 0;
    quint32 firstShare = 0; ///< into ClusterSet::shares, ordered by layer and tone
    quint32 shareCount = 0;
    qint64 key = 0; ///< of the point, where count is 1
};

/// A part of the Mercator square, 0…1.
struct WorldRect
{
    double left = 0;
    double top = 0;
    double right = 1;
    double bottom = 1;

    bool contains(const WorldRect &other) const
    {
        return left <= other.left && top <= other.top && right >= other.right && bottom >= other.bottom;
    }
};

/// The clusters of one level in one part of the world.
struct ClusterSet
{
    int level = 0;
    WorldRect area;
    quint64 generation = 0;
    std::vector<Cluster> clusters = {};
    std::vector<ClusterShare> shares = {};
    std::optional<WorldPoint> selected = {}; ///< where the selected point is
};

/// A point to be put in (replacing the one with its layer and key), or taken out.
struct PointChange
{
    MapPoint point;
    bool removed = false;
};

/// Points in the order of a Z-curve, 24 bytes each: every cell of every zoom level is one run of them, so
/// clusters of what is seen are found without visiting what is not. The same points give the same clusters, however
/// they came in. Belongs to one thread.
class ClusterIndex
{
public:
    /// Replaces all points of \a layer; of equal keys the last one stays.
    void replaceLayer(quint16 layer, std::span<const MapPoint> points);
    /// Later changes of a point win over earlier ones.
    void change(std::span<const PointChange> changes);
    void setLayerVisible(quint16 layer, bool visible);

    qsizetype size() const { return qsizetype(m_points.size()); }
    /// Points of each layer, shown or not, by layer number; the list is at least \a layers long.
    QList<qsizetype> counts(int layers) const;
    std::optional<WorldPoint> find(quint16 layer, qint64 key) const;
    /// Every visible point in \a area is in exactly one cluster.
    ClusterSet clusters(int level, const WorldRect &area) const;
    /// The points (layer and key) of a cluster.
    std::vector<std::pair<quint16, qint64>> members(int level, quint64 id) const;

private:
    struct Point
    {
        quint64 place; ///< x and y, 31 bits each, interleaved
        qint64 key;
        quint16 layer;
        quint16 tone;
        auto operator<=>(const Point &) const = default;
    };
    struct Cell;
    struct Cells;

    static std::optional<Point> placed(const MapPoint &point);
    bool isVisible(quint16 layer) const;
    void insert(std::vector<Point> sorted);
    Cells cellsOf(int level, const WorldRect &area) const;
    void collect(Cells &cells, quint64 prefix, int depth, std::span<const Point> run) const;
    void add(Cells &cells, quint64 prefix, std::span<const Point> run) const;

    std::vector<Point> m_points;
    std::vector<bool> m_hidden;
};

} // namespace ioc
