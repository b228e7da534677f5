// SPDX-License-Identifier: GPL-3.0-or-later
#include <access/argon2.h>

#include <QCoreApplication>

#include <memory>

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

namespace ioc {

Result<QByteArray> argon2id(const QString &passphrase, const QByteArray &salt, const PasswordCost &cost, qsizetype length)
{
    const std::unique_ptr<EVP_KDF, decltype(&EVP_KDF_free)> kdf(EVP_KDF_fetch(nullptr, "ARGON2ID", nullptr), &EVP_KDF_free);
    const std::unique_ptr<EVP_KDF_CTX, decltype(&EVP_KDF_CTX_free)> context(kdf ? EVP_KDF_CTX_new(kdf.get()) : nullptr, &EVP_KDF_CTX_free);
    QByteArray secret = passphrase.normalized(QString::NormalizationForm_C).toUtf8();
    QByteArray saltCopy = salt;
    quint32 memory = cost.memoryKib;
    quint32 iterations = cost.iterations;
    quint32 lanes = cost.lanes;
    quint32 threads = 1;
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_PASSWORD, secret.data(), static_cast<size_t>(secret.size())),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, saltCopy.data(), static_cast<size_t>(saltCopy.size())),
        OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_ITER, &iterations),
        OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_ARGON2_LANES, &lanes),
        OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_THREADS, &threads),
        OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_ARGON2_MEMCOST, &memory),
        OSSL_PARAM_construct_end()};
    QByteArray out(length, Qt::Uninitialized);
    const bool done = context && EVP_KDF_derive(context.get(), reinterpret_cast<unsigned char *>(out.data()), static_cast<size_t>(length), parameters) == 1;
    OPENSSL_cleanse(secret.data(), static_cast<size_t>(secret.size()));
    if (!done)
        return failure(ErrorCode::Internal, QCoreApplication::translate("Access", "The password cannot be checked: OpenSSL 3.2 or newer with Argon2id is needed."));
    return out;
}

} // namespace ioc
