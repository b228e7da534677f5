// SPDX-License-Identifier: GPL-3.0-or-later
#include <records/filetype.h>
#include <wire/filestate.h>

using namespace ioc;

// What devices ask and central says about files, and what files are called and begin with.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    if (const auto digests = wire::decodeDigests(bytes)) {
        for (const QString &digest : *digests) {
            if (!isDigest(digest))
                __builtin_trap();
        }
        if (wire::decodeDigests(wire::encodeDigests(*digests)) != *digests)
            __builtin_trap();
    }
    if (const auto states = wire::decodeFileStates(bytes); states && wire::decodeFileStates(wire::encode(*states)) != *states)
        __builtin_trap();
    const qsizetype half = bytes.size() / 2;
    (void)mediaTypeFits(QString::fromLatin1(bytes.first(half)), bytes.sliced(half));
    const QString name = safeFileName(QString::fromUtf8(bytes), QStringLiteral("image/png"));
    if (name.isEmpty() || name.startsWith(u'.') || name.contains(u'/') || name.contains(QChar(u'\0')) || !name.endsWith(QStringLiteral(".png"), Qt::CaseInsensitive))
        __builtin_trap();
    return 0;
}
