// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace ioc {

/// HMAC-SHA256 (RFC 2104) of \a message under \a key: 32 bytes. On any thread.
QByteArray hmacSha256(QByteArrayView key, QByteArrayView message);

} // namespace ioc
