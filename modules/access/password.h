// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>

namespace ioc {

/// What one Argon2id hash costs. The default is OWASP's first recommendation.
struct PasswordCost
{
    quint32 memoryKib = 19'456;
    quint32 iterations = 2;
    quint32 lanes = 1;
};

/// Why \a password may not be used by \a login, translated; InvalidInput. At least 12 characters, not the login, not all
/// alike or in a row, none of the commonest; any characters will do.
Result<void> checkedPassword(const QString &password, const QString &login);

/// Whether \a plain (folded, without blanks) is what everybody tries first: all alike or in a row, one piece repeated, one of the commonest.
[[nodiscard]] bool isEasyToGuess(const QString &plain);

/// A random one that is good for one sign-in: 80 bits, in four groups that can be read out.
QString oneTimePassword();

/// \a password as an Argon2id string ($argon2id$v=19$m=…,t=…,p=…$salt$hash). Takes some 50 ms and memoryKib: never on a
/// thread that serves others.
Result<QString> hashedPassword(const QString &password, const PasswordCost &cost = {});

/// Whether \a encoded was made from \a password; compared in constant time. As slow as hashing. Damaged when \a encoded is
/// no such string or asks for more than this program is ready to spend.
Result<bool> passwordMatches(const QString &password, const QString &encoded);

/// True when \a encoded was made with less than \a cost: hash it anew when the password is next known.
bool needsRehash(const QString &encoded, const PasswordCost &cost = {});

} // namespace ioc
