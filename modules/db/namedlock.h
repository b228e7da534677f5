// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <db/connection.h>

namespace ioc::db {

// Locks among all programs that work on one PostgreSQL database, held until the transaction at hand ends. In a SQLite file only one
// transaction writes at a time, so there is nothing to wait for.

/// Waits for the lock called \a name.
Result<void> waitForLock(Connection &connection, QByteArrayView name);
/// Takes the lock called \a name; false when somebody has it.
Result<bool> takeLock(Connection &connection, QByteArrayView name);
/// Waits for the lock of \a key within \a group. Keys share a fixed number of locks, because a server has room for some
/// thousands only: two that have nothing to do with each other may wait for each other.
Result<void> waitForKey(Connection &connection, QByteArrayView group, QByteArrayView key);

} // namespace ioc::db
