// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/format.h>
#include <charts/chartdata.h>

#include <QFontMetricsF>

namespace ioc {

/// A value axis that ends on round numbers.
struct AxisScale
{
    double min = 0;
    double max = 1;
    double step = 1;

    /// Covers 0 and \a least … \a most with at most \a ticks steps of 1, 2 or 5 times a power of ten.
    /// Values that are all whole numbers are given \a whole and get no fractional ticks.
    static AxisScale covering(double least, double most, int ticks, bool whole);
};

/// A text below the axis, centred at the middle of period \a index.
struct AxisLabel
{
    int index;
    QString text;
    bool operator==(const AxisLabel &) const = default;
};

struct PeriodLabels
{
    QList<AxisLabel> periods; ///< first line
    QList<AxisLabel> years;   ///< second line, for months only
};

/// As many labels of \a starts as fit side by side when each period is \a slotWidth wide: every period, or
/// every second, third …; months so that January is among them, days so that the last one is.
PeriodLabels periodLabels(const QList<QDate> &starts, ChartStep step, qreal slotWidth, const QFontMetricsF &metrics,
                          const Format &format);

} // namespace ioc
