// SPDX-License-Identifier: GPL-3.0-or-later
#include <exchange/csvwriter.h>
#include <exchange/filereport.h>

#include <QCoreApplication>

namespace ioc {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Exchange)
};

} // namespace

Result<void> writeReport(const FileReport &report, QIODevice &device)
{
    QByteArray out = "\xef\xbb\xbf" + csvLine({Words::tr("Line"), Words::tr("Column"), Words::tr("Reason"), Words::tr("Row imported")});
    for (const RowProblem &problem : report.problems)
        out += csvLine({QString::number(problem.line), problem.column, problem.reason, problem.kept ? Words::tr("yes") : Words::tr("no")});
    if (device.write(out) != out.size())
        return failure(ErrorCode::Full, Words::tr("The report cannot be written. Check that there is space left."), device.errorString());
    return {};
}

} // namespace ioc
