// SPDX-License-Identifier: GPL-3.0-or-later
#include "devicecommands.h"

#include <central/certificates.h>
#include <central/devices.h>
#include <central/settings.h>

#include <QCoreApplication>
#include <QDateTime>
#include <QTimeZone>

namespace ioc {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(CentralProgram)
};

QString timeText(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms, QTimeZone::UTC).toString(Qt::ISODate);
}

void sayDevice(const DeviceRow &row)
{
    const QString state = row.revokedMs == 0 ? Words::tr("may be used") : Words::tr("revoked %1").arg(timeText(row.revokedMs));
    say(QStringList{row.device.toString(), row.name, row.login, timeText(row.lastMs), row.version, state}.join(u'\t'));
}

Result<void> listAll(CentralStorage &storage)
{
    for (Id after;;) {
        const auto page = storage.read([&storage, after](db::Connection &connection) {
            return Devices(connection, storage.tables().shard(), storage.clock()).page(after, wire::rowsLimit);
        }).result();
        if (!page)
            return std::unexpected(page.error());
        std::ranges::for_each(page->rows, sayDevice);
        if (page->next.isNull())
            return {};
        after = page->next;
    }
}

Result<void> list(const CommandContext &context)
{
    QCommandLineParser parser;
    parser.addOption(dataOption());
    return parseArguments(parser, context, QStringLiteral("tourism-ioc-central device list --data DIR")).and_then([&] { return openStorage(parser, context.clock); })
        .and_then([](const std::unique_ptr<CentralStorage> &storage) { return listAll(*storage); });
}

Result<void> change(const CommandContext &context, bool isRevoking)
{
    QCommandLineParser parser;
    parser.addOptions({dataOption(), {QStringLiteral("id"), Words::tr("The device, as “device list” shows it."), QStringLiteral("ID")}});
    if (auto fine = parseArguments(parser, context, QStringLiteral("tourism-ioc-central device %1 --data DIR --id ID").arg(isRevoking ? QStringLiteral("revoke") : QStringLiteral("restore"))); !fine)
        return fine;
    const auto device = Id::fromString(parser.value(QStringLiteral("id")));
    if (!device)
        return failure(ErrorCode::InvalidInput, Words::tr("Give the device with --id, as “device list” shows it."));
    const auto storage = openStorage(parser, context.clock);
    if (!storage)
        return std::unexpected(storage.error());
    return (*storage)->write([&storage = **storage, id = *device, isRevoking](db::Connection &connection) {
        Devices devices(connection, storage.tables().shard(), storage.clock());
        return isRevoking ? devices.revoke(id) : devices.restore(id);
    }).result().transform([&] { say(isRevoking ? Words::tr("Device %1 is revoked.").arg(device->toString()) : Words::tr("Device %1 may be used again.").arg(device->toString())); });
}

Result<void> makeCertificate(const CommandContext &context)
{
    QCommandLineParser parser;
    parser.addOptions({dataOption(), {QStringLiteral("name"), Words::tr("What the device is called."), QStringLiteral("NAME")}});
    parser.addPositionalArgument(QStringLiteral("FOLDER"), Words::tr("Folder to put ca.pem, device.pem and device.key into."));
    if (auto fine = parseArguments(parser, context, QStringLiteral("tourism-ioc-central device certificate --data DIR --name NAME <FOLDER>")); !fine)
        return fine;
    const QStringList folders = parser.positionalArguments();
    if (folders.size() != 1)
        return failure(ErrorCode::InvalidInput, Words::tr("Name one folder for the device's files."));
    return createDeviceCertificate(CertificateFiles(parser.value(QStringLiteral("data"))), parser.value(QStringLiteral("name")), folders.first(), context.clock)
        .transform([&] { say(Words::tr("The device's files are in %1. Bring them to the device on a way that nobody else sees, and delete them here.").arg(folders.first())); });
}

Result<void> device(const CommandContext &context)
{
    const QString verb = context.arguments.value(0);
    const CommandContext rest{context.arguments.mid(1), context.clock};
    if (verb == u"list")
        return list(rest);
    if (verb == u"revoke" || verb == u"restore")
        return change(rest, verb == u"revoke");
    if (verb == u"certificate")
        return makeCertificate(rest);
    return failure(ErrorCode::InvalidInput, Words::tr("Say what to do with devices: %1.").arg(QStringLiteral("list, revoke, restore, certificate")));
}

Result<void> listSettings(const CommandContext &context)
{
    QCommandLineParser parser;
    parser.addOption(dataOption());
    const auto storage = parseArguments(parser, context, QStringLiteral("tourism-ioc-central setting list --data DIR")).and_then([&] { return openStorage(parser, context.clock); });
    if (!storage)
        return std::unexpected(storage.error());
    for (const Settings::Known &known : Settings::known()) {
        const auto value = (*storage)->read([name = known.name](db::Connection &connection) { return Settings(connection).value(name); }).result();
        if (!value)
            return std::unexpected(value.error());
        say(QStringList{known.name, QString::number(*value), QStringLiteral("%1-%2").arg(known.lowest).arg(known.highest)}.join(u'\t'));
    }
    return {};
}

Result<void> setSetting(const CommandContext &context)
{
    QCommandLineParser parser;
    parser.addOptions({dataOption(), {QStringLiteral("name"), Words::tr("Which one."), QStringLiteral("NAME")}, {QStringLiteral("value"), Words::tr("What it is from now on."), QStringLiteral("NUMBER")}});
    if (auto fine = parseArguments(parser, context, QStringLiteral("tourism-ioc-central setting set --data DIR --name NAME --value NUMBER")); !fine)
        return fine;
    bool isNumber = false;
    const int value = parser.value(QStringLiteral("value")).toInt(&isNumber);
    if (!isNumber)
        return failure(ErrorCode::InvalidInput, Words::tr("Give a number with --value."));
    const auto storage = openStorage(parser, context.clock);
    if (!storage)
        return std::unexpected(storage.error());
    return (*storage)->write([name = parser.value(QStringLiteral("name")), value, clock = &context.clock](db::Connection &connection) { return Settings(connection).set(name, value, *clock); }).result()
        .transform([&] { say(QStringLiteral("%1\t%2").arg(parser.value(QStringLiteral("name"))).arg(value)); });
}

Result<void> setting(const CommandContext &context)
{
    const QString verb = context.arguments.value(0);
    const CommandContext rest{context.arguments.mid(1), context.clock};
    if (verb != u"list" && verb != u"set")
        return failure(ErrorCode::InvalidInput, Words::tr("Say what to do with settings: %1.").arg(QStringLiteral("list, set")));
    return verb == u"list" ? listSettings(rest) : setSetting(rest);
}

} // namespace

CentralCommand deviceCommand()
{
    return {QStringLiteral("device"), Words::tr("List, revoke or restore devices, or make a certificate for one."), device};
}

CentralCommand settingCommand()
{
    return {QStringLiteral("setting"), Words::tr("List or set what holds for all centrals and devices."), setting};
}

} // namespace ioc
