// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <charts/axisscale.h>
#include <charts/chartcanvas.h>

#include <QSet>

class QLineSeries;
class QStackedBarSeries;

namespace ioc {

enum class TimeSeriesLook { Lines, StackedBars };

/// Lines or stacked bars over periods of time; slots are periods.
class PeriodCanvas : public ChartCanvas
{
    Q_OBJECT

public:
    PeriodCanvas(const Theme &theme, const Format &format, QWidget *parent);

    void setLook(TimeSeriesLook look);
    void setData(const TimeSeriesData &data);
    [[nodiscard]] const TimeSeriesData &data() const { return m_data; }
    void setSeriesVisible(const QString &id, bool visible);
    [[nodiscard]] QColor colourOf(int series) const;
    /// Index of the series that keyboard or pointer chose, or -1 for all of the period.
    [[nodiscard]] int currentSeries() const { return m_currentSeries; }
    /// Where \a series stands at \a period, in the canvas: the point, or the middle of the bar's piece.
    [[nodiscard]] QPointF positionOf(int series, int period) const;

Q_SIGNALS:
    /// \a series is an index, or -1 for all.
    void activated(int series, int period);

protected:
    int slotCount() const override { return int(m_data.starts.size()); }
    ChartStatus counted() const override;
    int slotAt(QPointF position) const override;
    QRectF slotRect(int slot) const override;
    void emptySeries() override;
    QRectF arrange() override;
    void fillSeries() override;
    void paintAxes(QPainter &painter) override;
    void paintHighlight(QPainter &painter) override;
    QString slotTitle(int slot) const override;
    QList<ChartTooltip::Row> slotRows(int slot) const override;
    void activate(int slot, const QPointF *position) override;
    bool handleKey(int key) override;
    std::pair<int, int> moveKeys() const override { return {Qt::Key_Right, Qt::Key_Left}; }

private:
    [[nodiscard]] QList<int> visibleSeries() const;
    [[nodiscard]] double value(int series, int period) const;
    [[nodiscard]] std::pair<double, double> extent(bool &whole) const;
    [[nodiscard]] qreal yOf(double value) const;
    [[nodiscard]] int seriesAt(int period, qreal y) const;
    void fillBars(const QList<int> &shown);
    void fillLines(const QList<int> &shown);

    TimeSeriesData m_data;
    TimeSeriesLook m_look = TimeSeriesLook::Lines;
    QSet<QString> m_hidden;
    int m_currentSeries = -1;
    AxisScale m_scale;
    PeriodLabels m_labels;
    QStackedBarSeries *m_bars;      ///< what Qt Charts draws; owned by the chart
    QList<QLineSeries *> m_lines; ///< as many as were ever needed
};

} // namespace ioc
