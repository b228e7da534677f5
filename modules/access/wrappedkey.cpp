// SPDX-License-Identifier: GPL-3.0-or-later
#include <access/aead.h>
#include <access/argon2.h>
#include <access/token.h>
#include <access/wrappedkey.h>

#include <QCoreApplication>
#include <QtEndian>

#include <openssl/crypto.h>

namespace ioc {

namespace {

constexpr char wrapVersion = 1;
constexpr qsizetype saltSize = 16;
constexpr qsizetype costBytes = 12;
constexpr qsizetype wrapHeadBytes = 1 + costBytes + saltSize;

QByteArray wrapHead(const PasswordCost &cost, const QByteArray &salt)
{
    QByteArray out(1 + costBytes, wrapVersion);
    qToBigEndian(cost.memoryKib, out.data() + 1);
    qToBigEndian(cost.iterations, out.data() + 5);
    qToBigEndian(cost.lanes, out.data() + 9);
    return out + salt;
}

bool isSane(const PasswordCost &cost)
{
    return cost.lanes >= 1 && cost.lanes <= 16 && cost.iterations >= 1 && cost.iterations <= 64 && cost.memoryKib >= 8 * cost.lanes && cost.memoryKib <= 1'048'576;
}

} // namespace

Result<QByteArray> wrappedKey(const QByteArray &secret, const QString &passphrase, const PasswordCost &cost)
{
    const auto salt = secretBytes(saltSize);
    const auto nonce = secretBytes(aeadNonceBytes);
    if (!salt || !nonce)
        return std::unexpected(!salt ? salt.error() : nonce.error());
    const QByteArray head = wrapHead(cost, *salt);
    auto key = argon2id(passphrase, *salt, cost, aeadKeyBytes);
    if (!key)
        return key;
    auto out = aeadSealed(*key, *nonce, head, secret).transform([&](const QByteArray &text) { return head + *nonce + text; });
    OPENSSL_cleanse(key->data(), static_cast<size_t>(key->size()));
    return out;
}

Result<QByteArray> unwrappedKey(const QByteArray &wrapped, const QString &passphrase)
{
    const auto damaged = [] {
        return failure(ErrorCode::Damaged, QCoreApplication::translate("Access", "The key file is damaged. Restore it from a backup or sign in online for a new one."));
    };
    if (wrapped.size() < wrapHeadBytes + aeadNonceBytes + aeadTagBytes || wrapped.front() != wrapVersion)
        return damaged();
    const QByteArrayView head = QByteArrayView(wrapped).first(wrapHeadBytes);
    const PasswordCost cost{.memoryKib = qFromBigEndian<quint32>(head.data() + 1), .iterations = qFromBigEndian<quint32>(head.data() + 5), .lanes = qFromBigEndian<quint32>(head.data() + 9)};
    if (!isSane(cost))
        return damaged();
    auto key = argon2id(passphrase, head.last(saltSize).toByteArray(), cost, aeadKeyBytes);
    if (!key)
        return key;
    auto out = aeadOpened(*key, QByteArrayView(wrapped).sliced(wrapHeadBytes, aeadNonceBytes), head, QByteArrayView(wrapped).sliced(wrapHeadBytes + aeadNonceBytes));
    OPENSSL_cleanse(key->data(), static_cast<size_t>(key->size()));
    if (!out && out.error().code == ErrorCode::Damaged)
        return failure(ErrorCode::Unauthenticated, QCoreApplication::translate("Access", "The passphrase is wrong."));
    return out;
}

} // namespace ioc
