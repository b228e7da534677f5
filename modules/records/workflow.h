// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <records/localtext.h>

#include <QList>
#include <QStringList>

namespace ioc {

struct WorkflowState
{
    QString code;
    LocalText label;
    QString tone;
    bool open = true; ///< still somebody's work
};

/// What a transition does to a clock.
enum class ClockAct {
    Started, ///< of a clock that runs: no effect, it keeps its deadline
    Paused,
    Resumed,
    Extended,
    Stopped,
    Undone, ///< takes back the earlier row of the same clock whose time it names; never part of a workflow
};
QString clockActName(ClockAct act);

struct ClockEffect
{
    QString clock;
    ClockAct act = ClockAct::Started;
};

struct Transition
{
    QString code;
    LocalText label;
    QStringList from;        ///< states it may leave
    QString to;
    QStringList requiresFields; ///< fields that must be set by then
    QList<ClockEffect> clocks;
    QStringList roles; ///< empty: every role that may change the type
    bool needsComment = false;
};

/// A deadline that a workflow runs.
struct WorkflowClock
{
    QString code;
    LocalText label;
    double hours = 0; ///< from its start until it is due
};

/// States, transitions and clocks of a record type, declared in resources/workflows/<name>.json.
struct Workflow
{
    QString name;
    QString stateField;
    QString initialState;
    QList<WorkflowState> states;
    QList<Transition> transitions;
    QList<WorkflowClock> clocks;
    QList<ClockEffect> initialClocks; ///< when a record is made

    [[nodiscard]] const WorkflowState *state(QStringView code) const;
    [[nodiscard]] const Transition *transition(QStringView code) const;
    [[nodiscard]] const WorkflowClock *clock(QStringView code) const;
    /// Transitions that leave \a state.
    [[nodiscard]] QList<const Transition *> transitionsFrom(QStringView state) const;
    [[nodiscard]] bool isOpen(QStringView state) const;
    [[nodiscard]] QStringList openStates() const;
};

} // namespace ioc
