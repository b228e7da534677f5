// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <wire/codec.h>

#include <QNetworkAccessManager>
#include <QNetworkReply>

#include <memory>

namespace ioc {

/// A device as central sees one, for tests: speaks the contract, waits for each answer in an event loop.
class TestDevice
{
public:
    struct Answered
    {
        int status = 0; ///< 0: no HTTP answer
        QByteArray body;
        QNetworkReply::NetworkError error = QNetworkReply::NoError;
        QHash<QByteArray, QByteArray> headers; ///< lower case names
    };

    TestDevice(const QUrl &base, const QString &authorityFile, const Id &device);

    /// Starts a request; see finish().
    QNetworkReply *start(const QByteArray &verb, const QString &pathAndQuery, const QByteArray &body = {});
    Answered finish(QNetworkReply *reply);
    Answered request(const QByteArray &verb, const QString &pathAndQuery, const QByteArray &body = {}) { return finish(start(verb, pathAndQuery, body)); }

    /// With further headers.
    Answered requestWith(const QByteArray &verb, const QString &pathAndQuery, const QList<std::pair<QByteArray, QByteArray>> &headers, const QByteArray &body = {});

    Answered signIn(const QString &login, const QString &password);
    Answered renew(const QString &refreshToken);
    /// Answers of a push; empty when it was not answered 200.
    QList<Answer> push(const QList<Operation> &operations);
    Result<ChangePage> pull(const Cursor &after, int waitSeconds = 0, int limit = 5000);
    /// Everything from \a after on, page by page.
    Result<QList<Change>> pullAll(Cursor &after, int limit = 5000);

    [[nodiscard]] const Session &session() const { return m_session; }
    void setAccessToken(const QString &token) { m_session.accessToken = token; }
    void setBase(const QUrl &base) { m_base = base; }
    void setLanguage(const QByteArray &language) { m_language = language; }
    [[nodiscard]] Id device() const { return m_device; }
    static QString changesPath(const Cursor &after, int waitSeconds, int limit);

private:
    QNetworkRequest prepared(const QString &pathAndQuery, const QByteArray &body) const;
    Answered take(const Answered &answered);

    QNetworkAccessManager m_network;
    QUrl m_base;
    QSslConfiguration m_tls;
    Id m_device;
    Session m_session;
    QByteArray m_language = "en";
};

} // namespace ioc
