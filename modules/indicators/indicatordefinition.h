// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <records/localtext.h>
#include <store/query.h>

#include <QStringList>

#include <optional>

namespace ioc {

/// How an indicator is computed.
enum class IndicatorKind {
    Count,                ///< number of records
    Sum,                  ///< of \c sumField
    DayAgainstWeekday,    ///< records of today, against the same weekday of the last four weeks up to the same hour
    OnTimeShare,          ///< records whose \c flagField is true without an extension of \c clock, among all
    MedianHours,          ///< from \c timeField to \c endField
    MonthAgainstLastYear, ///< newest month of \c indicator, against the same month a year before
    YearToDate,           ///< January to that month, likewise
    Running,              ///< records whose dates \c timeField to \c endField hold today
};

/// A condition whose values may depend on the time: "@now", "@now+4h", "@now-30d", "@today", "@open" (the workflow's open states).
struct IndicatorFilter
{
    QString field;
    Filter::Op op = Filter::Op::OneOf;
    QStringList values;
};

/// The tone of values below \c below; the last rule has no bound.
struct ToneRule
{
    QString tone; ///< as of choices: neutral, good, warning, danger …
    std::optional<double> below;
};

/// One indicator, as declared in resources/indicators/<code>.json.
struct IndicatorDefinition
{
    QString code;
    double order = 0; ///< among the cards
    IndicatorKind kind = IndicatorKind::Count;
    LocalText label;
    LocalText unit;
    LocalText explanation; ///< the formula in words
    QString type;
    QList<IndicatorFilter> filters;
    QList<ToneRule> tones;
    QString timeField;
    QString endField;
    QString sumField;
    QString flagField;
    QString clock;
    QString indicator; ///< of indicator_value records
};

} // namespace ioc
