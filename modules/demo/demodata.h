// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <exchange/recordimport.h>

namespace ioc {

/// One CSV file of the demonstration, imported as users import theirs.
struct DemoFile
{
    QString title;   ///< translated, for what is printed
    QString path;
    QString mapping; ///< path of its mapping
};

/// Files in the order in which they are imported. \a sharedFolder: a folder with larger real data (places, units, statistics);
/// what is absent there, or everything when it is empty, comes from the product's own small set.
QList<DemoFile> demoFiles(const QString &sharedFolder);

/// What the small set counts from the day it is made: events around today, and arrivals by month and market for the three
/// years before (invented; their source says so). \a ownArrivals: false when real ones are imported.
Result<QList<Record>> demoRecords(qint64 nowMs, bool ownArrivals);

/// The first \a count cameras, their streams at \a base + "/cam1" … (\a base like "rtsp://127.0.0.1:8554").
Result<QList<Record>> demoCameras(const TypeCatalog &catalog, const QString &base, int count);

/// Whether \a sharedFolder has arrivals of its own.
bool hasArrivals(const QString &sharedFolder);

} // namespace ioc
