// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace ioc::bench {

/// ms for the rows of the store in \a folder, with the keys of its personal data, with nothing but SQLite: into the same tables, indexes and
/// search indexes (\a vault opens what is sealed, whose words stand there as codes) of an empty database beside it, row by row with prepared
/// statements, a transaction for every 5,000. Nothing when it did not work.
std::optional<double> rawInsertMs(const QString &folder, const QByteArray &vault);

/// Bytes of the store in \a folder that are synchronisation's own (control tables, the file of operations, a record's version and place in
/// the feed) beside those of the records with their indexes, without search indexes. Nothing when this SQLite does not count pages.
std::optional<double> syncOverhead(const QString &folder);

} // namespace ioc::bench
