// SPDX-License-Identifier: GPL-3.0-or-later
#include <access/jwks.h>
#include <access/octets.h>

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

namespace ioc {

namespace {

template <auto Free>
struct Freed
{
    template <typename T>
    void operator()(T *object) const
    {
        Free(object);
    }
};
using Number = std::unique_ptr<BIGNUM, Freed<BN_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Freed<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Freed<OSSL_PARAM_free>>;
using Signature = std::unique_ptr<ECDSA_SIG, Freed<ECDSA_SIG_free>>;

constexpr qsizetype mostKeys = 100;
constexpr qsizetype smallestModulus = 2048 / 8;
constexpr qsizetype largestModulus = 8192 / 8;
constexpr qsizetype longestExponent = 8;
constexpr qsizetype coordinateBytes = 32;
constexpr qsizetype longestId = 200;

// Of a fixed length where \a size is given.
QByteArray member(const QJsonObject &json, QStringView name, qsizetype size = 0)
{
    const QByteArray bytes = fromBase64Url(json.value(name).toString().toLatin1()).value_or(QByteArray());
    return size == 0 || bytes.size() == size ? bytes : QByteArray();
}

Number number(QByteArrayView bytes)
{
    return Number(BN_bin2bn(octets(bytes), static_cast<int>(bytes.size()), nullptr));
}

std::shared_ptr<EVP_PKEY> shared(EVP_PKEY *key)
{
    return key ? std::shared_ptr<EVP_PKEY>(key, &EVP_PKEY_free) : nullptr;
}

std::shared_ptr<EVP_PKEY> keyOf(const char *type, OSSL_PARAM_BLD *builder)
{
    const Parameters parameters(OSSL_PARAM_BLD_to_param(builder));
    const KeyContext making(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
    EVP_PKEY *key = nullptr;
    if (!parameters || !making || EVP_PKEY_fromdata_init(making.get()) != 1 || EVP_PKEY_fromdata(making.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1)
        return nullptr;
    auto out = shared(key);
    const KeyContext checking(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    return checking && EVP_PKEY_public_check(checking.get()) == 1 ? out : nullptr;
}

std::shared_ptr<EVP_PKEY> rsaKey(const QJsonObject &json)
{
    const QByteArray modulus = member(json, u"n");
    const QByteArray exponent = member(json, u"e");
    if (modulus.size() < smallestModulus || modulus.size() > largestModulus || exponent.isEmpty() || exponent.size() > longestExponent)
        return nullptr;
    const Number n = number(modulus);
    const Number e = number(exponent);
    const Builder builder(OSSL_PARAM_BLD_new());
    if (!n || !e || !builder || BN_num_bits(n.get()) < smallestModulus * 8 || !BN_is_odd(n.get()) || !BN_is_odd(e.get()) || BN_is_one(e.get()))
        return nullptr;
    const bool built = OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) == 1 && OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) == 1;
    return built ? keyOf("RSA", builder.get()) : nullptr;
}

std::shared_ptr<EVP_PKEY> pointOnP256(const QJsonObject &json)
{
    const QByteArray x = member(json, u"x", coordinateBytes);
    const QByteArray y = member(json, u"y", coordinateBytes);
    const Builder builder(OSSL_PARAM_BLD_new());
    if (x.isEmpty() || y.isEmpty() || json.value(u"crv").toString() != u"P-256" || !builder)
        return nullptr;
    const QByteArray point = '\x04' + x + y;
    const bool built = OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) == 1
                       && OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.constData(), static_cast<size_t>(point.size())) == 1;
    return built ? keyOf("EC", builder.get()) : nullptr;
}

std::shared_ptr<EVP_PKEY> ed25519Key(const QJsonObject &json)
{
    const QByteArray x = member(json, u"x", coordinateBytes);
    if (x.isEmpty() || json.value(u"crv").toString() != u"Ed25519")
        return nullptr;
    return shared(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, octets(x), static_cast<size_t>(x.size())));
}

// JWS has the two numbers one after the other (RFC 7518, section 3.4), OpenSSL wants them in DER.
QByteArray derSignature(const QByteArray &raw)
{
    if (raw.size() != 2 * coordinateBytes)
        return {};
    const Signature signature(ECDSA_SIG_new());
    Number r = number(QByteArrayView(raw).first(coordinateBytes));
    Number s = number(QByteArrayView(raw).last(coordinateBytes));
    if (!signature || !r || !s || ECDSA_SIG_set0(signature.get(), r.get(), s.get()) != 1)
        return {};
    (void)r.release(); // the signature's now
    (void)s.release();
    unsigned char *out = nullptr;
    const int size = i2d_ECDSA_SIG(signature.get(), &out);
    const QByteArray der(reinterpret_cast<const char *>(out), std::max(size, 0));
    OPENSSL_free(out);
    return der;
}

bool setPadding(EVP_PKEY_CTX *context, bool isPss)
{
    if (!isPss)
        return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1;
    return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1 && EVP_PKEY_CTX_set_rsa_mgf1_md(context, EVP_sha256()) == 1
           && EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1;
}

} // namespace

QStringList signatureAlgorithms()
{
    return {QStringLiteral("RS256"), QStringLiteral("PS256"), QStringLiteral("ES256"), QStringLiteral("EdDSA")};
}

std::optional<VerifyingKey> VerifyingKey::fromJson(const QJsonObject &json)
{
    VerifyingKey out;
    out.m_id = json.value(u"kid").toString();
    out.m_algorithm = json.value(u"alg").toString();
    const QJsonValue use = json.value(u"use");
    const QJsonValue operations = json.value(u"key_ops");
    if ((!use.isUndefined() && use.toString() != u"sig") || (operations.isArray() && !operations.toArray().contains(QStringLiteral("verify"))) || out.m_id.size() > longestId)
        return {};
    const QString type = json.value(u"kty").toString();
    out.m_kind = type == u"EC" ? Kind::P256 : type == u"OKP" ? Kind::Ed25519 : Kind::Rsa;
    out.m_key = type == u"RSA" ? rsaKey(json) : type == u"EC" ? pointOnP256(json) : type == u"OKP" ? ed25519Key(json) : nullptr;
    const auto algorithms = signatureAlgorithms();
    const bool isOfUse = out.m_key && std::ranges::any_of(algorithms, [&](const QString &algorithm) { return out.fits(algorithm); });
    return isOfUse ? std::optional(out) : std::nullopt;
}

bool VerifyingKey::fits(QStringView algorithm) const
{
    if (!m_algorithm.isEmpty() && m_algorithm != algorithm)
        return false;
    switch (m_kind) {
    case Kind::Rsa: return algorithm == u"RS256" || algorithm == u"PS256";
    case Kind::P256: return algorithm == u"ES256";
    case Kind::Ed25519: return algorithm == u"EdDSA";
    }
    return false;
}

bool VerifyingKey::verifies(const Jwt &token) const
{
    if (!fits(token.algorithm))
        return false;
    const DigestContext context(EVP_MD_CTX_new());
    EVP_PKEY_CTX *details = nullptr; // the context's own
    if (!context || EVP_DigestVerifyInit(context.get(), &details, m_kind == Kind::Ed25519 ? nullptr : EVP_sha256(), nullptr, m_key.get()) != 1)
        return false;
    if (m_kind == Kind::Rsa && !setPadding(details, token.algorithm == u"PS256"))
        return false;
    const QByteArray signature = m_kind == Kind::P256 ? derSignature(token.signature) : token.signature;
    return !signature.isEmpty()
           && EVP_DigestVerify(context.get(), octets(signature), static_cast<size_t>(signature.size()), octets(token.signedPart), static_cast<size_t>(token.signedPart.size())) == 1;
}

Result<KeySet> decodeKeySet(const QByteArray &json)
{
    const QJsonValue keys = QJsonDocument::fromJson(json).object().value(u"keys");
    if (!keys.isArray() || keys.toArray().size() > mostKeys)
        return failure(ErrorCode::InvalidInput, QCoreApplication::translate("Access", "The keys of the city's sign-in service cannot be read. Tell whoever runs it."), QStringLiteral("not a JWK set"));
    KeySet out;
    const QJsonArray array = keys.toArray();
    for (const auto &one : array) {
        if (auto key = VerifyingKey::fromJson(one.toObject()))
            out += *std::move(key);
    }
    return out;
}

} // namespace ioc
