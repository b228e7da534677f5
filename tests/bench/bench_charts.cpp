// SPDX-License-Identifier: GPL-3.0-or-later
// Charts of the operations screen, 400x200: what a change of data costs, what a repaint costs, what they weigh.
#include <charts/timeserieschart.h>
#include <ui/theme.h>

#include <QApplication>
#include <QFile>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <functional>

using namespace ioc;
using namespace Qt::StringLiterals;

namespace {

/// Resident memory of this process in MB.
double residentMb()
{
    QFile file(u"/proc/self/statm"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toDouble() * 4096 / 1e6;
}

TimeSeriesData data(ChartStep step, int periods, int series, int seed)
{
    TimeSeriesData made{step, {}, {}, {}};
    for (int i = 0; i < periods; ++i)
        made.starts << (step == ChartStep::Month ? QDate(2024, 1, 1).addMonths(i) : QDate(2026, 1, 1).addDays(i));
    for (int s = 0; s < series; ++s) {
        ChartSeries one{QString::number(s), u"Lĩnh vực %1"_s.arg(s), {}, s};
        for (int i = 0; i < periods; ++i)
            one.values << std::round(50 + 10 * s + 25 * std::sin((i + seed + s) / 6.0) + (i * 37 + seed) % 9); // rhythm and noise
        made.series << one;
    }
    return made;
}

/// Processor time of the GUI thread in ms: what the drawing costs, whatever else the machine is doing.
double threadMs()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

/// Prints the 95th percentile of \a rounds runs of \a work in ms of processor time.
void measure(const char *metric, int rounds, const std::function<void(int)> &work)
{
    QList<double> times;
    for (int round = 0; round < rounds; ++round) {
        const double before = threadMs();
        work(round);
        times << threadMs() - before;
    }
    std::ranges::sort(times);
    std::printf("%s\t%.2f\tms\n", metric, times.at(rounds * 95 / 100));
}

void measureChart(const Theme &theme, TimeSeriesLook look, ChartStep step, int periods, int series, const char *update,
                  const char *repaint)
{
    TimeSeriesChart chart(theme, Format(), look);
    chart.resize(400, 240);
    chart.setData(data(step, periods, series, 0));
    chart.show();
    QApplication::processEvents();
    chart.canvas().resize(400, 200);
    QImage screen(400, 200, QImage::Format_ARGB32_Premultiplied);
    measure(update, 100, [&](int round) {
        chart.setData(data(step, periods, series, round));
        chart.canvas().render(&screen);
    });
    measure(repaint, 100, [&](int round) {
        chart.canvas().setCurrent(round % periods); // as while hovering
        chart.canvas().render(&screen);
    });
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    Theme theme(app);
    QWidget empty;
    empty.show();
    QApplication::processEvents();
    const double before = residentMb();
    measureChart(theme, TimeSeriesLook::StackedBars, ChartStep::Month, 24, 5, "charts.update_months", "charts.repaint_months");
    std::printf("charts.rss_first\t%.1f\tMB\n", residentMb() - before);
    measureChart(theme, TimeSeriesLook::StackedBars, ChartStep::Day, 90, 6, "charts.update_days", "charts.repaint_days");
    measureChart(theme, TimeSeriesLook::Lines, ChartStep::Day, 365, 5, "charts.update_lines", "charts.repaint_lines");
    return 0;
}
