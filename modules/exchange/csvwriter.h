// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace ioc {

/// One line of CSV (RFC 4180), with its line end. A field that a spreadsheet would run as a formula gets an apostrophe before it.
QByteArray csvLine(const QStringList &fields, QChar delimiter = u',');

} // namespace ioc
