// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/format.h>
#include <charts/chartdata.h>
#include <charts/charttooltip.h>
#include <ui/theme.h>

#include <QPixmap>
#include <QWidget>

#include <memory>

class QAbstractSeries;
class QChart;
class QGraphicsScene;
class QValueAxis;

namespace ioc {

/// Where a chart is drawn. Qt Charts draws the series once into a picture, which is put on the screen until
/// data, size or theme change; axes, labels and the highlighted slot (a period or a bar) are ours. Changes
/// only mark the picture as old: it is made anew at most once a frame, and not at all while hidden.
class ChartCanvas : public QWidget
{
    Q_OBJECT

public:
    /// \a theme must outlive the canvas.
    ChartCanvas(const Theme &theme, const Format &format, QWidget *parent);
    ~ChartCanvas() override;

    /// Shown in place of a chart without values.
    void setEmptyText(const QString &text);
    [[nodiscard]] ChartStatus status() const;
    /// The plot's rectangle in the canvas. Valid once drawn.
    [[nodiscard]] QRectF plotRect() const { return m_plot; }
    /// The highlighted slot, or -1.
    [[nodiscard]] int current() const { return m_current; }
    void setCurrent(int slot);
    [[nodiscard]] const ChartTooltip &tooltip() const { return *m_tooltip; }

    [[nodiscard]] QSize sizeHint() const override { return {400, 200}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {160, 90}; }

protected:
    [[nodiscard]] virtual int slotCount() const = 0;
    [[nodiscard]] virtual ChartStatus counted() const = 0;
    /// The slot at \a position, or -1.
    [[nodiscard]] virtual int slotAt(QPointF position) const = 0;
    [[nodiscard]] virtual QRectF slotRect(int slot) const = 0;
    /// Empties the series, so that new size and ranges do not lay out values that are about to go.
    virtual void emptySeries() = 0;
    /// The plot's rectangle for the present size; sets axis ranges and labels on the way.
    virtual QRectF arrange() = 0;
    /// Fills the series, emptied before, with the data. Called with the plot arranged.
    virtual void fillSeries() = 0;
    /// Grid, axes and labels, below the series.
    virtual void paintAxes(QPainter &painter) = 0;
    /// On top of the highlighted slot.
    virtual void paintHighlight(QPainter &painter) = 0;
    [[nodiscard]] virtual QString slotTitle(int slot) const = 0;
    [[nodiscard]] virtual QList<ChartTooltip::Row> slotRows(int slot) const = 0;
    /// The user opened \a slot, by a click at \a position or, without one, by the keyboard.
    virtual void activate(int slot, const QPointF *position) = 0;
    /// Keys of the subclass beyond those that move the highlight; true when used.
    virtual bool handleKey(int key) = 0;

    void markOld();
    void showTooltip();
    /// Gives \a series to the chart and its axes.
    void addSeries(QAbstractSeries *series);
    [[nodiscard]] QValueAxis &xAxis() { return *m_xAxis; }
    [[nodiscard]] QValueAxis &yAxis() { return *m_yAxis; }
    [[nodiscard]] const Theme &theme() const { return m_theme; }
    [[nodiscard]] const Format &format() const { return m_format; }
    /// Keys that go to the next and the previous slot.
    virtual std::pair<int, int> moveKeys() const = 0;

    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void draw();
    void clearHighlight();

    const Theme &m_theme;
    Format m_format;
    std::unique_ptr<QGraphicsScene> m_scene;
    QChart *m_chart;
    QValueAxis *m_xAxis;
    QValueAxis *m_yAxis;
    ChartTooltip *m_tooltip;
    QPixmap m_picture;
    QRectF m_plot;
    QString m_emptyText;
    int m_current = -1;
    int m_pressed = -1;
    bool m_old = true;
};

} // namespace ioc
