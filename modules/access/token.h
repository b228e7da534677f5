// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>

#include <QByteArray>

namespace ioc {

/// \a count bytes from the cryptographic random generator.
Result<QByteArray> secretBytes(int count);
/// A bearer token: 256 random bits, URL-safe.
Result<QString> newToken();
/// What is stored of a token: its SHA-256.
QByteArray tokenHash(QStringView token);

} // namespace ioc
