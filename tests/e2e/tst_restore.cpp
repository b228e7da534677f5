// SPDX-License-Identifier: GPL-3.0-or-later
// Backups of the real central, and what devices do when it comes back from one.
#include "../support/headlessdesk.h"

#include <db/connection.h>
#include <support/backendtest.h>

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>

using namespace ioc;
using namespace ioc::test;
using namespace Qt::StringLiterals;

namespace {

using Desk = HeadlessDesk;
constexpr int patienceMs = 30'000;

void changeByte(const QString &path, qint64 at)
{
    QFile file(path);
    if (!file.open(QFile::ReadWrite) || !file.seek(at))
        qFatal("%s", qPrintable(path));
    char byte = 0;
    file.peek(&byte, 1);
    byte = static_cast<char>(~byte);
    file.write(&byte, 1);
}

} // namespace

class TestRestore : public CentralTest<CentralProcess>
{
    Q_OBJECT

protected:
    void prepare() override
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_central->init());
        for (const auto &login : {u"lan"_s, u"minh"_s})
            QVERIFY(m_central->addAccount(login, u"operator"_s, operatorPassword));
        QVERIFY(m_central->serve());
    }

private Q_SLOTS:
    void acknowledgedWorkComesBack()
    {
        Desk lan(*m_central, u"lan"_s);
        lan.connect();
        const Id before = lan.makeComplaint(u"Trước khi sao lưu"_s);
        QTRY_VERIFY_WITH_TIMEOUT(lan.isQuiet(before), patienceMs);
        const auto made = m_central->run({u"backup"_s, backup()}); // while it serves
        QVERIFY2(made.code == 0, made.errors.constData());
        const Id after = lan.makeComplaint(u"Sau khi sao lưu"_s);
        QVERIFY(lan.step(before, u"accept"_s));
        QTRY_VERIFY_WITH_TIMEOUT(lan.isQuiet(after) && lan.isQuiet(before), patienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(lan.engine->state().kind, SyncState::Kind::Online, patienceMs);

        restore();
        lan.engine->syncNow();
        Desk minh(*m_central, u"minh"_s); // a device that never saw the central before
        minh.connect();
        QTRY_VERIFY_WITH_TIMEOUT(minh.has(after), patienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(minh.complaint(before).text(u"status"_s), u"accepted"_s, patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(lan.isQuiet(after) && lan.isQuiet(before), patienceMs);
        QCOMPARE(lan.local.store->status(), StoreStatus());
        QTRY_COMPARE(lan.complaint(after).values, minh.complaint(after).values);
        QTRY_COMPARE(lan.complaint(before).values, minh.complaint(before).values);
        for (Desk *desk : {&lan, &minh}) { // nothing twice
            const auto timeline = answered(desk->local.store->children(u"timeline_entry"_s, before));
            QVERIFY(timeline);
            QCOMPARE(timeline->size(), 2);
        }
    }

    // No “restore” was run: somebody put an old copy of the database or of the whole machine in its place.
    void aDatabaseThatWentBackIsNoticed_data()
    {
        QTest::addColumn<int>("overtaking"); // changes that central takes before the device is back
        QTest::newRow("the device is ahead") << 0;
        QTest::newRow("its numbers were given anew") << 5;
    }
    void aDatabaseThatWentBackIsNoticed()
    {
        QFETCH(int, overtaking);
        Desk lan(*m_central, u"lan"_s);
        Desk minh(*m_central, u"minh"_s);
        lan.connect();
        minh.connect();
        const Id first = lan.makeComplaint(u"Cũ"_s);
        QTRY_VERIFY_WITH_TIMEOUT(lan.isQuiet(first) && minh.has(first), patienceMs);
        QCOMPARE(m_central->stop(), 0);
        QVERIFY(keepDatabase());
        QVERIFY(m_central->serve());
        lan.engine->syncNow();
        const Id second = lan.makeComplaint(u"Mới"_s);
        QTRY_VERIFY_WITH_TIMEOUT(lan.isQuiet(second), patienceMs);
        minh.disconnect();
        lan.disconnect();
        m_central->kill();
        QVERIFY(putBackDatabase());
        QVERIFY(m_central->serve());
        minh.connect();
        QList<Id> others;
        for (int i = 0; i < overtaking; ++i)
            others += minh.makeComplaint(u"Việc khác %1"_s.arg(i));
        for (const Id &other : std::as_const(others))
            QTRY_VERIFY_WITH_TIMEOUT(minh.isQuiet(other), patienceMs);
        lan.connect();
        QTRY_VERIFY_WITH_TIMEOUT(minh.has(second), patienceMs);
        for (const Id &other : std::as_const(others))
            QTRY_VERIFY_WITH_TIMEOUT(lan.has(other), patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(lan.isQuiet(second), patienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(lan.local.store->status(), StoreStatus(), patienceMs);
        // Its number may be a new one, and comes when central has taken it again.
        QVERIFY(QTest::qWaitFor([&] { return lan.complaint(second).values == minh.complaint(second).values; }, patienceMs));
    }

    void restoredTwiceFromOneBackup()
    {
        QCOMPARE(m_central->run({u"backup"_s, backup()}).code, 0);
        Desk lan(*m_central, u"lan"_s);
        lan.connect();
        const Id work = lan.makeComplaint(u"Còn mãi"_s);
        QTRY_VERIFY_WITH_TIMEOUT(lan.isQuiet(work), patienceMs);
        for (int round = 0; round < 2; ++round) {
            restore();
            lan.engine->syncNow();
            // The backup is older than the sign-in: central does not know it any more, and the person is asked.
            QTRY_COMPARE_WITH_TIMEOUT(lan.engine->state().kind, SyncState::Kind::SignedOut, patienceMs);
            QVERIFY(answered(lan.engine->signIn(u"lan"_s, operatorPassword)));
            Desk minh(*m_central, u"minh"_s);
            minh.connect();
            QTRY_VERIFY_WITH_TIMEOUT(minh.has(work), patienceMs);
            QTRY_VERIFY_WITH_TIMEOUT(lan.isQuiet(work), patienceMs);
        }
    }

    void aBackupIsCheckedFileByFile()
    {
        QCOMPARE(m_central->run({u"backup"_s, backup()}).code, 0);
        QCOMPARE(m_central->run({u"restore"_s, u"--check"_s, backup()}).code, 0);
        const auto again = m_central->run({u"backup"_s, backup()});
        QCOMPARE(again.code, 1);
        QVERIFY2(again.errors.contains("not empty"), again.errors.constData());
        changeByte(backup() + u'/' + databaseFile(), 5000);
        const auto bent = m_central->run({u"restore"_s, u"--check"_s, backup()});
        QCOMPARE(bent.code, 1);
        QVERIFY2(bent.errors.contains(databaseFile().toLatin1() + " is not as it was"), bent.errors.constData());
        changeByte(backup() + u'/' + databaseFile(), 5000);
        QVERIFY(QFile::remove(backup() + u"/tls/server.key"_s));
        QCOMPARE(m_central->run({u"restore"_s, u"--check"_s, backup()}).code, 1);
    }

    void nothingIsOverwrittenOrTakenOnTrust()
    {
        QCOMPARE(m_central->run({u"backup"_s, backup()}).code, 0);
        const auto over = m_central->run({u"restore"_s, backup()});
        QCOMPARE(over.code, 1);
        QVERIFY2(over.errors.contains("not empty"), over.errors.constData());
        // A manifest that names files elsewhere.
        QFile manifest(backup() + u"/backup.json"_s);
        QVERIFY(manifest.open(QFile::ReadWrite));
        QByteArray text = manifest.readAll();
        text.replace("tls/ca.pem", "../ca.pem");
        QVERIFY(manifest.resize(0) && manifest.seek(0) && manifest.write(text) == text.size());
        manifest.close();
        const auto outside = m_central->run({u"restore"_s, u"--check"_s, backup()});
        QCOMPARE(outside.code, 1);
        QVERIFY2(outside.errors.contains("damaged"), outside.errors.constData());
        QVERIFY(manifest.remove());
        const auto none = m_central->run({u"restore"_s, u"--check"_s, backup()});
        QCOMPARE(none.code, 1);
        QVERIFY2(none.errors.contains("holds no whole backup"), none.errors.constData());
    }

    void aBackupGoesBackToTheKindOfDatabaseItIsOf()
    {
        QCOMPARE(m_central->run({u"backup"_s, backup()}).code, 0);
        CentralProcess other(onServer() ? QString() : u"postgresql"_s);
        if (!other.obstacle().isEmpty())
            QSKIP(qPrintable(other.obstacle()));
        const auto refused = other.run({u"restore"_s, backup()});
        QCOMPARE(refused.code, 2);
        QVERIFY2(refused.errors.contains(onServer() ? "Name an empty one with --database" : "Restore it without --database"), refused.errors.constData());
        QVERIFY(!QFile::exists(other.dataFolder()));
    }

    void keysInABackupAreForTheOwnerAlone()
    {
        QCOMPARE(m_central->run({u"backup"_s, backup()}).code, 0);
        constexpr auto others = QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther;
        for (const QString &name : {u"/tls/ca.key"_s, u'/' + databaseFile(), u"/backup.json"_s, QString()})
            QVERIFY2(!(QFile::permissions(backup() + name) & others), qPrintable(name));
    }

private:
    bool onServer() const { return m_central->server().has_value(); }
    QString databaseFile() const { return onServer() ? u"central.pgdump"_s : u"central.sqlite"_s; }
    bool onDatabase(const QString &sql, const QString &database = {}) const
    {
        db::ServerAddress server = *m_central->server();
        if (!database.isEmpty())
            server.database = database;
        const auto connection = db::Connection::open({.server = server});
        return connection && (*connection)->exec(sql);
    }
    // A copy made behind central's back, and put back so.
    bool keepDatabase() const
    {
        if (onServer())
            return onDatabase(u"CREATE DATABASE %1_old TEMPLATE %1"_s.arg(m_central->server()->database), u"postgres"_s);
        return QFile::copy(m_central->dataFolder() + u"/central.sqlite"_s, m_folder->filePath(u"old.sqlite"_s));
    }
    bool putBackDatabase() const
    {
        if (onServer()) {
            const QString name = m_central->server()->database;
            return onDatabase(u"DROP DATABASE %1 WITH (FORCE)"_s.arg(name), u"postgres"_s) && onDatabase(u"ALTER DATABASE %1_old RENAME TO %1"_s.arg(name), u"postgres"_s);
        }
        const QString database = m_central->dataFolder() + u"/central.sqlite"_s;
        for (const auto &part : {QString(), u"-wal"_s, u"-shm"_s})
            QFile::remove(database + part);
        return QFile::copy(m_folder->filePath(u"old.sqlite"_s), database);
    }
    QString backup() const { return m_folder->filePath(u"backup"_s); }
    void restore()
    {
        m_central->kill();
        QVERIFY(QDir(m_central->dataFolder()).removeRecursively());
        if (onServer())
            QVERIFY(onDatabase(u"DROP SCHEMA public CASCADE"_s) && onDatabase(u"CREATE SCHEMA public"_s));
        const auto done = m_central->run({u"restore"_s, backup()});
        QVERIFY2(done.code == 0, done.errors.constData());
        QVERIFY(m_central->serve());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestRestore)
#include "tst_restore.moc"
