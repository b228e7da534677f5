// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <db/server.h>

namespace ioc {

/// What an error of PostgreSQL means: \a state is its SQLSTATE (empty: the server was lost), \a text what it says, \a what the statement. Nothing
/// of what rows hold is in it.
db::ServerFailure postgresFailure(const QString &state, const QString &text, const QString &what);

} // namespace ioc
