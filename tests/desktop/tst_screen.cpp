// SPDX-License-Identifier: GPL-3.0-or-later
// The operations screen as it stands on the monitor: what each pane shows is read back from the screen's pixels.
#include <support/desk.h>

#include <charts/barchart.h>
#include <charts/timeserieschart.h>
#include <complaints/complaintqueuewidget.h>
#include <leadership/indicatorpane.h>
#include <situation/camerapane.h>
#include <situation/mappane.h>
#include <support/centralprocess.h>
#include <support/democameras.h>
#include <support/fatallogger.h>
#include <ui/recordtablewidget.h>

#include <QCborArray>
#include <QScreen>
#include <QTableView>

using namespace ioc;
using namespace Qt::StringLiterals;

namespace {

constexpr int cameraCount = 4;
constexpr int patienceMs = 20'000;
const QString password = u"bến thành sáng sớm"_s;
const QGeoCoordinate market(10.7725, 106.6980);
constexpr double closeZoom = 17;

/// The monitor's pixels under \a part of \a widget, whatever lies there.
QImage onScreen(const QWidget &widget, const QRect &part)
{
    const QPoint at = widget.mapToGlobal(part.topLeft());
    return widget.screen()->grabWindow(0, at.x(), at.y(), part.width(), part.height()).toImage();
}

QColor onScreen(const QWidget &widget, QPointF at)
{
    return onScreen(widget, QRect(at.toPoint(), QSize(1, 1))).pixelColor(0, 0);
}

bool alike(QColor a, QColor b)
{
    return qAbs(a.red() - b.red()) < 6 && qAbs(a.green() - b.green()) < 6 && qAbs(a.blue() - b.blue()) < 6;
}

/// Pixels that differ clearly between two pictures of one size.
int movedPixels(const QImage &first, const QImage &second)
{
    int moved = 0;
    for (int y = 0; y < first.height(); ++y) {
        for (int x = 0; x < first.width(); ++x)
            moved += alike(first.pixelColor(x, y), second.pixelColor(x, y)) ? 0 : 1;
    }
    return moved;
}

} // namespace

#define TRY_COLOUR(actual, expected) \
    QTRY_VERIFY2_WITH_TIMEOUT(alike(actual, expected), qPrintable((actual).name() + u" instead of "_s + QColor(expected).name()), patienceMs)

class TestScreen : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { m_warnings = std::make_unique<FatalLogger>(); }
    void cleanup()
    {
        QCOMPARE(m_warnings->unexpected(), QStringList());
        m_warnings.reset();
    }
    void theScreenIsWhole_data() { themes(); }
    void theScreenIsWhole();
    void aComplaintStandsAtItsPlace_data() { themes(); }
    void aComplaintStandsAtItsPlace();
    void cameraPicturesMove_data() { themes(); }
    void cameraPicturesMove();
    void chartsHaveBars_data() { themes(); }
    void chartsHaveBars();
    void queueRowsCanBeRead_data() { themes(); }
    void queueRowsCanBeRead();
    void cleanupTestCase();

private:
    static void themes()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void takeTheme()
    {
        QFETCH(bool, dark);
        m_theme->setDark(dark);
    }
    bool mapRests()
    {
        return QTest::qWaitFor([this] { return map().status().idle && map().status().tilesLoaded > 0; }, patienceMs);
    }
    MapWidget &map() { return m_desk->window().mapPane().map(); }

    std::unique_ptr<CentralProcess> m_central;
    std::unique_ptr<DemoCameras> m_cameras;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<Desk> m_desk;
    std::unique_ptr<FatalLogger> m_warnings;
    QList<Id> m_cameraIds;
};

void TestScreen::initTestCase()
{
    Desk::useOwnSettings(u"screen"_s);
    m_theme = std::make_unique<Theme>(*qApp);
    m_central = std::make_unique<CentralProcess>();
    QVERIFY(m_central->init());
    QVERIFY(m_central->addAccount(u"lan"_s, u"operator"_s, password));
    QVERIFY(m_central->serve());
    m_cameras = std::make_unique<DemoCameras>();
    QVERIFY(m_cameras->start(cameraCount));
    const auto catalog = TypeCatalog::load();
    QVERIFY(catalog);
    m_desk = std::make_unique<Desk>(*m_theme, m_central->url(), m_central->authorityFile(), *catalog);
    QVERIFY(m_desk->open());
    QVERIFY(m_desk->signIn(u"lan"_s, password));
    const auto cameras = m_cameras->records(cameraCount);
    for (const Change &camera : cameras) {
        m_cameraIds += m_desk->addRecord(u"camera"_s, camera.record.values);
        QVERIFY(!m_cameraIds.last().isNull());
    }
    QVERIFY(!m_desk->addComplaint(u"Bị tính giá quá cao ở chợ Bến Thành"_s, market.latitude(), market.longitude()).isNull());
    for (int i = 0; i < 5; ++i)
        QVERIFY(!m_desk->addComplaint(u"Vỉa hè bị lấn chiếm, số %1"_s.arg(i), 10.80 + i * 0.01, 106.72, u"hygiene"_s).isNull());
    m_desk->show({1920, 1080});
    m_desk->window().move(0, 0);
    QVERIFY(QTest::qWaitForWindowExposed(&m_desk->window()));
    map().setFlights(false);
}

void TestScreen::theScreenIsWhole()
{
    takeTheme();
    QVERIFY(mapRests());
    QTRY_VERIFY_WITH_TIMEOUT(m_desk->window().cameraPane().wall().status().complete(), patienceMs);
    QCOMPARE(m_desk->window().cameraPane().wall().status().live, cameraCount);
    QTRY_VERIFY_WITH_TIMEOUT(m_desk->window().indicatorPane().isComplete(), patienceMs);
    QTRY_COMPARE(m_desk->window().queue().table().model().rowCount(), 6);
    QCOMPARE(map().status().pointsTotal, 6 + cameraCount);
    QCOMPARE(m_desk->window().size(), QSize(1920, 1080));
    // Panes fill the screen side by side.
    const QList<QWidget *> panes{&m_desk->window().mapPane(), &m_desk->window().cameraPane(), &m_desk->window().indicatorPane(), &m_desk->window().queue()};
    for (const QWidget *pane : panes) {
        const QRect one(pane->mapToGlobal(QPoint()), pane->size());
        QVERIFY2(one.width() > 300 && one.height() > 200, pane->metaObject()->className());
        for (const QWidget *other : panes)
            QVERIFY(other == pane || !one.intersects(QRect(other->mapToGlobal(QPoint()), other->size())));
    }
}

void TestScreen::aComplaintStandsAtItsPlace()
{
    takeTheme();
    const QColor colour(m_desk->context().catalog().type(u"complaint")->colour);
    map().setLayerVisible(u"complaint"_s, true);
    map().flyTo(market, closeZoom);
    QVERIFY(mapRests());
    const QPointF beside(7, 0); // within the disc, beside its icon
    TRY_COLOUR(onScreen(map(), map().screenPosition(market) + beside), colour);
    map().flyTo({market.latitude(), market.longitude() + 0.0005}, closeZoom);
    QVERIFY(mapRests());
    TRY_COLOUR(onScreen(map(), map().screenPosition(market) + beside), colour);
    QVERIFY(!alike(onScreen(map(), QRectF(map().rect()).center() + beside), colour)); // where it was before
    // It is the point that is seen, not the ground below it.
    map().setLayerVisible(u"complaint"_s, false);
    QTRY_VERIFY(!alike(onScreen(map(), map().screenPosition(market) + beside), colour));
    map().setLayerVisible(u"complaint"_s, true);
}

void TestScreen::cameraPicturesMove()
{
    takeTheme();
    CameraWallWidget &wall = m_desk->window().cameraPane().wall();
    QTRY_VERIFY_WITH_TIMEOUT(wall.status().complete(), patienceMs);
    for (const Id &camera : std::as_const(m_cameraIds)) {
        const CameraTile *tile = wall.tile(camera);
        QVERIFY(tile);
        QTRY_VERIFY(tile->showsPicture());
        const QRect picture = tile->pictureRect();
        QVERIFY(picture.width() > 150 && picture.height() > 80);
        const QImage first = onScreen(*tile, picture);
        QTRY_VERIFY_WITH_TIMEOUT(movedPixels(first, onScreen(*tile, picture)) > 20, patienceMs);
    }
}

void TestScreen::chartsHaveBars()
{
    takeTheme();
    IndicatorPane &pane = m_desk->window().indicatorPane();
    QTRY_VERIFY_WITH_TIMEOUT(pane.isComplete() && pane.byDay().status().points > 0 && pane.byCategory().status().points == 2, patienceMs);
    PeriodCanvas &days = pane.byDay().canvas();
    QTRY_VERIFY(days.status().rendered);
    const qsizetype today = days.data().starts.size() - 1;
    QCOMPARE(days.data().starts.last(), Format::dayOf(SystemClock().nowMs()));
    bool any = false;
    for (int series = 0; series < days.data().series.size(); ++series) {
        if (!(days.data().series[series].values[today] > 0))
            continue;
        any = true;
        TRY_COLOUR(onScreen(days, days.positionOf(series, int(today))), days.colourOf(series));
        QVERIFY(!alike(onScreen(days, days.positionOf(series, int(today - 1)) - QPointF(0, 3)), days.colourOf(series))); // nothing was received yesterday
    }
    QVERIFY(any);

    BarChart &categories = pane.byCategory();
    QTRY_VERIFY(categories.status().rendered);
    const QRectF plot = categories.plotRect();
    const qreal slot = plot.height() / 2;
    // Five of one kind, one of the other: a long bar above a short one.
    TRY_COLOUR(onScreen(categories, QPointF(plot.left() + plot.width() * 0.6, slot / 2)), m_theme->category(0));
    TRY_COLOUR(onScreen(categories, QPointF(plot.left() + plot.width() * 0.1, slot * 1.5)), m_theme->category(0));
    QVERIFY(!alike(onScreen(categories, QPointF(plot.left() + plot.width() * 0.6, slot * 1.5)), m_theme->category(0)));
}

void TestScreen::queueRowsCanBeRead()
{
    takeTheme();
    QTableView &table = m_desk->window().queue().table().table();
    table.clearSelection();
    QTRY_COMPARE(table.model()->rowCount(), 6);
    const auto inkOf = [&](int row, int column) {
        const QImage cell = onScreen(*table.viewport(), table.visualRect(table.model()->index(row, column)).adjusted(4, 4, -4, -4));
        const QColor ground = cell.pixelColor(0, 0);
        int ink = 0;
        for (int y = 0; y < cell.height(); ++y) {
            for (int x = 0; x < cell.width(); ++x)
                ink += qAbs(cell.pixelColor(x, y).lightness() - ground.lightness()) > 90 ? 1 : 0;
        }
        return ink;
    };
    for (int row = 0; row < 6; ++row)
        QTRY_VERIFY2(inkOf(row, 1) > 100, qPrintable(table.model()->index(row, 1).data().toString()));
}

void TestScreen::cleanupTestCase()
{
    m_desk.reset();
    if (m_central)
        QCOMPARE(m_central->stop(), 0);
}

QTEST_MAIN(TestScreen)
#include "tst_screen.moc"
