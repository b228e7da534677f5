// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/clock.h>
#include <base/id.h>
#include <base/result.h>
#include <db/serveraddress.h>

#include <QList>

#include <optional>

namespace ioc {

namespace db {
class Connection;
}

/// What a backup holds, as its manifest says.
struct Backup
{
    struct File
    {
        QString name; ///< below the backup's folder
        qint64 bytes = 0;
        QByteArray sha256;
    };
    /// Where a central is, or is to be.
    struct Place
    {
        QString folder;
        std::optional<db::ServerAddress> server; ///< the PostgreSQL database; none: the folder holds the database
        const Clock *clock = nullptr;
    };
    Id epoch;            ///< of the central it was made from
    Id origin;           ///< the first epoch of that central: the same for all its backups, and for those of what was restored from them
    qint64 sequence = 0; ///< the end of its feed
    qint64 madeMs = 0;
    QList<File> files;

    /// Copies the database as it is at one moment, while central serves (a SQLite file by SQLite itself, a PostgreSQL database by pg_dump), and the keys, certificates and record
    /// types beside it to the new folder \a target. The database may be of an older version of this program, and stays so. A folder without manifest is not a backup: what was cut off never looks whole.
    /// Conflict when \a target holds anything or the database is sealed with another key; NotFound when there is no central, or its key is missing.
    static Result<Backup> make(const Place &central, const QString &target);
    /// Notes in the database that this was made (lastMs(), and the audit journal): when it was read again and is whole.
    [[nodiscard]] Result<void> note(const Place &central) const;
    static QString manifestName();
    /// What the manifest of \a folder says. NotFound when it is no backup, Damaged when it is no manifest, Unsupported when it is of a newer version.
    static Result<Backup> read(const QString &folder);
    /// Compares every file with the manifest, too. Damaged when a file is not as it was.
    static Result<Backup> check(const QString &folder);
    /// When the last one was made of this database, in ms since 1970; 0: none is noted. SQL that works for both kinds of database.
    static Result<qint64> lastMs(db::Connection &connection);
    /// Makes a central in \a place of the backup in \a folder; both the place's folder, but for what a restore that was cut off has left, and its database have to be empty. The database gets a new epoch: devices notice, begin anew and offer
    /// again what they had sent since.
    static Result<Backup> restore(const QString &folder, const Place &place);
};

} // namespace ioc
