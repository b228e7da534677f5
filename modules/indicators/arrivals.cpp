// SPDX-License-Identifier: GPL-3.0-or-later
#include <indicators/arrivals.h>

#include <QDate>

#include <algorithm>
#include <numeric>

namespace ioc {

void Arrivals::add(const Record &value)
{
    const QString period = value.text(QStringLiteral("period"));
    const QDate month = QDate::fromString(period + QStringLiteral("-01"), Qt::ISODate);
    if (period.size() != 7 || !month.isValid())
        return; // a whole year's figure
    const double number = value.value(QStringLiteral("value")).toDouble();
    const QString market = value.text(QStringLiteral("breakdown"));
    if (market.isEmpty())
        m_months[month].total = number;
    else
        m_months[month].markets.insert(market, number);
}

QDate Arrivals::newest() const
{
    return m_months.isEmpty() ? QDate() : m_months.lastKey();
}

std::optional<double> Arrivals::total(QDate month) const
{
    return m_months.value(month).total;
}

std::optional<double> Arrivals::marketSum(QDate month) const
{
    const Month found = m_months.value(month);
    if (found.markets.isEmpty())
        return {};
    return std::accumulate(found.markets.begin(), found.markets.end(), 0.0);
}

std::optional<double> Arrivals::market(QDate month, const QString &name) const
{
    const Month found = m_months.value(month);
    const auto market = found.markets.constFind(name);
    return market == found.markets.constEnd() ? std::nullopt : std::optional(*market);
}

bool Arrivals::hasTotals(QDate from, QDate to) const
{
    for (QDate month = from; month <= to; month = month.addMonths(1)) {
        if (!total(month))
            return false;
    }
    return true;
}

Arrivals::Figure Arrivals::figure(QDate from, QDate to) const
{
    Figure out;
    const auto added = [](std::optional<double> &sum, double value) { sum = sum.value_or(0) + value; };
    if (hasTotals(from, to) && hasTotals(from.addYears(-1), to.addYears(-1))) {
        for (QDate month = from; month <= to; month = month.addMonths(1)) {
            added(out.value, *total(month));
            added(out.compared, *total(month.addYears(-1)));
        }
        return out;
    }
    if (hasTotals(from, to) && !marketSum(to)) { // a total, and nothing to compare it with
        for (QDate month = from; month <= to; month = month.addMonths(1))
            added(out.value, *total(month));
        return out;
    }
    // Markets in both years only, scaled to the whole: the ratio is of like with like.
    out.ofMarkets = true;
    double now = 0;
    double before = 0;
    for (QDate month = from; month <= to; month = month.addMonths(1)) {
        const Month current = m_months.value(month);
        const Month earlier = m_months.value(month.addYears(-1));
        out.markets = std::max(out.markets, current.markets.size());
        for (const auto &[name, value] : current.markets.asKeyValueRange()) {
            added(out.value, value);
            if (!earlier.markets.contains(name))
                continue;
            now += value;
            before += earlier.markets[name];
        }
    }
    if (out.value && now > 0 && before > 0)
        out.compared = *out.value * before / now;
    return out;
}

QStringList Arrivals::largest(QDate from, QDate to, qsizetype count) const
{
    QMap<QString, double> sums;
    for (QDate month = from; month <= to; month = month.addMonths(1)) {
        for (const auto &[name, value] : m_months.value(month).markets.asKeyValueRange())
            sums[name] += value;
    }
    QStringList names = sums.keys();
    std::ranges::stable_sort(names, [&](const QString &a, const QString &b) { return sums[a] > sums[b]; });
    return names.first(std::min(count, names.size()));
}

} // namespace ioc
