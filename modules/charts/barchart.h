// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <charts/axisscale.h>
#include <charts/chartcanvas.h>

class QHorizontalBarSeries;

namespace ioc {

/// One value for each name, as lying bars: names at the left, values at the bars' ends, in the order given.
/// A name without room is elided and stands whole in the tooltip. Put long lists in a scroll area.
class BarChart : public ChartCanvas
{
    Q_OBJECT

public:
    /// \a theme must outlive the chart.
    BarChart(const Theme &theme, const Format &format, QWidget *parent = nullptr);

    void setData(const QList<ChartBar> &bars, const QString &unit = {});
    /// Which of the theme's category colours the bars have.
    void setCategory(int category);
    /// Height at which every bar is comfortable to read, in logical pixels.
    [[nodiscard]] int preferredHeight() const;
    [[nodiscard]] QSize sizeHint() const override { return {300, preferredHeight()}; }
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// The bar called \a id was clicked, or opened with Enter.
    void barActivated(const QString &id);

protected:
    int slotCount() const override { return int(m_bars.size()); }
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
    bool handleKey(int) override { return false; }
    std::pair<int, int> moveKeys() const override { return {Qt::Key_Down, Qt::Key_Up}; }

private:
    [[nodiscard]] QString valueText(double value) const;

    QList<ChartBar> m_bars;
    QHorizontalBarSeries *m_series; ///< what Qt Charts draws; owned by the chart
    QString m_unit;
    double m_most = 0;
    int m_category = 0;
};

} // namespace ioc
