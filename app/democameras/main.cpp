// SPDX-License-Identifier: GPL-3.0-or-later
#include "cameraserver.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QSaveFile>
#include <QTextStream>

#include <glib-unix.h>

extern "C" {
#include <libavutil/log.h>
}

using namespace Qt::StringLiterals;

namespace {

struct Options
{
    QByteArray address;
    int port = 0;
    QString portFile;
    int count = 16;
    QStringList clips;
};

void say(const QString &line) { QTextStream(stderr) << "tourism-ioc-demo-cameras: " << line << Qt::endl; }

Options readOptions(const QCoreApplication &app)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Plays clips as RTSP cameras /cam1, /cam2 … without end and without encoding."_s);
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption address(u"address"_s, u"Address to listen on."_s, u"address"_s, u"127.0.0.1"_s);
    const QCommandLineOption port(u"port"_s, u"Port to listen on; 0 takes a free one."_s, u"port"_s, u"8554"_s);
    const QCommandLineOption portFile(u"port-file"_s, u"Write the port to this file once cameras can be watched."_s, u"file"_s);
    const QCommandLineOption count(u"count"_s, u"Number of cameras, 1 to 256."_s, u"number"_s, u"16"_s);
    parser.addOptions({address, port, portFile, count});
    parser.addPositionalArgument(u"clip"_s, u"Clips: H.264, HEVC or motion JPEG."_s, u"clip..."_s);
    parser.process(app);

    bool portOk = false;
    bool countOk = false;
    const Options options{parser.value(address).toLatin1(), parser.value(port).toInt(&portOk), parser.value(portFile),
                          parser.value(count).toInt(&countOk), parser.positionalArguments()};
    if (!portOk || options.port < 0 || options.port > 65535 || !countOk || options.count < 1 || options.count > 256
        || options.clips.isEmpty()) {
        parser.showHelp(2);
    }
    return options;
}

std::vector<std::shared_ptr<const ioc::Clip>> readClips(const QStringList &paths)
{
    std::vector<std::shared_ptr<const ioc::Clip>> clips;
    for (const QString &path : paths) {
        ioc::Result<ioc::Clip> clip = ioc::Clip::read(path);
        if (clip)
            clips.push_back(std::make_shared<const ioc::Clip>(std::move(*clip)));
        else
            say(clip.error().detail.isEmpty() ? clip.error().message : clip.error().message + u" ("_s + clip.error().detail + u')');
    }
    return clips;
}

bool writePort(const QString &path, int port)
{
    QSaveFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(QByteArray::number(port) + '\n') > 0 && file.commit();
}

gboolean quit(gpointer loop)
{
    g_main_loop_quit(static_cast<GMainLoop *>(loop));
    return G_SOURCE_CONTINUE;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(u"tourism-ioc-demo-cameras"_s);
    const Options options = readOptions(app);
    av_log_set_level(AV_LOG_QUIET); // what matters is said by readClips
    gst_init(nullptr, nullptr);

    std::vector<std::shared_ptr<const ioc::Clip>> clips = readClips(options.clips);
    if (clips.empty()) {
        say(u"none of the clips can be played"_s);
        return 1;
    }
    GMainLoop *loop = g_main_loop_new(nullptr, FALSE);
    g_unix_signal_add(SIGINT, quit, loop);
    g_unix_signal_add(SIGTERM, quit, loop);
    {
        ioc::CameraServer server(std::move(clips), options.count);
        const ioc::Result<int> port = server.listen(options.address, options.port);
        if (!port) {
            say(port.error().message);
            return 1;
        }
        if (!options.portFile.isEmpty() && !writePort(options.portFile, *port)) {
            say(u"cannot write %1"_s.arg(options.portFile));
            return 1;
        }
        say(u"%1 cameras at rtsp://%2:%3/cam1"_s.arg(options.count).arg(QString::fromLatin1(options.address)).arg(*port));
        g_main_loop_run(loop);
    }
    g_main_loop_unref(loop);
    return 0;
}
