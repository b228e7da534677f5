// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <records/field.h>
#include <records/record.h>

namespace ioc {

/// \a value as people read it: dates dd/MM/yyyy (times in Viet Nam's zone, UTC+7), numbers with the separators of
/// \a language, choices by label (several separated by "; "), places as "10.77690, 106.70090", files by their number.
/// Empty for an empty value.
QString displayText(const Field &field, const QCborValue &value, QStringView language);

/// Reads what a person or a spreadsheet wrote, in its canonical form: dates as dd/MM/yyyy or yyyy-MM-dd (times without a zone
/// in Viet Nam's), choices by code or by label in any language, booleans as yes/no/có/không/true/false/1/0, several choices
/// separated by ";". Empty text gives undefined.
/// \a language decides what only it can: "1.250" in a decimal field is 1250 in "vi" and 1.25 in "en" or in none (files
/// written by programs). Give it whenever a person typed, so that displayText() of the same language is read back. A
/// translated field's text is taken as the whole value, in \a language (Vietnamese in none).
Result<QCborValue> parsedText(const Field &field, QStringView text, QStringView language = {});

} // namespace ioc
