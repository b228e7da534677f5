// SPDX-License-Identifier: GPL-3.0-or-later
#include <wire/operation.h>

#include <array>

namespace ioc {

QString operationKindName(OperationKind kind)
{
    static constexpr std::array names{"create", "edit", "delete", "transition", "merge", "unmerge"};
    return QString::fromLatin1(names.at(static_cast<size_t>(kind)));
}

QString outcomeName(Outcome outcome)
{
    static constexpr std::array names{"applied", "merged", "conflict", "duplicate", "refused", "later"};
    return QString::fromLatin1(names.at(static_cast<size_t>(outcome)));
}

} // namespace ioc
