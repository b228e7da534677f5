// SPDX-License-Identifier: GPL-3.0-or-later
#include <access/sealedvalue.h>

#include <cstdlib>

using namespace ioc;

/// The input as a sealed value: read, and opened with a key of the name it gives. No input opens, but for one chance in 2^128.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray input(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const auto parts = SealedParts::of(input);
    if (!parts)
        return 0;
    if (1 + 16 + parts->nonce.size() + parts->text.size() != input.size())
        std::abort();
    const SealKey key{parts->key, QByteArray(32, 'k')};
    if (openedValue(input, key, {QStringLiteral("complaint"), parts->key, QStringLiteral("reporter_phone")}))
        std::abort();
    return 0;
}
