// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakecentral.h"

#include <QUrlQuery>

namespace ioc::test {

FakeReply::FakeReply(const QNetworkRequest &request, FakeAnswer answer, QObject *parent) : QNetworkReply(parent), m_answer(std::move(answer))
{
    setRequest(request);
    setUrl(request.url());
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    if (!m_answer.hangs)
        QTimer::singleShot(0, this, &FakeReply::complete);
}

void FakeReply::abort()
{
    if (isFinished())
        return;
    setError(OperationCanceledError, QStringLiteral("aborted"));
    setFinished(true);
    Q_EMIT finished();
}

void FakeReply::release(const FakeAnswer &answer)
{
    m_answer = answer;
    QTimer::singleShot(0, this, &FakeReply::complete);
}

void FakeReply::complete()
{
    if (isFinished())
        return;
    if (m_answer.error != NoError) {
        setError(m_answer.error, QStringLiteral("injected"));
    } else {
        setAttribute(QNetworkRequest::HttpStatusCodeAttribute, m_answer.status);
        if (m_answer.retryAfter > 0)
            setRawHeader("Retry-After", QByteArray::number(m_answer.retryAfter));
        if (m_answer.status >= 400)
            setError(UnknownContentError, QStringLiteral("status"));
    }
    setFinished(true);
    Q_EMIT finished();
}

qint64 FakeReply::readData(char *data, qint64 size)
{
    const qint64 part = std::min(size, m_answer.body.size() - m_read);
    if (part <= 0)
        return -1;
    std::copy_n(m_answer.body.constData() + m_read, part, data);
    m_read += part;
    return part;
}

void FakeCentral::publish(const Change &change)
{
    m_feed += change;
    m_feed.last().sequence = m_feed.size();
    if (m_waiting)
        m_waiting->release(changes(m_waiting->url()));
}

void FakeCentral::failNext(const QString &path, const FakeAnswer &answer, int count)
{
    for (int i = 0; i < count; ++i)
        m_failures[path] += answer;
}

QNetworkReply *FakeCentral::createRequest(Operation operation, const QNetworkRequest &request, QIODevice *outgoing)
{
    const QByteArray body = outgoing ? outgoing->readAll() : QByteArray();
    const QString path = request.url().path();
    ++m_requests[path];
    auto &failures = m_failures[path];
    FakeAnswer given = failures.isEmpty() ? answer(operation == DeleteOperation ? QStringLiteral("DELETE") : QString(), request, body) : failures.takeFirst();
    if (path == u"/v1/operations" && loseAnswers > 0) {
        --loseAnswers;
        given = {.error = QNetworkReply::RemoteHostClosedError};
    }
    auto *reply = new FakeReply(request, given, this);
    if (given.hangs && path == u"/v1/changes")
        m_waiting = reply;
    return reply;
}

FakeAnswer FakeCentral::error(int status, ErrorCode code, const QString &message)
{
    return {.status = status, .body = wire::encode(Error{code, message, {}})};
}

FakeAnswer FakeCentral::answer(const QString &verb, const QNetworkRequest &request, const QByteArray &body)
{
    const QString path = request.url().path();
    if (path == u"/v1/session" && verb.isEmpty())
        return session(body);
    if (request.rawHeader("Authorization") != "Bearer " + currentToken.toLatin1())
        return error(401, ErrorCode::Unauthenticated);
    if (path == u"/v1/session")
        return {};
    if (path.startsWith(u"/v1/snapshot"))
        return error(404, ErrorCode::NotFound);
    const QByteArray answered = request.rawHeader(wire::answeredHeader);
    if (!answered.isEmpty() && !m_taken.contains(Id::fromString(QString::fromLatin1(answered)).value_or(Id())))
        return error(409, ErrorCode::WentBack);
    return path == u"/v1/operations" ? operations(body) : changes(request.url());
}

FakeAnswer FakeCentral::session(const QByteArray &body)
{
    const auto signIn = wire::decodeSignIn(body);
    if (!signIn)
        return error(400, ErrorCode::InvalidInput);
    const bool renewed = !signIn->refreshToken.isEmpty() && signIn->refreshToken == currentRefresh;
    if (!renewed && signIn->password != m_password)
        return error(401, ErrorCode::Unauthenticated, QStringLiteral("Sai mật khẩu."));
    ++m_sessions;
    currentToken = QStringLiteral("access-%1").arg(m_sessions);
    currentRefresh = QStringLiteral("refresh-%1").arg(m_sessions);
    return {.body = wire::encode(Session{.accessToken = currentToken, .refreshToken = currentRefresh, .expiresMs = serverTimeMs + lifeMs, .serverTimeMs = serverTimeMs,
                                         .account = Id::derived(Id(), u"lan"), .login = QStringLiteral("lan"), .displayName = QStringLiteral("Lan"), .role = QStringLiteral("operator")})};
}

FakeAnswer FakeCentral::operations(const QByteArray &body)
{
    const auto operations = wire::decodeOperations(body);
    if (!operations)
        return error(400, ErrorCode::InvalidInput);
    if (operations->size() > takesAtMost)
        return error(413, ErrorCode::TooLarge);
    QList<Answer> answers;
    for (const ioc::Operation &operation : *operations) {
        m_received += operation;
        m_taken += operation.op;
        answers += judge ? judge(operation) : Answer{.op = operation.op, .outcome = Outcome::Applied, .version = 1};
    }
    return {.body = wire::encode(answers)};
}

FakeAnswer FakeCentral::changes(const QUrl &url)
{
    const QUrlQuery query(url);
    const QString after = query.queryItemValue(QStringLiteral("after"));
    const auto cursor = after.isEmpty() ? Cursor() : Cursor::fromString(after).value_or(Cursor());
    if (!cursor.isNull() && cursor.epoch != epoch)
        return error(409, ErrorCode::Conflict);
    const qsizetype from = static_cast<qsizetype>(cursor.sequence);
    if (from >= m_feed.size() && query.queryItemValue(QStringLiteral("wait")).toInt() > 0)
        return {.hangs = true};
    const qsizetype to = std::min<qsizetype>(m_feed.size(), from + pageSize);
    return {.body = wire::encode(ChangePage{.next = {.epoch = epoch, .sequence = to, .digest = "d"}, .changes = m_feed.sliced(from, to - from), .more = to < m_feed.size(), .serverTimeMs = serverTimeMs})};
}

} // namespace ioc::test
