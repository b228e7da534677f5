// SPDX-License-Identifier: GPL-3.0-or-later
#include "style.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace ioc {

QByteArray basemapFile(const QString &name)
{
    QFile file(u":/basemap/"_s + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s is not built in", qPrintable(name));
    return file.readAll();
}

namespace {

QJsonObject palette(const QString &theme)
{
    return QJsonDocument::fromJson(basemapFile(u"style/palettes.json"_s)).object().value(theme).toObject();
}

} // namespace

QString paletteColor(const QString &theme, const QString &name)
{
    return palette(theme).value(name).toString();
}

QByteArray mapStyle(const QString &name, const QString &theme, const QHash<QString, QString> &settings)
{
    QString style = QString::fromUtf8(basemapFile(u"style/"_s + name + u".xml"_s));
    const QJsonObject colors = palette(theme);
    for (auto it = colors.begin(); it != colors.end(); ++it)
        style.replace(u'@' + it.key() + u'@', it.value().toString());
    for (auto it = settings.cbegin(); it != settings.cend(); ++it)
        style.replace(u'@' + it.key() + u'@', it.value());
    return style.toUtf8();
}

} // namespace ioc
