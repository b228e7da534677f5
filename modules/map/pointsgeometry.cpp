// SPDX-License-Identifier: GPL-3.0-or-later
#include <map/pointsgeometry.h>

#include <QLocale>

#include <cmath>
#include <numbers>

namespace ioc {

namespace {

constexpr double pointRadius = 12;
constexpr double rim = 1.5;
constexpr double shareWidth = 4.5;
constexpr double feather = 0.6; // half the width of an edge that fades: smooth without multisampling

std::vector<QPointF> directions(double radius, double from, double to)
{
    const int steps = std::max(2, int(std::ceil((to - from) * std::clamp(radius * 1.6, 16.0, 48.0))));
    std::vector<QPointF> result;
    result.reserve(size_t(steps) + 1);
    for (int i = 0; i <= steps; ++i) {
        const double turn = (from + (to - from) * i / steps) * 2 * std::numbers::pi;
        result.emplace_back(std::sin(turn), -std::cos(turn));
    }
    return result;
}

} // namespace

QColor MarkerStyle::colorOf(quint16 layer, quint16 tone) const
{
    if (tone > 0 && tone <= tones.size())
        return tones.at(tone - 1);
    return layer < layers.size() ? layers.at(layer).color : theme.faint;
}

QString clusterText(quint32 count)
{
    const QLocale locale;
    if (count < 10'000)
        return locale.toString(count);
    return locale.toString(count / 1000) + u'k';
}

double markerRadius(quint32 count)
{
    return count == 1 ? pointRadius : 14 + 2.6 * std::log10(double(count)) + rim;
}

PointsGeometry::PointsGeometry(const MarkerStyle &style, const MarkerAtlas &atlas)
    : m_style(style)
    , m_atlas(atlas)
{
}

quint32 PointsGeometry::vertex(QPointF position, QColor color, double opacity)
{
    // The scene graph takes colours multiplied with their opacity.
    const double alpha = color.alphaF() * opacity;
    const auto channel = [=](float value) { return uchar(std::lround(value * alpha * 255)); };
    QSGGeometry::ColoredPoint2D point;
    point.set(float(position.x()), float(position.y()), channel(color.redF()), channel(color.greenF()), channel(color.blueF()),
              uchar(std::lround(alpha * 255)));
    shapes.push_back(point);
    return quint32(shapes.size() - 1);
}

void PointsGeometry::band(const std::vector<QPointF> &around, QPointF center, double inner, double innerOpacity, double outer,
                          double outerOpacity, QColor color)
{
    quint32 lastInner = 0;
    quint32 lastOuter = 0;
    for (size_t i = 0; i < around.size(); ++i) {
        const quint32 atInner = vertex(center + around[i] * inner, color, innerOpacity);
        const quint32 atOuter = vertex(center + around[i] * outer, color, outerOpacity);
        if (i > 0)
            shapeIndexes.insert(shapeIndexes.end(), {lastInner, lastOuter, atOuter, lastInner, atOuter, atInner});
        lastInner = atInner;
        lastOuter = atOuter;
    }
}

void PointsGeometry::addDisc(QPointF center, double radius, QColor color)
{
    const auto around = directions(radius, 0, 1);
    const quint32 middle = vertex(center, color, 1);
    const quint32 first = quint32(shapes.size());
    for (const QPointF &direction : around)
        vertex(center + direction * (radius - feather), color, 1);
    for (quint32 i = 0; i + 1 < around.size(); ++i)
        shapeIndexes.insert(shapeIndexes.end(), {middle, first + i, first + i + 1});
    band(around, center, radius - feather, 1, radius + feather, 0, color);
}

void PointsGeometry::addRing(QPointF center, double inner, double outer, QColor color, double from, double to)
{
    const auto around = directions(outer, from, to);
    band(around, center, inner - feather, 0, inner + feather, 1, color);
    band(around, center, inner + feather, 1, outer - feather, 1, color);
    band(around, center, outer - feather, 1, outer + feather, 0, color);
}

void PointsGeometry::addSprite(QPointF topLeft, const MarkerAtlas::Sprite &sprite)
{
    // On whole pixels, or small letters blur.
    const QPointF corner(std::round(topLeft.x()), std::round(topLeft.y()));
    const quint32 first = quint32(sprites.size());
    for (const QPointF &unit : {QPointF(0, 0), QPointF(1, 0), QPointF(1, 1), QPointF(0, 1)}) {
        QSGGeometry::TexturedPoint2D point;
        point.set(float(corner.x() + unit.x() * sprite.size.width()), float(corner.y() + unit.y() * sprite.size.height()),
                  float(sprite.source.x() + unit.x() * sprite.source.width()), float(sprite.source.y() + unit.y() * sprite.source.height()));
        sprites.push_back(point);
    }
    spriteIndexes.insert(spriteIndexes.end(), {first, first + 1, first + 2, first, first + 2, first + 3});
}

void PointsGeometry::addText(QPointF center, const QString &text)
{
    double x = center.x() - m_atlas.textWidth(text) / 2;
    for (const QChar character : text) {
        const auto sprite = m_atlas.glyph(character);
        if (!sprite.size.isEmpty())
            addSprite({x, center.y() - sprite.size.height() / 2}, sprite);
        x += sprite.advance;
    }
}

void PointsGeometry::addShares(QPointF center, double radius, const Cluster &cluster, const ClusterSet &set)
{
    double from = 0;
    for (quint32 i = 0; i < cluster.shareCount; ++i) {
        const ClusterShare &share = set.shares[cluster.firstShare + i];
        const double to = from + double(share.count) / cluster.count;
        addRing(center, radius - shareWidth, radius, m_style.colorOf(share.layer, share.tone), from, to);
        from = to;
    }
}

void PointsGeometry::addMarker(QPointF center, const Cluster &cluster, const ClusterSet &set)
{
    const double radius = markerRadius(cluster.count);
    addDisc(center, radius, m_style.theme.surface);
    if (cluster.count > 1) {
        addShares(center, radius - rim, cluster, set);
        addText(center, clusterText(cluster.count));
        return;
    }
    const ClusterShare &share = set.shares[cluster.firstShare];
    addDisc(center, radius - rim, m_style.colorOf(share.layer, share.tone));
    const auto icon = m_atlas.icon(share.layer);
    if (!icon.size.isEmpty())
        addSprite(center - QPointF(icon.size.width(), icon.size.height()) / 2, icon);
    else
        addDisc(center, 3, Qt::white);
}

void PointsGeometry::addHighlight(QPointF center, double radius)
{
    QColor glow = m_style.theme.accent;
    glow.setAlphaF(0.22F);
    addDisc(center, radius + 9, glow);
    addRing(center, radius + 1.5, radius + 4.5, m_style.theme.accent);
}

} // namespace ioc
