// SPDX-License-Identifier: GPL-3.0-or-later
// Either side dies as by kill -9 at each step of its work (base/faultpoint.h) and is started again: what was saved is at central
// once and on every desk, whatever the step. The steps of starting from a snapshot are tested in tst_snapshot.cpp.
#include "../support/teststore.h"

#include <base/faultpoint.h>
#include <db/connection.h>
#include <support/backendtest.h>
#include <support/centralprocess.h>
#include <support/operationmaker.h>
#include <support/testdevice.h>

#include <QProcess>

using namespace ioc;
using namespace ioc::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int patienceMs = 60'000;
constexpr int savedHere = 6;
constexpr int savedElsewhere = 30;
constexpr int worthASnapshot = 5200;
constexpr qsizetype batch = 400;
const QString complaintType = u"complaint"_s;
const QString password = u"bến thành sáng sớm"_s;

/// A program of ours that may be told where to die.
class Victim
{
public:
    Victim(const QString &program, const QStringList &arguments, const QByteArray &fault, const Id &author = {})
    {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"IOC_FAULT"_s, QString::fromLatin1(fault));
        environment.insert(u"IOC_SAVES"_s, QString::number(savedHere));
        environment.insert(u"IOC_AUTHOR"_s, author.toString());
        m_process.setProcessEnvironment(environment);
        m_process.start(QStringLiteral(IOC_BINARY_DIR "/bin/") + program, arguments);
    }
    ~Victim() { m_process.kill(); m_process.waitForFinished(); }
    /// Its exit code; -1 when it died, -2 when it does not end.
    int end()
    {
        if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(patienceMs))
            return -2;
        return m_process.exitStatus() == QProcess::CrashExit ? -1 : m_process.exitCode();
    }
    QStringList lines() { return QString::fromLatin1(m_process.readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts); }

private:
    QProcess m_process;
};

} // namespace

class TestKillSteps : public CentralTest<CentralProcess>
{
    Q_OBJECT

protected:
    void prepare() override
    {
        QVERIFY(m_central->init());
        for (const auto &login : {u"lan"_s, u"minh"_s})
            QVERIFY(m_central->addAccount(login, u"operator"_s, password));
        QVERIFY(m_central->serve());
        m_lan = signedIn(u"lan"_s)->session().account;
        QVERIFY(!m_lan.isNull());
        QCOMPARE(m_central->stop(), 0);
        m_desk = std::make_unique<QTemporaryDir>();
    }

private Q_SLOTS:
    void aDesktopThatSaves_data() { rows(saveSteps); }
    void aDesktopThatSaves()
    {
        QFETCH(QByteArray, step);
        QVERIFY(m_central->serve());
        const QStringList before = saved();
        Victim victim(u"saving_client"_s, {m_desk->path()}, step, m_lan);
        QCOMPARE(victim.end(), -1);
        QVERIFY(victim.lines().isEmpty()); // nobody was told yet that it is saved
        QCOMPARE(sync(), 0);
        check(before, 1); // it is all the same
    }

    void aDesktopThatSyncs_data()
    {
        rows(pushSteps);
        rows(pullSteps, false);
        rows(schemaSteps, false);
    }
    void aDesktopThatSyncs()
    {
        QFETCH(QByteArray, step);
        QVERIFY(m_central->serve());
        elsewhere();
        const bool isSchema = step.startsWith("schema");
        const QStringList mine = isSchema ? QStringList() : saved();
        QCOMPARE(sync(step), -1);
        QCOMPARE(sync(), 0);
        check(mine);
    }

    void aDesktopWhoseCentralWentBack()
    {
        QVERIFY(m_central->serve());
        elsewhere();
        const QString copy = m_desk->filePath(u"backup"_s);
        QCOMPARE(m_central->run({u"backup"_s, copy}).code, 0);
        const QStringList mine = saved();
        QCOMPARE(sync(), 0);
        check(mine);
        m_central->kill();
        putBack(copy);
        QVERIFY(m_central->serve());
        QCOMPARE(sync(restartStep), -1);
        QCOMPARE(sync(), 0);
        check(mine);
    }

    void aCentralThatServes_data() { rows(centralSteps); }
    void aCentralThatServes()
    {
        QFETCH(QByteArray, step);
        const QStringList mine = saved();
        (void)serveUntil(step);
        Victim desk(u"syncing_client"_s, syncing(), {});
        QVERIFY(m_central->hasEnded());
        QVERIFY(m_central->serve());
        QVERIFY(desk.end() >= 0); // unless it could not even sign in, it is done
        elsewhere();
        QCOMPARE(sync(), 0);
        check(mine);
    }

    void aCentralThatBuildsASnapshot_data() { rows(buildSteps); }
    void aCentralThatBuildsASnapshot()
    {
        QFETCH(QByteArray, step);
        QVERIFY(m_central->serve());
        elsewhere(worthASnapshot);
        QCOMPARE(m_central->stop(), 0);
        QVERIFY(serveUntil(step));
        const auto device = signedIn();
        (void)device->request("GET", u"/v1/snapshot"_s);
        QVERIFY(m_central->hasEnded());
        QVERIFY(m_central->serve());
        device->setBase(m_central->url());
        QTRY_COMPARE_WITH_TIMEOUT(device->request("GET", u"/v1/snapshot"_s).status, 200, patienceMs);
        const QDir shelf(m_central->dataFolder() + u"/snapshots"_s);
        QTRY_COMPARE_WITH_TIMEOUT(shelf.entryList(QDir::Files).size(), 2, patienceMs); // the file and what it is: nothing half built is left
    }

    void aCentralThatGetsANewKindOfRecord_data() { rows(schemaSteps); }
    void aCentralThatGetsANewKindOfRecord()
    {
        QFETCH(QByteArray, step);
        QVERIFY(m_central->serve());
        elsewhere();
        QCOMPARE(m_central->stop(), 0);
        QVERIFY(QDir().mkpath(m_central->dataFolder() + u"/types"_s));
        QFile type(m_central->dataFolder() + u"/types/beach.json"_s);
        QVERIFY(type.open(QFile::WriteOnly));
        type.write(R"({"name":"beach","label":{"vi":"Bãi biển","en":"Beach"},"plural":{"vi":"Bãi biển","en":"Beaches"},"title":"{name}","fields":[{"name":"name","label":{"vi":"Tên","en":"Name"},"required":true}]})");
        type.close();
        QVERIFY(!serveUntil(step));
        QVERIFY(m_central->hasEnded());
        QVERIFY(m_central->serve());
        QCOMPARE(sync(), 0);
        check({});
        const auto device = signedIn();
        const auto answers = device->push({OperationMaker(device->session().account, device->device()).create(u"beach"_s, {{u"name"_s, u"Mỹ Khê"_s}})});
        QCOMPARE(answers.size(), 1);
        QCOMPARE(answers.first().outcome, Outcome::Applied);
    }

    void aRestore_data() { rows(restoreSteps); }
    void aRestore()
    {
        QFETCH(QByteArray, step);
        QFETCH_GLOBAL(QString, backend);
        if (backend == u"postgresql" && step == "restore.database")
            return; // that database is filled by the server's own program, in one transaction
        QVERIFY(m_central->serve());
        elsewhere();
        const QString copy = m_desk->filePath(u"backup"_s);
        QCOMPARE(m_central->run({u"backup"_s, copy}).code, 0);
        m_central->kill();
        empty();
        qputenv("IOC_FAULT", step);
        const auto died = m_central->run({u"restore"_s, copy});
        qunsetenv("IOC_FAULT");
        QCOMPARE(died.code, -1);
        QVERIFY(!m_central->serve()); // there is no central yet
        const auto done = m_central->run({u"restore"_s, copy});
        QVERIFY2(done.code == 0, done.errors.constData());
        QVERIFY(m_central->serve());
        QCOMPARE(sync(), 0);
        check({});
        QVERIFY(m_central->run({u"restore"_s, copy}).code != 0); // a whole central is not overwritten
    }

private:
    template <typename Steps>
    static void rows(const Steps &steps, bool first = true)
    {
        if (first)
            QTest::addColumn<QByteArray>("step");
        for (const char *step : steps)
            QTest::newRow(step) << QByteArray(step);
    }
    [[nodiscard]] QStringList syncing() const { return {m_desk->path(), m_central->url().toString(), m_central->authorityFile(), u"lan"_s, password}; }
    int sync(const QByteArray &fault = {}) { return Victim(u"syncing_client"_s, syncing(), fault).end(); }
    /// Complaints that an operator saved on the desktop, offline.
    QStringList saved()
    {
        Victim saving(u"saving_client"_s, {m_desk->path()}, {}, m_lan);
        return saving.end() == 0 ? saving.lines() : QStringList();
    }
    std::unique_ptr<TestDevice> signedIn(const QString &login = u"minh"_s)
    {
        auto device = std::make_unique<TestDevice>(m_central->url(), m_central->authorityFile(), Id::create(m_clock));
        device->signIn(login, password);
        return device;
    }
    /// Complaints of another desktop.
    void elsewhere(int count = savedElsewhere)
    {
        const auto device = signedIn();
        const OperationMaker make(device->session().account, device->device());
        QList<Operation> operations;
        for (int i = 0; i < count; ++i)
            operations += make.create(complaintType, OperationMaker::complaint(u"Nơi khác %1"_s.arg(i)));
        for (qsizetype from = 0; from < count; from += batch)
            QCOMPARE(device->push(operations.mid(from, batch)).size(), std::min(batch, count - from));
        Cursor cursor;
        QSet<Id> numbered;
        const auto all = [&] {
            const auto more = complaintsAt(*device, cursor);
            numbered += QSet<Id>(more.begin(), more.end());
            return std::ranges::all_of(operations, [&](const Operation &one) { return numbered.contains(one.record); });
        };
        QTRY_VERIFY_WITH_TIMEOUT(all(), patienceMs);
    }
    /// Starts central, which dies at \a step; false when that is before it serves.
    bool serveUntil(const QByteArray &step)
    {
        qputenv("IOC_FAULT", step);
        const bool serves = m_central->serve();
        qunsetenv("IOC_FAULT");
        return serves;
    }
    void empty()
    {
        QVERIFY(QDir(m_central->dataFolder()).removeRecursively());
        if (const auto server = m_central->server()) {
            const auto connection = db::Connection::open({.server = *server});
            QVERIFY(connection && (*connection)->script(u"DROP SCHEMA public CASCADE; CREATE SCHEMA public"_s));
        }
    }
    void putBack(const QString &copy)
    {
        empty();
        const auto done = m_central->run({u"restore"_s, copy});
        QVERIFY2(done.code == 0, done.errors.constData());
    }
    static QList<Id> complaintsAt(TestDevice &device, Cursor &cursor)
    {
        QList<Id> out;
        const auto changes = device.pullAll(cursor);
        for (const Change &change : changes.value_or(QList<Change>())) {
            if (change.record.type == complaintType)
                out += change.record.id;
        }
        return out;
    }
    /// At central and on the desktop is what was saved on both, and each of it once. \a more were being saved when it died.
    void check(const QStringList &mine, int more = 0)
    {
        const auto device = signedIn();
        Cursor start;
        const QList<Id> there = complaintsAt(*device, start);
        const QSet<Id> distinct(there.begin(), there.end());
        for (const QString &one : mine)
            QVERIFY(distinct.contains(Id::fromString(one).value_or(Id())));
        QList<StoredRecord> rows;
        QTRY_VERIFY_WITH_TIMEOUT(allShown(rows), patienceMs); // answered is not shown yet
        QCOMPARE(rows.size(), distinct.size());
        for (const StoredRecord &row : std::as_const(rows)) {
            QVERIFY(distinct.contains(row.record.id));
            QCOMPARE(row.record.version, 1); // nothing was done to it twice
        }
        QVERIFY(distinct.size() % savedElsewhere == mine.size() + more);
    }

    /// Whether the desktop knows that central has all that it has itself; if not, it follows the feed once more.
    bool allShown(QList<StoredRecord> &rows)
    {
        {
            TestStore local(m_desk->path());
            if (!local.open() || local.store->status() != StoreStatus())
                return false;
            rows = answered(local.store->firstPage({.type = complaintType}, 1000)).value_or(QList<StoredRecord>());
        }
        if (std::ranges::none_of(rows, &StoredRecord::pending))
            return true;
        (void)sync();
        return false;
    }

    SystemClock m_clock;
    Id m_lan; // the account that works on the desktop
    std::unique_ptr<QTemporaryDir> m_desk;
};

QTEST_GUILESS_MAIN(TestKillSteps)
#include "tst_killsteps.moc"
