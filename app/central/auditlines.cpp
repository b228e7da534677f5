// SPDX-License-Identifier: GPL-3.0-or-later
#include "auditlines.h"

#include <exchange/csvwriter.h>
#include <wire/plaincbor.h>

#include <QCborArray>
#include <QCborMap>
#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimeZone>

namespace ioc {

namespace {

const QStringList columns{QStringLiteral("sequence"), QStringLiteral("time"), QStringLiteral("login"), QStringLiteral("account"), QStringLiteral("device"), QStringLiteral("kind"),
                          QStringLiteral("type"), QStringLiteral("record"), QStringLiteral("operation"), QStringLiteral("details"), QStringLiteral("digest")};

QString idText(const QByteArray &bytes)
{
    return bytes.isEmpty() ? QString() : Id::fromBytes(bytes).transform([](const Id &id) { return id.toString(); }).value_or(QString::fromLatin1(bytes.toHex()));
}

QJsonValue json(const QCborValue &value)
{
    if (value.isByteArray()) {
        const QByteArray bytes = value.toByteArray();
        return bytes.size() == 16 ? idText(bytes) : QString::fromLatin1(bytes.toHex());
    }
    if (!value.isArray())
        return value.toJsonValue();
    QJsonArray out;
    const QCborArray items = value.toArray();
    for (const QCborValue &item : items)
        out += json(item);
    return out;
}

QJsonObject detailsJson(const QByteArray &details)
{
    const auto parsed = wire::parsedPlain(details, 100'000);
    if (!parsed)
        return {{QStringLiteral("unreadable"), QString::fromLatin1(details.toHex())}};
    QJsonObject out;
    for (const auto &[key, value] : parsed->toMap()) {
        const bool areIds = key.toString() == u"records";
        const QByteArray ids = areIds ? QCborValue(value).toByteArray() : QByteArray();
        QJsonArray list;
        for (qsizetype at = 0; at + 16 <= ids.size(); at += 16)
            list += idText(ids.sliced(at, 16));
        out.insert(key.toString(), areIds ? QJsonValue(list) : json(value));
    }
    return out;
}

} // namespace

QByteArray AuditLines::head() const
{
    return m_format == Format::Csv ? csvLine(columns) : QByteArray();
}

QByteArray AuditLines::line(const AuditLink &link) const
{
    const QString time = QDateTime::fromMSecsSinceEpoch(link.atMs, QTimeZone::UTC).toString(Qt::ISODateWithMs);
    const QStringList texts{m_logins.value(link.account), idText(link.account), idText(link.device), link.kind, link.type, idText(link.record), idText(link.op)};
    const QJsonObject details = detailsJson(link.details);
    const QString digest = QString::fromLatin1(link.digest.toHex());
    if (m_format == Format::Csv)
        return csvLine(QStringList{QString::number(link.sequence), time} + texts + QStringList{QString::fromUtf8(QJsonDocument(details).toJson(QJsonDocument::Compact)), digest});
    QJsonObject out{{columns[0], link.sequence}, {columns[1], time}, {columns[9], details}, {columns[10], digest}};
    for (qsizetype i = 0; i < texts.size(); ++i) {
        if (!texts[i].isEmpty())
            out.insert(columns[i + 2], texts[i]);
    }
    return QJsonDocument(out).toJson(QJsonDocument::Compact) + '\n';
}

} // namespace ioc
