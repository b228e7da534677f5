// SPDX-License-Identifier: GPL-3.0-or-later
#include "centralcommand.h"

#include <QFileInfo>
#include <QCoreApplication>
#include <QTextStream>

namespace ioc {

Result<void> parseArguments(QCommandLineParser &parser, const CommandContext &context, const QString &usage)
{
    parser.setApplicationDescription(usage);
    const QCommandLineOption help = parser.addHelpOption();
    parser.addOption({QStringLiteral("database"), QCoreApplication::translate("CentralProgram", "PostgreSQL database to use instead of a file in the data folder, like postgresql://user@host:5432/database. The password comes from the file that PGPASSFILE names, or from PGPASSWORD."),
                      QStringLiteral("URL")});
    if (!parser.parse(QStringList{QCoreApplication::applicationName()} + context.arguments))
        return failure(ErrorCode::InvalidInput, parser.errorText());
    if (parser.isSet(help))
        parser.showHelp();
    if (!parser.positionalArguments().isEmpty() && usage.indexOf(u'<') < 0)
        return failure(ErrorCode::InvalidInput, QCoreApplication::translate("CentralProgram", "“%1” is not understood. See --help.").arg(parser.positionalArguments().first()));
    return {};
}

QCommandLineOption dataOption()
{
    return QCommandLineOption(QStringLiteral("data"), QCoreApplication::translate("CentralProgram", "Folder of the central's data."), QStringLiteral("DIR"));
}

Result<QString> dataFolder(const QCommandLineParser &parser)
{
    const QString folder = parser.value(QStringLiteral("data"));
    if (folder.isEmpty())
        return failure(ErrorCode::InvalidInput, QCoreApplication::translate("CentralProgram", "Name the data folder with --data."));
    return folder;
}

Result<std::optional<db::ServerAddress>> databaseAddress(const QCommandLineParser &parser)
{
    const QString url = parser.isSet(QStringLiteral("database")) ? parser.value(QStringLiteral("database")) : qEnvironmentVariable("TOURISM_IOC_DATABASE");
    if (url.isEmpty() && !parser.isSet(QStringLiteral("database")))
        return std::nullopt;
    return db::ServerAddress::fromUrl(url).transform([](const db::ServerAddress &address) { return std::optional(address); });
}

Result<std::shared_ptr<const TypeCatalog>> catalogFor(const QString &folder)
{
    const QString ownTypes = folder + QStringLiteral("/types");
    return TypeCatalog::load(QFileInfo::exists(ownTypes) ? QStringList{ownTypes} : QStringList());
}

Result<std::unique_ptr<CentralStorage>> openStorage(const QCommandLineParser &parser, const Clock &clock)
{
    const auto folder = dataFolder(parser);
    if (!folder)
        return std::unexpected(folder.error());
    const auto catalog = catalogFor(*folder);
    if (!catalog)
        return std::unexpected(catalog.error());
    const auto server = databaseAddress(parser);
    if (!server)
        return std::unexpected(server.error());
    return CentralStorage::open({.folder = *folder, .catalog = *catalog, .clock = &clock, .server = *server});
}

void say(const QString &line)
{
    QTextStream(stdout) << line << Qt::endl;
}

} // namespace ioc
