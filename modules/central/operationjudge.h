// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <central/recordjudge.h>

namespace ioc {

/// Judges a batch of operations in one durable transaction, each for itself: one that fails leaves the others alone. An operation
/// that was judged before gets the same answer again.
class OperationJudge
{
public:
    OperationJudge(db::Connection &connection, const RecordTables &tables, const Clock &clock) : m_connection(connection), m_tables(tables), m_clock(clock) {}

    /// The answers, in the order of \a operations, when all of them are on the disk. Fails as a whole, with nothing taken, when the
    /// database cannot be written.
    Result<QList<Answer>> judge(const QList<Operation> &operations, const Scope &scope);

private:
    [[nodiscard]] bool mustGiveUp(const Error &error) const;
    Result<Answer> judgeOne(Operation operation, const Scope &scope);
    Result<Answer> judgeAside(const Operation &operation, const Scope &scope);
    Result<std::optional<Verdict>> dependency(const Operation &operation, Journal &journal) const;

    db::Connection &m_connection;
    const RecordTables &m_tables;
    const Clock &m_clock;
};

} // namespace ioc
