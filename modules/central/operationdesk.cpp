// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/operationdesk.h>

#include <base/faultpoint.h>
#include <wire/codec.h>

namespace ioc {

namespace {

// A group is worth the wait of who is first in it: small requests, and not so many that their work outweighs the transaction's.
constexpr qsizetype mostTogether = 64;
constexpr qsizetype bytesTogether = 256LL * 1024;

QMap<Outcome, int> countsOf(const QList<Answer> &answers)
{
    QMap<Outcome, int> counts;
    for (const Answer &answer : answers)
        ++counts[answer.outcome];
    return counts;
}

QByteArray noted(const QMap<Outcome, int> &counts, qsizetype total)
{
    QByteArray out = "operations=" + QByteArray::number(total);
    for (const auto &[outcome, count] : counts.asKeyValueRange())
        out += ' ' + outcomeName(outcome).toLatin1() + '=' + QByteArray::number(count);
    return out;
}

} // namespace

OperationDesk::OperationDesk(CentralStorage &storage, Sequencer &sequencer, std::shared_ptr<CentralMetrics> metrics, QObject *parent)
    : QObject(parent), m_storage(storage), m_sequencer(sequencer), m_metrics(std::move(metrics))
{
}

void OperationDesk::take(const HttpReplyPointer &reply, const QString &token, const QByteArray &body, const Id &answered)
{
    m_waiting.push_back({reply, {token, body, reply->language(), answered}});
    begin();
}

void OperationDesk::begin()
{
    while (!m_waiting.empty() && m_atWork < m_storage.writers()) {
        QList<PushRequest> requests;
        const auto replies = next(requests);
        ++m_atWork;
        m_metrics->operationGroup();
        // Unpacking a full batch takes a while too: it is done where the work is done.
        m_storage.write([storage = &m_storage, requests](db::Connection &connection) -> Result<QList<PushAnswers>> { return judgeTogether(*storage, connection, requests); })
            .then(this, [this, replies](const Result<QList<PushAnswers>> &answers) {
                faultPoint("operations.committed");
                m_sequencer.soon();
                --m_atWork;
                for (qsizetype i = 0; i < replies.size(); ++i)
                    answer(replies[i], answers ? answers->at(i) : PushAnswers(std::unexpected(answers.error())));
                begin();
            });
    }
}

// In the order they came; a large one goes alone.
QList<HttpReplyPointer> OperationDesk::next(QList<PushRequest> &requests)
{
    QList<HttpReplyPointer> replies;
    qsizetype bytes = 0;
    while (!m_waiting.empty() && requests.size() < mostTogether) {
        Waiting &first = m_waiting.front();
        bytes += first.request.body.size();
        if (!requests.isEmpty() && bytes > bytesTogether)
            break;
        replies += std::move(first.reply);
        requests += std::move(first.request);
        m_waiting.pop_front();
    }
    return replies;
}

void OperationDesk::answer(const HttpReplyPointer &reply, const PushAnswers &answers)
{
    if (!answers) {
        m_storage.noteFailure(answers.error());
        return reply->send(answers.error());
    }
    const auto counts = countsOf(*answers);
    m_metrics->operations(counts);
    reply->note(noted(counts, answers->size()));
    reply->send(wire::encode(*answers));
}

} // namespace ioc
