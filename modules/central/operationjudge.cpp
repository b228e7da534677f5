// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/faultpoint.h>
#include <central/auditoperation.h>
#include <central/conflictauthors.h>
#include <central/operationcheck.h>
#include <central/operationjudge.h>

#include <QCoreApplication>

#include <algorithm>

namespace ioc {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Central)
};

Verdict later(ErrorCode reason, const QString &message)
{
    return {.outcome = Outcome::Later, .reason = reason, .message = message};
}

Answer answerFrom(const Id &op, const Verdict &verdict)
{
    return {.op = op, .outcome = verdict.outcome, .version = verdict.version, .duplicateOf = verdict.duplicateOf,
            .conflicts = verdict.conflicts, .reason = verdict.reason, .message = verdict.message};
}

Answer failed(const Operation &operation, const Error &error)
{
    qWarning("event=operation_failed op=%s detail=\"%s\"", qUtf8Printable(operation.op.toString()), qUtf8Printable(error.detail));
    return answerFrom(operation.op, later(error.code, error.message));
}

} // namespace

Result<QList<Answer>> OperationJudge::judge(const QList<Operation> &operations, const Scope &scope)
{
    auto transaction = db::Transaction::begin(m_connection, db::Transaction::Durability::Full);
    if (!transaction)
        return std::unexpected(transaction.error());
    if (operations.size() == 1) { // the usual case needs no savepoint: what fails takes nothing else with it
        auto answer = judgeOne(operations.first(), scope);
        if (!answer && mustGiveUp(answer.error()))
            return std::unexpected(answer.error());
        if (!answer)
            return QList<Answer>{failed(operations.first(), answer.error())};
        faultPoint("operations.judged");
        return transaction->commit().transform([&] { return QList<Answer>{std::move(*answer)}; });
    }
    auto answers = judgeEach(operations, scope);
    if (!answers)
        return answers;
    faultPoint("operations.judged");
    return transaction->commit().transform([&] { return std::move(*answers); });
}

Result<QList<Answer>> OperationJudge::judgeAmong(const QList<Operation> &operations, const Scope &scope)
{
    if (operations.size() == 1) {
        hold(true);
        return judgeOne(operations.first(), scope).transform([](Answer answer) { return QList<Answer>{std::move(answer)}; });
    }
    if (const auto written = flush(); !written)
        return std::unexpected(written.error());
    hold(false); // each has a savepoint
    return judgeEach(operations, scope);
}

void OperationJudge::hold(bool held)
{
    m_journal.hold(held);
    m_audit.hold(held);
}

Result<void> OperationJudge::flush()
{
    return m_journal.flush().and_then([&] { return m_audit.flush(); });
}

Result<void> OperationJudge::foresee(const QList<Operation> &operations)
{
    QList<Id> ops;
    QHash<const RecordType *, QList<Id>> made;
    for (const Operation &operation : operations) {
        ops += operation.op;
        ops += operation.after;
        if (const RecordType *type = m_tables.catalog().type(operation.type); type && operation.kind == OperationKind::Create)
            made[type] += operation.record;
    }
    if (const auto known = m_journal.lookUp(ops); !known)
        return known;
    for (const auto &[type, records] : made.asKeyValueRange()) {
        const auto there = m_tables.existing(m_connection, *type, records);
        if (!there)
            return std::unexpected(there.error());
        const QSet<Id> lacking = QSet<Id>(records.cbegin(), records.cend()).subtract(*there);
        m_numbers.expect(*type, m_clock.nowMs(), lacking.size());
        m_new.unite(lacking);
    }
    return {};
}

// Those that wait for one further down the batch get another chance as long as that helps.
Result<QList<Answer>> OperationJudge::judgeEach(const QList<Operation> &operations, const Scope &scope)
{
    QList<Answer> answers(operations.size(), Answer{.outcome = Outcome::Later});
    for (bool progress = true; progress;) {
        progress = false;
        for (qsizetype i = 0; i < operations.size(); ++i) {
            if (answers[i].outcome != Outcome::Later)
                continue;
            auto answer = judgeAside(operations[i], scope);
            if (!answer)
                return std::unexpected(answer.error());
            answers[i] = std::move(*answer);
            progress = progress || answers[i].outcome != Outcome::Later;
        }
        progress = progress && std::ranges::contains(answers, Outcome::Later, &Answer::outcome);
    }
    return answers;
}

// The database itself cannot go on: nothing of the batch may be acknowledged.
bool OperationJudge::isOfDatabase(const Error &error)
{
    return error.code == ErrorCode::Full || error.code == ErrorCode::ReadOnly || error.code == ErrorCode::Busy || error.code == ErrorCode::Damaged;
}

Result<Answer> OperationJudge::judgeAside(const Operation &operation, const Scope &scope)
{
    if (const auto opened = m_connection.exec(QStringLiteral("SAVEPOINT operation")); !opened)
        return std::unexpected(opened.error());
    auto answer = judgeOne(operation, scope);
    if (!answer) {
        if (const auto undone = m_connection.exec(QStringLiteral("ROLLBACK TO operation")); !undone || mustGiveUp(answer.error()))
            return std::unexpected(answer.error());
        answer = failed(operation, answer.error());
    }
    if (const auto closed = m_connection.exec(QStringLiteral("RELEASE operation")); !closed)
        return std::unexpected(closed.error());
    return answer;
}

Result<Answer> OperationJudge::judgeOne(Operation operation, const Scope &scope)
{
    const Identity &who = scope.who();
    if (!operation.author.isNull() && operation.author != who.account)
        return answerFrom(operation.op, later(ErrorCode::Unauthenticated, Words::tr("This change was made by another account. It is sent when that account signs in on this device.")));
    const auto known = m_journal.known(operation.op);
    if (known) {
        return known->author == who.account ? sameAgain(operation, *known)
                                            : answerFrom(operation.op, Verdict::refused(ErrorCode::Denied, Words::tr("Another account's change has this identifier already.")));
    }
    if (known.error().code != ErrorCode::NotFound)
        return std::unexpected(known.error());

    Operation asSent = operation;
    asSent.sealKey.clear(); // kept nowhere in the open
    const qint64 now = m_clock.nowMs();
    auto held = dependency(operation);
    if (!held)
        return std::unexpected(held.error());
    Verdict verdict;
    if (*held) {
        verdict = **held;
    } else if (const auto fine = checkOperation(m_tables.catalog(), scope, operation); !fine) {
        verdict = Verdict::refused(fine.error());
    } else {
        auto judged = RecordJudge(m_connection, m_tables, m_journal, m_numbers, scope, now, m_new).judge(operation);
        if (!judged)
            return std::unexpected(judged.error());
        verdict = std::move(*judged);
        const Id about = verdict.duplicateOf.isNull() ? operation.record : verdict.duplicateOf;
        if (const auto named = nameAuthors(verdict.conflicts, operation, about, verdict.key); !named)
            return std::unexpected(named.error());
    }
    Answer answer = answerFrom(operation.op, verdict);
    if (answer.outcome == Outcome::Later)
        return answer;
    OperationNote note{.author = who.account, .device = who.device,
                       .record = verdict.changedRecord.isNull() ? operation.record : verdict.changedRecord, .version = verdict.changedVersion, .fromState = verdict.fromState, .toState = verdict.toState, .receivedMs = now};
    note.actedMs = boundedTime(operation, now, &note.timeNote);
    const auto keptOperation = sealed(m_tables.catalog(), asSent, verdict.key, verdict.keyRecord, verdict.fresh);
    const auto keptAnswer = sealed(m_tables.catalog(), operation.type, answer, verdict.key, verdict.keyRecord);
    if (!keptOperation || !keptAnswer)
        return std::unexpected(!keptOperation ? keptOperation.error() : keptAnswer.error());
    return m_journal.remember(*keptOperation, *keptAnswer, note)
        .and_then([&] { return m_audit.add(auditOf(m_tables.catalog(), asSent, answer, note)); })
        .transform([&] { return std::move(answer); });
}

// What was answered, once more.
Result<Answer> OperationJudge::sameAgain(const Operation &operation, const Journal::Known &known) const
{
    if (known.answer.conflicts.isEmpty())
        return known.answer;
    const Id record = known.answer.duplicateOf.isNull() ? known.record : known.answer.duplicateOf;
    auto answer = m_tables.key(m_connection, record).and_then([&](const SealKey &key) { return opened(m_tables.catalog(), operation.type, known.answer, key, record); });
    if (!answer)
        return answer;
    for (FieldConflict &conflict : answer->conflicts) { // what had no key to be kept by is what has just been sent again
        const auto change = std::ranges::find(operation.changes, conflict.field, &FieldChange::field);
        if (change == operation.changes.end() || !conflict.mine.isUndefined())
            continue;
        conflict.mine = change->newValue;
        conflict.base = change->oldValue;
    }
    return answer;
}

Result<void> OperationJudge::nameAuthors(QList<FieldConflict> &conflicts, const Operation &operation, const Id &record, const SealKey &key)
{
    if (conflicts.isEmpty())
        return {};
    return m_journal.flush().and_then([&] { return ConflictAuthors(m_connection, m_tables).fillIn(conflicts, operation, record, key); });
}

Result<std::optional<Verdict>> OperationJudge::dependency(const Operation &operation) const
{
    for (const Id &op : operation.after) {
        const auto known = m_journal.known(op);
        if (!known && known.error().code != ErrorCode::NotFound)
            return std::unexpected(known.error());
        if (!known)
            return later(ErrorCode::NotFound, Words::tr("It builds on a change that has not reached central yet."));
        if (known->answer.outcome == Outcome::Refused)
            return Verdict::refused(known->answer.reason, Words::tr("It builds on a change that was refused: %1").arg(known->answer.message));
        // Rows that belong to a step (its timeline entry, its clock rows) mean nothing without it.
        const bool stepFailed = known->kind == OperationKind::Transition && known->version == 0;
        if (stepFailed && operation.record != known->record)
            return Verdict::refused(ErrorCode::Conflict, Words::tr("It belongs to a step that somebody else's change kept from taking place."));
    }
    return std::nullopt;
}

} // namespace ioc
