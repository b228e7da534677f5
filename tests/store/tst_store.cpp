// SPDX-License-Identifier: GPL-3.0-or-later
#include "../support/firms.h"

#include <store/workflowsteps.h>

#include <QCborArray>
#include <QElapsedTimer>
#include <QSignalSpy>

using namespace ioc;
using namespace ioc::test;
using namespace Qt::StringLiterals;

namespace {

const QString complaintType = u"complaint"_s;

Values complaint(const QString &title, qint64 receivedMs)
{
    return {{u"title"_s, title}, {u"category"_s, u"price"_s}, {u"priority"_s, u"3_normal"_s}, {u"received_at"_s, receivedMs}};
}

QStringList names(const QList<StoredRecord> &rows, const QString &field = u"name"_s)
{
    QStringList out;
    for (const StoredRecord &row : rows)
        out += row.record.text(field);
    return out;
}

} // namespace

class TestLocalStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensOnceAndAgain()
    {
        TestStore store;
        auto report = store.open();
        QVERIFY2(report, report ? "" : qPrintable(report.error().detail));
        QVERIFY(report->created);
        const Id device = store.store->device();
        QVERIFY(!device.isNull());
        report = store.reopen();
        QVERIFY(report && !report->created && report->damagedFile.isEmpty());
        QCOMPARE(store.store->device(), device);
    }

    // Looks at personal data are kept until central has them.
    void looksAreKeptUntilTaken()
    {
        TestStore store;
        QVERIFY(store.open());
        const Id record = Id::create(store.clock);
        QSignalSpy noted(store.store.get(), &LocalStore::lookNoted);
        QVERIFY(answered(store.store->noteLook(complaintType, record, {u"reporter_name"_s, u"reporter_phone"_s})));
        QVERIFY(answered(store.store->noteLook(complaintType, record, {u"reporter_phone"_s})));
        QTRY_COMPARE(noted.size(), 2);
        QVERIFY(store.reopen());
        const auto looks = answered(store.store->looks(10));
        QVERIFY(looks);
        QCOMPARE(looks->size(), 2);
        QCOMPARE(looks->first().record, record);
        QCOMPARE(looks->first().type, complaintType);
        QCOMPARE(looks->first().fields, (QStringList{u"reporter_name"_s, u"reporter_phone"_s}));
        QCOMPARE(answered(store.store->looks(1))->size(), 1);
        QVERIFY(answered(store.store->looksTaken(looks->first(1))));
        QCOMPARE(*answered(store.store->looks(10)), looks->last(1));
    }

    void answersBusyBeforeItIsOpen()
    {
        TestStore store;
        const auto found = answered(store.store->count({.type = firmType}));
        QVERIFY(!found);
        QCOMPARE(found.error().code, ErrorCode::Busy);
    }

    void savesAndKeeps()
    {
        TestStore store;
        QVERIFY(store.open());
        QSignalSpy changed(store.store.get(), &LocalStore::changed);
        const Id id = Id::create(store.clock);
        const auto saved = store.create(firmType, id, firm(u"Công ty Du lịch Bến Thành"_s));
        QVERIFY2(saved, saved ? "" : qPrintable(saved.error().message + saved.error().detail));
        QCOMPARE(saved->operations.size(), 1);
        QTRY_COMPARE(changed.count(), 1);
        QCOMPARE(changed.first().first().value<StoreChange>().changed.value(firmType).size(), 1);
        QTRY_COMPARE(store.store->status().outbox, 1);
        QVERIFY(store.reopen());
        const auto row = store.record(firmType, id);
        QVERIFY(row && row->pending);
        QCOMPARE(row->record.text(u"name"_s), u"Công ty Du lịch Bến Thành"_s);
        const auto push = answered(store.store->nextPush(10));
        QCOMPARE(push->size(), 1);
        QCOMPARE(push->first().op, saved->operations.first());
        QCOMPARE(push->first().author, store.author.account);
        QCOMPARE(push->first().device, store.store->device());
        QCOMPARE(push->first().deviceTimeMs, store.clock.nowMs());
    }

    void refusesWhatIsWrong_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("value");
        QTest::newRow("required") << u"name"_s << QString();
        QTest::newRow("not a choice") << u"kind"_s << u"nonsense"_s;
        QTest::newRow("no such field") << u"colour"_s << u"red"_s;
        QTest::newRow("not a phone") << u"phone"_s << u"abc"_s;
    }

    void refusesWhatIsWrong()
    {
        QFETCH(QString, field);
        QFETCH(QString, value);
        TestStore store;
        QVERIFY(store.open());
        Values values = firm(u"A"_s);
        values.insert(field, value);
        const auto saved = store.create(firmType, Id::create(store.clock), values);
        QVERIFY(!saved);
        QCOMPARE(saved.error().code, ErrorCode::InvalidInput);
        QVERIFY(!saved.error().message.isEmpty());
        QCOMPARE(*answered(store.store->count({.type = firmType})), 0);
        QCOMPARE(answered(store.store->nextPush(10))->size(), 0);
    }

    void oneWrongDraftStopsAll()
    {
        TestStore store;
        QVERIFY(store.open());
        Draft good{.kind = OperationKind::Create, .type = firmType, .record = Id::create(store.clock), .changes = {{u"name"_s, {}, u"A"_s}, {u"kind"_s, {}, u"domestic"_s}}};
        Draft bad = good;
        bad.record = Id::create(store.clock);
        bad.changes.removeFirst();
        QVERIFY(!answered(store.store->save({good, bad})));
        QCOMPARE(*answered(store.store->count({.type = firmType})), 0);
        QVERIFY(store.reopen());
        QCOMPARE(answered(store.store->nextPush(10))->size(), 0);
    }

    void operationsSayWhatTheyBuildOn()
    {
        TestStore store;
        QVERIFY(store.open());
        const WorkflowSteps steps(*store.catalog, store.author, store.clock);
        const Id id = Id::create(store.clock);
        const auto made = answered(store.store->save(*steps.create(complaintType, id, complaint(u"Taxi"_s, store.clock.nowMs()))));
        QVERIFY2(made, made ? "" : qPrintable(made.error().message));
        const auto first = answered(store.store->nextPush(100));
        QCOMPARE(first->size(), 5); // the record, three clocks, the timeline
        QVERIFY(first->first().after.isEmpty());
        for (qsizetype i = 1; i < first->size(); ++i)
            QCOMPARE(first->at(i).after, QList<Id>{first->first().op});
        for (const Operation &operation : *first) {
            for (const FieldChange &change : operation.changes) {
                const Field *field = store.catalog->type(operation.type)->field(change.field);
                QVERIFY(field->derived.isEmpty() && field->assigned.isEmpty());
            }
        }
        const auto stepped = answered(store.store->save(*steps.step(store.record(complaintType, id)->record, u"accept"_s, {}, {})));
        QVERIFY(stepped);
        const auto second = answered(store.store->nextPush(100))->sliced(5);
        QCOMPARE(second.first().transition, u"accept"_s);
        QCOMPARE(second.first().after, QList<Id>{first->first().op});
        for (qsizetype i = 1; i < second.size(); ++i)
            QVERIFY(second.at(i).after.contains(second.first().op));
    }

    void derivedFieldsFollowTheLedger()
    {
        TestStore store;
        QVERIFY(store.open());
        const WorkflowSteps steps(*store.catalog, store.author, store.clock);
        const Id id = Id::create(store.clock);
        QVERIFY(answered(store.store->save(*steps.create(complaintType, id, complaint(u"Taxi"_s, store.clock.nowMs())))));
        const qint64 start = store.clock.nowMs();
        QCOMPARE(store.record(complaintType, id)->record.integer(u"due_at"_s), start + 4 * 3'600'000);
        store.clock.advance(60'000);
        QVERIFY(answered(store.store->save(*steps.step(store.record(complaintType, id)->record, u"accept"_s, {}, {}))));
        QCOMPARE(store.record(complaintType, id)->record.integer(u"due_at"_s), start + 72 * 3'600'000);
        store.clock.advance(60'000);
        QVERIFY(answered(store.store->save(*steps.step(store.record(complaintType, id)->record, u"answer"_s, {{u"answer"_s, u"Đã xử lý"_s}}, {}))));
        const Record after = store.record(complaintType, id)->record;
        QCOMPARE(after.integer(u"answered_at"_s), start + 120'000);
        QCOMPARE(after.value(u"answered_on_time"_s), QCborValue(true));
    }

    void derivedFieldsOfPulledRecords_data()
    {
        QTest::addColumn<bool>("ledgerFirst");
        QTest::newRow("ledger first") << true;
        QTest::newRow("record first") << false;
    }

    void derivedFieldsOfPulledRecords()
    {
        QFETCH(bool, ledgerFirst);
        TestStore store;
        QVERIFY(store.open());
        const Id id = Id::create(store.clock);
        Values values = complaint(u"Taxi"_s, 1000);
        values.insert(u"status"_s, u"new"_s);
        const Change record = stateOf(complaintType, id, 1, values);
        const Change entry = stateOf(u"clock_entry"_s, Id::create(store.clock), 1,
                                     {{u"complaint"_s, id.toString()}, {u"clock"_s, u"accept"_s}, {u"act"_s, u"started"_s}, {u"at"_s, 1000}, {u"due"_s, 5000}});
        QVERIFY(store.pull(ledgerFirst ? QList{entry} : QList{record}));
        QVERIFY(store.pull(ledgerFirst ? QList{record} : QList{entry}));
        QCOMPARE(store.record(complaintType, id)->record.integer(u"due_at"_s), 5000);
        values.insert(u"title"_s, u"Taxi dù"_s);
        QVERIFY(store.pull({stateOf(complaintType, id, 2, values)}));
        QCOMPARE(store.record(complaintType, id)->record.integer(u"due_at"_s), 5000);
    }

    void undoIsExact_data()
    {
        QTest::addColumn<QStringList>("steps");
        QTest::newRow("accept") << QStringList{u"accept"_s};
        QTest::newRow("forward") << QStringList{u"accept"_s, u"forward"_s};
        QTest::newRow("answer") << QStringList{u"accept"_s, u"answer"_s};
        QTest::newRow("close") << QStringList{u"accept"_s, u"answer"_s, u"close"_s};
        QTest::newRow("reopen") << QStringList{u"accept"_s, u"answer"_s, u"close"_s, u"reopen"_s};
    }

    void undoIsExact()
    {
        QFETCH(QStringList, steps);
        TestStore store;
        QVERIFY(store.open());
        const WorkflowSteps workflow(*store.catalog, store.author, store.clock);
        const Id id = Id::create(store.clock);
        QVERIFY(answered(store.store->save(*workflow.create(complaintType, id, complaint(u"Taxi"_s, store.clock.nowMs())))));
        const Values with{{u"forward"_s, QCborValue()}};
        Values before;
        for (const QString &step : std::as_const(steps)) {
            store.clock.advance(3'600'000);
            const Record now = store.record(complaintType, id)->record;
            before = now.values;
            Values values;
            if (step == u"answer")
                values.insert(u"answer"_s, u"Đã hoàn tiền cho khách"_s);
            if (step == u"forward")
                values.insert(u"assigned_unit"_s, Id::create(store.clock).toString());
            const auto drafts = workflow.step(now, step, values, u"vì"_s);
            QVERIFY2(drafts, drafts ? "" : qPrintable(drafts.error().message));
            const auto saved = answered(store.store->save(*drafts));
            QVERIFY2(saved, saved ? "" : qPrintable(saved.error().message));
        }
        store.clock.advance(3'600'000);
        const auto timeline = answered(store.store->children(u"timeline_entry"_s, id));
        QList<Record> ledger;
        const auto rows = answered(store.store->children(u"clock_entry"_s, id));
        for (const StoredRecord &row : *rows)
            ledger += row.record;
        const auto drafts = workflow.undo(store.record(complaintType, id)->record, timeline->last().record, ledger);
        QVERIFY2(drafts, drafts ? "" : qPrintable(drafts.error().message));
        QVERIFY(answered(store.store->save(*drafts)));
        QCOMPARE(store.record(complaintType, id)->record.values, before);
    }

    void stepsAreGuarded()
    {
        TestStore store;
        QVERIFY(store.open());
        const WorkflowSteps steps(*store.catalog, store.author, store.clock);
        Record record{.type = complaintType, .id = Id::create(store.clock), .values = complaint(u"Taxi"_s, 0)};
        record.values.insert(u"status"_s, u"new"_s);
        QCOMPARE(steps.step(record, u"close"_s, {}, {}).error().code, ErrorCode::InvalidInput);
        QCOMPARE(steps.step(record, u"forward"_s, {}, {}).error().code, ErrorCode::InvalidInput); // to which unit?
        QCOMPARE(steps.step(record, u"dance"_s, {}, {}).error().code, ErrorCode::InvalidInput);
        QCOMPARE(steps.comment(record, u"  "_s).error().code, ErrorCode::InvalidInput);
        QCOMPARE(steps.extend(record, u"respond"_s, store.clock.nowMs() - 1, u"vì"_s).error().code, ErrorCode::InvalidInput);
        QCOMPARE(steps.extend(record, u"respond"_s, store.clock.nowMs() + 1000, {}).error().code, ErrorCode::InvalidInput);
        record.values.insert(u"status"_s, u"closed"_s);
        QCOMPARE(steps.step(record, u"reopen"_s, {}, {}).error().code, ErrorCode::InvalidInput); // why?
        Author viewer = store.author;
        viewer.rights = Rights(u"viewer"_s);
        QCOMPARE(WorkflowSteps(*store.catalog, viewer, store.clock).comment(record, u"x"_s).error().code, ErrorCode::Denied);
        const Record foreign{.type = u"timeline_entry"_s, .values = {{u"transition"_s, u"close"_s}, {u"from_state"_s, u"answered"_s}, {u"to_state"_s, u"closed"_s}, {u"author"_s, Id::create(store.clock).toString()}}};
        QCOMPARE(steps.undo(record, foreign, {}).error().code, ErrorCode::Denied);
    }

    void extensionMovesTheDeadline()
    {
        TestStore store;
        QVERIFY(store.open());
        const WorkflowSteps steps(*store.catalog, store.author, store.clock);
        const Id id = Id::create(store.clock);
        QVERIFY(answered(store.store->save(*steps.create(complaintType, id, complaint(u"Taxi"_s, store.clock.nowMs())))));
        const qint64 due = store.clock.nowMs() + 10 * 3'600'000;
        QVERIFY(answered(store.store->save(*steps.extend(store.record(complaintType, id)->record, u"accept"_s, due, u"Chờ xác minh"_s))));
        QCOMPARE(store.record(complaintType, id)->record.integer(u"due_at"_s), due);
    }

    void refusedTakesDependentsAlong()
    {
        TestStore store;
        QVERIFY(store.open());
        const WorkflowSteps steps(*store.catalog, store.author, store.clock);
        const Id id = Id::create(store.clock);
        const auto saved = answered(store.store->save(*steps.create(complaintType, id, complaint(u"Taxi"_s, store.clock.nowMs()))));
        const Id firmId = Id::create(store.clock);
        QVERIFY(store.create(firmType, firmId, firm(u"không liên quan"_s)));
        QVERIFY(answered(store.store->applyAnswers({{.op = saved->operations.first(), .outcome = Outcome::Refused, .message = u"không"_s}})));
        QVERIFY(!store.record(complaintType, id));
        QCOMPARE(store.quarantine().size(), 5);
        QCOMPARE(answered(store.store->children(u"clock_entry"_s, id))->size(), 0);
        QCOMPARE(answered(store.store->nextPush(100))->size(), 1); // the firm goes on
        QTRY_COMPARE(store.store->status(), (StoreStatus{.outbox = 1, .quarantine = 5}));
        const auto blocked = answered(store.store->retry({store.quarantined(saved->operations.at(1))}));
        QVERIFY(blocked && blocked->left == 1 && !blocked->why.isEmpty());
        QCOMPARE(answered(store.store->retry({store.quarantined(saved->operations.first())}))->done, 1);
        QVERIFY(store.record(complaintType, id));
        QCOMPARE(answered(store.store->children(u"clock_entry"_s, id))->size(), 3);
        const auto again = answered(store.store->nextPush(100));
        QCOMPARE(again->size(), 6);
        QVERIFY(!saved->operations.contains(again->at(1).op));
        QCOMPARE(again->at(2).after, QList<Id>{again->at(1).op});
    }

    void discardEndsAQuarantinedChange()
    {
        TestStore store;
        QVERIFY(store.open());
        const auto saved = store.create(firmType, Id::create(store.clock), firm(u"A"_s));
        QVERIFY(answered(store.store->applyAnswers({{.op = saved->operations.first(), .outcome = Outcome::Refused}})));
        const qint64 key = store.quarantined(saved->operations.first());
        QCOMPARE(answered(store.store->discard({key}))->done, 1);
        QTRY_COMPARE(store.store->status(), StoreStatus());
        QCOMPARE(answered(store.store->discard({key}))->left, 1);
        QCOMPARE(answered(store.store->restoreDiscarded({key}))->done, 1); // within the session
        QCOMPARE(store.quarantined(saved->operations.first()), key);
        QCOMPARE(answered(store.store->discard({key}))->done, 1);
        QVERIFY(store.reopen());
        QCOMPARE(store.store->status(), StoreStatus());
    }

    void laterHoldsOnlyItsDependents()
    {
        TestStore store;
        QVERIFY(store.open());
        const Id a = Id::create(store.clock);
        const Id b = Id::create(store.clock);
        const auto first = store.create(firmType, a, firm(u"A"_s));
        QVERIFY(store.edit(firmType, a, u"name"_s, u"A2"_s));
        QVERIFY(store.create(firmType, b, firm(u"B"_s)));
        QVERIFY(answered(store.store->applyAnswers({{.op = first->operations.first(), .outcome = Outcome::Later, .message = u"chờ"_s}})));
        auto push = answered(store.store->nextPush(10));
        QCOMPARE(push->size(), 1);
        QCOMPARE(push->first().record, b);
        push = answered(store.store->nextPush(1)); // also when the held ones stand in front
        QCOMPARE(push->size(), 1);
        QCOMPARE(push->first().record, b);
        store.clock.advance(5'000);
        QCOMPARE(answered(store.store->nextPush(10))->size(), 3);
    }

    void settledConflictBecomesAnOperation()
    {
        TestStore store;
        QVERIFY(store.open());
        const Id id = Id::create(store.clock);
        QVERIFY(store.pull({stateOf(firmType, id, 1, firm(u"cũ"_s))}));
        const auto saved = store.edit(firmType, id, u"name"_s, u"của tôi"_s);
        QVERIFY(answered(store.store->applyAnswers({{.op = saved->operations.first(), .outcome = Outcome::Conflict, .version = 2, .conflicts = {{u"name"_s, u"cũ"_s, u"của tôi"_s, u"của họ"_s}}}})));
        QVERIFY(store.pull({stateOf(firmType, id, 2, firm(u"của họ"_s))}));
        const auto conflicts = store.conflicts();
        QCOMPARE(conflicts.size(), 1);
        QCOMPARE(conflicts.first().values.mine, QCborValue(u"của tôi"_s));
        QCOMPARE(conflicts.first().mineBy, store.author.account);
        QCOMPARE(conflicts.first().mineMs, store.clock.nowMs());
        QVERIFY(!conflicts.first().title.isEmpty());
        QCOMPARE(answered(store.store->settle(store.conflictKeys(), Keep::Mine))->done, 1);
        QCOMPARE(store.conflicts().size(), 0);
        const auto push = answered(store.store->nextPush(10));
        QCOMPARE(push->size(), 1);
        QCOMPARE(push->first().changes, (QList<FieldChange>{{u"name"_s, u"của họ"_s, u"của tôi"_s}}));
        QCOMPARE(store.record(firmType, id)->record.text(u"name"_s), u"của tôi"_s);
    }

    void keepingCentralsValueSendsNothing()
    {
        TestStore store;
        QVERIFY(store.open());
        const Id id = Id::create(store.clock);
        QVERIFY(store.pull({stateOf(firmType, id, 1, firm(u"cũ"_s))}));
        const auto saved = store.edit(firmType, id, u"name"_s, u"của tôi"_s);
        QVERIFY(answered(store.store->applyAnswers({{.op = saved->operations.first(), .outcome = Outcome::Conflict, .version = 2, .conflicts = {{u"name"_s, u"cũ"_s, u"của tôi"_s, u"của họ"_s}}}})));
        QVERIFY(store.pull({stateOf(firmType, id, 2, firm(u"của họ"_s))}));
        QCOMPARE(answered(store.store->settle(store.conflictKeys(), Keep::Central))->done, 1);
        QCOMPARE(answered(store.store->nextPush(10))->size(), 0);
        QCOMPARE(store.record(firmType, id)->record.text(u"name"_s), u"của họ"_s);
        QTRY_COMPARE(store.store->status(), StoreStatus());
    }

    void duplicateLeavesAnAlias()
    {
        TestStore store;
        QVERIFY(store.open());
        const Id known = Id::create(store.clock);
        const Id mine = Id::create(store.clock);
        const Id guide = Id::create(store.clock);
        QVERIFY(store.pull({stateOf(firmType, known, 1, firm(u"Đã có"_s))}));
        const auto saved = store.create(firmType, mine, firm(u"Trùng"_s));
        QVERIFY(store.edit(firmType, mine, u"address"_s, u"1 Lê Lợi"_s));
        QVERIFY(store.create(u"guide"_s, guide, {{u"name"_s, u"Lê An"_s}, {u"card_number"_s, u"123456789"_s}, {u"kind"_s, store.catalog->type(u"guide")->field(u"kind")->choices.first().code}, {u"firm"_s, mine.toString()}}));
        QVERIFY(answered(store.store->applyAnswers({{.op = saved->operations.first(), .outcome = Outcome::Duplicate, .version = 1, .duplicateOf = known}})));
        QCOMPARE(*answered(store.store->count({.type = firmType})), 1);
        QCOMPARE(store.record(firmType, mine)->record.id, known);
        QCOMPARE(store.record(firmType, mine)->record.text(u"address"_s), u"1 Lê Lợi"_s);
        QCOMPARE(store.record(u"guide"_s, guide)->record.reference(u"firm"_s), known);
        QVERIFY(store.pull({stateOf(firmType, known, 2, firm(u"Đã có, mới"_s))}));
        QCOMPARE(store.record(firmType, known)->record.text(u"address"_s), u"1 Lê Lợi"_s);
        QCOMPARE(store.record(u"guide"_s, guide)->record.reference(u"firm"_s), known);
    }

    void textIsNeverSyntax_data()
    {
        QTest::addColumn<QString>("text");
        for (const auto &text : {u"\""_s, u"a\"b"_s, u"NOT"_s, u"OR"_s, u"a AND"_s, u"title:x"_s, u"x*"_s, u"(("_s, u"^a"_s, u"a + b"_s, u"NEAR(a b)"_s, u"'; DROP TABLE travel_firm; --"_s, u"-"_s, u"😀"_s, u"\0x"_s})
            QTest::newRow(qPrintable(text)) << text;
    }

    void textIsNeverSyntax()
    {
        QFETCH(QString, text);
        TestStore store;
        QVERIFY(store.open());
        QVERIFY(answered(store.store->firstPage({.type = firmType, .text = text}, 10)));
        QVERIFY(answered(store.store->search(text, 10, false)));
    }

    // Thousands of records wait to be written, and somebody saves.
    void aSaveDoesNotWaitForThePage()
    {
        TestStore store;
        QVERIFY(store.open());
        ChangePage page{.next = {.epoch = store.epoch, .sequence = 1, .schemaVersion = store.catalog->schemaVersion()}};
        page.changes = firms(store, 20'000, u"Hãng số %1"_s);
        const auto applied = store.store->applyPage(page);
        const auto saved = store.store->save({Draft{.kind = OperationKind::Create, .type = firmType, .record = Id::create(store.clock), .changes = {{u"name"_s, {}, u"Hãng mới"_s}, {u"kind"_s, {}, u"domestic"_s}}}});
        QVERIFY(answered(saved));
        QVERIFY(!applied.isFinished());
        QVERIFY(answered(applied));
        QCOMPARE(*answered(store.store->count({.type = firmType})), 20'001);
    }

    void nearestComesFirst()
    {
        TestStore store;
        QVERIFY(store.open());
        for (int i = 0; i < 30; ++i) {
            Values values = firm(u"%1"_s.arg(i));
            values.insert(u"place"_s, QCborArray{10.0 + i * 0.05, 106.7});
            QVERIFY(store.create(firmType, Id::create(store.clock), values));
        }
        QCOMPARE(names(*answered(store.store->nearest(firmType, 10.52, 106.7, 3))), (QStringList{u"10"_s, u"11"_s, u"9"_s}));
        QCOMPARE(answered(store.store->nearest(firmType, -80, -10, 100))->size(), 30);
        QCOMPARE(answered(store.store->places({.type = firmType}))->size(), 30);
    }

    void changesAreToldInBatches()
    {
        TestStore store;
        QVERIFY(store.open());
        QSignalSpy changed(store.store.get(), &LocalStore::changed);
        QElapsedTimer took;
        took.start();
        QVERIFY(store.pull(firms(store, 5000, u"%1"_s)));
        const auto told = [&] {
            qsizetype keys = 0;
            for (const QList<QVariant> &one : std::as_const(changed)) {
                const auto change = one.first().value<StoreChange>();
                keys += change.everything ? 5000 : change.changed.value(firmType).size();
            }
            return keys;
        };
        QTRY_VERIFY(told() >= 5000);
        QVERIFY(changed.count() <= took.elapsed() / 100 + 2);
    }

    void cancelledQueryIsLeftOut()
    {
        TestStore store;
        QVERIFY(store.open());
        // Behind a line of other questions, so that its turn has not come when it is cancelled.
        for (int i = 0; i < 500; ++i)
            (void)store.store->count({.type = firmType});
        auto superseded = store.store->keys({.type = firmType});
        superseded.cancel();
        QVERIFY(answered(store.store->keys({.type = firmType})));
        QTRY_VERIFY(superseded.isFinished());
        QCOMPARE(superseded.resultCount(), 0);
    }
};

QTEST_GUILESS_MAIN(TestLocalStore)
#include "tst_store.moc"
