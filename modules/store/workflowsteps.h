// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <records/typecatalog.h>
#include <store/draft.h>

namespace ioc {

/// Turns what an operator does to a record with a workflow into drafts that are saved together: the record's own change,
/// its clock ledger rows and its timeline entry. Pure functions; nothing is saved here.
class WorkflowSteps
{
public:
    WorkflowSteps(const TypeCatalog &catalog, const Author &author, const Clock &clock);

    /// A new record in the workflow's first state, with its clocks started.
    [[nodiscard]] Result<QList<Draft>> create(const QString &type, const Id &id, const Values &values) const;
    /// Takes \a transition. \a values: fields set with it (the answer, the unit in charge). InvalidInput when the state does
    /// not allow it, a required field or comment is missing; Denied when the role may not.
    [[nodiscard]] Result<QList<Draft>> step(const Record &record, const QString &transition, const Values &values, const QString &comment) const;
    /// Takes back \a last, the newest step in the record's timeline, if \a author took it: fields go back to what they were,
    /// clocks run again. \a ledger: the record's clock rows. \a before: values of the fields that step changed, before it.
    [[nodiscard]] Result<QList<Draft>> undo(const Record &record, const Record &last, const QList<Record> &ledger) const;
    [[nodiscard]] Result<QList<Draft>> comment(const Record &record, const QString &text) const;
    /// A later deadline of \a clock, with its reason.
    [[nodiscard]] Result<QList<Draft>> extend(const Record &record, const QString &clock, qint64 dueMs, const QString &reason) const;

private:
    const TypeCatalog &m_catalog;
    const Author &m_author;
    const Clock &m_clock;
};

} // namespace ioc
