// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/proxyheader.h>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArrayView bytes(data, static_cast<qsizetype>(size));
    const auto whole = ioc::ProxyHeader::read(bytes);
    if (!whole || !*whole)
        return 0;
    if ((*whole)->length > bytes.size() || (*whole)->length > ioc::ProxyHeader::longest)
        __builtin_trap();
    // Fewer bytes are never taken for the whole header.
    const auto less = ioc::ProxyHeader::read(bytes.first((*whole)->length - 1));
    if (!less || less->has_value())
        __builtin_trap();
    return 0;
}
