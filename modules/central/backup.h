// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <central/centralstorage.h>

namespace ioc {

/// What a backup holds, as its manifest says.
struct Backup
{
    struct File
    {
        QString name; ///< below the backup's folder
        qint64 bytes = 0;
        QByteArray sha256;
    };
    Id epoch;            ///< of the central it was made from
    qint64 sequence = 0; ///< the end of its feed
    qint64 madeMs = 0;
    QList<File> files;

    /// Copies the database as it is at one moment, while central serves (a SQLite file by SQLite itself, a PostgreSQL database by pg_dump), and the certificates and record types in \a dataFolder
    /// beside it to the new folder \a target. A folder without manifest is not a backup: what was cut off never looks whole.
    /// Conflict when \a target holds anything.
    static Result<Backup> make(CentralStorage &storage, const QString &dataFolder, const QString &target);
    /// Reads the manifest of \a folder and compares every file with it. NotFound when it is no backup; Damaged when a file is not as it was.
    static Result<Backup> check(const QString &folder);
    /// Where a backup is put back to.
    struct Place
    {
        QString folder; ///< has to be empty, but for what a restore that was cut off has left
        std::optional<db::ServerAddress> server; ///< the PostgreSQL database, which has to be empty too; none: the folder holds the database
        const Clock *clock = nullptr;
    };
    /// Makes a central in \a place of the backup in \a folder. The database gets a new epoch: devices notice, begin anew and offer
    /// again what they had sent since.
    static Result<Backup> restore(const QString &folder, const Place &place);
};

} // namespace ioc
