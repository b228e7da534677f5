// SPDX-License-Identifier: GPL-3.0-or-later
#include <records/workflow.h>

namespace ioc {

namespace {
template <typename List>
auto byCode(const List &list, QStringView code) -> decltype(&list.front())
{
    for (const auto &candidate : list) {
        if (candidate.code == code)
            return &candidate;
    }
    return nullptr;
}
} // namespace

QString clockActName(ClockAct act)
{
    switch (act) {
    case ClockAct::Started: return QStringLiteral("started");
    case ClockAct::Paused: return QStringLiteral("paused");
    case ClockAct::Resumed: return QStringLiteral("resumed");
    case ClockAct::Extended: return QStringLiteral("extended");
    case ClockAct::Stopped: return QStringLiteral("stopped");
    case ClockAct::Undone: return QStringLiteral("undone");
    }
    return {};
}

const WorkflowState *Workflow::state(QStringView code) const { return byCode(states, code); }
const Transition *Workflow::transition(QStringView code) const { return byCode(transitions, code); }
const WorkflowClock *Workflow::clock(QStringView code) const { return byCode(clocks, code); }

QList<const Transition *> Workflow::transitionsFrom(QStringView state) const
{
    QList<const Transition *> found;
    for (const Transition &candidate : transitions) {
        if (candidate.from.contains(state))
            found += &candidate;
    }
    return found;
}

bool Workflow::isOpen(QStringView code) const
{
    const WorkflowState *found = state(code);
    return found && found->open;
}

QStringList Workflow::openStates() const
{
    QStringList codes;
    for (const WorkflowState &candidate : states) {
        if (candidate.open)
            codes += candidate.code;
    }
    return codes;
}

} // namespace ioc
