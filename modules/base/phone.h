// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>

namespace ioc {

/// A phone number as E.164 ("+84901234567"). Accepts Vietnamese spellings (0901 234 567, 84-901…,
/// short hotline numbers of 3 to 5 digits such as 1022, kept as they are) and any number with "+".
Result<QString> normalisedPhone(QStringView text);

} // namespace ioc
