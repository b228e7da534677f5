// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <db/connection.h>

class QSqlDatabase;

namespace ioc::db {

/// What an error of PostgreSQL means for the connection it came on.
struct PostgresFailure
{
    Error error;
    bool isLost = false;    ///< the connection is gone; whatever was begun on it as well
    bool collided = false;  ///< another transaction was in the way: the same work done again may succeed
};
PostgresFailure postgresFailure(const QSqlError &error, const QString &what);

/// Opens \a database, of the driver QPSQL, and makes its session as the program expects it. Busy when the server does not answer or
/// lets us not in, Unsupported when its database is not UTF-8.
Result<void> openPostgres(QSqlDatabase &database, const Connection::Options &options);

} // namespace ioc::db
