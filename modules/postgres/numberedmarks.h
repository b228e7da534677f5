// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace ioc {

/// \a sql with its marks "?" as PostgreSQL knows them: $1, $2 … Those in texts, names in quotes and comments are left.
QString numberedMarks(const QString &sql);

} // namespace ioc
