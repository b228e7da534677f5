// SPDX-License-Identifier: GPL-3.0-or-later
// The backups of many days, made by the real program.
#include <central/backup.h>
#include <db/connection.h>
#include <support/backendtest.h>
#include <support/centralprocess.h>

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <sys/file.h>

using namespace ioc;
using namespace Qt::StringLiterals;

class TestBackups : public CentralTest<CentralProcess>
{
    Q_OBJECT

protected:
    void prepare() override
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_central->init());
    }

private Q_SLOTS:
    void thoseOfManyDaysAreKeptSideBySide()
    {
        QCOMPARE(m_central->run(keepTwo()).code, 0);
        QCOMPARE(names().size(), 1);
        QCOMPARE(QFileInfo(shelf()).permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        const QString first = names().first();
        // What is not a day's backup is nobody's to remove; what was cut off is, and one of a newer version or of another central is not.
        const QStringList strange{u"2019-01-01_000000"_s, u"2020-01-01_000000"_s, u"2020-01-03"_s, u"2020-01-04_000000"_s, u"2020-01-05_000000"_s, u"notes"_s};
        const QString cutOff = u"2020-01-02_000000.part"_s;
        QVERIFY(putFile(u"notes/backup.json"_s, "mine") && putFile(u"2020-01-03/central.sqlite"_s, "mine") && putFile(u"2020-01-05_000000/backup.json"_s, "half of one"));
        QVERIFY(putFile(u"2020-01-01_000000/backup.json"_s, R"({"format":2})") && putFile(cutOff + u"/central.sqlite"_s, "half"));
        QVERIFY(QFile::link(m_central->dataFolder(), at(u"2020-01-04_000000"_s)));
        QVERIFY(putFile(u"2019-01-01_000000/backup.json"_s, changed(first, {{u"origin"_s, QJsonValue(Id::create(SystemClock()).toString())}, {u"made_ms"_s, 1}})));
        QCOMPARE(m_central->run(keepTwo()).code, 0);
        QVERIFY(!names().contains(cutOff));
        QVERIFY(names().contains(first));
        const auto third = m_central->run(keepTwo());
        QVERIFY2(third.code == 0 && third.output.contains("1 older backup(s) removed"), (third.output + third.errors).constData());
        QVERIFY2(third.errors.contains("backup_not_whole") && third.errors.contains("2020-01-05_000000"), third.errors.constData());
        QStringList now = names();
        QVERIFY(!now.contains(first));
        for (const QString &other : strange)
            QVERIFY2(now.removeOne(other), qPrintable(other));
        QCOMPARE(now.size(), 2);
        for (const QString &one : std::as_const(now))
            QCOMPARE(m_central->run({u"restore"_s, u"--check"_s, at(one)}).code, 0);
        QVERIFY(QFile::exists(m_central->dataFolder() + u"/tls/server.key"_s));
    }

    // Made while a clock was ahead: the newest by what it says, and not by when it was made.
    void oneOfATimeToComeGoesFirst()
    {
        QCOMPARE(m_central->run(keepTwo()).code, 0);
        const QString ahead = names().first();
        QVERIFY(putFile(ahead + u"/backup.json"_s, changed(ahead, {{u"made_ms"_s, SystemClock().nowMs() + 1'000'000'000}})));
        QCOMPARE(m_central->run(keepTwo()).code, 0);
        QCOMPARE(m_central->run(keepTwo()).code, 0);
        QCOMPARE(names().size(), 2);
        QVERIFY(!names().contains(ahead));
    }

    void anotherBackupAtTheSameTimeIsRefused()
    {
        QVERIFY(putFile(u"2020-01-02_000000.part/central.sqlite"_s, "half")); // of the other one
        QFile other(at(u".lock"_s));
        QVERIFY(other.open(QFile::WriteOnly) && ::flock(other.handle(), LOCK_EX) == 0);
        const auto refused = m_central->run(keepTwo());
        QCOMPARE(refused.code, 1);
        QVERIFY2(refused.errors.contains("Another backup is being made"), refused.errors.constData());
        QCOMPARE(names().size(), 1);
        other.close(); // as it is when that program has ended; its file stays
        QCOMPARE(m_central->run(keepTwo()).code, 0);
        QCOMPARE(names().size(), 1);
        for (const auto &number : {u"0"_s, u"-1"_s, u"many"_s, u"1001"_s, u""_s}) {
            const auto wrong = m_central->run({u"backup"_s, u"--keep"_s, number, shelf()});
            QVERIFY2(wrong.code != 0 && wrong.errors.contains("from 1 to"), (number.toUtf8() + ": " + wrong.errors).constData());
        }
    }

    // A database in trouble needs its backup most, and those before as well.
    void whatCannotBeNotedIsKept()
    {
        for (int i = 0; i < 2; ++i)
            QCOMPARE(m_central->run(keepTwo()).code, 0);
        const auto connection = database();
        QVERIFY(connection);
        QVERIFY(connection->exec(m_central->server() ? u"CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION 'no'; END$$; CREATE TRIGGER no BEFORE INSERT OR UPDATE ON central_meta FOR EACH ROW EXECUTE FUNCTION no()"_s
                                                     : u"CREATE TRIGGER no BEFORE INSERT ON central_meta BEGIN SELECT RAISE(ABORT, 'no'); END"_s));
        const auto made = m_central->run(keepTwo());
        QVERIFY2(made.code == 1, made.output.constData());
        QVERIFY2(made.output.contains("The backup is in"), made.output.constData());
        const QStringList all = names();
        QCOMPARE(all.size(), 3);
        for (const QString &one : all)
            QCOMPARE(m_central->run({u"restore"_s, u"--check"_s, at(one)}).code, 0);
    }

    void onlyWhatIsWholeIsNoted()
    {
        QCOMPARE(m_central->run({u"backup"_s, m_folder->filePath(u"one"_s)}).code, 0);
        const auto last = [this] { return Backup::lastMs(*database()).value_or(-1); };
        const qint64 before = last();
        QVERIFY(before > 0);
        QVERIFY(QFile::rename(m_central->dataFolder() + u"/sealing.key"_s, m_folder->filePath(u"elsewhere"_s)));
        const auto made = m_central->run(keepTwo()); // without the key nobody could read what it holds
        QCOMPARE(made.code, 1);
        QVERIFY2(made.errors.contains("sealing.key"), made.errors.constData());
        QVERIFY(names().isEmpty());
        QCOMPARE(last(), before);
    }

    // The night after an update that was not started yet.
    void theDatabaseOfAnOlderVersionStaysSo()
    {
        const auto versions = [this] { return database()->integer(u"SELECT count(*) FROM schema_version WHERE version > 7"_s).value_or(-1); };
        QVERIFY(database()->exec(u"DELETE FROM schema_version WHERE version > 7"_s));
        QCOMPARE(m_central->run(keepTwo()).code, 0);
        QCOMPARE(versions(), 0);
        QCOMPARE(m_central->run({u"restore"_s, u"--check"_s, at(names().first())}).code, 0);
    }

private:
    [[nodiscard]] QString shelf() const { return m_folder->filePath(u"shelf"_s); }
    [[nodiscard]] QString at(const QString &name) const { return shelf() + u'/' + name; }
    [[nodiscard]] QStringList names() const { return QDir(shelf()).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name); }
    [[nodiscard]] QStringList keepTwo() const { return {u"backup"_s, u"--keep"_s, u"2"_s, shelf()}; }
    [[nodiscard]] bool putFile(const QString &path, const QByteArray &text) const
    {
        QFile file(at(path));
        return QDir().mkpath(QFileInfo(file).path()) && file.open(QFile::WriteOnly) && file.write(text) == text.size();
    }
    /// The manifest of the backup \a name with other \a values.
    [[nodiscard]] QByteArray changed(const QString &name, const QList<std::pair<QString, QJsonValue>> &values) const
    {
        QFile file(at(name + u"/backup.json"_s));
        if (!file.open(QFile::ReadOnly))
            return {};
        QJsonObject manifest = QJsonDocument::fromJson(file.readAll()).object();
        for (const auto &[key, value] : values)
            manifest.insert(key, value);
        return QJsonDocument(manifest).toJson();
    }
    [[nodiscard]] std::unique_ptr<db::Connection> database() const
    {
        return db::Connection::open({.path = m_central->dataFolder() + u"/central.sqlite"_s, .server = m_central->server(), .mayCreate = false}).value_or(nullptr);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestBackups)
#include "tst_backups.moc"
