// SPDX-License-Identifier: GPL-3.0-or-later
#include <charts/timeserieschart.h>

#include <charts/chartlegend.h>
#include <ui/theme.h>

#include <QDateTime>
#include <QVBoxLayout>

namespace ioc {

TimeSeriesChart::TimeSeriesChart(const Theme &theme, const Format &format, TimeSeriesLook look, QWidget *parent)
    : QWidget(parent), m_legend(new ChartLegend(theme, this)), m_canvas(new PeriodCanvas(theme, format, this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::spacing(Space::Small));
    column->addWidget(m_legend);
    column->addWidget(m_canvas, 1);
    m_canvas->setLook(look);
    m_canvas->setEmptyText(tr("There are no figures for this period yet."));
    setFocusProxy(m_canvas);
    connect(m_legend, &ChartLegend::toggled, m_canvas, &PeriodCanvas::setSeriesVisible);
    connect(m_canvas, &PeriodCanvas::activated, this, &TimeSeriesChart::open);
    connect(&theme, &Theme::changed, this, &TimeSeriesChart::fillLegend);
}

void TimeSeriesChart::setData(const TimeSeriesData &shown)
{
    m_canvas->setData(shown);
    fillLegend();
}

void TimeSeriesChart::setEmptyText(const QString &text)
{
    m_canvas->setEmptyText(text);
}

QSize TimeSeriesChart::minimumSizeHint() const
{
    const QSize plot = m_canvas->minimumSizeHint();
    return {plot.width(), plot.height() + m_legend->minimumSizeHint().height() + Theme::spacing(Space::Small)};
}

ChartStatus TimeSeriesChart::status() const
{
    return m_canvas->status();
}

void TimeSeriesChart::fillLegend()
{
    QList<ChartLegend::Entry> entries;
    const QList<ChartSeries> &series = m_canvas->data().series;
    for (int i = 0; i < series.size(); ++i)
        entries.append({series.at(i).id, series.at(i).name, m_canvas->colourOf(i)});
    m_legend->setEntries(entries);
}

void TimeSeriesChart::open(int series, int period)
{
    const TimeSeriesData &shown = m_canvas->data();
    const QDate start = shown.starts.at(period);
    const QDate end = shown.step == ChartStep::Month ? start.addMonths(1) : start.addDays(1);
    const QTimeZone zone = Format::displayZone();
    Q_EMIT pointActivated(series >= 0 ? shown.series.at(series).id : QString(),
                          start.startOfDay(zone).toMSecsSinceEpoch(), end.startOfDay(zone).toMSecsSinceEpoch());
}

} // namespace ioc
