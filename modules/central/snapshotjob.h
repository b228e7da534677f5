// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <central/recordtables.h>
#include <central/scope.h>
#include <wire/snapshot.h>

#include <atomic>

namespace ioc {

/// How far the building of a snapshot is; written by its thread, read by any.
struct SnapshotBuilding
{
    std::atomic<qint64> records = 0; ///< there will be, as estimated
    std::atomic<qint64> done = 0;
    std::atomic<bool> cancelled = false;
};

/// Builds the file of one scope: the database of a device that has followed the feed up to now, packed.
class SnapshotJob
{
public:
    SnapshotJob(const RecordTables &tables, const Id &epoch, Scope scope, QString folder)
        : m_tables(tables), m_epoch(epoch), m_scope(std::move(scope)), m_folder(std::move(folder)) {}

    /// Reads in one transaction on \a connection, so that rows and cursor agree, and leaves one file called like its id in the
    /// folder. Cancelled when \a building says so; nothing is left then.
    Result<Snapshot> run(db::Connection &connection, SnapshotBuilding &building) const;

private:
    [[nodiscard]] Result<Cursor> cursorNow(db::Connection &connection) const;
    Result<Snapshot> write(db::Connection &connection, SnapshotBuilding &building, const QString &path) const;
    Result<void> addRecords(db::Connection &connection, SnapshotBuilding &building, class SnapshotWriter &writer) const;

    const RecordTables &m_tables;
    Id m_epoch;
    Scope m_scope;
    QString m_folder;
};

} // namespace ioc
