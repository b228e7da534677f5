// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/requesttext.h>
#include <wire/administration.h>

#include <QTest>

using namespace ioc;

/// Reading what clients put into headers and queries.
class TestRequestText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void languages_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QString>("language");
        QTest::newRow("none") << QByteArray() << QStringLiteral("vi");
        QTest::newRow("english") << QByteArray("en") << QStringLiteral("en");
        QTest::newRow("with country") << QByteArray("en-GB, vi;q=0.5") << QStringLiteral("en");
        QTest::newRow("by quality") << QByteArray("en;q=0.3, zh-CN;q=0.9") << QStringLiteral("zh");
        QTest::newRow("unknown first") << QByteArray("fr, en;q=0.1") << QStringLiteral("en");
        QTest::newRow("unknown only") << QByteArray("fr") << QStringLiteral("vi");
        QTest::newRow("garbage") << QByteArray(";;;,,q=x\xff") << QStringLiteral("vi");
    }
    void languages()
    {
        QFETCH(QByteArray, header);
        QTEST(acceptedLanguage(header), "language");
    }

    void bearers()
    {
        QCOMPARE(bearerToken("Bearer abc"), QStringLiteral("abc"));
        QCOMPARE(bearerToken("bearer abc"), QStringLiteral("abc"));
        QVERIFY(bearerToken("Basic abc").isEmpty());
        QVERIFY(bearerToken("Bearer ").isEmpty());
        QVERIFY(bearerToken({}).isEmpty());
        QVERIFY(bearerToken("Bearer " + QByteArray(300, 'x')).isEmpty());
    }

    void ranges()
    {
        const auto is = [](QByteArrayView header, qint64 from, qint64 length) {
            const auto range = parsedRange(header, 100);
            return range && range->from == from && range->length == length;
        };
        QVERIFY(is("bytes=0-", 0, 100));
        QVERIFY(is("bytes=0-0", 0, 1));
        QVERIFY(is("bytes=7-9", 7, 3));
        QVERIFY(is("bytes=7-5000", 7, 100));
        QVERIFY(is("bytes=9223372036854775807-", 9223372036854775807, 1));
        for (const QByteArrayView bad : {"", "bytes", "bytes=", "bytes=-", "bytes=-5", "bytes=5-4", "bytes=1-2,4-5", "bytes=x-", "bytes=1-x", "items=0-1", "bytes=99999999999999999999-", "bytes=0-99999999999999999999",
                                         "bytes= 1-2", "bytes=+1-2"})
            QVERIFY2(!parsedRange(bad, 100), bad.data());
    }

    void queries()
    {
        const auto plain = parsedChangesQuery("");
        QVERIFY(plain);
        QVERIFY(plain->after.isNull());
        QCOMPARE(plain->waitSeconds, 0);
        QCOMPARE(plain->limit, 5000);
        const Cursor cursor{Id::create(SystemClock()), 7, QByteArray(32, 'd'), 1, 2};
        const auto full = parsedChangesQuery("after=" + cursor.toString().toLatin1() + "&wait=25&limit=10");
        QVERIFY(full);
        QCOMPARE(full->after, cursor);
        QCOMPARE(full->waitSeconds, 25);
        QCOMPARE(full->limit, 10);
        for (const QByteArrayView bad : {"wait=-1", "wait=1e1", "limit=5001", "after=", "x", "wait=1&wait=2", "after=%00%ff"})
            QVERIFY2(!parsedChangesQuery(bad), bad.data());
        QVERIFY(!parsedChangesQuery(QByteArray(2000, 'a')));
    }
    void lists()
    {
        const auto plain = parsedListQuery("");
        QVERIFY(plain && plain->after.isNull());
        QCOMPARE(plain->limit, wire::rowsLimit);
        const Id id = Id::create(SystemClock());
        const auto full = parsedListQuery("limit=3&after=" + id.toString().toLatin1());
        QVERIFY(full);
        QCOMPARE(full->after, id);
        QCOMPARE(full->limit, 3);
        for (const QByteArrayView bad : {"limit=0", "limit=501", "limit=1&limit=1", "after=1", "after=", "wait=1", "after=00000000-0000-0000-0000-000000000000"})
            QVERIFY2(!parsedListQuery(bad), bad.data());
        QVERIFY(!parsedListQuery(QByteArray(2000, 'a')));
    }
    void targets()
    {
        const Id id = Id::create(SystemClock());
        const auto target = parsedRowTarget(id.toString() + QStringLiteral("/revoke"));
        QVERIFY(target);
        QCOMPARE(target->id, id);
        QCOMPARE(target->verb, QStringLiteral("revoke"));
        for (const QString &bad : {QString(), id.toString(), id.toString() + u'/', QStringLiteral("/revoke"), QStringLiteral("x/revoke"), id.toString() + QStringLiteral("/revoke/now"),
                                   QStringLiteral("00000000-0000-0000-0000-000000000000/revoke"), QString(5000, u'a') + QStringLiteral("/revoke")})
            QCOMPARE(parsedRowTarget(bad).error_or(Error()).code, ErrorCode::NotFound);
    }
    void versions()
    {
        QCOMPARE(desktopVersion("tourism-ioc/1.2.3"), QStringLiteral("1.2.3"));
        QCOMPARE(desktopVersion("tourism-ioc/1.2.3 (Linux)"), QStringLiteral("1.2.3"));
        for (const QByteArrayView other : {"", "Mozilla/5.0", "tourism-ioc/", "x tourism-ioc/1.2.3", "tourism-ioc/1;drop"})
            QVERIFY2(desktopVersion(other).isEmpty(), other.data());
        QVERIFY(desktopVersion("tourism-ioc/" + QByteArray(300, '1')).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestRequestText)
#include "tst_requesttext.moc"
