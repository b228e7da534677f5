// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>

#include <QCborValue>

namespace ioc::wire {

/// How deep arrays and maps may stand in each other; messages need seven.
inline constexpr int nestingLimit = 16;

/// Parses exactly one CBOR item of the plain kind that all messages are made of: definite lengths, 64-bit finite floats,
/// no tags, at most nestingLimit deep and \a itemLimit items in all. Everything else is refused before any of it is built:
/// a few bytes may otherwise ask for much memory or stack, or come back as something else than what was sent.
Result<QCborValue> parsedPlain(const QByteArray &bytes, qint64 itemLimit);
/// Whether it is of that kind, without parsing it. Texts may still not be UTF-8.
Result<void> checkPlain(QByteArrayView bytes, qint64 itemLimit);
/// What is said of a message that is not.
std::unexpected<Error> damaged(const QString &detail);

} // namespace ioc::wire
