// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <records/clockledger.h>
#include <records/typecatalog.h>

#include <QList>

namespace ioc {

/// The rows that \a entries make in the clock ledger of \a parent; ids are derived from it, the same every time.
/// Empty when the catalogue keeps no ledger for that type.
QList<Record> ledgerRecords(const TypeCatalog &catalog, const Record &parent, const QList<ClockEntry> &entries, const Id &author);

/// For a record that comes from outside and has a workflow but no state yet: puts it into the first state, and returns the
/// ledger rows of the clocks that start at \a atMs. Derived fields of \a record are set from them.
QList<Record> start(const TypeCatalog &catalog, Record &record, qint64 atMs, const Id &author);

} // namespace ioc
