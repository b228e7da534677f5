// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/operationjournal.h>
#include <wire/codec.h>

#include <QtEndian>

#include <cstdlib>

using namespace ioc;

namespace {

// An entry with a right checksum: mutations of the bytes alone would hardly ever have one.
QByteArray entry(QByteArrayView body)
{
    quint32 crc = ~0U;
    for (const char byte : body) {
        crc ^= static_cast<uchar>(byte);
        for (int bit = 0; bit < 8; ++bit)
            crc = crc & 1 ? 0xedb88320U ^ (crc >> 1) : crc >> 1;
    }
    QByteArray out(8, Qt::Uninitialized);
    qToLittleEndian<quint32>(static_cast<quint32>(body.size()), out.data());
    qToLittleEndian<quint32>(~crc, out.data() + 4);
    return out.append(body);
}

} // namespace

/// First byte even: the rest is a journal's file; odd: it is the body of two entries in one.
/// Whatever the bytes, reading ends, and what was read can be written and read again.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    const QByteArrayView input(data + 1, static_cast<qsizetype>(size - 1));
    const QByteArray framed = entry(input);
    const JournalContent content = readJournal(data[0] % 2 ? framed + framed : input.toByteArray());
    for (const Operation &operation : content.operations) {
        const auto again = wire::unpackedOperation(wire::packed(operation));
        if (!again || *again != operation)
            std::abort();
    }
    if (data[0] % 2 && content.operations.size() > 1)
        std::abort(); // nothing arrives twice
    return 0;
}
