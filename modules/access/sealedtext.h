// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <access/sealedvalue.h>
#include <records/record.h>
#include <records/recordtype.h>

namespace ioc {

/// Whether what \a field of a record holds in \a value is to be sealed: sensitive fields, and former values of such fields of \a root, the
/// type at the head of its chain of parents. Former values that cannot be read count as personal.
bool isPersonal(const RecordType &root, const Field &field, const QCborValue &value);

/// A sealed value as it stands in a text's place: "sealed:" and base64.
Result<QString> sealedText(const QString &plain, const SealKey &key, const SealPlace &place);
/// Whether it looks so; sealedBy() tells whether it is.
bool isSealedText(QStringView text);
/// Whether it is a sealed text.
bool isSealed(const QCborValue &value);
/// Whether any of \a values is.
bool holdsSealed(const Values &values);
/// The key that \a text was sealed with; null when it only looks sealed.
Id sealedBy(QStringView text);
/// What was sealed; as openedValue().
Result<QString> openedText(QStringView sealed, const SealKey &key, const SealPlace &place);

} // namespace ioc
