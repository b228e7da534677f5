// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <access/jwks.h>

namespace ioc {

/// What an ID token has to say to be taken (OpenID Connect Core 1.0, section 3.1.3.7).
struct IdTokenRule
{
    QString issuer;
    QString clientId; ///< whom it has to be meant for
    QString nonce;
    qint64 nowMs = 0; ///< UTC
};

/// Clocks of two machines may differ by so much.
inline constexpr qint64 idTokenLeewayMs = 60'000;
/// A sign-in is of now: an older token was kept by somebody.
inline constexpr qint64 idTokenAgeMs = 10 * 60'000;

/// Whether none of \a keys is the one that \a token names: they are to be fetched anew before it is refused.
[[nodiscard]] bool isKeyUnknown(const Jwt &token, const KeySet &keys);

/// The claims of \a token, proved: signed by one of \a keys, of this issuer, for this client, of this moment and this nonce. Unauthenticated
/// with a translated sentence otherwise; the detail names what is wrong: algorithm, key, signature, issuer, audience, expired, early, issued, nonce, subject.
Result<QJsonObject> checkedIdToken(const Jwt &token, const KeySet &keys, const IdTokenRule &rule);

/// The nonce that the sign-in service is given for \a secret, which the device keeps: SHA-256, base64url. Who sees the token alone cannot use it.
QString nonceOf(const QString &secret);

/// The value of \a claim: of that name or, where there is none, below it at each dot ("realm_access.roles").
[[nodiscard]] QJsonValue claimNamed(const QJsonObject &claims, const QString &claim);
/// Whether \a claim is \a value or holds it in a list.
[[nodiscard]] bool claimHolds(const QJsonObject &claims, const QString &claim, const QString &value);

} // namespace ioc
