// SPDX-License-Identifier: GPL-3.0-or-later
#include "centralfixture.h"

#include <central/databasedump.h>

#include <QDir>
#include <QTest>
#include <QtConcurrentRun>

using namespace ioc;
using namespace Qt::StringLiterals;

/// A PostgreSQL database written to a file and read back: secrets, one moment, all or nothing.
class TestDatabaseDump : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_central = std::make_unique<CentralFixture>(u"postgresql");
        if (const QString obstacle = m_central->obstacle(); !obstacle.isEmpty())
            QSKIP(qPrintable(obstacle));
        if (DatabaseDump::toolsVersion() == 0)
            QSKIP("pg_dump is not installed");
        for (int i = 0; i < 20; ++i)
            QCOMPARE(m_central->push(m_central->make.create(u"complaint"_s, OperationMaker::complaint(u"Việc %1"_s.arg(i))), m_central->lan).outcome, Outcome::Applied);
        QVERIFY(m_central->number() > 0);
        m_file = m_central->folder.filePath(u"dump"_s);
    }
    void cleanup() { m_central.reset(); }

    void itHoldsOneMoment()
    {
        const qint64 before = m_central->count(u"SELECT max(sequence) FROM central_feed"_s);
        const auto head = DatabaseDump(*m_central->options.server).make(m_file, m_central->storage->epoch());
        QVERIFY2(head, qPrintable(head ? QString() : head.error().detail));
        QCOMPARE(head->sequence, before);
        const TestDatabase other;
        const auto restored = DatabaseDump(other.address()).restore(m_file, u"UPDATE central_meta SET value = '1' WHERE name = 'epoch';"_s);
        QVERIFY2(restored, qPrintable(restored ? QString() : restored.error().detail));
        const auto connection = db::Connection::open({.server = other.address()});
        QCOMPARE((*connection)->integer(u"SELECT max(sequence) FROM central_feed"_s).value_or(-1), before);
        QCOMPARE((*connection)->integer(u"SELECT count(*) FROM complaint"_s).value_or(-1), 20);
        QCOMPARE((*connection)->integer(u"SELECT count(*) FROM central_meta WHERE name = 'epoch' AND value = '1'"_s).value_or(-1), 1);
    }

    // While it works, as every user of the machine can see it.
    void thePasswordIsOnNoCommandLine()
    {
        db::ServerAddress server = *m_central->options.server;
        server.password = u"kín-như-bưng"_s;
        const auto holder = db::Connection::open({.server = *m_central->options.server});
        auto lock = db::Transaction::begin(**holder);
        QVERIFY(lock && (*holder)->exec(u"LOCK TABLE complaint IN ACCESS EXCLUSIVE MODE"_s)); // pg_dump waits
        auto dumping = QtConcurrent::run([&] { return DatabaseDump(server).make(m_file, m_central->storage->epoch()); });
        const auto watcher = db::Connection::open({.server = *m_central->options.server});
        QTRY_VERIFY_WITH_TIMEOUT((*watcher)->integer(u"SELECT count(*) FROM pg_stat_activity WHERE application_name = 'tourism-ioc-backup' AND wait_event_type = 'Lock' AND datname = current_database()"_s).value_or(0) == 1, 30'000);
        bool isSeen = false;
        const auto processes = QDir(u"/proc"_s).entryList({u"[0-9]*"_s}, QDir::Dirs);
        for (const QString &process : processes) {
            QFile file(u"/proc/%1/cmdline"_s.arg(process));
            const QByteArray line = file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
            QVERIFY2(!line.contains(server.password.toUtf8()), line.constData());
            isSeen = isSeen || line.contains(m_file.toUtf8());
        }
        QVERIFY(isSeen);
        QVERIFY(lock->commit());
        dumping.waitForFinished();
        QVERIFY(dumping.result());
    }

    void whatIsCutOffLeavesNothing()
    {
        QVERIFY(DatabaseDump(*m_central->options.server).make(m_file, m_central->storage->epoch()));
        QFile file(m_file);
        const qint64 whole = file.size();
        for (const qint64 size : {whole / 2, whole * 9 / 10, whole - 100}) {
            QVERIFY(file.resize(size));
            const TestDatabase other;
            const auto restored = DatabaseDump(other.address()).restore(m_file, u"SELECT 1;"_s);
            const auto connection = db::Connection::open({.server = other.address()});
            const qint64 tables = (*connection)->integer(u"SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"_s).value_or(-1);
            QVERIFY2(!restored, QByteArray::number(size).constData());
            QCOMPARE(tables, 0);
        }
    }

    void whatFailsAtTheEndLeavesNothing()
    {
        QVERIFY(DatabaseDump(*m_central->options.server).make(m_file, m_central->storage->epoch()));
        const TestDatabase other;
        const auto restored = DatabaseDump(other.address()).restore(m_file, u"UPDATE nothing_like_it SET a = 1;"_s);
        QVERIFY(!restored);
        QVERIFY2(restored.error().detail.contains(u"nothing_like_it"), qPrintable(restored.error().detail));
        const auto connection = db::Connection::open({.server = other.address()});
        QCOMPARE((*connection)->integer(u"SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"_s).value_or(-1), 0);
    }

    void nothingIsOverwritten()
    {
        QVERIFY(DatabaseDump(*m_central->options.server).make(m_file, m_central->storage->epoch()));
        const auto over = DatabaseDump(*m_central->options.server).restore(m_file, u"SELECT 1;"_s);
        QVERIFY(!over);
        QCOMPARE(over.error().code, ErrorCode::Conflict);
    }

private:
    std::unique_ptr<CentralFixture> m_central;
    QString m_file;
};

QTEST_GUILESS_MAIN(TestDatabaseDump)
#include "tst_databasedump.moc"
