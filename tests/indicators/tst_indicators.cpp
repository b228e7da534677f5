// SPDX-License-Identifier: GPL-3.0-or-later
#include <indicators/arrivals.h>
#include <indicators/indicatorcatalog.h>
#include <indicators/indicatorevaluator.h>
#include <indicators/indicatorquery.h>

#include <QDateTime>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace ioc;

namespace {

constexpr qint64 hourMs = 3'600'000;
constexpr qint64 dayMs = 24 * hourMs;

template <typename T>
T waited(QFuture<Result<T>> future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 20'000)) {
        QTest::qFail("no answer", __FILE__, __LINE__);
        return {};
    }
    const auto result = future.result();
    if (!result) {
        QTest::qFail(qPrintable(result.error().message + result.error().detail), __FILE__, __LINE__);
        return {};
    }
    return *result;
}

} // namespace

class IndicatorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void declarations();
    void badDeclarations_data();
    void badDeclarations();
    void timesInFilters();
    void nothingThere();
    void openOverdueAndDueSoon();
    void receivedToday();
    void answeredOnTimeAndMedian();
    void arrivalsAgainstLastYear();
    void arrivalsWithoutTotals();
    void lodgingsAndRooms();
    void eventsRunning();
    void complaintSeries();
    void arrivalSeries();
    void everyFigureIsExplainedByItsRecords();
    void unknownCode();

private:
    Id complaint(const Values &values)
    {
        Values all = values;
        all.insert(u"title"_s, u"Thử"_s);
        if (!all.contains(u"category"_s))
            all.insert(u"category"_s, u"price"_s);
        all.insert(u"priority"_s, u"3_normal"_s);
        if (!all.contains(u"received_at"_s))
            all.insert(u"received_at"_s, m_now - hourMs);
        return record(u"complaint"_s, all);
    }
    Id record(const QString &type, const Values &values)
    {
        const Id id = Id::create(m_clock);
        m_page.changes += Change{.sequence = ++m_sequence, .record = {.type = type, .id = id, .version = m_sequence, .values = values}, .changedMs = m_now};
        return id;
    }
    void clock(const Id &complaint, const QString &name, const QString &act, qint64 at, qint64 due = 0)
    {
        Values values{{u"complaint"_s, complaint.toString()}, {u"clock"_s, name}, {u"act"_s, act}, {u"at"_s, at}};
        if (due)
            values.insert(u"due"_s, due);
        record(u"clock_entry"_s, values);
    }
    /// A complaint answered \a hours after it was received, its deadline at \a dueHours.
    Id answered(double hours, double dueHours, qint64 agoMs, bool extended = false)
    {
        const qint64 at = m_now - agoMs;
        const qint64 from = at - static_cast<qint64>(hours * hourMs);
        const Id id = complaint({{u"status"_s, u"answered"_s}, {u"received_at"_s, from}, {u"answer"_s, u"Đã xử lý"_s}});
        const qint64 due = from + static_cast<qint64>(dueHours * hourMs);
        clock(id, u"respond"_s, u"started"_s, from, due);
        if (extended)
            clock(id, u"respond"_s, u"extended"_s, due - hourMs, due + 48 * hourMs);
        clock(id, u"respond"_s, u"stopped"_s, at);
        return id;
    }
    void arrivals(const QString &period, const QString &market, double value)
    {
        Values values{{u"indicator"_s, u"arrivals"_s}, {u"period"_s, period}, {u"value"_s, value}};
        if (!market.isEmpty())
            values.insert(u"breakdown"_s, market);
        record(u"indicator_value"_s, values);
    }
    void deliver()
    {
        m_page.next = {.epoch = m_epoch, .sequence = m_sequence, .schemaVersion = m_catalog->schemaVersion()};
        m_page.serverTimeMs = m_now;
        auto done = m_store->applyPage(m_page);
        QVERIFY(QTest::qWaitFor([&] { return done.isFinished(); }, 20'000));
        QVERIFY2(done.result(), done.result() ? "" : qPrintable(done.result().error().message + done.result().error().detail));
        m_page.changes.clear();
    }
    IndicatorResult value(const QString &code) { return waited(m_evaluator->evaluate(code)); }

    // 21 November 2026, 10:15 in Viet Nam: a Saturday
    const qint64 m_now = QDateTime(QDate(2026, 11, 21), QTime(3, 15), QTimeZone::UTC).toMSecsSinceEpoch();
    ManualClock m_clock{m_now};
    Id m_epoch = Id::create(m_clock);
    std::shared_ptr<const TypeCatalog> m_catalog;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<LocalStore> m_store;
    std::unique_ptr<IndicatorEvaluator> m_evaluator;
    ChangePage m_page;
    qint64 m_sequence = 0;
};

void IndicatorTest::initTestCase()
{
    auto catalog = TypeCatalog::load();
    QVERIFY(catalog);
    m_catalog = *catalog;
}

void IndicatorTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<LocalStore>(LocalStore::Options{.folder = m_folder->path(), .catalog = m_catalog, .clock = &m_clock});
    auto opened = m_store->open();
    QVERIFY(QTest::qWaitFor([&] { return opened.isFinished(); }, 20'000));
    QVERIFY(opened.result());
    const auto definitions = loadIndicators(*m_catalog);
    QVERIFY2(definitions, definitions ? "" : qPrintable(definitions.error().message));
    m_evaluator = std::make_unique<IndicatorEvaluator>(*m_store, *definitions, m_clock);
    m_sequence = 0;
    m_page = {};
}

void IndicatorTest::cleanup()
{
    m_evaluator.reset();
    m_store.reset();
}

void IndicatorTest::declarations()
{
    const auto &all = m_evaluator->definitions();
    QVERIFY(all.size() >= 11);
    for (qsizetype i = 1; i < all.size(); ++i)
        QVERIFY(all[i - 1].order <= all[i].order);
    for (const IndicatorDefinition &definition : all) {
        for (const LocalText &text : {definition.label, definition.explanation})
            QVERIFY2(!text.vi.isEmpty() && !text.en.isEmpty() && !text.zh.isEmpty(), qPrintable(definition.code));
    }
}

void IndicatorTest::badDeclarations_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("says");
    const auto indicator = [](const QByteArray &rest) {
        return R"({"code":"x","label":{"vi":"a","en":"a"},"explanation":{"vi":"a","en":"a"},)" + rest + "}";
    };
    QTest::newRow("not JSON") << "{"_ba << u""_s;
    QTest::newRow("unknown type") << indicator(R"("type":"castle")") << u"castle"_s;
    QTest::newRow("unknown field") << indicator(R"("type":"lodging","filters":[{"field":"towers"}])") << u"towers"_s;
    QTest::newRow("unknown key") << indicator(R"("type":"lodging","filter":[])") << u"filter"_s;
    QTest::newRow("unknown kind") << indicator(R"("type":"lodging","kind":"guess")") << u"kind"_s;
    QTest::newRow("missing field") << indicator(R"("type":"lodging","kind":"sum")") << u"sum_field"_s;
}

void IndicatorTest::badDeclarations()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, says);
    const auto read = readIndicator(json, *m_catalog);
    QVERIFY(!read);
    QVERIFY2(read.error().message.contains(says), qPrintable(read.error().message));
}

void IndicatorTest::timesInFilters()
{
    IndicatorDefinition definition{.type = u"complaint"_s, .filters = {{u"received_at"_s, Filter::Op::AtLeast, {u"@today-1d"_s}},
                                                                      {u"received_at"_s, Filter::Op::Below, {u"@now+4h"_s}},
                                                                      {u"status"_s, Filter::Op::OneOf, {u"@open"_s}},
                                                                      {u"received_at"_s, Filter::Op::Below, {u"22/11/2026 08:00"_s}}}};
    const auto query = indicatorQuery(*m_catalog, definition, m_now);
    QVERIFY(query);
    const qint64 midnight = QDateTime(QDate(2026, 11, 20), QTime(17, 0), QTimeZone::UTC).toMSecsSinceEpoch();
    QCOMPARE(query->filters[0].values.first().toInteger(), midnight - dayMs);
    QCOMPARE(query->filters[1].values.first().toInteger(), m_now + 4 * hourMs);
    QCOMPARE(query->filters[2].values.size(), m_catalog->workflow(u"complaint")->openStates().size());
    QCOMPARE(query->filters[3].values.first().toInteger(), QDateTime(QDate(2026, 11, 22), QTime(1, 0), QTimeZone::UTC).toMSecsSinceEpoch());
    definition.type = u"event"_s;
    definition.filters = {{u"starts_on"_s, Filter::Op::AtLeast, {u"@today"_s}}};
    QCOMPARE(indicatorQuery(*m_catalog, definition, m_now)->filters[0].values.first().toString(), u"2026-11-21"_s);
    definition.filters = {{u"starts_on"_s, Filter::Op::AtLeast, {u"someday"_s}}};
    QVERIFY(!indicatorQuery(*m_catalog, definition, m_now));
    QCOMPARE(startOfDay(midnight), midnight);
    QCOMPARE(startOfDay(midnight - 1), midnight - dayMs);
}

void IndicatorTest::nothingThere()
{
    const auto all = waited(m_evaluator->evaluateAll());
    QCOMPARE(all.size(), m_evaluator->definitions().size());
    QCOMPARE(value(u"complaints_open"_s).value, 0.0);
    for (const auto &code : {u"complaints_on_time"_s, u"complaints_answer_hours"_s, u"arrivals_month"_s, u"arrivals_year"_s})
        QVERIFY2(!value(code).value, qPrintable(code));
    QVERIFY(waited(m_evaluator->arrivalsByMonth()).lines.isEmpty());
    QCOMPARE(waited(m_evaluator->complaintsByDay()).lines[0].values, QList<double>(30, 0.0));
}

void IndicatorTest::openOverdueAndDueSoon()
{
    const auto with = [&](const QString &status, qint64 dueInMs) {
        const Id id = complaint({{u"status"_s, status}});
        if (dueInMs)
            clock(id, u"respond"_s, u"started"_s, m_now - hourMs, m_now + dueInMs);
        return id;
    };
    with(u"new"_s, -hourMs);
    with(u"accepted"_s, 3 * hourMs);
    with(u"forwarded"_s, 5 * hourMs);
    with(u"answered"_s, 0);
    const Id closed = with(u"closed"_s, -hourMs);
    clock(closed, u"respond"_s, u"stopped"_s, m_now);
    deliver();
    QCOMPARE(value(u"complaints_open"_s).value, 4.0);
    const IndicatorResult overdue = value(u"complaints_overdue"_s);
    QCOMPARE(overdue.value, 1.0);
    QCOMPARE(overdue.tone, u"warning"_s);
    QCOMPARE(overdue.asOfMs, m_now);
    QCOMPARE(value(u"complaints_due_soon"_s).value, 1.0);
    m_clock.setNowMs(m_now + 6 * hourMs); // time alone makes them overdue
    QCOMPARE(value(u"complaints_overdue"_s).value, 3.0);
    m_clock.setNowMs(m_now);
}

void IndicatorTest::receivedToday()
{
    const qint64 midnight = startOfDay(m_now);
    complaint({{u"status"_s, u"new"_s}, {u"received_at"_s, midnight}});
    complaint({{u"status"_s, u"closed"_s}, {u"received_at"_s, m_now - 1}});
    complaint({{u"status"_s, u"new"_s}, {u"received_at"_s, midnight - 1}}); // yesterday
    complaint({{u"status"_s, u"new"_s}, {u"received_at"_s, midnight - 7 * dayMs + hourMs}});
    complaint({{u"status"_s, u"new"_s}, {u"received_at"_s, midnight - 14 * dayMs + hourMs}});
    complaint({{u"status"_s, u"new"_s}, {u"received_at"_s, m_now - 7 * dayMs + hourMs}}); // later in that day than now
    deliver();
    const IndicatorResult result = value(u"complaints_today"_s);
    QCOMPARE(result.value, 2.0);
    QCOMPARE(result.comparedValue, 0.5);
    QCOMPARE(*result.change(), 3.0);
    QVERIFY(!result.comparedWith.isEmpty());
}

void IndicatorTest::answeredOnTimeAndMedian()
{
    answered(10, 72, dayMs);
    answered(20, 72, 2 * dayMs);
    answered(90, 72, 3 * dayMs);       // late
    answered(100, 72, 3 * dayMs, true); // in time, but only by its extension
    answered(5, 72, 31 * dayMs);       // too long ago
    complaint({{u"status"_s, u"new"_s}});
    deliver();
    const IndicatorResult share = value(u"complaints_on_time"_s);
    QVERIFY(share.isShare);
    QCOMPARE(share.value, 0.5);
    QCOMPARE(share.tone, u"danger"_s);
    QVERIFY2(share.note.contains(u"1"_s), qPrintable(share.note));
    QCOMPARE(waited(m_store->count(share.records[0])), 4);
    QCOMPARE(waited(m_store->count(share.records[1])), 3);
    const IndicatorResult median = value(u"complaints_answer_hours"_s);
    QCOMPARE(median.value, 55.0);
    QCOMPARE(median.tone, u"warning"_s);
}

void IndicatorTest::arrivalsAgainstLastYear()
{
    for (int month = 1; month <= 5; ++month) {
        arrivals(u"2025-0%1"_s.arg(month), {}, 1000);
        arrivals(u"2026-0%1"_s.arg(month), {}, month == 5 ? 1500 : 1100);
    }
    arrivals(u"2025-06"_s, {}, 9000);
    arrivals(u"2025"_s, {}, 99'000);
    deliver();
    const IndicatorResult month = value(u"arrivals_month"_s);
    QCOMPARE(month.value, 1500.0);
    QCOMPARE(month.comparedValue, 1000.0);
    QVERIFY2(month.note.contains(u"05/2026"_s), qPrintable(month.note));
    QCOMPARE(waited(m_store->count(month.records[0])), 1);
    const IndicatorResult year = value(u"arrivals_year"_s);
    QCOMPARE(year.value, 5900.0);
    QCOMPARE(year.comparedValue, 5000.0);
    QCOMPARE(waited(m_store->count(year.records[0])), 5);
}

void IndicatorTest::arrivalsWithoutTotals()
{
    arrivals(u"2025-05"_s, {}, 2000);
    arrivals(u"2025-05"_s, u"Hàn Quốc"_s, 400);
    arrivals(u"2025-05"_s, u"Nhật Bản"_s, 100);
    arrivals(u"2026-05"_s, u"Hàn Quốc"_s, 500);
    arrivals(u"2026-05"_s, u"Nhật Bản"_s, 100);
    arrivals(u"2026-05"_s, u"Ba Lan"_s, 60); // not counted the year before
    deliver();
    const IndicatorResult month = value(u"arrivals_month"_s);
    QCOMPARE(month.value, 660.0);
    QVERIFY(qAbs(*month.change() - 0.2) < 1e-9); // 600 against 500: like with like, never against the total
    QVERIFY(month.note.contains(u"3"_s));
    QCOMPARE(waited(m_store->count(month.records[0])), 3);
}

void IndicatorTest::lodgingsAndRooms()
{
    record(u"lodging"_s, {{u"name"_s, u"A"_s}, {u"kind"_s, u"hotel"_s}, {u"rooms"_s, 120}});
    record(u"lodging"_s, {{u"name"_s, u"B"_s}, {u"kind"_s, u"hotel"_s}, {u"rooms"_s, 120}});
    record(u"lodging"_s, {{u"name"_s, u"C"_s}, {u"kind"_s, u"hostel"_s}, {u"rooms"_s, 7}});
    record(u"lodging"_s, {{u"name"_s, u"D"_s}, {u"kind"_s, u"camp"_s}});
    deliver();
    QCOMPARE(value(u"lodgings"_s).value, 4.0);
    QCOMPARE(value(u"lodging_rooms"_s).value, 247.0);
    QCOMPARE(waited(m_store->count(value(u"lodging_rooms"_s).records[0])), 3);
}

void IndicatorTest::eventsRunning()
{
    const auto event = [&](const QString &from, const QString &to) {
        Values values{{u"name"_s, from + to}, {u"kind"_s, u"festival"_s}, {u"starts_on"_s, from}};
        if (!to.isEmpty())
            values.insert(u"ends_on"_s, to);
        record(u"event"_s, values);
    };
    event(u"2026-11-20"_s, u"2026-11-21"_s);
    event(u"2026-11-21"_s, u"2026-11-30"_s);
    event(u"2026-11-21"_s, {});
    event(u"2026-11-20"_s, {});
    event(u"2026-11-22"_s, u"2026-11-23"_s);
    event(u"2026-11-10"_s, u"2026-11-20"_s);
    deliver();
    QCOMPARE(value(u"events_running"_s).value, 3.0);
}

void IndicatorTest::complaintSeries()
{
    const qint64 midnight = startOfDay(m_now);
    complaint({{u"status"_s, u"new"_s}, {u"received_at"_s, midnight + 1}});
    complaint({{u"status"_s, u"new"_s}, {u"received_at"_s, midnight - 1}, {u"category"_s, u"safety"_s}});
    complaint({{u"status"_s, u"closed"_s}, {u"received_at"_s, midnight - dayMs}, {u"category"_s, u"safety"_s}});
    complaint({{u"status"_s, u"closed"_s}, {u"received_at"_s, midnight - 40 * dayMs}});
    deliver();
    const IndicatorSeries days = waited(m_evaluator->complaintsByDay());
    QCOMPARE(days.starts.size(), 30);
    QCOMPARE(days.starts.last(), QDate(2026, 11, 21));
    QCOMPARE(days.lines[0].values.last(), 1.0);
    QCOMPARE(days.lines[0].values[28], 2.0);
    QCOMPARE(waited(m_store->count(days.lines[0].records[28])), 2);
    const IndicatorSeries categories = waited(m_evaluator->complaintsByCategory());
    QCOMPARE(categories.categories, (QStringList{u"safety"_s, u"price"_s}));
    QCOMPARE(categories.lines[0].values, (QList<double>{2, 1}));
    QCOMPARE(waited(m_store->count(categories.lines[0].records[0])), 2);
}

void IndicatorTest::arrivalSeries()
{
    for (int back = 0; back < 30; ++back) {
        const QString month = QDate(2026, 10, 1).addMonths(-back).toString(u"yyyy-MM"_s);
        arrivals(month, {}, 1000 - back);
        for (int market = 0; market < 7; ++market)
            arrivals(month, u"Thị trường %1"_s.arg(market), 10 * (market + 1));
    }
    deliver();
    const IndicatorSeries series = waited(m_evaluator->arrivalsByMonth(24));
    QCOMPARE(series.starts.size(), 24);
    QCOMPARE(series.starts.last(), QDate(2026, 10, 1));
    QCOMPARE(series.lines.size(), 6);
    QCOMPARE(series.lines[0].values.last(), 1000.0);
    QCOMPARE(series.lines[0].values.first(), 977.0);
    QCOMPARE(series.lines[1].name, u"Thị trường 6"_s);
    QCOMPARE(series.lines[5].values, QList<double>(24, 30.0));
    QCOMPARE(waited(m_store->count(series.lines[0].records[3])), 1);
    QCOMPARE(waited(m_store->count(series.lines[5].records[3])), 1);
}

void IndicatorTest::everyFigureIsExplainedByItsRecords()
{
    answered(10, 72, dayMs);
    complaint({{u"status"_s, u"new"_s}});
    arrivals(u"2026-05"_s, {}, 1000);
    record(u"lodging"_s, {{u"name"_s, u"A"_s}, {u"kind"_s, u"hotel"_s}, {u"rooms"_s, 12}});
    record(u"event"_s, {{u"name"_s, u"E"_s}, {u"kind"_s, u"fair"_s}, {u"starts_on"_s, u"2026-11-21"_s}, {u"ends_on"_s, u"2026-11-21"_s}});
    deliver();
    const auto all = waited(m_evaluator->evaluateAll());
    for (const IndicatorResult &result : all) {
        QVERIFY2(!result.records.isEmpty() && !result.explanation.vi.isEmpty(), qPrintable(result.code));
        qint64 behind = 0;
        for (const Query &query : result.records)
            behind += waited(m_store->count(query));
        QVERIFY2(result.value.value_or(0) == 0 || behind > 0, qPrintable(result.code));
    }
}

void IndicatorTest::unknownCode()
{
    auto answer = m_evaluator->evaluate(u"no_such"_s);
    QVERIFY(answer.isFinished());
    QCOMPARE(answer.result().error().code, ErrorCode::NotFound);
}

QTEST_GUILESS_MAIN(IndicatorTest)
#include "tst_indicators.moc"
