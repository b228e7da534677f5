// SPDX-License-Identifier: GPL-3.0-or-later
#include <exchange/csvreader.h>

#include <QBuffer>

#include <cstdlib>

/// Any bytes are read to their end or refused; no row is without a line, and lines never go back.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    if (!ioc::inspectCsv(buffer) || !buffer.seek(0))
        return 0;
    ioc::CsvReader reader(buffer, {.lineBytes = 4096, .fieldCharacters = 2000, .fields = 50, .linesInRow = 20});
    for (qint64 line = 0;;) {
        const auto row = reader.next();
        if (!row || !*row)
            break;
        if ((*row)->line <= line || (*row)->fields.size() > 50)
            std::abort();
        line = (*row)->line;
    }
    return 0;
}
