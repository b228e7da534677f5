// SPDX-License-Identifier: GPL-3.0-or-later
#include <support/testprovider.h>

#include <base/clock.h>
#include <base/id.h>
#include <central/certificates.h>

#include <QCryptographicHash>
#include <QDesktopServices>
#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkReply>
#include <QSslKey>
#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace ioc::test {

namespace {

using Status = QHttpServerResponse::StatusCode;

QHttpServerResponse redirect(const QUrl &where)
{
    QHttpServerResponse response(Status::Found);
    QHttpHeaders headers;
    headers.append(QHttpHeaders::WellKnownHeader::Location, where.toEncoded());
    response.setHeaders(headers);
    return response;
}

QSslConfiguration trusting(const QString &authorityFile)
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setCaCertificates(QSslCertificate::fromPath(authorityFile));
    return tls;
}

} // namespace

template <typename Work>
void TestProvider::onThread(Work work)
{
    QMetaObject::invokeMethod(&m_context, work, Qt::BlockingQueuedConnection);
}

TestProvider::TestProvider()
{
    if (!createCertificates(CertificateFiles(m_folder.path()), {u"127.0.0.1"_s}, SystemClock()))
        qFatal("no certificates");
    m_keys = {SigningKey::rsa(u"first"_s)};
    m_context.moveToThread(&m_thread);
    m_thread.start();
    start();
}

TestProvider::~TestProvider()
{
    stop();
    m_thread.quit();
    m_thread.wait();
}

void TestProvider::start()
{
    onThread([this] { listen(); });
}

void TestProvider::stop()
{
    onThread([this] { m_server.reset(); });
}

void TestProvider::rotate()
{
    onThread([this] { m_keys = {m_keys.first().id() == u"first" ? SigningKey::p256(u"second"_s) : SigningKey::rsa(u"first"_s)}; });
}

void TestProvider::listen()
{
    const CertificateFiles files(m_folder.path());
    QFile key(files.serverKey);
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setLocalCertificateChain(QSslCertificate::fromPath(files.serverCertificate));
    if (key.open(QFile::ReadOnly))
        tls.setPrivateKey(QSslKey(&key, QSsl::Ec));
    auto socket = std::make_unique<QSslServer>();
    socket->setSslConfiguration(tls);
    m_server = std::make_unique<QHttpServer>();
    addRoutes();
    if (!socket->listen(QHostAddress::LocalHost, m_port))
        qFatal("the provider cannot listen");
    m_port = socket->serverPort();
    if (!m_server->bind(socket.get()))
        qFatal("the provider cannot serve");
    (void)socket.release(); // the server's now
}

void TestProvider::addRoutes()
{
    m_server->route(u"/.well-known/openid-configuration"_s, [this] {
        return QHttpServerResponse(QJsonObject{{u"issuer"_s, issuer()}, {u"authorization_endpoint"_s, issuer() + u"/authorize"_s}, {u"token_endpoint"_s, issuer() + u"/token"_s},
                                               {u"jwks_uri"_s, issuer() + u"/keys"_s}, {u"id_token_signing_alg_values_supported"_s, QJsonArray{u"RS256"_s, u"ES256"_s}},
                                               {u"code_challenge_methods_supported"_s, QJsonArray{u"S256"_s}}});
    });
    m_server->route(u"/keys"_s, [this] {
        ++m_keyRequests;
        return QHttpServerResponse(QJsonObject{{u"keys"_s, QJsonArray{m_keys.first().jwk()}}});
    });
    m_server->route(u"/authorize"_s, [this](const QHttpServerRequest &request) { return authorize(request); });
    m_server->route(u"/token"_s, QHttpServerRequest::Method::Post, [this](const QHttpServerRequest &request) { return token(request); });
}

QHttpServerResponse TestProvider::authorize(const QHttpServerRequest &request)
{
    const QUrlQuery query(request.url());
    const auto value = [&](const QString &name) { return query.queryItemValue(name, QUrl::FullyDecoded); };
    const QUrl back(value(u"redirect_uri"_s));
    const bool isFine = value(u"client_id"_s) == QLatin1StringView(clientId) && value(u"response_type"_s) == u"code" && value(u"code_challenge_method"_s) == u"S256"
                        && value(u"scope"_s).split(u' ').contains(u"openid"_s) && back.host() == u"127.0.0.1" && !value(u"state"_s).isEmpty();
    if (!isFine)
        return QHttpServerResponse(Status::BadRequest);
    QUrlQuery answer{{u"state"_s, value(u"state"_s)}};
    if (refusal.isEmpty()) {
        const QString code = Id::create(SystemClock()).toString();
        m_codes.insert(code, {value(u"code_challenge"_s), back.toString(), value(u"nonce"_s)});
        answer.addQueryItem(u"code"_s, breaksCodes ? u"stale"_s : code);
    } else {
        answer.addQueryItem(u"error"_s, refusal);
    }
    QUrl where = back;
    where.setQuery(answer);
    return redirect(where);
}

QHttpServerResponse TestProvider::token(const QHttpServerRequest &request)
{
    const QUrlQuery form(QString::fromUtf8(request.body()));
    const auto value = [&](const QString &name) { return form.queryItemValue(name, QUrl::FullyDecoded); };
    const auto code = m_codes.find(value(u"code"_s));
    const QByteArray proof = QCryptographicHash::hash(value(u"code_verifier"_s).toLatin1(), QCryptographicHash::Sha256).toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    if (code == m_codes.end() || code->challenge.toLatin1() != proof || code->redirect != value(u"redirect_uri"_s) || value(u"client_id"_s) != QLatin1StringView(clientId))
        return {QJsonObject{{u"error"_s, u"invalid_grant"_s}}, Status::BadRequest};
    QJsonObject said = claims(code->nonce);
    m_codes.erase(code); // good once
    if (alter)
        alter(said);
    const SigningKey &with = m_keys.first();
    return QJsonObject{{u"access_token"_s, u"of no use here"_s}, {u"token_type"_s, u"Bearer"_s}, {u"expires_in"_s, 300},
                       {u"id_token"_s, QString::fromLatin1(with.token(said, with.jwk()[u"kty"_s] == u"RSA"_s ? u"RS256"_s : u"ES256"_s))}};
}

QJsonObject TestProvider::claims(const QString &nonce) const
{
    const qint64 nowS = SystemClock().nowMs() / 1000;
    return {{u"iss"_s, issuer()}, {u"sub"_s, u"8f2c"_s}, {u"aud"_s, QString::fromLatin1(clientId)}, {u"exp"_s, nowS + 300}, {u"iat"_s, nowS}, {u"nonce"_s, nonce},
            {u"preferred_username"_s, person}, {u"groups"_s, QJsonArray{u"tourism"_s}}};
}

void TestProvider::writeSettings(const QString &folder, const QJsonObject &more) const
{
    QJsonObject settings{{u"issuer"_s, issuer()}, {u"client_id"_s, QString::fromLatin1(clientId)}, {u"ca_file"_s, authorityFile()}};
    const QStringList keys = more.keys();
    for (const QString &key : keys) {
        if (more[key].isNull())
            settings.remove(key);
        else
            settings.insert(key, more[key]);
    }
    QFile file(folder + u"/oidc.json"_s);
    if (!file.open(QFile::WriteOnly) || file.write(QJsonDocument(settings).toJson()) < 0)
        qFatal("cannot write oidc.json");
}

TestBrowser::TestBrowser(const QString &authorityFile) : m_tls(trusting(authorityFile))
{
    m_network.setRedirectPolicy(QNetworkRequest::UserVerifiedRedirectPolicy);
    QDesktopServices::setUrlHandler(u"https"_s, this, "open");
}

TestBrowser::~TestBrowser()
{
    QDesktopServices::unsetUrlHandler(u"https"_s);
}

void TestBrowser::open(const QUrl &page)
{
    m_opened += page;
    if (follows)
        get(page);
}

void TestBrowser::get(const QUrl &page)
{
    QNetworkRequest request(page);
    request.setSslConfiguration(m_tls);
    QNetworkReply *reply = m_network.get(request);
    connect(reply, &QNetworkReply::redirected, reply, [reply](const QUrl &) { Q_EMIT reply->redirectAllowed(); }); // to the program's own port too
    connect(reply, &QNetworkReply::finished, reply, &QObject::deleteLater);
}

} // namespace ioc::test
