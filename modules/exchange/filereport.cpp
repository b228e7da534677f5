// SPDX-License-Identifier: GPL-3.0-or-later
#include <exchange/csvwriter.h>
#include <exchange/filereport.h>

#include <QCoreApplication>

namespace ioc {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Exchange", text);
}

} // namespace

Result<void> writeReport(const FileReport &report, QIODevice &device)
{
    QByteArray out = "\xef\xbb\xbf" + csvLine({tr("Line"), tr("Column"), tr("Reason"), tr("Row imported")});
    for (const RowProblem &problem : report.problems)
        out += csvLine({QString::number(problem.line), problem.column, problem.reason, problem.kept ? tr("yes") : tr("no")});
    if (device.write(out) != out.size())
        return failure(ErrorCode::Full, tr("The report cannot be written. Check that there is space left."), device.errorString());
    return {};
}

} // namespace ioc
