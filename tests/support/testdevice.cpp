// SPDX-License-Identifier: GPL-3.0-or-later
#include <support/testdevice.h>

#include <QEventLoop>
#include <QSslConfiguration>

namespace ioc {

TestDevice::TestDevice(const QUrl &base, const QString &authorityFile, const Id &device) : m_base(base), m_device(device)
{
    m_tls = QSslConfiguration::defaultConfiguration();
    m_tls.setCaCertificates(QSslCertificate::fromPath(authorityFile));
    m_tls.setProtocol(QSsl::TlsV1_3OrLater);
}

QNetworkRequest TestDevice::prepared(const QString &pathAndQuery, const QByteArray &body) const
{
    QNetworkRequest request(QUrl(m_base.toString() + pathAndQuery));
    request.setSslConfiguration(m_tls);
    request.setRawHeader("Accept-Language", m_language);
    if (!m_session.accessToken.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + m_session.accessToken.toLatin1());
    if (!body.isEmpty())
        request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArray(wire::mediaType));
    return request;
}

QNetworkReply *TestDevice::start(const QByteArray &verb, const QString &pathAndQuery, const QByteArray &body)
{
    return m_network.sendCustomRequest(prepared(pathAndQuery, body), verb, body);
}

TestDevice::Answered TestDevice::requestWith(const QByteArray &verb, const QString &pathAndQuery, const QList<std::pair<QByteArray, QByteArray>> &headers, const QByteArray &body)
{
    QNetworkRequest request = prepared(pathAndQuery, body);
    for (const auto &[name, value] : headers)
        request.setRawHeader(name, value);
    return finish(m_network.sendCustomRequest(request, verb, body));
}

TestDevice::Answered TestDevice::finish(QNetworkReply *reply)
{
    if (!reply->isFinished()) {
        QEventLoop loop;
        QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
        loop.exec();
    }
    Answered out{.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), .body = reply->readAll(), .error = reply->error()};
    const auto headers = reply->rawHeaderPairs();
    for (const auto &[name, value] : headers)
        out.headers.insert(name.toLower(), value);
    reply->deleteLater();
    return out;
}

TestDevice::Answered TestDevice::take(const Answered &answered)
{
    if (answered.status == 200) {
        if (const auto session = wire::decodeSession(answered.body))
            m_session = *session;
    }
    return answered;
}

TestDevice::Answered TestDevice::signIn(const QString &login, const QString &password)
{
    m_session = {};
    return take(request("POST", QStringLiteral("/v1/session"), wire::encode(SignIn{login, password, {}, m_device, QStringLiteral("test")})));
}

TestDevice::Answered TestDevice::renew(const QString &refreshToken)
{
    return take(request("POST", QStringLiteral("/v1/session"), wire::encode(SignIn{{}, {}, refreshToken, m_device, QStringLiteral("test")})));
}

QList<Answer> TestDevice::push(const QList<Operation> &operations)
{
    const Answered answered = request("POST", QStringLiteral("/v1/operations"), wire::encode(operations));
    return answered.status == 200 ? wire::decodeAnswers(answered.body).value_or(QList<Answer>()) : QList<Answer>();
}

QString TestDevice::changesPath(const Cursor &after, int waitSeconds, int limit)
{
    return QStringLiteral("/v1/changes?wait=%1&limit=%2").arg(waitSeconds).arg(limit) + (after.isNull() ? QString() : QStringLiteral("&after=") + after.toString());
}

Result<ChangePage> TestDevice::pull(const Cursor &after, int waitSeconds, int limit)
{
    const Answered answered = request("GET", changesPath(after, waitSeconds, limit));
    if (answered.status == 200)
        return wire::decodeChangePage(answered.body);
    const auto error = wire::decodeError(answered.body);
    return failure(error ? error->code : ErrorCode::Offline, error ? error->message : QString(), QStringLiteral("status %1").arg(answered.status));
}

Result<QList<Change>> TestDevice::pullAll(Cursor &after, int limit)
{
    QList<Change> out;
    for (bool more = true; more;) {
        const auto page = pull(after, 0, limit);
        if (!page)
            return std::unexpected(page.error());
        out += page->changes;
        after = page->next;
        more = page->more;
    }
    return out;
}

} // namespace ioc
