// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <access/password.h>

#include <QByteArray>

namespace ioc {

/// \a length bytes that Argon2id makes of \a passphrase (in NFC) and \a salt. Slow, as hashedPassword().
Result<QByteArray> argon2id(const QString &passphrase, const QByteArray &salt, const PasswordCost &cost, qsizetype length);

} // namespace ioc
