// SPDX-License-Identifier: GPL-3.0-or-later
#include "doctorcommand.h"

#include <central/doctor.h>

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace ioc {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(CentralProgram)
};

QString levelName(Finding::Level level)
{
    return level == Finding::Level::Fine ? QStringLiteral("ok") : level == Finding::Level::Warning ? QStringLiteral("warning") : QStringLiteral("fault");
}

void sayAsText(const QList<Finding> &findings)
{
    for (const Finding &finding : findings) {
        say(QStringLiteral("%1 %2 %3").arg(levelName(finding.level), -8).arg(finding.check, -12).arg(finding.text));
        if (!finding.advice.isEmpty())
            say(QString(22, u' ') + QStringLiteral("→ ") + finding.advice);
    }
}

void sayAsJson(const QList<Finding> &findings, bool isHealthy)
{
    QJsonArray all;
    for (const Finding &finding : findings)
        all += QJsonObject{{QStringLiteral("check"), finding.check}, {QStringLiteral("level"), levelName(finding.level)}, {QStringLiteral("text"), finding.text}, {QStringLiteral("advice"), finding.advice}};
    say(QString::fromUtf8(QJsonDocument(QJsonObject{{QStringLiteral("healthy"), isHealthy}, {QStringLiteral("findings"), all}}).toJson()).trimmed());
}

Result<void> doctor(const CommandContext &context)
{
    QCommandLineParser parser;
    parser.addOptions({dataOption(), {QStringLiteral("server"), Words::tr("Address of a central that serves this deployment, like https://127.0.0.1:8443, to be asked too."), QStringLiteral("URL")},
                       {QStringLiteral("json"), Words::tr("Answer in JSON.")}});
    const auto folder = parseArguments(parser, context, QStringLiteral("tourism-ioc-central doctor --data DIR [--database URL] [--server URL] [--json]")).and_then([&] { return dataFolder(parser); });
    if (!folder)
        return std::unexpected(folder.error());
    const auto server = databaseAddress(parser);
    const auto catalog = catalogFor(*folder);
    if (!server || !catalog)
        return std::unexpected(!server ? server.error() : catalog.error());
    const QUrl running(parser.value(QStringLiteral("server")), QUrl::StrictMode);
    if (parser.isSet(QStringLiteral("server")) && (running.scheme() != u"https" || running.host().isEmpty()))
        return failure(ErrorCode::InvalidInput, Words::tr("The address of central is like https://127.0.0.1:8443."));
    const QList<Finding> findings = Doctor({.folder = *folder, .server = *server, .running = running, .catalog = *catalog, .clock = &context.clock}).examine();
    const auto faults = std::ranges::count(findings, Finding::Level::Fault, &Finding::level);
    if (parser.isSet(QStringLiteral("json")))
        sayAsJson(findings, faults == 0);
    else
        sayAsText(findings);
    if (faults > 0)
        return failure(ErrorCode::Damaged, Words::tr("There are %n fault(s) to mend.", nullptr, static_cast<int>(faults)));
    return {};
}

} // namespace

CentralCommand doctorCommand()
{
    return {QStringLiteral("doctor"), Words::tr("Look at everything central needs and say what to do."), doctor};
}

} // namespace ioc
