// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>

#include <QIODevice>
#include <QList>
#include <QMap>
#include <QString>

namespace ioc {

/// What was wrong in one line of an imported file.
struct RowProblem
{
    qint64 line = 0;
    QString column;   ///< as the file heads it; empty when the row as a whole is wrong
    QString reason;   ///< translated; says what to write instead
    bool kept = false; ///< the row was imported without this value
};

/// What became of an imported file.
struct FileReport
{
    qint64 rows = 0;      ///< without the header
    qint64 imported = 0;
    qint64 wrong = 0;     ///< not imported, each with at least one problem
    qint64 passedOver = 0; ///< left out by the mapping's own conditions
    QMap<QString, qint64> importedByType;
    QStringList unusedColumns; ///< columns of the file that nothing took
    QList<RowProblem> problems;
};

/// Writes the problems as CSV (UTF-8 with a byte order mark, so that Excel shows it rightly).
Result<void> writeReport(const FileReport &report, QIODevice &device);

} // namespace ioc
