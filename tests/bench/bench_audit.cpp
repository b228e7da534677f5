// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/auditcheck.h>
#include <central/centralstorage.h>
#include <central/feedlog.h>
#include <central/operationjudge.h>
#include <support/operationmaker.h>
#include <support/postgres.h>

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTextStream>

using namespace ioc;

namespace {

void print(const QString &metric, double value, const char *unit)
{
    QTextStream(stdout) << metric << '\t' << value << '\t' << unit << Qt::endl;
}

// Entries go nowhere from now on, for the sake of comparing.
Result<void> leaveOutEntries(db::Connection &connection)
{
    return connection.script(connection.dialect() == db::Dialect::PostgreSql
                                 ? QStringLiteral("CREATE RULE left_out AS ON INSERT TO audit_pending DO INSTEAD NOTHING;")
                                 : QStringLiteral("DROP TABLE audit_pending; CREATE VIEW audit_pending AS SELECT 1 AS number, 1 AS at_ms, 1 AS account, 1 AS device, 1 AS kind, 1 AS type, 1 AS record, 1 AS op, 1 AS details WHERE 0; "
                                                  "CREATE TRIGGER left_out INSTEAD OF INSERT ON audit_pending BEGIN SELECT 1; END;"));
}

/// Operations judged one by one, each durable, a second; 0 when it did not work.
double accepted(CentralStorage &storage, const Clock &clock, const OperationMaker &make, int count)
{
    const Identity who{.account = make.newId(), .device = make.newId(), .role = QStringLiteral("operator")};
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < count; ++i) {
        const Operation create = make.create(QStringLiteral("complaint"), OperationMaker::complaint());
        const auto answers = storage.write([&](db::Connection &connection) { return OperationJudge(connection, storage.tables(), clock).judge({create}, Scope(who)); }).result();
        if (!answers || answers->first().outcome != Outcome::Applied)
            return 0;
    }
    return count * 1000.0 / static_cast<double>(std::max<qint64>(1, timer.elapsed()));
}

/// Milliseconds to check \a count entries of operations; 0 when they are not right.
double checked(CentralStorage &storage, const Clock &clock, const OperationMaker &make, int count)
{
    const Identity who{.account = make.newId(), .device = make.newId(), .role = QStringLiteral("operator")};
    for (int done = 0; done < count; done += 500) {
        QList<Operation> operations;
        for (int i = 0; i < 500; ++i)
            operations += make.create(QStringLiteral("complaint"), OperationMaker::complaint());
        const auto taken = storage.write([&](db::Connection &connection) {
            return OperationJudge(connection, storage.tables(), clock).judge(operations, Scope(who)).and_then([&](const QList<Answer> &) { return numberCommits(connection, storage.epoch(), 5000); });
        }).result();
        if (!taken)
            return 0;
    }
    QElapsedTimer timer;
    timer.start();
    const auto report = storage.read([](db::Connection &connection) { return AuditCheck(connection).run(1, {}); }).result();
    return report && !report->fault && report->links >= count ? static_cast<double>(timer.elapsed()) * 100'000 / static_cast<double>(report->links) : 0;
}

bool measure(const QString &name, const std::optional<db::ServerAddress> &server, int count, int entries)
{
    const OperationMaker make;
    const SystemClock clock;
    const QTemporaryDir folder;
    const auto catalog = TypeCatalog::load();
    if (!catalog)
        return false;
    const CentralStorage::Options options{.folder = folder.path(), .catalog = *catalog, .clock = &clock, .server = server};
    if (!CentralStorage::create(options))
        return false;
    const auto storage = CentralStorage::open(options);
    if (!storage)
        return false;
    (void)accepted(**storage, clock, make, count / 4); // statements prepared, files grown
    const double with = accepted(**storage, clock, make, count);
    const double check = checked(**storage, clock, make, entries);
    if (!(*storage)->write([](db::Connection &connection) { return leaveOutEntries(connection); }).result())
        return false;
    const double without = accepted(**storage, clock, make, count);
    if (with <= 0 || without <= 0 || check <= 0)
        return false;
    print(QStringLiteral("audit.ops_with") + name, with, "1/s");
    print(QStringLiteral("audit.ops_without") + name, without, "1/s");
    print(QStringLiteral("audit.verify_100k") + name, check, "ms");
    return true;
}

} // namespace

/// What the audit journal costs: operations a second with it and without, one after the other, and checking it; their numbers from the command line.
int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const int count = argc > 1 ? QByteArray(argv[1]).toInt() : 2000;
    const int entries = argc > 2 ? QByteArray(argv[2]).toInt() : 100'000;
    if (!measure({}, std::nullopt, count, entries))
        return 1;
    PostgresCluster cluster(PostgresCluster::Disk::Waits);
    QString problem;
    if (!cluster.create(&problem)) {
        QTextStream(stderr) << problem << Qt::endl;
        return 1;
    }
    return measure(QStringLiteral("_pg"), cluster.address(), count, entries) ? 0 : 1;
}
