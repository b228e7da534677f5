// SPDX-License-Identifier: GPL-3.0-or-later
#include <wire/feed.h>

#include <cstdlib>

/// Any text either is refused or is a cursor that survives being written and read again.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const auto cursor = ioc::Cursor::fromString(QString::fromUtf8(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size)));
    if (cursor && ioc::Cursor::fromString(cursor->toString()).value_or(ioc::Cursor()) != *cursor)
        std::abort();
    return 0;
}
