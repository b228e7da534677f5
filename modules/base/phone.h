// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>

namespace ioc {

/// A phone number as E.164 ("+84901234567"). Accepts Vietnamese spellings (0901 234 567, 84-901…,
/// 0084 901…, short hotline numbers of 3 to 5 digits such as 1022 and service numbers such as 1900 1234, kept as they are)
/// and any number with "+". Done twice it gives the same.
Result<QString> normalisedPhone(QStringView text);

} // namespace ioc
