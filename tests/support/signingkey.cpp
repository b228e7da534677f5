// SPDX-License-Identifier: GPL-3.0-or-later
#include <support/signingkey.h>

#include <QJsonDocument>

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

namespace ioc::test {

namespace {

constexpr int coordinateBytes = 32;

QString encoded(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

QByteArray bytesOf(const BIGNUM *number, int size)
{
    QByteArray out(size, '\0');
    if (BN_bn2binpad(number, reinterpret_cast<unsigned char *>(out.data()), size) != size)
        qFatal("a number");
    return out;
}

QString number(EVP_PKEY *key, const char *name, int size = 0)
{
    BIGNUM *value = nullptr;
    if (EVP_PKEY_get_bn_param(key, name, &value) != 1)
        qFatal("%s", name);
    const QString out = encoded(bytesOf(value, size > 0 ? size : BN_num_bytes(value)));
    BN_free(value);
    return out;
}

QByteArray rawSignature(const QByteArray &der)
{
    const auto *at = reinterpret_cast<const unsigned char *>(der.constData());
    ECDSA_SIG *signature = d2i_ECDSA_SIG(nullptr, &at, der.size());
    const QByteArray out = bytesOf(ECDSA_SIG_get0_r(signature), coordinateBytes) + bytesOf(ECDSA_SIG_get0_s(signature), coordinateBytes);
    ECDSA_SIG_free(signature);
    return out;
}

} // namespace

SigningKey SigningKey::rsa(const QString &id)
{
    SigningKey out;
    out.m_id = id;
    out.m_key = {EVP_RSA_gen(2048), &EVP_PKEY_free};
    return out;
}

SigningKey SigningKey::p256(const QString &id)
{
    SigningKey out;
    out.m_id = id;
    out.m_isRsa = false;
    out.m_key = {EVP_EC_gen("P-256"), &EVP_PKEY_free};
    return out;
}

QJsonObject SigningKey::jwk() const
{
    QJsonObject out{{QStringLiteral("kid"), m_id}, {QStringLiteral("use"), QStringLiteral("sig")}};
    if (m_isRsa) {
        out.insert(QStringLiteral("kty"), QStringLiteral("RSA"));
        out.insert(QStringLiteral("n"), number(m_key.get(), OSSL_PKEY_PARAM_RSA_N));
        out.insert(QStringLiteral("e"), number(m_key.get(), OSSL_PKEY_PARAM_RSA_E));
    } else {
        out.insert(QStringLiteral("kty"), QStringLiteral("EC"));
        out.insert(QStringLiteral("crv"), QStringLiteral("P-256"));
        out.insert(QStringLiteral("x"), number(m_key.get(), OSSL_PKEY_PARAM_EC_PUB_X, coordinateBytes));
        out.insert(QStringLiteral("y"), number(m_key.get(), OSSL_PKEY_PARAM_EC_PUB_Y, coordinateBytes));
    }
    return out;
}

QByteArray SigningKey::signature(const QByteArray &octets, const QString &algorithm) const
{
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    EVP_PKEY_CTX *details = nullptr;
    size_t size = 0;
    const auto *data = reinterpret_cast<const unsigned char *>(octets.constData());
    bool fine = EVP_DigestSignInit(context.get(), &details, EVP_sha256(), nullptr, m_key.get()) == 1;
    if (algorithm == u"PS256")
        fine = fine && EVP_PKEY_CTX_set_rsa_padding(details, RSA_PKCS1_PSS_PADDING) == 1 && EVP_PKEY_CTX_set_rsa_pss_saltlen(details, RSA_PSS_SALTLEN_DIGEST) == 1;
    fine = fine && EVP_DigestSign(context.get(), nullptr, &size, data, static_cast<size_t>(octets.size())) == 1;
    QByteArray out(static_cast<qsizetype>(size), '\0');
    fine = fine && EVP_DigestSign(context.get(), reinterpret_cast<unsigned char *>(out.data()), &size, data, static_cast<size_t>(octets.size())) == 1;
    if (!fine)
        qFatal("cannot sign");
    out.truncate(static_cast<qsizetype>(size));
    return m_isRsa ? out : rawSignature(out);
}

QByteArray SigningKey::signedPart(const QJsonObject &header, const QJsonObject &claims)
{
    return (encoded(QJsonDocument(header).toJson(QJsonDocument::Compact)) + u'.' + encoded(QJsonDocument(claims).toJson(QJsonDocument::Compact))).toLatin1();
}

QByteArray SigningKey::token(const QJsonObject &header, const QJsonObject &claims, const QByteArray &signature)
{
    return signedPart(header, claims) + '.' + encoded(signature).toLatin1();
}

QByteArray SigningKey::token(const QJsonObject &claims, const QString &algorithm) const
{
    const QJsonObject header{{QStringLiteral("alg"), algorithm}, {QStringLiteral("kid"), m_id}, {QStringLiteral("typ"), QStringLiteral("JWT")}};
    return token(header, claims, signature(signedPart(header, claims), algorithm));
}

} // namespace ioc::test
