// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/format.h>
#include <charts/chartdata.h>
#include <charts/periodcanvas.h>

#include <QWidget>

namespace ioc {

class ChartLegend;
class Theme;

/// Values over months or days as lines or stacked bars, with a legend whose entries switch series off and on.
/// Hovering shows a period's values; a click, or the arrow keys and Enter, opens the records behind it.
class TimeSeriesChart : public QWidget
{
    Q_OBJECT

public:
    /// \a theme must outlive the chart.
    TimeSeriesChart(const Theme &theme, const Format &format, TimeSeriesLook look, QWidget *parent = nullptr);

    /// Shows \a data. The same series with other values are changed in place.
    void setData(const TimeSeriesData &data);
    /// What stands in place of a chart without values, for example why there are none.
    void setEmptyText(const QString &text);
    [[nodiscard]] ChartStatus status() const;
    [[nodiscard]] PeriodCanvas &canvas() { return *m_canvas; }
    [[nodiscard]] ChartLegend &legend() { return *m_legend; }

    /// Room for a small plot below one row of the legend; a narrower legend takes rows from the plot.
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return false; }

Q_SIGNALS:
    /// The period from \a fromMs up to but not including \a toMs (UTC) was opened; \a series is the id of the one
    /// that was clicked, or empty for all of them.
    void pointActivated(const QString &series, qint64 fromMs, qint64 toMs);

private:
    void fillLegend();
    void open(int series, int period);

    ChartLegend *m_legend;
    PeriodCanvas *m_canvas;
};

} // namespace ioc
