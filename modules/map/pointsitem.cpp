// SPDX-License-Identifier: GPL-3.0-or-later
#include <map/pointsitem.h>

#include <QElapsedTimer>
#include <QGuiApplication>
#include <QQuickWindow>
#include <QSGGeometryNode>
#include <QSGTextureMaterial>
#include <QSGTransformNode>
#include <QSGVertexColorMaterial>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace ioc {

namespace {

template <typename Vertex>
void fill(QSGGeometryNode &node, const std::vector<Vertex> &vertexes, const std::vector<quint32> &indexes)
{
    QSGGeometry *geometry = node.geometry();
    geometry->allocate(int(vertexes.size()), int(indexes.size()));
    if (!vertexes.empty())
        std::memcpy(geometry->vertexData(), vertexes.data(), vertexes.size() * sizeof(Vertex));
    if (!indexes.empty())
        std::memcpy(geometry->indexData(), indexes.data(), indexes.size() * sizeof(quint32));
    node.markDirty(QSGNode::DirtyGeometry);
}

/// The renderer overlooks a node that was empty when it came and is filled later: an empty one stays outside.
void showWhenFilled(QSGNode &parent, QSGGeometryNode &node)
{
    const bool filled = node.geometry()->vertexCount() > 0;
    if (filled && !node.parent())
        parent.appendChildNode(&node);
    else if (!filled && node.parent())
        parent.removeChildNode(&node);
}

} // namespace

class PointsItem::Node : public QSGTransformNode
{
public:
    Node()
    {
        auto *shapeGeometry = new QSGGeometry(QSGGeometry::defaultAttributes_ColoredPoint2D(), 0, 0, QSGGeometry::UnsignedIntType);
        auto *spriteGeometry = new QSGGeometry(QSGGeometry::defaultAttributes_TexturedPoint2D(), 0, 0, QSGGeometry::UnsignedIntType);
        for (QSGGeometry *geometry : {shapeGeometry, spriteGeometry})
            geometry->setDrawingMode(QSGGeometry::DrawTriangles);
        shapes.setGeometry(shapeGeometry);
        sprites.setGeometry(spriteGeometry);
        auto *shapeMaterial = new QSGVertexColorMaterial;
        shapeMaterial->setFlag(QSGMaterial::Blending); // the edges fade
        shapes.setMaterial(shapeMaterial);
        sprites.setMaterial(new QSGTextureMaterial);
        for (QSGGeometryNode *node : {&shapes, &sprites}) {
            node->setFlags(QSGNode::OwnsGeometry | QSGNode::OwnsMaterial);
            node->setFlag(QSGNode::OwnedByParent, false);
        }
    }

    ~Node() override { removeAllChildNodes(); }

    void setTexture(std::unique_ptr<QSGTexture> newTexture)
    {
        texture = std::move(newTexture);
        auto *material = static_cast<QSGTextureMaterial *>(sprites.material());
        material->setTexture(texture.get());
        material->setFlag(QSGMaterial::Blending);
        sprites.markDirty(QSGNode::DirtyMaterial);
    }

    QSGGeometryNode shapes;
    QSGGeometryNode sprites;
    std::unique_ptr<QSGTexture> texture;
};

PointsItem::PointsItem(const MapCamera &camera, QQuickItem *parent)
    : QQuickItem(parent)
    , m_camera(camera)
{
    setFlag(ItemHasContents);
    setZ(1);
}

void PointsItem::setClusters(std::shared_ptr<const ClusterSet> set)
{
    m_set = std::move(set);
    m_stale = true;
    update();
}

void PointsItem::setStyle(const MarkerStyle &style)
{
    m_style = style;
    m_atlasStale = true;
    m_stale = true;
    update();
}

void PointsItem::viewChanged()
{
    update();
}

void PointsItem::itemChange(ItemChange change, const ItemChangeData &data)
{
    if (change == ItemDevicePixelRatioHasChanged) {
        m_atlasStale = true;
        m_stale = true;
        update();
    }
    QQuickItem::itemChange(change, data);
}

const Cluster *PointsItem::hitTest(QPointF position) const
{
    if (!m_set)
        return nullptr;
    for (auto it = m_set->clusters.rbegin(); it != m_set->clusters.rend(); ++it) {
        const QPointF offset = m_camera.toScreen(it->place) - position;
        const double radius = markerRadius(it->count) + 2; // a little kinder than what is drawn
        if (QPointF::dotProduct(offset, offset) <= radius * radius)
            return &*it;
    }
    return nullptr;
}

const Cluster *PointsItem::selectedCluster() const
{
    if (!m_set || !m_set->selected)
        return nullptr;
    const WorldPoint place = *m_set->selected;
    const Cluster *nearest = nullptr;
    double best = std::numeric_limits<double>::max();
    for (const Cluster &cluster : m_set->clusters) {
        const bool within = place.x >= cluster.low.x && place.x <= cluster.high.x && place.y >= cluster.low.y && place.y <= cluster.high.y;
        const double distance = std::hypot(cluster.place.x - place.x, cluster.place.y - place.y);
        if (within && distance < best) {
            best = distance;
            nearest = &cluster;
        }
    }
    return nearest;
}

void PointsItem::rebuild(Node &node)
{
    m_anchor = m_camera.place();
    m_builtZoom = m_camera.zoom();
    m_stale = false;
    PointsGeometry geometry(m_style, m_atlas);
    if (m_set) {
        const double world = worldSize(m_builtZoom);
        const auto local = [&](WorldPoint p) { return QPointF((p.x - m_anchor.x) * world, (p.y - m_anchor.y) * world); };
        if (const Cluster *selected = selectedCluster())
            geometry.addHighlight(local(selected->place), markerRadius(selected->count));
        for (const Cluster &cluster : m_set->clusters)
            geometry.addMarker(local(cluster.place), cluster, *m_set);
    }
    fill(node.shapes, geometry.shapes, geometry.shapeIndexes);
    fill(node.sprites, geometry.sprites, geometry.spriteIndexes);
    // Pictures lie over shapes, so they are put back after them.
    if (node.sprites.parent())
        node.removeChildNode(&node.sprites);
    showWhenFilled(node, node.shapes);
    showWhenFilled(node, node.sprites);
}

QSGNode *PointsItem::updatePaintNode(QSGNode *old, UpdatePaintNodeData *)
{
    QElapsedTimer timer;
    timer.start();
    auto *node = static_cast<Node *>(old);
    const bool fresh = !node;
    if (fresh)
        node = new Node;
    if (m_atlasStale) {
        QFont font = QGuiApplication::font();
        font.setPixelSize(12);
        font.setWeight(QFont::DemiBold);
        m_atlas = MarkerAtlas(m_style.layers, font, m_style.theme.ink, window()->effectiveDevicePixelRatio());
    }
    if (m_atlasStale || fresh)
        node->setTexture(std::unique_ptr<QSGTexture>(window()->createTextureFromImage(m_atlas.image())));
    m_atlasStale = false;
    if (m_stale || fresh || m_camera.zoom() != m_builtZoom)
        rebuild(*node);
    const QPointF origin = m_camera.toScreen(m_anchor);
    QMatrix4x4 matrix;
    matrix.translate(float(std::round(origin.x())), float(std::round(origin.y())));
    node->setMatrix(matrix);
    m_ownWork += timer.nsecsElapsed();
    return node;
}

} // namespace ioc
