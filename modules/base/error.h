// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace ioc {

/// What went wrong, in terms of what the user may do about it.
enum class ErrorCode {
    InvalidInput,    ///< mend the input and try again
    NotFound,        ///< the thing asked for does not exist (any more)
    Conflict,        ///< somebody else changed it: settle the conflict
    Denied,          ///< this account may not do that
    Unauthenticated, ///< sign in (again)
    Untrusted,       ///< the other side is not who it should be: call the administrator
    Offline,         ///< no connection: work goes on, sent later
    Timeout,         ///< no answer in time: tried again
    TooLarge,        ///< over a limit: make it smaller
    Damaged,         ///< a file is damaged: restore or make anew
    ReadOnly,        ///< the place cannot be written to
    Full,            ///< no space left
    Busy,            ///< try again later
    Unsupported,     ///< this version cannot do that: update
    Cancelled,       ///< the user stopped it
    WentBack,        ///< the other side lacks what it had taken: it went back in time; offer it again
    Internal,        ///< a fault of the program: report it
};

/// Stable name of \a code for logs and the wire, for example "invalid_input".
QString errorCodeName(ErrorCode code);
/// The code called \a name; Internal when there is none.
ErrorCode errorCodeFromName(QStringView name);

/// A failure: a code for the program, a translated sentence for the user that says what happened
/// and what to do, and an untranslated detail for the log.
struct Error
{
    ErrorCode code = ErrorCode::Internal;
    QString message;
    QString detail;
};

} // namespace ioc
