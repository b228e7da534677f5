// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <store/columnindex.h>
#include <store/localstore.h>
#include <store/querysql.h>
#include <store/rebaser.h>
#include <store/textorder.h>

#include <map>

namespace ioc {

/// Everything that reads the local store. Lives on the reader's thread.
class StoreReader
{
public:
    explicit StoreReader(const TypeTables &tables) : m_tables(tables) {}
    [[nodiscard]] const TypeTables &tables() const { return m_tables; }

    Result<std::optional<StoredRecord>> record(db::Connection &connection, const QString &type, const Id &id);
    Result<QList<StoredRecord>> rows(db::Connection &connection, const QString &type, const QList<qint64> &keys);
    Result<QList<StoredRecord>> firstPage(db::Connection &connection, const Query &query, int rows);
    Result<QList<qint64>> keys(db::Connection &connection, const Query &query);
    Result<qint64> count(db::Connection &connection, const Query &query);
    Result<QList<std::pair<QCborValue, qint64>>> countsBy(db::Connection &connection, const Query &query, const QString &field);
    Result<QList<LocalStore::DayCount>> countsByDay(db::Connection &connection, const Query &query, const QString &field, const QString &split);
    Result<QList<qint64>> durations(db::Connection &connection, const Query &query, const QString &from, const QString &to);
    Result<QList<StoredRecord>> children(db::Connection &connection, const QString &type, const Id &parent);
    Result<QList<PlacedRecord>> places(db::Connection &connection, const Query &query);
    Result<QList<StoredRecord>> nearest(db::Connection &connection, const QString &type, double latitude, double longitude, int count);
    Result<QList<SearchHit>> search(db::Connection &connection, const QString &text, int limit, bool withPlaceOnly);

    /// What the writer has just committed: brings what is held in memory up to it.
    Result<void> refresh(db::Connection &connection, const Touched &touched);

    /// The columns held in memory, and the orders of texts, can be read ahead, beside this reader's work: what lacks is asked for here,
    /// read by loadColumns() and loadOrders() on a connection of any thread's own, and taken in here, with what was written meanwhile;
    /// the columns first, each were it with nothing in it.
    struct ReadAhead { QStringList columns; QList<std::pair<const TypeTable *, const Field *>> orders; }; ///< types that lack theirs, and texts that somebody sorted by since it was asked last
    ReadAhead beginReadingAhead();
    Result<std::map<QString, std::unique_ptr<ColumnIndex>>> loadColumns(db::Connection &connection, const QStringList &types) const;
    Result<void> takeColumns(db::Connection &connection, std::map<QString, std::unique_ptr<ColumnIndex>> columns);
    using TextOrders = std::map<const Field *, std::unique_ptr<TextOrder>>;
    static Result<TextOrders> loadOrders(db::Connection &connection, const ReadAhead &lacking);
    Result<void> takeOrders(db::Connection &connection, TextOrders orders);
    /// Called on this reader's thread when many are sorted by a text whose order is not held yet, or has become uneven.
    void setOrderWanted(std::function<void()> wanted) { m_orderWanted = std::move(wanted); }

    /// The search index has more than when it was asked last.
    void forgetSearch() { m_lastSearch = {}; }

private:
    Result<const TypeTable *> table(const QString &type) const;
    /// The columns of \a type held in memory, read when first asked for; null for a type with few rows.
    Result<ColumnIndex *> columns(db::Connection &connection, const TypeTable &table);
    static Result<std::unique_ptr<ColumnIndex>> loadColumns(db::Connection &connection, const TypeTable &table);
    static bool isSmallForSql(const TypeTable &table, const Query &query);
    Result<QList<StoredRecord>> select(db::Connection &connection, const TypeTable &table, const QString &rest, const QVariantList &parameters);
    Result<QList<qint64>> keysFromSql(db::Connection &connection, const TypeTable &table, const Query &query, int limit);
    /// Keys of \a query in order, the first \a limit (all when negative).
    Result<QList<qint64>> orderedKeys(db::Connection &connection, const TypeTable &table, const Query &query, int limit);

    Result<std::optional<QList<qint64>>> firstWithWords(db::Connection &connection, const TypeTable &table, const Query &query, const SortOrder &order, int limit);
    Result<std::optional<QList<qint64>>> firstAmong(db::Connection &connection, const TypeTable &table, const QList<qint64> &candidates, const QString &text, int limit);
    /// The first \a limit of \a set in the order of a field that is not held; nothing where the order itself had better be walked.
    Result<std::optional<QList<qint64>>> firstOfSet(db::Connection &connection, const TypeTable &table, const KeySet &set, const SortOrder &order, int limit);
    void wantOrder(const TypeTable &table, const Field &field);
    static Result<QList<qint64>> sortedBySql(db::Connection &connection, const TypeTable &table, const QList<qint64> &keys, const SortOrder &order, int limit);

    /// Keys of what \a query finds, from memory; nothing for a type that is not held.
    Result<std::optional<KeySet>> matching(db::Connection &connection, const TypeTable &table, const Query &query);
    /// Keys whose searchable fields have the words of \a text; the last answer is kept, for the next sort of the same search.
    Result<const KeySet *> wordMatches(db::Connection &connection, const TypeTable &table, const QString &text);

    struct LastSearch { QString type; QString match; KeySet keys; };
    const TypeTables &m_tables;
    LastSearch m_lastSearch;
    std::map<QString, std::unique_ptr<ColumnIndex>> m_columns;
    TextOrders m_orders;
    std::map<const Field *, const TypeTable *> m_wantedOrders;
    std::function<void()> m_orderWanted;
    std::optional<Touched> m_sinceBegun; ///< while columns and orders are read ahead
};

} // namespace ioc
