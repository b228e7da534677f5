// SPDX-License-Identifier: GPL-3.0-or-later
#include <sync/offlinenote.h>

using namespace ioc;

// The file in which a device keeps what lets somebody in without central: whoever can write there must not gain more than is kept.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const auto note = decodeOfflineNote(QByteArray(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size)));
    if (!note)
        return 0;
    const qint64 wait = note->waitMs(note->failedMs);
    if (wait < 0 || wait > OfflineNote::longestWaitMs)
        __builtin_trap();
    (void)note->mayTry(note->session.login, note->seenMs);
    const QByteArray again = encodeOfflineNote(*note);
    const auto second = decodeOfflineNote(again);
    if (!second || encodeOfflineNote(*second) != again || !second->session.refreshToken.isEmpty())
        __builtin_trap();
    return 0;
}
