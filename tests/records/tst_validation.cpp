// SPDX-License-Identifier: GPL-3.0-or-later
#include <records/validation.h>

#include <QCborArray>
#include <QCborMap>
#include <QTest>

#include <cmath>

using namespace ioc;
using namespace Qt::StringLiterals;

namespace {

Field fieldOf(FieldKind kind)
{
    Field field{.name = u"f"_s, .kind = kind};
    if (kind == FieldKind::Choice || kind == FieldKind::Choices)
        field.choices = {{u"a"_s, {u"A"_s, u"A"_s, {}}, {}}, {u"b"_s, {u"B"_s, u"B"_s, {}}, {}}};
    return field;
}

RecordType sampleType()
{
    RecordType type{.name = u"sample"_s};
    type.fields = {{.name = u"name"_s, .required = true},
                   {.name = u"low"_s, .kind = FieldKind::Integer},
                   {.name = u"high"_s, .kind = FieldKind::Integer},
                   {.name = u"from"_s, .kind = FieldKind::Date},
                   {.name = u"to"_s, .kind = FieldKind::Date}};
    type.rules = {{Rule::Kind::Order, u"low"_s, u"high"_s, {u"Thấp"_s, u"Low"_s, {}}},
                  {Rule::Kind::Order, u"from"_s, u"to"_s, {u"Từ"_s, u"From"_s, {}}},
                  {Rule::Kind::Requires, u"to"_s, u"from"_s, {u"Cần"_s, u"Needs"_s, {}}}};
    return type;
}

QStringList fieldsOf(const QList<Problem> &problems)
{
    QStringList out;
    for (const Problem &problem : problems)
        out += problem.field;
    return out;
}

} // namespace

Q_DECLARE_METATYPE(ioc::FieldKind)

/// Values in their canonical form, and what is wrong with those that have none.
class TestValidation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void kept_data()
    {
        QTest::addColumn<FieldKind>("kind");
        QTest::addColumn<QCborValue>("value");
        QTest::addColumn<QCborValue>("canonicalValue");
        const auto row = [](const char *name, FieldKind kind, const QCborValue &value, const QCborValue &kept) { QTest::newRow(name) << kind << value << kept; };
        row("trimmed", FieldKind::Text, u"  An "_s, u"An"_s);
        row("composed", FieldKind::Text, u"e\u0301"_s, u"\u00e9"_s);
        row("composed once a control is gone", FieldKind::Text, u"e\u0001\u0301"_s, u"\u00e9"_s);
        row("one line", FieldKind::Text, u"a\r\nb"_s, u"a b"_s);
        row("lines of a note", FieldKind::Note, u"a\nb"_s, u"a\nb"_s);
        row("half a character", FieldKind::Text, u"a"_s + QChar(0xd800) + u"b"_s, u"ab"_s);
        row("a whole one of two halves", FieldKind::Text, u"a😀"_s, u"a😀"_s);
        row("NUL", FieldKind::Text, u"a"_s + QChar(0) + u"b"_s, u"ab"_s);
        row("blank", FieldKind::Text, u" \n "_s, {});
        row("null", FieldKind::Integer, QCborValue(nullptr), {});
        row("whole double", FieldKind::Integer, 3.0, 3);
        row("whole number as decimal", FieldKind::Decimal, 3, 3.0);
        row("zero without a sign", FieldKind::Decimal, -0.0, 0.0);
        row("sorted set", FieldKind::Choices, QCborArray{u"b"_s, u"a"_s, u"b"_s}, QCborArray{u"a"_s, u"b"_s});
        row("empty set", FieldKind::Choices, QCborArray(), {});
        row("place of whole numbers", FieldKind::Place, QCborArray{10, 106}, QCborArray{10.0, 106.0});
        row("languages in order", FieldKind::Translated, QCborMap{{u"vi"_s, u"a"_s}, {u"en"_s, u"b"_s}, {u"zh"_s, nullptr}},
            QCborMap{{u"en"_s, u"b"_s}, {u"vi"_s, u"a"_s}});
        row("no language", FieldKind::Translated, QCborMap{{u"vi"_s, u" "_s}}, {});
        row("address with blanks", FieldKind::Url, u"https://a.vn/x%20y"_s, u"https://a.vn/x%20y"_s);
        row("address with marks", FieldKind::Url, u"https://a.vn/chợ"_s, u"https://a.vn/ch%E1%BB%A3"_s);
        row("id in capitals", FieldKind::Unit, u"F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6"_s, u"f81d4fae-7dec-11d0-a765-00a0c91e6bf6"_s);
        row("phone", FieldKind::Phone, u"028-3822 1234"_s, u"+842838221234"_s);
    }
    void kept()
    {
        QFETCH(FieldKind, kind);
        QFETCH(QCborValue, value);
        QFETCH(QCborValue, canonicalValue);
        const auto once = canonical(fieldOf(kind), value);
        QVERIFY(once);
        QVERIFY2(once->type() == canonicalValue.type() && *once == canonicalValue, qPrintable(once->toDiagnosticNotation()));
        if (canonicalValue.isDouble())
            QVERIFY(!std::signbit(once->toDouble()));
        const auto twice = canonical(fieldOf(kind), *once);
        QVERIFY(twice && *twice == *once);
    }

    void refused_data()
    {
        QTest::addColumn<FieldKind>("kind");
        QTest::addColumn<QCborValue>("value");
        const auto row = [](const char *name, FieldKind kind, const QCborValue &value) { QTest::newRow(name) << kind << value; };
        const double nan = std::numeric_limits<double>::quiet_NaN();
        const double infinity = std::numeric_limits<double>::infinity();
        row("number as text", FieldKind::Text, 5);
        row("long line", FieldKind::Text, QString(501, u'a'));
        row("long note", FieldKind::Note, QString(20'001, u'a'));
        row("part of a whole", FieldKind::Integer, 2.5);
        row("whole beyond doubles", FieldKind::Integer, 1e16);
        row("NaN whole", FieldKind::Integer, nan);
        row("text as number", FieldKind::Integer, u"5"_s);
        row("bool as number", FieldKind::Integer, true);
        row("NaN", FieldKind::Decimal, nan);
        row("infinity", FieldKind::Decimal, infinity);
        row("number as bool", FieldKind::Boolean, 1);
        row("no such day", FieldKind::Date, u"2026-02-29"_s);
        row("date in another form", FieldKind::Date, u"20260228"_s);
        row("date with a time", FieldKind::Date, u"2026-02-28T10:00:00"_s);
        row("time out of all calendars", FieldKind::DateTime, std::numeric_limits<qint64>::max());
        row("time before all calendars", FieldKind::DateTime, std::numeric_limits<qint64>::min());
        row("no such choice", FieldKind::Choice, u"c"_s);
        row("no such choices", FieldKind::Choices, QCborArray{u"a"_s, u"c"_s});
        row("set as text", FieldKind::Choices, u"a"_s);
        row("set of numbers", FieldKind::Choices, QCborArray{1});
        row("no id", FieldKind::Reference, u"42"_s);
        row("id and more", FieldKind::Reference, u"f81d4fae-7dec-11d0-a765-00a0c91e6bf6x"_s);
        row("null id", FieldKind::Reference, u"00000000-0000-0000-0000-000000000000"_s);
        row("place off the globe", FieldKind::Place, QCborArray{91.0, 0.0});
        row("place nowhere", FieldKind::Place, QCborArray{nan, 0.0});
        row("place in three", FieldKind::Place, QCborArray{1.0, 2.0, 3.0});
        row("place as texts", FieldKind::Place, QCborArray{u"1"_s, u"2"_s});
        row("place as map", FieldKind::Place, QCborMap{{u"lat"_s, 1}});
        row("short digest", FieldKind::Files, QCborArray{QString(63, u'a')});
        row("digest and a line end", FieldKind::Files, QCborArray{QString(64, u'a') + u'\n'});
        row("digest in capitals", FieldKind::Files, QCborArray{QString(64, u'A')});
        row("fourth language", FieldKind::Translated, QCborMap{{u"fr"_s, u"a"_s}});
        row("language as number", FieldKind::Translated, QCborMap{{1, u"a"_s}});
        row("number in a language", FieldKind::Translated, QCborMap{{u"vi"_s, 1}});
        row("text in no language", FieldKind::Translated, u"a"_s);
        row("script", FieldKind::Url, u"javascript:alert(1)"_s);
        row("address too long once encoded", FieldKind::Url, u"https://a.vn/"_s + QString(400, u'ợ'));
    }
    void refused()
    {
        QFETCH(FieldKind, kind);
        QFETCH(QCborValue, value);
        const auto kept = canonical(fieldOf(kind), value);
        QVERIFY2(!kept, kept ? qPrintable(kept->toDiagnosticNotation()) : "");
        QCOMPARE(kept.error().code, ErrorCode::InvalidInput);
        QVERIFY(!kept.error().message.isEmpty());
    }

    void valuesNestedDeepAreRefused()
    {
        QCborValue deep = u"x"_s;
        for (int i = 0; i < 500; ++i)
            deep = QCborArray{deep};
        for (int kind = 0; kind <= static_cast<int>(FieldKind::Translated); ++kind)
            QVERIFY(!canonical(fieldOf(static_cast<FieldKind>(kind)), deep));
    }

    void limitsHold()
    {
        Field field{.name = u"f"_s, .kind = FieldKind::Money};
        field.minimum = 0;
        field.maximum = 1'000'000;
        QVERIFY(canonical(field, 0) && canonical(field, 1'000'000));
        QVERIFY(!canonical(field, -1));
        const auto large = canonical(field, 1'000'001);
        QVERIFY(!large);
        QVERIFY2(large.error().message.contains(u"1000000"), qPrintable(large.error().message)); // not 1e+06
        Field text{.name = u"f"_s};
        text.maximumLength = 3;
        QVERIFY(canonical(text, u"abc"_s) && !canonical(text, u"abcd"_s));
        text.patternText = u"[a-z]+"_s;
        text.pattern = QRegularExpression(QRegularExpression::anchoredPattern(text.patternText));
        QVERIFY(!canonical(text, u"ab1"_s));
        text.maximumLength = 500;
        text.pattern = QRegularExpression(QRegularExpression::anchoredPattern(u"(a+)+b"_s)); // gives up, does not hang
        QVERIFY(!canonical(text, QString(400, u'a')));
    }

    void aSoundRecordIsBroughtIntoForm()
    {
        Values values{{u"name"_s, u" An "_s}, {u"low"_s, 1.0}, {u"high"_s, QCborValue(nullptr)}};
        QVERIFY(validate(sampleType(), values).isEmpty());
        QCOMPARE(values, (Values{{u"low"_s, 1}, {u"name"_s, u"An"_s}}));
    }

    void everyProblemIsReported()
    {
        const Values before{{u"ghost"_s, 1}, {u"low"_s, u"x"_s}, {u"from"_s, u"never"_s}};
        Values values = before;
        const auto problems = validate(sampleType(), values);
        QCOMPARE(fieldsOf(problems), (QStringList{u"from"_s, u"ghost"_s, u"low"_s, u"name"_s}));
        QCOMPARE(values, before); // as it was
        for (const Problem &problem : problems)
            QVERIFY(!problem.message.isEmpty());
    }

    void whatMustBeThereIs()
    {
        for (const Values &given : {Values{}, Values{{u"name"_s, u"  "_s}}, Values{{u"name"_s, QCborValue(nullptr)}}}) {
            Values values = given;
            QCOMPARE(fieldsOf(validate(sampleType(), values)), QStringList{u"name"_s});
        }
        Values wrong{{u"name"_s, 5}};
        QCOMPARE(validate(sampleType(), wrong).size(), 1); // said once
    }

    void rules_data()
    {
        QTest::addColumn<Values>("values");
        QTest::addColumn<QStringList>("broken");
        QTest::newRow("in order") << Values{{u"low"_s, 1}, {u"high"_s, 2}} << QStringList();
        QTest::newRow("equal") << Values{{u"low"_s, 2}, {u"high"_s, 2}} << QStringList();
        QTest::newRow("out of order") << Values{{u"low"_s, 3}, {u"high"_s, 2}} << QStringList{u"high"_s};
        QTest::newRow("below zero, in order") << Values{{u"low"_s, -5}, {u"high"_s, -3}} << QStringList();
        QTest::newRow("across zero") << Values{{u"low"_s, -5}, {u"high"_s, 3}} << QStringList();
        QTest::newRow("across zero, out of order") << Values{{u"low"_s, 5}, {u"high"_s, -3}} << QStringList{u"high"_s};
        QTest::newRow("only one") << Values{{u"low"_s, 5}} << QStringList();
        QTest::newRow("one is null") << Values{{u"low"_s, 5}, {u"high"_s, QCborValue(nullptr)}} << QStringList();
        QTest::newRow("days out of order") << Values{{u"from"_s, u"2026-02-01"_s}, {u"to"_s, u"2026-01-31"_s}} << QStringList{u"to"_s};
        QTest::newRow("end without start") << Values{{u"to"_s, u"2026-01-31"_s}} << QStringList{u"from"_s};
        QTest::newRow("several") << Values{{u"to"_s, u"2026-01-31"_s}, {u"low"_s, 3}, {u"high"_s, 2}} << QStringList{u"high"_s, u"from"_s};
    }
    void rules()
    {
        QFETCH(Values, values);
        QFETCH(QStringList, broken);
        QCOMPARE(fieldsOf(brokenRules(sampleType(), values)), broken);
    }
};

QTEST_GUILESS_MAIN(TestValidation)
#include "tst_validation.moc"
