// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <central/auditchain.h>

#include <functional>

namespace ioc {

/// Which entries of the audit journal are wanted; what is null or 0 does not matter.
struct AuditFilter
{
    qint64 sinceMs = 0; ///< this moment and later
    qint64 untilMs = 0; ///< before this moment
    Id account;
    Id record; ///< also imports that took it
};

/// Runs \a each on the chained entries that \a filter asks for, in their order, until it returns false; \a progress is called now and
/// then. Reads them part by part: the journal may be longer than the memory.
Result<void> eachAuditEntry(db::Connection &connection, const AuditFilter &filter, const std::function<bool(const AuditLink &)> &each,
                            const std::function<void(qint64 done, qint64 total)> &progress = {});

} // namespace ioc
