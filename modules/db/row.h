// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QVariant>

struct sqlite3_stmt;

namespace ioc::db {

class ServerAnswer;

/// A row of an answer, valid until the next one is read. What is NULL reads as 0 and as empty.
class Row
{
public:
    explicit Row(sqlite3_stmt *statement) : m_statement(statement) {}
    Row(const ServerAnswer &answer, int row) : m_answer(&answer), m_row(row) {}
    [[nodiscard]] QVariant value(int column) const;
    [[nodiscard]] bool isNull(int column) const;
    [[nodiscard]] qint64 integer(int column) const;
    [[nodiscard]] double real(int column) const;
    [[nodiscard]] QString text(int column) const;
    [[nodiscard]] QByteArray bytes(int column) const;
    /// Whether it is SQLite's.
    [[nodiscard]] bool isLocal() const { return m_statement; }
    /// A blob, or a text in UTF-8, where SQLite keeps it: until the next row. SQLite only.
    [[nodiscard]] QByteArrayView view(int column) const;

private:
    sqlite3_stmt *m_statement = nullptr; // straight on SQLite, …
    const ServerAnswer *m_answer = nullptr; // … or of what a server answered
    int m_row = 0;
};

} // namespace ioc::db
