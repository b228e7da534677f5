// SPDX-License-Identifier: GPL-3.0-or-later
#include <wire/operationfile.h>

#include <QCryptographicHash>

#include <cstdlib>

using namespace ioc;

/// First byte even: the rest is a file as it stands; odd: it is one without its digest, which gets past that check.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    QByteArray input(reinterpret_cast<const char *>(data + 1), static_cast<qsizetype>(size - 1));
    if (data[0] % 2)
        input += QCryptographicHash::hash(input, QCryptographicHash::Sha256);
    const auto first = wire::decodeOperationFile(input);
    if (!first)
        return 0;
    // Whatever is accepted must come out the same when written and read once more.
    if (wire::decodeOperationFile(wire::encode(*first)).value_or(OperationFile()) != *first)
        std::abort();
    return 0;
}
