// SPDX-License-Identifier: GPL-3.0-or-later
#include <wire/cborreader.h>

#include <QCborArray>
#include <QCoreApplication>

#include <algorithm>

namespace ioc::wire {

CborReader::CborReader(const QCborValue &value, QString what, Unknown unknown) : m_map(value.toMap()), m_what(std::move(what)), m_unknown(unknown)
{
    if (!value.isMap())
        fail(QStringLiteral("is not a map"));
}

void CborReader::fail(const QString &why)
{
    if (m_problem.isEmpty())
        m_problem = m_what + u' ' + why;
}

void CborReader::join(const CborReader &other)
{
    if (m_problem.isEmpty())
        m_problem = other.m_problem;
}

QCborValue CborReader::take(int key, bool required)
{
    const QCborValue value = m_map.value(key);
    if (!value.isUndefined())
        m_taken += m_unknown == Unknown::Refused || key < mayBeUnknown ? 1 : 0;
    else if (required)
        fail(QStringLiteral("lacks key %1").arg(key));
    return value;
}

qint64 CborReader::integer(int key, qint64 lowest, qint64 highest)
{
    const QCborValue value = take(key);
    if (!value.isInteger() || value.toInteger() < lowest || value.toInteger() > highest) {
        fail(QStringLiteral("has no proper number in key %1").arg(key));
        return lowest > 0 ? lowest : 0;
    }
    return value.toInteger();
}

QString CborReader::text(int key, qsizetype limit)
{
    const QCborValue value = take(key, false);
    if (value.isUndefined())
        return {};
    QString text = value.toString();
    if (!value.isString() || text.size() > limit || text.contains(QChar(u'\0'))) // which programs behind this one may take for its end
        fail(QStringLiteral("has no proper text in key %1").arg(key));
    return text;
}

QByteArray CborReader::bytes(int key, qsizetype limit)
{
    const QCborValue value = take(key, false);
    if (value.isUndefined())
        return {};
    if (!value.isByteArray() || value.toByteArray().size() > limit)
        fail(QStringLiteral("has no proper bytes in key %1").arg(key));
    return value.toByteArray();
}

bool CborReader::boolean(int key)
{
    const QCborValue value = take(key);
    if (!value.isBool())
        fail(QStringLiteral("is neither true nor false in key %1").arg(key));
    return value.toBool();
}

Id CborReader::id(int key, bool required)
{
    const QCborValue value = take(key, required);
    if (value.isUndefined())
        return {};
    const auto id = Id::fromBytes(value.toByteArray());
    if (!value.isByteArray() || !id || id->isNull()) {
        fail(QStringLiteral("has no proper id in key %1").arg(key));
        return {};
    }
    return *id;
}

QList<Id> CborReader::ids(int key)
{
    QList<Id> out;
    const auto members = list(key, 1000);
    for (const QCborValue &member : members) {
        const auto id = Id::fromBytes(member.toByteArray());
        if (!member.isByteArray() || !id || id->isNull())
            fail(QStringLiteral("has no proper id in key %1").arg(key));
        else
            out += *id;
    }
    return out;
}

Values CborReader::values(int key)
{
    const QCborValue value = take(key, false);
    if (!value.isUndefined() && !value.isMap())
        fail(QStringLiteral("has no fields in key %1").arg(key));
    Values out;
    const QCborMap map = value.toMap();
    for (const auto &[name, member] : map) {
        if (!name.isString() || name.toString().isEmpty() || name.toString().size() > 64 || out.contains(name.toString()))
            fail(QStringLiteral("has a field without a proper name, or one twice"));
        else
            out.insert(name.toString(), member);
    }
    return out;
}

QCborValue CborReader::any(int key)
{
    return take(key, false);
}

QList<QCborValue> CborReader::list(int key, qsizetype limit)
{
    const QCborValue value = take(key, false);
    if (value.isUndefined())
        return {};
    const QCborArray array = value.toArray();
    if (!value.isArray() || array.size() > limit) {
        fail(QStringLiteral("has no proper list in key %1").arg(key));
        return {};
    }
    return QList<QCborValue>(array.begin(), array.end());
}

Result<void> CborReader::finish()
{
    const auto mustBeKnown = [this](const auto &member) { return m_unknown == Unknown::Refused || !member.first.isInteger() || member.first.toInteger() < mayBeUnknown; };
    if (m_taken != m_map.size() && m_taken != std::ranges::count_if(m_map, mustBeKnown))
        fail(QStringLiteral("has a key this version does not know"));
    if (m_problem.isEmpty())
        return {};
    return failure(ErrorCode::InvalidInput,
                   QCoreApplication::translate("Wire", "The message cannot be understood. Update the older of the two programs."), m_problem);
}

} // namespace ioc::wire
