// SPDX-License-Identifier: GPL-3.0-or-later
#include <demo/democomplaints.h>
#include <demo/demodata.h>
#include <exchange/importid.h>
#include <records/derived.h>
#include <records/validation.h>

#include <QBuffer>
#include <QCborArray>
#include <QDateTime>
#include <QFile>
#include <QRegularExpression>
#include <QTest>
#include <QTimeZone>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace ioc;

class DemoTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void ownFilesAreWithoutFault();
    void ownPlacesAreInTheCity();
    void sharedFilesComeFirst();
    void cameras();
    void eventsAndArrivals();
    void complaintsAreValidAndConsistent();
    void enoughIsOpenAndSomeOverdue_data();
    void enoughIsOpenAndSomeOverdue();
    void sameSeedSameComplaints();
    void textsHaveNoHolesLeft();
    void rhythmOfDayAndWeek();
    void learnsRhythm();
    void manyStream();
    void freshOnes();

private:
    qint64 now() const { return QDateTime(QDate(2026, 11, 21), QTime(3, 15), QTimeZone::UTC).toMSecsSinceEpoch(); }
    DemoComplaints complaints(qint64 nowMs, qint64 count = 1200, quint64 seed = 20'250'701) const
    {
        const auto phrases = ComplaintPhrases::load();
        return DemoComplaints(*m_catalog, *phrases, ComplaintRhythm(phrases->hours(), phrases->weekdays()),
                              {.nowMs = nowMs, .count = count, .seed = seed, .operators = {{importId(u"account", {u"operator"_s}), u"Điều hành viên"_s}}});
    }
    QList<Record> made(const DemoComplaints &source) const
    {
        QList<Record> out;
        const auto done = source.make(500, [&](const QList<Record> &batch) -> Result<void> {
            out += batch;
            return {};
        });
        return done ? out : QList<Record>();
    }
    std::shared_ptr<const TypeCatalog> m_catalog;
};

void DemoTest::initTestCase()
{
    auto catalog = TypeCatalog::load();
    QVERIFY(catalog);
    m_catalog = *catalog;
}

void DemoTest::ownFilesAreWithoutFault()
{
    QHash<QString, QSet<Id>> ids;
    QMap<QString, qint64> counts;
    const auto files = demoFiles({});
    QVERIFY(files.size() >= 6);
    for (const DemoFile &entry : files) {
        QFile file(entry.path);
        QFile rules(entry.mapping);
        QVERIFY2(file.open(QIODevice::ReadOnly) && rules.open(QIODevice::ReadOnly), qPrintable(entry.path));
        const auto mappings = ImportMapping::read(rules.readAll(), *m_catalog);
        QVERIFY2(mappings, mappings ? "" : qPrintable(mappings.error().detail));
        RecordImport job(*m_catalog, {.exists = [&](const QString &type, const Id &id) { return ids[type].contains(id); }});
        const auto report = job.run(file, *mappings, [&](const QList<Record> &batch) -> Result<QList<RecordImport::Refusal>> {
            for (const Record &record : batch)
                ids[record.type].insert(record.id);
            return QList<RecordImport::Refusal>();
        });
        QVERIFY2(report, report ? "" : qPrintable(report.error().message));
        for (const RowProblem &problem : report->problems)
            QFAIL(qPrintable(u"%1:%2 %3: %4"_s.arg(entry.path).arg(problem.line).arg(problem.column, problem.reason)));
        QCOMPARE(report->imported, report->rows);
        QVERIFY2(report->unusedColumns.isEmpty(), qPrintable(entry.path + report->unusedColumns.join(u' ')));
        for (const auto &[type, count] : report->importedByType.asKeyValueRange())
            counts[type] += count;
    }
    QVERIFY(counts[u"attraction"_s] > 80);
    QVERIFY(counts[u"lodging"_s] > 15);
    QVERIFY(counts[u"certified_facility"_s] > 25);
    QVERIFY(counts[u"unit"_s] > 30);
}

void DemoTest::ownPlacesAreInTheCity()
{
    const auto places = demoPlaces();
    QVERIFY(places);
    QVERIFY(places->size() > 80);
    for (const DemoPlace &place : *places)
        QVERIFY2(place.latitude > 8.6 && place.latitude < 11.6 && place.longitude > 106.2 && place.longitude < 107.7, qPrintable(place.name));
}

void DemoTest::sharedFilesComeFirst()
{
    const QString shared = QStringLiteral(IOC_SOURCE_DIR "/../shared/data");
    if (!QFile::exists(shared + u"/places"_s))
        QSKIP("needs shared data");
    for (const DemoFile &entry : demoFiles(shared)) {
        QVERIFY2(QFile::exists(entry.path), qPrintable(entry.path));
        QVERIFY2(QFile::exists(entry.mapping), qPrintable(entry.mapping));
    }
    QVERIFY(hasArrivals(shared));
    QVERIFY(!hasArrivals({}));
}

void DemoTest::cameras()
{
    const auto all = demoCameras(*m_catalog, u"rtsp://127.0.0.1:9000"_s, 16);
    QVERIFY(all);
    QCOMPARE(all->size(), 16);
    QCOMPARE(all->at(3).text(u"url"_s), u"rtsp://127.0.0.1:9000/cam4"_s);
    QCOMPARE(all->at(3).text(u"name"_s), u"Bến Bạch Đằng"_s);
    QSet<Id> ids;
    for (Record camera : *all) {
        QVERIFY(validate(*m_catalog->type(u"camera"), camera.values).isEmpty());
        ids.insert(camera.id);
    }
    QCOMPARE(ids.size(), 16);
    QCOMPARE(demoCameras(*m_catalog, {}, 4)->size(), 4);
}

void DemoTest::eventsAndArrivals()
{
    const auto records = demoRecords(now(), true);
    QVERIFY(records);
    int running = 0;
    QSet<QString> periods;
    QMap<QString, double> totals;
    QMap<QString, double> sums;
    for (Record record : *records) {
        const auto problems = validate(*m_catalog->type(record.type), record.values);
        QVERIFY2(problems.isEmpty(), problems.isEmpty() ? "" : qPrintable(problems[0].field + problems[0].message));
        running += record.type == u"event"_s && record.text(u"starts_on"_s) <= u"2026-11-21"_s && record.text(u"ends_on"_s) >= u"2026-11-21"_s;
        if (record.type != u"indicator_value"_s)
            continue;
        QVERIFY(record.text(u"source"_s).contains(u"trình diễn"_s));
        (record.text(u"breakdown"_s).isEmpty() ? totals : sums)[record.text(u"period"_s)] += record.value(u"value"_s).toDouble();
    }
    QVERIFY(running >= 3);
    QCOMPARE(totals.size(), 36);
    QCOMPARE(totals.lastKey(), u"2026-10"_s);
    for (const auto &[period, sum] : sums.asKeyValueRange())
        QVERIFY(sum < totals[period]);
    QCOMPARE(demoRecords(now(), false)->size(), 10);
}

void DemoTest::complaintsAreValidAndConsistent()
{
    const QList<Record> records = made(complaints(now()));
    const RecordType *type = m_catalog->type(u"complaint");
    const Workflow *workflow = m_catalog->workflowOf(*type);
    QHash<Id, Record> byId;
    QHash<Id, QList<ClockEntry>> clocks;
    QHash<Id, QList<Record>> timelines;
    QSet<Id> ids;
    for (Record record : records) {
        const auto problems = validate(*m_catalog->type(record.type), record.values);
        QVERIFY2(problems.isEmpty(), problems.isEmpty() ? "" : qPrintable(record.type + u' ' + problems[0].field + u' ' + problems[0].message));
        QVERIFY(!ids.contains(record.id));
        ids.insert(record.id);
        if (record.type == u"complaint"_s)
            byId.insert(record.id, record);
        else if (record.type == u"clock_entry"_s)
            clocks[record.reference(u"complaint"_s)] += clockEntry(record);
        else
            timelines[record.reference(u"complaint"_s)] += record;
        QVERIFY(record.integer(u"at"_s) <= now() && record.integer(u"received_at"_s) <= now());
    }
    QCOMPARE(byId.size(), 1200);
    QVERIFY(ids.size() > 6000);
    int extended = 0;
    for (const Record &record : std::as_const(byId)) {
        // State, clocks and timeline tell one story.
        QString state = workflow->initialState;
        qint64 last = 0;
        for (const Record &entry : std::as_const(timelines[record.id])) {
            QVERIFY(entry.integer(u"at"_s) >= last);
            last = entry.integer(u"at"_s);
            const QString code = entry.text(u"transition"_s);
            if (code.isEmpty())
                continue;
            QVERIFY(workflow->transition(code)->from.contains(state));
            QCOMPARE(entry.text(u"from_state"_s), state);
            state = entry.text(u"to_state"_s);
            QCOMPARE(state, workflow->transition(code)->to);
        }
        QCOMPARE(record.text(u"status"_s), state);
        const Values derived = derivedValues(*type, clocks[record.id]);
        for (const auto &[name, value] : derived.asKeyValueRange())
            QVERIFY2(sameValue(record.value(name), value), qPrintable(name));
        QCOMPARE(record.value(u"answered_at"_s).isUndefined(), record.text(u"answer"_s).isEmpty());
        QVERIFY(state != u"forwarded"_s || !record.text(u"assigned_unit"_s).isEmpty());
        extended += clockState(clocks[record.id], u"respond").extended;
    }
    QVERIFY(extended > 0);
}

void DemoTest::enoughIsOpenAndSomeOverdue_data()
{
    QTest::addColumn<int>("hoursLater");
    for (const int hours : {0, 7, 14, 31, 100})
        QTest::addRow("%d", hours) << hours;
}

void DemoTest::enoughIsOpenAndSomeOverdue()
{
    QFETCH(int, hoursLater);
    const qint64 at = now() + hoursLater * 3'600'000LL;
    const Workflow *workflow = m_catalog->workflowOf(*m_catalog->type(u"complaint"));
    int open = 0;
    int overdue = 0;
    int answered = 0;
    int onTime = 0;
    QSet<QString> states;
    for (const Record &record : made(complaints(at))) {
        if (record.type != u"complaint"_s)
            continue;
        const qint64 due = record.integer(u"due_at"_s);
        const bool isOpen = workflow->isOpen(record.text(u"status"_s));
        states.insert(record.text(u"status"_s));
        open += isOpen;
        overdue += isOpen && due && due < at;
        answered += record.value(u"answered_on_time"_s).isBool();
        onTime += record.value(u"answered_on_time"_s).toBool();
    }
    qInfo("open %d, overdue %d, answered %d, on time %d", open, overdue, answered, onTime);
    QVERIFY(open >= 45 && open <= 95);
    QVERIFY(overdue >= 1 && overdue <= 15);
    QVERIFY(onTime * 100 >= answered * 80 && onTime < answered);
    QCOMPARE(states.size(), workflow->states.size());
}

void DemoTest::sameSeedSameComplaints()
{
    QCOMPARE(made(complaints(now(), 60)), made(complaints(now(), 60)));
    QVERIFY(made(complaints(now(), 60)) != made(complaints(now(), 60, 2)));
}

void DemoTest::textsHaveNoHolesLeft()
{
    const auto phrases = ComplaintPhrases::load();
    QVERIFY(phrases);
    DemoRandom random(1);
    QSet<QString> titles;
    QSet<QString> categories;
    for (int i = 0; i < 3000; ++i) {
        const ComplaintText text = phrases->compose(random, now());
        for (const QString &line : {text.title, text.description}) {
            QVERIFY2(!line.contains(u'{') && !line.contains(u"  "_s) && !line.isEmpty(), qPrintable(line));
            QCOMPARE(line.normalized(QString::NormalizationForm_C), line);
        }
        QVERIFY2(text.title.contains(text.place.name), qPrintable(text.title));
        QVERIFY(!text.answers.isEmpty());
        titles.insert(text.title);
        categories.insert(text.category);
    }
    QVERIFY(titles.size() > 1000);
    QCOMPARE(categories.size(), m_catalog->type(u"complaint")->field(u"category")->choices.size());
}

void DemoTest::rhythmOfDayAndWeek()
{
    const auto phrases = ComplaintPhrases::load();
    const ComplaintRhythm rhythm(phrases->hours(), phrases->weekdays());
    const auto times = rhythm.times(now(), 60, 20'000, 7);
    QCOMPARE(times.size(), 20'000);
    QVERIFY(std::ranges::is_sorted(times));
    QVERIFY(times.first() >= now() - 60 * 86'400'000LL && times.last() <= now());
    QList<int> hours(24, 0);
    for (const qint64 ms : times)
        ++hours[QDateTime::fromMSecsSinceEpoch(ms, QTimeZone::fromSecondsAheadOfUtc(7 * 3600)).time().hour()];
    QVERIFY(hours[20] > 5 * hours[3]); // as declared: 18 against 1
    QVERIFY(hours[10] > 3 * hours[6]);
}

void DemoTest::learnsRhythm()
{
    QByteArray csv = "Unique Key,Created Date\n";
    for (int i = 0; i < 400; ++i)
        csv += QByteArray::number(i) + ",3/" + QByteArray::number(3 + i % 7) + "/2025 9:30\n"; // 3 March 2025 was a Monday
    QBuffer buffer(&csv);
    buffer.open(QIODevice::ReadOnly);
    const auto rhythm = ComplaintRhythm::learned(buffer);
    QVERIFY(rhythm);
    QVERIFY(rhythm->weight(9) > 20 * rhythm->weight(10));
    QByteArray empty = "a,b\n1,2\n";
    QBuffer other(&empty);
    other.open(QIODevice::ReadOnly);
    QVERIFY(!ComplaintRhythm::learned(other));
    QFile shared(QStringLiteral(IOC_SOURCE_DIR "/../shared/data/complaints/nyc_311.csv"));
    if (!shared.open(QIODevice::ReadOnly))
        QSKIP("needs shared data: complaints/nyc_311.csv");
    const auto city = ComplaintRhythm::learned(shared);
    QVERIFY(city);
    QVERIFY(city->weight(24 + 10) > city->weight(24 + 3));
}

void DemoTest::manyStream()
{
    qint64 complaintsSeen = 0;
    qsizetype largest = 0;
    qint64 lastReceived = 0;
    bool ascending = true;
    const auto done = complaints(now(), 20'000).make(500, [&](const QList<Record> &batch) -> Result<void> {
        largest = std::max(largest, batch.size());
        for (const Record &record : batch) {
            if (record.type != u"complaint"_s)
                continue;
            ++complaintsSeen;
            ascending = ascending && record.integer(u"received_at"_s) >= lastReceived;
            lastReceived = record.integer(u"received_at"_s);
        }
        return {};
    });
    QVERIFY(done);
    QCOMPARE(complaintsSeen, 20'000);
    QVERIFY(ascending);
    QVERIFY(largest < 500 * 20);
    const auto stopped = complaints(now(), 2000).make(500, [](const QList<Record> &) -> Result<void> { return failure(ErrorCode::Full, u"full"_s); });
    QCOMPARE(stopped.error().code, ErrorCode::Full);
}

void DemoTest::freshOnes()
{
    const ManualClock clock(now());
    const DemoComplaints source = complaints(now());
    const QList<Record> first = source.fresh(clock);
    const QList<Record> second = source.fresh(clock);
    QVERIFY(first[0].id != second[0].id);
    QCOMPARE(first[0].text(u"status"_s), u"new"_s);
    QCOMPARE(first[0].integer(u"received_at"_s), now());
    QVERIFY(first.size() >= 4);
}

QTEST_APPLESS_MAIN(DemoTest)
#include "tst_demo.moc"
