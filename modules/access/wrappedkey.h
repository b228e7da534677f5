// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <access/password.h>

#include <QByteArray>

namespace ioc {

/// \a secret as it may lie in a file: AES-256-GCM under a key that Argon2id makes of \a passphrase. Layout: version (1 byte, 1), memory in
/// KiB, iterations, lanes (4 bytes each, big-endian), salt (16), nonce (12), ciphertext, tag (16). Slow, as hashedPassword().
Result<QByteArray> wrappedKey(const QByteArray &secret, const QString &passphrase, const PasswordCost &cost = {});
/// The secret. Unauthenticated when \a passphrase is another (or the file was changed), Damaged when \a wrapped is no wrapped key or
/// asks for more memory or time than this program is ready to spend.
Result<QByteArray> unwrappedKey(const QByteArray &wrapped, const QString &passphrase);

} // namespace ioc
