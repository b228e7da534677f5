// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <indicators/arrivals.h>
#include <indicators/indicatorresult.h>
#include <indicators/indicatorseries.h>
#include <store/localstore.h>

namespace ioc {

/// Computes indicators and chart series from the local store. Every answer names the queries whose records it counts.
/// Answers arrive on this object's thread; nothing is kept between calls.
class IndicatorEvaluator : public QObject
{
    Q_OBJECT

public:
    IndicatorEvaluator(LocalStore &store, QList<IndicatorDefinition> definitions, const Clock &clock, QObject *parent = nullptr);

    [[nodiscard]] const QList<IndicatorDefinition> &definitions() const { return m_definitions; }
    /// NotFound when no indicator is called \a code. Without data the result has no value.
    QFuture<Result<IndicatorResult>> evaluate(const QString &code);
    /// All, in their order; the first failure ends it.
    QFuture<Result<QList<IndicatorResult>>> evaluateAll();

    /// Arrivals by month: a total, then the five largest markets, over \a months up to the newest with figures.
    QFuture<Result<IndicatorSeries>> arrivalsByMonth(int months = 24);
    /// Complaints received on each of the last \a days, today included.
    QFuture<Result<IndicatorSeries>> complaintsByDay(int days = 30);
    /// Complaints received in the last \a days by category, most first.
    QFuture<Result<IndicatorSeries>> complaintsByCategory(int days = 30);

private:
    using Answer = QFuture<Result<IndicatorResult>>;
    Answer count(const IndicatorDefinition &definition, IndicatorResult result, const Query &query);
    Answer sum(const IndicatorDefinition &definition, IndicatorResult result, const Query &query);
    Answer today(const IndicatorDefinition &definition, IndicatorResult result, const Query &query);
    Answer onTime(const IndicatorDefinition &definition, IndicatorResult result, const Query &query);
    Answer median(const IndicatorDefinition &definition, IndicatorResult result, const Query &query);
    Answer arrivals(const IndicatorDefinition &definition, const IndicatorResult &result, bool yearToDate);
    Answer running(const IndicatorDefinition &definition, IndicatorResult result, const Query &query);
    QFuture<Result<QList<qint64>>> counts(const QList<Query> &queries);
    QFuture<Result<qint64>> extendedOnTime(const IndicatorDefinition &definition, qint64 sinceMs);
    QFuture<Result<Arrivals>> arrivalTable(const QString &indicator, int monthsBack);

    LocalStore &m_store;
    QList<IndicatorDefinition> m_definitions;
    const Clock &m_clock;
};

} // namespace ioc
