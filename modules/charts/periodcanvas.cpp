// SPDX-License-Identifier: GPL-3.0-or-later
#include <charts/periodcanvas.h>

#include <QBarSet>
#include <QLineSeries>
#include <QPainter>
#include <QStackedBarSeries>
#include <QValueAxis>

#include <cmath>

namespace ioc {

namespace {

constexpr qreal topRoom = 8;
constexpr qreal tickSpace = 34;
constexpr qreal labelRoom = 6;

/// Thin gaps between many bars, wide ones between few.
qreal barShare(qsizetype periods)
{
    return periods > 40 ? 0.82 : 0.66;
}

} // namespace

PeriodCanvas::PeriodCanvas(const Theme &theme, const Format &format, QWidget *parent)
    : ChartCanvas(theme, format, parent), m_bars(new QStackedBarSeries)
{
    addSeries(m_bars);
}

void PeriodCanvas::setLook(TimeSeriesLook look)
{
    m_look = look;
    markOld();
}

void PeriodCanvas::setData(const TimeSeriesData &data)
{
    m_data = data;
    if (m_currentSeries >= m_data.series.size())
        m_currentSeries = -1;
    markOld();
}

void PeriodCanvas::setSeriesVisible(const QString &id, bool visible)
{
    if (visible)
        m_hidden.remove(id);
    else
        m_hidden.insert(id);
    m_currentSeries = -1;
    markOld();
}

QColor PeriodCanvas::colourOf(int series) const
{
    const int category = m_data.series.at(series).category;
    return theme().category(category >= 0 ? category : series);
}

QList<int> PeriodCanvas::visibleSeries() const
{
    QList<int> shown;
    for (int i = 0; i < m_data.series.size(); ++i) {
        if (!m_hidden.contains(m_data.series.at(i).id))
            shown << i;
    }
    return shown;
}

double PeriodCanvas::value(int series, int period) const
{
    return m_data.series.at(series).values.value(period, std::nan(""));
}

ChartStatus PeriodCanvas::counted() const
{
    ChartStatus status;
    const QList<int> shown = visibleSeries();
    status.series = int(shown.size());
    for (const int series : shown) {
        for (int period = 0; period < slotCount(); ++period)
            status.points += std::isnan(value(series, period)) ? 0 : 1;
    }
    return status;
}

std::pair<double, double> PeriodCanvas::extent(bool &whole) const
{
    double least = 0;
    double most = 0;
    whole = true;
    const QList<int> shown = visibleSeries();
    for (int period = 0; period < slotCount(); ++period) {
        double sum = 0;
        for (const int series : shown) {
            const double one = value(series, period);
            if (std::isnan(one))
                continue;
            whole = whole && one == std::floor(one);
            sum += one;
            least = std::min(least, one);
            most = std::max(most, m_look == TimeSeriesLook::StackedBars ? sum : one);
        }
    }
    return {least, most};
}

QRectF PeriodCanvas::arrange()
{
    const QFontMetricsF metrics(theme().font(FontRole::Small));
    bool whole = true;
    const auto [least, most] = extent(whole);
    const qreal below = metrics.height() * (m_data.step == ChartStep::Month ? 2 : 1) + labelRoom;
    const qreal height = std::max<qreal>(10, this->height() - topRoom - below);
    m_scale = AxisScale::covering(least, most, std::max(2, int(height / tickSpace)), whole);
    qreal left = 0;
    const auto ticks = qRound((m_scale.max - m_scale.min) / m_scale.step);
    for (int i = 0; i <= ticks; ++i)
        left = std::max(left, metrics.horizontalAdvance(format().compact(m_scale.min + i * m_scale.step)));
    left = std::ceil(left) + labelRoom + 2;
    const QRectF plot(left, topRoom, std::max<qreal>(10, width() - left - 4), height);
    m_labels = periodLabels(m_data.starts, m_data.step, plot.width() / slotCount(), metrics, format());
    xAxis().setRange(-0.5, slotCount() - 0.5);
    yAxis().setRange(m_scale.min, m_scale.max);
    return plot;
}

void PeriodCanvas::emptySeries()
{
    m_bars->clear();
    for (QLineSeries *line : std::as_const(m_lines))
        line->clear();
}

void PeriodCanvas::fillSeries()
{
    if (m_look == TimeSeriesLook::StackedBars)
        fillBars(visibleSeries());
    else
        fillLines(visibleSeries());
}

void PeriodCanvas::fillBars(const QList<int> &shown)
{
    m_bars->setBarWidth(barShare(slotCount()));
    // All sets at once: Qt Charts lays all bars out anew for each set, and each value, that comes alone.
    QList<QBarSet *> sets;
    for (const int series : shown) {
        auto *set = new QBarSet(QString());
        QList<qreal> values(slotCount());
        for (int period = 0; period < slotCount(); ++period)
            values[period] = std::isnan(value(series, period)) ? 0.0 : value(series, period);
        set->append(values);
        set->setBrush(colourOf(series));
        set->setPen(Qt::NoPen);
        sets << set;
    }
    m_bars->append(sets);
}

void PeriodCanvas::fillLines(const QList<int> &shown)
{
    while (m_lines.size() < shown.size()) {
        m_lines << new QLineSeries;
        addSeries(m_lines.constLast());
    }
    for (qsizetype i = 0; i < shown.size(); ++i) {
        const int series = shown.at(i);
        QList<QPointF> points;
        for (int period = 0; period < slotCount(); ++period) {
            if (!std::isnan(value(series, period)))
                points.append(QPointF(period, value(series, period)));
        }
        m_lines.at(i)->setPen(QPen(colourOf(series), 2, Qt::SolidLine, Qt::FlatCap, Qt::BevelJoin));
        m_lines.at(i)->replace(points);
    }
}

qreal PeriodCanvas::yOf(double value) const
{
    return plotRect().bottom() - (value - m_scale.min) / (m_scale.max - m_scale.min) * plotRect().height();
}

void PeriodCanvas::paintAxes(QPainter &painter)
{
    const QRectF plot = plotRect();
    const qreal lineHeight = painter.fontMetrics().height();
    painter.setRenderHint(QPainter::Antialiasing, false);
    const auto ticks = qRound((m_scale.max - m_scale.min) / m_scale.step);
    for (int i = 0; i <= ticks; ++i) {
        const double tick = m_scale.min + i * m_scale.step;
        const qreal y = std::round(plot.bottom() - plot.height() * i / ticks);
        const bool zero = std::abs(tick) < m_scale.step / 2;
        painter.setPen(theme().colour(zero ? Surface::BorderStrong : Surface::Border));
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
        painter.setPen(theme().colour(Surface::MutedText));
        painter.drawText(QRectF(0, y - lineHeight / 2, plot.left() - labelRoom, lineHeight),
                         Qt::AlignRight | Qt::AlignVCenter, format().compact(zero ? 0.0 : tick));
    }
    const qreal slot = plot.width() / slotCount();
    const auto drawLabels = [&](const QList<AxisLabel> &labels, qreal top) {
        for (const AxisLabel &label : labels) {
            const qreal half = painter.fontMetrics().horizontalAdvance(label.text) / 2.0 + 1;
            const qreal middle = std::clamp(plot.left() + (label.index + 0.5) * slot, half, width() - half);
            painter.drawText(QRectF(middle - half, top, 2 * half, lineHeight), Qt::AlignCenter, label.text);
        }
    };
    painter.setPen(theme().colour(Surface::MutedText));
    drawLabels(m_labels.periods, plot.bottom() + labelRoom / 2);
    painter.setPen(theme().colour(Surface::Text));
    drawLabels(m_labels.years, plot.bottom() + labelRoom / 2 + lineHeight);
    painter.setRenderHint(QPainter::Antialiasing);
}

int PeriodCanvas::slotAt(QPointF position) const
{
    if (slotCount() == 0 || position.x() < plotRect().left() || position.x() >= plotRect().right())
        return -1;
    return std::clamp(int((position.x() - plotRect().left()) / plotRect().width() * slotCount()), 0, slotCount() - 1);
}

QRectF PeriodCanvas::slotRect(int slot) const
{
    const qreal width = plotRect().width() / slotCount();
    return {plotRect().left() + slot * width, plotRect().top(), width, plotRect().height()};
}

QPointF PeriodCanvas::positionOf(int series, int period) const
{
    double base = 0;
    if (m_look == TimeSeriesLook::StackedBars) {
        for (const int below : visibleSeries()) {
            if (below == series)
                break;
            base += std::isnan(value(below, period)) ? 0.0 : value(below, period);
        }
        base -= value(series, period) / 2;
    }
    return {slotRect(period).center().x(), yOf(base + value(series, period))};
}

void PeriodCanvas::paintHighlight(QPainter &painter)
{
    const QRectF slot = slotRect(current());
    if (m_look == TimeSeriesLook::StackedBars) {
        QColor band = theme().colour(Surface::Text);
        band.setAlphaF(0.08f);
        painter.fillRect(slot, band);
        if (m_currentSeries >= 0 && !std::isnan(value(m_currentSeries, current()))) {
            const qreal width = slot.width() * barShare(slotCount());
            const qreal height = value(m_currentSeries, current()) / (m_scale.max - m_scale.min) * plotRect().height();
            const QPointF middle = positionOf(m_currentSeries, current());
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(theme().colour(Surface::Text), 2));
            painter.drawRect(QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height));
        }
        return;
    }
    painter.setPen(QPen(theme().colour(Surface::BorderStrong), 1));
    painter.drawLine(QPointF(slot.center().x(), slot.top()), QPointF(slot.center().x(), slot.bottom()));
    for (const int series : visibleSeries()) {
        if (std::isnan(value(series, current())))
            continue;
        const qreal radius = series == m_currentSeries ? 6 : 4;
        painter.setPen(QPen(theme().colour(Surface::Surface), 2));
        painter.setBrush(colourOf(series));
        painter.drawEllipse(positionOf(series, current()), radius, radius);
    }
}

QString PeriodCanvas::slotTitle(int slot) const
{
    const QDate start = m_data.starts.at(slot);
    return m_data.step == ChartStep::Month ? tr("Month %1").arg(format().month(start)) : format().date(start);
}

QList<ChartTooltip::Row> PeriodCanvas::slotRows(int slot) const
{
    const auto shown = [this](double number) {
        if (std::isnan(number))
            return QStringLiteral("—");
        const QString text = format().number(number, number == std::floor(number) ? 0 : 1);
        return m_data.unit.isEmpty() ? text : text + QChar(0x00a0) + m_data.unit;
    };
    QList<ChartTooltip::Row> rows;
    double sum = 0;
    for (const int series : visibleSeries()) {
        const double one = value(series, slot);
        rows.append({colourOf(series), m_data.series.at(series).name, shown(one), series == m_currentSeries});
        sum += std::isnan(one) ? 0 : one;
    }
    if (m_look == TimeSeriesLook::StackedBars && rows.size() > 1) {
        std::reverse(rows.begin(), rows.end()); // as they lie on each other
        rows.append({{}, tr("Total"), shown(sum), true});
    }
    return rows;
}

int PeriodCanvas::seriesAt(int period, qreal y) const
{
    int nearest = -1;
    qreal best = 12; // as far as a pointer may miss a line
    for (const int series : visibleSeries()) {
        const double one = value(series, period);
        if (std::isnan(one))
            continue;
        const qreal away = std::abs(positionOf(series, period).y() - y);
        const qreal reach = m_look == TimeSeriesLook::StackedBars
                                ? std::abs(one) / (m_scale.max - m_scale.min) * plotRect().height() / 2
                                : best;
        if (away <= reach) {
            nearest = series;
            best = away;
        }
    }
    return nearest;
}

void PeriodCanvas::activate(int slot, const QPointF *position)
{
    Q_EMIT activated(position ? seriesAt(slot, position->y()) : m_currentSeries, slot);
}

bool PeriodCanvas::handleKey(int key)
{
    if ((key != Qt::Key_Up && key != Qt::Key_Down) || current() < 0)
        return false;
    QList<int> stops = visibleSeries();
    stops.prepend(-1);
    const qsizetype at = stops.indexOf(m_currentSeries) + (key == Qt::Key_Up ? 1 : -1);
    m_currentSeries = stops.at((at + stops.size()) % stops.size());
    showTooltip();
    update();
    return true;
}

} // namespace ioc
