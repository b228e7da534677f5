// SPDX-License-Identifier: GPL-3.0-or-later
#include <postgres/postgresanswer.h>

#include <QLocale>
#include <QVariant>
#include <QtEndian>

#include <bit>

namespace ioc {

bool isBinary(Oid type)
{
    switch (type) {
    case PostgresBool:
    case PostgresBytea:
    case PostgresInt8:
    case PostgresInt2:
    case PostgresInt4:
    case PostgresText:
    case PostgresFloat4:
    case PostgresFloat8:
    case PostgresVarchar: return true;
    default: return false;
    }
}

qint64 PostgresAnswer::touched() const
{
    return QByteArray(PQcmdTuples(m_result.get())).toLongLong();
}

QByteArrayView PostgresAnswer::raw(int row, int column) const
{
    return {PQgetvalue(m_result.get(), row, column), PQgetlength(m_result.get(), row, column)};
}

Oid PostgresAnswer::form(int column) const
{
    return PQfformat(m_result.get(), column) == 0 ? Oid(PostgresText) : PQftype(m_result.get(), column);
}

qint64 PostgresAnswer::integer(int row, int column) const
{
    if (isNull(row, column))
        return 0;
    const QByteArrayView value = raw(row, column);
    switch (form(column)) {
    case PostgresInt8: return qFromBigEndian<qint64>(value.data());
    case PostgresInt4: return qFromBigEndian<qint32>(value.data());
    case PostgresInt2: return qFromBigEndian<qint16>(value.data());
    case PostgresBool: return value[0] != 0 ? 1 : 0;
    case PostgresFloat4:
    case PostgresFloat8: return qRound64(real(row, column));
    default: return value == "t" ? 1 : value.toByteArray().toLongLong(); // "t": true, in text form
    }
}

double PostgresAnswer::real(int row, int column) const
{
    if (isNull(row, column))
        return 0;
    const QByteArrayView value = raw(row, column);
    switch (form(column)) {
    case PostgresFloat8: return std::bit_cast<double>(qFromBigEndian<quint64>(value.data()));
    case PostgresFloat4: return std::bit_cast<float>(qFromBigEndian<quint32>(value.data()));
    case PostgresInt8:
    case PostgresInt4:
    case PostgresInt2:
    case PostgresBool: return static_cast<double>(integer(row, column));
    default: return value.toByteArray().toDouble();
    }
}

QString PostgresAnswer::text(int row, int column) const
{
    if (isNull(row, column))
        return {};
    switch (form(column)) {
    case PostgresInt8:
    case PostgresInt4:
    case PostgresInt2:
    case PostgresBool: return QString::number(integer(row, column));
    case PostgresFloat4:
    case PostgresFloat8: return QString::number(real(row, column), 'g', QLocale::FloatingPointShortest);
    default: return QString::fromUtf8(raw(row, column));
    }
}

QByteArray PostgresAnswer::bytes(int row, int column) const
{
    if (isNull(row, column))
        return {};
    const QByteArrayView value = raw(row, column);
    const bool isHex = PQfformat(m_result.get(), column) == 0 && PQftype(m_result.get(), column) == PostgresBytea && value.startsWith("\\x");
    return isHex ? QByteArray::fromHex(value.sliced(2).toByteArray()) : value.toByteArray();
}

QVariant PostgresAnswer::value(int row, int column) const
{
    if (isNull(row, column))
        return {};
    switch (PQftype(m_result.get(), column)) {
    case PostgresInt8:
    case PostgresInt4:
    case PostgresInt2: return integer(row, column);
    case PostgresBool: return integer(row, column) != 0;
    case PostgresFloat4:
    case PostgresFloat8: return real(row, column);
    case PostgresBytea: return bytes(row, column);
    default: return text(row, column);
    }
}

} // namespace ioc
