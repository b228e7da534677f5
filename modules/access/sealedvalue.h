// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/id.h>

namespace ioc {

/// A key that seals values. Who has it opens them; destroying it erases them.
struct SealKey
{
    Id id;
    QByteArray secret; ///< 32 bytes

    static Result<SealKey> create(const Clock &clock);
    /// Id and secret, one after the other: as it travels over TLS between a device and central, and nowhere else. Empty for none.
    [[nodiscard]] QByteArray packed() const;
    /// None of nothing; InvalidInput when \a packed is anything but a key.
    static Result<SealKey> unpacked(const QByteArray &packed);

    /// As it is kept beside what it seals, good for \a record alone: id (16), nonce (12), ciphertext of the secret, tag (16).
    [[nodiscard]] Result<QByteArray> wrapped(const Id &record, const QByteArray &wrapping) const;
    /// Damaged when it was changed, or wrapped for another record or by another secret.
    static Result<SealKey> unwrapped(const QByteArray &wrapped, const Id &record, const QByteArray &wrapping);
};

/// Where a sealed value belongs: it opens nowhere else.
struct SealPlace
{
    QString type;
    Id record;
    QString field;
};

/// What a sealed value says without a key. Layout: version (1 byte, 1), key's id (16), nonce (12), ciphertext, tag (16).
struct SealedParts
{
    Id key;
    QByteArray nonce;
    QByteArray text; ///< ciphertext and tag

    /// InvalidInput when \a sealed is no sealed value.
    static Result<SealedParts> of(QByteArrayView sealed);
};

/// \a plain sealed with \a key for \a place. The nonce is made of all of these by HMAC-SHA256 (the idea of RFC 8452): the same sealed twice
/// reads the same, on which two ends rest that compare what they have; two different texts share one once in 2^48 values of a key.
Result<QByteArray> sealedValue(const QByteArray &plain, const SealKey &key, const SealPlace &place);
/// What was sealed. NotFound when it was with another key, Damaged when it was changed or belongs elsewhere, InvalidInput when it is no
/// sealed value.
Result<QByteArray> openedValue(const QByteArray &sealed, const SealKey &key, const SealPlace &place);

/// By what sealed values are compared without being opened: HMAC-SHA256 under \a secret (32 bytes) of \a kind ("phone", "email" …)
/// and the normalised value. Equal for equal values of a kind in whatever record. InvalidInput when \a secret has another length.
Result<QByteArray> matchCode(const QString &normalisedValue, QStringView kind, const QByteArray &secret);

} // namespace ioc
