// SPDX-License-Identifier: GPL-3.0-or-later
#include <records/clockledger.h>

#include <QSet>

#include <algorithm>

namespace ioc {

bool ClockState::overdue(qint64 nowMs) const
{
    switch (phase) {
    case Phase::Running: return nowMs > dueMs;
    case Phase::Stopped: return stoppedMs > dueMs;
    case Phase::NotStarted:
    case Phase::Paused: return false;
    }
    return false;
}

namespace {

// Rows that a later one takes back count as never written.
QList<const ClockEntry *> withoutUndone(const QList<const ClockEntry *> &rows)
{
    QList<const ClockEntry *> out;
    for (const ClockEntry *row : rows) {
        if (row->act != ClockAct::Undone) {
            out += row;
            continue;
        }
        const auto taken = std::ranges::find(out.rbegin(), out.rend(), row->dueMs, [](const ClockEntry *earlier) { return earlier->atMs; });
        if (taken != out.rend())
            out.erase(std::prev(taken.base()));
    }
    return out;
}

} // namespace

ClockState clockState(const QList<ClockEntry> &entries, QStringView clock)
{
    QList<const ClockEntry *> rows;
    for (const ClockEntry &entry : entries) {
        if (entry.clock == clock)
            rows += &entry;
    }
    std::ranges::stable_sort(rows, {}, [](const ClockEntry *row) { return row->atMs; });
    rows = withoutUndone(rows);

    ClockState state;
    qint64 pausedAt = 0;
    for (const ClockEntry *row : std::as_const(rows)) {
        if (state.phase == ClockState::Phase::Paused) { // whatever comes next, the pause up to now does not count
            state.dueMs += row->atMs - pausedAt;
            pausedAt = row->atMs;
        }
        switch (row->act) {
        case ClockAct::Started: // again after a stop: the record was opened once more
            if (state.phase == ClockState::Phase::NotStarted || state.phase == ClockState::Phase::Stopped)
                state = {.phase = ClockState::Phase::Running, .dueMs = row->dueMs};
            else // a clock that runs keeps its deadline: what is opened again before its end is not late later
                state.phase = ClockState::Phase::Running;
            break;
        case ClockAct::Paused:
            if (state.phase == ClockState::Phase::Running) {
                state.phase = ClockState::Phase::Paused;
                pausedAt = row->atMs;
            }
            break;
        case ClockAct::Resumed:
            if (state.phase == ClockState::Phase::Paused) {
                state.phase = ClockState::Phase::Running;
            } else if (state.phase == ClockState::Phase::Stopped) { // a stop was undone
                state.phase = ClockState::Phase::Running;
                state.stoppedMs = 0;
            }
            break;
        case ClockAct::Extended: // not before its start, nor to be in time after all
            if (state.phase != ClockState::Phase::NotStarted && state.phase != ClockState::Phase::Stopped && row->dueMs > state.dueMs) {
                state.dueMs = row->dueMs;
                state.extended = true;
            }
            break;
        case ClockAct::Stopped:
            if (state.phase == ClockState::Phase::Running || state.phase == ClockState::Phase::Paused) {
                state.phase = ClockState::Phase::Stopped;
                state.stoppedMs = row->atMs;
            }
            break;
        case ClockAct::Undone: break; // done with above
        }
    }
    return state;
}

qint64 nextDue(const QList<ClockEntry> &entries)
{
    QSet<QString> clocks;
    for (const ClockEntry &entry : entries)
        clocks.insert(entry.clock);
    qint64 due = 0;
    for (const QString &clock : std::as_const(clocks)) {
        const ClockState state = clockState(entries, clock);
        if (state.phase == ClockState::Phase::Running && (due == 0 || state.dueMs < due))
            due = state.dueMs;
    }
    return due;
}

} // namespace ioc
