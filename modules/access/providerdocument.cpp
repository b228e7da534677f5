// SPDX-License-Identifier: GPL-3.0-or-later
#include <access/jwks.h>
#include <access/providerdocument.h>

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace ioc {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Access)
};

QUrl endpoint(const QJsonObject &document, QStringView name)
{
    const QUrl url(document.value(name).toString(), QUrl::StrictMode);
    return url.isValid() && url.scheme() == u"https" && !url.host().isEmpty() && url.userInfo().isEmpty() && !url.hasFragment() ? url : QUrl();
}

} // namespace

QUrl providerDocumentUrl(const QUrl &issuer)
{
    QUrl out = issuer;
    QString path = issuer.path();
    while (path.endsWith(u'/'))
        path.chop(1);
    out.setPath(path + QStringLiteral("/.well-known/openid-configuration"));
    return out;
}

Result<ProviderDocument> decodeProviderDocument(const QByteArray &json, const QString &issuer)
{
    const QJsonDocument parsed = QJsonDocument::fromJson(json);
    if (!parsed.isObject())
        return failure(ErrorCode::InvalidInput, Words::tr("What the city's sign-in service tells of itself cannot be read: is the issuer in oidc.json right?"), QStringLiteral("not JSON"));
    const QJsonObject document = parsed.object();
    if (document.value(u"issuer") != issuer)
        return failure(ErrorCode::InvalidInput, Words::tr("The city's sign-in service calls itself “%1”, not as oidc.json does. Write it there exactly so.").arg(document.value(u"issuer").toString().left(200)), QStringLiteral("issuer"));
    ProviderDocument out{endpoint(document, u"authorization_endpoint"), endpoint(document, u"token_endpoint"), endpoint(document, u"jwks_uri")};
    if (out.authorizationEndpoint.isEmpty() || out.tokenEndpoint.isEmpty() || out.keys.isEmpty())
        return failure(ErrorCode::InvalidInput, Words::tr("The city's sign-in service does not name its addresses, or not with https. Tell whoever runs it."), QStringLiteral("endpoints"));
    const QJsonArray offered = document.value(u"id_token_signing_alg_values_supported").toArray();
    const QStringList known = signatureAlgorithms();
    if (std::ranges::none_of(known, [&](const QString &algorithm) { return offered.contains(algorithm); }))
        return failure(ErrorCode::InvalidInput, Words::tr("The city's sign-in service signs in no way that is understood here (%1). Tell whoever runs it.").arg(known.join(QStringLiteral(", "))), QStringLiteral("algorithms"));
    const QJsonValue challenges = document.value(u"code_challenge_methods_supported");
    if (!challenges.isUndefined() && !challenges.toArray().contains(QStringLiteral("S256")))
        return failure(ErrorCode::InvalidInput, Words::tr("The city's sign-in service does not offer PKCE with S256. Tell whoever runs it."), QStringLiteral("pkce"));
    return out;
}

} // namespace ioc
