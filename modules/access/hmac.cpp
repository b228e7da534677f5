// SPDX-License-Identifier: GPL-3.0-or-later
#include <access/hmac.h>
#include <access/octets.h>

#include <array>
#include <memory>

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

namespace ioc {

namespace {

constexpr qsizetype codeBytes = 32;

using MacContext = std::unique_ptr<EVP_MAC_CTX, decltype(&EVP_MAC_CTX_free)>;

// Looking an algorithm up costs more than a short code: each thread does so once.
MacContext newContext()
{
    const std::unique_ptr<EVP_MAC, decltype(&EVP_MAC_free)> mac(EVP_MAC_fetch(nullptr, OSSL_MAC_NAME_HMAC, nullptr), &EVP_MAC_free);
    MacContext out(mac ? EVP_MAC_CTX_new(mac.get()) : nullptr, &EVP_MAC_CTX_free);
    std::array<char, 7> digest{"SHA256"};
    const std::array parameters{OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), 0), OSSL_PARAM_construct_end()};
    if (!out || EVP_MAC_CTX_set_params(out.get(), parameters.data()) != 1)
        qFatal("This OpenSSL has no HMAC with SHA-256: personal data could be neither sealed nor found.");
    return out;
}

} // namespace

QByteArray hmacSha256(QByteArrayView key, QByteArrayView message)
{
    thread_local const MacContext context = newContext();
    static constexpr unsigned char none = 0; // no key at all would mean the one before
    QByteArray out(codeBytes, Qt::Uninitialized);
    std::size_t length = 0;
    const bool done = EVP_MAC_init(context.get(), key.isEmpty() ? &none : octets(key), static_cast<std::size_t>(key.size()), nullptr) == 1
                      && EVP_MAC_update(context.get(), octets(message), static_cast<std::size_t>(message.size())) == 1
                      && EVP_MAC_final(context.get(), octets(out), &length, static_cast<std::size_t>(out.size())) == 1;
    if (!done || length != static_cast<std::size_t>(codeBytes))
        qFatal("HMAC with SHA-256 failed.");
    return out;
}

} // namespace ioc
