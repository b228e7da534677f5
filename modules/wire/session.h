// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/id.h>
#include <records/rights.h>

namespace ioc {

/// POST /v1/session: sign in with a password, or renew with a refresh token (then login and password stay empty).
struct SignIn
{
    QString login;
    QString password;
    QString refreshToken;
    Id device;
    QString deviceName;
};

inline constexpr int defaultOfflineDays = 7;
inline constexpr int longestOfflineDays = 365;

/// Answer to it.
struct Session
{
    QString accessToken;  ///< short: minutes
    QString refreshToken; ///< one use; the next session brings a new one
    qint64 expiresMs = 0; ///< of the access token, UTC by central's clock
    qint64 serverTimeMs = 0;
    Id account;
    QString login;
    QString displayName;
    QString role;
    Id unit;
    QList<Grant> grants; ///< what the account's role is granted beside what it may as built in; none: nothing is narrowed
    bool mustChangePassword = false; ///< until it is, central serves nothing else
    int offlineDays = defaultOfflineDays; ///< how long the device may let the same person in without central; 0: never
    QByteArray vault; ///< VaultSecrets that open personal data in this device's store: in memory, or wrapped by the person's password; else nowhere.
                      ///< Empty for whom may not see any whole
};

} // namespace ioc
