// SPDX-License-Identifier: GPL-3.0-or-later
#include <indicators/indicatorresult.h>

namespace ioc {

std::optional<double> IndicatorResult::change() const
{
    if (!value || !comparedValue || *comparedValue == 0)
        return {};
    return *value / *comparedValue - 1;
}

QString toneOf(const QList<ToneRule> &rules, double value)
{
    for (const ToneRule &rule : rules) {
        if (!rule.below || value < *rule.below)
            return rule.tone;
    }
    return QStringLiteral("neutral");
}

} // namespace ioc
