// SPDX-License-Identifier: GPL-3.0-or-later
#include <records/derived.h>

#include <array>

namespace ioc {

namespace {

ClockAct actNamed(QStringView name)
{
    using enum ClockAct;
    for (const ClockAct act : {Started, Paused, Resumed, Extended, Stopped, Undone}) {
        if (clockActName(act) == name)
            return act;
    }
    return Started;
}

QCborValue derivedValue(const QString &expression, const QList<ClockEntry> &entries)
{
    if (expression == u"next_due") {
        const qint64 due = nextDue(entries);
        return due ? QCborValue(due) : QCborValue();
    }
    const QStringView clock = QStringView(expression).mid(expression.indexOf(u' ') + 1);
    const ClockState state = clockState(entries, clock);
    if (state.phase != ClockState::Phase::Stopped)
        return {};
    return expression.startsWith(u"stopped ") ? QCborValue(state.stoppedMs) : QCborValue(!state.overdue(state.stoppedMs));
}

} // namespace

ClockEntry clockEntry(const Record &record)
{
    return {.clock = record.text(QStringLiteral("clock")),
            .act = actNamed(record.text(QStringLiteral("act"))),
            .atMs = record.integer(QStringLiteral("at")),
            .dueMs = record.integer(QStringLiteral("due"))};
}

Values derivedValues(const RecordType &type, const QList<ClockEntry> &entries)
{
    Values out;
    for (const Field &field : type.fields) {
        if (!field.derived.isEmpty())
            out.insert(field.name, derivedValue(field.derived, entries));
    }
    return out;
}

QList<ClockEntry> clockEntries(const Workflow &workflow, const QList<ClockEffect> &effects, qint64 atMs)
{
    QList<ClockEntry> out;
    for (const ClockEffect &effect : effects) {
        ClockEntry entry{.clock = effect.clock, .act = effect.act, .atMs = atMs};
        const WorkflowClock *clock = workflow.clock(effect.clock);
        if (effect.act == ClockAct::Started && clock)
            entry.dueMs = atMs + qRound64(clock->hours * 3'600'000);
        out += entry;
    }
    return out;
}

} // namespace ioc
