// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/format.h>

#include <QDateTime>
#include <QHash>
#include <QTest>
#include <QTranslator>

using namespace ioc;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 minute = 60'000;
constexpr qint64 hour = 60 * minute;
constexpr qint64 day = 24 * hour;

/// Words of the test itself, so that it does not depend on how the product's translation is worded.
class Words : public QTranslator
{
public:
    QString translate(const char *, const char *source, const char *, int) const override
    {
        static const QHash<QByteArray, QString> words{
            {"just now", u"vừa xong"_s},          {"%n min ago", u"%n phút trước"_s},
            {"in %n h", u"%n giờ nữa"_s},         {"%n h left", u"còn %n giờ"_s},
            {"%n d overdue", u"quá hạn %n ngày"_s}, {"%1M", u"%1\u00a0tr"_s},
            {"%1K", u"%1\u00a0nghìn"_s},          {"%1B", u"%1\u00a0tỷ"_s}};
        return words.value(source);
    }
    bool isEmpty() const override { return false; }
};

} // namespace

/// How numbers, money and times read in Vietnamese and in English.
class TestFormat : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void timesAreVietNamsWhereverTheMachineStands()
    {
        const QByteArray zone = qgetenv("TZ");
        qputenv("TZ", "America/New_York");
        const qint64 ms = QDateTime(QDate(2025, 12, 31), QTime(17, 30), QTimeZone::UTC).toMSecsSinceEpoch();
        QCOMPARE(vi.dateTime(ms), u"01/01/2026 00:30"_s);
        QCOMPARE(en.dateTime(ms), u"01/01/2026 00:30"_s);
        QCOMPARE(vi.date(ms), u"01/01/2026"_s);
        QCOMPARE(vi.time(ms), u"00:30"_s);
        QCOMPARE(Format::dayOf(ms), QDate(2026, 1, 1));
        zone.isNull() ? qunsetenv("TZ") : qputenv("TZ", zone);
    }

    void months()
    {
        QCOMPARE(vi.shortMonth(QDate(2026, 1, 5)), u"Th1"_s);
        QCOMPARE(en.shortMonth(QDate(2026, 12, 5)), u"Dec"_s);
        QCOMPARE(vi.month(QDate(2026, 1, 5)), u"01/2026"_s);
        QCOMPARE(vi.shortDay(QDate(2026, 1, 5)), u"05/01"_s);
    }

    void numbers()
    {
        QCOMPARE(vi.number(1'234'567), u"1.234.567"_s);
        QCOMPARE(en.number(1'234'567), u"1,234,567"_s);
        QCOMPARE(vi.number(12.345, 2), u"12,35"_s);
        QCOMPARE(vi.number(-0.5, 1), u"-0,5"_s);
        QCOMPARE(vi.percent(0.125), u"12,5\u00a0%"_s);
        QCOMPARE(en.percent(0.125), u"12.5%"_s);
        QCOMPARE(vi.percent(0.9), u"90\u00a0%"_s);
        QCOMPARE(vi.percent(0.99996), u"100\u00a0%"_s);
        QCOMPARE(vi.money(1'250'000), u"1.250.000\u00a0₫"_s);
        QCOMPARE(en.money(1'250'000), u"1,250,000\u00a0₫"_s);
    }

    void compact_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("vietnamese");
        QTest::addColumn<QString>("english");
        QTest::newRow("zero") << 0.0 << u"0"_s << u"0"_s;
        QTest::newRow("fraction") << 2.5 << u"2,5"_s << u"2.5"_s;
        QTest::newRow("hundreds") << 950.0 << u"950"_s << u"950"_s;
        QTest::newRow("thousands") << 12'300.0 << u"12,3\u00a0nghìn"_s << u"12.3K"_s;
        QTest::newRow("rounds up a step") << 999'900.0 << u"1\u00a0tr"_s << u"1M"_s;
        QTest::newRow("millions") << 1'234'567.0 << u"1,2\u00a0tr"_s << u"1.2M"_s;
        QTest::newRow("hundreds of millions") << 345'678'901.0 << u"346\u00a0tr"_s << u"346M"_s;
        QTest::newRow("billions") << 3.4e9 << u"3,4\u00a0tỷ"_s << u"3.4B"_s;
        QTest::newRow("negative") << -12'300.0 << u"-12,3\u00a0nghìn"_s << u"-12.3K"_s;
    }
    void compact()
    {
        QFETCH(double, value);
        QTEST(en.compact(value), "english");
        Words words;
        QCoreApplication::installTranslator(&words);
        QTEST(vi.compact(value), "vietnamese");
        QCoreApplication::removeTranslator(&words);
    }

    void relativeTimes()
    {
        const qint64 now = 1'800'000'000'000;
        QCOMPARE(en.relative(now - 30'000, now), u"just now"_s);
        QCOMPARE(en.relative(now - 5 * minute - 59'000, now), u"5 min ago"_s);
        QCOMPARE(en.relative(now + 2 * hour, now), u"in 2 h"_s);
        QCOMPARE(en.relative(now - 6 * day, now), u"6 d ago"_s);
        QCOMPARE(en.relative(now - 7 * day, now), en.date(now - 7 * day));
        QCOMPARE(en.remaining(now + 119 * minute, now), u"1 h left"_s);
        QCOMPARE(en.remaining(now - 1, now), u"just overdue"_s);
        QCOMPARE(en.remaining(now + 1, now), u"under a minute left"_s);
        QCOMPARE(en.remaining(now - 3 * day, now), u"3 d overdue"_s);
        QCOMPARE(en.duration(45'000), u"45 s"_s);
        QCOMPARE(en.duration(26 * hour), u"1 d"_s);
    }

    void relativeTimesInVietnamese()
    {
        Words words;
        QCoreApplication::installTranslator(&words);
        const qint64 now = 1'800'000'000'000;
        QCOMPARE(vi.relative(now, now), u"vừa xong"_s);
        QCOMPARE(vi.relative(now - 5 * minute, now), u"5 phút trước"_s);
        QCOMPARE(vi.remaining(now + 2 * hour, now), u"còn 2 giờ"_s);
        QCOMPARE(vi.remaining(now - 3 * day, now), u"quá hạn 3 ngày"_s);
        QCoreApplication::removeTranslator(&words);
    }

private:
    const Format vi;
    const Format en{QLocale(QLocale::English, QLocale::UnitedStates)};
};

QTEST_GUILESS_MAIN(TestFormat)
#include "tst_format.moc"
