// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/id.h>

#include <QList>
#include <QString>

namespace ioc {

/// A well-known place where demonstration complaints happen.
struct DemoPlace
{
    QString name;
    QString kind; ///< of attraction or facility: "museum", "market", "service" …
    QString address;
    Id unit;      ///< the commune it lies in
    double latitude = 0;
    double longitude = 0;
};

/// The places of resources/demo/places.csv where people go sightseeing or travel through.
Result<QList<DemoPlace>> demoPlaces();

} // namespace ioc
