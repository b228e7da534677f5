// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "teststore.h"

namespace ioc::test {

inline const QString firmType = QStringLiteral("travel_firm");

/// What a travel firm needs at least.
inline Values firm(const QString &name)
{
    return {{QStringLiteral("name"), name}, {QStringLiteral("kind"), QStringLiteral("domestic")}};
}

/// \a count new firms as the feed carries them, named \a pattern with their number for %1.
inline QList<Change> firms(TestStore &store, int count, const QString &pattern)
{
    QList<Change> out;
    out.reserve(count);
    for (int i = 0; i < count; ++i)
        out += stateOf(firmType, Id::create(store.clock), 1, firm(pattern.arg(i)));
    return out;
}

} // namespace ioc::test
