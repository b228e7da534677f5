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

class SqliteStatement;

/// Binds the parameters of a statement (the first is 1) where they lie: texts and bytes have to stay there until it has run. What is not
/// bound is NULL.
class Bindings
{
public:
    explicit Bindings(SqliteStatement &statement) : m_statement(statement) {}
    void integer(int at, qint64 value);
    void real(int at, double value);
    void text(int at, QByteArrayView utf8);
    void bytes(int at, QByteArrayView bytes);
    void value(int at, const QVariant &value); ///< a copy of it

private:
    SqliteStatement &m_statement;
};

/// A statement prepared once and run many times, straight on SQLite: a QSqlQuery turns every column of every row into a
/// QVariant by way of UTF-16, asked for or not, which costs more than finding the row.
class SqliteStatement
{
public:
    static Result<SqliteStatement> prepare(sqlite3 *database, const QString &sql);

    /// Runs it with \a parameters ("?", as many as there are; null texts and bytes are NULL) until \a each returns false;
    /// a statement without rows is run to its end. After an error it is to be dropped.
    Result<void> run(const QVariantList &parameters, const std::function<bool(const Row &)> &each);
    Result<void> run(const std::function<void(Bindings &)> &bind, const std::function<bool(const Row &)> &each);

private:
    friend class Bindings;
    struct Finalize
    {
        void operator()(sqlite3_stmt *statement) const;
    };
    explicit SqliteStatement(sqlite3_stmt *statement) : m_statement(statement) {}
    void bind(int at, const QVariant &value);
    Result<void> runBound(const std::function<bool(const Row &)> &each);
    [[nodiscard]] Error error() const;

    std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
    QVarLengthArray<QByteArray, 48> m_bound; // what the statement reads while it runs: SQLite makes no copy
};

} // namespace ioc::db
