// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <records/merge.h>

namespace ioc {

/// The fields of a conflict as the table _conflicts keeps them.
QByteArray packedConflicts(const QList<FieldConflict> &fields);
/// Reads them back; what cannot be read is left out.
QList<FieldConflict> unpackedConflicts(const QByteArray &bytes);

} // namespace ioc
