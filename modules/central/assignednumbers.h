// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <db/connection.h>
#include <records/recordtype.h>

namespace ioc {

/// Fills in the fields of \a values that central assigns and that are still empty: {year} is that of \a atMs in Viet Nam, {sequence} counts
/// within it, six digits wide. Within a transaction of the caller's: a number is used up only when it is
/// committed; on PostgreSQL, where others do not wait for that, a transaction that fails leaves a gap. None is ever given twice.
Result<void> assignNumbers(db::Connection &connection, const RecordType &type, Values &values, qint64 atMs);

} // namespace ioc
