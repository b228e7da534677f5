// SPDX-License-Identifier: GPL-3.0-or-later
// Sixteen RTSP cameras in a real wall: when the last one shows, what they cost beside a bare decode of the same streams.
//
//   bench_cameras [--seconds N] [--screenshot FILE] [--size WxH] [--beside-quick]
//   bench_cameras --bare PORT SECONDS      (used by itself: decodes the streams and prints its CPU milliseconds)
#include <cameras/camerawallwidget.h>
#include <cameras/ffmpegpointers.h>

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QHBoxLayout>
#include <QProcess>
#include <QQuickWidget>
#include <QTemporaryDir>
#include <QTextStream>
#include <QTimer>

#include <sys/resource.h>

#include <atomic>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace Qt::StringLiterals;
using namespace ioc;

namespace {

constexpr int cameras = 16;

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

int startServer(QProcess &server, const QString &portFile)
{
    QStringList arguments{u"--port"_s, u"0"_s, u"--port-file"_s, portFile, u"--count"_s, QString::number(cameras)};
    const QDir clips(QStringLiteral(IOC_BINARY_DIR "/share/tourism-ioc/clips"));
    for (const QString &name : clips.entryList({u"*.mp4"_s}, QDir::Files, QDir::Name))
        arguments << clips.filePath(name);
    server.setStandardErrorFile(QProcess::nullDevice());
    server.start(QStringLiteral(IOC_BINARY_DIR "/bin/tourism-ioc-demo-cameras"), arguments);
    QFile file(portFile);
    for (QElapsedTimer timer = [] { QElapsedTimer t; t.start(); return t; }(); timer.elapsed() < 20'000 && !file.exists();)
        server.waitForFinished(20);
    return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed().toInt() : 0;
}

QList<CameraInfo> cameraList(const Clock &clock, int port)
{
    QList<CameraInfo> list;
    for (int number = 1; number <= cameras; ++number)
        list.append({Id::create(clock), u"Camera %1"_s.arg(number), QUrl(QString::fromLatin1(address(port, number)))});
    return list;
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

double firstPictures(CameraWallWidget &wall, const QList<CameraInfo> &list)
{
    QElapsedTimer timer;
    timer.start();
    QEventLoop loop;
    QObject::connect(&wall, &CameraWallWidget::statusChanged, &loop, [&](const CameraWallStatus &status) {
        if (status.visible == cameras && status.complete())
            loop.quit();
    });
    QTimer::singleShot(60'000, &loop, &QEventLoop::quit);
    wall.setCameras(list);
    loop.exec();
    return wall.status().complete() ? double(timer.elapsed()) : -1;
}

int runWall(const QStringList &arguments)
{
    const QTemporaryDir directory;
    QProcess server;
    const int port = startServer(server, directory.filePath(u"port"_s));
    if (port == 0) {
        QTextStream(stderr) << "bench_cameras: the demonstration server did not start\n";
        return 1;
    }
    const int seconds = option(arguments, u"--seconds"_s, u"20"_s).toInt();
    const QStringList size = option(arguments, u"--size"_s, u"1600x900"_s).split(u'x');
    const SystemClock clock;
    QWidget window;
    auto *layout = new QHBoxLayout(&window);
    layout->setContentsMargins(0, 0, 0, 0);
    if (arguments.contains(u"--beside-quick"_s))
        layout->addWidget(new QQuickWidget(&window));
    auto *wall = new CameraWallWidget(clock, &window);
    wall->setPageSize(cameras);
    layout->addWidget(wall, 4);
    window.resize(size.value(0).toInt(), size.value(1).toInt());
    window.show();
    runEvents(500);
    const double before = residentMb();
    print("cameras.last_first_frame_16", firstPictures(*wall, cameraList(clock, port)), "ms");
    runEvents(3000);
    const double cpuBefore = cpuMs();
    runEvents(seconds * 1000);
    const double wallCpu = cpuMs() - cpuBefore;
    print("cameras.rss_16", residentMb() - before, "MB");
    if (const QString file = option(arguments, u"--screenshot"_s, {}); !file.isEmpty())
        window.grab().save(file);
    wall->setCameras({});
    runEvents(300);

    QProcess bare;
    bare.start(QCoreApplication::applicationFilePath(), {u"--bare"_s, QString::number(port), QString::number(seconds)});
    bare.waitForFinished((seconds + 30) * 1000);
    const double bareCpu = bare.readAllStandardOutput().trimmed().toDouble();
    print("cameras.cpu_wall_16", wallCpu / seconds / 10, "% of a core");
    print("cameras.cpu_bare_16", bareCpu / seconds / 10, "% of a core");
    print("cameras.cpu_ratio_16", bareCpu > 0 ? wallCpu / bareCpu : -1, "ratio");
    server.terminate();
    server.waitForFinished(5000);
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc == 4 && QByteArrayView(argv[1]) == "--bare")
        return runBare(QByteArray(argv[2]).toInt(), QByteArray(argv[3]).toInt());
    const QApplication app(argc, argv);
    return runWall(QApplication::arguments());
}
