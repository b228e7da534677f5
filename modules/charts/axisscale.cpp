// SPDX-License-Identifier: GPL-3.0-or-later
#include <charts/axisscale.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace ioc {

namespace {

constexpr qreal labelGap = 8;

qreal widest(const QList<QString> &texts, const QFontMetricsF &metrics)
{
    qreal width = 0;
    for (const QString &text : texts)
        width = std::max(width, metrics.horizontalAdvance(text));
    return width + labelGap;
}

/// Every how many months a label fits; divides twelve, or is a whole number of years.
int monthStride(qreal needed, qreal slotWidth)
{
    for (const int stride : {1, 2, 3, 4, 6, 12}) {
        if (stride * slotWidth >= needed)
            return stride;
    }
    return 12 * std::max(1, int(std::ceil(needed / (12 * slotWidth))));
}

int dayStride(qreal needed, qreal slotWidth)
{
    for (const int stride : {1, 2, 5, 7, 14, 28}) {
        if (stride * slotWidth >= needed)
            return stride;
    }
    return int(std::ceil(needed / slotWidth));
}

/// Of years that would touch, the later one stays: it stands below its January.
void dropTouching(QList<AxisLabel> &years, qreal slotWidth, const QFontMetricsF &metrics)
{
    for (qsizetype i = years.size() - 1; i > 0; --i) {
        const qreal apart = (years.at(i).index - years.at(i - 1).index) * slotWidth;
        if (apart < metrics.horizontalAdvance(years.at(i).text) + labelGap)
            years.removeAt(i - 1);
    }
}

PeriodLabels monthLabels(const QList<QDate> &starts, qreal slotWidth, const QFontMetricsF &metrics, const Format &format)
{
    QList<QString> texts;
    for (const QDate &start : starts)
        texts << format.shortMonth(start);
    const int stride = monthStride(widest(texts, metrics), slotWidth);
    PeriodLabels labels;
    int year = 0;
    for (int i = 0; i < starts.size(); ++i) {
        const int months = starts.at(i).year() * 12 + starts.at(i).month() - 1;
        if (months % stride != 0)
            continue;
        labels.periods.append({i, texts.at(i)});
        if (starts.at(i).year() != year) {
            year = starts.at(i).year();
            labels.years.append({i, QString::number(year)});
        }
    }
    dropTouching(labels.years, slotWidth, metrics);
    return labels;
}

} // namespace

AxisScale AxisScale::covering(double least, double most, int ticks, bool whole)
{
    const double low = std::min(0.0, least);
    const double high = std::max(0.0, most);
    const double span = high - low;
    if (!(span > 0) || !std::isfinite(span))
        return {0, 1, 1};
    const double rough = span / std::max(1, ticks);
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    double step = 10 * power;
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * power >= rough * (1 - 1e-9)) {
            step = factor * power;
            break;
        }
    }
    if (whole)
        step = std::max(1.0, step);
    return {std::floor(low / step + 1e-9) * step, std::ceil(high / step - 1e-9) * step, step};
}

PeriodLabels periodLabels(const QList<QDate> &starts, ChartStep step, qreal slotWidth, const QFontMetricsF &metrics,
                          const Format &format)
{
    if (starts.isEmpty() || slotWidth <= 0)
        return {};
    if (step == ChartStep::Month)
        return monthLabels(starts, slotWidth, metrics, format);
    QList<QString> texts;
    for (const QDate &start : starts)
        texts << format.shortDay(start);
    const int stride = dayStride(widest(texts, metrics), slotWidth);
    PeriodLabels labels;
    const auto last = int(starts.size()) - 1;
    for (int i = last % stride; i <= last; i += stride)
        labels.periods.append({i, texts.at(i)});
    return labels;
}

} // namespace ioc
