// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/centralstorage.h>

#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace ioc;

/// The commands "demo" and "import" of the real program, on a real database.
class ImportCommandTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void demoFillsTheDatabase();
    void demoAgainChangesNothing();
    void lostPasswordIsMadeAnew();
    void tickAddsFreshOnes();
    void importReportsWrongRows();
    void importTwiceUpdates();
    void importWithMapping();
    void nothingToImport_data();
    void nothingToImport();
    void demoWithoutCentral();

private:
    struct Ending
    {
        int code = -1;
        QString out;
        QString err;
    };
    Ending run(const QStringList &arguments) const
    {
        QProcess process;
        process.start(QStringLiteral(IOC_BINARY_DIR "/bin/tourism-ioc-central"), arguments);
        if (!process.waitForFinished(100'000))
            return {};
        return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()), QString::fromUtf8(process.readAllStandardError())};
    }
    QString write(const QString &name, const QByteArray &text) const
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            return {};
        return file.fileName();
    }
    QByteArray read(const QString &name) const
    {
        QFile file(m_folder.filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    qint64 integer(const QString &sql, const QVariantList &parameters = {}) const
    {
        auto connection = db::Connection::open({.path = m_folder.filePath(u"c/central.sqlite"_s), .readOnly = true, .mayCreate = false});
        return connection ? (*connection)->integer(sql, parameters, -1).value_or(-2) : -3;
    }
    QString data() const { return m_folder.filePath(u"c"_s); }

    QTemporaryDir m_folder;
};

void ImportCommandTest::initTestCase()
{
    const Ending made = run({u"init"_s, u"--data"_s, data(), u"--host"_s, u"127.0.0.1"_s});
    QVERIFY2(made.code == 0, qPrintable(made.err));
}

void ImportCommandTest::demoFillsTheDatabase()
{
    const Ending done = run({u"demo"_s, u"--data"_s, data(), u"--complaints"_s, u"150"_s, u"--camera-base"_s, u"rtsp://127.0.0.1:9000"_s, u"--now"_s, u"2026-11-21T10:15:00+07:00"_s});
    QVERIFY2(done.code == 0, qPrintable(done.err));
    QCOMPARE(integer(u"SELECT count(*) FROM complaint"_s), 150);
    QCOMPARE(integer(u"SELECT count(*) FROM complaint WHERE number LIKE 'PA2026-______'"_s), 150);
    QCOMPARE(integer(u"SELECT count(DISTINCT number) FROM complaint"_s), 150);
    QCOMPARE(integer(u"SELECT count(*) FROM clock_entry WHERE act = 'started' AND clock = 'respond'"_s), 150);
    QCOMPARE(integer(u"SELECT count(*) FROM timeline_entry WHERE kind = 'created'"_s), 150);
    QCOMPARE(integer(u"SELECT count(*) FROM complaint WHERE (answered_at IS NULL) <> (answer IS NULL)"_s), 0);
    QCOMPARE(integer(u"SELECT count(*) FROM camera WHERE url LIKE 'rtsp://127.0.0.1:9000/cam%'"_s), 16);
    QCOMPARE(integer(u"SELECT count(*) FROM account"_s), 4);
    QVERIFY(integer(u"SELECT count(*) FROM attraction"_s) > 80);
    QCOMPARE(integer(u"SELECT count(*) FROM attraction a WHERE NOT EXISTS (SELECT 1 FROM unit u WHERE u.id = a.unit)"_s), 0);
    const QFileInfo password(m_folder.filePath(u"c/demo-password"_s));
    QCOMPARE(password.permissions() & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther), QFile::Permissions());
    QVERIFY(read(u"c/demo-password"_s).trimmed().size() >= 16);
    QVERIFY(!done.out.contains(QString::fromUtf8(read(u"c/demo-password"_s).trimmed())));
}

void ImportCommandTest::demoAgainChangesNothing()
{
    const QByteArray password = read(u"c/demo-password"_s);
    const qint64 versions = integer(u"SELECT sum(version) FROM complaint"_s);
    const Ending again = run({u"demo"_s, u"--data"_s, data()});
    QVERIFY2(again.code == 0, qPrintable(again.err));
    QCOMPARE(read(u"c/demo-password"_s), password);
    QCOMPARE(integer(u"SELECT count(*) FROM complaint"_s), 150);
    QCOMPARE(integer(u"SELECT sum(version) FROM complaint"_s), versions);
    // A run that was stopped on its way is taken up: what is there stays, what lacks is added.
    QFile plan(m_folder.filePath(u"c/demo.json"_s));
    QByteArray text = read(u"c/demo.json"_s);
    QVERIFY(text.contains("\"complete\": true"));
    text.replace("\"complete\": true", "\"complete\": false");
    QVERIFY(!write(u"c/demo.json"_s, text).isEmpty());
    const Ending finished = run({u"demo"_s, u"--data"_s, data()});
    QVERIFY2(finished.code == 0, qPrintable(finished.err));
    QCOMPARE(integer(u"SELECT count(*) FROM complaint"_s), 150);
    QCOMPARE(integer(u"SELECT sum(version) FROM complaint"_s), versions);
    QVERIFY(read(u"c/demo.json"_s).contains("\"complete\": true"));
}

void ImportCommandTest::lostPasswordIsMadeAnew()
{
    const QByteArray password = read(u"c/demo-password"_s);
    QVERIFY(QFile::remove(m_folder.filePath(u"c/demo-password"_s)));
    QCOMPARE(run({u"demo"_s, u"--data"_s, data()}).code, 0);
    QVERIFY(!read(u"c/demo-password"_s).isEmpty());
    QVERIFY(read(u"c/demo-password"_s) != password);
    QCOMPARE(integer(u"SELECT count(*) FROM account"_s), 4);
}

void ImportCommandTest::tickAddsFreshOnes()
{
    const Ending done = run({u"demo"_s, u"--data"_s, data(), u"--tick"_s, u"3"_s});
    QVERIFY2(done.code == 0, qPrintable(done.err));
    QCOMPARE(integer(u"SELECT count(*) FROM complaint"_s), 153);
    QCOMPARE(integer(u"SELECT count(*) FROM complaint WHERE status = 'new' AND received_at > unixepoch() * 1000 - 100000 AND due_at > received_at"_s), 3);
    QCOMPARE(run({u"demo"_s, u"--data"_s, data(), u"--tick"_s, u"many"_s}).code, 2);
}

void ImportCommandTest::importReportsWrongRows()
{
    const QString csv = write(u"guides.csv"_s, "Họ và tên;Số thẻ;Loại thẻ;Ngôn ngữ\nNguyễn Văn Thử;77000001;Quốc tế;vi; en\nTrần Thị Thử;77000002;international;vi\nSai;12;international;vi\n");
    const QString report = m_folder.filePath(u"report.csv"_s);
    const Ending done = run({u"import"_s, u"--data"_s, data(), u"--type"_s, u"guide"_s, u"--report"_s, report, csv});
    QVERIFY2(done.code == 0, qPrintable(done.err));
    QCOMPARE(integer(u"SELECT count(*) FROM guide WHERE card_number LIKE '7700%'"_s), 1);
    const QByteArray lines = read(u"report.csv"_s);
    QVERIFY(lines.contains("\r\n2,"));  // one field too many: the list of languages was not quoted
    QVERIFY(lines.contains("\r\n4,"));
}

void ImportCommandTest::importTwiceUpdates()
{
    const auto import = [&](const QByteArray &name) {
        return run({u"import"_s, u"--data"_s, data(), u"--type"_s, u"unit"_s, write(u"units.csv"_s, "code,name,kind\n99001," + name + ",ward\n")});
    };
    QCOMPARE(import("Phường Một").code, 0);
    QCOMPARE(import("Phường Hai").code, 0);
    QCOMPARE(integer(u"SELECT count(*) FROM unit WHERE code = '99001'"_s), 1);
    QCOMPARE(integer(u"SELECT count(*) FROM unit WHERE name = ?"_s, {u"Phường Hai"_s}), 1);
}

void ImportCommandTest::importWithMapping()
{
    const QString mapping = write(u"m.json"_s, R"({"type":"event","key":["id"],"fields":[{"field":"name","column":"n"},{"field":"kind","constant":"fair"},{"field":"starts_on","column":"d"}]})");
    const QString csv = write(u"e.csv"_s, "id,n,d\n1,Hội chợ thử,21/11/2026\n");
    QCOMPARE(run({u"import"_s, u"--data"_s, data(), u"--mapping"_s, mapping, csv}).code, 0);
    QCOMPARE(integer(u"SELECT count(*) FROM event WHERE name = ? AND starts_on = '2026-11-21'"_s, {u"Hội chợ thử"_s}), 1);
    QVERIFY(run({u"import"_s, u"--data"_s, data(), u"--type"_s, u"guide"_s, u"--mapping"_s, mapping, csv}).code != 0);
}

void ImportCommandTest::nothingToImport_data()
{
    QTest::addColumn<QByteArray>("csv");
    QTest::addColumn<QString>("type");
    QTest::newRow("every row wrong") << "name,kind\nA,castle\n"_ba << u"lodging"_s;
    QTest::newRow("old encoding") << "name,kind\nKh\xb8\x63h s\xb9n,hotel\n"_ba << u"lodging"_s;
    QTest::newRow("no header known") << "x,y\n1,2\n"_ba << u"lodging"_s;
    QTest::newRow("empty") << ""_ba << u"lodging"_s;
    QTest::newRow("unknown type") << "name,kind\nA,hotel\n"_ba << u"castle"_s;
}

void ImportCommandTest::nothingToImport()
{
    QFETCH(QByteArray, csv);
    QFETCH(QString, type);
    const Ending done = run({u"import"_s, u"--data"_s, data(), u"--type"_s, type, write(u"bad.csv"_s, csv)});
    QVERIFY(done.code > 0);
    QVERIFY2(!done.err.isEmpty(), qPrintable(done.out));
}

void ImportCommandTest::demoWithoutCentral()
{
    const Ending done = run({u"demo"_s, u"--data"_s, m_folder.filePath(u"nowhere"_s)});
    QVERIFY(done.code > 0);
    QVERIFY(!QFileInfo::exists(m_folder.filePath(u"nowhere"_s)));
}

QTEST_GUILESS_MAIN(ImportCommandTest)
#include "tst_importcommand.moc"
