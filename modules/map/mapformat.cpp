// SPDX-License-Identifier: GPL-3.0-or-later
#include <map/mapformat.h>

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

namespace ioc {

QString formatCoordinates(LatLon position)
{
    const QLocale locale;
    const QString lat = locale.toString(std::abs(position.lat), 'f', 4);
    const QString lon = locale.toString(std::abs(position.lon), 'f', 4);
    const QString latText = position.lat < 0 ? QCoreApplication::translate("ioc::MapFormat", "%1° S", "southern latitude")
                                             : QCoreApplication::translate("ioc::MapFormat", "%1° N", "northern latitude");
    const QString lonText = position.lon < 0 ? QCoreApplication::translate("ioc::MapFormat", "%1° W", "western longitude")
                                             : QCoreApplication::translate("ioc::MapFormat", "%1° E", "eastern longitude");
    return latText.arg(lat) + u' ' + lonText.arg(lon);
}

QString formatDistance(double metres)
{
    const QLocale locale;
    if (metres >= 1000)
        return QCoreApplication::translate("ioc::MapFormat", "%1 km").arg(locale.toString(metres / 1000, 'g', 6));
    return QCoreApplication::translate("ioc::MapFormat", "%1 m").arg(locale.toString(metres, 'g', 6));
}

ScaleStep scaleStep(double metresPerPixel, double pixels)
{
    const double longest = metresPerPixel * pixels;
    const double power = std::pow(10, std::floor(std::log10(longest)));
    const double times = longest / power;
    const double metres = (times >= 5 ? 5 : times >= 2 ? 2 : 1) * power;
    return {metres, metres / metresPerPixel};
}

} // namespace ioc
