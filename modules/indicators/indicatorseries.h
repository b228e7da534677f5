// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <store/query.h>

#include <QDate>
#include <QList>

namespace ioc {

/// Values for a chart, each with the query whose records it counts.
struct IndicatorSeries
{
    enum class Step { Day, Month, Category };
    struct Line
    {
        QString id;
        QString name;          ///< empty for the total: the chart has its own word for it
        QList<double> values;  ///< NaN where nothing is known
        QList<Query> records;  ///< beside each value
    };
    QString code;
    Step step = Step::Day;
    QList<QDate> starts;       ///< first day of each period; empty for categories
    QStringList categories;    ///< codes of a choice field, most frequent first
    QList<Line> lines;
    qint64 asOfMs = 0;
};

} // namespace ioc
