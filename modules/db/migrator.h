// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <db/connection.h>
#include <db/schema.h>

namespace ioc::db {

/// One step of a database's history. The list is append-only: a step that was released is never changed.
struct Migration
{
    int number = 0;
    QString sql; ///< in SQLite's words, see inDialect()
};

/// Brings a database to the newest of \a migrations and then to the tables of \a tables (columns and indexes that lack are
/// added, none is taken away; one whose type changed is refused). All in one transaction: a migration that failed leaves version and data as they were.
/// Refuses a database that is newer than this program.
Result<void> migrate(Connection &connection, const QList<Migration> &migrations, const QList<Table> &tables);

/// What migrate() would find to do; it changes nothing.
struct MigrationState
{
    qint64 version = 0;  ///< of the database; 0: migrate() was never here
    int newest = 0;      ///< of this program
    QStringList missing; ///< tables, and columns as "table.column"
};
Result<MigrationState> migrationState(Connection &connection, const QList<Migration> &migrations, const QList<Table> &tables);

} // namespace ioc::db
