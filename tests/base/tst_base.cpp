// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/error.h>
#include <base/id.h>
#include <base/phone.h>
#include <base/textfold.h>

#include <QTest>
#include <QtEndian>

using namespace ioc;

/// Ids, text folding, phone numbers and error names.
class TestBase : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void idsSortInTheOrderTheyWereMade()
    {
        ManualClock clock(1'700'000'000'000);
        Id last = Id::create(clock);
        QCOMPARE(last.toString().at(14), u'7');
        QCOMPARE(last.createdMs(), 1'700'000'000'000);
        for (int i = 0; i < 10'000; ++i) { // more than one millisecond's counter holds
            const Id next = Id::create(clock);
            QVERIFY(last < next);
            last = next;
        }
        clock.setNowMs(1'600'000'000'000); // the device's clock was set back
        QVERIFY(last < Id::create(clock));

        // An earlier run made ids with a clock that was a year ahead; one that is centuries ahead is nobody's.
        const auto idOf = [](qint64 ms) {
            QByteArray bytes(16, '\xff');
            qToBigEndian<quint64>((static_cast<quint64>(ms) << 16) | 0x7fffU, bytes.data());
            bytes[8] = '\x80';
            return Id::fromBytes(bytes).value();
        };
        const Id centuries = idOf(1LL << 46);
        Id::resumeAfter(centuries, clock);
        QVERIFY(Id::create(clock) < centuries);
        const Id year = idOf(1'731'000'000'000);
        QVERIFY(Id::create(clock) < year);
        Id::resumeAfter(year, clock);
        QVERIFY(year < Id::create(clock));
    }

    void idsSurviveTextAndBytes()
    {
        const Id id = Id::create(ManualClock(1));
        QCOMPARE(Id::fromString(id.toString()).value(), id);
        QCOMPARE(Id::fromBytes(id.toBytes()).value(), id);
        QVERIFY(!Id::fromString(u"not an id"));
        QVERIFY(!Id::fromBytes(QByteArrayView("short")));
        QVERIFY(Id().isNull());
    }

    void derivedIdsAreStable()
    {
        const Id space = Id::fromString(u"6ba7b810-9dad-11d1-80b4-00c04fd430c8").value();
        QCOMPARE(Id::derived(space, u"79"), Id::derived(space, u"79"));
        QVERIFY(Id::derived(space, u"79") != Id::derived(space, u"01"));
    }

    void folding_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        QTest::newRow("market") << QStringLiteral("Chợ Bến  Thành") << QStringLiteral("cho ben thanh");
        QTest::newRow("đ") << QStringLiteral("ĐẶNG Đình đỏ") << QStringLiteral("dang dinh do");
        QTest::newRow("decomposed") << QStringLiteral("Huế").normalized(QString::NormalizationForm_D) << QStringLiteral("hue");
        QTest::newRow("blank ends") << QStringLiteral("  a\tb \n") << QStringLiteral("a b");
        QTest::newRow("empty") << QString() << QString();
        QTest::newRow("chinese") << QStringLiteral("胡志明市") << QStringLiteral("胡志明市");
    }
    void folding()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        QCOMPARE(folded(text), expected);
    }

    void normalisingComposesAndDropsControls()
    {
        const QString composed = QStringLiteral("Nguyễn Huệ");
        QCOMPARE(normalised(composed.normalized(QString::NormalizationForm_D) + QChar(0x07)), composed);
    }

    void phones_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected"); // empty: refused
        QTest::newRow("mobile") << QStringLiteral("0901 234 567") << QStringLiteral("+84901234567");
        QTest::newRow("84") << QStringLiteral("84-901.234.567") << QStringLiteral("+84901234567");
        QTest::newRow("plus") << QStringLiteral("+1 (212) 555-0100") << QStringLiteral("+12125550100");
        QTest::newRow("hotline") << QStringLiteral("1022") << QStringLiteral("1022");
        QTest::newRow("1900") << QStringLiteral("1900 1234") << QStringLiteral("19001234");
        QTest::newRow("letters") << QStringLiteral("call me") << QString();
        QTest::newRow("too long") << QStringLiteral("+8490123456789012345") << QString();
        QTest::newRow("empty") << QString() << QString();
    }
    void phones()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        const auto phone = normalisedPhone(text);
        QCOMPARE(phone.has_value(), !expected.isEmpty());
        if (phone)
            QCOMPARE(*phone, expected);
    }

    void errorNamesGoThereAndBack()
    {
        for (int i = 0; i <= static_cast<int>(ErrorCode::Internal); ++i) {
            const auto code = static_cast<ErrorCode>(i);
            QCOMPARE(errorCodeFromName(errorCodeName(code)), code);
        }
        QCOMPARE(errorCodeFromName(u"from the future"), ErrorCode::Internal);
    }
};

QTEST_GUILESS_MAIN(TestBase)
#include "tst_base.moc"
