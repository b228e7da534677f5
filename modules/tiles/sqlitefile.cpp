// SPDX-License-Identifier: GPL-3.0-or-later
#include <tiles/sqlitefile.h>

#include <sqlite3.h>

namespace ioc {

void SqliteCloser::operator()(sqlite3 *database) const
{
    sqlite3_close_v2(database);
}

void SqliteCloser::operator()(sqlite3_stmt *statement) const
{
    sqlite3_finalize(statement);
}

SqliteStatement sqlitePrepare(sqlite3 *database, const char *sql)
{
    sqlite3_stmt *statement = nullptr;
    if (sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK)
        return nullptr;
    return SqliteStatement(statement);
}

QString sqliteDetail(sqlite3 *database)
{
    return database ? QString::fromUtf8(sqlite3_errmsg(database)) : QString();
}

QString sqliteText(sqlite3_stmt *statement, int column)
{
    const auto *text = reinterpret_cast<const char *>(sqlite3_column_text(statement, column));
    return text ? QString::fromUtf8(text, sqlite3_column_bytes(statement, column)) : QString();
}

QByteArray sqliteBlob(sqlite3_stmt *statement, int column)
{
    const auto *bytes = static_cast<const char *>(sqlite3_column_blob(statement, column));
    return bytes ? QByteArray(bytes, sqlite3_column_bytes(statement, column)) : QByteArray();
}

} // namespace ioc
