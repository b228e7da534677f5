// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <db/connection.h>
#include <store/entries.h>
#include <store/typetable.h>
#include <wire/operationfile.h>

namespace ioc {

/// Reads the lists of the outbox, the quarantine and the conflicts, on the connection of whoever asks.
class EntryReader
{
public:
    EntryReader(db::Connection &connection, const TypeTables &tables) : m_connection(connection), m_tables(tables) {}

    Result<QList<qint64>> keys(const EntryQuery &query);
    /// Types with entries in \a list, by how many.
    Result<QList<std::pair<QString, qint64>>> types(EntryQuery::List list);
    /// In the order of \a keys; what is gone is left out.
    Result<QList<OutboxEntry>> outbox(const QList<qint64> &keys);
    Result<QList<Conflict>> conflicts(const QList<qint64> &keys);
    /// The operations of \a keys and all they build on that central has not taken, oldest first, with the names of their authors.
    Result<OperationFile> file(const QList<qint64> &keys);

private:
    db::Connection &m_connection;
    const TypeTables &m_tables;
};

} // namespace ioc
