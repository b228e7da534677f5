// SPDX-License-Identifier: GPL-3.0-or-later
#include <access/aead.h>
#include <access/hmac.h>
#include <access/sealedvalue.h>
#include <access/token.h>

#include <QCoreApplication>
#include <QtEndian>

#include <array>

namespace ioc {

namespace {

constexpr char sealVersion = 1;
constexpr qsizetype idBytes = 16;
constexpr qsizetype headBytes = 1 + idBytes;

// Each with its length before it: no two places read alike.
void appendText(QByteArray &out, QStringView text)
{
    const QByteArray bytes = text.toUtf8();
    std::array<char, 4> length{};
    qToBigEndian(static_cast<quint32>(bytes.size()), length.data());
    out.append(length.data(), length.size());
    out += bytes;
}

QByteArray boundTo(QByteArrayView head, const SealPlace &place)
{
    QByteArray out = head.toByteArray();
    appendText(out, place.type);
    out += place.record.toBytes();
    appendText(out, place.field);
    return out;
}

QByteArray placeOfKey(const Id &key, const Id &record)
{
    return QByteArrayLiteral("tourism-ioc record key") + key.toBytes() + record.toBytes();
}

// Under a key of its own, so that nothing is told of the one that seals.
QByteArray nonceOf(const QByteArray &secret, const QByteArray &bound, const QByteArray &plain)
{
    return hmacSha256(hmacSha256(secret, "tourism-ioc nonces"), QByteArray::number(bound.size()) + ':' + bound + plain).first(aeadNonceBytes);
}

} // namespace

QByteArray SealKey::packed() const
{
    return id.isNull() ? QByteArray() : id.toBytes() + secret;
}

Result<SealKey> SealKey::unpacked(const QByteArray &packed)
{
    if (packed.isEmpty())
        return SealKey();
    const auto id = packed.size() == idBytes + aeadKeyBytes ? Id::fromBytes(packed.first(idBytes)) : Result<Id>(Id());
    if (!id || id->isNull())
        return failure(ErrorCode::InvalidInput, QCoreApplication::translate("Access", "This is no key of personal data. Update the program."));
    return SealKey{*id, packed.sliced(idBytes)};
}

Result<QByteArray> SealKey::wrapped(const Id &record, const QByteArray &wrapping) const
{
    return secretBytes(aeadNonceBytes).and_then([&](const QByteArray &nonce) {
        return aeadSealed(wrapping, nonce, placeOfKey(id, record), secret).transform([&](const QByteArray &text) { return id.toBytes() + nonce + text; });
    });
}

Result<SealKey> SealKey::unwrapped(const QByteArray &wrapped, const Id &record, const QByteArray &wrapping)
{
    constexpr qsizetype head = idBytes + aeadNonceBytes;
    const auto id = wrapped.size() == head + aeadKeyBytes + aeadTagBytes ? Id::fromBytes(wrapped.first(idBytes)) : Result<Id>(Id());
    if (!id || id->isNull())
        return failure(ErrorCode::Damaged, QCoreApplication::translate("Access", "A key of personal data is damaged. Restore the database from a backup."), record.toString());
    return aeadOpened(wrapping, QByteArrayView(wrapped).sliced(idBytes, aeadNonceBytes), placeOfKey(*id, record), QByteArrayView(wrapped).sliced(head))
        .transform([&](const QByteArray &secret) { return SealKey{*id, secret}; });
}

Result<SealKey> SealKey::create(const Clock &clock)
{
    return secretBytes(aeadKeyBytes).transform([&](const QByteArray &secret) { return SealKey{Id::create(clock), secret}; });
}

Result<SealedParts> SealedParts::of(QByteArrayView sealed)
{
    if (sealed.size() < headBytes + aeadNonceBytes + aeadTagBytes || sealed.front() != sealVersion)
        return failure(ErrorCode::InvalidInput, QCoreApplication::translate("Access", "This is no sealed value of a kind that this program knows. Update the program."));
    const auto key = Id::fromBytes(sealed.sliced(1, idBytes));
    if (!key)
        return std::unexpected(key.error());
    return SealedParts{*key, sealed.sliced(headBytes, aeadNonceBytes).toByteArray(), sealed.sliced(headBytes + aeadNonceBytes).toByteArray()};
}

Result<QByteArray> sealedValue(const QByteArray &plain, const SealKey &key, const SealPlace &place)
{
    const QByteArray head = QByteArray(1, sealVersion) + key.id.toBytes();
    const QByteArray bound = boundTo(head, place);
    const QByteArray nonce = nonceOf(key.secret, bound, plain);
    return aeadSealed(key.secret, nonce, bound, plain).transform([&](const QByteArray &text) { return head + nonce + text; });
}

Result<QByteArray> openedValue(const QByteArray &sealed, const SealKey &key, const SealPlace &place)
{
    const auto parts = SealedParts::of(sealed);
    if (!parts)
        return std::unexpected(parts.error());
    if (parts->key != key.id)
        return failure(ErrorCode::NotFound, QCoreApplication::translate("Access", "The sealed value cannot be opened: its key is not at hand."), parts->key.toString());
    return aeadOpened(key.secret, parts->nonce, boundTo(QByteArrayView(sealed).first(headBytes), place), parts->text);
}

Result<QByteArray> matchCode(const QString &normalisedValue, QStringView kind, const QByteArray &secret)
{
    if (secret.size() != aeadKeyBytes)
        return failure(ErrorCode::InvalidInput, QCoreApplication::translate("Access", "The value cannot be sealed. Please report it to the administrator."), QStringLiteral("length of the matching key"));
    QByteArray message;
    appendText(message, kind);
    appendText(message, normalisedValue);
    return hmacSha256(secret, message);
}

} // namespace ioc
