// SPDX-License-Identifier: GPL-3.0-or-later
#include <db/row.h>
#include <db/server.h>

#include <sqlite3.h>

namespace ioc::db {

bool Row::isNull(int column) const
{
    return m_statement ? sqlite3_column_type(m_statement, column) == SQLITE_NULL : m_answer->isNull(m_row, column);
}

qint64 Row::integer(int column) const
{
    return m_statement ? sqlite3_column_int64(m_statement, column) : m_answer->integer(m_row, column);
}

double Row::real(int column) const
{
    return m_statement ? sqlite3_column_double(m_statement, column) : m_answer->real(m_row, column);
}

QByteArray Row::bytes(int column) const
{
    return m_statement ? view(column).toByteArray() : m_answer->bytes(m_row, column);
}

QByteArrayView Row::view(int column) const
{
    Q_ASSERT(m_statement);
    const void *data = sqlite3_column_blob(m_statement, column);
    return {static_cast<const char *>(data), data ? sqlite3_column_bytes(m_statement, column) : 0};
}

QString Row::text(int column) const
{
    if (!m_statement)
        return m_answer->text(m_row, column);
    const unsigned char *data = sqlite3_column_text(m_statement, column); // a number as its text
    return data ? QString::fromUtf8(reinterpret_cast<const char *>(data), sqlite3_column_bytes(m_statement, column)) : QString();
}

QVariant Row::value(int column) const
{
    if (!m_statement)
        return m_answer->value(m_row, column);
    switch (sqlite3_column_type(m_statement, column)) {
    case SQLITE_INTEGER: return integer(column);
    case SQLITE_FLOAT: return real(column);
    case SQLITE_TEXT: return text(column);
    case SQLITE_BLOB: return bytes(column);
    default: return {};
    }
}

} // namespace ioc::db
