// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <central/recordtables.h>
#include <db/rowinserter.h>
#include <wire/feed.h>
#include <wire/operation.h>

#include <functional>

namespace ioc {

/// What central remembers of an operation beside it and its answer.
struct OperationNote
{
    Id author;
    Id device;
    Id record;          ///< what it changed: the operation's record, or what that was merged into
    qint64 version = 0; ///< the record's, after it; 0 when it changed nothing
    QString fromState;  ///< of a transition
    QString toState;
    qint64 receivedMs = 0;
    qint64 actedMs = 0; ///< when it was done, by central's clock and within what can be believed
    QString timeNote;   ///< why actedMs is not the device's word: "ahead" or "too old"; empty when it is
};

/// The operations with their answers, kept for ever, and the commits that wait for their number in the feed.
class Journal
{
public:
    explicit Journal(db::Connection &connection);

    /// From now on what is remembered and committed waits for flush(), many rows for one statement; what reads it back flushes first.
    /// Not across a savepoint that may be gone back to.
    void hold(bool held = true);
    Result<void> flush();

    struct Known
    {
        Answer answer;
        Id author;
        Id record;
        OperationKind kind = OperationKind::Edit;
        qint64 version = 0; ///< 0: it changed nothing
    };
    /// NotFound when this operation was never answered for good.
    Result<Known> known(const Id &op) const;
    /// Asks for \a ops with one statement: known() need not for these.
    Result<void> lookUp(const QList<Id> &ops);
    Result<void> remember(const Operation &operation, const Answer &answer, const OperationNote &note);

    struct Step
    {
        Id author;
        QString transition;
        QString fromState;
        QString toState;
    };
    /// The newest transition of \a record; NotFound when none was ever taken.
    Result<Step> lastStep(const Id &record);
    /// How many of the versions in (after, upTo] of \a record came from \a device.
    Result<qint64> versionsBy(const Id &device, const Id &record, qint64 after, qint64 upTo);

    /// Notes that \a record now has a new state, for the sequencer to number. \a left: the units it belonged to before, when it no longer
    /// belongs to the same: devices that see only those are told that it is gone.
    Result<void> commit(const RecordType &type, const Record &record, qint64 atMs, const QList<Id> &left = {});
    /// The same for what may have changed its units: what belongs to the record leaves and comes with it, in the version it has.
    Result<void> commitMoved(const RecordTables &tables, const RecordType &type, const Record &record, qint64 atMs, const QList<Id> &before);

    /// WentBack when \a op, which a device was answered about, is not there any more; a null one always is.
    Result<void> stillHas(const Id &op) const;
    /// Those of \a ops that are not there; null ones always are.
    Result<QSet<Id>> lacking(const QList<Id> &ops) const;
    /// What stillHas() says of one that is not.
    static Error wentBack(const Id &op);

    /// Empties, in the operations that are kept about \a record and in their answers, the values of which \a isToGo(field, value) says so. Entries
    /// of the audit journal cover no personal values.
    Result<void> empty(const Id &record, const std::function<Result<bool>(const QString &, const QCborValue &)> &isToGo);

private:
    Result<void> commitChildren(const RecordTables &tables, const RecordType &type, const Id &parent, qint64 atMs, const QList<Id> &left);

    static Result<Known> knownFrom(const db::Row &row, int firstColumn);

    db::Connection &m_connection;
    db::RowInserter m_operations;
    db::RowInserter m_commits;
    QHash<Id, Known> m_known; ///< looked up, or remembered while held
    QSet<Id> m_unknown;       ///< looked up, and not there
};

} // namespace ioc
