// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/error.h>

#include <array>

namespace ioc {

namespace {
constexpr std::array<const char *, 17> names{
    "invalid_input", "not_found", "conflict",  "denied", "unauthenticated", "untrusted", "offline",   "timeout",
    "too_large",     "damaged",   "read_only", "full",   "busy",            "unsupported", "cancelled", "went_back", "internal"};
static_assert(names.size() == static_cast<size_t>(ErrorCode::Internal) + 1);
} // namespace

QString errorCodeName(ErrorCode code)
{
    return QString::fromLatin1(names.at(static_cast<size_t>(code)));
}

ErrorCode errorCodeFromName(QStringView name)
{
    for (size_t i = 0; i < names.size(); ++i) {
        if (name == QLatin1StringView(names[i]))
            return static_cast<ErrorCode>(i);
    }
    return ErrorCode::Internal;
}

} // namespace ioc
