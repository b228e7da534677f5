// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>

#include <optional>

namespace ioc {

/// Why somebody who may otherwise come in is turned away: more than Denied tells, because the program has to do something about it.
enum class Refusal {
    DeviceRevoked,  ///< this device may not be used until an administrator restores it
    PasswordChange, ///< the password is to be changed before anything else
};

/// Stable name for the wire and the journal, for example "device_revoked".
QString refusalName(Refusal refusal);
/// The one called \a name.
std::optional<Refusal> refusalFromName(QStringView name);
/// Denied, with a translated message; the refusal is the error's detail.
Error refusalError(Refusal refusal);
/// What \a error was made of by refusalError(), on this side or the other.
std::optional<Refusal> refusalOf(const Error &error);

} // namespace ioc
