// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>

#include <QUrl>

namespace ioc {

/// What an identity provider tells of itself (OpenID Connect Discovery 1.0, section 3), as far as it is needed.
struct ProviderDocument
{
    QUrl authorizationEndpoint;
    QUrl tokenEndpoint;
    QUrl keys; ///< its JWK set
};

/// Where the provider of that issuer publishes it.
QUrl providerDocumentUrl(const QUrl &issuer);

/// InvalidInput, with a sentence for who runs central, when it is not of \a issuer, not whole, not over HTTPS, or offers no signature or PKCE
/// method that is of use here.
Result<ProviderDocument> decodeProviderDocument(const QByteArray &json, const QString &issuer);

} // namespace ioc
