// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/operationjournal.h>
#include <wire/codec.h>

using namespace ioc;

/// Whatever the bytes, reading ends, and what was read can be written and read again.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const JournalContent content = readJournal(QByteArrayView(data, static_cast<qsizetype>(size)));
    for (const Operation &operation : content.operations) {
        const auto again = wire::unpackedOperation(wire::packed(operation));
        if (!again || again->op != operation.op)
            abort();
    }
    return 0;
}
