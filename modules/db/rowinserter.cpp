// SPDX-License-Identifier: GPL-3.0-or-later
#include <db/rowinserter.h>

namespace ioc::db {

RowInserter::RowInserter(Connection &connection, const QString &table, const QString &columns)
    : m_connection(connection), m_head(QStringLiteral("INSERT INTO ") + table + QStringLiteral(" (") + columns + QStringLiteral(") VALUES ")),
      m_marks(QStringLiteral("(?") + QStringLiteral(", ?").repeated(columns.count(u',')) + u')')
{
}

Result<void> RowInserter::add(const QVariantList &row)
{
    m_rows += row;
    return m_isHeld ? Result<void>() : flush();
}

// In groups of few sizes, so that the statements stay prepared.
Result<void> RowInserter::flush()
{
    constexpr qsizetype largest = 64;
    for (qsizetype from = 0, rows = largest; from < m_rows.size(); from += rows) {
        while (rows > m_rows.size() - from)
            rows /= 4;
        if (const auto done = put(from, rows); !done)
            return done;
    }
    m_rows.clear();
    return {};
}

Result<void> RowInserter::put(qsizetype from, qsizetype rows)
{
    QVariantList parameters;
    for (qsizetype i = from; i < from + rows; ++i)
        parameters += m_rows[i];
    return m_connection.exec(m_head + QStringList(rows, m_marks).join(QStringLiteral(", ")), parameters).transform([](qint64) {});
}

} // namespace ioc::db
