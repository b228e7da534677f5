// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <records/workflow.h>

#include <QList>

namespace ioc {

/// One row of a record's clock ledger. Rows are only ever added.
struct ClockEntry
{
    QString clock;
    ClockAct act = ClockAct::Started;
    qint64 atMs = 0;  ///< UTC
    qint64 dueMs = 0; ///< for Started and Extended: the deadline from then on; for Undone: the time of the row taken back; else 0
};

/// Where one clock stands after its rows.
struct ClockState
{
    enum class Phase { NotStarted, Running, Paused, Stopped };
    Phase phase = Phase::NotStarted;
    qint64 dueMs = 0;     ///< deadline; time spent paused is added to it. While paused: as if resumed at the last row's time
    qint64 stoppedMs = 0; ///< when it stopped
    bool extended = false; ///< the deadline was moved; only to a later one, and only while the clock runs or is paused
    /// Stopped (or \a nowMs reached) after the deadline.
    [[nodiscard]] bool overdue(qint64 nowMs) const;
};

/// Replays the rows of \a clock in \a entries, in the order of their times. Ties: in list order, so give the rows in the
/// order of their ids, or two ends may see them differently.
ClockState clockState(const QList<ClockEntry> &entries, QStringView clock);

/// The earliest deadline among running clocks; 0 when none runs. What the queue is coloured and sorted by.
qint64 nextDue(const QList<ClockEntry> &entries);

} // namespace ioc
