// SPDX-License-Identifier: GPL-3.0-or-later
#include "initcommand.h"

#include <central/certificates.h>

#include <QCoreApplication>
#include <QDir>
#include <QHostInfo>

namespace ioc {

namespace {

Result<void> init(const CommandContext &context)
{
    QCommandLineParser parser;
    parser.addOption(dataOption());
    parser.addOption({QStringLiteral("host"), QCoreApplication::translate("CentralProgram", "A name or address by which devices reach this central; may be given several times."), QStringLiteral("NAME")});
    const auto folder = parseArguments(parser, context, QStringLiteral("tourism-ioc-central init --data DIR [--database URL] [--host NAME]…")).and_then([&] { return dataFolder(parser); });
    if (!folder)
        return std::unexpected(folder.error());
    QStringList hosts{QStringLiteral("localhost"), QStringLiteral("127.0.0.1"), QStringLiteral("::1")};
    const QString ownName = QHostInfo::localHostName();
    if (!ownName.isEmpty())
        hosts += ownName;
    hosts += parser.values(QStringLiteral("host"));
    hosts.removeDuplicates();
    const auto catalog = TypeCatalog::load();
    if (!catalog)
        return std::unexpected(catalog.error());
    if (QDir(*folder).exists() && !QDir(*folder).isEmpty())
        return failure(ErrorCode::Conflict, QCoreApplication::translate("CentralProgram", "The folder %1 is not empty and nothing in it is overwritten. Choose an empty folder.").arg(*folder));
    const auto server = databaseAddress(parser);
    if (!server)
        return std::unexpected(server.error());
    const CertificateFiles files(*folder);
    return CentralStorage::create({.folder = *folder, .catalog = *catalog, .clock = &context.clock, .server = *server})
        .and_then([&] { return createCertificates(files, hosts, context.clock); })
        .transform([&] {
            const QString database = *server ? (*server)->toString() : QDir(*folder).filePath(QStringLiteral("central.sqlite"));
            say(QCoreApplication::translate("CentralProgram", "A new central is in %1, its database is %2. Devices need its certificate authority: %3").arg(*folder, database, files.authorityCertificate));
        });
}

} // namespace

CentralCommand initCommand()
{
    return {QStringLiteral("init"), QCoreApplication::translate("CentralProgram", "Make a new central in an empty folder."), init};
}

} // namespace ioc
