// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <db/connection.h>
#include <store/entries.h>

#include <functional>

namespace ioc {

/// The table _conflict, on the connection of whoever asks.
class Conflicts
{
public:
    explicit Conflicts(db::Connection &connection) : m_connection(connection) {}

    /// Adds one, or brings the values of one known up to date.
    Result<void> note(const Conflict &conflict);
    /// Open ones with these keys, those of one operation together.
    Result<QList<Conflict>> open(const QList<qint64> &keys);
    /// Open and settled ones.
    Result<QList<Conflict>> all();
    /// The values of one, sealed otherwise.
    Result<void> rewrite(const Conflict &conflict, const FieldConflict &values);
    /// Number of operations with something open.
    Result<qint64> countOperations();
    /// Whether anything of \a op is open.
    Result<bool> isOpen(const Id &op);
    /// The operation in conflict, a workflow's step, that \a op builds on directly; null when there is none.
    Result<Id> stepBefore(const Id &op);

    /// Takes \a key off the list, to be put back by the undo of \a batch. \a made: the operation that settled it, may be null.
    Result<void> close(qint64 key, qint64 batch, const Id &made);
    /// With nothing else of \a op open, its state is settled as well.
    Result<void> closeState(const Id &op, qint64 batch);
    struct Closed { Conflict conflict; Id made; };
    /// Of the next \a limit operations settled in \a batch.
    Result<QList<Closed>> closed(qint64 batch, int limit);
    Result<void> reopen(qint64 key);
    Result<void> remove(qint64 key);
    /// Forgets all that was settled: it cannot be undone any more.
    Result<void> forgetClosed();

    /// Moves what a former version noted, one row for each operation, into rows for each field.
    Result<void> takeOver(const std::function<bool(const QString &type, const QString &field)> &isState);

private:
    Result<void> change(const QString &sql, const QVariantList &parameters);
    db::Connection &m_connection;
};

/// Columns of a Conflict, and reading them from a row; followers are not read.
inline constexpr char conflictColumns[] = "key, op, field, kind, type, record, title, noted, is_state, theirs_by, theirs_ms, mine_by, mine_ms, packed";
Conflict conflictFrom(const db::Row &row);

} // namespace ioc
