// SPDX-License-Identifier: GPL-3.0-or-later
// Damaged, closed and full local databases: nothing that was answered "saved" is lost.
#include "../support/teststore.h"

#include <store/operationjournal.h>
#include <store/storefile.h>

#include <QProcess>
#include <QStandardPaths>

#include <csignal>
#include <grp.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace ioc;
using namespace ioc::test;
using namespace Qt::StringLiterals;

namespace {

const QString firmType = u"travel_firm"_s;
constexpr uid_t nobody = 65534;

Values firm(const QString &name)
{
    return {{u"name"_s, name}, {u"kind"_s, u"domestic"_s}, {u"address"_s, QString(300, u'a')}};
}

void overwrite(const QString &path, qint64 from, qint64 bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.size() > from);
    file.seek(from);
    QCOMPARE(file.write(QByteArray(bytes, '\x5a')), bytes);
}

/// While it lives, no file can grow beyond \a bytes.
class FullDisk
{
public:
    explicit FullDisk(rlim_t bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{bytes, m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FullDisk() { setrlimit(RLIMIT_FSIZE, &m_before); }
    Q_DISABLE_COPY_MOVE(FullDisk)

private:
    rlimit m_before{};
};

/// The program that saves, on \a folder, as somebody without special rights.
int runSaving(const QString &folder, QByteArray *errors, QByteArray *output = nullptr)
{
    // A copy, since a checkout in somebody's home folder is closed to others.
    const QTemporaryDir open;
    const QString program = open.filePath(u"saving_client"_s);
    constexpr auto all = QFile::ReadOwner | QFile::ExeOwner | QFile::ReadOther | QFile::ExeOther;
    if (!QFile::setPermissions(open.path(), all | QFile::WriteOwner) || !QFile::copy(QStringLiteral(IOC_BINARY_DIR "/bin/saving_client"), program) || !QFile::setPermissions(program, all))
        return -1;
    QProcess process;
    process.setProgram(program);
    process.setWorkingDirectory(open.path());
    process.setArguments({folder});
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"IOC_SAVES"_s, u"3"_s);
    process.setProcessEnvironment(environment);
    process.setChildProcessModifier([] {
        if (geteuid() == 0) {
            (void)setgroups(0, nullptr); // no group either, or the group's rights would count
            (void)setgid(nobody);
            (void)setuid(nobody);
        }
    });
    process.start();
    process.waitForFinished(60'000);
    *errors = process.readAllStandardError();
    if (output)
        *output = process.readAllStandardOutput();
    return process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
}

} // namespace

class TestStoreFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void damagedDatabaseIsPutAside_data()
    {
        QTest::addColumn<qint64>("from");
        QTest::addColumn<qint64>("bytes");
        QTest::newRow("header") << qint64(0) << qint64(100);
        QTest::newRow("schema") << qint64(100) << qint64(8000);
        QTest::newRow("everything but the header") << qint64(100) << qint64(200'000);
    }

    void damagedDatabaseIsPutAside()
    {
        QFETCH(qint64, from);
        QFETCH(qint64, bytes);
        TestStore local;
        QVERIFY(local.open());
        const Id device = local.store->device();
        const Id pulled = Id::create(local.clock);
        const Id mine = Id::create(local.clock);
        QVERIFY(local.pull({stateOf(firmType, pulled, 1, firm(u"cũ"_s))}));
        QVERIFY(local.create(firmType, mine, firm(u"mới"_s)));
        const auto edit = local.edit(firmType, pulled, u"name"_s, u"đã sửa"_s);
        local.store.reset();
        overwrite(StoreFile(local.folder).database(), from, std::min(bytes, QFileInfo(StoreFile(local.folder).database()).size() - from));

        const auto report = local.reopen();
        QVERIFY2(report, report ? "" : qPrintable(report.error().message + report.error().detail));
        QVERIFY(QFileInfo(report->damagedFile).fileName().startsWith(u"store.damaged-"_s));
        QVERIFY(QFile::exists(report->damagedFile));
        QCOMPARE(report->rescuedOperations, 2);
        QCOMPARE(local.store->device(), device);
        QCOMPARE(local.record(firmType, mine)->record.text(u"name"_s), u"mới"_s);
        QVERIFY(answered(local.store->cursor())->isNull()); // everything is fetched anew
        QVERIFY(local.pull({stateOf(firmType, pulled, 1, firm(u"cũ"_s))}));
        QCOMPARE(local.record(firmType, pulled)->record.text(u"name"_s), u"đã sửa"_s);
        const auto push = answered(local.store->nextPush(10));
        QCOMPARE(push->size(), 2);
        QCOMPARE(push->last().op, edit->operations.first());
    }

    void damageMetWhileRunningIsActedOnAtTheNextStart()
    {
        TestStore local;
        QVERIFY(local.open());
        QList<Change> changes;
        for (int i = 0; i < 3000; ++i)
            changes += stateOf(firmType, Id::create(local.clock), 1, firm(u"%1"_s.arg(i)));
        QVERIFY(local.pull(changes));
        const Id mine = Id::create(local.clock);
        QVERIFY(local.create(firmType, mine, firm(u"mới"_s)));
        QVERIFY(local.reopen()); // the log is in the file now
        const QString path = StoreFile(local.folder).database();
        local.store.reset();
        overwrite(path, QFileInfo(path).size() / 4, QFileInfo(path).size() / 2); // control tables lie in front
        auto report = local.reopen();
        if (report && report->damagedFile.isEmpty()) { // met only when rows are read
            const auto rows = answered(local.store->firstPage({.type = firmType, .sortField = u"address"_s}, 5000));
            QVERIFY(!rows);
            QCOMPARE(rows.error().code, ErrorCode::Damaged);
            QVERIFY(!rows.error().message.isEmpty());
            report = local.reopen();
        }
        QVERIFY2(report, report ? "" : qPrintable(report.error().detail));
        QVERIFY(!report->damagedFile.isEmpty());
        QCOMPARE(report->rescuedOperations, 1);
        QVERIFY(local.record(firmType, mine));
        QVERIFY(local.pull(changes));
        QCOMPARE(*answered(local.store->count({.type = firmType})), 3001);
    }

    void tornJournalLosesOnlyItsTail()
    {
        TestStore local;
        QVERIFY(local.open());
        for (int i = 0; i < 5; ++i)
            QVERIFY(local.create(firmType, Id::create(local.clock), firm(u"%1"_s.arg(i))));
        local.store.reset();
        const StoreFile file(local.folder);
        QVERIFY(QFile::resize(file.journal(), QFileInfo(file.journal()).size() - 7));
        QVERIFY(QFile::resize(file.database(), 5000));
        const auto report = local.reopen();
        QVERIFY(report);
        QCOMPARE(report->rescuedOperations, 4);
        QVERIFY(local.create(firmType, Id::create(local.clock), firm(u"nữa"_s))); // and it goes on
    }

    void journalReaderTakesWhatIsWhole_data()
    {
        QTest::addColumn<int>("at");
        QTest::addColumn<int>("operations");
        QTest::newRow("nothing touched") << -1 << 3;
        QTest::newRow("first entry") << 60 << 2;
        QTest::newRow("header") << 10 << 3;
        QTest::newRow("last byte") << -2 << 2;
    }

    void journalReaderTakesWhatIsWhole()
    {
        QFETCH(int, at);
        QFETCH(int, operations);
        QTemporaryDir folder;
        OperationJournal journal(folder.filePath(u"j"_s));
        const SystemClock clock;
        const Id device = Id::create(clock);
        QVERIFY(journal.replace(device, {}));
        for (int i = 0; i < 3; ++i)
            QVERIFY(journal.append({Operation{.op = Id::create(clock), .type = firmType, .record = Id::create(clock)}}));
        QFile file(folder.filePath(u"j"_s));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QByteArray bytes = file.readAll();
        if (at == -2)
            bytes[bytes.size() - 1] = static_cast<char>(~bytes[bytes.size() - 1]);
        else if (at >= 0)
            bytes[at] = static_cast<char>(~bytes[at]);
        const JournalContent content = readJournal(bytes);
        QCOMPARE(content.operations.size(), operations);
        QCOMPARE(content.whole, at == -1);
        if (at != 10)
            QCOMPARE(content.device, device);
    }

    // Maps within maps that end too early, behind a right checksum: Qt's own parser hands out something half made.
    void journalWithADamagedHeadIsRefused()
    {
        const JournalContent content = readJournal(QByteArray::fromHex("110000006a77d402a681810001a60a00083bd6fd00543f0024"));
        QVERIFY(content.operations.isEmpty());
        QVERIFY(content.device.isNull());
        QVERIFY(!content.whole);
    }

    void fullDiskIsSaidAndNothingIsLost()
    {
        TestStore local;
        QVERIFY(local.open());
        QSet<Id> saved;
        int refused = 0;
        {
            const FullDisk full(2'000'000);
            for (int i = 0; i < 3000 && refused < 3; ++i) {
                const Id id = Id::create(local.clock);
                const auto answer = local.create(firmType, id, firm(u"%1"_s.arg(i)));
                if (answer) {
                    saved += id;
                } else {
                    QCOMPARE(answer.error().code, ErrorCode::Full);
                    QVERIFY(!answer.error().message.isEmpty());
                    ++refused;
                }
            }
            QCOMPARE(refused, 3);
            QVERIFY(!saved.isEmpty());
        }
        const Id later = Id::create(local.clock);
        const auto again = local.create(firmType, later, firm(u"có chỗ rồi"_s));
        QVERIFY2(again, again ? "" : qPrintable(again.error().message + again.error().detail));
        saved += later;
        QVERIFY(local.reopen());
        QCOMPARE(*answered(local.store->count({.type = firmType})), saved.size());
        for (const Id &id : std::as_const(saved))
            QVERIFY(local.record(firmType, id));
        QCOMPARE(answered(local.store->nextPush(100'000))->size(), saved.size());
    }

    void fullDiskDuringAPullSkipsNothing()
    {
        TestStore local;
        QVERIFY(local.open());
        QList<Change> changes;
        for (int i = 0; i < 4000; ++i)
            changes += stateOf(firmType, Id::create(local.clock), 1, firm(u"%1"_s.arg(i)));
        const Change last = stateOf(firmType, Id::create(local.clock), 1, firm(u"sau"_s));
        {
            const FullDisk full(1'500'000);
            const auto first = local.store->applyPage({.next = {.epoch = local.epoch, .sequence = 4000}, .changes = changes, .more = true});
            const auto second = local.store->applyPage({.next = {.epoch = local.epoch, .sequence = 4001}, .changes = {last}});
            QVERIFY(!answered(first));
            QVERIFY(!answered(second)); // or the cursor would pass over the first
        }
        QVERIFY(answered(local.store->cursor())->isNull());
        QVERIFY(local.pull(changes + QList{last}));
        QCOMPARE(*answered(local.store->count({.type = firmType})), 4001);
    }

    void closedFolderIsSaid()
    {
        QTemporaryDir folder;
        QVERIFY(QFile::setPermissions(folder.path(), QFile::ReadOwner | QFile::ExeOwner | QFile::ReadOther | QFile::ExeOther));
        QByteArray errors;
        QCOMPARE(runSaving(folder.path(), &errors), 3);
        QVERIFY2(errors.startsWith("read_only "), errors.constData());
        QVERIFY(QDir(folder.path()).isEmpty());
        QVERIFY(QFile::setPermissions(folder.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther));
        QByteArray output;
        QVERIFY2(runSaving(folder.path(), &errors, &output) == 0, errors.constData());
        QCOMPARE(output.count('\n'), 3);
        // A database that may only be read.
        const StoreFile file(folder.path());
        for (const QString &path : {file.database(), file.journal()})
            QVERIFY(QFile::setPermissions(path, QFile::ReadOwner | QFile::ReadOther));
        QVERIFY(QFile::setPermissions(folder.path(), QFile::ReadOwner | QFile::ExeOwner | QFile::ReadOther | QFile::ExeOther));
        QCOMPARE(runSaving(folder.path(), &errors), 3);
        QVERIFY2(errors.startsWith("read_only "), errors.constData());
        QVERIFY(QFile::setPermissions(folder.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    }
};

QTEST_GUILESS_MAIN(TestStoreFaults)
#include "tst_store_faults.moc"
