// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/backup.h>
#include <central/boundedanswer.h>
#include <central/certificatewatch.h>
#include <central/metricsserver.h>
#include <central/routes.h>

#include <QCoreApplication>
#include <QFile>
#include <QTcpServer>

#include <unistd.h>

namespace ioc {

namespace {

constexpr int databaseMs = 2'000; // then the page goes out without it
using Type = MetricsText::Type;

void gauge(MetricsText &out, const QByteArray &name, const QByteArray &help, double value)
{
    out.family(name, Type::Gauge, help);
    out.sample(value);
}

// See proc_pid_statm and proc_pid_stat in the manual of Linux.
void writeProcess(MetricsText &out)
{
    QFile memory(QStringLiteral("/proc/self/statm"));
    const QByteArrayList pages = memory.open(QFile::ReadOnly) ? memory.readAll().split(' ') : QByteArrayList();
    out.family("process_resident_memory_bytes", Type::Gauge, "Resident memory.", true);
    out.sample(pages.value(1).toDouble() * static_cast<double>(::sysconf(_SC_PAGESIZE)));
    QFile times(QStringLiteral("/proc/self/stat"));
    const QByteArray line = times.open(QFile::ReadOnly) ? times.readAll() : QByteArray();
    const QByteArrayList parts = line.mid(line.lastIndexOf(')') + 2).split(' '); // from the third field on
    out.family("process_cpu_seconds_total", Type::Counter, "Processor time, user's and system's.", true);
    out.sample((parts.value(11).toDouble() + parts.value(12).toDouble()) / static_cast<double>(::sysconf(_SC_CLK_TCK)));
}

} // namespace

Result<void> MetricsServer::listen(quint16 port)
{
    auto server = std::make_unique<QTcpServer>();
    if (!server->listen(QHostAddress::LocalHost, port))
        return failure(ErrorCode::Conflict, QCoreApplication::translate("Central", "Port %1 is taken by another program. Stop that program or choose another port with --metrics-port.").arg(port), server->errorString());
    bind(server.release()); // owns it from here on
    return {};
}

quint16 MetricsServer::port() const
{
    return serverPorts().value(0);
}

bool MetricsServer::handleRequest(const QHttpServerRequest &request, QHttpServerResponder &responder)
{
    using Status = QHttpServerResponder::StatusCode;
    if (request.url().path() != u"/v1/metrics" || request.method() != QHttpServerRequest::Method::Get) {
        responder.write(QByteArray("there is /v1/metrics\n"), "text/plain", Status::NotFound);
        return true;
    }
    auto later = std::make_shared<QHttpServerResponder>(std::move(responder));
    const qint64 now = m_sources.storage.clock().nowMs();
    answeredWithin<Counts>(m_sources.storage.read([now, storage = &m_sources.storage](db::Connection &connection) -> Result<Counts> {
        const auto waiting = connection.integer(QStringLiteral("SELECT count(*) FROM central_commit"));
        const auto sessions = connection.integer(QStringLiteral("SELECT count(*) FROM access_session WHERE refresh_expires_ms > ?"), {now});
        const auto backup = Backup::lastMs(connection);
        if (!waiting || !sessions || !backup)
            return std::unexpected(!waiting ? waiting.error() : !sessions ? sessions.error() : backup.error());
        return FileShelf(connection, storage->tables()).totals(false).transform([&](const FileShelf::Totals &files) { return Counts{*waiting, *sessions, *backup, files}; });
    }), databaseMs, this, [this, later](const Result<Counts> &counts) {
        later->write(page(counts), "text/plain; version=0.0.4; charset=utf-8", Status::Ok);
    });
    return true;
}

void MetricsServer::missingHandler(const QHttpServerRequest &request, QHttpServerResponder &responder)
{
    (void)handleRequest(request, responder); // never asked: every request is handled above
}

QByteArray MetricsServer::page(const Result<Counts> &counts) const
{
    MetricsText out;
    const bool onServer = m_sources.storage.server().has_value();
    out.family("build_info", Type::Gauge, "Version of this program.");
    out.sample(1, {{"version", QCoreApplication::applicationVersion().toLatin1()}, {"qt", qVersion()}, {"database", onServer ? "postgresql" : "sqlite"}});
    m_sources.routes.metrics().write(out);
    gauge(out, "database_up", "Whether the database answered just now.", counts ? 1 : 0);
    if (counts) {
        gauge(out, "commits_waiting", "Commits that have no number in the feed yet.", static_cast<double>(counts->commitsWaiting));
        gauge(out, "sessions", "Sessions that may still be renewed.", static_cast<double>(counts->sessions));
        gauge(out, "last_backup_seconds", "When the last backup was made, since 1970; 0 for never.", static_cast<double>(counts->lastBackupMs) / 1000);
        gauge(out, "files", "Attached files that are whole.", static_cast<double>(counts->files.files));
        gauge(out, "files_unfinished", "Attached files of which parts are missing.", static_cast<double>(counts->files.unfinished));
        gauge(out, "files_bytes", "Bytes of attached files.", static_cast<double>(counts->files.bytes));
    }
    out.family("file_bytes_total", Type::Counter, "Bytes of attached files that travelled.");
    out.sample(static_cast<double>(m_sources.routes.files().bytesTaken()), {{"direction", "in"}});
    out.sample(static_cast<double>(m_sources.routes.files().bytesSent()), {{"direction", "out"}});
    out.family("database_errors_total", Type::Counter, "Work that failed for the database's sake.");
    for (const ErrorCode code : CentralStorage::countedFailures)
        out.sample(static_cast<double>(m_sources.storage.failures(code)), {{"code", errorCodeName(code).toLatin1()}});
    gauge(out, "database_jobs", "Work given to the database's threads and not done yet.", m_sources.storage.pending());
    gauge(out, "feed_sequence", "Newest number in the feed.", static_cast<double>(m_sources.sequencer.sequence()));
    gauge(out, "connections", "Connections of devices.", static_cast<double>(m_sources.connections.openConnections()));
    gauge(out, "waiters", "Requests that wait for news.", static_cast<double>(m_sources.routes.waiting()));
    const SnapshotDesk::State snapshots = m_sources.routes.snapshots();
    gauge(out, "snapshots_ready", "Snapshots that are offered.", static_cast<double>(snapshots.ready));
    gauge(out, "snapshot_building", "Whether one is being built.", snapshots.isBuilding ? 1 : 0);
    if (snapshots.ready > 0)
        gauge(out, "snapshot_sequence", "Number in the feed that the newest snapshot holds.", static_cast<double>(snapshots.newestSequence));
    gauge(out, "certificate_until_seconds", "When the server's certificate ends, in seconds since 1970.", static_cast<double>(m_sources.certificate.untilMs()) / 1000.0);
    writeProcess(out);
    return out.text();
}

} // namespace ioc
