// SPDX-License-Identifier: GPL-3.0-or-later
#include <support/postgres.h>

#include <db/connection.h>
#include <postgres/postgressession.h>

#include <QDir>
#include <QTest>
#include <QUuid>

#include <pwd.h>
#include <unistd.h>

namespace ioc {

namespace {

QString newestInstalled()
{
    const QDir all(QStringLiteral("/usr/lib/postgresql"));
    QString best;
    int version = 14;
    const auto names = all.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &name : names) {
        const QString programs = all.filePath(name) + QStringLiteral("/bin");
        if (name.toInt() > version && QFile::exists(programs + QStringLiteral("/initdb"))) {
            version = name.toInt();
            best = programs;
        }
    }
    return best;
}

const passwd *unprivileged() // who runs the server when this is root, which it refuses to
{
    const passwd *user = ::getpwnam("postgres");
    return user ? user : ::getpwnam("nobody");
}

// One for a test program, when none was started for the whole run.
PostgresCluster *ownCluster(QString *problem)
{
    static PostgresCluster cluster;
    static QString whyNot;
    static const bool made = cluster.create(&whyNot);
    *problem = whyNot;
    return made ? &cluster : nullptr;
}

} // namespace

PostgresCluster::PostgresCluster(Disk disk) : m_disk(disk), m_programs(newestInstalled())
{
    usePostgres();
}

PostgresCluster::~PostgresCluster()
{
    stop();
}

bool PostgresCluster::run(const QString &name, const QStringList &arguments, QString *problem) const
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.setWorkingDirectory(m_folder.path());
    QStringList command{program(name)};
    if (const passwd *user = ::geteuid() == 0 ? unprivileged() : nullptr)
        command = QStringList{QStringLiteral("setpriv"), QStringLiteral("--reuid=%1").arg(user->pw_uid), QStringLiteral("--regid=%1").arg(user->pw_gid), QStringLiteral("--clear-groups")} + command;
    process.start(command.first(), command.sliced(1) + arguments);
    const bool done = process.waitForFinished(60'000) && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
    if (!done && problem)
        *problem = QString::fromUtf8(process.readAll()).trimmed();
    return done;
}

bool PostgresCluster::create(QString *problem)
{
    if (m_programs.isEmpty()) {
        *problem = QStringLiteral("PostgreSQL 15 or newer is not installed");
        return false;
    }
    if (const passwd *user = ::geteuid() == 0 ? unprivileged() : nullptr; user && ::chown(qPrintable(m_folder.path()), user->pw_uid, user->pw_gid) != 0)
        return false;
    return run(QStringLiteral("initdb"), {QStringLiteral("--pgdata"), data(), QStringLiteral("--username=ioc"), QStringLiteral("--auth=trust"), QStringLiteral("--encoding=UTF8"),
                                          QStringLiteral("--locale=C"), QStringLiteral("--no-sync"), QStringLiteral("--no-instructions")}, problem)
           && start();
}

bool PostgresCluster::start()
{
    const QString options = QStringLiteral("-c listen_addresses='' -c unix_socket_directories='%1' -c fsync=%2 -c max_connections=200").arg(m_folder.path(), m_disk == Disk::Waits ? QStringLiteral("on") : QStringLiteral("off"));
    m_runs = run(QStringLiteral("pg_ctl"), {QStringLiteral("start"), QStringLiteral("--wait"), QStringLiteral("--pgdata"), data(), QStringLiteral("--log"), m_folder.filePath(QStringLiteral("log")),
                                            QStringLiteral("--options"), options});
    return m_runs;
}

void PostgresCluster::stop()
{
    if (m_runs)
        m_runs = !run(QStringLiteral("pg_ctl"), {QStringLiteral("stop"), QStringLiteral("--wait"), QStringLiteral("--mode=fast"), QStringLiteral("--pgdata"), data()});
}

TestDatabase::TestDatabase()
{
    usePostgres();
    const QString given = qEnvironmentVariable("IOC_TEST_POSTGRES");
    if (!given.isEmpty())
        m_server = db::ServerAddress::fromUrl(given).value_or(db::ServerAddress());
    else if (const PostgresCluster *own = ownCluster(&m_problem))
        m_server = own->address();
    else
        return;
    m_address = m_server;
    m_address.database = QStringLiteral("test_") + QUuid::createUuid().toString(QUuid::Id128);
    const auto connection = db::Connection::open({.server = m_server});
    const auto made = connection ? (*connection)->exec(QStringLiteral("CREATE DATABASE %1 TEMPLATE template0 ENCODING 'UTF8'").arg(m_address.database)) : Result<qint64>(std::unexpected(connection.error()));
    m_isValid = made.has_value();
    if (!made)
        m_problem = made.error().message + u' ' + made.error().detail;
}

TestDatabase::~TestDatabase()
{
    if (!m_isValid)
        return;
    if (const auto connection = db::Connection::open({.server = m_server}))
        (void)(*connection)->exec(QStringLiteral("DROP DATABASE IF EXISTS %1 WITH (FORCE)").arg(m_address.database));
}

void addBackends()
{
    QTest::addColumn<QString>("backend");
    QTest::newRow("sqlite") << QStringLiteral("sqlite");
    QTest::newRow("postgresql") << QStringLiteral("postgresql");
}

} // namespace ioc
