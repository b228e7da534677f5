// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <indicators/indicatorevaluator.h>
#include <ui/uicontext.h>

#include <QJsonArray>
#include <QJsonObject>
#include <QTimer>
#include <QWidget>

namespace ioc {

class BarChart;
class IndicatorCard;
class TimeSeriesChart;

/// Cards and charts of the operations screen; every figure opens the records behind it.
class IndicatorPane : public QWidget
{
    Q_OBJECT

public:
    IndicatorPane(UiContext &context, QWidget *parent = nullptr);

    /// Whether every card and chart has been computed and painted.
    [[nodiscard]] bool isComplete() const;
    [[nodiscard]] QJsonObject report(const QJsonArray &rect) const;
    [[nodiscard]] const QList<IndicatorCard *> &cards() const { return m_cards; }
    [[nodiscard]] TimeSeriesChart &arrivals() { return *m_arrivals; }
    [[nodiscard]] TimeSeriesChart &byDay() { return *m_byDay; }
    [[nodiscard]] BarChart &byCategory() { return *m_byCategory; }

private:
    void build();
    void compute();
    void showCards(const QList<IndicatorResult> &results);
    void showSeries(TimeSeriesChart &chart, const IndicatorSeries &series, const QString &unit);
    void showCategories(const IndicatorSeries &series);
    void openPoint(const IndicatorSeries &series, const QString &line, qint64 fromMs);
    void finished();

    UiContext &m_context;
    IndicatorEvaluator *m_evaluator;
    QList<IndicatorCard *> m_cards;
    QHash<QString, IndicatorResult> m_results;
    TimeSeriesChart *m_arrivals = nullptr;
    TimeSeriesChart *m_byDay = nullptr;
    BarChart *m_byCategory = nullptr;
    IndicatorSeries m_arrivalSeries;
    IndicatorSeries m_daySeries;
    IndicatorSeries m_categorySeries;
    QTimer m_again;  ///< a moment after a change
    QTimer m_clock;  ///< what depends on the time: overdue ones
    int m_computing = 0;
    bool m_once = false;
    bool m_stale = false;
};

} // namespace ioc
