// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>

#include <QJsonObject>

namespace ioc {

/// A signed token of somebody else's (RFC 7519, compact form of RFC 7515), taken apart. Nothing of it is proved yet.
struct Jwt
{
    QString algorithm;     ///< as the token claims: "RS256" …
    QString keyId;         ///< empty: it does not say
    QByteArray signedPart; ///< the octets that the signature is over
    QByteArray signature;
    QJsonObject claims;
};

/// The longest token that is looked at, in bytes.
inline constexpr qsizetype jwtLimit = 16LL * 1024;

/// Strict: three parts of canonical base64url, JSON objects for header and claims, nothing "critical" that this program does not know.
/// InvalidInput for anything else.
Result<Jwt> decodeJwt(QByteArrayView text);

/// What \a text stands for in base64url without padding (RFC 7515, section 2); nothing when it is not the one way to write it.
std::optional<QByteArray> fromBase64Url(QByteArrayView text);
QByteArray toBase64Url(const QByteArray &bytes);

} // namespace ioc
