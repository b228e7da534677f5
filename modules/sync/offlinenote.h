// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <wire/session.h>

#include <base/result.h>

namespace ioc {

/// What a device keeps so that the person who last signed in can do so without central. Times are the device's clock, UTC.
struct OfflineNote
{
    QString verifier;        ///< Argon2id string of the password
    Session session;         ///< rights and days, without tokens and secrets
    qint64 confirmedMs = 0;  ///< when central last said that all this holds
    qint64 seenMs = 0;       ///< the latest time this device has known
    int failures = 0;        ///< wrong passwords in a row
    qint64 failedMs = 0;     ///< the last of them
    QByteArray vault;        ///< Session::vault wrapped with the password (wrappedKey()); empty when central gave none

    static constexpr int freeFailures = 5;    ///< without a wait
    static constexpr int lastFailure = 20;    ///< then only central lets the person in
    static constexpr qint64 longestWaitMs = 300'000;
    static constexpr qint64 clockSlackMs = 120'000; ///< by so much a clock may be set back

    /// Whether \a login may try a password at \a nowMs; if not, why and what to do.
    [[nodiscard]] Result<void> mayTry(const QString &login, qint64 nowMs) const;
    /// How long nobody may try, because of wrong passwords.
    [[nodiscard]] qint64 waitMs(qint64 nowMs) const;
};

QByteArray encodeOfflineNote(const OfflineNote &note);
/// Damaged when it is none.
Result<OfflineNote> decodeOfflineNote(const QByteArray &bytes);

} // namespace ioc
