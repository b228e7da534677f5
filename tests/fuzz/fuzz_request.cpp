// SPDX-License-Identifier: GPL-3.0-or-later
#include <access/password.h>
#include <central/requesttext.h>

using namespace ioc;

// What a stranger may write into a request's query and headers.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    (void)parsedChangesQuery(bytes);
    const QString language = acceptedLanguage(bytes);
    if (language != u"vi" && language != u"en" && language != u"zh")
        __builtin_trap();
    (void)bearerToken(bytes);
    (void)parsedAnswered(bytes);
    if (const auto range = parsedRange(bytes, 1000); range && (range->from < 0 || range->length < 1 || range->length > 1000))
        __builtin_trap();
    if (const auto list = parsedListQuery(bytes); list && (list->limit < 1 || list->limit > 500))
        __builtin_trap();
    if (const auto target = parsedRowTarget(QString::fromUtf8(bytes)); target && (target->id.isNull() || target->verb.isEmpty()))
        __builtin_trap();
    if (desktopVersion(bytes).size() > 40)
        __builtin_trap();
    if (const auto offset = parsedPieceQuery(bytes); offset && (*offset < 0 || *offset % 1048576 != 0))
        __builtin_trap();
    (void)needsRehash(QString::fromUtf8(bytes));
    return 0;
}
