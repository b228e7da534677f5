// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/databasedump.h>

#include <QCoreApplication>
#include <QDir>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryFile>

namespace ioc {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Central)
};

constexpr int keepAliveMs = 10'000; // so that the server does not end our own session as idle
constexpr int endMs = 600'000;      // for the last indexes and the commit
constexpr qint64 mostUnsent = 4LL * 1024 * 1024;
constexpr int withZstd = 16;

struct Tools
{
    QString folder; ///< empty: wherever PATH has them
    int version = 0;
};

// Debian keeps each version in a folder of its own; the newest understands every older server.
Tools newestTools()
{
    Tools best;
    const QDir all(QStringLiteral("/usr/lib/postgresql"));
    const auto names = all.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &name : names) {
        if (name.toInt() > best.version && QFile::exists(all.filePath(name) + QStringLiteral("/bin/pg_dump")))
            best = {all.filePath(name) + QStringLiteral("/bin/"), name.toInt()};
    }
    if (best.version > 0 || QStandardPaths::findExecutable(QStringLiteral("pg_dump")).isEmpty())
        return best;
    QProcess process;
    process.start(QStringLiteral("pg_dump"), {QStringLiteral("--version")});
    if (process.waitForFinished())
        best.version = QString::fromLatin1(process.readAllStandardOutput()).section(u' ', 2, 2).section(u'.', 0, 0).toInt();
    return best;
}

/// How the programs find the server: a service file of libpq, for its owner alone, while it lives.
class ServiceFile
{
public:
    explicit ServiceFile(const db::ServerAddress &server) : m_password(server.password)
    {
        QStringList lines{QStringLiteral("[central]"), QStringLiteral("port=%1").arg(server.port), QStringLiteral("dbname=") + server.database,
                          QStringLiteral("connect_timeout=10"), QStringLiteral("application_name=tourism-ioc-backup")};
        if (!server.host.isEmpty())
            lines += QStringLiteral("host=") + server.host;
        if (!server.user.isEmpty())
            lines += QStringLiteral("user=") + server.user;
        if (!server.options.isEmpty())
            lines += server.options.split(u' ');
        m_isReady = m_file.open() && m_file.write(lines.join(u'\n').toUtf8() + '\n') > 0 && m_file.flush();
    }
    [[nodiscard]] bool isReady() const { return m_isReady; }
    void prepare(QProcess &process) const
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("PGSERVICEFILE"), m_file.fileName());
        environment.insert(QStringLiteral("LC_MESSAGES"), QStringLiteral("C"));
        if (!m_password.isEmpty())
            environment.insert(QStringLiteral("PGPASSWORD"), m_password);
        process.setProcessEnvironment(environment);
    }
    static QString argument() { return QStringLiteral("--dbname=service=central"); }

private:
    QTemporaryFile m_file; // 0600
    QString m_password;
    bool m_isReady = false;
};

std::unexpected<Error> notInstalled()
{
    return failure(ErrorCode::NotFound, Words::tr("pg_dump, pg_restore and psql are needed for this and are not installed. Install postgresql-client of the server's version."));
}

std::unexpected<Error> failed(QProcess &process, const QString &what)
{
    return failure(ErrorCode::Internal, Words::tr("%1 failed. See the detail, mend it and try again with an empty folder and database.").arg(what),
                   QString::fromUtf8(process.readAllStandardError()).simplified().left(500));
}

bool endedWell(const QProcess &process)
{
    return process.state() == QProcess::NotRunning && process.error() != QProcess::FailedToStart && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
}

// False when the reader went away.
bool sent(QProcess &to, const QByteArray &bytes)
{
    to.write(bytes);
    while (to.bytesToWrite() > mostUnsent) {
        if (!to.waitForBytesWritten(endMs))
            return false;
    }
    return to.state() == QProcess::Running;
}

} // namespace

int DatabaseDump::toolsVersion()
{
    return newestTools().version;
}

Result<FeedHead> DatabaseDump::make(const QString &file, const Id &epoch) const
{
    const Tools tools = newestTools();
    if (tools.version == 0)
        return notInstalled();
    const auto connection = db::Connection::open({.server = m_server, .readOnly = true, .mayCreate = false});
    if (!connection)
        return std::unexpected(connection.error());
    // pg_dump sees the very state that the end of the feed is read from.
    const auto transaction = db::Transaction::beginReading(**connection);
    const auto head = transaction ? feedHead(**connection, epoch) : Result<FeedHead>(std::unexpected(transaction.error()));
    const auto snapshot = head ? (*connection)->one<QString>(QStringLiteral("SELECT pg_export_snapshot()"), {}, [](const db::Row &row) { return row.text(0); }) : Result<QString>(std::unexpected(head.error()));
    if (!snapshot)
        return std::unexpected(snapshot.error());
    const ServiceFile service(m_server);
    if (!service.isReady())
        return failure(ErrorCode::ReadOnly, Words::tr("The folder %1 cannot be written to. Check its rights and the space on the disk.").arg(QDir::tempPath()));
    QProcess dump;
    service.prepare(dump);
    QStringList arguments{ServiceFile::argument(), QStringLiteral("--no-password"), QStringLiteral("--format=custom"), QStringLiteral("--no-owner"), QStringLiteral("--no-privileges"),
                          QStringLiteral("--lock-wait-timeout=60s"), QStringLiteral("--snapshot=") + *snapshot, QStringLiteral("--file=") + file};
    if (tools.version >= withZstd)
        arguments += QStringLiteral("--compress=zstd");
    dump.start(tools.folder + QStringLiteral("pg_dump"), arguments);
    while (!dump.waitForFinished(keepAliveMs) && dump.state() != QProcess::NotRunning)
        (void)(*connection)->integer(QStringLiteral("SELECT 1"));
    if (!endedWell(dump))
        return failed(dump, QStringLiteral("pg_dump"));
    return head;
}

Result<void> DatabaseDump::checkEmpty() const
{
    const auto connection = db::Connection::open({.server = m_server, .mayCreate = false});
    const auto tables = connection ? (*connection)->integer(QStringLiteral("SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p', 'v', 'S')")) : Result<qint64>(std::unexpected(connection.error()));
    if (!tables)
        return std::unexpected(tables.error());
    if (*tables > 0)
        return failure(ErrorCode::Conflict, Words::tr("The database %1 is not empty and nothing in it is overwritten. Choose an empty database.").arg(m_server.toString()));
    return {};
}

Result<void> DatabaseDump::restore(const QString &file, const QString &last) const
{
    const Tools tools = newestTools();
    if (tools.version == 0)
        return notInstalled();
    if (const auto empty = checkEmpty(); !empty)
        return empty;
    const ServiceFile service(m_server);
    QProcess reader;
    QProcess writer;
    service.prepare(writer);
    writer.start(tools.folder + QStringLiteral("psql"), {ServiceFile::argument(), QStringLiteral("--no-password"), QStringLiteral("--no-psqlrc"), QStringLiteral("--quiet"), QStringLiteral("--output=/dev/null"), QStringLiteral("--set=ON_ERROR_STOP=1")});
    reader.start(tools.folder + QStringLiteral("pg_restore"), {QStringLiteral("--no-owner"), QStringLiteral("--no-privileges"), QStringLiteral("--file=-"), file});
    bool isTaken = writer.waitForStarted() && reader.waitForStarted() && sent(writer, "BEGIN;\n");
    while (isTaken && (reader.waitForReadyRead(endMs) || reader.bytesAvailable() > 0))
        isTaken = sent(writer, reader.readAllStandardOutput());
    if (isTaken && reader.state() != QProcess::NotRunning)
        reader.waitForFinished();
    // Only now that all of it was read: whatever is cut off before ends without a commit.
    if (isTaken && endedWell(reader))
        isTaken = sent(writer, "\nRESET search_path;\nANALYZE;\n" + last.toUtf8() + "\nCOMMIT;\n");
    writer.closeWriteChannel();
    writer.waitForFinished(endMs);
    reader.kill(); // when it was not read to its end
    reader.waitForFinished();
    if (!endedWell(writer))
        return failed(writer, QStringLiteral("psql"));
    return isTaken && endedWell(reader) ? Result<void>() : failed(reader, QStringLiteral("pg_restore"));
}

} // namespace ioc
