// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>

namespace ioc::db {

/// A database on a PostgreSQL server.
struct ServerAddress
{
    QString host; ///< a name, an IP address or the folder of a Unix socket; empty: this machine's usual socket
    quint16 port = 5432;
    QString database;
    QString user;     ///< empty: who runs the program
    QString password; ///< empty: from the file that PGPASSFILE names (~/.pgpass) or PGPASSWORD, where the server asks
    QString options;  ///< the URL's query for libpq, as "name=value name=value": sslmode, sslrootcert …

    /// Reads postgresql://user:password@host:port/database?sslmode=…; InvalidInput, without the password in it, when it is none.
    static Result<ServerAddress> fromUrl(const QString &text);
    /// For people and logs: the password and the options are left out.
    [[nodiscard]] QString toString() const;
};

} // namespace ioc::db
