// SPDX-License-Identifier: GPL-3.0-or-later
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

// Before the transaction: what is known of rights is kept for all to use, and must not come from one that may be undone.
Result<Understood> understood(CentralStorage &storage, db::Connection &connection, const PushRequest &request)
{
    const LanguageScope words(request.language);
    auto scope = storage.identify(connection, request.token);
    if (!scope)
        return std::unexpected(scope.error());
    auto operations = wire::decodeOperations(request.body);
    if (!operations)
        return std::unexpected(operations.error());
    return Understood{std::move(*scope), std::move(*operations)};
}

PushAnswers judgeAlone(CentralStorage &storage, db::Connection &connection, const PushRequest &request)
{
    auto work = [&](db::Connection &) -> PushAnswers {
        return understood(storage, connection, request).and_then([&](const Understood &one) {
            const LanguageScope words(request.language);
            return OperationJudge(connection, storage.tables(), storage.clock()).judge(one.operations, one.scope);
        });
    };
    return db::repeated(connection, work);
}

// All or nothing: a failure is that of the transaction, not of a request.
Result<QList<PushAnswers>> judgeInOne(CentralStorage &storage, db::Connection &connection, const QList<PushRequest> &requests)
{
    QList<PushAnswers> out;
    std::vector<Result<Understood>> understandings;
    understandings.reserve(static_cast<size_t>(requests.size()));
    for (const PushRequest &request : requests)
        understandings.push_back(understood(storage, connection, request));
    auto transaction = db::Transaction::begin(connection, db::Transaction::Durability::Full);
    if (!transaction)
        return std::unexpected(transaction.error());
    OperationJudge judge(connection, storage.tables(), storage.clock());
    for (size_t i = 0; i < understandings.size(); ++i) {
        const auto &one = understandings[i];
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
    faultPoint("operations.judged");
    return transaction->commit().transform([&] { return std::move(out); });
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
