// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>

#include <QVarLengthArray>
#include <QVariantList>

#include <functional>
#include <memory>

struct sqlite3;
struct sqlite3_stmt;

namespace ioc::db {

/// A row of an answer, valid until the next one is read. What is NULL reads as 0 and as empty.
class Row
{
public:
    explicit Row(sqlite3_stmt *statement) : m_statement(statement) {}
    [[nodiscard]] QVariant value(int column) const;
    [[nodiscard]] bool isNull(int column) const;
    [[nodiscard]] qint64 integer(int column) const;
    [[nodiscard]] double real(int column) const;
    [[nodiscard]] QString text(int column) const;
    [[nodiscard]] QByteArray bytes(int column) const;
    /// A blob, or a text in UTF-8, where SQLite keeps it: until the next row.
    [[nodiscard]] QByteArrayView view(int column) const;

private:
    sqlite3_stmt *m_statement;
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
