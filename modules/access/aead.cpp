// SPDX-License-Identifier: GPL-3.0-or-later
#include <access/aead.h>
#include <access/octets.h>

#include <QCoreApplication>

#include <array>
#include <memory>

#include <openssl/crypto.h>
#include <openssl/evp.h>

namespace ioc {

namespace {

constexpr qsizetype longestPlain = 16LL * 1024 * 1024; // of one value; EVP counts in int

using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

// Looked for once: EVP_aes_256_gcm() would be looked for anew at every use.
const EVP_CIPHER *cipher()
{
    static const EVP_CIPHER *const found = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
    return found;
}

bool fits(QByteArrayView key, QByteArrayView nonce, QByteArrayView bound, QByteArrayView text)
{
    return key.size() == aeadKeyBytes && nonce.size() == aeadNonceBytes && bound.size() <= longestPlain && text.size() <= longestPlain;
}

std::unexpected<Error> wrongLength()
{
    return failure(ErrorCode::InvalidInput, QCoreApplication::translate("Access", "The value cannot be sealed. Please report it to the administrator."), QStringLiteral("length of key, nonce or text"));
}

} // namespace

Result<QByteArray> aeadSealed(QByteArrayView key, QByteArrayView nonce, QByteArrayView bound, QByteArrayView plain)
{
    if (!fits(key, nonce, bound, plain))
        return wrongLength();
    const CipherContext context(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
    QByteArray out(plain.size() + aeadTagBytes, Qt::Uninitialized);
    int length = 0;
    const bool done = context && cipher() && EVP_EncryptInit_ex2(context.get(), cipher(), octets(key), octets(nonce), nullptr) == 1
                      && (bound.isEmpty() || EVP_EncryptUpdate(context.get(), nullptr, &length, octets(bound), static_cast<int>(bound.size())) == 1)
                      && (plain.isEmpty() || EVP_EncryptUpdate(context.get(), octets(out), &length, octets(plain), static_cast<int>(plain.size())) == 1)
                      && EVP_EncryptFinal_ex(context.get(), octets(out) + plain.size(), &length) == 1
                      && EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, aeadTagBytes, octets(out) + plain.size()) == 1;
    if (!done)
        return failure(ErrorCode::Internal, QCoreApplication::translate("Access", "The value cannot be sealed. Please report it to the administrator."), QStringLiteral("AES-256-GCM"));
    return out;
}

Result<QByteArray> aeadOpened(QByteArrayView key, QByteArrayView nonce, QByteArrayView bound, QByteArrayView sealed)
{
    if (!fits(key, nonce, bound, sealed))
        return wrongLength();
    const qsizetype size = sealed.size() - aeadTagBytes;
    QByteArray tag = sealed.size() < aeadTagBytes ? QByteArray() : sealed.last(aeadTagBytes).toByteArray();
    QByteArray out(std::max<qsizetype>(size, 0), Qt::Uninitialized);
    const CipherContext context(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
    int length = 0;
    std::array<unsigned char, aeadTagBytes> none{};
    const bool done = size >= 0 && context && cipher() && EVP_DecryptInit_ex2(context.get(), cipher(), octets(key), octets(nonce), nullptr) == 1
                      && (bound.isEmpty() || EVP_DecryptUpdate(context.get(), nullptr, &length, octets(bound), static_cast<int>(bound.size())) == 1)
                      && (size == 0 || EVP_DecryptUpdate(context.get(), octets(out), &length, octets(sealed), static_cast<int>(size)) == 1)
                      && EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, aeadTagBytes, tag.data()) == 1
                      && EVP_DecryptFinal_ex(context.get(), none.data(), &length) == 1;
    if (done)
        return out;
    OPENSSL_cleanse(out.data(), static_cast<size_t>(out.size())); // nobody sees what was not proved
    return failure(ErrorCode::Damaged, QCoreApplication::translate("Access", "The sealed value cannot be opened: it was changed, or sealed with another key."));
}

} // namespace ioc
