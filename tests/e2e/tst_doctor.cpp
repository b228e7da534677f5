// SPDX-License-Identifier: GPL-3.0-or-later
// What “doctor” finds in a deployment, sound and ailing, with the real program.
#include <central/certificates.h>
#include <central/sealing.h>
#include <db/connection.h>
#include <support/centralprocess.h>
#include <support/operationmaker.h>
#include <support/testdevice.h>

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace ioc;
using namespace Qt::StringLiterals;

namespace {
constexpr qint64 dayMs = 24LL * 3'600'000;
constexpr qint64 pageBytes = 4096;
}

class TestDoctor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { addBackends(); }
    void initTestCase()
    {
        if (!m_cluster.create(&m_problem))
            qInfo("%s", qPrintable(m_problem));
    }
    void init()
    {
        QFETCH_GLOBAL(QString, backend);
        m_database.reset();
        if (backend == u"postgresql") {
            if (!m_problem.isEmpty())
                QSKIP(qPrintable(m_problem));
            makeDatabase();
        }
        m_central = m_database ? std::make_unique<CentralProcess>(*m_database) : std::make_unique<CentralProcess>();
        QVERIFY(m_central->init());
        QVERIFY(m_central->addAccount(u"lan"_s, u"operator"_s, u"bến thành sáng sớm"_s));
    }
    void cleanup() { m_central.reset(); }

    void aFreshDeploymentIsSound()
    {
        QVERIFY(m_central->serve());
        const auto found = m_central->run({u"doctor"_s, u"--server"_s, m_central->url().toString()});
        QVERIFY2(found.code == 0, (found.output + found.errors).constData());
        QVERIFY2(!found.output.contains("fault"), found.output.constData());
        QFETCH_GLOBAL(QString, backend);
        QStringList checks{u"folder"_s, u"keys"_s, u"certificate"_s, u"disk"_s, u"clock"_s, u"database"_s, u"integrity"_s, u"schema"_s, u"feed"_s, u"audit"_s, u"sealing"_s, u"files"_s, u"sequencer"_s, u"last_backup"_s, u"server"_s};
        if (backend == u"postgresql")
            checks += {u"privileges"_s, u"server_clock"_s, u"backup"_s};
        const QMap<QString, QString> levels = examined({u"--server"_s, m_central->url().toString()});
        for (const QString &check : std::as_const(checks)) {
            const bool mayWarn = check == u"clock" || check == u"disk"; // of the machine that tests run on
            QVERIFY2(levels.value(check) == u"ok" || (mayWarn && levels.value(check) == u"warning"), qPrintable(check + u' ' + levels.value(check) + u'\n' + QString::fromUtf8(found.output)));
        }
        QCOMPARE(levels.size(), checks.size());
    }

    void itLooksAndTouchesNothing()
    {
        const QByteArray before = listing();
        QVERIFY(m_central->run({u"doctor"_s}).code == 0);
        QCOMPARE(listing(), before);
    }

    void whatAilsIsNamed_data()
    {
        QTest::addColumn<QString>("ailment");
        QTest::addColumn<QString>("check");
        QTest::addColumn<QString>("level");
        QTest::newRow("folder open to others") << u"open folder"_s << u"folder"_s << u"warning"_s;
        QTest::newRow("key open to others") << u"open key"_s << u"keys"_s << u"fault"_s;
        QTest::newRow("certificate missing") << u"no certificate"_s << u"certificate"_s << u"fault"_s;
        QTest::newRow("certificate ended") << u"ended certificate"_s << u"certificate"_s << u"fault"_s;
        QTest::newRow("certificate ends soon and cannot be renewed") << u"ending certificate"_s << u"certificate"_s << u"warning"_s;
        QTest::newRow("key of another certificate") << u"other key"_s << u"certificate"_s << u"fault"_s;
        QTest::newRow("feed changed by hand") << u"feed changed"_s << u"feed"_s << u"fault"_s;
        QTest::newRow("row of the feed gone") << u"feed row gone"_s << u"feed"_s << u"fault"_s;
        QTest::newRow("audit journal changed by hand") << u"audit changed"_s << u"audit"_s << u"fault"_s;
        QTest::newRow("no audit journal yet") << u"no audit"_s << u"audit"_s << u"warning"_s;
        QTest::newRow("key of personal data missing") << u"no sealing"_s << u"sealing"_s << u"fault"_s;
        QTest::newRow("another key of personal data") << u"other sealing"_s << u"sealing"_s << u"fault"_s;
        QTest::newRow("key of personal data open to others") << u"open sealing"_s << u"keys"_s << u"fault"_s;
        QTest::newRow("personal data not sealed yet") << u"unsealed"_s << u"sealing"_s << u"warning"_s;
        QTest::newRow("newer schema") << u"newer schema"_s << u"schema"_s << u"fault"_s;
        QTest::newRow("older schema") << u"older schema"_s << u"schema"_s << u"warning"_s;
        QTest::newRow("nobody numbers") << u"waiting commit"_s << u"sequencer"_s << u"warning"_s;
        QTest::newRow("no backup for days") << u"no backup"_s << u"last_backup"_s << u"warning"_s;
        QTest::newRow("no central in the database") << u"no central"_s << u"schema"_s << u"fault"_s;
        QTest::newRow("database file damaged all over") << u"damaged file"_s << u"database"_s << u"fault"_s;
        QTest::newRow("one page of the database file damaged") << u"damaged page"_s << u"integrity"_s << u"fault"_s;
        QTest::newRow("database server gone") << u"no server"_s << u"database"_s << u"fault"_s;
        QTest::newRow("rights missing") << u"no rights"_s << u"privileges"_s << u"fault"_s;
    }
    void whatAilsIsNamed()
    {
        QFETCH(QString, ailment);
        QFETCH(QString, check);
        QFETCH(QString, level);
        QVERIFY(m_central->serve()); // what was committed gets its number
        TestDevice lan(m_central->url(), m_central->authorityFile(), OperationMaker().newId());
        QCOMPARE(lan.signIn(u"lan"_s, u"bến thành sáng sớm"_s).status, 200);
        Cursor cursor;
        QTRY_VERIFY_WITH_TIMEOUT(lan.pullAll(cursor) && cursor.sequence > 0, 30'000);
        QCOMPARE(m_central->stop(), 0);
        if (!afflict(ailment))
            return; // not of this backend
        const auto found = m_central->run({u"doctor"_s, u"--json"_s});
        const auto levels = levelsIn(found.output);
        QVERIFY2(levels.value(check) == level, found.output.constData());
        QCOMPARE(found.code, level == u"fault" ? 1 : 0);
        const QJsonObject answer = QJsonDocument::fromJson(found.output).object();
        QCOMPARE(answer[u"healthy"_s].toBool(), level != u"fault");
        for (const QJsonValueConstRef one : answer[u"findings"_s].toArray())
            QVERIFY2((one[u"level"_s] == u"ok"_s) == one[u"advice"_s].toString().isEmpty(), found.output.constData());
        if (ailment == u"no server")
            QVERIFY(m_cluster.start());
    }

    void aBackupEndsTheWarning()
    {
        QVERIFY(execute(u"UPDATE central_meta SET value = ? WHERE name = 'audit_began'"_s, {QByteArray::number(SystemClock().nowMs() - 3 * dayMs)}));
        QCOMPARE(examined({}).value(u"last_backup"_s), u"warning"_s);
        const QTemporaryDir folder;
        QCOMPARE(m_central->run({u"backup"_s, folder.filePath(u"one"_s)}).code, 0);
        QCOMPARE(examined({}).value(u"last_backup"_s), u"ok"_s);
        QVERIFY(execute(u"UPDATE central_meta SET value = ? WHERE name = 'last_backup'"_s, {QByteArray::number(SystemClock().nowMs() - 3 * dayMs)}));
        QCOMPARE(examined({}).value(u"last_backup"_s), u"warning"_s);
    }

    void aCentralThatIsNotThereIsNoticed()
    {
        const auto levels = examined({u"--server"_s, u"https://127.0.0.1:1"_s});
        QCOMPARE(levels.value(u"server"_s), u"fault"_s);
        QCOMPARE(m_central->run({u"doctor"_s, u"--server"_s, u"http://127.0.0.1:1"_s}).code, 2);
    }

    void aNewCertificateThatIsNotServedYetIsNoticed()
    {
        QVERIFY(m_central->serve());
        QVERIFY(renewServerCertificate(CertificateFiles(m_central->dataFolder()), SystemClock()));
        QCOMPARE(examined({u"--server"_s, m_central->url().toString()}).value(u"server"_s), u"warning"_s);
    }

    void unsafeSettingsOfTheServerAreNamed()
    {
        QFETCH_GLOBAL(QString, backend);
        CentralProcess careless(backend); // the tests' own server does not wait for the disk
        if (backend == u"sqlite" || !careless.obstacle().isEmpty())
            return;
        QVERIFY(careless.init());
        const auto connection = db::Connection::open({.server = careless.server()});
        QVERIFY(connection);
        const auto fsync = (*connection)->one<QString>(u"SHOW fsync"_s, {}, [](const db::Row &row) { return row.text(0); });
        const auto found = careless.run({u"doctor"_s, u"--json"_s});
        QCOMPARE(levelsIn(found.output).value(u"integrity"_s), *fsync == u"off" ? u"fault"_s : u"ok"_s);
        QCOMPARE(levelsIn(found.output).value(u"privileges"_s), u"warning"_s); // the tests' account may do everything
    }

private:
    // A database and an account of its own for it, as the README has them made.
    void makeDatabase()
    {
        static int number = 0;
        const QString name = u"clinic%1"_s.arg(++number);
        const auto connection = db::Connection::open({.server = m_cluster.address()});
        QVERIFY(connection);
        QVERIFY((*connection)->exec(u"CREATE ROLE %1 LOGIN"_s.arg(name)));
        QVERIFY((*connection)->exec(u"CREATE DATABASE %1 OWNER %1 TEMPLATE template0 ENCODING 'UTF8'"_s.arg(name)));
        m_database = m_cluster.address();
        m_database->database = name;
        m_database->user = name;
    }

    // As a superuser, straight in the database.
    bool execute(const QString &sql, const QVariantList &parameters = {})
    {
        db::Connection::Options options{.path = m_central->dataFolder() + u"/central.sqlite"_s, .mayCreate = false};
        if (m_database) {
            options.server = m_database;
            options.server->user = m_cluster.address().user;
        }
        const auto connection = db::Connection::open(options);
        return connection && (*connection)->exec(sql, parameters);
    }

    // The table itself refuses to be changed.
    bool unguardAudit() { return m_database ? execute(u"ALTER TABLE audit_entry DISABLE TRIGGER USER"_s) : execute(u"DROP TRIGGER audit_entry_kept"_s); }

    bool remakeCertificates(qint64 ageDays)
    {
        const CertificateFiles files(m_central->dataFolder());
        return QDir(files.folder).removeRecursively() && createCertificates(files, {u"127.0.0.1"_s}, ManualClock(SystemClock().nowMs() - ageDays * dayMs)).has_value();
    }

    // False when it is nothing that could happen on this backend; a test that could not be set up ends here.
    bool afflict(const QString &ailment)
    {
        const CertificateFiles files(m_central->dataFolder());
        const QString file = m_central->dataFolder() + u"/central.sqlite"_s;
        const QString sealing = m_central->dataFolder() + u'/' + Sealing::fileName();
        constexpr auto everybody = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther;
        const bool onServer = m_database.has_value();
        const QMap<QString, std::function<bool()>> ways{
            {u"open folder"_s, [&] { return QFile::setPermissions(m_central->dataFolder(), everybody | QFile::ExeOwner | QFile::ExeGroup | QFile::ExeOther); }},
            {u"open key"_s, [&] { return QFile::setPermissions(files.serverKey, everybody); }},
            {u"no certificate"_s, [&] { return QFile::remove(files.serverCertificate); }},
            {u"ended certificate"_s, [&] { return remakeCertificates(800); }},
            {u"ending certificate"_s, [&] { return remakeCertificates(720) && QFile::remove(files.authorityKey); }},
            {u"other key"_s, [&] { return QFile::remove(files.serverKey) && QFile::copy(files.authorityKey, files.serverKey); }},
            {u"feed changed"_s, [&] { return execute(u"UPDATE central_feed SET version = version + 1 WHERE sequence = 1"_s); }},
            {u"feed row gone"_s, [&] { return execute(u"UPDATE central_feed SET sequence = sequence + 1 WHERE sequence = (SELECT max(sequence) FROM central_feed)"_s); }},
            {u"audit changed"_s, [&] { return unguardAudit() && execute(u"UPDATE audit_entry SET at_ms = at_ms + 1 WHERE sequence = 1"_s); }},
            {u"no audit"_s, [&] { return execute(u"DROP TABLE audit_entry"_s) && execute(u"DELETE FROM schema_version WHERE version >= 5"_s); }},
            {u"no sealing"_s, [&] { return QFile::remove(sealing); }},
            {u"other sealing"_s, [&] { return QFile::remove(sealing) && Sealing::create(m_central->dataFolder()); }},
            {u"open sealing"_s, [&] { return QFile::setPermissions(sealing, everybody); }},
            {u"unsealed"_s, [&] { return execute(u"DELETE FROM central_meta WHERE name = 'sealing'"_s); }},
            {u"newer schema"_s, [&] { return execute(u"INSERT INTO schema_version (version) VALUES (9999)"_s); }},
            {u"older schema"_s, [&] { return execute(u"DELETE FROM schema_version WHERE version > 1"_s); }},
            {u"waiting commit"_s, [&] { return execute(u"INSERT INTO central_commit (type, id, version, kind, changed_ms) VALUES ('complaint', ?, 1, 0, 0)"_s, {QByteArray(16, 'x')}); }},
            {u"no backup"_s, [&] { return execute(u"UPDATE central_meta SET value = ? WHERE name = 'audit_began'"_s, {QByteArray::number(SystemClock().nowMs() - 3 * dayMs)}); }},
            {u"no central"_s, [&] { return execute(u"ALTER TABLE central_meta RENAME TO other_meta"_s); }},
            {u"damaged file"_s, [&] { return damage(file, QFileInfo(file).size() / 3 / pageBytes * pageBytes); }},
            {u"damaged page"_s, [&] { return damage(file, QFileInfo(file).size() - pageBytes); }},
            {u"no server"_s, [&] { m_cluster.stop(); return onServer; }},
            {u"no rights"_s, [&] { return onServer && execute(u"ALTER TABLE complaint OWNER TO %1"_s.arg(m_cluster.address().user)); }}};
        const bool isOfServer = ailment == u"no server" || ailment == u"no rights";
        const bool isOfFile = ailment.startsWith(u"damaged");
        if ((isOfServer && !onServer) || (isOfFile && onServer))
            return false;
        if (!ways[ailment]())
            qFatal("%s", qPrintable(ailment));
        return true;
    }

    // The head of every page from \a first on is overwritten.
    static bool damage(const QString &path, qint64 first)
    {
        QFile file(path);
        if (!file.open(QFile::ReadWrite))
            return false;
        for (qint64 at = first; at + pageBytes <= file.size(); at += pageBytes) {
            if (!file.seek(at) || file.write(QByteArray(64, '\xff')) != 64)
                return false;
        }
        return true;
    }

    QByteArray listing() const
    {
        QByteArray out;
        const QDir folder(m_central->dataFolder());
        const auto files = folder.entryInfoList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden, QDir::Name);
        for (const QFileInfo &file : files) {
            if (!file.fileName().endsWith(u"-shm") && !file.fileName().endsWith(u"-wal")) // who reads a SQLite file leaves them, empty
                out += file.fileName().toUtf8() + ' ' + QByteArray::number(file.isDir() ? 0 : file.size()) + ' ' + QByteArray::number(file.lastModified().toMSecsSinceEpoch()) + '\n';
        }
        return out;
    }

    QMap<QString, QString> examined(const QStringList &options) { return levelsIn(m_central->run(QStringList{u"doctor"_s, u"--json"_s} + options).output); }
    static QMap<QString, QString> levelsIn(const QByteArray &output)
    {
        QMap<QString, QString> out;
        const QJsonArray all = QJsonDocument::fromJson(output).object()[u"findings"_s].toArray();
        for (const QJsonValueConstRef one : all)
            out.insert(one[u"check"_s].toString(), one[u"level"_s].toString());
        return out;
    }

    PostgresCluster m_cluster{PostgresCluster::Disk::Waits};
    QString m_problem;
    std::optional<db::ServerAddress> m_database;
    std::unique_ptr<CentralProcess> m_central;
};

QTEST_GUILESS_MAIN(TestDoctor)
#include "tst_doctor.moc"
