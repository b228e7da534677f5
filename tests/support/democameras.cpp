// SPDX-License-Identifier: GPL-3.0-or-later
#include <support/democameras.h>

#include <QCborArray>
#include <QDateTime>
#include <QDeadlineTimer>
#include <QDir>
#include <QFile>

namespace ioc {

using namespace Qt::StringLiterals;

bool DemoCameras::start(int count)
{
    const QString portFile = m_folder.filePath(u"port"_s);
    QStringList arguments{u"--port"_s, u"0"_s, u"--port-file"_s, portFile, u"--count"_s, QString::number(count)};
    const QDir clips(QStringLiteral(IOC_CLIPS_FOLDER));
    for (const QString &name : clips.entryList({u"*.mp4"_s}, QDir::Files, QDir::Name))
        arguments << clips.filePath(name);
    m_server.setStandardErrorFile(QProcess::nullDevice());
    m_server.start(QStringLiteral(IOC_CAMERAS_PROGRAM), arguments);
    QFile file(portFile);
    for (const QDeadlineTimer patience(20'000); !patience.hasExpired() && !file.exists();)
        m_server.waitForFinished(20);
    m_port = file.open(QIODevice::ReadOnly) ? file.readAll().trimmed().toInt() : 0;
    return m_port > 0;
}

QUrl DemoCameras::url(int number) const
{
    return QUrl(u"rtsp://127.0.0.1:%1/cam%2"_s.arg(m_port).arg(number));
}

QList<Change> DemoCameras::records(int count) const
{
    QList<Change> out;
    for (int number = 1; number <= count; ++number) {
        out += {.sequence = number,
                .record = {.type = u"camera"_s, .id = Id::derived(Id(), u"camera %1"_s.arg(number)), .version = QDateTime::currentMSecsSinceEpoch(),
                           .values = {{u"name"_s, u"Camera %1"_s.arg(number, 2, 10, QChar(u'0'))}, {u"url"_s, url(number).toString()}, {u"active"_s, true},
                                      {u"place"_s, QCborArray{10.770 + 0.002 * (number / 4), 106.695 + 0.002 * (number % 4)}}}}};
    }
    return out;
}

DemoCameras::~DemoCameras()
{
    m_server.terminate();
    m_server.waitForFinished(5000);
}

} // namespace ioc
