// SPDX-License-Identifier: GPL-3.0-or-later
// Figures of the map with 100,000 points. Arguments: map packs, the topmost first. Needs a display; measured with swap
// interval 0, so that waiting for the screen is not counted.
#include <map/mapwidget.h>

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QQuickWidget>
#include <QRandomGenerator>
#include <QSurfaceFormat>

#include <algorithm>
#include <cstdio>

using namespace ioc;
using namespace Qt::StringLiterals;

namespace {

constexpr int pointCount = 100'000;
constexpr int frames = 120;

void print(const char *metric, double value, const char *unit)
{
    std::printf("%s\t%.2f\t%s\n", metric, value, unit);
    std::fflush(stdout);
}

double p95(std::vector<double> values)
{
    std::ranges::sort(values);
    return values.at(values.size() * 95 / 100);
}

double residentMegabytes()
{
    QFile file(u"/proc/self/statm"_s);
    return file.open(QIODevice::ReadOnly) ? file.readAll().split(' ').value(1).toDouble() * 4096 / 1048576 : 0;
}

/// Hotels, sights and complaints of a city: dense in the middle, thin around it; the same every time.
QList<MapPoint> cityPoints(int count, quint32 seed)
{
    QRandomGenerator random(seed);
    QList<MapPoint> points;
    points.reserve(count);
    const auto offset = [&] { return (random.generateDouble() + random.generateDouble() + random.generateDouble() - 1.5) * 0.25; };
    for (int i = 0; i < count; ++i)
        points.append({.key = i, .lat = 10.776 + offset(), .lon = 106.700 + offset(), .layer = 0, .tone = quint16(i % 4)});
    return points;
}

template <typename Signal>
void waitFor(MapWidget &map, Signal signal)
{
    QEventLoop loop;
    QObject::connect(&map, signal, &loop, &QEventLoop::quit);
    loop.exec();
}

void waitIdle(MapWidget &map)
{
    while (!map.status().idle)
        waitFor(map, &MapWidget::idleChanged);
}


double firstFrame(MapWidget &map)
{
    const auto lodging = cityPoints(pointCount / 2, 1);
    const auto attractions = cityPoints(pointCount / 4, 2);
    const auto complaints = cityPoints(pointCount / 4, 3);
    QElapsedTimer timer;
    timer.start();
    map.setPoints(u"lodging"_s, lodging);
    map.setPoints(u"attraction"_s, attractions);
    map.setPoints(u"complaint"_s, complaints);
    map.show();
    do {
        waitFor(map, &MapWidget::frameDrawn);
    } while (map.status().pointsDrawn < pointCount * 9 / 10 || map.status().pointsTotal < pointCount);
    return double(timer.nsecsElapsed()) / 1e6;
}

void pan(MapWidget &map)
{
    std::vector<double> own;
    std::vector<double> whole;
    auto *canvas = map.findChild<QQuickWidget *>();
    map.takeOwnWork();
    for (int i = 0; i < frames; ++i) {
        QElapsedTimer timer;
        timer.start();
        const QGeoCoordinate center = map.center();
        const double step = (i / 30) % 2 ? -0.004 : 0.004;
        map.flyTo({center.latitude() + step / 2, center.longitude() + step}, map.zoom());
        canvas->update();
        waitFor(map, &MapWidget::frameDrawn);
        whole.push_back(double(timer.nsecsElapsed()) / 1e6);
        own.push_back(double(map.takeOwnWork()) / 1e6);
    }
    print("map.own_p95_100k", p95(own), "ms");
    print("map.frame_p95_100k", p95(whole), "ms");
}

void zoom(MapWidget &map)
{
    std::vector<double> reclustered;
    std::vector<double> shown;
    const QGeoCoordinate center(10.776, 106.700);
    QElapsedTimer timer;
    double clustersAt = -1;
    double frameAt = -1;
    const auto now = [&] { return double(timer.nsecsElapsed()) / 1e6; };
    QObject::connect(&map, &MapWidget::clustersChanged, &map, [&] { clustersAt = clustersAt < 0 ? now() : clustersAt; });
    QObject::connect(&map, &MapWidget::frameDrawn, &map, [&] {
        if (clustersAt >= 0 && frameAt < 0)
            frameAt = now();
    });
    for (int i = 0; i < frames / 3; ++i) {
        waitIdle(map);
        clustersAt = frameAt = -1;
        timer.start();
        map.flyTo(center, 10 + (i * 3) % 8);
        while (frameAt < 0)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        reclustered.push_back(clustersAt);
        shown.push_back(frameAt);
    }
    print("map.zoom_p95_100k", p95(reclustered), "ms");
    print("map.zoom_shown_p95_100k", p95(shown), "ms");
}

} // namespace

int main(int argc, char **argv)
{
    QSurfaceFormat format = QSurfaceFormat::defaultFormat();
    format.setSwapInterval(0);
    QSurfaceFormat::setDefaultFormat(format);
    QApplication app(argc, argv);
    const QStringList packs = QApplication::arguments().sliced(1);
    const double before = residentMegabytes();
    MapWidget map({packs, packs});
    map.setFlights(false);
    map.resize(1200, 800);
    map.setLayers({{u"lodging"_s, u"Lodging"_s, QColor(0x2f7fd6), {}, true},
                   {u"attraction"_s, u"Attractions"_s, QColor(0x2e9e6b), {}, true},
                   {u"complaint"_s, u"Complaints"_s, QColor(0xd9483b), {}, true}});
    map.setTones({QColor(0x2e9e6b), QColor(0xe0a126), QColor(0xd9483b)});
    map.flyTo({10.776, 106.700}, 10);
    print("map.first_frame_100k", firstFrame(map), "ms");
    waitIdle(map);
    print("map.rss_100k", residentMegabytes() - before, "MB");
    map.flyTo({10.776, 106.700}, 13);
    waitIdle(map);
    pan(map);
    zoom(map);
    waitIdle(map);
    print("map.rss_after_100k", residentMegabytes() - before, "MB");
    return 0;
}
