// SPDX-License-Identifier: GPL-3.0-or-later
#include "centralfixture.h"

#include <central/operationcheck.h>
#include <support/backendtest.h>

#include <QTest>

using namespace ioc;

namespace {

const QString complaint = QStringLiteral("complaint");
const QString lodging = QStringLiteral("lodging");
const QString title = QStringLiteral("title");

// What the operation finds at central.
enum class State { Absent, Live, ChangedElsewhere, ChangedSameField, Stepped, Deleted, Merged };

} // namespace

Q_DECLARE_METATYPE(State)

/// Every cell of (kind of operation × state of the record), then the rules that reach beyond one record.
class TestOperationJudge : public CentralTest<CentralFixture>
{
    Q_OBJECT

private Q_SLOTS:
    void cells_data()
    {
        using enum State;
        QTest::addColumn<OperationKind>("kind");
        QTest::addColumn<State>("state");
        QTest::addColumn<Outcome>("outcome");
        QTest::addColumn<bool>("changes"); // the record, or what it was merged into
        const auto row = [](const char *name, OperationKind kind, State state, Outcome outcome, bool changes) { QTest::newRow(name) << kind << state << outcome << changes; };
        using Kind = OperationKind;
        row("create absent", Kind::Create, Absent, Outcome::Applied, true);
        row("create live, the same", Kind::Create, Live, Outcome::Applied, false);
        row("create live, changed since", Kind::Create, ChangedSameField, Outcome::Conflict, false);
        row("create deleted", Kind::Create, Deleted, Outcome::Conflict, false);
        row("edit absent", Kind::Edit, Absent, Outcome::Refused, false);
        row("edit live", Kind::Edit, Live, Outcome::Applied, true);
        row("edit changed elsewhere", Kind::Edit, ChangedElsewhere, Outcome::Merged, true);
        row("edit changed in the same field", Kind::Edit, ChangedSameField, Outcome::Conflict, false);
        row("edit stepped", Kind::Edit, Stepped, Outcome::Merged, true);
        row("edit deleted", Kind::Edit, Deleted, Outcome::Conflict, false);
        row("edit merged", Kind::Edit, Merged, Outcome::Merged, true);
        row("delete absent", Kind::Delete, Absent, Outcome::Refused, false);
        row("delete live", Kind::Delete, Live, Outcome::Applied, true);
        row("delete changed elsewhere", Kind::Delete, ChangedElsewhere, Outcome::Conflict, false);
        row("delete deleted", Kind::Delete, Deleted, Outcome::Applied, false);
        row("delete merged", Kind::Delete, Merged, Outcome::Conflict, false);
        row("step absent", Kind::Transition, Absent, Outcome::Refused, false);
        row("step live", Kind::Transition, Live, Outcome::Applied, true);
        row("step changed elsewhere", Kind::Transition, ChangedElsewhere, Outcome::Merged, true);
        row("step stepped by another", Kind::Transition, Stepped, Outcome::Conflict, false);
        row("step deleted", Kind::Transition, Deleted, Outcome::Conflict, false);
        row("step merged", Kind::Transition, Merged, Outcome::Merged, true);
        row("merge absent", Kind::Merge, Absent, Outcome::Refused, false);
        row("merge live", Kind::Merge, Live, Outcome::Applied, true);
        row("merge changed elsewhere", Kind::Merge, ChangedElsewhere, Outcome::Applied, true);
        row("merge deleted", Kind::Merge, Deleted, Outcome::Conflict, false);
        row("merge merged there already", Kind::Merge, Merged, Outcome::Applied, false);
        row("unmerge absent", Kind::Unmerge, Absent, Outcome::Refused, false);
        row("unmerge live", Kind::Unmerge, Live, Outcome::Applied, false);
        row("unmerge deleted", Kind::Unmerge, Deleted, Outcome::Conflict, false);
        row("unmerge merged", Kind::Unmerge, Merged, Outcome::Applied, true);
    }
    void cells()
    {
        QFETCH(OperationKind, kind);
        QFETCH(State, state);
        QFETCH(Outcome, outcome);
        QFETCH(bool, changes);
        CentralFixture &central = *m_central;
        const Id other = created();
        const Id record = state == State::Absent ? central.make.newId() : created();
        bring(record, other, state);
        const qint64 commits = central.count(QStringLiteral("SELECT count(*) FROM central_commit"));
        const Operation operation = operationOf(kind, record, other);
        const Answer answer = central.push(operation, central.lan);
        QCOMPARE(answer.outcome, outcome);
        QCOMPARE(central.count(QStringLiteral("SELECT count(*) FROM central_commit")) - commits, changes ? 1 : 0);
        QVERIFY(outcome != Outcome::Refused || !answer.message.isEmpty());
        QCOMPARE(answer.version > 0, outcome != Outcome::Refused);
        if (state == State::Merged && outcome == Outcome::Merged)
            QCOMPARE(answer.duplicateOf, other);
        QCOMPARE(central.push(operation, central.lan), answer); // for ever
    }

    void theOpenFieldsAreTakenBesideAConflict()
    {
        CentralFixture &central = *m_central;
        const Id record = created();
        bring(record, {}, State::ChangedSameField);
        Operation edit = central.make.edit(complaint, record, title, QStringLiteral("Chặt chém khách"), QStringLiteral("mine"), 1);
        edit.changes += FieldChange{QStringLiteral("reporter_phone"), {}, QStringLiteral("0901 234 567")};
        const Answer answer = central.push(edit, central.lan);
        QCOMPARE(answer.outcome, Outcome::Conflict);
        QCOMPARE(answer.version, 3);
        QCOMPARE(answer.conflicts.size(), 1);
        FieldConflict conflict = answer.conflicts.first();
        QCOMPARE(conflict.theirsBy, QStringLiteral("minh")); // who wrote what stands against it, and when
        QVERIFY(conflict.theirsMs > 0);
        conflict.theirsBy.clear();
        conflict.theirsMs = 0;
        QCOMPARE(conflict, (FieldConflict{title, QStringLiteral("Chặt chém khách"), QStringLiteral("mine"), QStringLiteral("theirs")}));
        const Record now = central.find(complaint, record).record;
        QCOMPARE(now.text(title), QStringLiteral("theirs"));
        QCOMPARE(now.text(QStringLiteral("reporter_phone")), QStringLiteral("+84901234567")); // in its canonical form
    }

    void onesOwnEditsAreNoOtherPeoples()
    {
        CentralFixture &central = *m_central;
        const Operation create = central.make.create(complaint, OperationMaker::complaint());
        const Operation edit = central.make.edit(complaint, create.record, title, QStringLiteral("Chặt chém khách"), QStringLiteral("B"), 0);
        const Operation again = central.make.edit(complaint, create.record, title, QStringLiteral("B"), QStringLiteral("C"), 0);
        const auto answers = central.push({create, edit, again}, central.lan); // all offline, on nothing central had seen
        for (const Answer &answer : answers)
            QCOMPARE(answer.outcome, Outcome::Applied);
        QCOMPARE(answers[2].version, 3);
    }

    void dependencies()
    {
        CentralFixture &central = *m_central;
        const Operation create = central.make.create(complaint, OperationMaker::complaint());
        Operation edit = central.make.edit(complaint, create.record, title, QStringLiteral("Chặt chém khách"), QStringLiteral("B"), 0);
        edit.after = {create.op};
        QCOMPARE(central.push(edit, central.lan).outcome, Outcome::Later);
        QCOMPARE(central.push({edit, create}, central.lan)[0].outcome, Outcome::Applied); // whatever the order
        Operation bad = central.make.create(complaint, {{title, QStringLiteral("no category")}});
        Operation onBad = central.make.create(QStringLiteral("timeline_entry"), {{QStringLiteral("complaint"), bad.record.toString()}, {QStringLiteral("kind"), QStringLiteral("comment")}, {QStringLiteral("at"), qint64(1)}});
        onBad.after = {bad.op};
        Operation bystander = central.make.create(complaint, OperationMaker::complaint());
        const auto answers = central.push({bad, onBad, bystander}, central.lan);
        QCOMPARE(answers[0].outcome, Outcome::Refused);
        QCOMPARE(answers[1].outcome, Outcome::Refused);
        QVERIFY(answers[1].message.contains(answers[0].message));
        QCOMPARE(answers[2].outcome, Outcome::Applied);
    }

    void rowsOfAStepThatFailedAreRefused()
    {
        CentralFixture &central = *m_central;
        const Id record = created();
        bring(record, {}, State::Stepped);
        const Operation step = central.make.step(complaint, record, QStringLiteral("accept"), {}, 1);
        Operation row = central.make.create(QStringLiteral("clock_entry"), {{QStringLiteral("complaint"), record.toString()}, {QStringLiteral("clock"), QStringLiteral("accept")},
                                                                            {QStringLiteral("act"), QStringLiteral("stopped")}, {QStringLiteral("at"), qint64(1)}});
        row.after = {step.op};
        const auto answers = central.push({step, row}, central.lan);
        QCOMPARE(answers[0].outcome, Outcome::Conflict);
        QCOMPARE(answers[1].outcome, Outcome::Refused);
        QCOMPARE(answers[1].reason, ErrorCode::Conflict);
    }

    void whatClientsMayNotWrite_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QCborValue>("value");
        QTest::newRow("derived") << QStringLiteral("due_at") << QCborValue(qint64(5));
        QTest::newRow("assigned") << QStringLiteral("number") << QCborValue(QStringLiteral("PA2026-999999"));
        QTest::newRow("the state") << QStringLiteral("status") << QCborValue(QStringLiteral("closed"));
        QTest::newRow("unknown") << QStringLiteral("colour") << QCborValue(QStringLiteral("red"));
        QTest::newRow("of another kind") << title << QCborValue(5);
        QTest::newRow("no choice") << QStringLiteral("priority") << QCborValue(QStringLiteral("highest"));
        QTest::newRow("emptied though required") << title << QCborValue();
        QTest::newRow("a unit that is not there") << QStringLiteral("assigned_unit") << QCborValue(QStringLiteral("01890a5d-ac96-774b-bcce-b302099a8057"));
    }
    void whatClientsMayNotWrite()
    {
        QFETCH(QString, field);
        QFETCH(QCborValue, value);
        CentralFixture &central = *m_central;
        const Id record = created();
        const QCborValue before = central.find(complaint, record).record.value(field);
        const Answer answer = central.push(central.make.edit(complaint, record, field, before, value, 1), central.lan);
        QCOMPARE(answer.outcome, Outcome::Refused);
        QVERIFY(!answer.message.isEmpty());
        QCOMPARE(central.find(complaint, record).record.version, 1);
    }

    void steps()
    {
        CentralFixture &central = *m_central;
        const Id record = created();
        const auto step = [&](const char *code, const QList<FieldChange> &changes, const Identity &who) {
            return central.push(central.make.step(complaint, record, QString::fromLatin1(code), changes, central.find(complaint, record).record.version), who);
        };
        QCOMPARE(step("close", {}, central.lan).outcome, Outcome::Refused); // not from "new"
        QCOMPARE(step("teleport", {}, central.lan).reason, ErrorCode::Unsupported);
        QCOMPARE(step("undo", {}, central.lan).outcome, Outcome::Refused); // nothing yet
        QCOMPARE(step("accept", {{QStringLiteral("status"), QStringLiteral("new"), QStringLiteral("closed")}}, central.lan).outcome, Outcome::Refused);
        QCOMPARE(step("accept", {{QStringLiteral("status"), QStringLiteral("new"), QStringLiteral("accepted")}}, central.lan).outcome, Outcome::Applied);
        QCOMPARE(step("answer", {}, central.lan).outcome, Outcome::Refused); // needs the answer
        const QList<FieldChange> answered{{QStringLiteral("answer"), {}, QStringLiteral("Đã xử lý")}};
        QCOMPARE(step("answer", answered, central.lan).outcome, Outcome::Applied);
        QCOMPARE(status(record), QStringLiteral("answered"));
        QCOMPARE(step("undo", {}, central.minh).reason, ErrorCode::Denied); // not minh's
        QCOMPARE(step("undo", {{QStringLiteral("answer"), QStringLiteral("Đã xử lý"), {}}}, central.lan).outcome, Outcome::Applied);
        QCOMPARE(status(record), QStringLiteral("accepted"));
        QVERIFY(central.find(complaint, record).record.value(QStringLiteral("answer")).isUndefined());
        QCOMPARE(step("undo", {}, central.lan).outcome, Outcome::Refused); // one step, not a history
    }

    void aStepIsWholeOrNotAtAll()
    {
        CentralFixture &central = *m_central;
        const Id record = created();
        QCOMPARE(central.push(central.make.edit(complaint, record, QStringLiteral("address"), {}, QStringLiteral("theirs"), 1), central.minh).outcome, Outcome::Applied);
        const Answer answer = central.push(central.make.step(complaint, record, QStringLiteral("accept"), {{QStringLiteral("address"), {}, QStringLiteral("mine")}}, 1), central.lan);
        QCOMPARE(answer.outcome, Outcome::Conflict);
        QCOMPARE(status(record), QStringLiteral("new"));
    }

    void rulesBrokenByTwoEditsAreAConflict()
    {
        CentralFixture &central = *m_central;
        const Operation create = central.make.create(lodging, {{QStringLiteral("name"), QStringLiteral("Rex")}, {QStringLiteral("kind"), QStringLiteral("hotel")},
                                                               {QStringLiteral("price_from"), 100}, {QStringLiteral("price_to"), 200}});
        QCOMPARE(central.push(create, central.lan).outcome, Outcome::Applied);
        QCOMPARE(central.push(central.make.edit(lodging, create.record, QStringLiteral("price_to"), 200, 120, 1), central.minh).outcome, Outcome::Applied);
        const Answer merged = central.push(central.make.edit(lodging, create.record, QStringLiteral("price_from"), 100, 150, 1), central.lan);
        QCOMPARE(merged.outcome, Outcome::Conflict);
        QCOMPARE(merged.conflicts.size(), 1);
        QCOMPARE(central.find(lodging, create.record).record.integer(QStringLiteral("price_from")), 100);
        const Answer alone = central.push(central.make.edit(lodging, create.record, QStringLiteral("price_from"), 100, 150, 2), central.lan);
        QCOMPARE(alone.outcome, Outcome::Refused); // nobody else's doing
    }

    void duplicatesKeepBothSides()
    {
        CentralFixture &central = *m_central;
        const QString type = QStringLiteral("indicator_value");
        const Values values{{QStringLiteral("indicator"), QStringLiteral("arrivals")}, {QStringLiteral("period"), QStringLiteral("2026-07")}, {QStringLiteral("value"), 5.0}};
        const Operation first = central.make.create(type, values); // the breakdown is empty in both
        Values changed = values;
        changed.insert(QStringLiteral("value"), 6.0);
        const Operation second = central.make.create(type, changed);
        QCOMPARE(central.push(first, central.lan).outcome, Outcome::Applied);
        const Answer answer = central.push(second, central.minh);
        QCOMPARE(answer.outcome, Outcome::Duplicate);
        QCOMPARE(answer.duplicateOf, first.record);
        const CentralRecord kept = central.find(type, second.record);
        QCOMPARE(kept.aliasOf, first.record);
        QCOMPARE(kept.record.value(QStringLiteral("value")).toDouble(), 6.0);
        // Later operations on it go to the record it stands for.
        const Answer edit = central.push(central.make.edit(type, second.record, QStringLiteral("source"), {}, QStringLiteral("Sở"), 1), central.minh);
        QCOMPARE(edit.outcome, Outcome::Merged);
        QCOMPARE(edit.duplicateOf, first.record);
        QCOMPARE(central.find(type, first.record).record.text(QStringLiteral("source")), QStringLiteral("Sở"));
        QCOMPARE(central.push(central.make.make(OperationKind::Unmerge, type, second.record), central.minh).outcome, Outcome::Duplicate);
    }

    void mergedRecordsTakeTheirRowsAlong()
    {
        CentralFixture &central = *m_central;
        const Id into = created();
        const Id record = created();
        bring(record, into, State::Merged);
        const Operation row = ledgerRow(record, 1'780'000'900'000);
        QCOMPARE(central.push(row, central.lan).outcome, Outcome::Applied);
        QCOMPARE(central.find(QStringLiteral("clock_entry"), row.record).record.reference(complaint), into);
        QCOMPARE(central.find(complaint, into).record.integer(QStringLiteral("due_at")), 1'780'000'900'000);
    }

    void mergingInACircleIsRefused()
    {
        CentralFixture &central = *m_central;
        const Id into = created();
        const Id record = created();
        bring(record, into, State::Merged);
        Operation back = central.make.make(OperationKind::Merge, complaint, into);
        back.into = record;
        QCOMPARE(central.push(back, central.lan).outcome, Outcome::Refused);
    }

    void ledgerRowsAreNeverChanged()
    {
        CentralFixture &central = *m_central;
        const Operation row = ledgerRow(created(), 5);
        QCOMPARE(central.push(row, central.lan).outcome, Outcome::Applied);
        QCOMPARE(central.push(central.make.edit(QStringLiteral("clock_entry"), row.record, QStringLiteral("due"), qint64(5), qint64(6), 1), central.lan).reason, ErrorCode::Denied);
        QCOMPARE(central.push(central.make.make(OperationKind::Delete, QStringLiteral("clock_entry"), row.record, {}, 1), central.lan).reason, ErrorCode::Denied);
        Operation again = row; // offered anew under another number
        again.op = central.make.newId();
        QCOMPARE(central.push(again, central.lan).outcome, Outcome::Applied);
    }

    void numbersFollowEachOther()
    {
        CentralFixture &central = *m_central;
        const QString one = central.find(complaint, created()).record.text(QStringLiteral("number"));
        const QString two = central.find(complaint, created()).record.text(QStringLiteral("number"));
        QVERIFY(QRegularExpression(QStringLiteral("^PA20[0-9]{2}-000001$")).match(one).hasMatch());
        QVERIFY(two.endsWith(QStringLiteral("-000002")));
    }

    void anothersOperationNumberIsNotTaken()
    {
        CentralFixture &central = *m_central;
        const Operation create = central.make.create(complaint, OperationMaker::complaint());
        QCOMPARE(central.push(create, central.lan).outcome, Outcome::Applied);
        QCOMPARE(central.push(create, central.minh).outcome, Outcome::Refused);
    }

    void timesThatCannotBeBelieved_data()
    {
        QTest::addColumn<qint64>("device");
        QTest::addColumn<qint64>("offset");
        QTest::addColumn<qint64>("acted");
        QTest::addColumn<QString>("note");
        const qint64 received = 1'780'000'000'000;
        const qint64 hour = 3'600'000;
        QTest::newRow("just now") << received - 1000 << qint64(0) << received - 1000 << QString();
        QTest::newRow("a clock known to be ahead") << received + hour - 1000 << hour << received - 1000 << QString();
        QTest::newRow("a second ahead") << received + 1000 << qint64(0) << received << QString();
        QTest::newRow("tomorrow") << received + 24 * hour << qint64(0) << received << QStringLiteral("ahead");
        QTest::newRow("last year") << received - 365 * 24 * hour << qint64(0) << received << QStringLiteral("too old");
        QTest::newRow("beyond all numbers") << std::numeric_limits<qint64>::max() << qint64(-5) << received << QStringLiteral("ahead");
    }
    void timesThatCannotBeBelieved()
    {
        QFETCH(qint64, device);
        QFETCH(qint64, offset);
        Operation operation;
        operation.deviceTimeMs = device;
        operation.offsetMs = offset;
        QString note;
        QTEST(boundedTime(operation, 1'780'000'000'000, &note), "acted");
        QTEST(note, "note");
    }

private:
    Id created()
    {
        const Operation create = m_central->make.create(complaint, OperationMaker::complaint());
        return m_central->push(create, m_central->lan).outcome == Outcome::Applied ? create.record : Id();
    }
    QString status(const Id &record) { return m_central->find(complaint, record).record.text(QStringLiteral("status")); }
    Operation ledgerRow(const Id &parent, qint64 due)
    {
        return m_central->make.create(QStringLiteral("clock_entry"), {{complaint, parent.toString()}, {QStringLiteral("clock"), QStringLiteral("respond")},
                                                                      {QStringLiteral("act"), QStringLiteral("started")}, {QStringLiteral("at"), qint64(1)}, {QStringLiteral("due"), due}});
    }
    // Minh does it, so that it is another person's doing for Lan.
    void bring(const Id &record, const Id &into, State state)
    {
        CentralFixture &central = *m_central;
        Operation operation;
        switch (state) {
        case State::Absent:
        case State::Live: return;
        case State::ChangedElsewhere: operation = central.make.edit(complaint, record, QStringLiteral("reporter_country"), {}, QStringLiteral("Pháp"), 1); break;
        case State::ChangedSameField: operation = central.make.edit(complaint, record, title, QStringLiteral("Chặt chém khách"), QStringLiteral("theirs"), 1); break;
        case State::Stepped: operation = central.make.step(complaint, record, QStringLiteral("accept"), {}, 1); break;
        case State::Deleted: operation = central.make.make(OperationKind::Delete, complaint, record, {}, 1); break;
        case State::Merged:
            operation = central.make.make(OperationKind::Merge, complaint, record, {}, 1);
            operation.into = into;
            break;
        }
        QCOMPARE(central.push(operation, central.minh).outcome, Outcome::Applied);
    }
    Operation operationOf(OperationKind kind, const Id &record, const Id &other)
    {
        const OperationMaker &make = m_central->make;
        switch (kind) {
        case OperationKind::Create: return make.create(complaint, OperationMaker::complaint(), record);
        case OperationKind::Edit: return make.edit(complaint, record, title, QStringLiteral("Chặt chém khách"), QStringLiteral("mine"), 1);
        case OperationKind::Transition: return make.step(complaint, record, QStringLiteral("accept"), {}, 1);
        case OperationKind::Delete:
        case OperationKind::Merge:
        case OperationKind::Unmerge: break;
        }
        Operation operation = make.make(kind, complaint, record, {}, 1);
        if (kind == OperationKind::Merge)
            operation.into = other;
        return operation;
    }
};

QTEST_GUILESS_MAIN(TestOperationJudge)
#include "tst_operationjudge.moc"
