// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <store/storeschema.h>
#include <wire/feed.h>

#include <memory>

namespace ioc {

/// Makes the database of a local store out of central's records, in bulk: what a new device would have after pulling the feed
/// up to a cursor. Central does this; the device takes its own control rows over into it (LocalStore::adoptSnapshot).
class SnapshotWriter
{
public:
    /// The reading of the feed that rows of a snapshot belong to; the first is left for rows that a device brings along.
    static constexpr qint64 feed = 2;

    explicit SnapshotWriter(const TypeTables &tables) : m_tables(tables) {}
    ~SnapshotWriter();

    /// Begins the file at \a path, in the place of one there.
    Result<void> begin(const QString &path);
    /// Adds a record of a known type with its derived values, each once. \a key opens what is sealed in it; null when nothing is.
    Result<void> add(const Record &record, const SealKey &key = {});
    [[nodiscard]] qint64 added() const { return m_added; }
    /// Makes the indexes and closes the file, whole but not yet on the disk.
    Result<void> finish(const Cursor &cursor);

private:
    Result<void> setManyAtOnce(bool many);

    const TypeTables &m_tables;
    std::unique_ptr<db::Connection> m_connection;
    std::optional<db::Transaction> m_transaction;
    qint64 m_added = 0;
};

} // namespace ioc
