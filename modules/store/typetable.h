// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <access/vault.h>
#include <db/migrator.h>
#include <db/packedrow.h>
#include <records/typecatalog.h>
#include <store/query.h>
#include <store/searchindex.h>
#include <store/searchtext.h>

#include <QSet>

#include <map>

namespace ioc {

class Seals;
class TypeTables;

/// The SQL side of one record type in the local store: its table, its full-text index, reading and writing of rows.
/// Stateless but for prepared texts; every call takes the connection to use.
class TypeTable
{
public:
    /// \a workflow: of the type, or null. \a root: at the head of its chain of parents.
    TypeTable(const RecordType &type, const Workflow *workflow, const RecordType &root, const TypeTables &all);

    [[nodiscard]] const RecordType &type() const { return m_type; }
    /// The table as the migrator should make it.
    [[nodiscard]] db::Table table() const;
    /// Whether the type has searchable fields and so a full-text index.
    [[nodiscard]] bool isSearchable() const { return !m_titleFields.isEmpty() || !m_bodyFields.isEmpty(); }
    /// Of a type that isSearchable().
    [[nodiscard]] const SearchIndex &search() const { return m_search; }
    /// Changes when the search index or the sort columns must be made anew.
    [[nodiscard]] QString indexSignature() const;
    /// Makes the search index when lacking; when \a anew, fills it and the sort columns from the rows.
    Result<void> bringIndexes(db::Connection &connection, bool anew) const;

    /// Fields small enough to be held in memory, in the order of the walk index.
    [[nodiscard]] QList<const Field *> facets() const { return m_facets; }
    [[nodiscard]] QString walkIndex() const { return m_walkIndex; }
    /// Whether \a filters let only records pass that are still somebody's work; those few have an index of their own, which
    /// holds the facets and the place.
    [[nodiscard]] bool findsOnlyOpen(const QList<Filter> &filters) const;
    [[nodiscard]] QString openIndex() const { return m_openIndex; }
    /// Whether \a field is a time with an index of its own that holds the other times and yes-or-no facets: what happened since
    /// some time is counted and measured from a small part of it.
    [[nodiscard]] bool hasTimeIndex(const QString &field) const;
    /// The condition that the open index stands under; a query must have it word for word to use the index.
    [[nodiscard]] QString openCondition() const { return m_openCondition; }
    /// Name of the column by which \a field is sorted (text is sorted without marks).
    [[nodiscard]] QString sortColumn(const Field &field) const;
    /// Text fields with a sort column of their own.
    [[nodiscard]] QList<const Field *> sortedTexts() const { return m_folded; }

    /// Columns of a StoredRecord: key, id, version, pending, fields. For "SELECT <columns> FROM <name> …".
    [[nodiscard]] QString columns() const { return m_columns; }
    [[nodiscard]] QString name() const { return m_name; }
    /// "SELECT <columns> … WHERE <parent>=? ORDER BY id"; empty for a type that stands alone.
    [[nodiscard]] QString selectChildren() const { return m_selectChildren; }
    /// Finds a row when the record bound to it has any part here; empty likewise.
    [[nodiscard]] QString anyChild() const { return m_anyChild; }
    [[nodiscard]] StoredRecord read(const db::Row &row) const;

    Result<std::optional<StoredRecord>> find(db::Connection &connection, const Id &id) const;
    /// Inserts or replaces the row of \a record; its key, or 0 when the row there is newer in the same reading of the feed.
    /// Rows with keys above \a searchUpTo are left out of the search index, for indexAfter() to put in.
    Result<qint64> put(db::Connection &connection, const Record &record, bool pending, qint64 feed, qint64 searchUpTo = std::numeric_limits<qint64>::max()) const;
    /// Likewise of one whose values came packed and are not looked into; not pending. The search index is left as it is:
    /// indexAgain() or indexAfter() brings it up.
    Result<qint64> putPacked(db::Connection &connection, const Record &record, QByteArrayView packed, qint64 feed) const;
    /// The highest key ever given.
    Result<qint64> lastKey(db::Connection &connection) const;
    /// Whether the type has fields computed from its clock ledger.
    [[nodiscard]] bool hasDerived() const { return !m_derived.isEmpty(); }
    /// Writes only the derived fields; the row's key, 0 when there is none or nothing changed.
    Result<qint64> putDerived(db::Connection &connection, const Id &id, const Values &derived) const;
    /// Removes the row; its key, 0 when there was none.
    Result<qint64> remove(db::Connection &connection, const Id &id) const;
    /// Puts the row with \a key, if it is there, into the search index again.
    Result<void> indexAgain(db::Connection &connection, qint64 key) const;
    /// Puts rows with keys above \a afterKey, at most \a limit, into the search index; the last key done, 0 when none was left. \a isAwaited is
    /// asked now and then: some will do when it is true.
    Result<qint64> indexAfter(db::Connection &connection, qint64 afterKey, int limit, const std::function<bool()> &isAwaited = {}) const;
    /// What may hold personal data, which are sealed in the row (Seals).
    [[nodiscard]] QList<const Field *> personalFields() const { return m_personal; }
    /// For searchtext::match() and Pattern; empty where nothing personal is searched.
    [[nodiscard]] searchtext::Coder coder() const;
    /// Those of \a keys whose own texts hold what is searched, read from the rows themselves: quick for some hundreds.
    Result<QSet<qint64>> foundAmong(db::Connection &connection, const QList<qint64> &keys, const searchtext::Pattern &pattern) const;

private:
    /// Rows with only the fields that are searched; \a where: everything behind the table's name.
    Result<void> eachSearched(db::Connection &connection, const QString &where, const QVariantList &parameters, const std::function<bool(qint64, const Record &)> &each) const;
    Result<void> putSearch(db::Connection &connection, qint64 key, const Record &record) const;
    /// \a isWhole: turns false when words had to be left out, the vault being closed.
    [[nodiscard]] QString searchText(const Seals &seals, const QStringList &fields, const Record &record, bool *isWhole = nullptr) const;
    [[nodiscard]] QVariantList sortValues(const Values &values) const;
    Result<qint64> keyPut(db::Connection &connection, const Id &id, const Result<qint64> &rows) const;

    [[nodiscard]] QString digestedName(const QString &kind, const QStringList &columns) const;
    [[nodiscard]] QStringList openColumns() const;

    const RecordType &m_type;
    const Workflow *m_workflow;
    const TypeTables &m_all;
    QList<const Field *> m_personal;
    bool m_searchesPersonal = false;
    SearchIndex m_search;
    QString m_name;
    QString m_columns;
    int m_columnCount = 0; ///< of the fields
    QString m_selectChildren;
    QString m_anyChild;
    QString m_keyOf;
    QString m_put;
    QStringList m_titleFields;
    QStringList m_bodyFields;
    db::PackedBinder m_binder;
    QList<const Field *> m_folded; ///< text fields with a sort column
    QList<const Field *> m_facets;
    QList<const Field *> m_derived;
    QString m_putDerived;
    QString m_walkIndex;
    QList<const Field *> m_times; ///< with an index of their own
    QString m_openIndex;
    QString m_openCondition;
};

/// The tables of every type.
class TypeTables
{
public:
    /// \a vault: what opens personal data; one that was never used seals nothing.
    explicit TypeTables(std::shared_ptr<const TypeCatalog> catalog, std::shared_ptr<Vault> vault = std::make_shared<Vault>());
    TypeTables(const TypeTables &) = delete;
    TypeTables &operator=(const TypeTables &) = delete;
    [[nodiscard]] Vault &vault() const { return *m_vault; }
    /// Which fields may hold personal data, as a digest.
    [[nodiscard]] QByteArray personalFields() const;
    /// Of a known type.
    [[nodiscard]] const RecordType &rootOf(const QString &type) const { return m_catalog->rootOf(*m_catalog->type(type)); }
    [[nodiscard]] const TypeCatalog &catalog() const { return *m_catalog; }
    [[nodiscard]] const TypeTable *table(const QString &type) const;
    [[nodiscard]] QList<const TypeTable *> all() const;
    /// The type whose rows are the clock ledger of \a type; null when it has none.
    [[nodiscard]] const TypeTable *ledgerOf(const RecordType &type) const;

private:
    std::shared_ptr<const TypeCatalog> m_catalog;
    std::shared_ptr<Vault> m_vault;
    std::map<QString, TypeTable> m_tables;
};

} // namespace ioc
