// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <records/recordtype.h>

namespace ioc {

/// Why a value or a record cannot be kept. \a field is empty when the record as a whole is wrong.
struct Problem
{
    QString field;
    QString message; ///< translated; says what to write instead
};

/// \a value as it is kept: text NFC and trimmed, phones E.164, sets sorted, empty text as undefined.
/// Fails when it is not of the field's kind or outside its limits. Done twice it gives the same.
Result<QCborValue> canonical(const Field &field, const QCborValue &value);

/// Brings every value of \a values into its canonical form and returns what is wrong with them; unknown fields, missing
/// required ones and broken rules included. When anything is wrong, \a values stays as it was. The same code runs in the
/// form, on import and on central. Who may set a field (readOnly, derived, assigned) is not asked here.
QList<Problem> validate(const RecordType &type, Values &values);

/// Only the rules across fields: what may break when two edits are merged.
QList<Problem> brokenRules(const RecordType &type, const Values &values);

} // namespace ioc
