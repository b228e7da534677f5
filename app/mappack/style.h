// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QString>

namespace ioc {

/// A style of resources/basemap/style with its @names@ replaced: the palette of \a theme ("light" or "dark") and
/// \a settings.
QByteArray mapStyle(const QString &name, const QString &theme, const QHash<QString, QString> &settings);

/// A colour of resources/basemap/style/palettes.json.
QString paletteColor(const QString &theme, const QString &name);

/// A file of resources/basemap.
QByteArray basemapFile(const QString &name);

} // namespace ioc
