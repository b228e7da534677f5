// SPDX-License-Identifier: GPL-3.0-or-later
#include "backupcommands.h"

#include <base/format.h>
#include <central/backup.h>

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

Result<void> backup(const CommandContext &context)
{
    QCommandLineParser parser;
    parser.addOption(dataOption());
    const auto target = parseArguments(parser, context, QStringLiteral("tourism-ioc-central backup --data DIR [--database URL] <FOLDER>")).and_then([&] { return folderArgument(parser); });
    if (!target)
        return std::unexpected(target.error());
    const auto storage = openStorage(parser, context.clock);
    if (!storage)
        return std::unexpected(storage.error());
    return Backup::make(**storage, parser.value(QStringLiteral("data")), *target).transform([&](const Backup &made) {
        say(Words::tr("The backup is in %1: %n file(s), up to change %2. It holds keys and personal data: keep it where only you can read it.", nullptr, int(made.files.size()))
                .arg(*target).arg(made.sequence));
    });
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
    const auto folder = dataFolder(parser);
    if (!folder)
        return std::unexpected(folder.error());
    const auto server = databaseAddress(parser);
    if (!server)
        return std::unexpected(server.error());
    return Backup::restore(*from, {.folder = *folder, .server = *server, .clock = &context.clock}).transform([&](const Backup &whole) {
        say(Words::tr("The central in %1 is as it was on %2. Devices will notice and offer again what they have sent since.").arg(*folder, Format().dateTime(whole.madeMs)));
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
