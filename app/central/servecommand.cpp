// SPDX-License-Identifier: GPL-3.0-or-later
#include "servecommand.h"
#include "logline.h"
#include "servicenotice.h"
#include "stopsignal.h"

#include <central/centralserver.h>
#include <central/providersettings.h>

#include <QCoreApplication>
#include <QFile>
#include <QSaveFile>
#include <QTimer>

#include <chrono>

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
    std::optional<quint16> metricsPort;
    int stopSeconds = 0;
    ConnectionLimits limits;
    FileLimits files;
};

constexpr int mostStopSeconds = 600;
constexpr qint64 gibibyte = 1024LL * 1024 * 1024;
constexpr qint64 dayMs = 24LL * 3'600'000;
constexpr int mostGraceDays = 3650;
constexpr int mostFilesGib = 1'000'000;

Result<quint16> portFrom(const QCommandLineParser &parser, const QString &option)
{
    bool isNumber = false;
    const uint port = parser.value(option).toUInt(&isNumber);
    if (!isNumber || port > 65535)
        return failure(ErrorCode::InvalidInput, Words::tr("The port is a number from 0 to 65535; 0 takes a free one."));
    return static_cast<quint16>(port);
}

Result<FileLimits> fileLimitsFrom(const QCommandLineParser &parser)
{
    bool isSpace = false;
    bool isDays = false;
    const int space = parser.value(QStringLiteral("files-space")).toInt(&isSpace);
    const int days = parser.value(QStringLiteral("files-grace")).toInt(&isDays);
    if (!isSpace || space < 0 || space > mostFilesGib)
        return failure(ErrorCode::InvalidInput, Words::tr("The space for files is a number of GiB; 0 is as the disk has."));
    if (!isDays || days < 1 || days > mostGraceDays)
        return failure(ErrorCode::InvalidInput, Words::tr("Files that nobody names are kept for a number of days from 1 to %1.").arg(mostGraceDays));
    return FileLimits{.graceMs = days * dayMs, .totalBytes = space * gibibyte};
}

Result<Place> placeFrom(const QCommandLineParser &parser)
{
    const auto port = portFrom(parser, QStringLiteral("port"));
    if (!port)
        return std::unexpected(port.error());
    Place place{.address = QHostAddress(parser.value(QStringLiteral("address"))), .port = *port, .portFile = parser.value(QStringLiteral("port-file"))};
    if (place.address.isNull())
        return failure(ErrorCode::InvalidInput, Words::tr("The address is an IP address, for example 127.0.0.1 or ::."));
    if (place.address == QHostAddress(QHostAddress::AnyIPv6))
        place.address = QHostAddress(QHostAddress::Any); // else the socket would be for IPv6 alone, whatever the system's setting
    if (parser.isSet(QStringLiteral("metrics-port"))) {
        const auto metricsPort = portFrom(parser, QStringLiteral("metrics-port"));
        if (!metricsPort)
            return std::unexpected(metricsPort.error());
        place.metricsPort = *metricsPort;
    }
    place.limits.deviceCertificates = parser.isSet(QStringLiteral("device-certificates"));
    const QStringList balancers = parser.values(QStringLiteral("behind"));
    for (const QString &balancer : balancers) {
        place.limits.balancers += QHostAddress(balancer);
        if (place.limits.balancers.last().isNull())
            return failure(ErrorCode::InvalidInput, Words::tr("The address is an IP address, for example 127.0.0.1 or ::."));
    }
    const auto files = fileLimitsFrom(parser);
    if (!files)
        return std::unexpected(files.error());
    place.files = *files;
    bool isNumber = false;
    place.stopSeconds = parser.value(QStringLiteral("stop-timeout")).toInt(&isNumber);
    if (!isNumber || place.stopSeconds < 0 || place.stopSeconds > mostStopSeconds)
        return failure(ErrorCode::InvalidInput, Words::tr("The time for stopping is a number of seconds from 0 to %1.").arg(mostStopSeconds));
    return place;
}

Result<void> chooseLog(const QCommandLineParser &parser)
{
    const QString format = parser.value(QStringLiteral("log-format"));
    if (format != u"text" && format != u"json")
        return failure(ErrorCode::InvalidInput, Words::tr("The log's format is “text” or “json”."));
    useLogFormat(format == u"json" ? LogFormat::Json : LogFormat::Text);
    return {};
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

QList<QCommandLineOption> serveOptions()
{
    return {dataOption(),
            {QStringLiteral("address"), Words::tr("IP address to listen on."), QStringLiteral("IP"), QStringLiteral("127.0.0.1")},
            {QStringLiteral("port"), Words::tr("Port to listen on; 0 takes a free one."), QStringLiteral("N"), QStringLiteral("8443")},
            {QStringLiteral("port-file"), Words::tr("File to write the port to when ready."), QStringLiteral("FILE")},
            {QStringLiteral("behind"), Words::tr("IP address of a balancer that passes connections on with the PROXY protocol, version 2; may be given several times."), QStringLiteral("IP")},
            {QStringLiteral("device-certificates"), Words::tr("Serve only devices that have a certificate of this central's authority (“device certificate”).")},
            {QStringLiteral("metrics-port"), Words::tr("Port of this machine alone (127.0.0.1) for figures at /v1/metrics; 0 takes a free one."), QStringLiteral("N")},
            {QStringLiteral("files-space"), Words::tr("GiB that attached files may take in all; 0 is as the disk has."), QStringLiteral("GIB"), QStringLiteral("0")},
            {QStringLiteral("files-grace"), Words::tr("Days until a file that was never sent whole, or that no record names any more, is let go."), QStringLiteral("DAYS"), QStringLiteral("7")},
            {QStringLiteral("log-format"), Words::tr("How lines of the log look: text or json."), QStringLiteral("FORMAT"), QStringLiteral("text")},
            {QStringLiteral("stop-timeout"), Words::tr("Seconds that requests under way have when central is told to stop."), QStringLiteral("N"), QStringLiteral("10")}};
}

// Ends the event loop when the last request is answered, at the end of its time or when asked a second time.
void stopOn(StopSignal &signal, CentralServer &server, int seconds)
{
    auto *look = new QTimer(&signal);
    QObject::connect(&signal, &StopSignal::stopAsked, look, [&server, look, seconds] {
        if (look->isActive())
            return QCoreApplication::quit();
        qInfo("event=stopping");
        tellServiceManager("STOPPING=1");
        server.stop();
        look->start(10);
        QTimer::singleShot(std::chrono::seconds(seconds), look, [] {
            qWarning("event=stop_forced");
            QCoreApplication::quit();
        });
    });
    QObject::connect(look, &QTimer::timeout, look, [&server] {
        if (server.isQuiet())
            QCoreApplication::quit();
    });
    QObject::connect(&signal, &StopSignal::reloadAsked, look, [&server] {
        qInfo("event=reloading");
        server.reloadCertificate();
    });
}

Result<void> serve(const CommandContext &context)
{
    QCommandLineParser parser;
    parser.addOptions(serveOptions());
    const auto place = parseArguments(parser, context, QStringLiteral("tourism-ioc-central serve --data DIR [--database URL] [--address IP] [--port N] [--port-file FILE] [--behind IP]… [--device-certificates] [--metrics-port N] [--files-space GIB] [--files-grace DAYS] [--log-format text|json] [--stop-timeout N]"))
                           .and_then([&] { return chooseLog(parser); }).and_then([&] { return placeFrom(parser); });
    if (!place)
        return std::unexpected(place.error());
    const auto provider = dataFolder(parser).and_then(readProviderSettings);
    if (!provider)
        return std::unexpected(provider.error());
    StopSignal stopSignal; // before the database's threads
    const auto storage = openStorage(parser, context.clock);
    if (!storage)
        return std::unexpected(storage.error());
    {
        CentralServer server(**storage);
        auto listening = server.listen(CertificateFiles(parser.value(QStringLiteral("data"))), place->address, place->port, place->limits, place->files, *provider);
        if (listening && place->metricsPort)
            listening = server.listenForMetrics(*place->metricsPort);
        listening = listening.and_then([&] { return writePort(place->portFile, server.port()); });
        if (!listening)
            return listening;
        stopOn(stopSignal, server, place->stopSeconds);
        say(QStringLiteral("listening on %1:%2").arg(parser.value(QStringLiteral("address"))).arg(server.port()));
        qInfo("event=listening version=%s port=%d metrics_port=%d database=%s", qUtf8Printable(QCoreApplication::applicationVersion()), server.port(), server.metricsPort(), (*storage)->server() ? "postgresql" : "sqlite");
        if (*provider)
            qInfo("event=provider issuer=%s", qUtf8Printable((*provider)->issuer));
        tellServiceManager("READY=1");
        QCoreApplication::exec();
    }
    (*storage)->settle();
    qInfo("event=stopped");
    return {};
}

} // namespace

CentralCommand serveCommand()
{
    return {QStringLiteral("serve"), Words::tr("Serve devices until stopped."), serve};
}

} // namespace ioc
