// SPDX-License-Identifier: GPL-3.0-or-later
#include <records/derived.h>
#include <records/typecatalog.h>

#include <QTest>

#include <algorithm>

using namespace ioc;
using namespace Qt::StringLiterals;

namespace {

using enum ClockAct;
using Phase = ClockState::Phase;

ClockEntry entry(ClockAct act, qint64 at, qint64 due = 0, const QString &clock = u"respond"_s)
{
    return {.clock = clock, .act = act, .atMs = at, .dueMs = due};
}

} // namespace

Q_DECLARE_METATYPE(QList<ioc::ClockEntry>)

/// The clock ledger replayed: every sequence of acts, in whatever order its rows arrived, and what is derived from it.
class TestClocks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sequences_data()
    {
        QTest::addColumn<QList<ClockEntry>>("entries");
        QTest::addColumn<int>("phase");
        QTest::addColumn<qint64>("due");
        QTest::addColumn<qint64>("stopped");
        QTest::addColumn<bool>("extended");
        const auto row = [](const char *name, const QList<ClockEntry> &entries, Phase phase, qint64 due, qint64 stopped = 0, bool extended = false) {
            QTest::newRow(name) << entries << static_cast<int>(phase) << due << stopped << extended;
        };
        row("nothing", {}, Phase::NotStarted, 0);
        row("another clock", {entry(Started, 0, 100, u"accept"_s)}, Phase::NotStarted, 0);
        row("started", {entry(Started, 10, 100)}, Phase::Running, 100);
        row("stopped", {entry(Started, 10, 100), entry(Stopped, 50)}, Phase::Stopped, 100, 50);
        row("paused", {entry(Started, 10, 100), entry(Paused, 50)}, Phase::Paused, 100);
        row("paused and resumed", {entry(Started, 10, 100), entry(Paused, 50), entry(Resumed, 70)}, Phase::Running, 120);
        row("paused twice", {entry(Started, 10, 100), entry(Paused, 50), entry(Resumed, 70), entry(Paused, 80), entry(Resumed, 81)}, Phase::Running, 121);
        row("paused again while paused", {entry(Started, 10, 100), entry(Paused, 50), entry(Paused, 60), entry(Resumed, 70)}, Phase::Running, 120);
        row("resumed without a pause", {entry(Started, 10, 100), entry(Resumed, 70)}, Phase::Running, 100);
        row("stopped while paused", {entry(Started, 10, 100), entry(Paused, 50), entry(Stopped, 500)}, Phase::Stopped, 550, 500);
        row("extended", {entry(Started, 10, 100), entry(Extended, 50, 200)}, Phase::Running, 200, 0, true);
        row("extended twice", {entry(Started, 10, 100), entry(Extended, 50, 200), entry(Extended, 60, 300)}, Phase::Running, 300, 0, true);
        row("extended to an earlier day", {entry(Started, 10, 100), entry(Extended, 50, 80)}, Phase::Running, 100);
        row("extended while paused", {entry(Started, 10, 100), entry(Paused, 50), entry(Extended, 60, 200), entry(Resumed, 70)}, Phase::Running, 210, 0, true);
        row("extended, then paused", {entry(Started, 10, 100), entry(Extended, 20, 200), entry(Paused, 50), entry(Resumed, 70)}, Phase::Running, 220, 0, true);
        row("extended before its start", {entry(Extended, 5, 200), entry(Started, 10, 100)}, Phase::Running, 100);
        row("extended after its end", {entry(Started, 10, 100), entry(Stopped, 150), entry(Extended, 160, 200)}, Phase::Stopped, 100, 150);
        row("stop taken back", {entry(Started, 10, 100), entry(Stopped, 50), entry(Resumed, 60)}, Phase::Running, 100);
        row("stop taken back, stopped again", {entry(Started, 10, 100), entry(Stopped, 50), entry(Resumed, 60), entry(Stopped, 70)}, Phase::Stopped, 100, 70);
        row("stopped twice", {entry(Started, 10, 100), entry(Stopped, 50), entry(Stopped, 60)}, Phase::Stopped, 100, 50);
        row("started anew", {entry(Started, 10, 100), entry(Extended, 20, 150), entry(Stopped, 50), entry(Started, 200, 300)}, Phase::Running, 300);
        row("started while it runs", {entry(Started, 10, 100), entry(Started, 50, 400)}, Phase::Running, 100);
        row("started while paused", {entry(Started, 10, 100), entry(Paused, 50), entry(Started, 70, 400)}, Phase::Running, 120);
        row("stopped before it ran", {entry(Stopped, 5)}, Phase::NotStarted, 0);
        row("all in one moment", {entry(Started, 10, 100), entry(Paused, 10), entry(Resumed, 10), entry(Stopped, 10)}, Phase::Stopped, 100, 10);
    }
    void sequences()
    {
        QFETCH(QList<ClockEntry>, entries);
        QFETCH(int, phase);
        QFETCH(qint64, due);
        QFETCH(qint64, stopped);
        QFETCH(bool, extended);
        const ClockState state = clockState(entries, u"respond");
        QCOMPARE(static_cast<int>(state.phase), phase);
        QCOMPARE(state.dueMs, due);
        QCOMPARE(state.stoppedMs, stopped);
        QCOMPARE(state.extended, extended);
    }

    void rowsMayArriveInAnyOrder()
    {
        QList<ClockEntry> entries{entry(Started, 10, 100), entry(Paused, 20), entry(Extended, 30, 300), entry(Resumed, 40), entry(Stopped, 350)};
        const ClockState expected = clockState(entries, u"respond");
        QCOMPARE(expected.dueMs, 310);
        const auto byTime = [](const ClockEntry &a, const ClockEntry &b) { return a.atMs < b.atMs; };
        std::ranges::sort(entries, byTime);
        int orders = 0;
        do {
            const ClockState state = clockState(entries, u"respond");
            QCOMPARE(state.phase, expected.phase);
            QCOMPARE(state.dueMs, expected.dueMs);
            QCOMPARE(state.stoppedMs, expected.stoppedMs);
            ++orders;
        } while (std::ranges::next_permutation(entries, byTime).found);
        QCOMPARE(orders, 120);
    }

    void overdueIsSeenInTime()
    {
        const ClockState running = clockState({entry(Started, 0, 100)}, u"respond");
        QVERIFY(!running.overdue(100));
        QVERIFY(running.overdue(101));
        QVERIFY(!clockState({entry(Started, 0, 100), entry(Paused, 50)}, u"respond").overdue(10'000));
        QVERIFY(!clockState({entry(Started, 0, 100), entry(Stopped, 100)}, u"respond").overdue(10'000));
        QVERIFY(clockState({entry(Started, 0, 100), entry(Stopped, 101)}, u"respond").overdue(0));
        QVERIFY(!clockState({}, u"respond").overdue(10'000));
    }

    void theNearestDeadlineOfThoseThatRun()
    {
        QList<ClockEntry> entries{entry(Started, 0, 40, u"accept"_s), entry(Started, 0, 100), entry(Started, 0, 500, u"resolve"_s)};
        QCOMPARE(nextDue(entries), 40);
        entries += entry(Stopped, 10, 0, u"accept"_s);
        QCOMPARE(nextDue(entries), 100);
        entries += entry(Paused, 20);
        QCOMPARE(nextDue(entries), 500);
        entries += entry(Stopped, 30, 0, u"resolve"_s);
        QCOMPARE(nextDue(entries), 0);
        QCOMPARE(nextDue({}), 0);
    }

    void aComplaintsFieldsAreDerived()
    {
        const auto catalog = TypeCatalog::load().value();
        const RecordType &complaint = *catalog->type(u"complaint");
        const Workflow &workflow = *catalog->workflowOf(complaint);
        const qint64 start = 1'700'000'000'000;
        const qint64 hour = 3'600'000;
        QList<ClockEntry> entries = clockEntries(workflow, workflow.initialClocks, start);
        QCOMPARE(entries.size(), 3);
        Values values = derivedValues(complaint, entries);
        QCOMPARE(values.value(u"due_at"_s), QCborValue(start + 4 * hour));
        QVERIFY(values.value(u"answered_at"_s).isUndefined() && values.value(u"answered_on_time"_s).isUndefined());

        entries += clockEntries(workflow, workflow.transition(u"accept")->clocks, start + hour);
        entries += clockEntries(workflow, workflow.transition(u"answer")->clocks, start + 73 * hour);
        values = derivedValues(complaint, entries);
        QCOMPARE(values.value(u"due_at"_s), QCborValue(start + 240 * hour));
        QCOMPARE(values.value(u"answered_at"_s), QCborValue(start + 73 * hour));
        QCOMPARE(values.value(u"answered_on_time"_s), QCborValue(false));

        entries += {.clock = u"respond"_s, .act = Extended, .atMs = start + 70 * hour, .dueMs = start + 96 * hour}; // arrives late
        QCOMPARE(derivedValues(complaint, entries).value(u"answered_on_time"_s), QCborValue(true));
    }

    void aLedgerRowIsReadFromItsRecord()
    {
        const Record record{.type = u"clock_entry"_s, .values = {{u"clock"_s, u"respond"_s}, {u"act"_s, u"extended"_s}, {u"at"_s, 5}, {u"due"_s, 9}}};
        const ClockEntry read = clockEntry(record);
        QCOMPARE(read.clock, u"respond"_s);
        QCOMPARE(read.act, Extended);
        QCOMPARE(read.atMs, 5);
        QCOMPARE(read.dueMs, 9);
    }
};

QTEST_GUILESS_MAIN(TestClocks)
#include "tst_clocks.moc"
