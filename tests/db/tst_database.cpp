// SPDX-License-Identifier: GPL-3.0-or-later
#include <db/database.h>

#include <QFile>
#include <QSemaphore>
#include <QTemporaryDir>
#include <QTest>

using namespace ioc;
using namespace ioc::db;
using namespace Qt::StringLiterals;

/// The database thread: order, answers, errors of opening, stopping.
class TestDatabase : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void workIsDoneInOrderOnItsOwnThread()
    {
        Database database({.path = path()}, u"writer"_s);
        QThread *const here = QThread::currentThread();
        QList<int> order; // touched by the database thread alone until the last future is done
        QList<QFuture<Result<int>>> answers;
        for (int i = 0; i < 200; ++i) {
            answers += database.run([&order, i, here](Connection &) -> Result<int> {
                order += i;
                return QThread::currentThread() == here ? -1 : i;
            });
        }
        answers.last().waitForFinished();
        for (int i = 0; i < 200; ++i) {
            QCOMPARE(answers[i].result().value(), i);
            QCOMPARE(order[i], i);
        }
        QVERIFY(database.opened().result());
    }

    void whatMayWaitLetsOtherWorkPass()
    {
        using Rank = Database::Rank;
        Database database({.path = path()}, u"writer"_s);
        QSemaphore begin;
        QStringList order; // touched by the database thread alone until the last future is done
        const auto note = [&](const QString &what, Rank rank) {
            return database.run([&order, what](Connection &) -> Result<void> { order += what; return {}; }, Database::Cancellable::No, rank);
        };
        (void)database.run([&](Connection &) -> Result<void> { begin.acquire(); return {}; });
        (void)note(u"page 1"_s, Rank::Background);
        (void)note(u"page 2"_s, Rank::Background);
        const auto swapped = database.swapFile({.before = [&](Connection &) -> Result<void> { order += u"swap"_s; return {}; }, .whileClosed = [] { return Result<void>(); }, .after = [](Connection *) { return Result<void>(); }}, Rank::Background);
        const auto last = note(u"page 3"_s, Rank::Background);
        (void)note(u"save 1"_s, Rank::Foreground);
        (void)note(u"save 2"_s, Rank::Foreground);
        QCOMPARE(database.pending(), 6); // the swap is none of somebody's
        begin.release();
        QVERIFY(swapped.result());
        QVERIFY(last.result());
        QCOMPARE(order, (QStringList{u"save 1"_s, u"save 2"_s, u"page 1"_s, u"page 2"_s, u"swap"_s, u"page 3"_s}));
    }

    void whatWasGivenIsDoneBeforeItCloses()
    {
        using Rank = Database::Rank;
        QStringList order;
        QFuture<Result<void>> background;
        QSemaphore begin;
        {
            Database database({.path = path()}, u"writer"_s);
            const auto note = [&](const QString &what, Rank rank) {
                return database.run([&order, what](Connection &) -> Result<void> { order += what; return {}; }, Database::Cancellable::No, rank);
            };
            (void)database.run([&](Connection &) -> Result<void> {
                begin.acquire();
                order += u"first"_s;
                (void)note(u"given by it"_s, Rank::Foreground); // takes the turn of what was to wait
                return {};
            });
            background = note(u"background"_s, Rank::Background);
            begin.release();
        }
        QVERIFY(background.result());
        QCOMPARE(order, (QStringList{u"first"_s, u"given by it"_s, u"background"_s}));
    }

    void answersArriveInTheCallersThread()
    {
        Database database({.path = path()}, u"writer"_s);
        std::optional<qint64> got;
        QThread *there = nullptr;
        database.run([](Connection &db) { return db.integer(u"SELECT 42"_s); }).then(this, [&](const Result<qint64> &answer) {
            got = answer.value_or(-1);
            there = QThread::currentThread();
        });
        QTRY_VERIFY(got);
        QCOMPARE(*got, 42);
        QCOMPARE(there, QThread::currentThread());
    }

    void errorsTravel()
    {
        Database database({.path = path()}, u"writer"_s);
        auto answer = database.run([](Connection &db) { return db.exec(u"NONSENSE"_s); });
        answer.waitForFinished();
        QVERIFY(!answer.result());
        auto next = database.run([](Connection &db) { return db.integer(u"SELECT 1"_s); });
        next.waitForFinished();
        QCOMPARE(next.result().value(), 1);
    }

    void withoutAFileEveryAnswerSaysSo()
    {
        Database database({.path = m_dir->filePath(u"nowhere/a.sqlite"_s)}, u"writer"_s);
        bool ran = false;
        auto answer = database.run([&](Connection &db) {
            ran = true;
            return db.integer(u"SELECT 1"_s);
        });
        answer.waitForFinished();
        QVERIFY(!ran);
        QCOMPARE(answer.result().error().code, ErrorCode::NotFound);
        QCOMPARE(database.opened().result().error().code, ErrorCode::NotFound);
        database.interrupt(); // of nothing
    }

    void closingWaitsForWorkAlreadyGiven()
    {
        QFuture<Result<qint64>> last;
        {
            Database database({.path = path()}, u"writer"_s);
            (void)database.run([](Connection &db) { return db.script(u"CREATE TABLE t (a INTEGER);"_s); });
            for (int i = 0; i < 100; ++i)
                last = database.run([](Connection &db) { return db.exec(u"INSERT INTO t VALUES (1)"_s); });
        }
        QVERIFY(last.isFinished());
        Database again({.path = path()}, u"writer"_s);
        auto count = again.run([](Connection &db) { return db.integer(u"SELECT count(*) FROM t"_s); });
        count.waitForFinished();
        QCOMPARE(count.result().value(), 100);
    }

    void aLongQueryCanBeStopped()
    {
        Database database({.path = path()}, u"reader"_s);
        QVERIFY(database.opened().result());
        QSemaphore running;
        auto answer = database.run([&](Connection &db) {
            return db.each(u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"_s, {}, [&](const Row &) {
                if (running.available() == 0)
                    running.release();
                return true;
            });
        });
        running.acquire();
        while (!answer.isFinished()) // an interrupt between two steps is one for nobody
            database.interrupt();
        QVERIFY(!answer.result());
        QCOMPARE(answer.result().error().code, ErrorCode::Cancelled);
        auto next = database.run([](Connection &db) { return db.integer(u"SELECT 1"_s); });
        next.waitForFinished();
        QCOMPARE(next.result().value(), 1);
    }

    void aReaderSeesWhatTheWriterCommitted()
    {
        Database writer({.path = path()}, u"writer"_s);
        auto made = writer.run([](Connection &db) { return db.script(u"CREATE TABLE t (a INTEGER);"_s); });
        made.waitForFinished();
        QVERIFY(made.result());
        Database reader({.path = path(), .readOnly = true}, u"reader"_s);
        for (int i = 1; i <= 50; ++i) {
            auto wrote = writer.run([](Connection &db) { return db.exec(u"INSERT INTO t VALUES (1)"_s); });
            wrote.waitForFinished();
            QVERIFY(wrote.result());
            auto count = reader.run([](Connection &db) { return db.integer(u"SELECT count(*) FROM t"_s); });
            count.waitForFinished();
            QCOMPARE(count.result().value(), i);
        }
    }

    void anotherFileTakesThePlaceOfTheOpenOne()
    {
        const QString other = m_dir->filePath(u"b.sqlite"_s);
        {
            const auto made = Connection::open({.path = other});
            QVERIFY(made && (*made)->script(u"CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (7); PRAGMA journal_mode=DELETE;"_s));
        }
        Database database({.path = path()}, u"writer"_s);
        (void)database.run([](Connection &db) { return db.script(u"CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1);"_s); });
        const auto read = [&] { return database.run([](Connection &db) { return db.integer(u"SELECT a FROM t"_s); }); };
        const auto refused = database.swapFile({.before = [](Connection &) -> Result<void> { return failure(ErrorCode::Busy, u"not now"_s); },
                                                .whileClosed = []() -> Result<void> { qFatal("closed all the same"); },
                                                .after = [](Connection *) -> Result<void> { return {}; }});
        const auto before = read();
        const auto swapped = database.swapFile({.before = [](Connection &) -> Result<void> { return {}; },
                                                .whileClosed = [&]() -> Result<void> {
                                                    const bool log = QFile::exists(path() + u"-wal"_s);
                                                    return !log && QFile::remove(path()) && QFile::rename(other, path()) ? Result<void>() : failure(ErrorCode::Internal, u"still open"_s);
                                                },
                                                .after = [](Connection *db) -> Result<void> { return db ? Result<void>() : failure(ErrorCode::Internal, {}); }});
        const auto after = read(); // given while the files change places
        QCOMPARE(QFuture(refused).result().error().code, ErrorCode::Busy);
        QCOMPARE(QFuture(before).result().value(), 1);
        const auto done = QFuture(swapped).result();
        QVERIFY2(done, done ? "" : qPrintable(done.error().message));
        QCOMPARE(QFuture(after).result().value(), 7);
    }

private:
    [[nodiscard]] QString path() const { return m_dir->filePath(u"a.sqlite"_s); }
    std::unique_ptr<QTemporaryDir> m_dir;
};

QTEST_GUILESS_MAIN(TestDatabase)
#include "tst_database.moc"
