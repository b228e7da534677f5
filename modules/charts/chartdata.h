// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDate>
#include <QList>
#include <QString>

namespace ioc {

/// One row of values, in the order of the chart's periods. A value that is not known is NaN.
struct ChartSeries
{
    QString id;
    QString name;
    QList<double> values;
    int category = -1; ///< which of the theme's category colours; -1: by its place in the list

    bool operator==(const ChartSeries &) const = default;
};

enum class ChartStep { Day, Month };

/// Values of several series over the same periods. A period begins at the start of its day or month in Viet Nam.
struct TimeSeriesData
{
    ChartStep step = ChartStep::Month;
    QList<QDate> starts; ///< first day of each period, ascending
    QList<ChartSeries> series;
    QString unit; ///< shown behind values in the tooltip; may be empty
};

/// One bar.
struct ChartBar
{
    QString id;
    QString name;
    double value = 0; ///< not below 0
};

/// What a chart shows now, for the record that goes with a screenshot.
struct ChartStatus
{
    int series = 0;        ///< series that are switched on
    int points = 0;        ///< known values in them
    bool rendered = false; ///< the picture on the screen shows this data
};

} // namespace ioc
