// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

#include <memory>

#include <openssl/types.h>

namespace ioc::test {

/// A private key of an identity provider's, for tests.
class SigningKey
{
public:
    static SigningKey rsa(const QString &id);
    static SigningKey p256(const QString &id);

    [[nodiscard]] QString id() const { return m_id; }
    /// Its public half as a JWK.
    [[nodiscard]] QJsonObject jwk() const;
    /// By RS256, PS256 or ES256, as JWS has it.
    [[nodiscard]] QByteArray signature(const QByteArray &octets, const QString &algorithm) const;
    /// A token of these \a claims; "alg" and "kid" stand in its header.
    [[nodiscard]] QByteArray token(const QJsonObject &claims, const QString &algorithm) const;
    /// The same with any \a signature.
    static QByteArray token(const QJsonObject &header, const QJsonObject &claims, const QByteArray &signature);
    /// What a signature is over.
    static QByteArray signedPart(const QJsonObject &header, const QJsonObject &claims);

private:
    QString m_id;
    bool m_isRsa = true;
    std::shared_ptr<EVP_PKEY> m_key;
};

} // namespace ioc::test
