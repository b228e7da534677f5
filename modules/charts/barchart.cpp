// SPDX-License-Identifier: GPL-3.0-or-later
#include <charts/barchart.h>

#include <QBarSet>
#include <QHorizontalBarSeries>
#include <QPainter>
#include <QValueAxis>

#include <cmath>

namespace ioc {

namespace {

constexpr qreal gap = 8;
constexpr int comfortable = 26;
constexpr int tightest = 20;

} // namespace

BarChart::BarChart(const Theme &theme, const Format &format, QWidget *parent)
    : ChartCanvas(theme, format, parent), m_series(new QHorizontalBarSeries)
{
    m_series->setBarWidth(0.62);
    addSeries(m_series);
    setEmptyText(tr("There is nothing to count yet."));
}

void BarChart::setData(const QList<ChartBar> &bars, const QString &unit)
{
    const bool grew = bars.size() != m_bars.size();
    m_bars = bars;
    m_unit = unit;
    m_most = 0;
    for (const ChartBar &bar : m_bars)
        m_most = std::max(m_most, bar.value);
    if (grew)
        updateGeometry();
    markOld();
}

void BarChart::setCategory(int category)
{
    m_category = category;
    markOld();
}

int BarChart::preferredHeight() const
{
    return std::max(3, int(m_bars.size())) * comfortable;
}

QSize BarChart::minimumSizeHint() const
{
    return {160, std::max(3, int(m_bars.size())) * tightest};
}

ChartStatus BarChart::counted() const
{
    return {m_bars.isEmpty() ? 0 : 1, int(m_bars.size()), false};
}

QString BarChart::valueText(double value) const
{
    return format().number(value, value == std::floor(value) ? 0 : 1);
}

QRectF BarChart::arrange()
{
    const QFontMetricsF metrics(theme().font(FontRole::Body));
    qreal names = 0;
    qreal values = 0;
    for (const ChartBar &bar : std::as_const(m_bars)) {
        names = std::max(names, metrics.horizontalAdvance(bar.name));
        values = std::max(values, metrics.horizontalAdvance(valueText(bar.value)));
    }
    // Names take at most half; bars keep a fifth of the width.
    names = std::min(std::ceil(names), width() * 0.5);
    values = std::ceil(values) + gap;
    xAxis().setRange(0, m_most > 0 ? m_most : 1);
    yAxis().setRange(-0.5, slotCount() - 0.5);
    const qreal left = names + gap;
    return {left, 0, std::max(width() * 0.2, width() - left - values), std::min<qreal>(height(), preferredHeight())};
}

void BarChart::emptySeries()
{
    m_series->clear();
}

void BarChart::fillSeries()
{
    auto *set = new QBarSet(QString());
    QList<qreal> values;
    for (const ChartBar &bar : std::as_const(m_bars))
        values.prepend(bar.value); // Qt Charts counts upwards; our first bar stands on top
    set->append(values);
    set->setBrush(theme().category(m_category));
    set->setPen(Qt::NoPen);
    m_series->append(set);
}

void BarChart::paintAxes(QPainter &painter)
{
    const QRectF plot = plotRect();
    const qreal height = plot.height() / slotCount();
    painter.setFont(theme().font(FontRole::Body));
    for (int i = 0; i < slotCount(); ++i) {
        const ChartBar &bar = m_bars.at(i);
        const qreal top = plot.top() + i * height;
        painter.setPen(theme().colour(Surface::Text));
        painter.drawText(QRectF(0, top, plot.left() - gap, height), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                         painter.fontMetrics().elidedText(bar.name, Qt::ElideRight, int(plot.left() - gap) + 1));
        const qreal end = plot.left() + (m_most > 0 ? bar.value / m_most : 0) * plot.width();
        painter.setPen(theme().colour(Surface::MutedText));
        painter.drawText(QRectF(end + gap / 2, top, width() - end - gap / 2, height),
                         Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, valueText(bar.value));
    }
}

int BarChart::slotAt(QPointF position) const
{
    if (slotCount() == 0 || position.y() < 0 || position.y() >= plotRect().bottom())
        return -1;
    return std::clamp(int(position.y() / plotRect().height() * slotCount()), 0, slotCount() - 1);
}

QRectF BarChart::slotRect(int slot) const
{
    const qreal height = plotRect().height() / slotCount();
    return {0, slot * height, qreal(width()), height};
}

void BarChart::paintHighlight(QPainter &painter)
{
    QColor band = theme().colour(Surface::Text);
    band.setAlphaF(0.07f);
    painter.setPen(Qt::NoPen);
    painter.setBrush(band);
    painter.drawRoundedRect(slotRect(current()), 4, 4);
}

QString BarChart::slotTitle(int slot) const
{
    return m_bars.at(slot).name;
}

QList<ChartTooltip::Row> BarChart::slotRows(int slot) const
{
    return {{theme().category(m_category), m_unit, valueText(m_bars.at(slot).value), true}};
}

void BarChart::activate(int slot, const QPointF *)
{
    Q_EMIT barActivated(m_bars.at(slot).id);
}

} // namespace ioc
