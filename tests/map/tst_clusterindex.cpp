// SPDX-License-Identifier: GPL-3.0-or-later
#include <map/clusterindex.h>
#include <map/mapcamera.h>
#include <map/mapformat.h>
#include <map/pointsgeometry.h>
#include <map/tilesource.h>
#include <tiles/tilepackwriter.h>

#include <QBuffer>
#include <QImage>
#include <QLocale>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <limits>
#include <set>

using namespace ioc;
using namespace Qt::StringLiterals;

namespace {

QList<MapPoint> somePoints(int count, quint32 seed)
{
    QRandomGenerator random(seed);
    QList<MapPoint> points;
    for (int i = 0; i < count; ++i) {
        // Dense in the middle, with piles of equal positions, as a city has them.
        const double spread = random.bounded(2) ? 0.02 : 1.5;
        MapPoint point{.key = i, .lat = 10.8 + (random.generateDouble() - 0.5) * spread,
                       .lon = 106.7 + (random.generateDouble() - 0.5) * spread, .layer = 0, .tone = quint16(random.bounded(3))};
        if (i > 0 && random.bounded(10) == 0) {
            point.lat = points.last().lat;
            point.lon = points.last().lon;
        }
        points.append(point);
    }
    return points;
}

bool same(const ClusterSet &a, const ClusterSet &b)
{
    if (a.clusters.size() != b.clusters.size() || a.shares.size() != b.shares.size())
        return false;
    for (size_t i = 0; i < a.clusters.size(); ++i) {
        const Cluster &x = a.clusters[i];
        const Cluster &y = b.clusters[i];
        if (x.id != y.id || x.count != y.count || x.place.x != y.place.x || x.place.y != y.place.y || x.low.x != y.low.x
            || x.high.y != y.high.y || (x.count == 1 && x.key != y.key))
            return false;
    }
    for (size_t i = 0; i < a.shares.size(); ++i) {
        if (a.shares[i].count != b.shares[i].count || a.shares[i].layer != b.shares[i].layer || a.shares[i].tone != b.shares[i].tone)
            return false;
    }
    return true;
}

QByteArray pictureOf(const QImage &image)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

} // namespace

class TestClusterIndex : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyPointOnce_data();
    void everyPointOnce();
    void changesEqualRebuild();
    void viewDoesNotMatter();
    void hiddenLayers();
    void equalKeys();
    void offTheGlobe();
    void markersKeepApart();
    void counts();
    void coordinates();
    void scale();
    void clusterTexts();
    void cameraKeepsAnchor();
    void cameraFitsArea();
    void enlargesShallowerTiles();
    void alwaysAnswers();
};

void TestClusterIndex::everyPointOnce_data()
{
    QTest::addColumn<int>("level");
    for (int level = 0; level <= 19; ++level)
        QTest::addRow("level %d", level) << level;
}

void TestClusterIndex::everyPointOnce()
{
    QFETCH(int, level);
    ClusterIndex index;
    index.replaceLayer(0, somePoints(3000, 1));
    index.replaceLayer(3, somePoints(500, 2));
    const ClusterSet set = index.clusters(level, {});
    std::set<std::pair<quint16, qint64>> seen;
    quint64 total = 0;
    for (const Cluster &cluster : set.clusters) {
        quint32 shares = 0;
        for (quint32 i = 0; i < cluster.shareCount; ++i)
            shares += set.shares[cluster.firstShare + i].count;
        QCOMPARE(shares, cluster.count);
        QVERIFY(cluster.place.x >= cluster.low.x - 1e-9 && cluster.place.x <= cluster.high.x + 1e-9);
        const auto members = index.members(level, cluster.id);
        QCOMPARE(members.size(), size_t(cluster.count));
        for (const auto &member : members)
            QVERIFY2(seen.insert(member).second, "a point is in two clusters");
        total += cluster.count;
    }
    QCOMPARE(total, quint64(3500));
    QCOMPARE(seen.size(), size_t(3500));
}

void TestClusterIndex::changesEqualRebuild()
{
    QRandomGenerator random(7);
    QList<MapPoint> points = somePoints(2000, 3);
    ClusterIndex live;
    live.replaceLayer(0, points);
    for (int round = 0; round < 20; ++round) {
        std::vector<PointChange> changes;
        for (int i = 0; i < 50; ++i) {
            if (random.bounded(3) == 0 && !points.isEmpty()) {
                const qsizetype at = random.bounded(points.size());
                changes.push_back({points.at(at), true});
                points.removeAt(at);
            } else if (random.bounded(2) == 0 && !points.isEmpty()) {
                MapPoint &moved = points[random.bounded(points.size())];
                moved.lat += 0.01;
                moved.tone = 2;
                changes.push_back({moved, false});
            } else {
                const MapPoint fresh{.key = 100000 + round * 100 + i, .lat = 10.7, .lon = 106.6 + i * 0.001, .layer = 0, .tone = 1};
                points.append(fresh);
                changes.push_back({fresh, false});
            }
        }
        live.change(changes);
        ClusterIndex rebuilt;
        rebuilt.replaceLayer(0, points);
        QCOMPARE(live.size(), rebuilt.size());
        for (const int level : {0, 5, 9, 12, 15, 17, 19})
            QVERIFY(same(live.clusters(level, {}), rebuilt.clusters(level, {})));
    }
}

void TestClusterIndex::viewDoesNotMatter()
{
    ClusterIndex index;
    index.replaceLayer(0, somePoints(4000, 5));
    for (const int level : {6, 9, 12, 14}) {
        const ClusterSet whole = index.clusters(level, {});
        const WorldPoint middle = toWorld({10.8, 106.7});
        for (const double half : {0.0003, 0.001, 0.005}) {
            const WorldRect view{middle.x - half, middle.y - half, middle.x + half, middle.y + half};
            const ClusterSet part = index.clusters(level, view);
            for (const Cluster &cluster : part.clusters) {
                const auto twin = std::ranges::find(whole.clusters, cluster.id, &Cluster::id);
                QVERIFY(twin != whole.clusters.end());
                QCOMPARE(twin->count, cluster.count);
                QCOMPARE(twin->place.x, cluster.place.x);
            }
            const auto within = std::ranges::count_if(whole.clusters, [&](const Cluster &c) {
                return view.contains({c.place.x, c.place.y, c.place.x, c.place.y});
            });
            QVERIFY(std::ssize(part.clusters) >= within / 2); // those rooted inside; the rest lies at the rim
        }
    }
}

void TestClusterIndex::hiddenLayers()
{
    ClusterIndex index;
    index.replaceLayer(0, somePoints(100, 1));
    index.replaceLayer(1, somePoints(50, 2));
    index.setLayerVisible(0, false);
    quint32 total = 0;
    for (const Cluster &cluster : index.clusters(8, {}).clusters)
        total += cluster.count;
    QCOMPARE(total, 50U);
    index.setLayerVisible(1, false);
    QVERIFY(index.clusters(8, {}).clusters.empty());
}

void TestClusterIndex::equalKeys()
{
    ClusterIndex index;
    index.replaceLayer(0, QList<MapPoint>{{.key = 1, .lat = 10, .lon = 106}, {.key = 1, .lat = 20, .lon = 106}});
    QCOMPARE(index.size(), 1);
    const auto place = index.find(0, 1);
    QVERIFY(place.has_value());
    QVERIFY(qAbs(toLatLon(*place).lat - 20) < 1e-5);
    const std::vector<PointChange> changes{{{.key = 1, .lat = 11, .lon = 106}, false}, {{.key = 1}, true}, {{.key = 2, .lat = 12, .lon = 106}, false}};
    index.change(changes);
    QVERIFY(!index.find(0, 1).has_value());
    QVERIFY(index.find(0, 2).has_value());
}

void TestClusterIndex::offTheGlobe()
{
    ClusterIndex index;
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const double infinite = std::numeric_limits<double>::infinity();
    index.replaceLayer(0, QList<MapPoint>{{.key = 1, .lat = nan, .lon = 106}, {.key = 2, .lat = 10, .lon = infinite},
                                          {.key = 3, .lat = 91, .lon = 0}, {.key = 4, .lat = 90, .lon = 180}, {.key = 5, .lat = -90, .lon = -180}});
    QCOMPARE(index.size(), 2); // the poles are drawn at the map's edge
    quint32 total = 0;
    for (const Cluster &cluster : index.clusters(10, {}).clusters)
        total += cluster.count;
    QCOMPARE(total, 2U);
}

void TestClusterIndex::markersKeepApart()
{
    ClusterIndex index;
    index.replaceLayer(0, somePoints(5000, 9));
    const ClusterSet set = index.clusters(12, {});
    const double world = worldSize(12);
    int close = 0;
    for (size_t i = 0; i < set.clusters.size(); ++i) {
        for (size_t j = i + 1; j < set.clusters.size(); ++j) {
            const double dx = (set.clusters[i].place.x - set.clusters[j].place.x) * world;
            const double dy = (set.clusters[i].place.y - set.clusters[j].place.y) * world;
            close += dx * dx + dy * dy < 30 * 30;
        }
    }
    QVERIFY2(close * 20 < std::ssize(set.clusters), qPrintable(QString::number(close)));
}

void TestClusterIndex::counts()
{
    ClusterIndex index;
    index.replaceLayer(2, somePoints(10, 1));
    QCOMPARE(index.counts(1), (QList<qsizetype>{0, 0, 10}));
    index.replaceLayer(2, {});
    QCOMPARE(index.counts(3), (QList<qsizetype>{0, 0, 0}));
}

void TestClusterIndex::coordinates()
{
    QLocale::setDefault(QLocale(u"vi_VN"_s));
    QCOMPARE(formatCoordinates({10.77691, 106.70094}), u"10,7769° N 106,7009° E"_s); // letters come with the translation
    QLocale::setDefault(QLocale(u"en_US"_s));
    QCOMPARE(formatCoordinates({-33.9, -70.65}), u"33.9000° S 70.6500° W"_s);
}

void TestClusterIndex::scale()
{
    const ScaleStep step = scaleStep(10, 110);
    QCOMPARE(step.metres, 1000.0);
    QCOMPARE(step.pixels, 100.0);
    QCOMPARE(scaleStep(3, 100).metres, 200.0);
    QCOMPARE(formatDistance(1000), u"1 km"_s);
    QCOMPARE(formatDistance(500), u"500 m"_s);
}

void TestClusterIndex::clusterTexts()
{
    QLocale::setDefault(QLocale(u"vi_VN"_s));
    QCOMPARE(clusterText(12), u"12"_s);
    QCOMPARE(clusterText(1234), u"1.234"_s);
    QCOMPARE(clusterText(12'999), u"12k"_s);
    QCOMPARE(clusterText(1'234'567), u"1.234k"_s);
}

void TestClusterIndex::cameraKeepsAnchor()
{
    MapCamera camera;
    camera.setViewport({1000, 700});
    camera.setView(toWorld({10.776, 106.7}), 10);
    const QPointF anchor(200, 600);
    const WorldPoint before = camera.toWorld(anchor);
    camera.zoomAround(anchor, 14);
    const QPointF after = camera.toScreen(before);
    QVERIFY(qAbs(after.x() - anchor.x()) <= 1 && qAbs(after.y() - anchor.y()) <= 1);
    const double world = worldSize(14);
    const double left = camera.place().x * world - 500;
    QVERIFY(qAbs(left - std::round(left)) < 1e-4); // tiles lie on whole pixels
}

void TestClusterIndex::cameraFitsArea()
{
    MapCamera camera;
    camera.setViewport({1000, 700});
    const WorldPoint a = toWorld({11, 106});
    const WorldPoint b = toWorld({10, 107});
    const auto [center, zoom] = camera.viewOf({a.x, a.y, b.x, b.y}, 18);
    camera.setView(center, zoom);
    QVERIFY(camera.visibleArea().contains({a.x, a.y, b.x, b.y}));
    QCOMPARE(camera.viewOf({0.5, 0.5, 0.5, 0.5}, 18).second, 18.0);
}

void TestClusterIndex::enlargesShallowerTiles()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"a.mbtiles"_s);
    QImage quarters(256, 256, QImage::Format_RGB32);
    for (int y = 0; y < 256; ++y) {
        for (int x = 0; x < 256; ++x)
            quarters.setPixel(x, y, (x < 128) == (y < 128) ? qRgb(200, 0, 0) : qRgb(0, 0, 200));
    }
    auto writer = TilePackWriter::create(path);
    QVERIFY(writer.has_value());
    QVERIFY(writer->setMetadata(u"minzoom"_s, u"0"_s) && writer->setMetadata(u"maxzoom"_s, u"0"_s));
    QVERIFY(writer->add(TilePackWriter::Kind::Lettered, {0, 0, 0}, pictureOf(quarters)).has_value());
    QVERIFY(writer->finish().has_value());
    TileSource source;
    QVERIFY(source.open({path}, Qt::white).isEmpty());
    for (const TileId id : {TileId{1, 0, 0}, TileId{1, 1, 0}, TileId{5, 31, 31}, TileId{5, 0, 31}}) {
        const QImage tile = QImage::fromData(source.tile(id));
        QCOMPARE(tile.size(), QSize(256, 256));
        const bool red = (id.x > (1 << id.z) / 2 - 1) == (id.y > (1 << id.z) / 2 - 1);
        const QRgb middle = tile.pixel(128, 128);
        QVERIFY2((red ? qRed(middle) : qBlue(middle)) > 190 && (red ? qBlue(middle) : qRed(middle)) < 10,
                 qPrintable(QString::number(id.x) + u' ' + QString::number(id.y)));
    }
}

void TestClusterIndex::alwaysAnswers()
{
    const QTemporaryDir folder;
    const QString damaged = folder.filePath(u"b.mbtiles"_s);
    QFile file(damaged);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("SQLite format 3");
    file.close();
    TileSource source;
    const QList<Error> failures = source.open({damaged, folder.filePath(u"absent.mbtiles"_s)}, QColor(1, 2, 3));
    QCOMPARE(failures.size(), 2);
    for (const TileId id : {TileId{0, 0, 0}, TileId{19, 5, 5}, TileId{-4, 0, 0}, TileId{3, 99, 0}}) {
        const QImage tile = QImage::fromData(source.tile(id));
        QCOMPARE(tile.size(), QSize(256, 256));
        QCOMPARE(tile.pixelColor(10, 10), QColor(1, 2, 3));
    }
}

QTEST_GUILESS_MAIN(TestClusterIndex)
#include "tst_clusterindex.moc"
