// SPDX-License-Identifier: GPL-3.0-or-later
#include <db/connection.h>
#include <db/eachof.h>
#include <db/rowinserter.h>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace ioc;
using namespace ioc::db;
using namespace Qt::StringLiterals;

/// One SQLite connection: statements, transactions, scripts, and files that are not as they should be.
class TestConnection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_path = m_dir->filePath(u"a.sqlite"_s);
        auto opened = Connection::open({.path = m_path});
        QVERIFY2(opened, opened ? "" : qPrintable(opened.error().detail));
        m_db = std::move(*opened);
        QVERIFY(m_db->script(u"CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT) STRICT;"_s));
    }
    void cleanup() { m_db.reset(); }

    void valuesComeBack()
    {
        const QByteArray blob("\0\xff\x01", 3);
        QVERIFY(m_db->script(u"CREATE TABLE v (i INTEGER, r REAL, t TEXT, b BLOB) STRICT;"_s));
        QCOMPARE(m_db->exec(u"INSERT INTO v VALUES (?, ?, ?, ?)"_s, {std::numeric_limits<qint64>::min(), 0.1, u"chợ'; DROP TABLE v; --"_s, blob}).value(), 1);
        QVERIFY(m_db->exec(u"INSERT INTO v VALUES (?, ?, ?, ?)"_s, {QVariant(), QVariant(), QVariant(), QVariant()}));
        int rows = 0;
        QVERIFY(m_db->each(u"SELECT i, r, t, b FROM v ORDER BY rowid"_s, {}, [&](const Row &row) {
            if (rows++ == 0) {
                [&] {
                    QCOMPARE(row.integer(0), std::numeric_limits<qint64>::min());
                    QCOMPARE(row.real(1), 0.1);
                    QCOMPARE(row.text(2), u"chợ'; DROP TABLE v; --"_s);
                    QCOMPARE(row.bytes(3), blob);
                }();
            } else {
                [&] { QVERIFY(row.isNull(0) && row.isNull(1) && row.isNull(2) && row.isNull(3)); }();
            }
            return true;
        }));
        QCOMPARE(rows, 2);
    }

    void manyRowsAreOneStatementsWork_data()
    {
        QTest::addColumn<int>("rows");
        for (const int rows : {0, 1, 3, 4, 5, 63, 64, 65, 200})
            QTest::addRow("%d", rows) << rows;
    }
    void manyRowsAreOneStatementsWork()
    {
        QFETCH(int, rows);
        RowInserter inserter(*m_db, u"t"_s, u"a, b"_s);
        inserter.hold();
        QVariantList members{-1};
        for (int i = 1; i <= rows; ++i) {
            QVERIFY(inserter.add({i, u"row %1"_s.arg(i)}));
            if (i % 2)
                members += i;
        }
        QCOMPARE(m_db->integer(u"SELECT count(*) FROM t"_s).value(), 0); // they wait
        QVERIFY(inserter.flush());
        QVERIFY(inserter.flush()); // nothing is left to put
        QCOMPARE(m_db->integer(u"SELECT count(*) FROM t WHERE b = 'row ' || a"_s).value(), rows);
        inserter.hold(false);
        QVERIFY(inserter.add({1000, QVariant()}));
        QCOMPARE(m_db->integer(u"SELECT count(*) FROM t WHERE b IS NULL"_s).value(), 1);
        QSet<qint64> found;
        QVERIFY(eachOf(*m_db, u"SELECT a FROM t WHERE a < ? AND a IN (%1)"_s, {500}, members, [&](const Row &row) {
            const auto before = found.size();
            found.insert(row.integer(0));
            return found.size() == before + 1; // each once
        }));
        QCOMPARE(found.size(), members.size() - 1);
        QVERIFY(eachOf(*m_db, u"SELECT a FROM t WHERE a IN (%1)"_s, {}, {}, [](const Row &) { return false; }));
        QVERIFY(!eachOf(*m_db, u"SELECT a FROM nowhere WHERE a IN (%1)"_s, {}, {1}, [](const Row &) { return true; }));
    }

    void countsKeysAndSingleRows()
    {
        QCOMPARE(m_db->exec(u"INSERT INTO t (b) VALUES (?)"_s, {u"x"_s}).value(), 1);
        QCOMPARE(m_db->lastKey(), 1);
        QCOMPARE(m_db->exec(u"INSERT INTO t (b) VALUES (?)"_s, {u"y"_s}).value(), 1);
        QCOMPARE(m_db->lastKey(), 2);
        QCOMPARE(m_db->exec(u"UPDATE t SET b = b || '!'"_s).value(), 2);
        QCOMPARE(m_db->exec(u"DELETE FROM t WHERE a = ?"_s, {99}).value(), 0);
        QCOMPARE(m_db->integer(u"SELECT count(*) FROM t"_s).value(), 2);
        QCOMPARE(m_db->integer(u"SELECT a FROM t WHERE a = ?"_s, {99}, -1).value(), -1);
        const auto text = [](const Row &row) { return row.text(0); };
        QCOMPARE(m_db->one<QString>(u"SELECT b FROM t WHERE a = ?"_s, {2}, text).value(), u"y!"_s);
        const auto none = m_db->one<QString>(u"SELECT b FROM t WHERE a = ?"_s, {99}, text);
        QVERIFY(!none);
        QCOMPARE(none.error().code, ErrorCode::NotFound);
        QVERIFY(!none.error().message.isEmpty());
    }

    void anInsertThatUpdatesGivesNoKey()
    {
        const QString sql = u"INSERT INTO t (a, b) VALUES (?, ?) ON CONFLICT (a) DO UPDATE SET b = excluded.b WHERE excluded.b > b"_s;
        QCOMPARE(m_db->exec(sql, {7, u"m"_s}).value(), 1);
        QCOMPARE(m_db->lastKey(), 7);
        QCOMPARE(m_db->exec(sql, {7, u"n"_s}).value(), 1);
        QCOMPARE(m_db->lastKey(), 0);
        QCOMPARE(m_db->exec(sql, {7, u"a"_s}).value(), 0);
        QCOMPARE(m_db->lastKey(), 0);
    }

    void nullAndEmptyTextsDiffer()
    {
        for (const QVariant &text : {QVariant(QString()), QVariant(u""_s), QVariant(QByteArray()), QVariant(QByteArray(""))}) {
            const auto kind = m_db->one<QString>(u"SELECT typeof(?1) || length(ifnull(?1, 'null'))"_s, {text}, [](const Row &row) { return row.text(0); });
            const bool isNull = text.typeId() == QMetaType::QString ? text.toString().isNull() : text.toByteArray().isNull();
            QCOMPARE(kind.value(), isNull ? u"null4"_s : text.typeId() == QMetaType::QString ? u"text0"_s : u"blob0"_s);
        }
        const QString odd = u"a\0b – chợ 🏖"_s;
        QVERIFY(m_db->exec(u"INSERT INTO t (a, b) VALUES (?, ?)"_s, {1, odd}));
        const auto back = m_db->one<QVariant>(u"SELECT b FROM t"_s, {}, [](const Row &row) { return row.value(0); });
        QCOMPARE(back.value().toString(), odd);
    }

    void parametersAreNeverLeftFromLastTime()
    {
        const QString sql = u"INSERT INTO t (a, b) VALUES (?, ?)"_s;
        QVERIFY(m_db->exec(sql, {1, u"secret"_s}));
        QVERIFY(!m_db->exec(sql, {2}));
        QVERIFY(!m_db->exec(sql, {2, u"x"_s, 3}));
        QVERIFY(!m_db->exec(sql));
        QVERIFY(m_db->exec(sql, {2, u"x"_s})); // none of those spoilt it
        QCOMPARE(m_db->integer(u"SELECT count(*) FROM t"_s).value(), 2);
    }

    void wrongSqlIsReported()
    {
        const auto done = m_db->exec(u"SELEKT"_s);
        QVERIFY(!done);
        QVERIFY(!done.error().message.isEmpty());
        QVERIFY2(done.error().detail.contains(u"SELEKT"), qPrintable(done.error().detail));
        QVERIFY(!m_db->exec(u"INSERT INTO t (a) VALUES (?)"_s, {u"no number"_s}));
        QVERIFY(!m_db->each(u"SELECT nothing FROM t"_s, {}, [](const Row &) { return true; }));
    }

    void eachMayRunTheSameStatementInside()
    {
        for (int i = 1; i <= 5; ++i)
            QVERIFY(m_db->exec(u"INSERT INTO t (a) VALUES (?)"_s, {i}));
        const QString sql = u"SELECT a FROM t ORDER BY a"_s;
        QList<qint64> outer;
        int inner = 0;
        QVERIFY(m_db->each(sql, {}, [&](const Row &row) {
            outer += row.integer(0);
            (void)m_db->each(sql, {}, [&](const Row &) { return ++inner > 0; });
            (void)m_db->script(u"CREATE TABLE IF NOT EXISTS other (a);"_s);
            for (int i = 0; i < 300; ++i) // more statements than are kept
                (void)m_db->integer(u"SELECT %1"_s.arg(i));
            return true;
        }));
        QCOMPARE(outer, (QList<qint64>{1, 2, 3, 4, 5}));
        QCOMPARE(inner, 25);
    }

    void eachStopsWhenTold()
    {
        QVERIFY(m_db->script(u"INSERT INTO t (b) VALUES ('x'); INSERT INTO t (b) VALUES ('y');"_s));
        int seen = 0;
        QVERIFY(m_db->each(u"SELECT b FROM t"_s, {}, [&](const Row &) { return ++seen < 1; }));
        QCOMPARE(seen, 1);
        QVERIFY(m_db->script(u"DROP TABLE t;"_s)); // no reader holds it any more
    }

    void scriptsAreUnderstood()
    {
        QVERIFY(m_db->script(uR"(
            -- a comment; with a semicolon
            CREATE TABLE log (what TEXT); /* and; another */
            CREATE TRIGGER noted AFTER INSERT ON t BEGIN
                INSERT INTO log VALUES ('one; two');
                INSERT INTO log VALUES (new.b);
            END;
            INSERT INTO t (b) VALUES ('a;
b'); INSERT INTO t (b) VALUES ('c')
            ;;
            -- the end;
        )"_s));
        QCOMPARE(m_db->integer(u"SELECT count(*) FROM log"_s).value(), 4);
        QCOMPARE(m_db->integer(u"SELECT count(*) FROM t WHERE b = ?"_s, {u"a;\nb"_s}).value(), 1);
        QVERIFY(m_db->script(u"INSERT INTO t (b) VALUES ('last')"_s)); // without its ";"
        QCOMPARE(m_db->integer(u"SELECT count(*) FROM t"_s).value(), 3);
        QVERIFY(m_db->script({}));
        QVERIFY(!m_db->script(u"INSERT INTO t (b) VALUES ('x'); INSERT INTO nowhere VALUES (1);"_s));
        QVERIFY(!m_db->script(u"CREATE TRIGGER half AFTER INSERT ON t BEGIN SELECT 1;"_s));
    }

    void transactionsRollBackUnlessCommitted()
    {
        {
            auto transaction = Transaction::begin(*m_db);
            QVERIFY(transaction);
            QVERIFY(m_db->exec(u"INSERT INTO t (b) VALUES ('lost')"_s));
        }
        QCOMPARE(m_db->integer(u"SELECT count(*) FROM t"_s).value(), 0);
        {
            auto transaction = Transaction::begin(*m_db, Transaction::Durability::Normal);
            QVERIFY(transaction);
            QVERIFY(m_db->exec(u"INSERT INTO t (b) VALUES ('kept')"_s));
            QVERIFY(transaction->commit());
        }
        QCOMPARE(m_db->integer(u"SELECT count(*) FROM t"_s).value(), 1);
        {
            auto moved = Transaction::begin(*m_db);
            QVERIFY(moved);
            const Transaction holder(std::move(*moved));
            QVERIFY(m_db->exec(u"INSERT INTO t (b) VALUES ('lost')"_s));
        }
        QCOMPARE(m_db->integer(u"SELECT count(*) FROM t"_s).value(), 1);
        auto outer = Transaction::begin(*m_db);
        QVERIFY(outer);
        QVERIFY(!Transaction::begin(*m_db)); // not nested
    }

    void aSecondWriterIsTold()
    {
        auto other = Connection::open({.path = m_path});
        QVERIFY(other);
        QVERIFY((*other)->exec(u"PRAGMA busy_timeout=1"_s));
        auto transaction = Transaction::begin(*m_db);
        QVERIFY(transaction);
        const auto second = Transaction::begin(**other);
        QVERIFY(!second);
        QCOMPARE(second.error().code, ErrorCode::Busy);
        QCOMPARE((*other)->integer(u"SELECT count(*) FROM t"_s).value(), 0); // readers go on
    }

    void aFullDiskLosesNothing()
    {
        QVERIFY(m_db->exec(u"INSERT INTO t (b) VALUES ('first')"_s));
        const qint64 pages = m_db->integer(u"PRAGMA page_count"_s).value();
        QVERIFY(m_db->exec(u"PRAGMA max_page_count=%1"_s.arg(pages + 4)));
        {
            auto transaction = Transaction::begin(*m_db);
            QVERIFY(transaction);
            Result<qint64> done = 0;
            for (int i = 0; done && i < 1000; ++i)
                done = m_db->exec(u"INSERT INTO t (b) VALUES (?)"_s, {QString(1000, u'x')});
            QVERIFY(!done);
            QCOMPARE(done.error().code, ErrorCode::Full);
            QVERIFY(!done.error().message.isEmpty());
        }
        QCOMPARE(m_db->integer(u"SELECT count(*) FROM t"_s).value(), 1);
        QVERIFY(m_db->exec(u"PRAGMA max_page_count=100000"_s));
        auto transaction = Transaction::begin(*m_db);
        QVERIFY(transaction);
        QVERIFY(m_db->exec(u"INSERT INTO t (b) VALUES (?)"_s, {QString(100'000, u'x')}));
        QVERIFY(transaction->commit());
    }

    void readersCannotWrite()
    {
        auto reader = Connection::open({.path = m_path, .readOnly = true});
        QVERIFY(reader);
        QCOMPARE((*reader)->integer(u"SELECT count(*) FROM t"_s).value(), 0);
        const auto done = (*reader)->exec(u"INSERT INTO t (b) VALUES ('x')"_s);
        QVERIFY(!done);
        QCOMPARE(done.error().code, ErrorCode::ReadOnly);
        QVERIFY(!Transaction::begin(**reader) || !(*reader)->exec(u"DELETE FROM t"_s));
    }

    void filesThatCannotBeOpened_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QByteArray>("content"); // none: the file is not made
        QTest::addColumn<int>("code");
        QTest::newRow("no folder") << u"nowhere/a.sqlite"_s << QByteArray() << static_cast<int>(ErrorCode::NotFound);
        QTest::newRow("a folder") << u"."_s << QByteArray() << static_cast<int>(ErrorCode::NotFound);
        QTest::newRow("a letter") << u"letter.sqlite"_s << QByteArray("Dear Sir or Madam, ").repeated(500) << static_cast<int>(ErrorCode::Damaged);
        QTest::newRow("a head alone") << u"head.sqlite"_s << QByteArray("SQLite format 3\0", 16) + QByteArray(2000, '\x7f') << static_cast<int>(ErrorCode::Damaged);
    }
    void filesThatCannotBeOpened()
    {
        QFETCH(QString, path);
        QFETCH(QByteArray, content);
        QFETCH(int, code);
        const QString full = m_dir->filePath(path);
        if (!content.isEmpty()) {
            QFile file(full);
            QVERIFY(file.open(QIODevice::WriteOnly));
            QCOMPARE(file.write(content), content.size());
        }
        const auto opened = Connection::open({.path = full});
        QVERIFY(!opened);
        QCOMPARE(static_cast<int>(opened.error().code), code);
        QVERIFY(!opened.error().message.isEmpty());
    }

    void aMissingFileIsNotMadeUnlessWanted()
    {
        const QString path = m_dir->filePath(u"b.sqlite"_s);
        QCOMPARE(Connection::open({.path = path, .mayCreate = false}).error().code, ErrorCode::NotFound);
        QVERIFY(!QFile::exists(path));
        QVERIFY(!Connection::open({.path = path, .readOnly = true}));
        QVERIFY(!QFile::exists(path));
    }

    void damageInsideIsNoticed()
    {
        QVERIFY(m_db->exec(u"INSERT INTO t (b) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) SELECT hex(randomblob(50)) FROM n"_s));
        QVERIFY(m_db->checkpoint());
        m_db.reset();
        QFile file(m_path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.seek(4096 * 3));
        QCOMPARE(file.write(QByteArray(4096 * 20, '\xa5')), 4096 * 20);
        file.close();
        auto opened = Connection::open({.path = m_path});
        QVERIFY(opened); // the first page is whole
        const auto read = (*opened)->integer(u"SELECT sum(length(b)) FROM t"_s);
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::Damaged);
    }

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_path;
    std::unique_ptr<Connection> m_db;
};

QTEST_GUILESS_MAIN(TestConnection)
#include "tst_connection.moc"
