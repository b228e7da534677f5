// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QIcon>
#include <QList>
#include <QString>

namespace ioc {

/// One kind of thing on the map.
struct MapLayer
{
    QString id;
    QString label; ///< plain text
    QColor color;
    QIcon icon; ///< its shape is drawn in white on the colour
    bool visible = true;
};

/// Something at a place. \a key is the caller's and unique within its layer.
struct MapPoint
{
    qint64 key = 0;
    double lat = 0; ///< degrees, WGS 84; a position that is not on the globe is not shown
    double lon = 0;
    quint16 layer = 0; ///< set by the map
    quint16 tone = 0;  ///< 0: the layer's colour; else one of MapWidget::setTones(), counted from 1
};

/// Names one point.
struct MapPointRef
{
    QString layer;
    qint64 key = 0;
    bool operator==(const MapPointRef &) const = default;
};

} // namespace ioc
