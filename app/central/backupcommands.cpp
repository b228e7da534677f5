// SPDX-License-Identifier: GPL-3.0-or-later
#include "backupcommands.h"

#include <base/format.h>
#include <central/backupshelf.h>

#include <QCoreApplication>

namespace ioc {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(CentralProgram)
};

Result<QString> folderArgument(const QCommandLineParser &parser)
{
    if (parser.positionalArguments().size() != 1)
        return failure(ErrorCode::InvalidInput, Words::tr("Name one folder for the backup."));
    return parser.positionalArguments().first();
}

Result<Backup::Place> placeOf(const QCommandLineParser &parser, const CommandContext &context)
{
    const auto folder = dataFolder(parser);
    if (!folder)
        return std::unexpected(folder.error());
    return databaseAddress(parser).transform([&](const auto &server) { return Backup::Place{.folder = *folder, .server = server, .clock = &context.clock}; });
}

Result<BackupShelf::Added> madeIn(const QString &target, const Backup::Place &central)
{
    return Backup::make(central, target).and_then([&](const Backup &) { return Backup::check(target); }).transform([&](const Backup &whole) {
        return BackupShelf::Added{.backup = whole, .folder = target, .noted = whole.note(central)};
    });
}

Result<void> backup(const CommandContext &context)
{
    constexpr int most = 1000;
    QCommandLineParser parser;
    const QCommandLineOption keep(QStringLiteral("keep"), Words::tr("Make it in a folder of its own within FOLDER, named by date and time, and remove all but the newest N there."), QStringLiteral("N"));
    parser.addOptions({dataOption(), keep});
    const auto target = parseArguments(parser, context, QStringLiteral("tourism-ioc-central backup [--keep N] --data DIR [--database URL] <FOLDER>")).and_then([&] { return folderArgument(parser); });
    if (!target)
        return std::unexpected(target.error());
    bool isNumber = false;
    const int wanted = parser.value(keep).toInt(&isNumber);
    if (parser.isSet(keep) && (!isNumber || wanted < 1 || wanted > most))
        return failure(ErrorCode::InvalidInput, Words::tr("Give --keep a number from 1 to %1: how many backups are to stay.").arg(most));
    const auto central = placeOf(parser, context);
    if (!central)
        return std::unexpected(central.error());
    const auto added = parser.isSet(keep) ? BackupShelf(*target).add(*central, wanted) : madeIn(*target, *central);
    if (!added)
        return std::unexpected(added.error());
    say(Words::tr("The backup is in %1: %n file(s), up to change %2. It holds keys and personal data: keep it where only you can read it.", nullptr, int(added->backup.files.size()))
            .arg(added->folder).arg(added->backup.sequence));
    if (added->removed > 0)
        say(Words::tr("%n older backup(s) removed.", nullptr, added->removed));
    return added->noted;
}

Result<void> restore(const CommandContext &context)
{
    QCommandLineParser parser;
    parser.addOptions({dataOption(), {QStringLiteral("check"), Words::tr("Only look whether the backup is whole.")}});
    const auto from = parseArguments(parser, context, QStringLiteral("tourism-ioc-central restore [--check] --data DIR [--database URL] <FOLDER>")).and_then([&] { return folderArgument(parser); });
    if (!from)
        return std::unexpected(from.error());
    if (parser.isSet(QStringLiteral("check")))
        return Backup::check(*from).transform([](const Backup &whole) { say(Words::tr("The backup is whole: up to change %1, made %2.").arg(whole.sequence).arg(Format().dateTime(whole.madeMs))); });
    const auto place = placeOf(parser, context);
    if (!place)
        return std::unexpected(place.error());
    return Backup::restore(*from, *place).transform([&](const Backup &whole) {
        say(Words::tr("The central in %1 is as it was on %2. Devices will notice and offer again what they have sent since.").arg(place->folder, Format().dateTime(whole.madeMs)));
    });
}

} // namespace

CentralCommand backupCommand()
{
    return {QStringLiteral("backup"), Words::tr("Copy the whole central while it serves."), backup};
}

CentralCommand restoreCommand()
{
    return {QStringLiteral("restore"), Words::tr("Make a central of a backup, in an empty folder."), restore};
}

} // namespace ioc
