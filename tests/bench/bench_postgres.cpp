// SPDX-License-Identifier: GPL-3.0-or-later
#include "pushlines.h"

#include <access/sessions.h>
#include <central/centralstorage.h>
#include <support/balancer.h>
#include <support/centralprocess.h>
#include <support/operationmaker.h>
#include <wire/codec.h>

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QRegularExpression>
#include <QTextStream>

#include <algorithm>
#include <thread>

using namespace ioc;

namespace {

constexpr int devices = 500;

void print(const char *metric, double value, const char *unit)
{
    QTextStream(stdout) << metric << '\t' << value << '\t' << unit << Qt::endl;
}

/// What a device sends: one operation a request.
QByteArrayList requestsOf(const QString &token, const OperationMaker &make, int operations)
{
    QByteArrayList out;
    QByteArray answered; // named as a desktop does
    for (int i = 0; i < operations; ++i) {
        Values values = OperationMaker::complaint(QStringLiteral("Phản ánh thứ %1").arg(i));
        values.insert(QStringLiteral("reporter_name"), QStringLiteral("Người phản ánh %1").arg(i)); // as most have: they are sealed
        values.insert(QStringLiteral("reporter_phone"), QStringLiteral("+849%1").arg(i, 8, 10, QChar(u'0')));
        const Operation operation = make.create(QStringLiteral("complaint"), values);
        const QByteArray body = wire::encode(QList<Operation>{operation});
        out += "POST /v1/operations HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token.toLatin1() + answered + "\r\nContent-Type: " + QByteArray(wire::mediaType)
               + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
        answered = "\r\n" + QByteArray(wire::answeredHeader) + ": " + operation.op.toString().toLatin1();
    }
    return out;
}

double megabytes(qint64 process) // resident at the most
{
    QFile status(QStringLiteral("/proc/%1/status").arg(process));
    if (!status.open(QFile::ReadOnly))
        return -1;
    static const QRegularExpression peak(QStringLiteral("VmHWM:\\s+([0-9]+) kB"));
    return peak.match(QString::fromLatin1(status.readAll())).captured(1).toDouble() / 1024;
}

QStringList tokens(const CentralProcess &central, Id *account)
{
    const SystemClock clock;
    const auto storage = CentralStorage::open({.folder = central.dataFolder(), .catalog = TypeCatalog::load().value(), .clock = &clock, .server = central.server()}).value();
    return storage->write([&](db::Connection &connection) -> Result<QStringList> {
        auto transaction = db::Transaction::begin(connection);
        if (!transaction)
            return std::unexpected(transaction.error());
        Sessions sessions(connection, clock);
        const auto who = sessions.account(QStringLiteral("lan"));
        if (!who)
            return std::unexpected(who.error());
        *account = who->account;
        QStringList out;
        for (int i = 0; i < devices; ++i) {
            const auto pair = sessions.open(who->account, Id::create(clock), QStringLiteral("bench"));
            if (!pair)
                return std::unexpected(pair.error());
            out += pair->access;
        }
        return transaction->commit().transform([&] { return out; });
    }).result().value_or(QStringList());
}

/// Operations accepted a second, all devices together; 0 when it did not work.
double accepted(CentralProcess &central, int operationsEach, quint16 port)
{
    Id account;
    const QStringList all = tokens(central, &account);
    if (all.size() != devices)
        return 0;
    QList<QByteArrayList> requests;
    for (const QString &token : all)
        requests += requestsOf(token, OperationMaker(account), operationsEach);
    // On a thread of its own: here central's log is read meanwhile, or it would wait for that.
    QEventLoop loop;
    double perSecond = 0;
    std::thread lines([&] {
        PushLines all500;
        if (all500.open(port, QFile::encodeName(central.authorityFile()), devices)) {
            QElapsedTimer timer;
            timer.start();
            const bool done = all500.run(requests);
            const double seconds = static_cast<double>(timer.nsecsElapsed()) / 1e9;
            const bool areTaken = std::ranges::all_of(all500.answers(), [](const QByteArray &body) { return wire::decodeAnswers(body).value_or(QList<Answer>()).value(0).outcome == Outcome::Applied; });
            if (done && areTaken && all500.answers().size() == qsizetype(devices) * operationsEach)
                perSecond = static_cast<double>(all500.answers().size()) / seconds;
        }
        QMetaObject::invokeMethod(&loop, &QEventLoop::quit, Qt::QueuedConnection);
    });
    loop.exec();
    lines.join();
    return perSecond;
}

/// Single-row inserts a second by 32 clients of the server itself, each one durable.
double bareInserts(const PostgresCluster &cluster, int seconds)
{
    const auto connection = db::Connection::open({.server = cluster.address()});
    if (!connection || !(*connection)->script(QStringLiteral("CREATE TABLE bare (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a bigint, b text);")))
        return 0;
    QTemporaryDir folder;
    QFile script(folder.filePath(QStringLiteral("insert.sql")));
    if (!script.open(QFile::WriteOnly) || script.write("INSERT INTO bare (a, b) VALUES (1, 'a row of some length, as an operation has');\n") < 0)
        return 0;
    script.close();
    QProcess pgbench;
    pgbench.start(cluster.program(QStringLiteral("pgbench")), {QStringLiteral("--no-vacuum"), QStringLiteral("--client=32"), QStringLiteral("--jobs=2"), QStringLiteral("--protocol=prepared"),
                                                               QStringLiteral("--time=%1").arg(seconds), QStringLiteral("--file=") + script.fileName(), QStringLiteral("--host=") + cluster.address().host,
                                                               QStringLiteral("--username=") + cluster.address().user, cluster.address().database});
    pgbench.waitForFinished(120'000);
    static const QRegularExpression rate(QStringLiteral("tps = ([0-9.]+)"));
    return rate.match(QString::fromUtf8(pgbench.readAllStandardOutput())).captured(1).toDouble();
}

/// Two centrals behind HAProxy beside one behind it, one after the other.
bool compareTwo(CentralProcess &one, int operationsEach)
{
    const QStringList behind{QStringLiteral("--behind"), QStringLiteral("127.0.0.1")};
    if (!Balancer::isInstalled()) {
        QTextStream(stderr) << QStringLiteral("HAProxy is not installed: central.two_vs_one is left out") << Qt::endl;
        return true;
    }
    const auto two = CentralProcess::beside(one);
    if (!one.serve(behind) || !two->serve(behind))
        return false;
    Balancer alone;
    Balancer both;
    if (!alone.start({one.port()}, one.authorityFile()) || !both.start({one.port(), two->port()}, one.authorityFile()))
        return false;
    const double byOne = accepted(one, operationsEach, alone.port());
    const double byTwo = accepted(one, operationsEach, both.port());
    print("central.ops_haproxy_one", byOne, "1/s");
    print("central.ops_haproxy_two", byTwo, "1/s");
    print("central.two_vs_one", byOne > 0 ? byTwo / byOne : 0, "ratio");
    return byOne > 0 && byTwo > 0;
}

} // namespace

/// Central on PostgreSQL under the load of many devices; operations of each and pgbench's seconds from the command line.
int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const int operationsEach = argc > 1 ? QByteArray(argv[1]).toInt() : 40;
    const int seconds = argc > 2 ? QByteArray(argv[2]).toInt() : 10;
    PostgresCluster cluster(PostgresCluster::Disk::Waits);
    QString problem;
    if (!cluster.create(&problem)) {
        QTextStream(stderr) << problem << Qt::endl;
        return 1;
    }
    CentralProcess central(cluster.address());
    if (!central.init() || !central.addAccount(QStringLiteral("lan"), QStringLiteral("operator"), QStringLiteral("bến thành sáng sớm")) || !central.serve())
        return 1;
    const double bare = bareInserts(cluster, seconds);
    const double operations = accepted(central, operationsEach, central.port());
    if (bare <= 0 || operations <= 0)
        return 1;
    print("central.pgbench_inserts", bare, "1/s");
    print("central.ops_500dev_pg", operations, "1/s");
    print("central.ops_vs_pgbench", operations / bare, "ratio");
    const double rss = megabytes(central.processId());
    print("central.rss_load", rss, "MB");
    return central.stop() == 0 && compareTwo(central, operationsEach) ? 0 : 1;
}
