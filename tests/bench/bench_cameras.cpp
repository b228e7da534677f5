// SPDX-License-Identifier: GPL-3.0-or-later
// Sixteen RTSP cameras in the operations screen: when the last one shows, and what the whole program then costs beside a
// bare decode of the same streams.
//
//   bench_cameras [--seconds N] [--screenshot FILE] [--size WxH] [--wall]   (--wall: cameras alone fill the window)
//   bench_cameras --bare PORT SECONDS      (used by itself: decodes the streams and prints its CPU milliseconds)
#include "filler.h"

#include <cameras/ffmpegpointers.h>
#include <situation/camerapane.h>
#include <support/democameras.h>
#include <support/desk.h>

#include <QApplication>
#include <QDateTime>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QScreen>
#include <QSettings>
#include <QTemporaryDir>
#include <QTextStream>
#include <QTimer>

#include <sys/resource.h>

#include <atomic>
#include <cstdio>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace Qt::StringLiterals;
using namespace ioc;
using namespace ioc::bench;

namespace {

constexpr int cameras = 16;
constexpr int complaints = 2000;

double cpuMs()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto ms = [](const timeval &time) { return double(time.tv_sec) * 1000 + double(time.tv_usec) / 1000; };
    return ms(usage.ru_utime) + ms(usage.ru_stime);
}

double residentMb()
{
    QFile file(u"/proc/self/statm"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return double(file.readAll().split(' ').value(1).toLongLong() * sysconf(_SC_PAGESIZE)) / 1024 / 1024;
}

QByteArray address(int port, int number) { return "rtsp://127.0.0.1:" + QByteArray::number(port) + "/cam" + QByteArray::number(number); }

/// The measure: FFmpeg reads and decodes, nothing more.
void decodeBare(const QByteArray &url, const std::atomic<bool> &stop)
{
    AVFormatContext *raw = nullptr;
    AVDictionary *options = nullptr;
    av_dict_set(&options, "rtsp_transport", "tcp", 0);
    const int code = avformat_open_input(&raw, url.constData(), nullptr, &options);
    av_dict_free(&options);
    if (code < 0)
        return;
    const FfmpegPointer<AVFormatContext> input(raw);
    const AVCodecParameters *parameters = raw->streams[0]->codecpar;
    const AVCodec *codec = avcodec_find_decoder(parameters->codec_id);
    const FfmpegPointer<AVCodecContext> decoder(avcodec_alloc_context3(codec));
    avcodec_parameters_to_context(decoder.get(), parameters);
    decoder->thread_count = 1;
    avcodec_open2(decoder.get(), codec, nullptr);
    const FfmpegPointer<AVPacket> packet(av_packet_alloc());
    const FfmpegPointer<AVFrame> frame(av_frame_alloc());
    while (!stop && av_read_frame(raw, packet.get()) >= 0) {
        avcodec_send_packet(decoder.get(), packet.get());
        while (avcodec_receive_frame(decoder.get(), frame.get()) >= 0)
            ;
        av_packet_unref(packet.get());
    }
}

int runBare(int port, int seconds)
{
    av_log_set_level(AV_LOG_QUIET);
    std::atomic<bool> stop = false;
    std::vector<std::jthread> threads;
    for (int number = 1; number <= cameras; ++number)
        threads.emplace_back([&stop, url = address(port, number)] { decodeBare(url, stop); });
    std::this_thread::sleep_for(std::chrono::seconds(4)); // all have begun: measured is the steady state
    const double before = cpuMs();
    std::this_thread::sleep_for(std::chrono::seconds(seconds));
    QTextStream(stdout) << cpuMs() - before << Qt::endl;
    stop = true;
    return 0;
}

void runEvents(int ms)
{
    QEventLoop loop;
    QTimer::singleShot(ms, &loop, &QEventLoop::quit);
    loop.exec();
}

void print(const char *metric, double value, const char *unit)
{
    QTextStream(stdout) << metric << '\t' << QString::number(value, 'f', 2) << '\t' << unit << Qt::endl;
}

QString option(const QStringList &arguments, const QString &name, const QString &fallback)
{
    const qsizetype index = arguments.indexOf(name);
    return index > 0 ? arguments.value(index + 1, fallback) : fallback;
}

/// Milliseconds until every tile of \a wall shows a picture, or -1.
double firstPictures(CameraWallWidget &wall, const QElapsedTimer &since)
{
    QEventLoop loop;
    QObject::connect(&wall, &CameraWallWidget::statusChanged, &loop, [&](const CameraWallStatus &status) {
        if (status.visible == cameras && status.complete())
            loop.quit();
    });
    QTimer::singleShot(60'000, &loop, &QEventLoop::quit);
    loop.exec();
    return wall.status().complete() ? double(since.elapsed()) : -1;
}

int bareCpuMs(int port, int seconds)
{
    QProcess bare;
    bare.start(QCoreApplication::applicationFilePath(), {u"--bare"_s, QString::number(port), QString::number(seconds)});
    bare.waitForFinished((seconds + 30) * 1000);
    return int(bare.readAllStandardOutput().trimmed().toDouble());
}

int measure(CameraWallWidget &wall, QWidget &window, const QElapsedTimer &since, double residentBefore, int port, const QStringList &arguments)
{
    const int seconds = option(arguments, u"--seconds"_s, u"20"_s).toInt();
    const double first = firstPictures(wall, since);
    if (first < 0)
        return 1;
    runEvents(3000); // all that runs once is over
    const double before = cpuMs();
    runEvents(seconds * 1000);
    const double used = cpuMs() - before;
    const double resident = residentMb() - residentBefore;
    if (const QString file = option(arguments, u"--screenshot"_s, {}); !file.isEmpty())
        window.screen()->grabWindow(window.winId()).save(file);
    wall.setCameras({});
    runEvents(300);
    const double bare = bareCpuMs(port, seconds);
    print("cameras.last_first_frame_16", first, "ms");
    print("cameras.rss_16", resident, "MB");
    print("cameras.cpu_screen_16", used / seconds / 10, "% of a core");
    print("cameras.cpu_bare_16", bare / seconds / 10, "% of a core");
    print("cameras.cpu_ratio_16", bare > 0 ? used / bare : -1, "ratio");
    return bare > 0 ? 0 : 1;
}

QSize windowSize(const QStringList &arguments)
{
    const QStringList size = option(arguments, u"--size"_s, u"1920x1080"_s).split(u'x');
    return {size.value(0).toInt(), size.value(1).toInt()};
}

int runWall(const DemoCameras &demo, const QStringList &arguments)
{
    const SystemClock clock;
    CameraWallWidget wall(clock);
    wall.setPageSize(cameras);
    wall.resize(windowSize(arguments));
    wall.show();
    runEvents(500);
    QList<CameraInfo> list;
    for (int number = 1; number <= cameras; ++number)
        list.append({Id::create(clock), u"Camera %1"_s.arg(number), demo.url(number)});
    const double resident = residentMb();
    QElapsedTimer timer;
    timer.start();
    wall.setCameras(list);
    return measure(wall, wall, timer, resident, demo.port(), arguments);
}

// From the moment the window is asked for, beside everything else that comes up then.
int runScreen(const DemoCameras &demo, const QStringList &arguments)
{
    const QTemporaryDir settings;
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
    QSettings().setValue(u"cameras/page_size"_s, cameras);
    Theme theme(*qApp);
    const auto catalog = TypeCatalog::load();
    Desk desk(theme, QUrl(u"https://127.0.0.1:1"_s), {}, *catalog);
    ComplaintMaker maker(QDateTime::currentMSecsSinceEpoch(), complaints);
    ChangePage page{.next = {.epoch = Id::derived(Id(), u"bench"), .sequence = 1, .digest = QByteArray(32, 'x')}, .changes = maker.units() + demo.records(cameras)};
    for (int i = 0; i < complaints; ++i)
        page.changes += maker.next();
    if (!desk.open() || !answered(desk.store().applyPage(page)))
        return 1;
    const double resident = residentMb();
    QElapsedTimer timer;
    timer.start();
    desk.show(windowSize(arguments));
    return measure(desk.window().cameraPane().wall(), desk.window(), timer, resident, demo.port(), arguments);
}

} // namespace

int main(int argc, char **argv)
{
    if (argc == 4 && QByteArrayView(argv[1]) == "--bare")
        return runBare(QByteArray(argv[2]).toInt(), QByteArray(argv[3]).toInt());
    QCoreApplication::setOrganizationName(u"tourism-ioc-bench"_s);
    QSettings::setDefaultFormat(QSettings::IniFormat);
    const QApplication app(argc, argv);
    DemoCameras demo;
    if (!demo.start(cameras)) {
        std::fputs("bench_cameras: the demonstration server did not start\n", stderr);
        return 1;
    }
    const QStringList arguments = QApplication::arguments();
    return arguments.contains(u"--wall"_s) ? runWall(demo, arguments) : runScreen(demo, arguments);
}
