// SPDX-License-Identifier: GPL-3.0-or-later
#include <map/clusterindex.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace ioc {

namespace {

constexpr int placeBits = 31;

quint64 spread(quint32 value)
{
    quint64 v = value;
    v = (v | v << 16) & 0x0000ffff0000ffffULL;
    v = (v | v << 8) & 0x00ff00ff00ff00ffULL;
    v = (v | v << 4) & 0x0f0f0f0f0f0f0f0fULL;
    v = (v | v << 2) & 0x3333333333333333ULL;
    return (v | v << 1) & 0x5555555555555555ULL;
}

quint32 squeeze(quint64 v)
{
    v &= 0x5555555555555555ULL;
    v = (v | v >> 1) & 0x3333333333333333ULL;
    v = (v | v >> 2) & 0x0f0f0f0f0f0f0f0fULL;
    v = (v | v >> 4) & 0x00ff00ff00ff00ffULL;
    v = (v | v >> 8) & 0x0000ffff0000ffffULL;
    return quint32(v | v >> 16);
}

quint64 interleave(quint32 x, quint32 y)
{
    return spread(x) | spread(y) << 1;
}

quint32 quantised(double world)
{
    constexpr double steps = double(1U << placeBits);
    return quint32(std::clamp(world * steps, 0.0, steps - 1));
}

double worldOf(double quantisedValue)
{
    return quantisedValue / double(1U << placeBits);
}

/// Bits of a cell's coordinate. Cells are 64 pixels wide, and smaller near the ground, where a person wants to
/// see single places.
int cellBits(int level)
{
    const int pixelBits = level <= 16 ? 6 : 5;
    return std::clamp(level + 8 - pixelBits, 0, placeBits);
}

constexpr int margin = 3; // a cell's cluster depends on neighbours of neighbours of neighbours
constexpr double reach = 0.8; // centres closer than this many cells become one cluster

} // namespace

struct ClusterIndex::Cell
{
    quint64 prefix = 0;
    quint64 sumX = 0;
    quint64 sumY = 0;
    quint32 minX = ~0U;
    quint32 minY = ~0U;
    quint32 maxX = 0;
    quint32 maxY = 0;
    quint32 count = 0;
    qint64 key = 0;
    std::vector<ClusterShare> shares = {};
    std::span<const Point> run = {};

    double x() const { return double(sumX) / count; }
    double y() const { return double(sumY) / count; }
    bool dominates(const Cell &other) const
    {
        return count != other.count ? count > other.count : prefix < other.prefix;
    }
};

struct ClusterIndex::Cells
{
    int bits = 0;
    quint32 left = 0; ///< cells to be looked at, margin included
    quint32 top = 0;
    quint32 right = 0;
    quint32 bottom = 0;
    quint32 innerLeft = 0; ///< cells whose clusters are wanted
    quint32 innerTop = 0;
    quint32 innerRight = 0;
    quint32 innerBottom = 0;
    std::vector<Cell> list;
    std::unordered_map<quint64, quint32> at;

    bool isWanted(const Cell &cell) const
    {
        const quint32 x = squeeze(cell.prefix);
        const quint32 y = squeeze(cell.prefix >> 1);
        return x >= innerLeft && x <= innerRight && y >= innerTop && y <= innerBottom;
    }

    /// Calls \a visit with every cell next to \a cell whose centre is within reach, and the squared distance.
    template <typename Visit>
    void nearby(const Cell &cell, Visit visit) const
    {
        const double limit = reach * double(1ULL << (placeBits - bits));
        const qint64 x = squeeze(cell.prefix);
        const qint64 y = squeeze(cell.prefix >> 1);
        const qint64 last = (qint64(1) << bits) - 1;
        for (qint64 ny = std::max<qint64>(0, y - 1); ny <= std::min(last, y + 1); ++ny) {
            for (qint64 nx = std::max<qint64>(0, x - 1); nx <= std::min(last, x + 1); ++nx) {
                const auto found = at.find(interleave(quint32(nx), quint32(ny)));
                if (found == at.end() || (nx == x && ny == y))
                    continue;
                const Cell &other = list[found->second];
                const double dx = other.x() - cell.x();
                const double dy = other.y() - cell.y();
                if (dx * dx + dy * dy < limit * limit)
                    visit(found->second, dx * dx + dy * dy);
            }
        }
    }

    bool isRoot(const Cell &cell) const
    {
        bool root = true;
        nearby(cell, [&](quint32 other, double) { root = root && !list[other].dominates(cell); });
        return root;
    }

    /// For each cell the cell whose cluster it belongs to: itself, or the nearest root that dominates it. The rule looks
    /// only at neighbours, so the answer does not depend on what part of the world was asked for.
    std::vector<quint32> roots() const
    {
        std::vector<char> isRootCell(list.size());
        for (size_t i = 0; i < list.size(); ++i)
            isRootCell[i] = isRoot(list[i]);
        std::vector<quint32> result(list.size());
        for (size_t i = 0; i < list.size(); ++i) {
            result[i] = quint32(i);
            if (isRootCell[i])
                continue;
            double best = std::numeric_limits<double>::max();
            nearby(list[i], [&](quint32 other, double distance) {
                const bool nearer = distance < best || (distance == best && list[other].prefix < list[result[i]].prefix);
                if (isRootCell[other] && nearer) {
                    best = distance;
                    result[i] = other;
                }
            });
        }
        return result;
    }
};

std::optional<ClusterIndex::Point> ClusterIndex::placed(const MapPoint &point)
{
    const bool onGlobe = std::abs(point.lat) <= 90 && std::abs(point.lon) <= 180; // false for NaN too
    if (!onGlobe)
        return {};
    const WorldPoint world = toWorld({point.lat, point.lon});
    return Point{interleave(quantised(world.x), quantised(world.y)), point.key, point.layer, point.tone};
}

bool ClusterIndex::isVisible(quint16 layer) const
{
    return layer >= m_hidden.size() || !m_hidden[layer];
}

void ClusterIndex::setLayerVisible(quint16 layer, bool visible)
{
    if (layer >= m_hidden.size())
        m_hidden.resize(layer + 1);
    m_hidden[layer] = !visible;
}

void ClusterIndex::insert(std::vector<Point> sorted)
{
    const auto middle = std::ptrdiff_t(m_points.size());
    m_points.reserve(m_points.size() + sorted.size());
    m_points.insert(m_points.end(), sorted.begin(), sorted.end());
    std::inplace_merge(m_points.begin(), m_points.begin() + middle, m_points.end());
}

void ClusterIndex::replaceLayer(quint16 layer, std::span<const MapPoint> points)
{
    std::erase_if(m_points, [=](const Point &point) { return point.layer == layer; });
    std::vector<PointChange> changes;
    changes.reserve(points.size());
    for (const MapPoint &point : points) {
        changes.push_back({point, false});
        changes.back().point.layer = layer;
    }
    change(changes);
    m_points.shrink_to_fit();
}

void ClusterIndex::change(std::span<const PointChange> changes)
{
    // The last change of each point, found by sorting positions: no table of all points is kept.
    std::vector<quint32> order(changes.size());
    for (size_t i = 0; i < order.size(); ++i)
        order[i] = quint32(i);
    const auto name = [&](quint32 i) { return std::pair(changes[i].point.layer, changes[i].point.key); };
    std::ranges::stable_sort(order, {}, name);
    std::vector<std::pair<quint16, qint64>> names;
    std::vector<Point> added;
    for (size_t i = 0; i < order.size(); ++i) {
        if (i + 1 < order.size() && name(order[i]) == name(order[i + 1]))
            continue;
        names.push_back(name(order[i]));
        const PointChange &last = changes[order[i]];
        if (const auto point = last.removed ? std::nullopt : placed(last.point))
            added.push_back(*point);
    }
    std::erase_if(m_points, [&](const Point &point) {
        return std::ranges::binary_search(names, std::pair(point.layer, point.key));
    });
    std::ranges::sort(added);
    insert(std::move(added));
}

QList<qsizetype> ClusterIndex::counts(int layers) const
{
    QList<qsizetype> result(layers);
    for (const Point &point : m_points) {
        if (point.layer >= result.size())
            result.resize(point.layer + 1);
        ++result[point.layer];
    }
    return result;
}

std::optional<WorldPoint> ClusterIndex::find(quint16 layer, qint64 key) const
{
    const auto found = std::ranges::find_if(m_points, [=](const Point &p) { return p.key == key && p.layer == layer; });
    if (found == m_points.end())
        return {};
    return WorldPoint{worldOf(squeeze(found->place)), worldOf(squeeze(found->place >> 1))};
}

void ClusterIndex::add(Cells &cells, quint64 prefix, std::span<const Point> run) const
{
    Cell cell{.prefix = prefix, .run = run};
    for (const Point &point : run) {
        if (!isVisible(point.layer))
            continue;
        const quint32 x = squeeze(point.place);
        const quint32 y = squeeze(point.place >> 1);
        ++cell.count;
        cell.sumX += x;
        cell.sumY += y;
        cell.minX = std::min(cell.minX, x);
        cell.minY = std::min(cell.minY, y);
        cell.maxX = std::max(cell.maxX, x);
        cell.maxY = std::max(cell.maxY, y);
        cell.key = point.key;
        const auto share = std::ranges::find_if(cell.shares, [&](const ClusterShare &s) {
            return s.layer == point.layer && s.tone == point.tone;
        });
        if (share != cell.shares.end())
            ++share->count;
        else
            cell.shares.push_back({point.layer, point.tone, 1});
    }
    if (cell.count == 0)
        return;
    cells.at.emplace(prefix, quint32(cells.list.size()));
    cells.list.push_back(std::move(cell));
}

void ClusterIndex::collect(Cells &cells, quint64 prefix, int depth, std::span<const Point> run) const
{
    if (run.empty())
        return;
    const int below = cells.bits - depth;
    const quint64 x = quint64(squeeze(prefix)) << below;
    const quint64 y = quint64(squeeze(prefix >> 1)) << below;
    const quint64 side = 1ULL << below;
    if (x > cells.right || y > cells.bottom || x + side <= cells.left || y + side <= cells.top)
        return;
    if (below == 0) {
        add(cells, prefix, run);
        return;
    }
    const int shift = 2 * (placeBits - depth - 1);
    auto first = run.begin();
    for (quint64 quarter = 0; quarter < 4; ++quarter) {
        const quint64 child = prefix << 2 | quarter;
        const auto last = quarter == 3 ? run.end()
                                       : std::lower_bound(first, run.end(), (child + 1) << shift, [](const Point &p, quint64 place) { return p.place < place; });
        collect(cells, child, depth + 1, {first, last});
        first = last;
    }
}

ClusterIndex::Cells ClusterIndex::cellsOf(int level, const WorldRect &area) const
{
    Cells cells;
    cells.bits = cellBits(level);
    const qint64 last = (qint64(1) << cells.bits) - 1;
    const auto cell = [&](double world) { return std::clamp(qint64(std::floor(world * double(last + 1))), qint64(0), last); };
    cells.innerLeft = quint32(cell(area.left));
    cells.innerTop = quint32(cell(area.top));
    cells.innerRight = quint32(cell(area.right));
    cells.innerBottom = quint32(cell(area.bottom));
    cells.left = quint32(std::max<qint64>(0, qint64(cells.innerLeft) - margin));
    cells.top = quint32(std::max<qint64>(0, qint64(cells.innerTop) - margin));
    cells.right = quint32(std::min(last, qint64(cells.innerRight) + margin));
    cells.bottom = quint32(std::min(last, qint64(cells.innerBottom) + margin));
    collect(cells, 0, 0, m_points);
    return cells;
}

ClusterSet ClusterIndex::clusters(int level, const WorldRect &area) const
{
    ClusterSet set{.level = level, .area = area};
    Cells cells = cellsOf(level, area);
    const std::vector<quint32> roots = cells.roots();
    // Members flow into their roots; who is whose root was settled before.
    for (size_t i = 0; i < roots.size(); ++i) {
        if (roots[i] == i)
            continue;
        const Cell &from = cells.list[i];
        Cell &to = cells.list[roots[i]];
        to.sumX += from.sumX;
        to.sumY += from.sumY;
        to.minX = std::min(to.minX, from.minX);
        to.minY = std::min(to.minY, from.minY);
        to.maxX = std::max(to.maxX, from.maxX);
        to.maxY = std::max(to.maxY, from.maxY);
        to.count += from.count;
        to.shares.insert(to.shares.end(), from.shares.begin(), from.shares.end());
    }
    for (size_t i = 0; i < roots.size(); ++i) {
        Cell &cell = cells.list[i];
        if (roots[i] != i || !cells.isWanted(cell))
            continue;
        std::ranges::sort(cell.shares, {}, [](const ClusterShare &s) { return std::pair(s.layer, s.tone); });
        const quint32 first = quint32(set.shares.size());
        for (const ClusterShare &share : cell.shares) {
            if (set.shares.size() > first && set.shares.back().layer == share.layer && set.shares.back().tone == share.tone)
                set.shares.back().count += share.count;
            else
                set.shares.push_back(share);
        }
        set.clusters.push_back({.id = cell.prefix,
                                .place = {worldOf(cell.x()), worldOf(cell.y())},
                                .low = {worldOf(cell.minX), worldOf(cell.minY)},
                                .high = {worldOf(cell.maxX), worldOf(cell.maxY)},
                                .count = cell.count, .firstShare = first,
                                .shareCount = quint32(set.shares.size()) - first, .key = cell.key});
    }
    return set;
}

std::vector<std::pair<quint16, qint64>> ClusterIndex::members(int level, quint64 id) const
{
    const double side = 1.0 / double(1ULL << cellBits(level));
    const double x = (squeeze(id) + 0.5) * side;
    const double y = (squeeze(id >> 1) + 0.5) * side;
    const Cells cells = cellsOf(level, {x - side, y - side, x + side, y + side});
    const std::vector<quint32> roots = cells.roots();
    std::vector<std::pair<quint16, qint64>> keys;
    for (size_t i = 0; i < roots.size(); ++i) {
        if (cells.list[roots[i]].prefix != id)
            continue;
        for (const Point &point : cells.list[i].run) {
            if (isVisible(point.layer))
                keys.emplace_back(point.layer, point.key);
        }
    }
    return keys;
}

} // namespace ioc
