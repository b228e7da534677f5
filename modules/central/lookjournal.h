// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <access/sessions.h>
#include <base/clock.h>
#include <wire/look.h>

namespace ioc {

/// Enters looks at sealed data, as devices report them, into the audit journal, in one durable transaction: each once, however often
/// and on however many connections it is reported. None is refused: it has happened. A look that another account's session reports is
/// entered as its author's, and by whom it came.
Result<void> takeLooks(db::Connection &connection, const Clock &clock, const QList<Look> &looks, const Identity &who);

} // namespace ioc
