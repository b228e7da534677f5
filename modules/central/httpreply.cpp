// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/httpreply.h>
#include <central/requesttext.h>

#include <wire/codec.h>

#include <QMetaEnum>
#include <QMutex>
#include <QRandomGenerator>

#include <memory>
#include <vector>

namespace ioc {

QHttpServerResponder::StatusCode httpStatus(ErrorCode code)
{
    using enum QHttpServerResponder::StatusCode;
    switch (code) {
    case ErrorCode::InvalidInput: return BadRequest;
    case ErrorCode::NotFound: return NotFound;
    case ErrorCode::Conflict:
    case ErrorCode::WentBack: return Conflict;
    case ErrorCode::Denied: return Forbidden;
    case ErrorCode::Unauthenticated: return Unauthorized;
    case ErrorCode::TooLarge: return PayloadTooLarge;
    case ErrorCode::Unsupported: return MethodNotAllowed;
    case ErrorCode::Busy:
    case ErrorCode::Full:
    case ErrorCode::ReadOnly:
    case ErrorCode::Cancelled: return ServiceUnavailable;
    default: return InternalServerError;
    }
}

namespace {

QByteArray newRequestId()
{
    return QByteArray::number(QRandomGenerator::global()->generate64(), 16).rightJustified(16, '0');
}

// Still pointed to, so that who looks for lost memory sees that it is meant.
void keepForGood(QHttpServerResponder &&responder)
{
    static QBasicMutex mutex;
    static auto *const kept = new std::vector<std::unique_ptr<QHttpServerResponder>>;
    const QMutexLocker lock(&mutex);
    kept->push_back(std::make_unique<QHttpServerResponder>(std::move(responder)));
}

// What was wrong with a client's own words may quote them.
bool isOurOwnFault(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Damaged:
    case ErrorCode::ReadOnly:
    case ErrorCode::Full:
    case ErrorCode::Busy:
    case ErrorCode::Timeout:
    case ErrorCode::Internal: return true;
    default: return false;
    }
}

} // namespace

HttpReply::HttpReply(const QHttpServerRequest &request, QHttpServerResponder &&responder, GuardedServer &server, const QByteArray &route, std::shared_ptr<CentralMetrics> metrics)
    : m_responder(std::move(responder)), m_server(&server), m_peer(request.remoteAddress()), m_port(request.remotePort()),
      m_language(acceptedLanguage(request.value("accept-language"))), m_id(newRequestId()), m_route(route), m_metrics(std::move(metrics))
{
    const char *method = QMetaEnum::fromType<QHttpServerRequest::Method>().valueToKey(static_cast<int>(request.method()));
    m_method = method ? QByteArray(method).toUpper() : QByteArray("?");
    m_client = server.client(m_peer, m_port);
    m_timer.start();
    m_metrics->requestStarted();
    server.taken(m_peer, m_port);
}

HttpReply::~HttpReply()
{
    // Work given before the end may outlive the server. A responder touches its connection when it goes, so that one stays.
    if (!m_server)
        keepForGood(std::move(m_responder));
}

void HttpReply::send(const QByteArray &body)
{
    write(body, wire::mediaType, QHttpServerResponder::StatusCode::Ok);
}

void HttpReply::sendAccepted(const QByteArray &body)
{
    write(body, wire::mediaType, QHttpServerResponder::StatusCode::Accepted);
}

void HttpReply::sendPart(const QByteArray &bytes, qint64 from, qint64 total)
{
    QHttpHeaders headers;
    headers.append(QHttpHeaders::WellKnownHeader::AcceptRanges, "bytes");
    headers.append(QHttpHeaders::WellKnownHeader::ContentRange,
                   "bytes " + QByteArray::number(from) + '-' + QByteArray::number(from + bytes.size() - 1) + '/' + QByteArray::number(total));
    write(bytes, "application/octet-stream", QHttpServerResponder::StatusCode::PartialContent, std::move(headers));
}

void HttpReply::sendPlain(const QByteArray &text, QHttpServerResponder::StatusCode status)
{
    write(text, "text/plain; charset=utf-8", status);
}

void HttpReply::send(const Error &error, int retryAfterSeconds)
{
    note("code=" + errorCodeName(error.code).toLatin1());
    if (!error.detail.isEmpty() && isOurOwnFault(error.code))
        note("detail=\"" + error.detail.left(300).toUtf8().replace('"', '\'').replace('\n', ' ') + '"');
    const auto status = retryAfterSeconds > 0 ? QHttpServerResponder::StatusCode::TooManyRequests : httpStatus(error.code);
    QHttpHeaders headers;
    if (retryAfterSeconds > 0)
        headers.append(QHttpHeaders::WellKnownHeader::RetryAfter, QByteArray::number(retryAfterSeconds));
    write(wire::encode(error), wire::mediaType, status, std::move(headers));
}

void HttpReply::write(const QByteArray &body, const QByteArray &type, QHttpServerResponder::StatusCode status, QHttpHeaders headers)
{
    headers.append(QHttpHeaders::WellKnownHeader::ContentType, type);
    headers.append(QHttpHeaders::WellKnownHeader::CacheControl, "no-store");
    headers.append("X-Request-Id", m_id);
    if (m_server)
        m_server->answered(m_peer, m_port);
    m_responder.write(body, headers, status);
    const qint64 workedMs = std::max<qint64>(0, m_timer.elapsed() - m_waitedMs);
    m_metrics->requestAnswered(m_method, m_route, static_cast<int>(status), workedMs);
    qInfo("event=request request=%s method=%s route=%s status=%d bytes=%lld ms=%lld waited_ms=%lld%s", m_id.constData(), m_method.constData(), m_route.constData(), static_cast<int>(status),
          static_cast<long long>(body.size()), static_cast<long long>(workedMs), static_cast<long long>(m_waitedMs), m_notes.constData());
}

} // namespace ioc
