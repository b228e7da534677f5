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

/// \a plain sealed with \a key for \a place; another one each time.
Result<QByteArray> sealedValue(const QByteArray &plain, const SealKey &key, const SealPlace &place);
/// What was sealed. NotFound when it was with another key, Damaged when it was changed or belongs elsewhere, InvalidInput when it is no
/// sealed value.
Result<QByteArray> openedValue(const QByteArray &sealed, const SealKey &key, const SealPlace &place);

/// By what sealed values are compared without being opened: HMAC-SHA256 under \a secret (32 bytes) of \a kind ("phone", "email" …)
/// and the normalised value. Equal for equal values of a kind in whatever record. InvalidInput when \a secret has another length.
Result<QByteArray> matchCode(const QString &normalisedValue, QStringView kind, const QByteArray &secret);

} // namespace ioc
