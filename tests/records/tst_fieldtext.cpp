// SPDX-License-Identifier: GPL-3.0-or-later
#include <records/fieldtext.h>

#include <QCborArray>
#include <QCborMap>
#include <QTest>

using namespace ioc;
using namespace Qt::StringLiterals;

namespace {

constexpr auto nbsp = u'\u00a0';

Field fieldOf(FieldKind kind)
{
    Field field{.name = u"f"_s, .kind = kind};
    if (kind == FieldKind::Choice || kind == FieldKind::Choices)
        field.choices = {{u"price"_s, {u"Giá cả, chặt chém"_s, u"Prices"_s, u"价格"_s}, {}},
                         {u"market"_s, {u"Chợ"_s, u"Market"_s, {}}, {}},
                         {u"dog"_s, {u"Chó"_s, u"Dog"_s, {}}, {}},
                         {u"1"_s, {u"2"_s, u"One"_s, {}}, {}},
                         {u"2"_s, {u"1"_s, u"Two"_s, {}}, {}}};
    return field;
}

constexpr qint64 noon = 1'798'702'200'000; // 2026-12-31 14:30 in Viet Nam

} // namespace

Q_DECLARE_METATYPE(ioc::FieldKind)

/// What people read and type.
class TestFieldText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void shown_data()
    {
        QTest::addColumn<FieldKind>("kind");
        QTest::addColumn<QCborValue>("value");
        QTest::addColumn<QString>("vi");
        QTest::addColumn<QString>("en");
        QTest::addColumn<QString>("zh");
        const auto row = [](const char *name, FieldKind kind, const QCborValue &value, const QString &vi, const QString &en, const QString &zh) {
            QTest::newRow(name) << kind << value << vi << en << zh;
        };
        const auto same = [&](const char *name, FieldKind kind, const QCborValue &value, const QString &text) { row(name, kind, value, text, text, text); };
        same("text", FieldKind::Text, u"Bến Thành"_s, u"Bến Thành"_s);
        row("integer", FieldKind::Integer, 1'250'000, u"1.250.000"_s, u"1,250,000"_s, u"1,250,000"_s);
        row("negative", FieldKind::Integer, -1'250, u"-1.250"_s, u"-1,250"_s, u"-1,250"_s);
        row("money", FieldKind::Money, 1'250'000, u"1.250.000"_s + nbsp + u"₫"_s, u"1,250,000"_s + nbsp + u"₫"_s, u"1,250,000"_s + nbsp + u"₫"_s);
        row("decimal", FieldKind::Decimal, 1250.5, u"1.250,5"_s, u"1,250.5"_s, u"1,250.5"_s);
        row("whole decimal", FieldKind::Decimal, 1250.0, u"1.250"_s, u"1,250"_s, u"1,250"_s);
        row("small decimal", FieldKind::Decimal, 1.25, u"1,25"_s, u"1.25"_s, u"1.25"_s);
        row("three decimals", FieldKind::Decimal, 1.125, u"1,125"_s, u"1.125"_s, u"1.125"_s);
        row("yes", FieldKind::Boolean, true, u"Có"_s, u"Yes"_s, u"是"_s);
        row("no", FieldKind::Boolean, false, u"Không"_s, u"No"_s, u"否"_s);
        same("date", FieldKind::Date, u"2026-03-05"_s, u"05/03/2026"_s);
        same("time", FieldKind::DateTime, noon, u"31/12/2026 14:30"_s);
        row("choice", FieldKind::Choice, u"market"_s, u"Chợ"_s, u"Market"_s, u"Market"_s);
        same("unknown choice", FieldKind::Choice, u"gone"_s, u"gone"_s);
        row("choices", FieldKind::Choices, QCborArray{u"dog"_s, u"price"_s}, u"Chó; Giá cả, chặt chém"_s, u"Dog; Prices"_s, u"Dog; 价格"_s);
        same("phone", FieldKind::Phone, u"+84901234567"_s, u"+84901234567"_s);
        same("place", FieldKind::Place, QCborArray{10.7769, 106.7009}, u"10.77690, 106.70090"_s);
        same("files", FieldKind::Files, QCborArray{u"a"_s, u"b"_s}, u"2"_s);
        row("translated", FieldKind::Translated, QCborMap{{u"en"_s, u"Hello"_s}, {u"vi"_s, u"Chào"_s}}, u"Chào"_s, u"Hello"_s, u"Hello"_s);
        same("empty", FieldKind::Integer, {}, {});
        same("null", FieldKind::Date, QCborValue(nullptr), {});
        same("of another kind", FieldKind::Place, u"here"_s, {});
    }
    void shown()
    {
        QFETCH(FieldKind, kind);
        QFETCH(QCborValue, value);
        QFETCH(QString, vi);
        QFETCH(QString, en);
        QFETCH(QString, zh);
        QCOMPARE(displayText(fieldOf(kind), value, u"vi"), vi);
        QCOMPARE(displayText(fieldOf(kind), value, u"en"), en);
        QCOMPARE(displayText(fieldOf(kind), value, u"zh"), zh);
    }

    void whatIsShownIsReadBack_data()
    {
        QTest::addColumn<FieldKind>("kind");
        QTest::addColumn<QCborValue>("value");
        for (const qint64 number : {0LL, 1LL, -1LL, 999LL, 1'000LL, 1'250LL, 999'999LL, 1'000'000LL, 9'007'199'254'740'993LL, std::numeric_limits<qint64>::max()}) {
            QTest::addRow("integer %lld", number) << FieldKind::Integer << QCborValue(number);
            QTest::addRow("money %lld", number) << FieldKind::Money << QCborValue(number);
        }
        for (const double number : {0.0, 0.1, 1.0, 1.5, 1.125, -2.25, 999.999, 1000.0, 1250.0, 1250.125, 123456.0, 1234567.0, 3250000.75, 0.000001, 1e15, 1e22, 1.7976931348623157e308})
            QTest::addRow("decimal %g", number) << FieldKind::Decimal << QCborValue(number);
        QTest::newRow("yes") << FieldKind::Boolean << QCborValue(true);
        QTest::newRow("no") << FieldKind::Boolean << QCborValue(false);
        QTest::newRow("date") << FieldKind::Date << QCborValue(u"2024-02-29"_s);
        QTest::newRow("old date") << FieldKind::Date << QCborValue(u"0999-01-02"_s);
        QTest::newRow("time") << FieldKind::DateTime << QCborValue(noon);
        QTest::newRow("choice with a comma") << FieldKind::Choice << QCborValue(u"price"_s);
        QTest::newRow("choice that differs by its mark") << FieldKind::Choice << QCborValue(u"dog"_s);
        QTest::newRow("choices") << FieldKind::Choices << QCborValue(QCborArray{u"dog"_s, u"market"_s, u"price"_s});
        QTest::newRow("place") << FieldKind::Place << QCborValue(QCborArray{10.7769, -106.7009});
        QTest::newRow("text") << FieldKind::Text << QCborValue(u"Chợ Bến Thành"_s);
        QTest::newRow("note") << FieldKind::Note << QCborValue(u"Dòng một\nDòng hai"_s);
        QTest::newRow("phone") << FieldKind::Phone << QCborValue(u"+84901234567"_s);
        QTest::newRow("hotline") << FieldKind::Phone << QCborValue(u"1022"_s);
        QTest::newRow("e-mail") << FieldKind::Email << QCborValue(u"a.b@c.vn"_s);
        QTest::newRow("url") << FieldKind::Url << QCborValue(u"https://a.vn/b%20c?d=%C3%A9"_s);
    }
    void whatIsShownIsReadBack()
    {
        QFETCH(FieldKind, kind);
        QFETCH(QCborValue, value);
        for (const QString &language : {u"vi"_s, u"en"_s, u"zh"_s}) {
            const QString text = displayText(fieldOf(kind), value, language);
            const auto read = parsedText(fieldOf(kind), text, language);
            QVERIFY2(read, qPrintable(text));
            QVERIFY2(*read == value, qPrintable(language + u' ' + text + u" → "_s + read->toDiagnosticNotation()));
        }
    }

    void numbers_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("language");
        QTest::addColumn<double>("decimal"); // NaN: refused
        QTest::addColumn<qint64>("whole");   // -1: refused
        const double refused = std::numeric_limits<double>::quiet_NaN();
        const auto row = [](const char *text, const char *language, double decimal, qint64 whole) {
            QTest::addRow("%s in %s", text, language) << QString::fromUtf8(text) << QString::fromLatin1(language) << decimal << whole;
        };
        for (const char *language : {"", "vi", "en", "zh"}) {
            row("12", language, 12, 12);
            row("+12", language, 12, 12);
            row("1250000", language, 1250000, 1250000);
            row("1.250.000", language, 1250000, 1250000);
            row("1,250,000", language, 1250000, 1250000);
            row("1 250 000", language, 1250000, 1250000);
            row("1\u00a0250", language, 1250, 1250);
            row("1.250,5", language, 1250.5, -1);
            row("1,250.5", language, 1250.5, -1);
            row("1.250,000", language, 1250, 1250);
            row("12,5", language, 12.5, -1);
            row("12.5", language, 12.5, -1);
            row("12.50", language, 12.5, -1);
            row(".5", language, 0.5, -1);
            row("1e3", language, 1000, 1000);
            row("12 34", language, refused, -1);
            row("1.2.3", language, refused, -1);
            row("1.25.000", language, refused, -1);
            row("1,2,3.5", language, refused, -1);
            row("1.250.000.5", language, refused, -1);
            row("12a", language, refused, -1);
            row("0x10", language, refused, -1);
            row("nan", language, refused, -1);
            row("inf", language, refused, -1);
            row("1e999", language, refused, -1);
            row("-", language, refused, -1);
            row("mười", language, refused, -1);
            row("１２", language, refused, -1); // wide digits
            row("99999999999999999999", language, 1e20, -1);
        }
        row("1.250", "vi", 1250, 1250);
        row("1.250", "en", 1.25, 1250);
        row("1.250", "", 1.25, 1250);
        row("1,250", "vi", 1.25, 1250);
        row("1,250", "en", 1250, 1250);
        row("1,250", "", 1.25, 1250);
    }
    void numbers()
    {
        QFETCH(QString, text);
        QFETCH(QString, language);
        QFETCH(double, decimal);
        QFETCH(qint64, whole);
        const auto number = parsedText(fieldOf(FieldKind::Decimal), text, language);
        QCOMPARE(number.has_value(), !std::isnan(decimal));
        if (number)
            QCOMPARE(number->toDouble(), decimal);
        const auto integer = parsedText(fieldOf(FieldKind::Integer), text, language);
        QCOMPARE(integer ? integer->toInteger() : -1, whole);
        if (!integer)
            QVERIFY(!integer.error().message.isEmpty());
    }

    void money_data()
    {
        QTest::addColumn<QString>("text");
        for (const QString &text : {u"1250000"_s, u"1.250.000 ₫"_s, u"1.250.000đ"_s, u"1.250.000 Đ"_s, u"1 250 000 đồng"_s, u"1,250,000 VND"_s, u"1.250.000VNĐ"_s})
            QTest::newRow(qPrintable(text)) << text;
    }
    void money()
    {
        QFETCH(QString, text);
        QCOMPARE(parsedText(fieldOf(FieldKind::Money), text, u"vi").value_or(QCborValue()), QCborValue(1'250'000));
    }

    void read_data()
    {
        QTest::addColumn<FieldKind>("kind");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QCborValue>("value"); // undefined: refused
        const auto row = [](FieldKind kind, const char *text, const QCborValue &value = {}) {
            QTest::addRow("%d %s", static_cast<int>(kind), text) << kind << QString::fromUtf8(text) << value;
        };
        for (const char *text : {"5/3/2026", "05/03/2026", "2026-03-05", "5-3-2026", "5.3.2026", "  05/03/2026 "})
            row(FieldKind::Date, text, u"2026-03-05"_s);
        for (const char *text : {"30/02/2026", "2026-02-30", "13/13/2026", "5/3/26", "2026", "hôm nay", "05/03/2026 14:30", "00/00/0000", "5/3/-2026", "0000-01-01"})
            row(FieldKind::Date, text);
        for (const char *text : {"31/12/2026 14:30", "31/12/2026 14:30:00", "2026-12-31T14:30:00", "2026-12-31 14:30", "2026-12-31T14:30:00+07:00",
                                 "2026-12-31T07:30:00Z", "2026-12-31T07:30:00.000Z"})
            row(FieldKind::DateTime, text, QCborValue(noon));
        row(FieldKind::DateTime, "31/12/2026", QCborValue(noon - 52'200'000));
        row(FieldKind::DateTime, "29/03/2026 2:30", QCborValue(qint64(1'774'726'200'000))); // skipped in many zones, not in Viet Nam's
        for (const char *text : {"31/12/2026 25:00", "31/12/2026 14:60", "31/02/2026 10:00", "14:30", "2026-12-31T", "2026-12-31Tnoon"})
            row(FieldKind::DateTime, text);
        for (const char *text : {"1", "true", "Yes", "có", "Co", "CÓ", "x", "是"})
            row(FieldKind::Boolean, text, true);
        for (const char *text : {"0", "false", "No", "không", "khong", "否"})
            row(FieldKind::Boolean, text, false);
        row(FieldKind::Boolean, "perhaps");
        for (const char *text : {"price", "PRICE", "Giá cả, chặt chém", "gia ca, chat chem", "Prices", "价格"})
            row(FieldKind::Choice, text, u"price"_s);
        row(FieldKind::Choice, "Chợ", u"market"_s);
        row(FieldKind::Choice, "chó", u"dog"_s);
        row(FieldKind::Choice, "cho"); // either
        row(FieldKind::Choice, "1", u"1"_s); // the code before another's label
        row(FieldKind::Choice, "\u0301");
        row(FieldKind::Choice, "nothing");
        row(FieldKind::Choices, "chợ; Dog;;  ; market", QCborArray{u"dog"_s, u"market"_s});
        row(FieldKind::Choices, "chợ; nothing");
        row(FieldKind::Place, "10.7769, 106.7009", QCborArray{10.7769, 106.7009});
        row(FieldKind::Place, "10.7769 106.7009", QCborArray{10.7769, 106.7009});
        row(FieldKind::Place, "10,7769; 106,7009", QCborArray{10.7769, 106.7009});
        row(FieldKind::Place, "-10; 106", QCborArray{-10.0, 106.0});
        for (const char *text : {"106.7009, 10.7769", "10.7769", "10.7769, 106.7009, 3", "91, 0", "0, 181", "north, east"})
            row(FieldKind::Place, text);
        row(FieldKind::Phone, "0901 234 567", u"+84901234567"_s);
        row(FieldKind::Phone, "+84 (0)901 234 567", u"+84901234567"_s);
        row(FieldKind::Phone, "0084 901 234 567", u"+84901234567"_s);
        row(FieldKind::Phone, "1900 1234", u"19001234"_s);
        row(FieldKind::Phone, "call me");
        row(FieldKind::Email, "an@example.vn", u"an@example.vn"_s);
        row(FieldKind::Email, "an@example");
        row(FieldKind::Email, "an at example.vn");
        row(FieldKind::Url, "example.vn/a", u"https://example.vn/a"_s);
        row(FieldKind::Url, "rtsp://u:p@10.0.0.1:554/live", u"rtsp://u:p@10.0.0.1:554/live"_s);
        for (const char *text : {"javascript:alert(1)", "file:///etc/passwd", "https://", "ftp://example.vn"})
            row(FieldKind::Url, text);
        row(FieldKind::Reference, "F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6", u"f81d4fae-7dec-11d0-a765-00a0c91e6bf6"_s);
        row(FieldKind::Reference, "{f81d4fae-7dec-11d0-a765-00a0c91e6bf6}");
        row(FieldKind::Files, "zz");
    }
    void read()
    {
        QFETCH(FieldKind, kind);
        QFETCH(QString, text);
        QFETCH(QCborValue, value);
        const auto got = parsedText(fieldOf(kind), text);
        QCOMPARE(got.has_value(), !value.isUndefined());
        if (got)
            QVERIFY2(*got == value, qPrintable(got->toDiagnosticNotation()));
        else
            QVERIFY(!got.error().message.isEmpty());
    }

    void filesAreReadByTheirDigests()
    {
        const QString one(64, u'a');
        const QString two(64, u'b');
        QCOMPARE(parsedText(fieldOf(FieldKind::Files), two + u"; "_s + one).value_or(QCborValue()), QCborValue(QCborArray{one, two}));
    }

    void nothingIsReadAsNothing()
    {
        for (int kind = 0; kind <= static_cast<int>(FieldKind::Translated); ++kind) {
            const auto got = parsedText(fieldOf(static_cast<FieldKind>(kind)), u" \t\u00a0 ");
            QVERIFY(got && got->isUndefined());
        }
    }

    void hugeTextsAreRefusedAtOnce()
    {
        const QString huge(1'000'000, u'1');
        for (int kind = 0; kind <= static_cast<int>(FieldKind::Translated); ++kind)
            QVERIFY(!parsedText(fieldOf(static_cast<FieldKind>(kind)), huge, u"vi"));
    }
};

QTEST_GUILESS_MAIN(TestFieldText)
#include "tst_fieldtext.moc"
