// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/clock.h>
#include <central/centralstorage.h>

#include <QCommandLineParser>

namespace ioc {

/// What every command of the program is given.
struct CommandContext
{
    QStringList arguments; ///< after the command's name
    const Clock &clock;
};

/// One command: its name on the command line and what it does. Returns when it is done.
struct CentralCommand
{
    QString name;
    QString description;
    std::function<Result<void>(const CommandContext &)> run;
};

/// Reads \a context's arguments; InvalidInput when they are not understood. "--help" prints the help and ends the program. Every
/// command takes --database.
Result<void> parseArguments(QCommandLineParser &parser, const CommandContext &context, const QString &usage);
/// The option --data.
QCommandLineOption dataOption();
/// Its value; InvalidInput when it is missing.
Result<QString> dataFolder(const QCommandLineParser &parser);
/// The PostgreSQL database that --database names, or else TOURISM_IOC_DATABASE; none: a SQLite file in the data folder.
Result<std::optional<db::ServerAddress>> databaseAddress(const QCommandLineParser &parser);
/// The product's record types and those of the deployment's own in \a folder, each one file below "types".
Result<std::shared_ptr<const TypeCatalog>> catalogFor(const QString &folder);
/// Opens the central in the folder that --data names, or in the database that --database does.
Result<std::unique_ptr<CentralStorage>> openStorage(const QCommandLineParser &parser, const Clock &clock);
/// A line for the person at the terminal.
void say(const QString &line);

} // namespace ioc
