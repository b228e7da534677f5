// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <records/field.h>
#include <records/record.h>

namespace ioc {

/// \a value as people read it: dates dd/MM/yyyy (times in Viet Nam's zone, UTC+7), numbers with the separators of
/// \a language, choices by label, places as "10.77690, 106.70090". Empty for an empty value.
QString displayText(const Field &field, const QCborValue &value, QStringView language);

/// Reads what a person or a spreadsheet wrote: dates as dd/MM/yyyy or yyyy-MM-dd, choices by code or by label in any
/// language, booleans as yes/no/có/không/true/false/1/0, several choices separated by ";". Empty text gives undefined.
Result<QCborValue> parsedText(const Field &field, QStringView text);

} // namespace ioc
