// SPDX-License-Identifier: GPL-3.0-or-later
#include "../support/teststore.h"
#include <wire/feed.h>

#include <QCborArray>
#include <QRandomGenerator>
#include <QSignalSpy>

#include <algorithm>

using namespace ioc;
using namespace ioc::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int records = 6000; // more than what is held in memory begins at
constexpr qint64 hourMs = 3'600'000;
const QString type = u"complaint"_s;

bool passes(const Record &record, const Filter &filter)
{
    const QCborValue value = record.value(filter.field);
    const auto number = [](const QCborValue &one) { return one.isBool() ? qint64(one.toBool()) : one.toInteger(); };
    switch (filter.op) {
    case Filter::Op::OneOf: return filter.values.contains(value);
    case Filter::Op::NoneOf: return !filter.values.contains(value);
    case Filter::Op::AtLeast: return !value.isUndefined() && number(value) >= number(filter.values.first());
    case Filter::Op::Below: return !value.isUndefined() && number(value) < number(filter.values.first());
    case Filter::Op::Empty: return value.isUndefined();
    case Filter::Op::NotEmpty: return !value.isUndefined();
    }
    return false;
}

Filter oneOf(const QString &field, const QList<QCborValue> &values) { return {field, Filter::Op::OneOf, values}; }
Filter since(const QString &field, qint64 ms) { return {field, Filter::Op::AtLeast, {QCborValue(ms)}}; }
Filter below(const QString &field, qint64 ms) { return {field, Filter::Op::Below, {QCborValue(ms)}}; }

} // namespace

/// Every query gives the same answer from SQL, from the columns held in memory, and from looking at each record.
class TestColumns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyQueryGivesTheSameAnswer_data();
    void everyQueryGivesTheSameAnswer();
    void firstPageOfASearchIsTheStartOfAll();
    void textsAreInTheSameOrderEitherWay();
    void readAheadTakesInWhatIsWrittenMeanwhile();

private:
    void compare(LocalStore &store, const Query &query);

    TestStore m_store;
    QList<Record> m_records; ///< in the order of their keys
    qint64 m_now = 0;
};

void TestColumns::initTestCase()
{
    QVERIFY(m_store.open());
    m_now = m_store.clock.nowMs();
    QRandomGenerator random(7);
    const QStringList states{u"new"_s, u"accepted"_s, u"forwarded"_s, u"answered"_s, u"closed"_s, u"closed"_s, u"closed"_s};
    const QStringList categories{u"price"_s, u"service"_s, u"safety"_s};
    ChangePage page{.next = {.epoch = Id::derived(Id(), u"columns"), .sequence = records, .digest = QByteArray(32, 'x')}};
    for (int i = 0; i < records; ++i) {
        Record record{.type = type, .id = Id::create(m_store.clock), .version = 1,
                      .values = {{u"title"_s, u"Phản ánh %1"_s.arg(i)}, {u"category"_s, categories[random.bounded(3)]}, {u"status"_s, states[random.bounded(7)]},
                                 {u"priority"_s, u"3_normal"_s}, {u"received_at"_s, m_now - qint64(random.bounded(2000)) * hourMs}}};
        if (random.bounded(2))
            record.values.insert(u"due_at"_s, m_now + (random.bounded(200) - 100) * hourMs);
        if (random.bounded(3)) {
            record.values.insert(u"answered_at"_s, record.values[u"received_at"_s].toInteger() + (random.bounded(200) - 20) * hourMs);
            record.values.insert(u"answered_on_time"_s, random.bounded(2) == 0);
        }
        if (random.bounded(4))
            record.values.insert(u"place"_s, QCborArray{10.7 + random.generateDouble() / 10, 106.6 + random.generateDouble() / 10});
        page.changes += {.sequence = i + 1, .record = record};
        m_records += record;
    }
    QVERIFY(answered(m_store.store->applyPage(page)));
}

void TestColumns::everyQueryGivesTheSameAnswer_data()
{
    QTest::addColumn<Query>("query");
    const QList<QCborValue> open{u"new"_s, u"accepted"_s, u"forwarded"_s};
    const qint64 month = m_now - 720 * hourMs;
    const QList<std::pair<QString, QList<Filter>>> filters{
        {u"all"_s, {}},
        {u"open"_s, {oneOf(u"status"_s, open)}},
        {u"new"_s, {oneOf(u"status"_s, {u"new"_s})}},
        {u"closed"_s, {oneOf(u"status"_s, {u"closed"_s})}},
        {u"open and closed"_s, {oneOf(u"status"_s, {u"new"_s, u"closed"_s})}},
        {u"overdue"_s, {oneOf(u"status"_s, open), below(u"due_at"_s, m_now)}},
        {u"open without deadline"_s, {oneOf(u"status"_s, open), {u"due_at"_s, Filter::Op::Empty, {}}}},
        {u"open, not about prices"_s, {oneOf(u"status"_s, open), {u"category"_s, Filter::Op::NoneOf, {u"price"_s}}}},
        {u"this month"_s, {since(u"received_at"_s, month)}},
        {u"answered this month"_s, {since(u"answered_at"_s, month)}},
        {u"in time this month"_s, {since(u"answered_at"_s, month), oneOf(u"answered_on_time"_s, {true})}},
        {u"never answered"_s, {{u"answered_at"_s, Filter::Op::Empty, {}}}},
        {u"two ends"_s, {since(u"received_at"_s, month), below(u"received_at"_s, month + 100 * hourMs)}},
    };
    for (const auto &[name, list] : filters) {
        for (const QString &sort : {QString(), u"received_at"_s, u"due_at"_s}) {
            for (const bool descending : {false, true}) {
                const bool everySort = name == u"all" || name == u"open" || name == u"answered this month";
                if (sort.isEmpty() ? !descending : !everySort)
                    continue;
                const QString row = u"%1, by %2 %3"_s.arg(name, sort.isEmpty() ? u"nothing"_s : sort, descending ? u"down"_s : u"up"_s);
                QTest::newRow(qUtf8Printable(row)) << Query{.type = type, .filters = list, .sortField = sort, .descending = descending};
            }
        }
    }
}

void TestColumns::compare(LocalStore &store, const Query &query)
{
    // By looking at each
    QList<qsizetype> expected;
    for (qsizetype i = 0; i < m_records.size(); ++i) {
        if (std::ranges::all_of(query.filters, [&](const Filter &filter) { return passes(m_records[i], filter); }))
            expected += i;
    }
    const QString sort = query.sortField.isEmpty() ? u"received_at"_s : query.sortField;
    std::ranges::sort(expected, [&](qsizetype a, qsizetype b) {
        const QCborValue x = m_records[a].value(sort);
        const QCborValue y = m_records[b].value(sort);
        if (x.isUndefined() != y.isUndefined())
            return y.isUndefined(); // empty ones last, either way
        const std::pair left(x.toInteger(), a);
        const std::pair right(y.toInteger(), b);
        return query.descending ? left > right : left < right;
    });
    QList<Id> ids;
    QMap<QString, qint64> categories;
    QList<qint64> durations;
    qsizetype placed = 0;
    for (const qsizetype i : expected) {
        const Record &record = m_records[i];
        ids += record.id;
        ++categories[record.text(u"category"_s)];
        placed += record.values.contains(u"place"_s) ? 1 : 0;
        const qint64 took = record.integer(u"answered_at"_s) - record.integer(u"received_at"_s);
        if (record.values.contains(u"answered_at"_s) && took >= 0)
            durations += took;
    }
    // By the store
    const auto keys = answered(store.keys(query));
    QVERIFY(keys);
    QList<Id> got;
    const auto allRows = *answered(store.rows(type, *keys));
    for (const StoredRecord &row : allRows)
        got += row.record.id;
    QCOMPARE(got, ids);
    QList<Id> page;
    const auto pageRows = *answered(store.firstPage(query, 30));
    for (const StoredRecord &row : pageRows)
        page += row.record.id;
    QCOMPARE(page, ids.first(std::min<qsizetype>(30, ids.size())));
    QCOMPARE(*answered(store.count(query)), ids.size());
    QCOMPARE(answered(store.places(query))->size(), placed);
    QMap<QString, qint64> counted;
    const auto perCategory = *answered(store.countsBy(query, u"category"_s));
    for (const auto &[value, count] : perCategory)
        counted.insert(value.toString(), count);
    QCOMPARE(counted, categories);
    qint64 days = 0;
    const auto perDay = *answered(store.countsByDay(query, u"received_at"_s, u"category"_s));
    for (const LocalStore::DayCount &day : perDay)
        days += day.count;
    QCOMPARE(days, ids.size());
    QList<qint64> took = *answered(store.durations(query, u"received_at"_s, u"answered_at"_s));
    std::ranges::sort(took);
    std::ranges::sort(durations);
    QCOMPARE(took, durations);
}

void TestColumns::everyQueryGivesTheSameAnswer()
{
    QFETCH(Query, query);
    LocalStore fresh({.folder = m_store.folder, .catalog = m_store.catalog, .clock = &m_store.clock}); // nothing held yet
    QVERIFY(answered(fresh.open()));
    compare(fresh, query);
    QVERIFY(answered(fresh.count({.type = type, .text = u"phan anh"_s}))); // needs the columns
    compare(fresh, query);
}

// The first page of a search comes another way than all of its keys; sorting by text another way than by time.
void TestColumns::firstPageOfASearchIsTheStartOfAll()
{
    const QList<QCborValue> open{u"new"_s, u"accepted"_s, u"forwarded"_s};
    for (const QString &text : {u"phan anh"_s, u"phản ánh 12"_s, u"5999"_s, u"khong co"_s}) {
        for (const QList<Filter> &filters : {QList<Filter>{}, {oneOf(u"status"_s, open)}, {oneOf(u"category"_s, {u"lost"_s})}, {since(u"received_at"_s, m_now - hourMs)}}) {
            for (const QString &sort : {QString(), u"received_at"_s, u"title"_s, u"due_at"_s}) {
                for (const bool descending : {true, false}) {
                    LocalStore fresh({.folder = m_store.folder, .catalog = m_store.catalog, .clock = &m_store.clock});
                    QVERIFY(answered(fresh.open()));
                    const Query query{.type = type, .filters = filters, .text = text, .sortField = sort, .descending = descending};
                    QVERIFY(answered(fresh.count({.type = type}))); // the columns are held
                    QList<qint64> page;
                    const auto rows = *answered(fresh.firstPage(query, 30));
                    for (const StoredRecord &row : rows)
                        page += row.key;
                    const auto keys = *answered(fresh.keys(query));
                    QCOMPARE(page, keys.first(std::min<qsizetype>(30, keys.size())));
                }
            }
        }
    }
}

// The first of many by a text are found by where they roughly stand in its order; the whole list is that order walked.
void TestColumns::textsAreInTheSameOrderEitherWay()
{
    TestStore store;
    QVERIFY(store.open());
    QRandomGenerator random(11);
    const auto anyTitle = [&] { return u"%1 %2"_s.arg(random.bounded(2) ? u"Đèn"_s : u"đá"_s).arg(random.bounded(900)); }; // many alike
    QList<Change> changes;
    QList<Id> ids;
    for (int i = 0; i < records; ++i) {
        Record record{.type = type, .id = Id::create(store.clock), .version = 1,
                      .values = {{u"title"_s, anyTitle()}, {u"category"_s, i % 3 ? u"price"_s : u"service"_s}, {u"status"_s, i % 2 ? u"closed"_s : u"new"_s},
                                 {u"priority"_s, u"3_normal"_s}, {u"received_at"_s, m_now - i}}};
        if (random.bounded(4))
            record.values.insert(u"number"_s, u"PA2026-%1"_s.arg(random.bounded(100'000), 6, 10, QChar(u'0')));
        changes += Change{.sequence = i + 1, .record = record};
        ids += record.id;
    }
    QVERIFY(store.pull(changes));
    const auto compareAll = [&] {
        for (const QString &sort : {u"title"_s, u"number"_s}) {
            for (const QList<Filter> &filters : {QList<Filter>{}, {oneOf(u"status"_s, {u"new"_s})}, {oneOf(u"category"_s, {u"price"_s}), oneOf(u"status"_s, {u"closed"_s})}}) {
                for (const bool descending : {true, false}) {
                    const Query query{.type = type, .filters = filters, .sortField = sort, .descending = descending};
                    const auto keys = *answered(store.store->keys(query));
                    for (const int rows : {1, 60, 1700}) {
                        QList<qint64> page;
                        const auto found = *answered(store.store->firstPage(query, rows));
                        for (const StoredRecord &row : found)
                            page += row.key;
                        QCOMPARE(page, keys.first(std::min<qsizetype>(rows, keys.size())));
                    }
                }
            }
        }
    };
    QVERIFY(store.reopen());
    QSignalSpy readAhead(store.store.get(), &LocalStore::wasReadAhead);
    for (const QString &sort : {u"title"_s, u"number"_s}) // from now on their order is wanted
        QVERIFY(answered(store.store->firstPage({.type = type, .sortField = sort}, 1)));
    QTRY_VERIFY_WITH_TIMEOUT(!readAhead.isEmpty(), 60'000);
    compareAll();
    for (int i = 0; i < 300; ++i)
        QVERIFY(store.edit(type, ids[random.bounded(ids.size())], u"title"_s, i % 50 ? anyTitle() : u" trước tất cả"_s));
    for (int i = 0; i < 100; ++i)
        QVERIFY(store.create(type, Id::create(store.clock), {{u"title"_s, anyTitle()}, {u"category"_s, u"price"_s}, {u"priority"_s, u"3_normal"_s}, {u"status"_s, u"new"_s}, {u"received_at"_s, m_now}}));
    compareAll();

    // So many between two neighbours that the order is read again: the old one answers until then.
    changes.clear();
    for (int i = 0; i < 2000; ++i)
        changes += Change{.sequence = records + i + 1, .record = {.type = type, .id = Id::create(store.clock), .version = 1,
                                                                  .values = {{u"title"_s, u"Đèn 500 %1"_s.arg(i)}, {u"category"_s, u"price"_s}, {u"status"_s, u"new"_s}, {u"priority"_s, u"3_normal"_s}, {u"received_at"_s, m_now}}}};
    readAhead.clear();
    QVERIFY(store.pull(changes));
    compareAll();
    QTRY_VERIFY_WITH_TIMEOUT(!readAhead.isEmpty(), 60'000);
    compareAll();
}

// Written at once after opening, while the columns are read on their own thread when nobody asks anything.
void TestColumns::readAheadTakesInWhatIsWrittenMeanwhile()
{
    QVERIFY(m_store.reopen());
    const Query urgent{.type = type, .filters = {oneOf(u"category"_s, {u"lost"_s})}};
    int made = 0;
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < 4000) { // longer than the quiet that reading ahead waits for; saving is not asking
        QVERIFY(m_store.create(type, Id::create(m_store.clock), {{u"title"_s, u"Mất đồ"_s}, {u"category"_s, u"lost"_s}, {u"priority"_s, u"3_normal"_s}, {u"status"_s, u"closed"_s}, {u"received_at"_s, m_now}}));
        ++made;
    }
    QVERIFY(made > 10);
    QCOMPARE(*answered(m_store.store->count(urgent)), made);
    QCOMPARE(answered(m_store.store->keys(urgent))->size(), made);
}

QTEST_GUILESS_MAIN(TestColumns)
#include "tst_columns.moc"
