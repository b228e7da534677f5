// SPDX-License-Identifier: GPL-3.0-or-later
#include <exchange/importid.h>
#include <exchange/recordimport.h>
#include <records/derived.h>

#include <QBuffer>
#include <QCborArray>
#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace ioc;

class ImportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void matchesHeaderByNameOrLabel_data();
    void matchesHeaderByNameOrLabel();
    void headerThatMatchesNothingIsExplained();
    void requiredColumnMissing();
    void wrongRowsAreReportedAndGoodOnesKept();
    void sameRowSameId();
    void sameKeyTwiceInOneFile();
    void mappingFile();
    void mappingErrors_data();
    void mappingErrors();
    void referencesAreChecked();
    void cutOffLastLine();
    void garbledRow();
    void garbledFileGivesNothing();
    void workflowStartsClocks();
    void refusedByCentral();
    void reportIsCsv();
    void ownMappingsAreReadable();
    void sharedPlaces();
    void sharedUnits();
    void sharedArrivals();

private:
    struct Outcome
    {
        QList<Record> records;
        FileReport report;
        QString error;
    };
    Outcome import(const QByteArray &csv, const QString &type) const
    {
        return run(csv, [&](RecordImport &job, QIODevice &file, const RecordImport::Sink &sink) { return job.run(file, *m_catalog->type(type), sink); });
    }
    Outcome import(const QByteArray &csv, const QList<ImportMapping> &mappings, const RowReader::Exists &exists = {}) const
    {
        return run(csv, [&](RecordImport &job, QIODevice &file, const RecordImport::Sink &sink) { return job.run(file, mappings, sink); }, exists);
    }
    Outcome run(const QByteArray &csv, const std::function<Result<FileReport>(RecordImport &, QIODevice &, const RecordImport::Sink &)> &how,
                const RowReader::Exists &exists = {}) const
    {
        QBuffer buffer;
        buffer.setData(csv);
        buffer.open(QIODevice::ReadOnly);
        RecordImport job(*m_catalog, {.exists = exists, .batch = 3, .nowMs = 1'700'000'000'000});
        Outcome out;
        auto report = how(job, buffer, [&](const QList<Record> &batch) -> Result<QList<RecordImport::Refusal>> {
            out.records += batch;
            return QList<RecordImport::Refusal>();
        });
        if (report)
            out.report = *report;
        else
            out.error = report.error().message;
        return out;
    }
    QList<ImportMapping> mapping(const QByteArray &json) const { return ImportMapping::read(json, *m_catalog).value_or(QList<ImportMapping>()); }
    QList<ImportMapping> ownMapping(const QString &name) const
    {
        QFile file(QStringLiteral(IOC_SOURCE_DIR "/resources/demo/mappings/") + name + u".json"_s);
        return file.open(QIODevice::ReadOnly) ? mapping(file.readAll()) : QList<ImportMapping>();
    }
    static QByteArray shared(const QString &path)
    {
        QFile file(QStringLiteral(IOC_SOURCE_DIR "/../shared/data/") + path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::shared_ptr<const TypeCatalog> m_catalog;
};

void ImportTest::initTestCase()
{
    auto catalog = TypeCatalog::load();
    QVERIFY2(catalog, catalog ? "" : qPrintable(catalog.error().detail));
    m_catalog = *catalog;
}

void ImportTest::matchesHeaderByNameOrLabel_data()
{
    QTest::addColumn<QString>("csv");
    QTest::newRow("names") << u"name,kind,rooms,lat,lon\nKhách sạn Rạng Đông,hotel,120,10.7755,106.7031\n"_s;
    QTest::newRow("vietnamese labels") << u"Tên;Loại hình;Số phòng;Vĩ độ;Kinh độ\nKhách sạn Rạng Đông;Khách sạn;120;10,7755;106,7031\n"_s;
    QTest::newRow("without marks, any case") << u"TEN\tLOAI HINH\tSO PHONG\tVI DO\tKINH DO\nKhách sạn Rạng Đông\tkhach san\t120\t10.7755\t106.7031\n"_s;
    QTest::newRow("place in one column") << u"name,kind,rooms,place\nKhách sạn Rạng Đông,Hotel,120,\"10.7755, 106.7031\"\n"_s;
    QTest::newRow("chinese") << u"名称,类型,客房数,纬度,经度\nKhách sạn Rạng Đông,hotel,120,10.7755,106.7031\n"_s;
}

void ImportTest::matchesHeaderByNameOrLabel()
{
    QFETCH(QString, csv);
    const Field *rooms = m_catalog->type(u"lodging")->field(u"rooms");
    csv.replace(u"客房数"_s, rooms->label.zh).replace(u"类型"_s, m_catalog->type(u"lodging")->field(u"kind")->label.zh);
    const Outcome outcome = import(csv.toUtf8(), u"lodging"_s);
    QCOMPARE(outcome.error, QString());
    QCOMPARE(outcome.records.size(), 1);
    const Record &record = outcome.records.first();
    QCOMPARE(record.text(u"name"_s), u"Khách sạn Rạng Đông"_s);
    QCOMPARE(record.text(u"kind"_s), u"hotel"_s);
    QCOMPARE(record.integer(u"rooms"_s), 120);
    QCOMPARE(record.value(u"place"_s), QCborValue(QCborArray{10.7755, 106.7031}));
}

void ImportTest::headerThatMatchesNothingIsExplained()
{
    const Outcome outcome = import("foo,bar\n1,2\n", u"lodging"_s);
    QVERIFY2(outcome.error.contains(u"rooms"_s), qPrintable(outcome.error));
}

void ImportTest::requiredColumnMissing()
{
    const Outcome outcome = import("name,rooms\nA,2\n", u"lodging"_s);
    QVERIFY2(outcome.error.contains(u"kind"_s), qPrintable(outcome.error));
    QVERIFY(outcome.records.isEmpty());
}

void ImportTest::wrongRowsAreReportedAndGoodOnesKept()
{
    const Outcome outcome = import("name,kind,rooms,phone\n"
                                   "A,hotel,10,0901234567\n"
                                   "B,castle,10,\n"
                                   ",hotel,10,\n"
                                   "C,hotel,-4,\n"
                                   "D,hotel,many,12\n"
                                   "E,hotel\n"
                                   "\"F\"x,hotel,1,\n"
                                   "G,resort,1,\n", u"lodging"_s);
    QCOMPARE(outcome.records.size(), 2);
    QCOMPARE(outcome.report.rows, 8);
    QCOMPARE(outcome.report.imported, 2);
    QCOMPARE(outcome.report.wrong, 6);
    QList<qint64> lines;
    for (const RowProblem &problem : outcome.report.problems) {
        lines += problem.line;
        QVERIFY(!problem.reason.isEmpty());
        QVERIFY(!problem.kept);
    }
    QCOMPARE(lines, (QList<qint64>{3, 4, 5, 6, 6, 7, 8}));
    QCOMPARE(outcome.report.problems[0].column, u"kind"_s);
}

void ImportTest::sameRowSameId()
{
    const QByteArray csv = "code,name,kind\n27001,Phường Thử,ward\n";
    const Id id = import(csv, u"unit"_s).records.value(0).id;
    QCOMPARE(import("name,kind,code\nPhường Đổi Tên,ward, 27001\n", u"unit"_s).records.value(0).id, id);
    QCOMPARE(id, importId(u"unit", {u"27001"_s}));
    QVERIFY(import("code,name,kind\n27002,Phường Thử,ward\n", u"unit"_s).records.value(0).id != id);
    // No key: all that the row says names it.
    const QByteArray plain = "name,kind\nA,hotel\nB,hotel\n";
    const auto first = import(plain, u"lodging"_s).records;
    QCOMPARE(import(plain, u"lodging"_s).records, first);
    QVERIFY(first[0].id != first[1].id);
    // Fixed for ever: changing it would double every imported record.
    QCOMPARE(importId(u"unit", {u"79"_s}).toString(), importId(u"unit", {u" 79 "_s}).toString());
    QCOMPARE(importId(u"unit", {u"79"_s}).toString(), u"6ce8190a-8d3a-58fb-a8e4-56d53e5c371c"_s);
}

void ImportTest::sameKeyTwiceInOneFile()
{
    const Outcome outcome = import("code,name,kind\n1,A,ward\n1,B,ward\n", u"unit"_s);
    QCOMPARE(outcome.records.size(), 1);
    QCOMPARE(outcome.report.problems.size(), 1);
    QCOMPARE(outcome.report.problems[0].line, 3);
    QVERIFY(outcome.report.problems[0].reason.contains(u"2"_s));
}

void ImportTest::mappingFile()
{
    const auto mappings = mapping(R"({"mappings":[
        {"type":"lodging","key":["id"],"key_prefix":"x","where":[{"column":"what","is":["bed"]}],"fields":[
          {"field":"name","column":"n"},{"field":"kind","column":"k","values":[{"from":["Motel","nhà nghỉ"],"to":"guest_house"}]},
          {"field":"address","columns":["no","street"]},{"field":"place","columns":["y","x"]},
          {"field":"rooms","column":"r","when_wrong":"leave_empty"},{"field":"source","constant":"Test"}]},
        {"type":"event","key":["id"],"where":[{"column":"what","is_not":["bed","junk"]}],"fields":[
          {"field":"name","column":"n"},{"field":"kind","column":"k","otherwise":"festival","values":[{"from":["fair"],"to":"fair"}]},
          {"field":"starts_on","columns":["r"],"pattern":"^(?<m>\\d+)/(?<y>\\d{4})$","text":"{y}-{m:2}-01"}]}]})");
    QCOMPARE(mappings.size(), 2);
    const Outcome outcome = import("id,what,n,k,no,street,y,x,r\n"
                                   "1,bed,A,NHA NGHI,12,Lê Lợi,\"10,5\",106.5,hơn 10\n"
                                   "2,do,B,fair,,,,,3/2026\n"
                                   "3,do,C,other,,,,,3-2026\n"
                                   "4,junk,D,x,,,,,\n", mappings);
    QCOMPARE(outcome.error, QString());
    QCOMPARE(outcome.records.size(), 2);
    QCOMPARE(outcome.records[0].text(u"kind"_s), u"guest_house"_s);
    QCOMPARE(outcome.records[0].text(u"address"_s), u"12 Lê Lợi"_s);
    QCOMPARE(outcome.records[0].text(u"source"_s), u"Test"_s);
    QCOMPARE(outcome.records[0].value(u"place"_s), QCborValue(QCborArray{10.5, 106.5}));
    QVERIFY(outcome.records[0].value(u"rooms"_s).isUndefined());
    QCOMPARE(outcome.records[0].id, importId(u"lodging", {u"x"_s, u"1"_s}));
    QCOMPARE(outcome.records[1].type, u"event"_s);
    QCOMPARE(outcome.records[1].text(u"starts_on"_s), u"2026-03-01"_s);
    QCOMPARE(outcome.report.importedByType, (QMap<QString, qint64>{{u"lodging"_s, 1}, {u"event"_s, 1}}));
    QCOMPARE(outcome.report.problems.size(), 3);
    QVERIFY(outcome.report.problems[0].kept);
    QVERIFY(!outcome.report.problems[1].kept);
    QCOMPARE(outcome.report.problems[2].line, 5);
    QCOMPARE(outcome.report.wrong, 2);
}

void ImportTest::mappingErrors_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("says");
    QTest::newRow("not JSON") << "{"_ba << u""_s;
    QTest::newRow("list") << "[]"_ba << u"object"_s;
    QTest::newRow("unknown type") << R"({"type":"castle","fields":[]})"_ba << u"castle"_s;
    QTest::newRow("unknown field") << R"({"type":"lodging","fields":[{"field":"towers","column":"t"}]})"_ba << u"towers"_s;
    QTest::newRow("unknown key") << R"({"type":"lodging","fields":[{"field":"name","colum":"t"}]})"_ba << u"colum"_s;
    QTest::newRow("no source") << R"({"type":"lodging","fields":[{"field":"name"}]})"_ba << u"constant"_s;
    QTest::newRow("bad pattern") << R"({"type":"lodging","fields":[{"field":"name","column":"n","pattern":"("}]})"_ba << u"pattern"_s;
    QTest::newRow("computed field") << R"({"type":"complaint","fields":[{"field":"due_at","column":"n"}]})"_ba << u"computed"_s;
}

void ImportTest::mappingErrors()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, says);
    const auto read = ImportMapping::read(json, *m_catalog);
    QVERIFY(!read);
    QVERIFY2(read.error().message.contains(says), qPrintable(read.error().message));
}

void ImportTest::referencesAreChecked()
{
    const auto known = [](const QString &type, const Id &id) { return type == u"unit"_s && id == importId(u"unit", {u"79"_s}); };
    const auto mappings = mapping(R"({"type":"unit","key":["code"],"fields":[{"field":"code","column":"code"},{"field":"name","column":"name"},
        {"field":"kind","constant":"ward"},{"field":"parent","column":"parent"}]})");
    const Outcome outcome = import("code,name,parent\n1,A,79\n2,B,80\n3,C,1\n", mappings, known);
    QCOMPARE(outcome.records.size(), 2);
    QCOMPARE(outcome.records[0].reference(u"parent"_s), importId(u"unit", {u"79"_s}));
    QCOMPARE(outcome.records[1].reference(u"parent"_s), outcome.records[0].id); // brought by the same file
    QCOMPARE(outcome.report.problems.size(), 1);
    QCOMPARE(outcome.report.problems[0].line, 3);
    QCOMPARE(outcome.report.problems[0].column, u"parent"_s);
}

void ImportTest::cutOffLastLine()
{
    const Outcome outcome = import("name,kind,rooms\nA,hotel,1\nB,hot", u"lodging"_s);
    QCOMPARE(outcome.records.size(), 1);
    QCOMPARE(outcome.report.problems.size(), 1);
    QVERIFY2(outcome.report.problems[0].reason.contains(u"cut off"_s), qPrintable(outcome.report.problems[0].reason));
    QCOMPARE(import("name,kind,rooms\nA,hotel,1\nB,hotel,2", u"lodging"_s).records.size(), 2);
    const Outcome quote = import("name,kind,rooms\nA,hotel,1\n\"B,hotel,2\nC,hotel,3\n", u"lodging"_s);
    QCOMPARE(quote.records.size(), 1);
    QCOMPARE(quote.report.problems.size(), 1);
    QCOMPARE(quote.report.problems[0].line, 3);
}

void ImportTest::garbledRow()
{
    QByteArray csv = "name,kind\n";
    for (int i = 0; i < 30; ++i)
        csv += "Khách sạn " + QByteArray::number(i) + ",hotel\n";
    const Outcome outcome = import(csv + "KhÃ¡ch sáº¡n,hotel\n", u"lodging"_s);
    QCOMPARE(outcome.records.size(), 30);
    QCOMPARE(outcome.report.problems.size(), 1);
    QCOMPARE(outcome.report.problems[0].line, 32);
}

void ImportTest::garbledFileGivesNothing()
{
    // Right in the header and in the first rows, wrong bytes far down: still nothing may come in.
    QByteArray csv = "name,kind\n";
    for (int i = 0; i < 5000; ++i)
        csv += "Khách sạn " + QByteArray::number(i) + ",hotel\n";
    const Outcome outcome = import(csv + "Kh\xb8\x63h s\xb9n,hotel\n", u"lodging"_s);
    QVERIFY(outcome.records.isEmpty());
    QVERIFY2(outcome.error.contains(u"5002"_s), qPrintable(outcome.error));
    const Outcome header = import("T\xaan,Lo\xb9i\nA,B\n", u"lodging"_s);
    QVERIFY2(header.error.contains(u"CSV UTF-8"_s), qPrintable(header.error));
}

void ImportTest::workflowStartsClocks()
{
    const Outcome outcome = import("title,category,priority,received_at\nThử,price,3_normal,21/11/2026 08:00\n", u"complaint"_s);
    QCOMPARE(outcome.error, QString());
    QVERIFY(outcome.report.problems.isEmpty());
    const Workflow *workflow = m_catalog->workflowOf(*m_catalog->type(u"complaint"));
    QCOMPARE(outcome.records.size(), 1 + workflow->initialClocks.size());
    QVERIFY(outcome.records[0].value(u"status"_s).isUndefined()); // central's to give
    QList<ClockEntry> entries;
    for (const Record &record : outcome.records.sliced(1)) {
        QCOMPARE(record.reference(u"complaint"_s), outcome.records[0].id);
        entries += clockEntry(record);
    }
    QCOMPARE(nextDue(entries), outcome.records[0].integer(u"received_at"_s) + 4 * 3'600'000);
    QCOMPARE(outcome.records[0].integer(u"due_at"_s), nextDue(entries));
}

void ImportTest::refusedByCentral()
{
    QBuffer buffer;
    buffer.setData("name,kind\nA,hotel\nB,hotel\nC,hotel\n");
    buffer.open(QIODevice::ReadOnly);
    RecordImport job(*m_catalog, {.batch = 2});
    const auto report = job.run(buffer, *m_catalog->type(u"lodging"), [](const QList<Record> &batch) -> Result<QList<RecordImport::Refusal>> {
        return QList<RecordImport::Refusal>{{.index = batch.size() - 1, .reason = u"no"_s}};
    });
    QVERIFY(report);
    QCOMPARE(report->imported, 1);
    QCOMPARE(report->wrong, 2);
    QCOMPARE(report->importedByType[u"lodging"_s], 1);
    QCOMPARE(report->problems[0].line, 3);
    QCOMPARE(report->problems[1].line, 4);
    buffer.seek(0);
    const auto failed = RecordImport(*m_catalog, {}).run(buffer, *m_catalog->type(u"lodging"), [](const QList<Record> &) -> Result<QList<RecordImport::Refusal>> {
        return failure(ErrorCode::Full, u"full"_s);
    });
    QCOMPARE(failed.error().code, ErrorCode::Full);
}

void ImportTest::reportIsCsv()
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    FileReport report;
    report.problems += {.line = 7, .column = u"Tên, nơi"_s, .reason = u"“=x” sai"_s};
    QVERIFY(writeReport(report, buffer));
    QVERIFY(buffer.data().startsWith("\xef\xbb\xbf"));
    QVERIFY(buffer.data().contains("7,\"Tên, nơi\",“=x” sai,"));
    QBuffer readOnly;
    readOnly.open(QIODevice::ReadOnly);
    QVERIFY(!writeReport(report, readOnly));
}

void ImportTest::ownMappingsAreReadable()
{
    for (const auto &name : {u"provinces"_s, u"communes"_s, u"arrivals_by_market"_s, u"arrivals_total"_s, u"osm_places"_s})
        QVERIFY2(!ownMapping(name).isEmpty(), qPrintable(name));
}

void ImportTest::sharedPlaces()
{
    const QByteArray csv = shared(u"places/osm_poi_hcmc_hanoi.csv"_s);
    if (csv.isEmpty())
        QSKIP("needs shared data: places/osm_poi_hcmc_hanoi.csv");
    const Outcome outcome = import(csv, ownMapping(u"osm_places"_s));
    QCOMPARE(outcome.error, QString());
    const FileReport &report = outcome.report;
    QCOMPARE(report.rows, 7148);
    QCOMPARE(report.imported + report.wrong, report.rows); // every row imported, or reported with line and reason
    QCOMPARE(report.passedOver, 0);
    QCOMPARE(report.imported, outcome.records.size());
    QSet<qint64> reported;
    for (const RowProblem &problem : report.problems) {
        if (!problem.kept)
            reported.insert(problem.line);
        QVERIFY2(problem.kept || problem.column == u"Tên"_s || problem.column == u"name"_s,
                 qPrintable(u"%1 %2: %3"_s.arg(problem.line).arg(problem.column, problem.reason)));
    }
    QCOMPARE(reported.size(), report.wrong);
    QCOMPARE(report.wrong, 1754); // the rows without a name
    QVERIFY(report.importedByType.value(u"lodging"_s) > 400);
    QVERIFY(report.importedByType.value(u"attraction"_s) > 500);
    QVERIFY(report.importedByType.value(u"certified_facility"_s) > 3000);
}

void ImportTest::sharedUnits()
{
    const QByteArray provinces = shared(u"units/provinces.csv"_s);
    const QByteArray communes = shared(u"units/communes.csv"_s);
    if (provinces.isEmpty() || communes.isEmpty())
        QSKIP("needs shared data: units");
    const Outcome first = import(provinces, ownMapping(u"provinces"_s));
    QCOMPARE(first.report.imported, 34);
    QSet<Id> ids;
    for (const Record &record : first.records)
        ids.insert(record.id);
    const Outcome second = import(communes, ownMapping(u"communes"_s), [&](const QString &, const Id &id) { return ids.contains(id); });
    QCOMPARE(second.error, QString());
    QCOMPARE(second.report.imported, 3321);
    for (const RowProblem &problem : second.report.problems)
        QVERIFY2(problem.kept, qPrintable(problem.reason)); // some populations are "đang cập nhật"
    for (const Record &record : second.records)
        QVERIFY(ids.contains(record.reference(u"parent"_s)));
}

void ImportTest::sharedArrivals()
{
    const QByteArray markets = shared(u"statistics/vn_intl_arrivals_by_market_monthly_2008_2026.csv"_s);
    const QByteArray totals = shared(u"statistics/vn_intl_arrivals_total_monthly_2018_2025.csv"_s);
    if (markets.isEmpty() || totals.isEmpty())
        QSKIP("needs shared data: statistics");
    const Outcome byMarket = import(markets, ownMapping(u"arrivals_by_market"_s));
    QCOMPARE(byMarket.report.imported, 4692);
    QCOMPARE(byMarket.report.wrong, 0);
    const Outcome total = import(totals, ownMapping(u"arrivals_total"_s));
    QCOMPARE(total.report.imported, 92);
    QCOMPARE(total.report.wrong, 0);
    const auto august = std::ranges::find_if(total.records, [](const Record &record) { return record.text(u"period"_s) == u"2025-08"_s; });
    QVERIFY(august != total.records.end());
    QCOMPARE(august->value(u"value"_s).toDouble(), 1684972.0);
}

QTEST_APPLESS_MAIN(ImportTest)
#include "tst_import.moc"
