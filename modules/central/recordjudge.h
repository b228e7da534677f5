// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <central/assignednumbers.h>
#include <central/journal.h>
#include <central/recordtables.h>
#include <central/scope.h>

namespace ioc {

/// What comes of an operation: its answer, and what is remembered beside it.
struct Verdict
{
    Outcome outcome = Outcome::Applied;
    qint64 version = 0;
    qint64 changedVersion = 0; ///< 0: nothing was changed
    Id changedRecord;          ///< when not the one the operation names: what that was merged into
    Id duplicateOf;
    QList<FieldConflict> conflicts;
    ErrorCode reason = ErrorCode::Internal;
    QString message;
    QString fromState;
    QString toState;
    SealKey key;  ///< of the record that it was held against or made
    Id keyRecord; ///< which one that is
    FreshSeals fresh; ///< what was sealed with that key

    static Verdict refused(ErrorCode reason, const QString &message) { return {.outcome = Outcome::Refused, .reason = reason, .message = message}; }
    static Verdict refused(const Error &error) { return refused(error.code, error.message); }
};

/// Holds one checked operation against the record it is about, and does it when it may be done. Within a transaction of the
/// caller's; an error is a fault of the database, everything else a verdict.
class RecordJudge
{
public:
    /// \a notThere: records that were looked for a moment ago, within the same transaction, in vain; what is made is taken out of them.
    RecordJudge(db::Connection &connection, const RecordTables &tables, Journal &journal, AssignedNumbers &numbers, const Scope &scope, qint64 nowMs, QSet<Id> &notThere)
        : m_connection(connection), m_tables(tables), m_journal(journal), m_numbers(numbers), m_scope(scope), m_who(scope.who()), m_nowMs(nowMs), m_notThere(notThere)
    {
    }
    Result<Verdict> judge(const Operation &operation);

private:
    struct Target
    {
        CentralRecord state;
        bool followed = false; ///< the operation named an alias of it
        QList<Id> units;       ///< that it belongs to
    };
    Result<Verdict> judgeKind(const Operation &operation);
    void holdKey(const CentralRecord &state);
    Result<Target> target(const Id &id);
    Result<Verdict> create(const Operation &operation);
    Result<Verdict> createAgain(const Operation &operation);
    Result<Verdict> insert(const Operation &operation, Values values);
    Result<Verdict> edit(const Operation &operation, Target target);
    Result<Verdict> remove(const Operation &operation, Target target);
    Result<Verdict> step(const Operation &operation, Target target);
    Result<Verdict> undo(const Operation &operation, Target target);
    Result<Verdict> finishStep(const Operation &operation, Target target, const QString &to, const QStringList &required);
    Result<Verdict> merge(const Operation &operation);
    Result<Verdict> unmerge(const Operation &operation);

    Result<bool> changedByOthers(const Operation &operation, const Target &target) const;
    Result<std::optional<Verdict>> obstacle(const Operation &operation, const Target &target, const Values &next, const QStringList &applied) const;
    Result<std::optional<Error>> danglingReference(const Values &values, const QStringList &fields) const;
    Result<void> followParent(Values &values) const;
    Result<void> write(CentralRecord &state, const QList<Id> &unitsBefore);
    Result<std::optional<Error>> outOfReach(const Target &target) const;
    Result<std::optional<Error>> outOfReach(const Id &record, const Values &values) const;
    Result<bool> isHidden(const Id &record) const;
    Result<void> recomputeParent(const Record &row);

    db::Connection &m_connection;
    const RecordTables &m_tables;
    Journal &m_journal;
    AssignedNumbers &m_numbers;
    const Scope &m_scope;
    const Identity &m_who;
    qint64 m_nowMs;
    QSet<Id> &m_notThere;
    const RecordType *m_type = nullptr; // of the operation at hand
    SealKey m_key;                      // of the record at hand
    Id m_keyRecord;
    FreshSeals m_fresh;
    SealKey m_offered;                  // of the device, for the record that the operation names
    Id m_offeredFor;
};

} // namespace ioc
