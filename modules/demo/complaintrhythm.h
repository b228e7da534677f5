// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>

#include <QIODevice>
#include <QList>

#include <array>

namespace ioc {

/// How many complaints come in at each hour of the week, relative to each other, in Viet Nam's time from Monday 0:00.
class ComplaintRhythm
{
public:
    /// \a hours: 24 weights of a day; \a weekdays: 7, from Monday.
    ComplaintRhythm(const QList<int> &hours, const QList<int> &weekdays);
    /// Learns from the column "Created Date" (M/d/yyyy H:mm) of a list of service requests. NotFound when it tells too little.
    static Result<ComplaintRhythm> learned(QIODevice &csv);

    /// \a count times before \a nowMs, within \a days, ascending; the same for the same \a seed.
    [[nodiscard]] QList<qint64> times(qint64 nowMs, int days, qint64 count, quint64 seed) const;
    [[nodiscard]] double weight(int hourOfWeek) const { return m_weights.at(static_cast<size_t>(hourOfWeek)); }

private:
    ComplaintRhythm() = default;
    std::array<double, 168> m_weights{};
};

} // namespace ioc
