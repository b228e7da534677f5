// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <access/jwt.h>

#include <memory>

#include <openssl/types.h>

namespace ioc {

/// One public key of an identity provider's, for one way of signing or several.
class VerifyingKey
{
public:
    /// \a json is one JWK (RFC 7517). Nothing when it is none that ID tokens may be signed with here: an RSA key of 2048 to 8192 bits, a point on
    /// P-256, or Ed25519, for signatures.
    static std::optional<VerifyingKey> fromJson(const QJsonObject &json);

    [[nodiscard]] QString id() const { return m_id; }
    /// Whether tokens that claim \a algorithm may be checked with this key at all.
    [[nodiscard]] bool fits(QStringView algorithm) const;
    /// Whether \a token's signature is this key's, by the algorithm that it claims.
    [[nodiscard]] bool verifies(const Jwt &token) const;

private:
    enum class Kind { Rsa, P256, Ed25519 };

    QString m_id;
    QString m_algorithm; ///< the only one; empty: all that fit its kind
    Kind m_kind = Kind::Rsa;
    std::shared_ptr<EVP_PKEY> m_key;
};

using KeySet = QList<VerifyingKey>;

/// The algorithms that signatures are checked by: RS256, PS256, ES256, EdDSA. Never "none", never one with a shared secret.
[[nodiscard]] QStringList signatureAlgorithms();

/// The keys of a JWK set that are of use; others are passed over, as RFC 7517 wants it. InvalidInput when it is no JWK set.
Result<KeySet> decodeKeySet(const QByteArray &json);

} // namespace ioc
