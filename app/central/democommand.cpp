// SPDX-License-Identifier: GPL-3.0-or-later
#include "centralimport.h"
#include "demoaccounts.h"
#include "democommand.h"

#include <demo/democomplaints.h>
#include <demo/demodata.h>

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

namespace ioc {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(CentralProgram)
};

/// What a demonstration was made with: kept beside the database, so that a run that was stopped is taken up as it began.
struct DemoPlan
{
    qint64 nowMs = 0;
    qint64 complaints = 1200;
    bool complete = false;
};

QString planFile(const QString &folder)
{
    return QDir(folder).filePath(QStringLiteral("demo.json"));
}

std::optional<DemoPlan> readPlan(const QString &folder)
{
    QFile file(planFile(folder));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QJsonObject object = QJsonDocument::fromJson(file.readAll()).object();
    const DemoPlan plan{object[QStringLiteral("now")].toInteger(), object[QStringLiteral("complaints")].toInteger(), object[QStringLiteral("complete")].toBool()};
    return plan.nowMs > 0 ? std::optional(plan) : std::nullopt;
}

Result<void> writePlan(const QString &folder, const DemoPlan &plan)
{
    QSaveFile file(planFile(folder));
    const QByteArray json = QJsonDocument(QJsonObject{{QStringLiteral("now"), plan.nowMs}, {QStringLiteral("complaints"), plan.complaints},
                                                      {QStringLiteral("complete"), plan.complete}}).toJson();
    if (!file.open(QIODevice::WriteOnly) || file.write(json) != json.size() || !file.commit())
        return failure(ErrorCode::ReadOnly, Words::tr("The folder %1 cannot be written to.").arg(folder), file.errorString());
    return {};
}

Result<qint64> positive(const QCommandLineParser &parser, const QString &option, qint64 otherwise, qint64 most)
{
    if (!parser.isSet(option))
        return otherwise;
    bool ok = false;
    const qint64 value = parser.value(option).toLongLong(&ok);
    if (!ok || value < 0 || value > most)
        return failure(ErrorCode::InvalidInput, Words::tr("--%1 takes a number from 0 to %2.").arg(option).arg(most));
    return value;
}

Result<DemoPlan> plan(const QCommandLineParser &parser, const QString &folder, const Clock &clock)
{
    if (auto earlier = readPlan(folder))
        return *earlier;
    DemoPlan out{.nowMs = clock.nowMs()};
    if (parser.isSet(QStringLiteral("now"))) {
        const QDateTime now = QDateTime::fromString(parser.value(QStringLiteral("now")), Qt::ISODate);
        if (!now.isValid())
            return failure(ErrorCode::InvalidInput, Words::tr("--now takes a time like 2026-11-21T09:00:00+07:00."));
        out.nowMs = now.toMSecsSinceEpoch();
    }
    return positive(parser, QStringLiteral("complaints"), out.complaints, 5'000'000).transform([&](qint64 count) {
        out.complaints = count;
        return out;
    });
}

void sayImported(const QString &title, const CentralImportResult &result)
{
    const FileReport &report = result.file;
    say(Words::tr("%1: %2 rows, %3 imported, %4 wrong").arg(title).arg(report.rows).arg(report.imported).arg(report.wrong));
    QMap<QString, QList<qint64>> reasons;
    for (const RowProblem &problem : report.problems)
        reasons[(problem.column.isEmpty() ? problem.reason : problem.column + QStringLiteral(": ") + problem.reason)
                + (problem.kept ? u' ' + Words::tr("(imported without this value)") : QString())] += problem.line;
    for (const auto &[reason, lines] : reasons.asKeyValueRange()) {
        QStringList first;
        for (const qint64 line : lines.first(std::min<qsizetype>(5, lines.size())))
            first += QString::number(line);
        const QString more = lines.size() > 5 ? QStringLiteral(" …") : QString();
        say(QStringLiteral("  ") + Words::tr("%n line(s), %1: %2", nullptr, static_cast<int>(lines.size())).arg(first.join(QStringLiteral(", ")) + more, reason));
    }
}

Result<void> importFiles(CentralImport &import, const TypeCatalog &catalog, const QString &shared)
{
    for (const DemoFile &entry : demoFiles(shared)) {
        QFile file(entry.path);
        QFile rules(entry.mapping);
        if (!file.open(QIODevice::ReadOnly) || !rules.open(QIODevice::ReadOnly))
            return failure(ErrorCode::NotFound, Words::tr("The file %1 cannot be read.").arg(entry.path), file.errorString());
        const auto mappings = ImportMapping::read(rules.readAll(), catalog);
        if (!mappings)
            return std::unexpected(mappings.error());
        const auto result = import.file(file, *mappings, nullptr);
        if (!result)
            return std::unexpected(result.error());
        sayImported(entry.title, *result);
    }
    return {};
}

Result<ComplaintRhythm> rhythm(const ComplaintPhrases &phrases, const QString &shared)
{
    QFile file(shared + QStringLiteral("/complaints/nyc_311.csv"));
    if (!shared.isEmpty() && file.open(QIODevice::ReadOnly)) {
        if (auto learned = ComplaintRhythm::learned(file))
            return learned;
    }
    return ComplaintRhythm(phrases.hours(), phrases.weekdays());
}

Result<DemoComplaints> complaints(const TypeCatalog &catalog, const DemoPlan &plan, const QString &shared, const QList<DemoComplaints::Author> &operators)
{
    const auto phrases = ComplaintPhrases::load();
    if (!phrases)
        return std::unexpected(phrases.error());
    return rhythm(*phrases, shared).transform([&](const ComplaintRhythm &found) {
        return DemoComplaints(catalog, *phrases, found, {.nowMs = plan.nowMs, .count = plan.complaints, .operators = operators});
    });
}

// What was imported before the last run was stopped is left as it is: somebody may have worked on it.
Result<void> addMissing(CentralImport &import, const QList<Record> &records, qint64 &added)
{
    const auto fresh = import.missing(records);
    if (!fresh)
        return std::unexpected(fresh.error());
    return import.records(*fresh).transform([&](const CentralImportResult &result) { added += result.added; });
}

Result<void> fill(CentralStorage &storage, const QCommandLineParser &parser, const QString &folder, DemoPlan plan)
{
    const QString shared = parser.value(QStringLiteral("shared"));
    const auto cameraCount = positive(parser, QStringLiteral("cameras"), 16, 16);
    if (!cameraCount)
        return std::unexpected(cameraCount.error());
    const auto operators = makeDemoAccounts(storage, folder);
    if (!operators)
        return std::unexpected(operators.error());
    if (plan.complete) {
        say(Words::tr("The demonstration is there already; nothing was changed."));
        return {};
    }
    if (auto written = writePlan(folder, plan); !written)
        return written;
    CentralImport import(storage);
    if (auto imported = importFiles(import, storage.catalog(), shared); !imported)
        return imported;
    const auto cameras = demoCameras(storage.catalog(), parser.value(QStringLiteral("camera-base")), static_cast<int>(*cameraCount));
    const auto others = demoRecords(plan.nowMs, !hasArrivals(shared));
    const auto source = complaints(storage.catalog(), plan, shared, *operators);
    if (!cameras || !others || !source)
        return std::unexpected(!cameras ? cameras.error() : !others ? others.error() : source.error());
    qint64 added = 0;
    if (auto done = addMissing(import, *cameras + *others, added); !done)
        return done;
    say(Words::tr("Cameras: %1; events and figures: %2").arg(cameras->size()).arg(others->size()));
    const auto made = source->make(400, [&](const QList<Record> &batch) { return addMissing(import, batch, added); });
    if (!made)
        return made;
    say(Words::tr("Complaints: %1").arg(plan.complaints));
    plan.complete = true;
    return writePlan(folder, plan);
}

Result<void> tick(CentralStorage &storage, const DemoPlan &plan, qint64 count)
{
    const auto source = complaints(storage.catalog(), plan, {}, {});
    if (!source)
        return std::unexpected(source.error());
    CentralImport import(storage);
    for (qint64 i = 0; i < count; ++i) {
        const QList<Record> records = source->fresh(storage.clock());
        if (const auto taken = import.records(records); !taken)
            return std::unexpected(taken.error());
        say(records.first().text(QStringLiteral("title")));
    }
    return {};
}

Result<void> demo(const CommandContext &context)
{
    QCommandLineParser parser;
    parser.addOptions({dataOption(), {QStringLiteral("shared"), Words::tr("Folder with larger real data, used where present."), QStringLiteral("DIR")},
                       {QStringLiteral("camera-base"), Words::tr("Where the camera streams are; cam1, cam2 … is added."), QStringLiteral("URL")},
                       {QStringLiteral("cameras"), Words::tr("Number of cameras, at most 16."), QStringLiteral("N")},
                       {QStringLiteral("complaints"), Words::tr("Number of complaints; 1200 if not given."), QStringLiteral("N")},
                       {QStringLiteral("now"), Words::tr("The time that counts as now, for complaints and events."), QStringLiteral("TIME")},
                       {QStringLiteral("tick"), Words::tr("Only add N fresh complaints, also while central is serving."), QStringLiteral("N")}});
    if (auto fine = parseArguments(parser, context, QStringLiteral("tourism-ioc-central demo --data DIR [--shared DIR] [--camera-base URL] [--cameras N] [--complaints N] [--now TIME] [--tick N]")); !fine)
        return fine;
    const auto folder = dataFolder(parser);
    if (!folder)
        return std::unexpected(folder.error());
    const auto storage = openStorage(parser, context.clock);
    if (!storage)
        return std::unexpected(storage.error());
    const auto wanted = plan(parser, *folder, context.clock);
    const auto ticks = positive(parser, QStringLiteral("tick"), 0, 10'000);
    if (!wanted || !ticks)
        return std::unexpected(wanted ? ticks.error() : wanted.error());
    return parser.isSet(QStringLiteral("tick")) ? tick(**storage, *wanted, *ticks) : fill(**storage, parser, *folder, *wanted);
}

} // namespace

CentralCommand demoCommand()
{
    return {QStringLiteral("demo"), Words::tr("Fill a central with demonstration data, once."), demo};
}

} // namespace ioc
