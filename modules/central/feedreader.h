// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <central/recordtables.h>
#include <central/scope.h>
#include <wire/feed.h>

namespace ioc {

/// Makes pages of the feed.
class FeedReader
{
public:
    static constexpr int rowLimit = 5000;
    static constexpr qsizetype pageBytes = 4 * 1024 * 1024; ///< unpacked, as estimated

    FeedReader(db::Connection &connection, const RecordTables &tables, const Id &epoch) : m_connection(connection), m_tables(tables), m_epoch(epoch) {}

    /// What follows \a after (null: everything from the start), looking at most at \a limit rows of the feed. Conflict when \a after does
    /// not belong to this feed: the device has to start again.
    Result<ChangePage> page(const Cursor &after, const Scope &scope, int limit, qint64 nowMs);
    /// Whether a device with this scope may follow the feed from \a cursor; Conflict when not.
    Result<void> check(const Cursor &cursor, const Scope &scope) const;

private:
    struct FeedRow
    {
        qint64 sequence = 0;
        qint64 version = 0;
        qint64 changedMs = 0;
        Id id;
        QList<Id> left; // units it belonged to before
        QByteArray digest;
        const RecordType *type = nullptr;
        QByteArray packed; // its values, if not in it
        std::optional<Record> state; // empty: a later row has it, or it is none of the device's business
        Change::Kind kind = Change::Kind::State;
        QByteArray sealKey; // of sealed values in it
    };
    Result<QList<FeedRow>> rows(qint64 after, int limit) const;
    Result<void> readStates(QList<FeedRow> &rows, const Scope &scope, qint64 after) const;
    Result<void> take(FeedRow &row, RecordTables::FeedRow &&found, const Scope &scope) const;

    db::Connection &m_connection;
    const RecordTables &m_tables;
    Id m_epoch;
};

} // namespace ioc
