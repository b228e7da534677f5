// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <store/query.h>

#include <QDate>
#include <QMap>
#include <QStringList>

#include <optional>

namespace ioc {

/// Monthly figures of one indicator, in total and by market, as kept in indicator_value records: a record without
/// breakdown is a month's total, one with is a market's. Totals may lack where markets are known, and the other way round.
class Arrivals
{
public:
    void add(const Record &value);

    /// A figure and what it can fairly be compared with.
    struct Figure
    {
        std::optional<double> value;
        std::optional<double> compared;
        bool ofMarkets = false; ///< markets added up, for want of totals; compared over those present in both
        qsizetype markets = 0;
    };
    /// The months \a from to \a to (first days of months), against those a year before.
    [[nodiscard]] Figure figure(QDate from, QDate to) const;
    /// The newest month with any figure; invalid when there is none.
    [[nodiscard]] QDate newest() const;
    /// Whether every month from \a from to \a to has a total.
    [[nodiscard]] bool hasTotals(QDate from, QDate to) const;
    [[nodiscard]] std::optional<double> total(QDate month) const;
    [[nodiscard]] std::optional<double> marketSum(QDate month) const;
    [[nodiscard]] std::optional<double> market(QDate month, const QString &name) const;
    /// The \a count markets with most arrivals from \a from to \a to, largest first.
    [[nodiscard]] QStringList largest(QDate from, QDate to, qsizetype count) const;

private:
    struct Month
    {
        std::optional<double> total;
        QMap<QString, double> markets;
    };
    QMap<QDate, Month> m_months;
};

} // namespace ioc
