// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <store/basestate.h>
#include <store/outbox.h>
#include <store/typetable.h>

#include <QHash>
#include <QSet>

namespace ioc {

/// Keys touched by a transaction, by type.
struct Touched
{
    QHash<QString, QList<qint64>> changed;
    QHash<QString, QList<qint64>> removed;
    void merge(const Touched &other);
    [[nodiscard]] bool isEmpty() const { return changed.isEmpty() && removed.isEmpty(); }
};

/// What the operator sees: central's state with the live operations applied on top, oldest first. Pure.
struct Rebased
{
    bool present = false;
    Values values;
};
Rebased rebased(const RecordType &type, const BaseState &base, const QList<Operation> &live);

/// Brings rows of the typed tables to what base state and live operations say, and derived fields to their ledger.
class Rebaser
{
public:
    Rebaser(db::Connection &connection, const TypeTables &tables, qint64 feed)
        : m_connection(connection), m_tables(tables), m_outbox(connection), m_bases(connection), m_feed(feed) {}

    /// The reading of central's feed that is going on.
    [[nodiscard]] qint64 feed() const { return m_feed; }

    /// Keeps central's state of \a record as it is in the table now, if not kept yet: before its first live operation.
    Result<void> keepBase(const QString &type, const Id &record);
    /// Makes the row of \a record anew. Without live operations left, its base state ends too. The row counts as seen when central's
    /// state was: only what this reading of the feed has brought is confirmed by it.
    Result<void> rebase(const QString &type, const Id &record);
    /// Writes central's state of a record without live operations.
    Result<void> putPulled(const Record &record, qint64 searchUpTo);
    /// Likewise of one whose values are packed. False, and nothing is written, when they have to be looked into.
    Result<bool> putPacked(const Record &record, const QByteArray &packed, qint64 searchUpTo);
    Result<void> removeRow(const QString &type, const Id &record);
    /// Rows that refer to \a alias refer to \a target from now on.
    Result<void> replaceReferences(const QString &type, const Id &alias, const Id &target);
    /// Computes derived fields; what was touched by all calls.
    Result<Touched> finish();

private:
    Result<qint64> feedOf(const TypeTable &table, const Id &record);
    Result<void> write(const TypeTable &table, const Record &record, bool pending, qint64 feed, qint64 searchUpTo = std::numeric_limits<qint64>::max());
    Result<Values> derivedOf(const TypeTable &table, const Id &record);
    Result<void> recompute(const TypeTable &table, const Id &record);
    /// The ledger of \a record changed: its derived fields are computed at finish().
    void markDerived(const QString &type, const Id &record);
    void noteParent(const RecordType &type, const Values &values);
    Result<void> noteFormerParent(const TypeTable &table, const Id &record);

    db::Connection &m_connection;
    const TypeTables &m_tables;
    Outbox m_outbox;
    BaseStates m_bases;
    qint64 m_feed;
    Touched m_touched;
    QHash<QString, QSet<Id>> m_derived;
};

} // namespace ioc
