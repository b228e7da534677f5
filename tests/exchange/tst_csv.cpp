// SPDX-License-Identifier: GPL-3.0-or-later
#include <exchange/csvreader.h>
#include <exchange/csvwriter.h>
#include <exchange/lettercheck.h>

#include <QBuffer>
#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace ioc;

namespace {

struct Reading
{
    QList<QStringList> rows;
    QList<qint64> lines;
    QStringList problems;
    QString error;
    bool cutOff = false;
    QChar delimiter;
};

Reading readAll(const QByteArray &bytes, const CsvReader::Limits &limits = {})
{
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    CsvReader reader(buffer, limits);
    Reading out;
    for (;;) {
        const auto row = reader.next();
        if (!row)
            out.error = row.error().message;
        if (!row || !*row)
            break;
        out.rows += (*row)->fields;
        out.lines += (*row)->line;
        out.problems += (*row)->problem;
        out.cutOff = (*row)->cutOff;
    }
    out.delimiter = reader.delimiter();
    return out;
}

QString verdict(const QByteArray &bytes)
{
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    const auto inspection = inspectCsv(buffer);
    return inspection ? QString() : inspection.error().message;
}

QString sampleFolder()
{
    return QStringLiteral(IOC_SOURCE_DIR "/../shared/data/spreadsheets/encodings/");
}

QByteArray sample(const QString &name)
{
    QFile file(sampleFolder() + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class CsvTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rows_data();
    void rows();
    void keepsLineNumbersAcrossQuotedLineEnds();
    void tellsDelimiter_data();
    void tellsDelimiter();
    void readsUtf16();
    void composesLetters();
    void unclosedQuoteIsReportedAndBounded();
    void quoteOpenForTooLongEndsTheRowOnly();
    void limits();
    void piecesDoNotMatter();
    void refusesOtherEncodings_data();
    void refusesOtherEncodings();
    void keepsForeignNames();
    void oneGarbledLineAmongManyIsNotTheFile();
    void samples_data();
    void samples();
    void writtenIsReadBack();
    void formulasAreDefused();
};

void CsvTest::rows_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QList<QStringList>>("rows");
    QTest::newRow("plain") << "a,b\r\n1,2\r\n"_ba << QList<QStringList>{{u"a"_s, u"b"_s}, {u"1"_s, u"2"_s}};
    QTest::newRow("no last line end") << "a,b\n1,2"_ba << QList<QStringList>{{u"a"_s, u"b"_s}, {u"1"_s, u"2"_s}};
    QTest::newRow("empty fields") << "a,b,c\n,,\n"_ba << QList<QStringList>{{u"a"_s, u"b"_s, u"c"_s}, {u""_s, u""_s, u""_s}};
    QTest::newRow("quotes") << "a,b\n\"x, y\",\"he said \"\"ok\"\"\"\n"_ba << QList<QStringList>{{u"a"_s, u"b"_s}, {u"x, y"_s, u"he said \"ok\""_s}};
    QTest::newRow("line end in quotes") << "a,b\n\"1\r\n2\",3\n"_ba << QList<QStringList>{{u"a"_s, u"b"_s}, {u"1\n2"_s, u"3"_s}};
    QTest::newRow("empty line in quotes") << "a,b\n\"1\n\n2\",3\n"_ba << QList<QStringList>{{u"a"_s, u"b"_s}, {u"1\n\n2"_s, u"3"_s}};
    QTest::newRow("quoted empty at end") << "a,b\n1,\"\"\n"_ba << QList<QStringList>{{u"a"_s, u"b"_s}, {u"1"_s, u""_s}};
    QTest::newRow("quote inside") << "a,b\n5\" pipe,2\n"_ba << QList<QStringList>{{u"a"_s, u"b"_s}, {u"5\" pipe"_s, u"2"_s}};
    QTest::newRow("empty lines") << "a,b\n\n\n1,2\n\n"_ba << QList<QStringList>{{u"a"_s, u"b"_s}, {u"1"_s, u"2"_s}};
    QTest::newRow("byte order mark") << "\xef\xbb\xbf\x61,b\n1,2\n"_ba << QList<QStringList>{{u"a"_s, u"b"_s}, {u"1"_s, u"2"_s}};
    QTest::newRow("old Macintosh") << "a,b\r1,2\r"_ba << QList<QStringList>{{u"a"_s, u"b"_s}, {u"1"_s, u"2"_s}};
    QTest::newRow("Excel's sep") << "sep=;\r\na;b\r\n1,5;2\r\n"_ba << QList<QStringList>{{u"a"_s, u"b"_s}, {u"1,5"_s, u"2"_s}};
    QTest::newRow("nothing") << QByteArray() << QList<QStringList>();
}

void CsvTest::rows()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QList<QStringList>, rows);
    const Reading read = readAll(bytes);
    QCOMPARE(read.error, QString());
    QCOMPARE(read.rows, rows);
    QCOMPARE(read.problems.join(QString()), QString());
}

void CsvTest::keepsLineNumbersAcrossQuotedLineEnds()
{
    QCOMPARE(readAll("h,i\n\"1\n2\n3\",x\n\n4,y\n").lines, (QList<qint64>{1, 2, 6}));
}

void CsvTest::tellsDelimiter_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QChar>("delimiter");
    QTest::newRow("comma") << "a,b,c\n"_ba << QChar(u',');
    QTest::newRow("semicolon") << "a;b;c\n"_ba << QChar(u';');
    QTest::newRow("tab") << "a\tb\tc\n"_ba << QChar(u'\t');
    QTest::newRow("comma in quotes") << "\"a,b,c,d\";b;c\n"_ba << QChar(u';');
    QTest::newRow("one column") << "name\n"_ba << QChar(u',');
}

void CsvTest::tellsDelimiter()
{
    QFETCH(QByteArray, header);
    QTEST(readAll(header).delimiter, "delimiter");
}

void CsvTest::readsUtf16()
{
    const QString text = u"tên\tđịa chỉ\r\nChợ Bến Thành\tLê Lợi\r\n"_s;
    const QList<QStringList> expected{{u"tên"_s, u"địa chỉ"_s}, {u"Chợ Bến Thành"_s, u"Lê Lợi"_s}};
    QStringEncoder little(QStringConverter::Utf16LE, QStringConverter::Flag::WriteBom);
    QStringEncoder big(QStringConverter::Utf16BE, QStringConverter::Flag::WriteBom);
    QCOMPARE(readAll(little.encode(text)).rows, expected);
    QCOMPARE(readAll(big.encode(text)).rows, expected);
    QByteArray half = little.encode(text);
    half.chop(1);
    QVERIFY(!readAll(half).error.isEmpty());
}

void CsvTest::composesLetters()
{
    const QString decomposed = u"Tên\nChợ Bến Thành\n"_s.normalized(QString::NormalizationForm_D);
    QCOMPARE(readAll(decomposed.toUtf8()).rows[1][0], u"Chợ Bến Thành"_s);
}

void CsvTest::unclosedQuoteIsReportedAndBounded()
{
    const Reading read = readAll("a,b\n1,2\n\"3,4\n5,6\n");
    QCOMPARE(read.rows.size(), 3);
    QCOMPARE(read.lines.last(), 3);
    QVERIFY2(read.problems.last().contains(u"3"_s) && read.problems.last().contains(u"4"_s), qPrintable(read.problems.last()));
}

void CsvTest::quoteOpenForTooLongEndsTheRowOnly()
{
    const Reading read = readAll("a,b\n\"3,4\n5,6\n7,8\n9,10\n11,12\n", {.linesInRow = 2});
    QCOMPARE(read.error, QString());
    QVERIFY(!read.problems[1].isEmpty());
    QCOMPARE(read.rows.last(), (QStringList{u"11"_s, u"12"_s}));
}

void CsvTest::limits()
{
    const Reading longLine = readAll("a,b\n" + QByteArray(200'000, 'x') + ",1\n2,3\n", {.lineBytes = 1000});
    QVERIFY(!longLine.problems[1].isEmpty());
    QCOMPARE(longLine.rows.last(), (QStringList{u"2"_s, u"3"_s}));
    const Reading longField = readAll("a,b\n" + QByteArray(50, 'x') + ",1\n2,3\n", {.fieldCharacters = 20});
    QVERIFY(!longField.problems[1].isEmpty());
    QCOMPARE(longField.rows.last(), (QStringList{u"2"_s, u"3"_s}));
    const Reading many = readAll("a,b\n" + QByteArray(50, ',') + "\n2,3\n", {.fields = 20});
    QVERIFY(!many.problems[1].isEmpty());
    QCOMPARE(many.rows.last(), (QStringList{u"2"_s, u"3"_s}));
}

void CsvTest::piecesDoNotMatter()
{
    // Lines fall across the pieces in which the file is read, letters of several bytes included.
    QByteArray bytes = "stt,tên\n";
    for (int i = 0; i < 20'000; ++i)
        bytes += QByteArray::number(i) + ",Đường số " + QByteArray::number(i * 7) + "\n";
    const Reading read = readAll(bytes);
    QCOMPARE(read.error, QString());
    QCOMPARE(read.rows.size(), 20'001);
    for (int i = 0; i < 20'000; ++i)
        QCOMPARE(read.rows[i + 1], (QStringList{QString::number(i), u"Đường số %1"_s.arg(i * 7)}));
}

void CsvTest::refusesOtherEncodings_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("line");
    QTest::newRow("TCVN3") << "a,b\nKh\xb8\x63h s\xb9n,1\n"_ba << u"2"_s;
    QTest::newRow("windows-1258") << "a,b\n1,2\nKha\xec\x63h sa\xf2n,1\n"_ba << u"3"_s;
    QTest::newRow("UTF-16 without mark") << QByteArray("a\0,\0b\0\n\0", 8) << u"1"_s;
    QTest::newRow("binary") << QByteArray("a,b\n1\0,2\n", 9) << u"2"_s;
    QTest::newRow("mojibake") << QByteArray("tên,b\nKhÃ¡ch sáº¡n,1\n") << u"2"_s;
    QTest::newRow("TCVN3 letters in Unicode") << QByteArray("ten,b\nKh¸ch s¹n §«ng Kinh,1\n") << u"2"_s;
    QTest::newRow("VNI letters in Unicode") << QByteArray("ten,b\nPhöôøng Ñoâng Kinh,1\n") << u"2"_s;
    QTest::newRow("VIQR") << "ten,b\nPhu+o+`ng DDo^ng Kinh,1\n"_ba << u"2"_s;
    QTest::newRow("lost letters") << QByteArray("ten,b\nPh\xef\xbf\xbdng,1\n") << u"2"_s;
    QTest::newRow("workbook") << "PK\x03\x04rest"_ba << u"workbook"_s;
}

void CsvTest::refusesOtherEncodings()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, line);
    const QString message = verdict(bytes);
    QVERIFY2(message.contains(line), qPrintable(message));
    QVERIFY2(message.contains(u"CSV UTF-8"_s), qPrintable(message));
}

void CsvTest::keepsForeignNames()
{
    for (const QString &name : {u"Café Señor Muñoz"_s, u"Köln Brauhaus – Müller & Söhne"_s, u"Crêperie de l’Île « Bréhat »"_s, u"XÃ HỘI, ĐÔNG Á"_s,
                                u"C++ / 100 µg, ©2024 Gạo®"_s, u"Tòa nhà Ãn Độ, hoà bình, thuỷ, khoẻ"_s, u"Bông Hồng Vàng² (½ giá)"_s, u"西贡中心 사이공"_s,
                                u"+84 28 3829 2222; a+b"_s, u"Đặc khu Côn Đảo"_s, u"Ñu Đúñ"_s})
        QVERIFY2(garbled(name) == Garbled::No, qPrintable(name));
}

void CsvTest::oneGarbledLineAmongManyIsNotTheFile()
{
    QByteArray bytes = "tên\n";
    for (int i = 0; i < 50; ++i)
        bytes += "Khách sạn số " + QByteArray::number(i) + "\n";
    QCOMPARE(verdict(bytes + "KhÃ¡ch sáº¡n\n"), QString());
}

void CsvTest::samples_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("good");
    for (const auto &name : {"utf8_golden", "utf8_nfd", "utf8_bom_semicolon_decimalcomma", "utf16be_bom"})
        QTest::newRow(name) << u"derived/wards_"_s + QLatin1StringView(name) + u".csv"_s << true;
    QTest::newRow("utf16le") << u"derived/wards_utf16le_bom_tab_excel_unicode_text.txt"_s << true;
    for (const auto &name : {"mojibake_utf8_as_cp1252", "tcvn3_abc", "tcvn5712-1", "viqr", "viscii", "vni_windows", "windows-1258"})
        QTest::newRow(name) << u"derived/wards_"_s + QLatin1StringView(name) + u".csv"_s << false;
    QTest::newRow("xlsx") << u"derived/wards_tcvn3_fonts_in_xlsx.xlsx"_s << false;
    for (const auto &name : {"demo1-tcvn", "demo1-utf16le", "redsalamander_cp1258", "uchardet_viscii", "uchardet_windows-1258"})
        QTest::newRow(name) << u"real/"_s + QLatin1StringView(name) + u".txt"_s << false;
    for (const auto &name : {"demo1-utf8", "uchardet_utf-8"})
        QTest::newRow(name) << u"real/"_s + QLatin1StringView(name) + u".txt"_s << true;
}

void CsvTest::samples()
{
    QFETCH(QString, name);
    QFETCH(bool, good);
    const QByteArray bytes = sample(name);
    if (bytes.isEmpty())
        QSKIP("needs shared data: spreadsheets/encodings");
    const QString message = verdict(bytes);
    if (!good) {
        QVERIFY2(message.contains(u"CSV UTF-8"_s), qPrintable(message));
        return;
    }
    QCOMPARE(message, QString());
    if (!name.startsWith(u"derived"_s))
        return;
    auto golden = readAll(sample(u"derived/wards_utf8_golden.csv"_s)).rows;
    const auto rows = readAll(bytes).rows;
    QCOMPARE(rows.size(), golden.size());
    QVERIFY(golden.size() > 100);
    for (qsizetype i = 0; i < rows.size(); ++i) {
        QStringList row = rows[i];
        if (name.contains(u"decimalcomma"_s) && i > 0) {
            QVERIFY(qAbs(row[3].replace(u',', u'.').toDouble() - golden[i][3].toDouble()) < 0.0051); // written with two decimals
            row[3] = golden[i][3];
        }
        QCOMPARE(row, golden[i]);
    }
}

void CsvTest::writtenIsReadBack()
{
    const QStringList fields{u"a"_s, u"b,c"_s, u"d\"e"_s, u"f\ng"_s, QString(), u"Chợ; Bến"_s};
    for (const QChar delimiter : {u',', u';', u'\t'}) {
        const QByteArray line = csvLine({u"1"_s, u"2"_s, u"3"_s, u"4"_s, u"5"_s, u"6"_s}, delimiter) + csvLine(fields, delimiter);
        QCOMPARE(readAll(line).rows.last(), fields);
    }
}

void CsvTest::formulasAreDefused()
{
    QCOMPARE(csvLine({u"=1+1"_s, u"-5"_s, u"@x"_s}), "'=1+1,-5,'@x\r\n"_ba);
}

QTEST_APPLESS_MAIN(CsvTest)
#include "tst_csv.moc"
