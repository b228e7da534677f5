// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <access/sealedtext.h>
#include <wire/feed.h>

namespace ioc::test {

/// \a page as a device reads it: what is sealed in it opened with the keys it brings.
inline ChangePage opened(ChangePage page)
{
    for (Change &change : page.changes) {
        const SealKey key = SealKey::unpacked(change.sealKey).value_or(SealKey());
        Values &values = change.record.values;
        for (auto at = values.begin(); at != values.end(); ++at) {
            if (!isSealed(at.value()))
                continue;
            const auto text = openedText(at.value().toString(), key, {change.record.type, change.record.id, at.key()});
            if (text)
                at.value() = *text;
        }
    }
    return page;
}

} // namespace ioc::test
