// SPDX-License-Identifier: GPL-3.0-or-later
#include "logline.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimeZone>

#include <cstdio>

namespace ioc {

namespace {

constexpr qsizetype exactDigits = 15; // a number in JSON holds no more

QByteArray levelName(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg: return "debug";
    case QtInfoMsg: return "info";
    case QtWarningMsg: return "warning";
    case QtCriticalMsg: return "error";
    case QtFatalMsg: return "fatal";
    }
    return "info";
}

QByteArray onOneLine(QByteArray text)
{
    for (char &letter : text) {
        if (static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f)
            letter = ' ';
    }
    return text;
}

// "key=value" and "key=\"a text\"", in their order.
QJsonObject fields(const QByteArray &message)
{
    QJsonObject out;
    for (qsizetype at = 0; at < message.size();) {
        const qsizetype equals = message.indexOf('=', at);
        if (equals < 0)
            break;
        const QString key = QString::fromUtf8(message.mid(at, equals - at).trimmed());
        const bool isQuoted = equals + 1 < message.size() && message.at(equals + 1) == '"';
        const qsizetype from = equals + (isQuoted ? 2 : 1);
        const qsizetype end = message.indexOf(isQuoted ? '"' : ' ', from);
        const QByteArray value = message.mid(from, (end < 0 ? message.size() : end) - from);
        bool isNumber = false;
        const qint64 number = value.toLongLong(&isNumber);
        out.insert(key, isNumber && !isQuoted && value.size() <= exactDigits ? QJsonValue(number) : QJsonValue(QString::fromUtf8(value)));
        at = end < 0 ? message.size() : end + 1;
    }
    return out;
}

template <LogFormat format>
void handle(QtMsgType type, const QMessageLogContext &, const QString &message)
{
    const QByteArray line = logLine(format, type, message.toUtf8(), QDateTime::currentMSecsSinceEpoch()) + '\n';
    (void)std::fwrite(line.constData(), 1, static_cast<size_t>(line.size()), stderr);
    (void)std::fflush(stderr);
}

} // namespace

QByteArray logLine(LogFormat format, QtMsgType type, const QByteArray &message, qint64 nowMs)
{
    const QByteArray time = QDateTime::fromMSecsSinceEpoch(nowMs, QTimeZone::UTC).toString(Qt::ISODateWithMs).toLatin1();
    const QByteArray plain = onOneLine(message);
    const QByteArray ours = plain.startsWith("event=") ? plain : "event=message text=\"" + QByteArray(plain).replace('"', '\'') + '"';
    if (format == LogFormat::Text)
        return "time=" + time + " level=" + levelName(type) + ' ' + ours;
    QJsonObject out = fields(ours);
    out.insert(QStringLiteral("time"), QString::fromLatin1(time));
    out.insert(QStringLiteral("level"), QString::fromLatin1(levelName(type)));
    return QJsonDocument(out).toJson(QJsonDocument::Compact);
}

void useLogFormat(LogFormat format)
{
    qInstallMessageHandler(format == LogFormat::Json ? handle<LogFormat::Json> : handle<LogFormat::Text>);
}

} // namespace ioc
