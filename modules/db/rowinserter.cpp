// SPDX-License-Identifier: GPL-3.0-or-later
#include <db/rowinserter.h>

namespace ioc::db {

RowInserter::RowInserter(Connection &connection, const QString &table, const QString &columns)
    : m_connection(connection), m_insert{.table = table, .columns = columns}
{
}

Result<void> RowInserter::add(const QVariantList &row)
{
    m_rows += row;
    ++m_count;
    return m_isHeld ? Result<void>() : flush();
}

Result<void> RowInserter::flush()
{
    return m_connection.insert(m_insert, m_rows, m_count).transform([this](qint64) {
        m_rows.clear();
        m_count = 0;
    });
}

} // namespace ioc::db
