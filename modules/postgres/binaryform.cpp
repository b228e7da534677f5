// SPDX-License-Identifier: GPL-3.0-or-later
#include <postgres/binaryform.h>

#include <QVariant>
#include <QtEndian>

#include <array>
#include <bit>

namespace ioc {

namespace {

constexpr qsizetype lengthBytes = 4;
constexpr qint32 nullLength = -1;

template <typename T>
void putNumber(QByteArray &out, T value)
{
    std::array<char, sizeof(T)> bytes{};
    qToBigEndian(value, bytes.data());
    out.append(bytes.data(), bytes.size());
}

bool isWhole(const QVariant &value)
{
    const int type = value.typeId();
    return type == QMetaType::LongLong || type == QMetaType::Int || type == QMetaType::UInt || type == QMetaType::Bool || type == QMetaType::ULongLong;
}

} // namespace

bool isNull(const QVariant &value, Oid type)
{
    if (value.isNull())
        return true;
    if (value.typeId() == QMetaType::QByteArray && type == PostgresBytea)
        return value.toByteArray().isNull();
    return value.typeId() == QMetaType::QString && value.toString().isNull();
}

bool putBinary(QByteArray &out, const QVariant &value, Oid type)
{
    switch (type) {
    case PostgresBytea:
        out += value.toByteArray();
        return true;
    case PostgresText:
    case PostgresVarchar:
        out += value.toString().toUtf8();
        return true;
    case PostgresInt8:
        if (isWhole(value))
            putNumber(out, value.toLongLong());
        return isWhole(value);
    case PostgresInt4: {
        const bool fits = isWhole(value) && value.toLongLong() == static_cast<qint32>(value.toLongLong());
        if (fits)
            putNumber(out, static_cast<qint32>(value.toLongLong()));
        return fits;
    }
    case PostgresFloat8:
        if (value.typeId() == QMetaType::Double)
            putNumber(out, std::bit_cast<quint64>(value.toDouble()));
        return value.typeId() == QMetaType::Double;
    default: return false;
    }
}

QByteArray copyHead()
{
    constexpr qsizetype flagsAndExtension = 8;
    return QByteArray("PGCOPY\n\xff\r\n\0", 11) + QByteArray(flagsAndExtension, '\0');
}

QByteArray copyEnd()
{
    return {"\xff\xff", 2};
}

bool putCopyRow(QByteArray &out, const QVariantList &values, qsizetype from, const QList<Oid> &types)
{
    putNumber(out, static_cast<qint16>(types.size()));
    for (qsizetype i = 0; i < types.size(); ++i) {
        const QVariant &value = values[from + i];
        const qsizetype at = out.size();
        putNumber(out, nullLength);
        if (isNull(value, types[i]))
            continue;
        if (!putBinary(out, value, types[i]))
            return false;
        qToBigEndian(static_cast<qint32>(out.size() - at - lengthBytes), out.data() + at);
    }
    return true;
}

} // namespace ioc
