// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/journal.h>
#include <central/operationgroup.h>
#include <central/operationjudge.h>
#include <central/requesttext.h>

#include <base/faultpoint.h>
#include <wire/codec.h>

#include <algorithm>

namespace ioc {

namespace {

struct Understood
{
    Scope scope;
    QList<Operation> operations;
};

Result<Understood> understood(Result<Scope> scope, const PushRequest &request)
{
    const LanguageScope words(request.language);
    if (!scope)
        return std::unexpected(scope.error());
    return wire::decodeOperations(request.body).transform([&](QList<Operation> &&operations) { return Understood{std::move(*scope), std::move(operations)}; });
}

// Before the transaction: what is known of rights is kept for all to use, and must not come from one that may be undone.
Result<std::vector<Result<Understood>>> understoodTogether(CentralStorage &storage, db::Connection &connection, const QList<PushRequest> &requests)
{
    QStringList tokens;
    for (const PushRequest &request : requests)
        tokens += request.token;
    auto scopes = storage.identify(connection, tokens);
    if (!scopes)
        return std::unexpected(scopes.error());
    std::vector<Result<Understood>> out;
    out.reserve(static_cast<size_t>(requests.size()));
    for (qsizetype i = 0; i < requests.size(); ++i)
        out.push_back(understood(std::move((*scopes)[i]), requests[i]));
    return out;
}

Result<void> foresee(OperationJudge &judge, const std::vector<Result<Understood>> &understandings)
{
    QList<Operation> single; // others are judged aside, each with what it finds
    for (const auto &one : understandings) {
        if (one && one->operations.size() == 1)
            single += one->operations;
    }
    return judge.foresee(single);
}

// Nothing is taken from whom central cannot give what it gave before.
Result<void> refuseLost(db::Connection &connection, std::vector<Result<Understood>> &understandings, const QList<PushRequest> &requests)
{
    QList<Id> answered;
    for (const PushRequest &request : requests)
        answered += request.answered;
    return Journal(connection).lacking(answered).transform([&](const QSet<Id> &gone) {
        for (size_t i = 0; i < understandings.size(); ++i) {
            const PushRequest &request = requests[static_cast<qsizetype>(i)];
            const LanguageScope words(request.language);
            if (understandings[i] && gone.contains(request.answered))
                understandings[i] = std::unexpected(Journal::wentBack(request.answered));
        }
    });
}

PushAnswers judgeAlone(CentralStorage &storage, db::Connection &connection, const PushRequest &request)
{
    auto work = [&](db::Connection &) -> PushAnswers {
        const LanguageScope words(request.language);
        return understood(storage.identify(connection, request.token), request).and_then([&](const Understood &one) {
            return Journal(connection).stillHas(request.answered).and_then([&] { return OperationJudge(connection, storage.tables(), storage.clock()).judge(one.operations, one.scope); });
        });
    };
    return db::repeated(connection, work);
}

// All or nothing: a failure is that of the transaction, not of a request.
Result<QList<PushAnswers>> judgeInOne(CentralStorage &storage, db::Connection &connection, const QList<PushRequest> &requests)
{
    QList<PushAnswers> out;
    auto understandings = understoodTogether(storage, connection, requests);
    if (!understandings)
        return std::unexpected(understandings.error());
    auto transaction = db::Transaction::begin(connection, db::Transaction::Durability::Full);
    if (!transaction)
        return std::unexpected(transaction.error());
    OperationJudge judge(connection, storage.tables(), storage.clock());
    if (const auto looked = refuseLost(connection, *understandings, requests); !looked)
        return std::unexpected(looked.error());
    if (const auto foreseen = foresee(judge, *understandings); !foreseen)
        return std::unexpected(foreseen.error());
    for (size_t i = 0; i < understandings->size(); ++i) {
        const auto &one = understandings->at(i);
        if (!one) {
            out += std::unexpected(one.error());
            continue;
        }
        const LanguageScope words(requests[static_cast<qsizetype>(i)].language);
        auto answers = judge.judgeAmong(one->operations, one->scope);
        if (!answers)
            return std::unexpected(answers.error());
        out += std::move(answers);
    }
    if (const auto written = judge.flush(); !written)
        return std::unexpected(written.error());
    faultPoint("group.judged");
    return transaction->commit().transform([&] {
        faultPoint("group.committed");
        return std::move(out);
    });
}

} // namespace

QList<PushAnswers> judgeTogether(CentralStorage &storage, db::Connection &connection, const QList<PushRequest> &requests)
{
    if (requests.size() > 1) {
        connection.takeCollision();
        auto together = judgeInOne(storage, connection, requests);
        if (together)
            return std::move(*together);
        if (!connection.takeCollision() && OperationJudge::isOfDatabase(together.error())) // nor would it do one by one
            return QList<PushAnswers>(requests.size(), PushAnswers(std::unexpected(together.error())));
    }
    QList<PushAnswers> out;
    for (const PushRequest &request : requests)
        out += judgeAlone(storage, connection, request);
    return out;
}

} // namespace ioc
