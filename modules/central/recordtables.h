// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <central/sealing.h>
#include <db/packedrow.h>
#include <db/schema.h>

#include <unordered_map>

namespace ioc {

/// A record as central keeps it.
struct CentralRecord
{
    Record record;
    Id aliasOf = {};  ///< the record it was merged into; null for a record of its own
    SealKey key = {}; ///< by which its personal data are sealed in the database; null where there never were any
    SealKey offered = {}; ///< of the device that writes: taken as the record's key when it has none and needs one
    FreshSeals fresh = {}; ///< what was sealed with \c key when it was written
};

/// Who changed something, when.
struct Touch
{
    Id author;
    qint64 atMs = 0;
};

/// Reads and writes the tables made from record types, (shard, id) being their key. The SQL of every type is made once. Personal data
/// (isPersonal()) are sealed on their way in, with a key for each record, and opened on their way out; what cannot be opened because its
/// key was destroyed is not there. Immutable; used from any thread with that thread's connection.
class RecordTables
{
public:
    RecordTables(std::shared_ptr<const TypeCatalog> catalog, qint64 shard, db::Dialect dialect, std::shared_ptr<const Sealing> sealing);

    /// What the database should hold, for db::migrate. InvalidInput when a type's field is called like one of our own columns.
    static Result<QList<db::Table>> tables(const TypeCatalog &catalog, db::Dialect dialect);

    [[nodiscard]] const TypeCatalog &catalog() const { return *m_catalog; }
    [[nodiscard]] qint64 shard() const { return m_shard; }
    [[nodiscard]] const std::shared_ptr<const TypeCatalog> &sharedCatalog() const { return m_catalog; }
    [[nodiscard]] const Sealing &sealing() const { return *m_sealing; }

    /// Why a record is looked up. Who is going to change it has it alone until the transaction ends: what is found stays true.
    enum class Purpose { Read, Change };
    /// NotFound when there is none; deleted and merged ones are found.
    Result<CentralRecord> find(db::Connection &connection, const RecordType &type, const Id &id, Purpose purpose = Purpose::Read) const;
    [[nodiscard]] Result<bool> exists(db::Connection &connection, const RecordType &type, const Id &id) const;
    /// Those of \a ids that are there, in whatever state.
    Result<QSet<Id>> existing(db::Connection &connection, const RecordType &type, const QList<Id> &ids) const;
    /// False when the id is taken already. Like update(), gives \a record a key when it needs one and has none.
    Result<bool> insert(db::Connection &connection, const RecordType &type, CentralRecord &record, const Touch &touch) const;
    /// The same for one that was not there a moment ago: it may wait for others, see db::Connection::insertLater().
    Result<void> insertLater(db::Connection &connection, const RecordType &type, CentralRecord &record, const Touch &touch) const;
    /// Writes every column but the derived ones.
    Result<void> update(db::Connection &connection, const RecordType &type, CentralRecord &record, const Touch &touch) const;
    /// The column with the match code of a sensitive field.
    static QString codeColumn(const Field &field);
    /// The key of a record; null where there is none.
    Result<SealKey> key(db::Connection &connection, const Id &record) const;
    /// Records of \a type, deleted and merged ones too, whose \a field holds \a value as people write it; none where the field is not personal.
    Result<QList<Id>> holding(db::Connection &connection, const RecordType &type, const Field &field, const QString &value) const;
    /// Destroys the keys of \a record and of all rows that belong to it.
    Result<void> destroyKeys(db::Connection &connection, const RecordType &type, const Id &record) const;
    /// Seals what was written before its field was sealed, a few thousand rows a transaction.
    Result<void> sealAll(db::Connection &connection) const;
    /// Which fields are sealed: another one when a declaration changed that.
    [[nodiscard]] QByteArray sealedFields() const;
    /// Another live record with the same values in one of the type's uniqueness keys; null when there is none, and until the
    /// transaction ends nobody else adds one.
    Result<Id> duplicate(db::Connection &connection, const RecordType &type, const Id &self, const Values &values) const;
    /// Computes the derived fields of \a parent from its ledger rows and writes them. The record's version stays.
    Result<void> recompute(db::Connection &connection, const RecordType &parentType, const Id &parent) const;
    /// The type whose clock ledger \a ledgerType is; null when it is none.
    [[nodiscard]] const RecordType *ledgerParent(const RecordType &ledgerType) const;

    /// Rows of \a type that the feed names in (after, upTo], each with its place in the feed, in feed order. Derived fields are left out.
    struct FeedRow
    {
        qint64 sequence = 0;
        CentralRecord state; ///< without values when they are packed
        QByteArray packed;   ///< its values as they travel, when they are read as they stand in the database
        QList<Id> units; ///< that it belongs to now, when asked for
    };
    enum class Units { Unasked, Asked };
    /// Whether personal data are read as they are, or as they stand in the database, where CentralRecord::key opens them.
    enum class Personal { Opened, Sealed };
    Result<void> eachInFeed(db::Connection &connection, const RecordType &type, qint64 after, qint64 upTo, Units units, Personal personal,
                            const std::function<void(FeedRow &&)> &each) const;
    /// Every record of \a type that is neither deleted nor merged, with its derived fields, until \a each returns false. Rows
    /// are read one by one as they are wanted; \a connection is not to be used meanwhile.
    Result<void> eachLive(db::Connection &connection, const RecordType &type, Units units, Personal personal, const std::function<bool(CentralRecord &&, const QList<Id> &)> &each) const;
    /// The units that \a record belongs to: its own, or those of the record at the head of its chain of parents.
    Result<QList<Id>> unitsOf(db::Connection &connection, const RecordType &type, const Id &record, const Values &values) const;
    struct Child
    {
        Id id;
        qint64 version = 0;
    };
    /// The live records of \a childType whose parent is \a parent.
    Result<QList<Child>> children(db::Connection &connection, const RecordType &childType, const Id &parent) const;

private:
    // Before the columns of the type's own fields: version, deleted, alias_of, (sequence in the feed query, else shard).
    static constexpr int ownColumns = 4;
    struct Sql
    {
        db::Connection::Insert insert;
        QString find, exists, update, ledger, derive, children;
        QString feed, feedWithUnits, live, liveWithUnits;
        QStringList unitColumns; // of the type at the head of the chain of parents
        QString seal;            // writes what is sealed again
        QList<const Field *> personal; // may have to be sealed
        QList<int> personalColumns;    // behind the first
        qsizetype codes = 0;           // match codes behind the fields' columns
        QString lock; // added to "find", and on its own for the row of an id: has the row alone

        const RecordType *parent = nullptr; // of a clock ledger
        const RecordType *ledgerType = nullptr; // rows that derived fields come from
    };
    void addReading(Sql &out, const RecordType &type) const;
    Result<QVariantList> newRow(const RecordType &type, CentralRecord &record, const Touch &touch, bool &isNewKey) const;
    Result<QVariantList> sealedColumns(const RecordType &type, CentralRecord &record, bool &isNewKey) const;
    Result<void> keepKey(db::Connection &connection, const CentralRecord &record) const;
    static Result<QByteArray> wrappedKey(db::Connection &connection, const Id &record);
    Result<void> takeKey(CentralRecord &record, const QByteArray &wrappedKey) const;
    Result<void> open(const RecordType &type, CentralRecord &record, const QByteArray &wrappedKey, Personal personal = Personal::Opened) const;
    [[nodiscard]] bool standsAsItGoes(const RecordType &type, const db::Row &row, const SealKey &key) const;
    Result<void> readFeedRow(const RecordType &type, const db::Row &row, const QByteArray &wrappedKey, Personal personal, FeedRow &out) const;
    Result<void> sealType(db::Connection &connection, const RecordType &type) const;
    static QList<Id> unitsIn(const db::Row &row, int firstColumn, qsizetype count);
    Sql makeSql(const RecordType &type, db::Dialect dialect) const;
    const Sql &sql(const RecordType &type) const { return m_sql.at(&type); }

    std::shared_ptr<const TypeCatalog> m_catalog;
    qint64 m_shard;
    std::shared_ptr<const Sealing> m_sealing;
    std::unordered_map<const RecordType *, Sql> m_sql;
    std::unordered_map<const RecordType *, db::RowPacker> m_packers;
};

} // namespace ioc
