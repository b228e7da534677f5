// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <central/auditjournal.h>
#include <central/recordjudge.h>

namespace ioc {

/// Judges a batch of operations in one durable transaction, each for itself: one that fails leaves the others alone. An operation
/// that was judged before gets the same answer again.
class OperationJudge
{
public:
    OperationJudge(db::Connection &connection, const RecordTables &tables, const Clock &clock) : m_connection(connection), m_tables(tables), m_clock(clock), m_journal(connection), m_audit(connection), m_numbers(connection) {}

    /// The answers, in the order of \a operations, when all of them are on the disk. Fails as a whole, with nothing taken, when the
    /// database cannot be written.
    Result<QList<Answer>> judge(const QList<Operation> &operations, const Scope &scope);

    // The same for many requests inside a transaction of the caller's, who undoes all of it when any of these fails.
    /// First: looks up for all \a operations of all requests at once what it can.
    Result<void> foresee(const QList<Operation> &operations);
    /// The answers to one request. Its operations have no savepoint of their own to be undone by.
    Result<QList<Answer>> judgeAmong(const QList<Operation> &operations, const Scope &scope);
    /// Last: writes down for all requests at once what is only written down, as the journals' entries.
    Result<void> flush();

    /// Whether \a error is the database's, and no other operation would fare better.
    static bool isOfDatabase(const Error &error);

private:
    [[nodiscard]] bool mustGiveUp(const Error &error) const { return m_connection.collided() || isOfDatabase(error); }
    Result<QList<Answer>> judgeEach(const QList<Operation> &operations, const Scope &scope);
    Result<Answer> judgeOne(Operation operation, const Scope &scope);
    Result<Answer> judgeAside(const Operation &operation, const Scope &scope);
    Result<std::optional<Verdict>> dependency(const Operation &operation) const;
    Result<Answer> sameAgain(const Operation &operation, const Journal::Known &known) const;
    Result<void> nameAuthors(QList<FieldConflict> &conflicts, const Operation &operation, const Id &record, const SealKey &key);
    void hold(bool held);

    db::Connection &m_connection;
    const RecordTables &m_tables;
    const Clock &m_clock;
    Journal m_journal;
    AuditJournal m_audit;
    AssignedNumbers m_numbers;
    QSet<Id> m_new; ///< records that were not there when foresee() looked, nor made since
};

} // namespace ioc
