// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <central/feedlog.h>
#include <db/serveraddress.h>

namespace ioc {

/// A PostgreSQL database copied to a file and back, by the server's own programs pg_dump, pg_restore and psql. Their secrets are neither
/// on a command line nor in a file that others may read. Blocks.
class DatabaseDump
{
public:
    explicit DatabaseDump(db::ServerAddress server) : m_server(std::move(server)) {}

    /// Main version of the programs on this machine; 0: not installed.
    static int toolsVersion();

    /// Writes the database to \a file as it is at one moment, while central serves; the end of the feed in it. NotFound when pg_dump is not
    /// installed.
    Result<FeedHead> make(const QString &file, const Id &epoch) const;
    /// Conflict when the database holds anything.
    [[nodiscard]] Result<void> checkEmpty() const;
    /// Fills the database, which has to be empty, from \a file and runs \a last, SQL of our own, at the end: all of it or nothing.
    /// Conflict when it is not empty.
    Result<void> restore(const QString &file, const QString &last) const;

private:
    db::ServerAddress m_server;
};

} // namespace ioc
