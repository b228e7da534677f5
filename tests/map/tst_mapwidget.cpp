// SPDX-License-Identifier: GPL-3.0-or-later
// The real widget on a real (virtual) screen: what is drawn is read back from its pixels.
#include <map/mapwidget.h>
#include <tiles/tilepackwriter.h>

#include <QBuffer>
#include <QCheckBox>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QQuickWidget>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace ioc;
using namespace Qt::StringLiterals;

namespace {

const QColor day(210, 220, 200);
const QColor night(30, 40, 50);
const QColor lodgingColor(20, 90, 220);
const QColor complaintColor(220, 40, 30);
const QGeoCoordinate market(10.7721, 106.6983);

void makePack(const QString &path, QColor color)
{
    QImage image(256, 256, QImage::Format_RGB32);
    image.fill(color);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    auto writer = TilePackWriter::create(path);
    QVERIFY(writer.has_value());
    QVERIFY(writer->setMetadata(u"minzoom"_s, u"0"_s) && writer->setMetadata(u"maxzoom"_s, u"1"_s)
            && writer->setMetadata(u"attribution"_s, u"Thử <b>nghiệm</b>"_s));
    for (const TileId id : {TileId{0, 0, 0}, TileId{1, 0, 0}, TileId{1, 1, 0}, TileId{1, 0, 1}, TileId{1, 1, 1}})
        QVERIFY(writer->add(TilePackWriter::Kind::Lettered, id, bytes).has_value());
    QVERIFY(writer->finish().has_value());
}

bool alike(QColor a, QColor b)
{
    return qAbs(a.red() - b.red()) < 6 && qAbs(a.green() - b.green()) < 6 && qAbs(a.blue() - b.blue()) < 6;
}

QList<MapLayer> layers()
{
    return {{u"lodging"_s, u"Cơ sở lưu trú"_s, lodgingColor, {}, true}, {u"complaint"_s, u"Phản ánh"_s, complaintColor, {}, true}};
}

} // namespace

#define VERIFY_COLOR(actual, expected) \
    do { \
        const QColor seen = actual; \
        QVERIFY2(alike(seen, expected), qPrintable(seen.name() + u" instead of "_s + QColor(expected).name())); \
    } while (false)

class TestMapWidget : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void drawsTilesAndPoints();
    void clusterShowsShares();
    void clickActivates();
    void clusterClickGoesCloser();
    void pileGivesList();
    void liveChanges();
    void legendHidesLayer();
    void damagedPackStillMap();
    void anEmptyGroundSaysWhy();
    void noPackStillMap();
    void darkTakesDarkPack();
    void keyboard();
    void betweenLevels();
    void search();
    void hoverCard();
    void selectionIsHighlighted();

private:
    bool settled() { return QTest::qWaitFor([this] { return m_map->status().idle; }, 20'000); }
    QColor pixel(QPointF at) { return m_map->grab().toImage().pixelColor(at.toPoint()); }
    QWidget *canvas() { return m_map->findChild<QQuickWidget *>(); }

    QTemporaryDir m_folder;
    QString m_day;
    QString m_night;
    std::unique_ptr<MapWidget> m_map;
};

void TestMapWidget::initTestCase()
{
    m_day = m_folder.filePath(u"day.mbtiles"_s);
    m_night = m_folder.filePath(u"night.mbtiles"_s);
    makePack(m_day, day);
    makePack(m_night, night);
}

void TestMapWidget::init()
{
    m_map = std::make_unique<MapWidget>(MapPacks{{m_day}, {m_night}});
    m_map->setFlights(false);
    m_map->resize(700, 500);
    m_map->setLayers(layers());
    m_map->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_map.get()));
    m_map->flyTo(market, 12);
}

void TestMapWidget::cleanup()
{
    m_map.reset();
}

void TestMapWidget::drawsTilesAndPoints()
{
    m_map->setPoints(u"lodging"_s, {{.key = 1, .lat = market.latitude(), .lon = market.longitude()}});
    QVERIFY(settled());
    const QPointF at = m_map->screenPosition(market);
    VERIFY_COLOR(pixel(at + QPointF(7, 0)), lodgingColor);
    VERIFY_COLOR(pixel(at + QPointF(0, 60)), day);
    const MapStatus status = m_map->status();
    QCOMPARE(status.tilesPending, 0);
    QVERIFY(status.tilesLoaded >= 6);
    QCOMPARE(status.pointsTotal, 1);
    QCOMPARE(status.pointsDrawn, 1);
    QCOMPARE(m_map->hitTest(at), (MapPointRef{u"lodging"_s, 1}));
    QVERIFY(!m_map->hitTest(at + QPointF(100, 0)));
}

void TestMapWidget::clusterShowsShares()
{
    m_map->setPoints(u"lodging"_s, {{.key = 1, .lat = market.latitude(), .lon = market.longitude()}});
    m_map->setPoints(u"complaint"_s, {{.key = 1, .lat = market.latitude(), .lon = market.longitude()}});
    QVERIFY(settled());
    QCOMPARE(m_map->status().clusters, 1);
    QCOMPARE(m_map->status().pointsDrawn, 2);
    const QPointF at = m_map->screenPosition(market);
    VERIFY_COLOR(pixel(at + QPointF(12, 0)), lodgingColor); // first half of the ring
    VERIFY_COLOR(pixel(at - QPointF(12, 0)), complaintColor);
}

void TestMapWidget::clickActivates()
{
    m_map->setPoints(u"complaint"_s, {{.key = 42, .lat = market.latitude(), .lon = market.longitude()}});
    QVERIFY(settled());
    QSignalSpy activated(m_map.get(), &MapWidget::pointActivated);
    QTest::mouseClick(canvas(), Qt::LeftButton, {}, m_map->screenPosition(market).toPoint());
    QCOMPARE(activated.size(), 1);
    QCOMPARE(activated.at(0).at(0).toString(), u"complaint"_s);
    QCOMPARE(activated.at(0).at(1).toLongLong(), 42);
    QTest::mouseClick(canvas(), Qt::LeftButton, {}, QPoint(350, 400));
    QCOMPARE(activated.size(), 1);
}

void TestMapWidget::clusterClickGoesCloser()
{
    m_map->setPoints(u"lodging"_s, {{.key = 1, .lat = 10.7721, .lon = 106.6983}, {.key = 2, .lat = 10.7741, .lon = 106.7003}});
    QVERIFY(settled());
    QCOMPARE(m_map->status().clusters, 1);
    QTest::mouseClick(canvas(), Qt::LeftButton, {}, m_map->screenPosition({10.7731, 106.6993}).toPoint());
    QVERIFY(m_map->zoom() > 12);
    QVERIFY(settled());
    QCOMPARE(m_map->status().pointsDrawn, 2);
    QCOMPARE(m_map->status().clusters, 0);
}

void TestMapWidget::pileGivesList()
{
    m_map->setPoints(u"lodging"_s, {{.key = 1, .lat = market.latitude(), .lon = market.longitude()},
                                    {.key = 2, .lat = market.latitude(), .lon = market.longitude()}});
    m_map->flyTo(market, 19);
    QVERIFY(settled());
    QSignalSpy list(m_map.get(), &MapWidget::placesListRequested);
    QTest::mouseClick(canvas(), Qt::LeftButton, {}, m_map->screenPosition(market).toPoint());
    QVERIFY(list.wait());
    const auto points = list.at(0).at(0).value<QList<MapPointRef>>();
    QCOMPARE(points.size(), 2);
    QVERIFY(points.contains(MapPointRef{u"lodging"_s, 1}) && points.contains(MapPointRef{u"lodging"_s, 2}));
}

void TestMapWidget::liveChanges()
{
    QVERIFY(settled());
    m_map->upsertPoint(u"complaint"_s, {.key = 5, .lat = market.latitude(), .lon = market.longitude()});
    m_map->upsertPoint(u"unknown"_s, {.key = 6, .lat = market.latitude(), .lon = market.longitude()});
    QTRY_COMPARE(m_map->status().pointsDrawn, 1);
    QVERIFY(settled());
    VERIFY_COLOR(pixel(m_map->screenPosition(market) + QPointF(7, 0)), complaintColor);
    m_map->removePoint(u"complaint"_s, 5);
    QTRY_COMPARE(m_map->status().pointsDrawn, 0);
    QVERIFY(settled());
    VERIFY_COLOR(pixel(m_map->screenPosition(market) + QPointF(7, 0)), day);
}

void TestMapWidget::legendHidesLayer()
{
    m_map->setPoints(u"lodging"_s, {{.key = 1, .lat = market.latitude(), .lon = market.longitude()}});
    QVERIFY(settled());
    QSignalSpy toggled(m_map.get(), &MapWidget::layerToggled);
    const auto boxes = m_map->findChildren<QCheckBox *>();
    QCOMPARE(boxes.size(), 2);
    boxes.first()->setFocus();
    QTest::keyClick(boxes.first(), Qt::Key_Space);
    QCOMPARE(toggled.size(), 1);
    QTRY_COMPARE(m_map->status().pointsDrawn, 0);
    QCOMPARE(m_map->status().pointsTotal, 0);
    QVERIFY(!m_map->layers().first().visible);
}

void TestMapWidget::damagedPackStillMap()
{
    const QString damaged = m_folder.filePath(u"hỏng.mbtiles"_s);
    QVERIFY(QFile::exists(damaged) || QFile::copy(m_day, damaged));
    QVERIFY(QFile::resize(damaged, QFile(m_day).size() / 2));
    QSignalSpy failed(m_map.get(), &MapWidget::packFailed);
    m_map->setPacks({{damaged, m_day}, {m_night}});
    QVERIFY(failed.wait());
    QVERIFY(m_map->notice().contains(u"hỏng.mbtiles"_s));
    QVERIFY(settled());
    VERIFY_COLOR(pixel({350, 400}), day);
}

void TestMapWidget::anEmptyGroundSaysWhy()
{
    const auto said = [this] {
        return std::ranges::any_of(m_map->findChildren<QLabel *>(), [](const QLabel *label) { return label->text().contains(u"no street map"_s); });
    };
    m_map->flyTo(market, 4);
    QVERIFY(settled());
    QVERIFY(!said());
    m_map->flyTo(market, 12); // the pack ends at level 1
    QVERIFY(settled());
    QVERIFY(said());
    m_map->flyTo(market, 4);
    QVERIFY(settled());
    QVERIFY(!said());
}

void TestMapWidget::noPackStillMap()
{
    m_map->setPacks({});
    m_map->setPoints(u"lodging"_s, {{.key = 1, .lat = market.latitude(), .lon = market.longitude()}});
    QVERIFY(settled());
    VERIFY_COLOR(pixel({350, 400}), QColor(0xd9e3e9));
    VERIFY_COLOR(pixel(m_map->screenPosition(market) + QPointF(7, 0)), lodgingColor);
}

void TestMapWidget::darkTakesDarkPack()
{
    QVERIFY(settled());
    VERIFY_COLOR(pixel({350, 400}), day);
    m_map->setDark(true);
    QVERIFY(settled());
    VERIFY_COLOR(pixel({350, 400}), night);
}

void TestMapWidget::keyboard()
{
    QVERIFY(settled());
    canvas()->setFocus();
    const double lon = m_map->center().longitude();
    QTest::keyClick(canvas(), Qt::Key_Right);
    QVERIFY(m_map->center().longitude() > lon);
    QTest::keyClick(canvas(), Qt::Key_Plus);
    QCOMPARE(m_map->zoom(), 13.0);
    QTest::keyClick(canvas(), Qt::Key_Minus);
    QCOMPARE(m_map->zoom(), 12.0);
    QVERIFY(settled());
}

void TestMapWidget::betweenLevels()
{
    m_map->flyTo(market, 12.4);
    QCOMPARE(m_map->zoom(), 12.4);
    QVERIFY(settled());
    VERIFY_COLOR(pixel({350, 400}), day);
}

void TestMapWidget::search()
{
    m_map->setSearchProvider([](const QString &text) {
        const QList<MapSearchHit> hits{{u"Bưu điện "_s + text, u"Sài Gòn"_s, {10.7798, 106.6999}, 17, u"lodging"_s, 9}};
        return QtFuture::makeReadyValueFuture(hits);
    });
    QSignalSpy activated(m_map.get(), &MapWidget::pointActivated);
    auto *line = m_map->findChild<QLineEdit *>();
    QVERIFY(line);
    QTest::keyClicks(line, u"buu"_s);
    QTest::keyClick(line, Qt::Key_Return);
    QTRY_COMPARE(activated.size(), 1);
    QCOMPARE(m_map->zoom(), 17.0);
    QVERIFY(m_map->center().distanceTo({10.7798, 106.6999}) < 5);
    QVERIFY(settled());
}

void TestMapWidget::hoverCard()
{
    m_map->setPoints(u"lodging"_s, {{.key = 3, .lat = market.latitude(), .lon = market.longitude()}});
    m_map->setCardProvider([](const QString &layer, qint64 key) {
        return QtFuture::makeReadyValueFuture(MapCard{u"<i>%1</i> %2"_s.arg(layer).arg(key), u"Khách sạn"_s, {u"3 sao"_s}});
    });
    QVERIFY(settled());
    QTest::mouseMove(canvas(), m_map->screenPosition(market).toPoint());
    auto *card = m_map->findChild<MapCardWidget *>();
    QTRY_VERIFY(card->isVisible());
    QCOMPARE(card->title(), u"<i>lodging</i> 3"_s);
    QVERIFY(m_map->rect().contains(card->geometry()));
    QTest::mouseMove(canvas(), {350, 420});
    QTRY_VERIFY(!card->isVisible());
}

void TestMapWidget::selectionIsHighlighted()
{
    m_map->setPoints(u"lodging"_s, {{.key = 3, .lat = market.latitude(), .lon = market.longitude()}});
    QVERIFY(settled());
    const QPointF ring = m_map->screenPosition(market) + QPointF(15, 0);
    VERIFY_COLOR(pixel(ring), day);
    m_map->selectPoint(u"lodging"_s, 3);
    QTRY_VERIFY(!alike(pixel(ring), day));
    m_map->selectPoint({}, 0);
    QTRY_VERIFY(alike(pixel(ring), day));
}

QTEST_MAIN(TestMapWidget)
#include "tst_mapwidget.moc"
