// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/error.h>
#include <central/centralmetrics.h>
#include <central/guardedserver.h>

#include <QElapsedTimer>
#include <QHttpHeaders>
#include <QHttpServerRequest>
#include <QHttpServerResponder>
#include <QPointer>

#include <memory>

namespace ioc {

/// HTTP's word for \a code.
QHttpServerResponder::StatusCode httpStatus(ErrorCode code);

/// The way back of one request: answered once, on the server's thread, now or later. Writes the log line.
class HttpReply
{
public:
    /// \a route is what the log and the figures call it: the path itself may hold anything.
    HttpReply(const QHttpServerRequest &request, QHttpServerResponder &&responder, GuardedServer &server, const QByteArray &route, std::shared_ptr<CentralMetrics> metrics);

    ~HttpReply();
    HttpReply(const HttpReply &) = delete;
    HttpReply &operator=(const HttpReply &) = delete;

    /// The wire's CBOR, empty for none.
    void send(const QByteArray &body);
    /// The same with status 202: what was asked for is being made.
    void sendAccepted(const QByteArray &body);
    /// Bytes of a file of \a total bytes, from \a from on.
    void sendPart(const QByteArray &bytes, qint64 from, qint64 total);
    void sendPlain(const QByteArray &text, QHttpServerResponder::StatusCode status = QHttpServerResponder::StatusCode::Ok);
    void send(const Error &error, int retryAfterSeconds = 0);

    [[nodiscard]] QString language() const { return m_language; }
    /// Who asks, also through a balancer.
    [[nodiscard]] QHostAddress peer() const { return m_client; }
    /// Added to the log line: "key=value", without personal data.
    void note(const QByteArray &text) { m_notes += ' ' + text; }
    /// Between these, central only waits for news: that is not work.
    void beginWaiting() { m_waitingSinceMs = m_timer.elapsed(); }
    void endWaiting() { m_waitedMs += m_timer.elapsed() - m_waitingSinceMs; }

private:
    void write(const QByteArray &body, const QByteArray &type, QHttpServerResponder::StatusCode status, QHttpHeaders headers = {});

    QHttpServerResponder m_responder;
    QPointer<GuardedServer> m_server;
    QHostAddress m_peer;
    quint16 m_port;
    QHostAddress m_client;
    QString m_language;
    QByteArray m_id; ///< the same in the log and in the answer's X-Request-Id
    QByteArray m_method;
    QByteArray m_route;
    QByteArray m_notes;
    std::shared_ptr<CentralMetrics> m_metrics;
    qint64 m_waitingSinceMs = 0;
    qint64 m_waitedMs = 0;
    QElapsedTimer m_timer;
};

using HttpReplyPointer = std::shared_ptr<HttpReply>;

} // namespace ioc
