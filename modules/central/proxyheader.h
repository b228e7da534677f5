// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>

#include <QByteArrayView>
#include <QHostAddress>

#include <optional>

namespace ioc {

/// What a balancer says before the first byte of a connection that it passes on (PROXY protocol, version 2).
struct ProxyHeader
{
    static constexpr qsizetype longest = 1024; ///< with everything that HAProxy may add

    qsizetype length = 0; ///< of the header itself
    QHostAddress source;  ///< who is at the other end; null when the balancer speaks for itself, as in its checks

    /// Reads it from the first bytes of a connection. Nothing: more bytes are needed. InvalidInput: they are no such header.
    static Result<std::optional<ProxyHeader>> read(QByteArrayView bytes);
};

} // namespace ioc
