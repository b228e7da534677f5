// SPDX-License-Identifier: GPL-3.0-or-later
#include <sync/offlinenote.h>

#include <wire/cborreader.h>
#include <wire/codec.h>
#include <wire/plaincbor.h>

#include <QCoreApplication>

#include <algorithm>

namespace ioc {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Sync)
};

constexpr qint64 dayMs = 24LL * 3'600'000;
constexpr qint64 firstWaitMs = 1'000;
constexpr qint64 noteItems = 100;
constexpr qsizetype longestNote = 4LL * 1024 * 1024;
constexpr qsizetype longestVault = 512;

} // namespace

qint64 OfflineNote::waitMs(qint64 nowMs) const
{
    const int beyond = failures - freeFailures;
    if (beyond <= 0)
        return 0;
    const qint64 wait = std::min(longestWaitMs, firstWaitMs << std::min(beyond - 1, 20));
    return std::clamp<qint64>(failedMs + wait - nowMs, 0, longestWaitMs);
}

Result<void> OfflineNote::mayTry(const QString &login, qint64 nowMs) const
{
    if (login != session.login)
        return failure(ErrorCode::Denied, Words::tr("Without central only the person who last signed in on this device can do so. Others can when central is reached again."));
    if (nowMs < seenMs - clockSlackMs)
        return failure(ErrorCode::Denied, Words::tr("The clock of this device was set back. Set it right, or sign in when central is reached again."));
    if (session.offlineDays == 0)
        return failure(ErrorCode::Denied, Words::tr("Your center does not allow signing in without central. Check the network."));
    if (nowMs > confirmedMs + session.offlineDays * dayMs)
        return failure(ErrorCode::Denied, Words::tr("It is more than %n day(s) since you were last connected to central: sign in when it is reached again. What is saved here stays.", nullptr, session.offlineDays));
    if (failures >= lastFailure)
        return failure(ErrorCode::Denied, Words::tr("Too many wrong passwords. Sign in when central is reached again."));
    if (const qint64 wait = waitMs(nowMs); wait > 0)
        return failure(ErrorCode::Busy, Words::tr("Too many failed attempts. Try again in %n second(s).", nullptr, static_cast<int>((wait + 999) / 1000)));
    return {};
}

QByteArray encodeOfflineNote(const OfflineNote &note)
{
    Session lasting = note.session;
    lasting.accessToken.clear();
    lasting.refreshToken.clear();
    lasting.vault.clear();
    QCborMap map{{1, note.verifier}, {2, wire::encode(lasting)}, {3, note.confirmedMs}, {4, note.seenMs}, {5, note.failures}, {6, note.failedMs}};
    if (!note.vault.isEmpty())
        map.insert(7, note.vault);
    return map.toCborValue().toCbor();
}

Result<OfflineNote> decodeOfflineNote(const QByteArray &bytes)
{
    const auto damaged = [](const QString &why) { return failure(ErrorCode::Damaged, Words::tr("What this device kept of your sign-in is damaged. Sign in when central is reached again."), why); };
    if (bytes.size() > longestNote)
        return damaged(QStringLiteral("too large"));
    const auto value = wire::parsedPlain(bytes, noteItems);
    if (!value)
        return damaged(value.error().detail);
    wire::CborReader reader(*value, QStringLiteral("an offline sign-in"));
    OfflineNote note{.verifier = reader.text(1, 1000), .session = {}, .confirmedMs = reader.integer(3, 0, 1LL << 52), .seenMs = reader.integer(4, 0, 1LL << 52),
                     .failures = static_cast<int>(reader.integer(5, 0, 1'000'000)), .failedMs = reader.integer(6, 0, 1LL << 52), .vault = reader.bytes(7, longestVault)};
    const QByteArray session = reader.bytes(2, longestNote);
    if (const auto whole = reader.finish(); !whole)
        return damaged(whole.error().detail);
    auto read = wire::decodeSession(session);
    if (!read || note.verifier.isEmpty())
        return damaged(QStringLiteral("no session or verifier"));
    note.session = std::move(*read);
    return note;
}

} // namespace ioc
