// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <db/connection.h>

namespace ioc::db {

/// Runs \a each on every row of \a sql, which has "IN (%1)" for \a members and before that its \a parameters: any number of members,
/// in groups of few sizes, so that the statements stay prepared.
Result<void> eachOf(Connection &connection, const QString &sql, const QVariantList &parameters, const QVariantList &members, const std::function<bool(const Row &)> &each);

} // namespace ioc::db
