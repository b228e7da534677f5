// SPDX-License-Identifier: GPL-3.0-or-later
#include "servecommand.h"
#include "stopsignal.h"

#include <central/centralserver.h>

#include <QCoreApplication>
#include <QFile>
#include <QSaveFile>
#include <QTimer>

namespace ioc {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(CentralProgram)
};

struct Place
{
    QHostAddress address;
    quint16 port = 0;
    QString portFile;
};

Result<Place> placeFrom(const QCommandLineParser &parser)
{
    bool isNumber = false;
    const uint port = parser.value(QStringLiteral("port")).toUInt(&isNumber);
    if (!isNumber || port > 65535)
        return failure(ErrorCode::InvalidInput, Words::tr("The port is a number from 0 to 65535; 0 takes a free one."));
    const QHostAddress address(parser.value(QStringLiteral("address")));
    if (address.isNull())
        return failure(ErrorCode::InvalidInput, Words::tr("The address is an IP address, for example 127.0.0.1 or ::."));
    return Place{address, static_cast<quint16>(port), parser.value(QStringLiteral("port-file"))};
}

// Whole or not there: whoever waits for the file may read it as soon as it is.
Result<void> writePort(const QString &path, quint16 port)
{
    if (path.isEmpty())
        return {};
    QSaveFile file(path);
    if (!file.open(QFile::WriteOnly) || file.write(QByteArray::number(port) + '\n') < 0 || !file.commit())
        return failure(ErrorCode::ReadOnly, Words::tr("The file %1 cannot be written. Check the rights of its folder and the space on the disk.").arg(path), file.errorString());
    return {};
}

Result<void> serve(const CommandContext &context)
{
    QCommandLineParser parser;
    parser.addOptions({dataOption(),
                       {QStringLiteral("address"), Words::tr("IP address to listen on."), QStringLiteral("IP"), QStringLiteral("127.0.0.1")},
                       {QStringLiteral("port"), Words::tr("Port to listen on; 0 takes a free one."), QStringLiteral("N"), QStringLiteral("8443")},
                       {QStringLiteral("port-file"), Words::tr("File to write the port to when ready."), QStringLiteral("FILE")}});
    const auto place = parseArguments(parser, context, QStringLiteral("tourism-ioc-central serve --data DIR [--database URL] [--address IP] [--port N] [--port-file FILE]")).and_then([&] { return placeFrom(parser); });
    if (!place)
        return std::unexpected(place.error());
    StopSignal stopSignal; // before the database's threads
    const auto storage = openStorage(parser, context.clock);
    if (!storage)
        return std::unexpected(storage.error());
    CentralServer server(**storage);
    const auto listening = server.listen(CertificateFiles(parser.value(QStringLiteral("data"))), place->address, place->port)
                               .and_then([&] { return writePort(place->portFile, server.port()); });
    if (!listening)
        return listening;
    QObject::connect(&stopSignal, &StopSignal::stopAsked, &stopSignal, [&] {
        qInfo("event=stopping");
        server.stop();
        QTimer::singleShot(300, &stopSignal, &QCoreApplication::quit); // answers under way still go out
    });
    say(QStringLiteral("listening on %1:%2").arg(place->address.toString()).arg(server.port()));
    qInfo("event=listening port=%d", server.port());
    QCoreApplication::exec();
    return {};
}

} // namespace

CentralCommand serveCommand()
{
    return {QStringLiteral("serve"), Words::tr("Serve devices until stopped."), serve};
}

} // namespace ioc
