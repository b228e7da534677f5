// SPDX-License-Identifier: GPL-3.0-or-later
// One row for each cell of the table in modules/store/README.md.
#include "../support/teststore.h"

#include <QSignalSpy>

using namespace ioc;
using namespace ioc::test;
using namespace Qt::StringLiterals;

namespace {

const QString type = u"travel_firm"_s;

Values firm(const QString &name, const QString &phone = u"+84901111111"_s)
{
    return {{u"name"_s, name}, {u"kind"_s, u"domestic"_s}, {u"phone"_s, phone}};
}

/// A record brought into one of the states, and what can happen to it.
class Case
{
public:
    explicit Case(const QString &state)
    {
        if (!store.open() || !store.pull({stateOf(type, other, 1, firm(u"other"_s))}))
            qFatal("cannot open");
        if (state == u"new") {
            ops = store.create(type, id, firm(u"mine"_s))->operations;
            return;
        }
        (void)store.pull({stateOf(type, id, 1, firm(u"old"_s))});
        if (state == u"edited" || state == u"answered")
            ops = store.edit(type, id, u"name"_s, u"mine"_s)->operations;
        if (state == u"deleted")
            ops = answered(store.store->save({Draft{.kind = OperationKind::Delete, .type = type, .record = id}}))->operations;
        if (state == u"answered")
            answer({.outcome = Outcome::Applied, .version = 2});
    }

    void happen(const QString &event)
    {
        if (event == u"edit")
            failed = !store.edit(type, id, u"phone"_s, u"+84902222222"_s);
        else if (event == u"delete")
            failed = !answered(store.store->save({Draft{.kind = OperationKind::Delete, .type = type, .record = id}}));
        else if (event == u"applied")
            answer({.outcome = Outcome::Applied, .version = 2});
        else if (event == u"conflict")
            answer({.outcome = Outcome::Conflict, .version = 2, .conflicts = {{u"name"_s, u"old"_s, u"mine"_s, u"theirs"_s}}});
        else if (event == u"refused")
            answer({.outcome = Outcome::Refused, .reason = ErrorCode::Denied, .message = u"no"_s});
        else if (event == u"later")
            answer({.outcome = Outcome::Later, .message = u"wait"_s});
        else if (event == u"duplicate")
            answer({.outcome = Outcome::Duplicate, .version = 1, .duplicateOf = other});
        else if (event == u"pulled other field")
            (void)store.pull({stateOf(type, id, 2, firm(ops.isEmpty() || !fromAnswer ? u"old"_s : u"mine"_s, u"+84903333333"_s))});
        else if (event == u"pulled same field")
            (void)store.pull({stateOf(type, id, 2, firm(u"theirs"_s))});
        else
            (void)store.pull({Change{.kind = event == u"pulled deleted" ? Change::Kind::Deleted : Change::Kind::Withdrawn, .record = {.type = type, .id = id, .version = 3}}});
    }

    QString describe()
    {
        const auto row = store.record(type, id);
        QString text = row ? row->record.text(u"name"_s) + u' ' + row->record.text(u"phone"_s).mid(5, 1) + (row->pending ? u" pending"_s : QString()) : u"gone"_s;
        const auto entries = store.outbox();
        text += u" live=%1"_s.arg(entries.size());
        for (const OutboxEntry &entry : entries) {
            if (entry.state == OutboxEntry::State::Held)
                text += u" held"_s;
        }
        text += u" quarantine=%1 conflicts=%2"_s.arg(store.quarantine().size()).arg(store.conflicts().size());
        return failed ? text + u" failed"_s : text;
    }

    void answer(Answer answer)
    {
        QList<Answer> answers;
        for (const Id &op : std::as_const(ops)) {
            answer.op = op;
            answers += answer;
        }
        fromAnswer = true;
        (void)answered(store.store->applyAnswers(answers));
    }

    TestStore store;
    Id id = Id::create(store.clock);
    Id other = Id::create(store.clock);
    QList<Id> ops;
    bool fromAnswer = false;
    bool failed = false;
};

} // namespace

class TestStates : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cell_data()
    {
        QTest::addColumn<QString>("state");
        QTest::addColumn<QString>("event");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *state, const char *event, const char *expected) {
            QTest::addRow("%s, %s", state, event) << QString::fromUtf8(state) << QString::fromUtf8(event) << QString::fromUtf8(expected);
        };
        row("clean", "edit", "old 0 pending live=1 quarantine=0 conflicts=0");
        row("clean", "delete", "gone live=1 quarantine=0 conflicts=0");
        row("clean", "pulled other field", "old 0 live=0 quarantine=0 conflicts=0");
        row("clean", "pulled same field", "theirs 0 live=0 quarantine=0 conflicts=0");
        row("clean", "pulled deleted", "gone live=0 quarantine=0 conflicts=0");
        row("clean", "pulled withdrawn", "gone live=0 quarantine=0 conflicts=0");

        row("new", "edit", "mine 0 pending live=2 quarantine=0 conflicts=0");
        row("new", "delete", "gone live=2 quarantine=0 conflicts=0");
        row("new", "applied", "mine 0 pending live=1 quarantine=0 conflicts=0");
        row("new", "conflict", "mine 0 pending live=1 quarantine=0 conflicts=1");
        row("new", "refused", "gone live=0 quarantine=1 conflicts=0");
        row("new", "later", "mine 0 pending live=1 held quarantine=0 conflicts=0");
        row("new", "duplicate", "other 0 live=1 quarantine=0 conflicts=0");
        row("new", "pulled other field", "old 0 pending live=1 quarantine=0 conflicts=0");
        row("new", "pulled same field", "theirs 0 pending live=1 quarantine=0 conflicts=0");
        row("new", "pulled deleted", "gone live=0 quarantine=1 conflicts=0");
        row("new", "pulled withdrawn", "gone live=0 quarantine=1 conflicts=0");

        row("edited", "edit", "mine 0 pending live=2 quarantine=0 conflicts=0");
        row("edited", "delete", "gone live=2 quarantine=0 conflicts=0");
        row("edited", "applied", "mine 0 pending live=1 quarantine=0 conflicts=0");
        row("edited", "conflict", "mine 0 pending live=1 quarantine=0 conflicts=1");
        row("edited", "refused", "old 0 live=0 quarantine=1 conflicts=0");
        row("edited", "later", "mine 0 pending live=1 held quarantine=0 conflicts=0");
        row("edited", "duplicate", "old 0 live=0 quarantine=0 conflicts=1");
        row("edited", "pulled other field", "mine 0 pending live=1 quarantine=0 conflicts=0");
        row("edited", "pulled same field", "theirs 0 pending live=1 quarantine=0 conflicts=0");
        row("edited", "pulled deleted", "gone live=0 quarantine=1 conflicts=0");
        row("edited", "pulled withdrawn", "gone live=0 quarantine=1 conflicts=0");

        row("deleted", "edit", "gone live=1 quarantine=0 conflicts=0 failed");
        row("deleted", "delete", "gone live=1 quarantine=0 conflicts=0 failed");
        row("deleted", "applied", "gone live=1 quarantine=0 conflicts=0");
        row("deleted", "conflict", "gone live=1 quarantine=0 conflicts=1");
        row("deleted", "refused", "old 0 live=0 quarantine=1 conflicts=0");
        row("deleted", "later", "gone live=1 held quarantine=0 conflicts=0");
        row("deleted", "pulled other field", "gone live=1 quarantine=0 conflicts=0");
        row("deleted", "pulled same field", "gone live=1 quarantine=0 conflicts=0");
        row("deleted", "pulled deleted", "gone live=1 quarantine=0 conflicts=0");
        row("deleted", "pulled withdrawn", "gone live=0 quarantine=1 conflicts=0");

        row("answered", "edit", "mine 0 pending live=2 quarantine=0 conflicts=0");
        row("answered", "delete", "gone live=2 quarantine=0 conflicts=0");
        row("answered", "pulled other field", "mine 0 live=0 quarantine=0 conflicts=0");
        row("answered", "pulled same field", "theirs 0 live=1 quarantine=0 conflicts=0");
        row("answered", "pulled deleted", "gone live=1 quarantine=0 conflicts=0");
        row("answered", "pulled withdrawn", "gone live=1 quarantine=0 conflicts=0");
    }

    void cell()
    {
        QFETCH(QString, state);
        QFETCH(QString, event);
        QFETCH(QString, expected);
        Case one(state);
        one.happen(event);
        // The digit after 90 tells the phone: 1 as it was, 2 edited, 3 pulled.
        QString found = one.describe();
        if (event == u"edit" && !one.failed)
            QVERIFY2(found.contains(u" 2"_s), qPrintable(found));
        if (event == u"pulled other field" && state != u"deleted")
            QVERIFY2(found.contains(u" 3"_s) || state == u"new", qPrintable(found));
        static const QRegularExpression digit(u" [123](?= |$)"_s);
        QCOMPARE(found.replace(digit, u" 0"_s), expected);
    }
};

QTEST_GUILESS_MAIN(TestStates)
#include "tst_states.moc"
