// SPDX-License-Identifier: GPL-3.0-or-later
#include <access/idtoken.h>

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QJsonArray>

#include <algorithm>

#include <openssl/crypto.h>

namespace ioc {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Access)
};

constexpr double latestS = 1e11; // year 5138: what is beyond is no date

std::unexpected<Error> refused(const char *why, const QString &message)
{
    return failure(ErrorCode::Unauthenticated, message, QString::fromLatin1(why));
}

std::unexpected<Error> notProved(const char *why)
{
    return refused(why, Words::tr("The city's sign-in cannot be verified. Try again; if it lasts, tell the administrator of your center."));
}

// Seconds on the wire, a fraction allowed.
std::optional<qint64> timeMs(const QJsonValue &value)
{
    const double seconds = value.toDouble(-1);
    return seconds >= 0 && seconds <= latestS ? std::optional(static_cast<qint64>(seconds * 1000)) : std::nullopt;
}

bool isSame(const QString &one, const QString &other)
{
    const QByteArray a = one.toUtf8();
    const QByteArray b = other.toUtf8();
    return a.size() == b.size() && CRYPTO_memcmp(a.constData(), b.constData(), static_cast<size_t>(a.size())) == 0;
}

bool isFor(const QJsonObject &claims, const QString &clientId)
{
    const QJsonValue audience = claims.value(u"aud");
    const QJsonValue party = claims.value(u"azp");
    const bool isNamed = audience.isArray() ? audience.toArray().contains(clientId) : audience == clientId;
    const bool isShared = audience.isArray() && audience.toArray().size() > 1;
    return isNamed && (party.isUndefined() ? !isShared : party == clientId);
}

Result<void> checkedTimes(const QJsonObject &claims, qint64 nowMs)
{
    const auto expires = timeMs(claims.value(u"exp"));
    const auto issued = timeMs(claims.value(u"iat"));
    const auto begins = claims.contains(u"nbf") ? timeMs(claims.value(u"nbf")) : std::optional<qint64>(0);
    if (!expires || !issued || !begins)
        return notProved("times");
    if (nowMs >= *expires + idTokenLeewayMs || nowMs > *issued + idTokenAgeMs + idTokenLeewayMs)
        return refused("expired", Words::tr("The city's sign-in has run out. Sign in again; if it happens again, the clocks of your center's server and of the city's sign-in service differ: tell the administrator."));
    if (*begins > nowMs + idTokenLeewayMs || *issued > nowMs + idTokenLeewayMs)
        return refused("early", Words::tr("The city's sign-in is not valid yet: the clocks of your center's server and of the city's sign-in service differ. Tell the administrator."));
    return {};
}

} // namespace

bool isKeyUnknown(const Jwt &token, const KeySet &keys)
{
    if (!signatureAlgorithms().contains(token.algorithm))
        return false; // no key would do
    if (!token.keyId.isEmpty())
        return std::ranges::none_of(keys, [&](const VerifyingKey &key) { return key.id() == token.keyId && key.fits(token.algorithm); });
    return std::ranges::none_of(keys, [&](const VerifyingKey &key) { return key.verifies(token); });
}

Result<QJsonObject> checkedIdToken(const Jwt &token, const KeySet &keys, const IdTokenRule &rule)
{
    if (!signatureAlgorithms().contains(token.algorithm))
        return notProved("algorithm");
    if (isKeyUnknown(token, keys))
        return notProved(token.keyId.isEmpty() ? "signature" : "key");
    const bool isSigned = std::ranges::any_of(keys, [&](const VerifyingKey &key) { return (token.keyId.isEmpty() || key.id() == token.keyId) && key.verifies(token); });
    if (!isSigned)
        return notProved("signature");
    if (token.claims.value(u"iss") != rule.issuer)
        return notProved("issuer");
    if (!isFor(token.claims, rule.clientId))
        return notProved("audience");
    if (const auto times = checkedTimes(token.claims, rule.nowMs); !times)
        return std::unexpected(times.error());
    if (rule.nonce.isEmpty() || !isSame(token.claims.value(u"nonce").toString(), rule.nonce))
        return notProved("nonce");
    if (token.claims.value(u"sub").toString().isEmpty())
        return notProved("subject");
    return token.claims;
}

QString nonceOf(const QString &secret)
{
    return QString::fromLatin1(toBase64Url(QCryptographicHash::hash(secret.toUtf8(), QCryptographicHash::Sha256)));
}

QJsonValue claimNamed(const QJsonObject &claims, const QString &claim)
{
    if (claims.contains(claim))
        return claims.value(claim);
    QJsonValue at = claims;
    const auto names = claim.split(u'.');
    for (const QString &name : names)
        at = at.toObject().value(name);
    return at;
}

bool claimHolds(const QJsonObject &claims, const QString &claim, const QString &value)
{
    const QJsonValue found = claimNamed(claims, claim);
    return found.isArray() ? found.toArray().contains(value) : found == value;
}

} // namespace ioc
