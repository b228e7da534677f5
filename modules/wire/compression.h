// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>

#include <QByteArray>

namespace ioc::wire {

/// zstd at a fast level.
QByteArray compressed(QByteArrayView plain);
/// Fails on damage and beyond \a limit bytes, before allocating them.
Result<QByteArray> decompressed(QByteArrayView packed, qsizetype limit);

} // namespace ioc::wire
