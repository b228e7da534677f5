// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <db/connection.h>

namespace ioc::db {

/// Puts rows into one table: at once, or, while held, many together when flushed. For a transaction of many small steps on a
/// server, where it is the statement that costs. Whoever reads the table in between flushes first.
class RowInserter
{
public:
    /// \a columns: names, as they stand in SQL, with commas between them.
    RowInserter(Connection &connection, const QString &table, const QString &columns);
    /// \a row: a value for each column.
    Result<void> add(const QVariantList &row);
    void hold(bool held = true) { m_isHeld = held; } ///< flush() before it is no longer
    [[nodiscard]] bool isHeld() const { return m_isHeld; }
    /// In the order they were added.
    Result<void> flush();

private:
    Connection &m_connection;
    Connection::Insert m_insert;
    QVariantList m_rows; // one behind the other
    qsizetype m_count = 0;
    bool m_isHeld = false;
};

} // namespace ioc::db
