// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <store/typetable.h>

namespace ioc {

/// The tables, indexes and search indexes of a local store's database, as the desktop opens it and central makes it for a snapshot.
class StoreSchema
{
public:
    explicit StoreSchema(const TypeTables &tables) : m_tables(tables) {}

    /// Brings the control tables and those of every type up. Without \a withIndexes the latter lack theirs: to be filled first.
    Result<void> bringTables(db::Connection &connection, bool withIndexes = true) const;
    /// Brings the search indexes up, made anew where what is searched or sorted by has changed. In a transaction.
    Result<void> bringSearch(db::Connection &connection) const;

    /// Writes \a name of the table _meta, or takes it away when \a value is null.
    static Result<void> setMeta(db::Connection &connection, const QString &name, const QVariant &value);
    static Result<qint64> meta(db::Connection &connection, const QString &name, qint64 otherwise);
    /// Empty when there is none.
    static Result<QString> metaText(db::Connection &connection, const QString &name);

private:
    const TypeTables &m_tables;
};

} // namespace ioc
