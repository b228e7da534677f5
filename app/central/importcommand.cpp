// SPDX-License-Identifier: GPL-3.0-or-later
#include "centralimport.h"
#include "importcommand.h"

#include <exchange/filereport.h>

#include <QCoreApplication>
#include <QFile>
#include <QSaveFile>

namespace ioc {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(CentralProgram)
};

constexpr qsizetype shownProblems = 20;

Result<QList<ImportMapping>> mappings(const QCommandLineParser &parser, const TypeCatalog &catalog)
{
    const QString path = parser.value(QStringLiteral("mapping"));
    if (path.isEmpty())
        return QList<ImportMapping>();
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorCode::NotFound, Words::tr("The mapping file %1 cannot be read.").arg(path), file.errorString());
    auto all = ImportMapping::read(file.readAll(), catalog);
    const QString type = parser.value(QStringLiteral("type"));
    if (!all || type.isEmpty())
        return all;
    all->removeIf([&](const ImportMapping &mapping) { return mapping.type != type; });
    if (all->isEmpty())
        return failure(ErrorCode::InvalidInput, Words::tr("The mapping file %1 says nothing of “%2”.").arg(path, type));
    return all;
}

void print(const CentralImportResult &result)
{
    const FileReport &report = result.file;
    say(Words::tr("Rows: %1. Imported: %2 (new %3, changed %4, as before %5). Wrong: %6. Passed over: %7.")
            .arg(report.rows).arg(report.imported).arg(result.added).arg(result.changed).arg(result.unchanged).arg(report.wrong).arg(report.passedOver));
    if (!report.unusedColumns.isEmpty())
        say(Words::tr("Columns not used: %1").arg(report.unusedColumns.join(QStringLiteral(", "))));
    for (const RowProblem &problem : report.problems.first(std::min(shownProblems, report.problems.size()))) {
        const QString text = problem.column.isEmpty() ? Words::tr("Line %1: %2").arg(problem.line).arg(problem.reason)
                                                      : Words::tr("Line %1, %2: %3").arg(problem.line).arg(problem.column, problem.reason);
        say(problem.kept ? text + u' ' + Words::tr("(imported without this value)") : text);
    }
    if (report.problems.size() > shownProblems)
        say(Words::tr("… and %1 more; --report FILE.csv writes all of them.").arg(report.problems.size() - shownProblems));
}

Result<void> writeReportTo(const QString &path, const FileReport &report)
{
    if (path.isEmpty())
        return {};
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return failure(ErrorCode::ReadOnly, Words::tr("The report %1 cannot be written.").arg(path), file.errorString());
    if (auto written = writeReport(report, file); !written)
        return written;
    if (!file.commit())
        return failure(ErrorCode::Full, Words::tr("The report %1 cannot be written.").arg(path), file.errorString());
    return {};
}

Result<void> import(const CommandContext &context)
{
    QCommandLineParser parser;
    parser.addOptions({dataOption(), {QStringLiteral("type"), Words::tr("Kind of record, for example lodging."), QStringLiteral("TYPE")},
                       {QStringLiteral("mapping"), Words::tr("File that says how columns become fields."), QStringLiteral("FILE.json")},
                       {QStringLiteral("report"), Words::tr("Where to write what was wrong, line by line."), QStringLiteral("FILE.csv")}});
    if (auto fine = parseArguments(parser, context, QStringLiteral("tourism-ioc-central import --data DIR --type TYPE [--mapping FILE.json] [--report FILE.csv] <FILE.csv>")); !fine)
        return fine;
    const QStringList files = parser.positionalArguments();
    if (files.size() != 1)
        return failure(ErrorCode::InvalidInput, Words::tr("Name one CSV file to import."));
    if (parser.value(QStringLiteral("type")).isEmpty() && parser.value(QStringLiteral("mapping")).isEmpty())
        return failure(ErrorCode::InvalidInput, Words::tr("Say with --type what the rows are, or with --mapping how they are read."));
    QFile file(files.first());
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorCode::NotFound, Words::tr("The file %1 cannot be read.").arg(files.first()), file.errorString());
    const auto storage = openStorage(parser, context.clock);
    if (!storage)
        return std::unexpected(storage.error());
    const auto rules = mappings(parser, (*storage)->catalog());
    if (!rules)
        return std::unexpected(rules.error());
    const RecordType *type = (*storage)->catalog().type(parser.value(QStringLiteral("type")));
    if (rules->isEmpty() && !type)
        return failure(ErrorCode::InvalidInput, Words::tr("There is no kind of record named “%1”.").arg(parser.value(QStringLiteral("type")).left(60)));
    const auto result = CentralImport(**storage).file(file, *rules, type);
    if (!result)
        return std::unexpected(result.error());
    print(*result);
    if (auto written = writeReportTo(parser.value(QStringLiteral("report")), result->file); !written)
        return written;
    if (result->file.imported == 0)
        return failure(ErrorCode::InvalidInput, Words::tr("Nothing could be imported."));
    return {};
}

} // namespace

CentralCommand importCommand()
{
    return {QStringLiteral("import"), Words::tr("Import a CSV file."), import};
}

} // namespace ioc
