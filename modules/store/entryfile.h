// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <wire/operationfile.h>

namespace ioc {

/// Puts \a file at \a path whole or not at all; the number of its entries.
Result<qint64> writeEntryFile(const OperationFile &file, const QString &path);
Result<OperationFile> readEntryFile(const QString &path);

} // namespace ioc
