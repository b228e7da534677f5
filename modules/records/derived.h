// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <records/clockledger.h>
#include <records/recordtype.h>

namespace ioc {

/// The ledger row that \a record (of a clockLedger type) holds.
ClockEntry clockEntry(const Record &record);

/// Every derived field of \a type, computed from the rows of one record's clock ledger; undefined where there is nothing yet.
/// next_due: nextDue(); stopped C: when clock C stopped; on_time C: whether it stopped in time (extended deadlines count).
Values derivedValues(const RecordType &type, const QList<ClockEntry> &entries);

/// The ledger rows that \a effects add at \a atMs: a started clock gets its deadline from \a workflow.
QList<ClockEntry> clockEntries(const Workflow &workflow, const QList<ClockEffect> &effects, qint64 atMs);

} // namespace ioc
