// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace ioc {

/// Text as it is kept: NFC, without control characters (tabs and line ends stay) and halves of characters, trimmed.
/// Done twice it gives the same.
QString normalised(QStringView text);

/// Text as it is compared in searches: lower case, without Vietnamese and other marks, đ as d,
/// runs of white space as one blank. "Chợ Bến  Thành" gives "cho ben thanh".
QString folded(QStringView text);

} // namespace ioc
