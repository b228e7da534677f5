// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <indicators/indicatordefinition.h>

namespace ioc {

/// The value of an indicator, with all that explains it.
struct IndicatorResult
{
    QString code;
    LocalText label;
    LocalText unit;
    LocalText explanation;        ///< the formula in words
    std::optional<double> value;  ///< a share between 0 and 1 when \c isShare; none: no data
    bool isShare = false;
    int decimals = 0;
    QString note;                 ///< what the value refers to, for example its month; translated, may be empty
    std::optional<double> comparedValue; ///< of the period compared with
    QString comparedWith;         ///< "same month last year"; translated
    QString tone = QStringLiteral("neutral");
    qint64 asOfMs = 0;
    QList<Query> records;         ///< what was counted; the first is what a click opens

    /// How much more than \c comparedValue, as a ratio: 0.125 is 12.5 % more. None when there is nothing to compare with.
    [[nodiscard]] std::optional<double> change() const;
};

/// The tone that \a rules give \a value.
QString toneOf(const QList<ToneRule> &rules, double value);

} // namespace ioc
