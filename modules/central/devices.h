// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <central/auditjournal.h>
#include <wire/administration.h>

#include <base/clock.h>

namespace ioc {

/// The devices that people have signed in with, and whether they may be used. Each change is one durable transaction with its entry in the
/// journal, and counts at once at every central of the database: whether a device is revoked is asked at every request.
class Devices
{
public:
    Devices(db::Connection &connection, qint64 shard, const Clock &clock, AuditActor actor = AuditActor::atConsole())
        : m_connection(connection), m_shard(shard), m_clock(clock), m_actor(std::move(actor))
    {
    }

    /// Those after \a after in the order of ids, \a limit at most.
    [[nodiscard]] Result<DevicePage> page(const Id &after, int limit) const;
    /// Lets nobody in from it. NotFound when there is none; nothing happens when it is revoked already.
    Result<void> revoke(const Id &device);
    /// It may be used again, once somebody signs in there: the tokens of before stay dead.
    Result<void> restore(const Id &device);

private:
    Result<void> change(const Id &device, AuditKind kind);

    db::Connection &m_connection;
    qint64 m_shard;
    const Clock &m_clock;
    AuditActor m_actor;
};

} // namespace ioc
