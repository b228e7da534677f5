// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/error.h>
#include <central/guardedserver.h>

#include <QElapsedTimer>
#include <QHttpHeaders>
#include <QHttpServerRequest>
#include <QHttpServerResponder>
#include <QPointer>

namespace ioc {

/// HTTP's word for \a code.
QHttpServerResponder::StatusCode httpStatus(ErrorCode code);

/// The way back of one request: answered once, on the server's thread, now or later. Writes the log line.
class HttpReply
{
public:
    HttpReply(const QHttpServerRequest &request, QHttpServerResponder &&responder, GuardedServer &server);

    /// The wire's CBOR, empty for none.
    void send(const QByteArray &body);
    /// The same with status 202: what was asked for is being made.
    void sendAccepted(const QByteArray &body);
    /// Bytes of a file of \a total bytes, from \a from on.
    void sendPart(const QByteArray &bytes, qint64 from, qint64 total);
    void sendPlain(const QByteArray &text);
    void send(const Error &error, int retryAfterSeconds = 0);

    [[nodiscard]] QString language() const { return m_language; }
    [[nodiscard]] QHostAddress peer() const { return m_peer; }
    /// Added to the log line: "key=value", without personal data.
    void note(const QByteArray &text) { m_notes += ' ' + text; }

private:
    void write(const QByteArray &body, const QByteArray &type, QHttpServerResponder::StatusCode status, QHttpHeaders headers = {});

    QHttpServerResponder m_responder;
    QPointer<GuardedServer> m_server;
    QHostAddress m_peer;
    quint16 m_port;
    QString m_language;
    QByteArray m_what;
    QByteArray m_notes;
    QElapsedTimer m_timer;
};

using HttpReplyPointer = std::shared_ptr<HttpReply>;

} // namespace ioc
