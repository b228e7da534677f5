// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <db/row.h>

#include <QVarLengthArray>
#include <QVariantList>

#include <functional>
#include <memory>

struct sqlite3;

namespace ioc::db {

/// A statement prepared once and run many times, straight on SQLite: a QSqlQuery turns every column of every row into a
/// QVariant by way of UTF-16, asked for or not, which costs more than finding the row.
class SqliteStatement
{
public:
    static Result<SqliteStatement> prepare(sqlite3 *database, const QString &sql);

    /// Runs it with \a parameters ("?", as many as there are; null texts and bytes are NULL) until \a each returns false;
    /// a statement without rows is run to its end. After an error it is to be dropped.
    Result<void> run(const QVariantList &parameters, const std::function<bool(const Row &)> &each);

private:
    struct Finalize
    {
        void operator()(sqlite3_stmt *statement) const;
    };
    explicit SqliteStatement(sqlite3_stmt *statement) : m_statement(statement) {}
    void bind(int at, const QVariant &value);
    [[nodiscard]] Error error() const;

    std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
    QVarLengthArray<QByteArray, 48> m_bound; // what the statement reads while it runs: SQLite makes no copy
};

} // namespace ioc::db
