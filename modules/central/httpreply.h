// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/error.h>
#include <central/guardedserver.h>

#include <QElapsedTimer>
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
    void sendPlain(const QByteArray &text);
    void send(const Error &error, int retryAfterSeconds = 0);

    [[nodiscard]] QString language() const { return m_language; }
    [[nodiscard]] QHostAddress peer() const { return m_peer; }
    /// Added to the log line: "key=value", without personal data.
    void note(const QByteArray &text) { m_notes += ' ' + text; }

private:
    void write(const QByteArray &body, const QByteArray &type, QHttpServerResponder::StatusCode status, int retryAfterSeconds = 0);

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
