// SPDX-License-Identifier: GPL-3.0-or-later
#include <tiles/tilemath.h>
#include <tiles/tilepack.h>
#include <tiles/tilepackwriter.h>

#include <QTemporaryDir>
#include <QTest>

#include <sqlite3.h>

using namespace ioc;
using namespace Qt::StringLiterals;

namespace {

const QByteArray png = QByteArray::fromHex("89504e470d0a1a0a0000000d49484452") + QByteArray(200, 'x');

void makePack(const QString &path, const QList<std::pair<QString, QString>> &metadata)
{
    auto writer = TilePackWriter::create(path);
    QVERIFY(writer.has_value());
    for (const auto &[name, value] : metadata)
        QVERIFY(writer->setMetadata(name, value).has_value());
    for (int x = 0; x < 8; ++x) {
        for (int y = 0; y < 8; ++y)
            QVERIFY(writer->add(TilePackWriter::Kind::Lettered, {3, x, y}, png + QByteArray::number(x) + ',' + QByteArray::number(y)).has_value());
    }
    QVERIFY(writer->add(TilePackWriter::Kind::Plain, {3, 1, 1}, png + "plain").has_value());
    QVERIFY(writer->finish().has_value());
}

const QList<std::pair<QString, QString>> goodMetadata{{u"name"_s, u"Thử"_s}, {u"format"_s, u"png"_s},
    {u"bounds"_s, u"-180,-85,180,85"_s}, {u"minzoom"_s, u"3"_s}, {u"maxzoom"_s, u"3"_s}, {u"attribution"_s, u"© ai đó"_s}};

void execute(const QString &path, const char *sql)
{
    sqlite3 *raw = nullptr;
    QCOMPARE(sqlite3_open(QFile::encodeName(path).constData(), &raw), SQLITE_OK);
    const SqliteHandle database(raw);
    QCOMPARE(sqlite3_exec(raw, sql, nullptr, nullptr, nullptr), SQLITE_OK);
}

void overwrite(const QString &path, qint64 at, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(at));
    QCOMPARE(file.write(bytes), bytes.size());
}

} // namespace

class TestTiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void worldAndBack_data();
    void worldAndBack();
    void tilesOfBounds();
    void ancestors();
    void metres();
    void readsWhatWasWritten();
    void partialFileIsRemoved();
    void replacesAnOlderPack();
    void unwritablePlace();
    void hostile_data();
    void hostile();
    void truncatedAnywhere();
    void flippedBytes();
    void notAPicture();
    void endlessView();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

void TestTiles::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(u"gói bản đồ.mbtiles"_s);
}

void TestTiles::worldAndBack_data()
{
    QTest::addColumn<double>("lat");
    QTest::addColumn<double>("lon");
    QTest::newRow("Ho Chi Minh City") << 10.7769 << 106.7009;
    QTest::newRow("Truong Sa") << 8.645 << 111.92;
    QTest::newRow("south-west") << -33.9 << -70.6;
    QTest::newRow("zero") << 0.0 << 0.0;
}

void TestTiles::worldAndBack()
{
    QFETCH(double, lat);
    QFETCH(double, lon);
    const LatLon back = toLatLon(toWorld({lat, lon}));
    QVERIFY(qAbs(back.lat - lat) < 1e-9);
    QVERIFY(qAbs(back.lon - lon) < 1e-9);
}

void TestTiles::tilesOfBounds()
{
    // Ho Chi Minh City's centre lies in tile 13/6524/3848: a public fact of the addressing scheme.
    const TileRange one = tilesOf({106.70, 10.776, 106.70, 10.776}, 13);
    QCOMPARE(one.left, 6524);
    QCOMPARE(one.top, 3849 - (toWorld({10.776, 106.7}).y * 8192 < 3849 ? 1 : 0));
    QCOMPARE(one.count(), 1);
    QCOMPARE(tilesOf({}, 4).count(), 256);
    const GeoBounds bounds = boundsOf({13, one.left, one.top});
    QVERIFY(bounds.west <= 106.70 && bounds.east >= 106.70 && bounds.south <= 10.776 && bounds.north >= 10.776);
}

void TestTiles::ancestors()
{
    QCOMPARE((TileId{5, 21, 13}.ancestor(2)), (TileId{3, 5, 3}));
    QVERIFY(!(TileId{2, 4, 0}.isValid()));
    QVERIFY(!(TileId{-1, 0, 0}.isValid()));
    QVERIFY(!(TileId{40, 0, 0}.isValid()));
}

void TestTiles::metres()
{
    QVERIFY(qAbs(metresPerPixel(0, 0) - 156543.03) < 0.01);
    QVERIFY(qAbs(metresPerPixel(60, 1) - 156543.03 / 4) < 0.01);
}

void TestTiles::readsWhatWasWritten()
{
    makePack(m_path, goodMetadata);
    auto pack = TilePack::open(m_path);
    QVERIFY2(pack.has_value(), qPrintable(pack ? QString() : pack.error().detail));
    QCOMPARE(pack->info().name, u"Thử"_s);
    QCOMPARE(pack->info().attribution, u"© ai đó"_s);
    QCOMPARE(pack->tile({3, 5, 2}), png + "5,2");
    QCOMPARE(pack->plainTile({3, 1, 1}), png + "plain");
    QVERIFY(!pack->plainTile({3, 2, 1}));
    QVERIFY(!pack->tile({4, 0, 0}));
    QVERIFY(!pack->tile({3, 8, 0}));
}

void TestTiles::partialFileIsRemoved()
{
    {
        auto writer = TilePackWriter::create(m_path);
        QVERIFY(writer.has_value());
        QVERIFY(writer->add(TilePackWriter::Kind::Lettered, {0, 0, 0}, png).has_value());
        QVERIFY(QFile::exists(m_path + u".partial"_s));
    }
    QVERIFY(!QFile::exists(m_path + u".partial"_s));
    QVERIFY(!QFile::exists(m_path));
}

void TestTiles::replacesAnOlderPack()
{
    makePack(m_path, goodMetadata);
    auto old = TilePack::open(m_path);
    QVERIFY(old.has_value());
    auto renamed = goodMetadata;
    renamed[0].second = u"Mới"_s;
    makePack(m_path, renamed);
    QCOMPARE(TilePack::open(m_path)->info().name, u"Mới"_s);
    QCOMPARE(old->tile({3, 0, 0}), png + "0,0"); // still readable by those who have it open
}

void TestTiles::unwritablePlace()
{
    const auto writer = TilePackWriter::create(m_folder->filePath(u"no/such/folder.mbtiles"_s));
    QVERIFY(!writer.has_value());
    QVERIFY(!writer.error().message.isEmpty());
}

void TestTiles::hostile_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("no tiles table") << "DROP VIEW tiles"_ba << ErrorCode::Damaged;
    QTest::newRow("no metadata") << "DROP TABLE metadata"_ba << ErrorCode::Damaged;
    QTest::newRow("vector tiles") << "UPDATE metadata SET value='pbf' WHERE name='format'"_ba << ErrorCode::Unsupported;
    QTest::newRow("bounds of words") << "UPDATE metadata SET value='a,b,c,d' WHERE name='bounds'"_ba << ErrorCode::Damaged;
    QTest::newRow("bounds off the globe") << "UPDATE metadata SET value='0,0,999,1' WHERE name='bounds'"_ba << ErrorCode::Damaged;
    QTest::newRow("bounds inside out") << "UPDATE metadata SET value='10,10,5,5' WHERE name='bounds'"_ba << ErrorCode::Damaged;
    QTest::newRow("bounds not a number") << "UPDATE metadata SET value='nan,nan,nan,nan' WHERE name='bounds'"_ba << ErrorCode::Damaged;
    QTest::newRow("zoom too deep") << "UPDATE metadata SET value='99' WHERE name='maxzoom'"_ba << ErrorCode::Damaged;
    QTest::newRow("zoom negative") << "UPDATE metadata SET value='-3' WHERE name='minzoom'"_ba << ErrorCode::Damaged;
    QTest::newRow("other columns") << "DROP VIEW tiles; CREATE TABLE tiles (a,b,c)"_ba << ErrorCode::Damaged;
    QTest::newRow("no zooms, no tiles") << "DELETE FROM metadata WHERE name LIKE '%zoom'; DELETE FROM tile_at"_ba << ErrorCode::Damaged;
}

void TestTiles::hostile()
{
    QFETCH(QByteArray, sql);
    QFETCH(ErrorCode, code);
    makePack(m_path, goodMetadata);
    execute(m_path, sql.constData());
    const auto pack = TilePack::open(m_path);
    QVERIFY(!pack.has_value());
    QCOMPARE(pack.error().code, code);
    QVERIFY(pack.error().message.contains(u"gói bản đồ.mbtiles"_s));
}

void TestTiles::truncatedAnywhere()
{
    makePack(m_path, goodMetadata);
    const qint64 whole = QFile(m_path).size();
    for (qint64 size = whole - 1; size >= 0; size = size > 4096 ? size - 3001 : size - 511) {
        QVERIFY(QFile::resize(m_path, size));
        const auto pack = TilePack::open(m_path);
        QVERIFY(!pack.has_value());
        QCOMPARE(pack.error().code, ErrorCode::Damaged);
    }
    QVERIFY(QFile::resize(m_path, 0));
    QCOMPARE(TilePack::open(m_path).error().code, ErrorCode::Damaged);
    QVERIFY(QFile::remove(m_path));
    QCOMPARE(TilePack::open(m_path).error().code, ErrorCode::NotFound);
}

void TestTiles::flippedBytes()
{
    makePack(m_path, goodMetadata);
    const qint64 whole = QFile(m_path).size();
    int refused = 0;
    for (qint64 at = 100; at < whole; at += 997) {
        makePack(m_path, goodMetadata);
        overwrite(m_path, at, QByteArray(64, '\xa5'));
        auto pack = TilePack::open(m_path);
        if (!pack) {
            ++refused;
            QVERIFY(!pack.error().message.isEmpty());
            continue;
        }
        for (int x = 0; x < 8; ++x) {
            if (const auto tile = pack->tile({3, x, x}))
                QVERIFY(tile->startsWith("\x89PNG"));
        }
    }
    QVERIFY(refused > 0); // the first page holds the schema
}

void TestTiles::notAPicture()
{
    makePack(m_path, goodMetadata);
    execute(m_path, "UPDATE picture SET data=CAST('<html>' AS BLOB)");
    auto pack = TilePack::open(m_path);
    QVERIFY(pack.has_value());
    QVERIFY(!pack->tile({3, 0, 0}));
}

void TestTiles::endlessView()
{
    makePack(m_path, goodMetadata);
    execute(m_path, "DROP VIEW tiles; CREATE VIEW tiles AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) "
                    "SELECT 3 AS zoom_level, i AS tile_column, i AS tile_row, x'00' AS tile_data FROM n WHERE i < 0");
    auto pack = TilePack::open(m_path);
    QVERIFY(!pack || !pack->tile({3, 0, 0})); // given up, not waited for
}

QTEST_GUILESS_MAIN(TestTiles)
#include "tst_tiles.moc"
