// SPDX-License-Identifier: GPL-3.0-or-later
// The real program, run as a user would.
#include <tiles/tilepack.h>

#include <QDir>
#include <QImage>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace ioc;
using namespace Qt::StringLiterals;

namespace {

const QString program = QStringLiteral(IOC_BINARY_DIR "/bin/tourism-ioc-mappack");
constexpr QRgb homeLand = 0xfffafaf8; // of resources/basemap/style/palettes.json
constexpr QRgb otherLand = 0xffefefec;

struct Run
{
    int exitCode = -1;
    QString text;
};

Run run(const QStringList &arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    process.waitForFinished(100'000);
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, QString::fromUtf8(process.readAll())};
}

QByteArray resource(const QString &name)
{
    QFile file(QStringLiteral(IOC_SOURCE_DIR "/resources/basemap/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool alike(QRgb a, QRgb b)
{
    return qAbs(qRed(a) - qRed(b)) < 4 && qAbs(qGreen(a) - qGreen(b)) < 4 && qAbs(qBlue(a) - qBlue(b)) < 4;
}

} // namespace

class TestMappack : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void basemap();
    void archipelagosAreVietNams();
    void labels();
    void streets();
    void garbageExtract();
    void stopped();
    void senselessArguments();

private:
    QTemporaryDir m_folder;
};

void TestMappack::basemap()
{
    const QString path = m_folder.filePath(u"base.mbtiles"_s);
    const Run made = run({u"basemap"_s, path, u"--zoom"_s, u"0-5"_s, u"--threads"_s, u"1"_s});
    QVERIFY2(made.exitCode == 0, qPrintable(made.text));
    QVERIFY(!QFile::exists(path + u".partial"_s));
    auto pack = TilePack::open(path);
    QVERIFY(pack.has_value());
    QCOMPARE(pack->info().maxZoom, 5);
    const auto colorAt = [&](double lat, double lon) {
        const WorldPoint world = toWorld({lat, lon});
        const TileId id{5, int(world.x * 32), int(world.y * 32)};
        const QImage tile = QImage::fromData(pack->plainTile(id).value_or(QByteArray()));
        return tile.isNull() ? QRgb() : tile.pixel(int((world.x * 32 - id.x) * 256), int((world.y * 32 - id.y) * 256));
    };
    QVERIFY(alike(colorAt(12.7, 108.2), homeLand));  // Đắk Lắk
    QVERIFY(alike(colorAt(15.6, 101.5), otherLand)); // Thailand
    QVERIFY(alike(colorAt(13.0, 112.0), 0xffd9e3e9)); // Biển Đông
}

void TestMappack::archipelagosAreVietNams()
{
    const QString path = m_folder.filePath(u"islands.mbtiles"_s);
    QCOMPARE(run({u"basemap"_s, path, u"--zoom"_s, u"8-8"_s}).exitCode, 0);
    auto pack = TilePack::open(path);
    QVERIFY(pack.has_value());
    // Each island is a dot of a few pixels in Viet Nam's colour.
    for (const LatLon island : {LatLon{16.535, 111.608}, LatLon{16.833, 112.335}, LatLon{8.645, 111.92}, LatLon{10.377, 114.365}}) {
        const WorldPoint world = toWorld(island);
        const TileId id{8, int(world.x * 256), int(world.y * 256)};
        const QImage tile = QImage::fromData(pack->tile(id).value_or(QByteArray()));
        QVERIFY(!tile.isNull());
        const QPoint at(int((world.x * 256 - id.x) * 256), int((world.y * 256 - id.y) * 256));
        bool home = false;
        for (int y = std::max(0, at.y() - 2); y <= std::min(255, at.y() + 2); ++y) {
            for (int x = std::max(0, at.x() - 2); x <= std::min(255, at.x() + 2); ++x)
                home = home || alike(tile.pixel(x, y), homeLand);
        }
        QVERIFY2(home, qPrintable(u"%1 %2"_s.arg(island.lat).arg(island.lon)));
    }
}

void TestMappack::labels()
{
    const QByteArray labels = resource(u"labels.csv"_s);
    QVERIFY(labels.contains("Biển Đông"));
    QVERIFY(labels.contains("Quần đảo Hoàng Sa (Việt Nam)"));
    QVERIFY(labels.contains("Quần đảo Trường Sa (Việt Nam)"));
    QCOMPARE(labels.count("\nprovince,"), 34);
    for (const QString &file : {u"labels.csv"_s, u"land.geojson"_s, u"borders.geojson"_s}) {
        const QByteArray bytes = resource(file);
        QVERIFY(!bytes.isEmpty());
        for (const QByteArray &name : {"South China Sea"_ba, "Spratly"_ba, "Paracel"_ba})
            QVERIFY(!bytes.contains(name));
    }
    for (const QByteArray &line : labels.trimmed().split('\n'))
        QCOMPARE(line.count(','), 6);
}

void TestMappack::streets()
{
    const QString given = qEnvironmentVariable("IOC_OSM_EXTRACT",
                                               QStringLiteral(IOC_SOURCE_DIR "/../shared/data/map/hcmc_city_2018-01-01.osm.pbf"));
    if (!QFile::exists(given))
        QSKIP("no OpenStreetMap extract here (IOC_OSM_EXTRACT)");
    const QString path = m_folder.filePath(u"streets.mbtiles"_s);
    const Run made = run({u"osm"_s, given, path, u"--zoom"_s, u"10-12"_s, u"--theme"_s, u"dark"_s});
    QVERIFY2(made.exitCode == 0, qPrintable(made.text));
    auto pack = TilePack::open(path);
    QVERIFY(pack.has_value());
    QVERIFY(pack->info().attribution.contains(u"OpenStreetMap"_s));
    const TileRange tiles = tilesOf(pack->info().bounds, 12);
    const TileId middle{12, (tiles.left + tiles.right) / 2, (tiles.top + tiles.bottom) / 2};
    const QImage tile = QImage::fromData(pack->tile(middle).value_or(QByteArray()));
    QVERIFY(!tile.isNull());
    QVERIFY(tile.colorCount() > 8); // more than bare land
}

void TestMappack::garbageExtract()
{
    const QString extract = m_folder.filePath(u"hỏng.osm.pbf"_s);
    QFile file(extract);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(5000, '\x17'));
    file.close();
    const QString path = m_folder.filePath(u"never.mbtiles"_s);
    const Run made = run({u"osm"_s, extract, path});
    QCOMPARE(made.exitCode, 1);
    QVERIFY(made.text.contains(u"extract"_s));
    QVERIFY(!QFile::exists(path) && !QFile::exists(path + u".partial"_s));
}

void TestMappack::stopped()
{
    const QString path = m_folder.filePath(u"stopped.mbtiles"_s);
    QProcess process;
    process.start(program, {u"basemap"_s, path, u"--threads"_s, u"1"_s});
    QVERIFY(process.waitForStarted());
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path + u".partial"_s), 30'000);
    ::kill(pid_t(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished(60'000));
    QCOMPARE(process.exitCode(), 130);
    QVERIFY(!QFile::exists(path) && !QFile::exists(path + u".partial"_s));
}

void TestMappack::senselessArguments()
{
    QCOMPARE(run({}).exitCode, 2);
    QCOMPARE(run({u"basemap"_s, u"x"_s, u"--theme"_s, u"pink"_s}).exitCode, 2);
    QCOMPARE(run({u"basemap"_s, u"x"_s, u"--zoom"_s, u"9-1"_s}).exitCode, 2);
    QCOMPARE(run({u"osm"_s, u"/nowhere.osm.pbf"_s, m_folder.filePath(u"x.mbtiles"_s)}).exitCode, 1);
}

QTEST_GUILESS_MAIN(TestMappack)
#include "tst_mappack.moc"
