// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/id.h>

#include <QStringList>

namespace ioc {

/// Ids of imported rows are derived from what names the row at its source, so that a second import of the same row
/// updates the record instead of making another.
///
/// The scheme is fixed for ever; changing it would double every imported record:
///   root   7d0a1c52-3b1e-5e0f-9a54-6c1f0e2b7a10
///   space  UUIDv5(root, "import/" + type)
///   id     UUIDv5(space, parts of the key, NFC and trimmed, joined by U+001F)
Id importId(QStringView type, const QStringList &key);

/// Id of a row that belongs to \a parent and is told from its siblings by \a name, for example "clock/accept/started".
Id childId(const Id &parent, QStringView name);

} // namespace ioc
