// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/httpreply.h>
#include <central/requesttext.h>

#include <wire/codec.h>

#include <QMetaEnum>

namespace ioc {

QHttpServerResponder::StatusCode httpStatus(ErrorCode code)
{
    using enum QHttpServerResponder::StatusCode;
    switch (code) {
    case ErrorCode::InvalidInput: return BadRequest;
    case ErrorCode::NotFound: return NotFound;
    case ErrorCode::Conflict: return Conflict;
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

HttpReply::HttpReply(const QHttpServerRequest &request, QHttpServerResponder &&responder, GuardedServer &server)
    : m_responder(std::move(responder)), m_server(&server), m_peer(request.remoteAddress()), m_port(request.remotePort()),
      m_language(acceptedLanguage(request.value("accept-language")))
{
    const char *method = QMetaEnum::fromType<QHttpServerRequest::Method>().valueToKey(static_cast<int>(request.method()));
    m_what = QByteArray("method=") + (method ? QByteArray(method).toUpper() : "?") + " path=\"" + request.url().path(QUrl::FullyEncoded).left(60).toLatin1() + '"';
    m_timer.start();
    server.taken(m_peer, m_port);
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

void HttpReply::sendPlain(const QByteArray &text)
{
    write(text, "text/plain; charset=utf-8", QHttpServerResponder::StatusCode::Ok);
}

void HttpReply::send(const Error &error, int retryAfterSeconds)
{
    note("code=" + errorCodeName(error.code).toLatin1());
    if (!error.detail.isEmpty())
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
    if (m_server)
        m_server->answered(m_peer, m_port);
    m_responder.write(body, headers, status);
    qInfo("event=request %s status=%d bytes=%lld ms=%lld%s", m_what.constData(), static_cast<int>(status), static_cast<long long>(body.size()),
          static_cast<long long>(m_timer.elapsed()), m_notes.constData());
}

} // namespace ioc
