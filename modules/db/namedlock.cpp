// SPDX-License-Identifier: GPL-3.0-or-later
#include <db/namedlock.h>

#include <QCryptographicHash>
#include <QtEndian>

namespace ioc::db {

namespace {

constexpr quint64 locksOfAGroup = 128;

quint64 hashed(QByteArrayView text) // the same on every machine
{
    return qFromBigEndian<quint64>(QCryptographicHash::hash(text, QCryptographicHash::Sha256).constData());
}

Result<void> wait(Connection &connection, quint64 number)
{
    return connection.each(QStringLiteral("SELECT pg_advisory_xact_lock(?)"), {static_cast<qint64>(number)}, [](const Row &) { return true; });
}

} // namespace

Result<void> waitForLock(Connection &connection, QByteArrayView name)
{
    return connection.dialect() == Dialect::Sqlite ? Result<void>() : wait(connection, hashed(name));
}

Result<bool> takeLock(Connection &connection, QByteArrayView name)
{
    if (connection.dialect() == Dialect::Sqlite)
        return true;
    return connection.one<bool>(QStringLiteral("SELECT pg_try_advisory_xact_lock(?)"), {static_cast<qint64>(hashed(name))}, [](const Row &row) { return row.value(0).toBool(); });
}

Result<void> waitForKey(Connection &connection, QByteArrayView group, QByteArrayView key)
{
    return connection.dialect() == Dialect::Sqlite ? Result<void>() : wait(connection, hashed(group) + hashed(key) % locksOfAGroup);
}

} // namespace ioc::db
