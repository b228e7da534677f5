// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>

#include <QByteArray>

namespace ioc {

inline constexpr qsizetype aeadKeyBytes = 32;
inline constexpr qsizetype aeadNonceBytes = 12;
inline constexpr qsizetype aeadTagBytes = 16;

/// AES-256-GCM: the ciphertext of \a plain with its tag behind it. A nonce is good once for a key. \a bound is not in the result, but
/// opening needs it to be the same. InvalidInput when key or nonce have another length.
Result<QByteArray> aeadSealed(QByteArrayView key, QByteArrayView nonce, QByteArrayView bound, QByteArrayView plain);
/// What was sealed; Damaged when key, nonce, \a bound or a bit of \a sealed is another.
Result<QByteArray> aeadOpened(QByteArrayView key, QByteArrayView nonce, QByteArrayView bound, QByteArrayView sealed);

} // namespace ioc
