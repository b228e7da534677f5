// SPDX-License-Identifier: GPL-3.0-or-later
// demo_scenes FFMPEG DIR: paints each scene and has the ffmpeg program write it to DIR/<name>.mp4.
#include "scenes.h"

#include <QDir>
#include <QGuiApplication>
#include <QPainter>
#include <QProcess>
#include <QTextStream>

using namespace Qt::StringLiterals;

namespace {

QString number(int value) { return QString::number(value); }

QStringList encoderArguments(const QString &output)
{
    const QString size = u"%1x%2"_s.arg(ioc::sceneWidth).arg(ioc::sceneHeight);
    return {u"-v"_s, u"error"_s, u"-y"_s, u"-f"_s, u"rawvideo"_s, u"-pix_fmt"_s, u"bgra"_s, u"-s"_s, size, u"-r"_s, number(ioc::sceneRate),
            u"-i"_s, u"-"_s, u"-an"_s, u"-c:v"_s, u"libx264"_s, u"-preset"_s, u"veryfast"_s, u"-crf"_s, u"24"_s, u"-tune"_s, u"zerolatency"_s,
            u"-pix_fmt"_s, u"yuv420p"_s, u"-g"_s, number(ioc::sceneRate), u"-keyint_min"_s, number(ioc::sceneRate), u"-sc_threshold"_s,
            u"0"_s, u"-fflags"_s, u"+bitexact"_s, u"-movflags"_s, u"+faststart"_s, u"-f"_s, u"mp4"_s, output};
}

/// The line a camera writes into its picture: place, and the second of the round.
void paintCaption(QPainter &painter, const QString &title, int second)
{
    QFont font(u"DejaVu Sans"_s);
    font.setPixelSize(15);
    font.setBold(true);
    painter.setFont(font);
    const QString text = u"%1   00:%2"_s.arg(title).arg(second, 2, 10, '0'_L1);
    const QRect band(10, 10, painter.fontMetrics().horizontalAdvance(text) + 16, 24);
    painter.fillRect(band, QColor(0, 0, 0, 130));
    painter.setPen(Qt::white);
    painter.drawText(band, Qt::AlignCenter, text);
}

bool render(const ioc::Scene &scene, const QString &ffmpeg, const QString &directory)
{
    // Written under another name first: a run that is stopped leaves no half clip behind.
    const QString final = directory + u'/' + scene.name + u".mp4"_s;
    const QString partial = final + u".part"_s;
    QProcess encoder;
    encoder.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    encoder.start(ffmpeg, encoderArguments(partial));
    if (!encoder.waitForStarted())
        return false;
    QImage picture(ioc::sceneWidth, ioc::sceneHeight, QImage::Format_RGB32);
    constexpr int frames = ioc::sceneRate * ioc::sceneSeconds;
    for (int frame = 0; frame < frames; ++frame) {
        QPainter painter(&picture);
        painter.setRenderHint(QPainter::Antialiasing);
        scene.paint(painter, double(frame) / frames);
        paintCaption(painter, scene.title, frame / ioc::sceneRate);
        painter.end();
        encoder.write(reinterpret_cast<const char *>(picture.constBits()), picture.sizeInBytes());
        while (encoder.bytesToWrite() > 0) {
            if (!encoder.waitForBytesWritten())
                return false;
        }
    }
    encoder.closeWriteChannel();
    if (!encoder.waitForFinished(60'000) || encoder.exitStatus() != QProcess::NormalExit || encoder.exitCode() != 0)
        return false;
    QFile::remove(final);
    return QFile::rename(partial, final);
}

} // namespace

int main(int argc, char **argv)
{
    const QGuiApplication app(argc, argv);
    const QStringList arguments = QGuiApplication::arguments();
    if (arguments.size() != 3 || !QDir().mkpath(arguments[2])) {
        QTextStream(stderr) << "usage: demo_scenes FFMPEG DIRECTORY\n";
        return 2;
    }
    for (const ioc::Scene &scene : ioc::allScenes()) {
        if (!render(scene, arguments[1], arguments[2])) {
            QTextStream(stderr) << "demo_scenes: " << scene.name << " could not be encoded by " << arguments[1] << '\n';
            return 1;
        }
    }
    return 0;
}
