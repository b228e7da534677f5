// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <memory>

struct sqlite3;
struct sqlite3_stmt;

namespace ioc {

struct SqliteCloser
{
    void operator()(sqlite3 *database) const;
    void operator()(sqlite3_stmt *statement) const;
};
using SqliteHandle = std::unique_ptr<sqlite3, SqliteCloser>;
using SqliteStatement = std::unique_ptr<sqlite3_stmt, SqliteCloser>;

/// A prepared statement, or none when \a sql does not fit the file's schema.
SqliteStatement sqlitePrepare(sqlite3 *database, const char *sql);
/// What SQLite says about its last failure, for the log.
QString sqliteDetail(sqlite3 *database);
QString sqliteText(sqlite3_stmt *statement, int column);
QByteArray sqliteBlob(sqlite3_stmt *statement, int column);

} // namespace ioc
