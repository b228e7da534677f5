// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <central/scope.h>
#include <records/typecatalog.h>
#include <wire/operation.h>

namespace ioc {

/// All that can be said of \a operation without looking at a record: its type, the rights of \a scope, its fields, and its new
/// values, which are brought into their canonical form. The error is the reason of the refusal.
Result<void> checkOperation(const TypeCatalog &catalog, const Scope &scope, Operation &operation);

/// When \a operation was done, by central's clock: the device's time corrected by its offset at last contact. A time after the receipt
/// (beyond a minute) or more than 90 days before it cannot be believed; the receipt counts then, and \a note says why.
qint64 boundedTime(const Operation &operation, qint64 receivedMs, QString *note);

} // namespace ioc
