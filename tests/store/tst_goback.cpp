// SPDX-License-Identifier: GPL-3.0-or-later
#include "../support/firms.h"

#include <db/connection.h>

using namespace ioc;
using namespace ioc::test;
using namespace Qt::StringLiterals;

namespace {

const QString complaintType = u"complaint"_s;

Values complaint(const QString &title, qint64 receivedMs)
{
    return {{u"title"_s, title}, {u"category"_s, u"price"_s}, {u"priority"_s, u"3_normal"_s}, {u"received_at"_s, receivedMs}, {u"status"_s, u"new"_s}};
}

QStringList names(const QList<StoredRecord> &rows)
{
    QStringList out;
    for (const StoredRecord &row : rows)
        out += row.record.text(u"name"_s);
    return out;
}

// Closes the store, which has to be opened again, with nothing but the journal left.
bool loseDatabase(TestStore &store)
{
    store.store.reset();
    const QDir folder(store.folder);
    const QStringList files = folder.entryList({u"store.sqlite*"_s}, QDir::Files);
    for (const QString &name : files) {
        if (!QFile::remove(folder.filePath(name)))
            return false;
    }
    store.store = std::make_unique<LocalStore>(LocalStore::Options{.folder = store.folder, .catalog = store.catalog, .clock = &store.clock});
    return !files.isEmpty();
}

Result<void> applied(TestStore &store, const Id &op, qint64 version)
{
    return answered(store.store->applyAnswers({{.op = op, .outcome = Outcome::Applied, .version = version}}));
}

// A firm made here that central has taken and the feed has not shown: the operation, null when that failed.
Id sentFirm(TestStore &store, const Id &record, const QString &name = u"A"_s)
{
    const auto saved = store.create(firmType, record, firm(name));
    return saved && store.pull({}) && applied(store, saved->operations.first(), 1) ? saved->operations.first() : Id();
}

} // namespace

/// A central that went back in time, and answers that come late or that the feed never shows.
class TestGoBack : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void restartedFeedDropsWhatItLacks()
    {
        TestStore store;
        QVERIFY(store.open());
        const Id stays = Id::create(store.clock);
        const Id goes = Id::create(store.clock);
        const Id edited = Id::create(store.clock);
        const Id mine = Id::create(store.clock);
        QVERIFY(store.pull({stateOf(firmType, stays, 7, firm(u"A"_s)), stateOf(firmType, goes, 1, firm(u"B"_s)), stateOf(firmType, edited, 1, firm(u"C"_s))}));
        QVERIFY(store.create(firmType, mine, firm(u"D"_s)));
        QVERIFY(store.edit(firmType, edited, u"name"_s, u"C2"_s));
        QVERIFY(answered(store.store->restartFeed()));
        QVERIFY(answered(store.store->cursor())->isNull());
        QCOMPARE(*answered(store.store->count({.type = firmType})), 4);
        QVERIFY(store.reopen());
        QVERIFY(store.pull({stateOf(firmType, stays, 3, firm(u"A trước đó"_s))}, true)); // an earlier version: central went back
        QCOMPARE(*answered(store.store->count({.type = firmType})), 4);
        QVERIFY(store.pull({}));
        QCOMPARE(names(*answered(store.store->firstPage({.type = firmType, .sortField = u"name"_s}, 10))), (QStringList{u"A trước đó"_s, u"D"_s}));
        QCOMPARE(store.quarantine().size(), 4); // the edit, and what would bring back A, B and C
    }

    void anotherEpochIsOfferedWhatWasSent()
    {
        TestStore store;
        QVERIFY(store.open());
        const Id id = Id::create(store.clock);
        const Id op = sentFirm(store, id);
        QVERIFY(!op.isNull());
        QVERIFY(store.pull({stateOf(firmType, id, 1, firm(u"A"_s))}));
        QCOMPARE(answered(store.store->nextPush(10))->size(), 0);
        QVERIFY(answered(store.store->restartFeed()));
        QVERIFY(store.pull({}, false, Id::create(store.clock)));
        const auto push = answered(store.store->nextPush(10));
        QCOMPARE(push->size(), 1);
        QCOMPARE(push->first().op, op);
        QCOMPARE(store.record(firmType, id)->record.text(u"name"_s), u"A"_s); // not lost meanwhile
    }

    // Records of others' that central lost by going back: nobody else may bring them back, so somebody here is asked.
    void whatWasOnlyPulledIsKeptForReview()
    {
        TestStore store;
        QVERIFY(store.open());
        const Id lost = Id::create(store.clock);
        const Id older = Id::create(store.clock);
        const Id same = Id::create(store.clock);
        const Id guide = Id::create(store.clock);
        QVERIFY(store.pull({stateOf(firmType, lost, 1, firm(u"Mất"_s)), stateOf(firmType, older, 4, firm(u"Mới"_s)), stateOf(firmType, same, 2, firm(u"Còn"_s)),
                            stateOf(u"guide"_s, guide, 1, {{u"name"_s, u"Hà"_s}, {u"card_number"_s, u"101000001"_s}, {u"firm"_s, lost.toString()}})}));
        QVERIFY(answered(store.store->restartFeed()));
        QVERIFY(store.pull({stateOf(firmType, older, 2, firm(u"Cũ"_s)), stateOf(firmType, same, 2, firm(u"Còn"_s))}, false, Id::create(store.clock)));
        QVERIFY(!store.record(firmType, lost));
        QCOMPARE(store.record(firmType, older)->record.text(u"name"_s), u"Cũ"_s);
        const auto entries = store.quarantine();
        QCOMPARE(entries.size(), 3);
        QStringList titles;
        for (const OutboxEntry &entry : entries)
            titles += entry.title;
        QVERIFY2(titles.contains(u"Mất"_s) && titles.contains(u"Mới"_s), qPrintable(titles.join(u", "_s)));
        QVERIFY(store.reopen());

        QList<qint64> keys;
        for (const OutboxEntry &entry : entries)
            keys += entry.key;
        QCOMPARE(answered(store.store->retry(keys))->done, 3);
        QCOMPARE(store.record(firmType, lost)->record.text(u"name"_s), u"Mất"_s);
        QCOMPARE(store.record(firmType, older)->record.text(u"name"_s), u"Mới"_s);
        QCOMPARE(store.record(u"guide"_s, guide)->record.reference(u"firm"_s), lost);
        const auto push = answered(store.store->nextPush(10));
        QCOMPARE(push->size(), 3);
        QCOMPARE(push->last().type, u"guide"_s); // after the firm that it names
        const auto firmAgain = std::ranges::find(*push, lost, &Operation::record);
        QVERIFY(firmAgain != push->end());
        QCOMPARE(push->last().after, QList<Id>{firmAgain->op});
    }

    void reviewEndsWhenTheRecordIsBack()
    {
        TestStore store;
        QVERIFY(store.open());
        const Id lost = Id::create(store.clock);
        QVERIFY(store.pull({stateOf(firmType, lost, 3, firm(u"Mất"_s))}));
        QVERIFY(answered(store.store->restartFeed()));
        const Id epoch = Id::create(store.clock);
        QVERIFY(store.pull({}, false, epoch));
        QCOMPARE(store.quarantine().size(), 1);
        QVERIFY(store.pull({stateOf(firmType, lost, 1, firm(u"khác"_s))}, false, epoch));
        QCOMPARE(store.quarantine().size(), 1); // what is here is something else
        QVERIFY(store.pull({stateOf(firmType, lost, 2, firm(u"Mất"_s))}, false, epoch));
        QCOMPARE(store.quarantine().size(), 0);
    }

    void offeredAgainBeforeTheFeedHasShownIt()
    {
        TestStore store;
        QVERIFY(store.open());
        const Id id = Id::create(store.clock);
        const Id op = sentFirm(store, id);
        QVERIFY(!op.isNull());
        QVERIFY(answered(store.store->restartFeed())); // central was restored to a state before
        QVERIFY(store.pull({}, false, Id::create(store.clock)));
        QCOMPARE(answered(store.store->nextPush(10))->size(), 1);
        QCOMPARE(store.record(firmType, id)->record.text(u"name"_s), u"A"_s);
    }

    // Deleted at central as version 2, which the one that went back knows nothing of: there the record begins anew, with version 1.
    void whatWasDeletedBeforeMayComeAgain()
    {
        TestStore store;
        QVERIFY(store.open());
        const Id record = Id::create(store.clock);
        QVERIFY(store.pull({stateOf(firmType, record, 1, firm(u"A"_s))}));
        QVERIFY(answered(store.store->save({Draft{.kind = OperationKind::Delete, .type = firmType, .record = record}})));
        const Id op = answered(store.store->nextPush(10))->first().op;
        QVERIFY(applied(store, op, 2));
        Change gone = stateOf(firmType, record, 2, {});
        gone.kind = Change::Kind::Deleted;
        QVERIFY(store.pull({gone})); // it may have been another's: central is asked once more
        QVERIFY(answered(store.store->restartFeed()));
        QVERIFY(store.pull({}, false, Id::create(store.clock)));
        QCOMPARE(answered(store.store->nextPush(10))->size(), 1);
        QVERIFY(store.pull({stateOf(firmType, record, 1, firm(u"B"_s))})); // somebody brought it back
        QVERIFY(answered(store.store->applyAnswers({{.op = op, .outcome = Outcome::Refused, .message = u"Nó đã được khôi phục"_s}})));
        QCOMPARE(names(*answered(store.store->firstPage({.type = firmType, .sortField = u"name"_s}, 10))), QStringList{u"B"_s});
    }

    void remembersWhatWasAnsweredLast()
    {
        TestStore store;
        QVERIFY(store.open());
        QVERIFY(store.store->lastAnswered().isNull());
        QList<Id> ops;
        for (const auto &name : {u"A"_s, u"B"_s, u"C"_s, u"D"_s})
            ops += store.create(firmType, Id::create(store.clock), firm(name))->operations;
        QCOMPARE(ops.size(), 4);
        // What was refused central may forget, and what it cannot judge yet it does not know.
        QVERIFY(answered(store.store->applyAnswers({{.op = ops[0], .outcome = Outcome::Applied, .version = 1}, {.op = ops[1], .outcome = Outcome::Merged, .version = 1},
                                                    {.op = ops[2], .outcome = Outcome::Refused}, {.op = ops[3], .outcome = Outcome::Later, .reason = ErrorCode::Busy}})));
        QCOMPARE(store.store->lastAnswered(), ops[1]);
        QVERIFY(answered(store.store->applyAnswers({{.op = ops[3], .outcome = Outcome::Refused}})));
        QCOMPARE(store.store->lastAnswered(), ops[1]);
        QVERIFY(store.reopen());
        QCOMPARE(store.store->lastAnswered(), ops[1]);
        QVERIFY(answered(store.store->restartFeed()));
        QCOMPARE(store.store->lastAnswered(), ops[1]);
        QVERIFY(answered(store.store->restartFeed(LocalStore::Restart::AnswersLost)));
        QVERIFY(store.store->lastAnswered().isNull());
        QVERIFY(store.reopen());
        QVERIFY(store.store->lastAnswered().isNull());
    }

    // The account's scope changed meanwhile as well, which alone would be no reason to send anything again.
    void lostAnswersAreSentAgain()
    {
        TestStore store;
        QVERIFY(store.open());
        const Id id = Id::create(store.clock);
        const Id op = sentFirm(store, id);
        QVERIFY(!op.isNull());
        QVERIFY(answered(store.store->restartFeed()));
        QVERIFY(answered(store.store->restartFeed(LocalStore::Restart::AnswersLost)));
        QVERIFY(store.reopen());
        const Cursor next{.epoch = store.epoch, .sequence = 5, .scopeVersion = 77, .schemaVersion = store.catalog->schemaVersion()};
        QVERIFY(answered(store.store->applyPage({.next = next})));
        const auto push = answered(store.store->nextPush(10));
        QCOMPARE(push->size(), 1);
        QCOMPARE(push->first().op, op);
        QVERIFY(store.record(firmType, id));
        // Only once: the next reading has another reason.
        QVERIFY(applied(store, op, 1));
        QVERIFY(answered(store.store->restartFeed()));
        QVERIFY(answered(store.store->applyPage({.next = {.epoch = store.epoch, .sequence = 5, .scopeVersion = 78, .schemaVersion = store.catalog->schemaVersion()}})));
        QCOMPARE(answered(store.store->nextPush(10))->size(), 0);
    }

    // The reading may take hours on a bad link; central lost nothing, so what is saved meanwhile goes to it.
    void aNewScopeHoldsNothingBack()
    {
        TestStore store;
        QVERIFY(store.open());
        QVERIFY(!sentFirm(store, Id::create(store.clock)).isNull());
        QVERIFY(answered(store.store->restartFeed()));
        const Id op = store.create(firmType, Id::create(store.clock), firm(u"B"_s))->operations.first();
        const auto push = answered(store.store->nextPush(10));
        QCOMPARE(push->size(), 1);
        QCOMPARE(push->first().op, op);
    }

    // What was sent comes before what still waits: it was made before, and the last word is the later one's.
    void whatWasSentGoesBeforeWhatWaits()
    {
        TestStore store;
        QVERIFY(store.open());
        const Id id = Id::create(store.clock);
        QVERIFY(store.pull({stateOf(firmType, id, 1, firm(u"A"_s))}));
        QList<Id> ops;
        for (int i = 0; i < 2; ++i) {
            ops += store.edit(firmType, id, u"name"_s, i == 0 ? u"B"_s : u"B2"_s)->operations;
            QVERIFY(applied(store, ops.last(), 2 + i));
            QVERIFY(store.pull({stateOf(firmType, id, 2 + i, firm(i == 0 ? u"B"_s : u"B2"_s))}));
        }
        ops += store.edit(firmType, id, u"name"_s, u"A"_s)->operations; // as it was at first
        QCOMPARE(answered(store.store->nextPush(10))->size(), 1);
        QVERIFY(answered(store.store->restartFeed(LocalStore::Restart::AnswersLost)));
        QCOMPARE(answered(store.store->nextPush(10))->size(), 0); // not before those that it builds on
        QVERIFY(store.reopen());
        QCOMPARE(answered(store.store->nextPush(10))->size(), 0);
        QVERIFY(store.pull({stateOf(firmType, id, 1, firm(u"A"_s))}));
        QList<Id> offered;
        const auto push = answered(store.store->nextPush(10));
        for (const Operation &one : *push)
            offered += one.op;
        QCOMPARE(offered, ops);
        QCOMPARE(store.record(firmType, id)->record.text(u"name"_s), u"A"_s);
        const Id later = store.edit(firmType, id, u"name"_s, u"D"_s)->operations.first();
        QCOMPARE(answered(store.store->nextPush(10))->last().op, later);
        QCOMPARE(store.record(firmType, id)->record.text(u"name"_s), u"D"_s);
    }

    // The feed does not show it for long, and central is asked once more: what was answered after it is what is asked for.
    void whatIsAskedForOnceMoreIsNotTheLast()
    {
        TestStore store;
        QVERIFY(store.open());
        const Id first = store.create(firmType, Id::create(store.clock), firm(u"A"_s))->operations.first();
        QVERIFY(applied(store, first, 1));
        store.clock.advance(120'000);
        QVERIFY(store.pull({}));
        const Id second = store.create(firmType, Id::create(store.clock), firm(u"B"_s))->operations.first();
        QVERIFY(answered(store.store->applyAnswers({{.op = second, .outcome = Outcome::Applied, .version = 1}, {.op = first, .outcome = Outcome::Applied, .version = 1}})));
        QCOMPARE(store.store->lastAnswered(), second);
    }

    // Its store has nothing about it yet: what the feed has shown was answered.
    void aFormerVersionsStoreKnowsWhatWasAnswered()
    {
        TestStore store;
        QVERIFY(store.open());
        const Id id = Id::create(store.clock);
        const Id op = sentFirm(store, id);
        QVERIFY(!op.isNull());
        QVERIFY(store.pull({stateOf(firmType, id, 1, firm(u"A"_s))}));
        const QString file = store.folder + u"/store.sqlite"_s;
        store.store.reset();
        QVERIFY((*db::Connection::open({.path = file}))->exec(u"DELETE FROM _meta WHERE name = 'last_answered'"_s));
        QVERIFY(store.reopen());
        QCOMPARE(store.store->lastAnswered(), op);
    }

    void whatTheFeedNeverShowsIsAskedForOnceMore()
    {
        TestStore store;
        QVERIFY(store.open());
        const auto saved = store.create(firmType, Id::create(store.clock), firm(u"A"_s));
        const QList<Answer> answer{{.op = saved->operations.first(), .outcome = Outcome::Applied, .version = 1}};
        QVERIFY(answered(store.store->applyAnswers(answer)));
        QVERIFY(store.pull({}));
        QCOMPARE(answered(store.store->nextPush(10))->size(), 0); // it may be on its way
        store.clock.advance(120'000);
        QVERIFY(store.pull({}));
        QCOMPARE(answered(store.store->nextPush(10))->size(), 1);
        QVERIFY(answered(store.store->applyAnswers(answer)));
        store.clock.advance(120'000);
        QVERIFY(store.pull({}));
        QCOMPARE(answered(store.store->nextPush(10))->size(), 0);
        QCOMPARE(store.outbox().size(), 0); // central is believed
    }

    void whatIsHeldComesBackWhenTheClockIsSetBack()
    {
        TestStore store;
        QVERIFY(store.open());
        const auto saved = store.create(firmType, Id::create(store.clock), firm(u"A"_s));
        const qint64 right = store.clock.nowMs();
        store.clock.setNowMs(right + 365LL * 24 * 3600 * 1000);
        QVERIFY(answered(store.store->applyAnswers({{.op = saved->operations.first(), .outcome = Outcome::Later}})));
        QCOMPARE(answered(store.store->nextPush(10))->size(), 0);
        store.clock.setNowMs(right);
        QCOMPARE(answered(store.store->nextPush(10))->size(), 1);
    }

    // Central said that it had become another record; meanwhile that was taken back, and the feed was faster than the answer.
    void aLateAnswerDoesNotTakeARecordAway()
    {
        TestStore store;
        QVERIFY(store.open());
        const Id id = Id::create(store.clock);
        const Id other = Id::create(store.clock);
        QVERIFY(store.pull({stateOf(firmType, id, 1, firm(u"A"_s)), stateOf(firmType, other, 4, firm(u"B"_s))}));
        const auto saved = store.edit(firmType, id, u"address"_s, u"1 Lê Lợi"_s);
        QVERIFY(store.pull({stateOf(firmType, id, 3, firm(u"A"_s))}));
        QVERIFY(answered(store.store->applyAnswers({{.op = saved->operations.first(), .outcome = Outcome::Applied, .version = 5, .duplicateOf = other}})));
        QVERIFY(store.record(firmType, id));
        QCOMPARE(store.record(firmType, id)->record.id, id);
        QVERIFY(store.pull({stateOf(firmType, id, 4, firm(u"A"_s))}));
        QVERIFY(!store.record(firmType, id)->pending); // shown as central has it
        QCOMPARE(answered(store.store->nextPush(10))->size(), 1); // and central is asked once more what became of the edit
    }

    void aLateAnswerLeavesQuarantineAlone()
    {
        TestStore store;
        QVERIFY(store.open());
        const auto saved = store.create(firmType, Id::create(store.clock), firm(u"A"_s));
        const Id op = saved->operations.first();
        QVERIFY(answered(store.store->applyAnswers({{.op = op, .outcome = Outcome::Refused, .message = u"no"_s}})));
        QVERIFY(answered(store.store->applyAnswers({{.op = op, .outcome = Outcome::Later, .reason = ErrorCode::NotFound}})));
        store.clock.advance(120'000);
        QCOMPARE(answered(store.store->nextPush(10))->size(), 0);
        QCOMPARE(store.quarantine().size(), 1);
    }

    // Central went back twice: the first time what a sent change builds on was refused, the second time that one is offered again.
    void whatBuildsOnSomethingRefusedSinceDoesNotWaitForEver()
    {
        TestStore store;
        QVERIFY(store.open());
        const Id record = Id::create(store.clock);
        const Id row = Id::create(store.clock);
        const qint64 at = store.clock.nowMs();
        const Values ledger{{u"complaint"_s, record.toString()}, {u"clock"_s, u"accept"_s}, {u"act"_s, u"started"_s}, {u"at"_s, at}, {u"due"_s, at + 3'600'000}};
        Draft entry{.kind = OperationKind::Create, .type = u"clock_entry"_s, .record = row};
        for (const auto &[field, value] : ledger.asKeyValueRange())
            entry.changes += {field, {}, value};
        QVERIFY(store.pull({stateOf(complaintType, record, 1, complaint(u"A"_s, at))}));
        const auto saved = answered(store.store->save({Draft{.type = complaintType, .record = record, .changes = {{u"title"_s, u"A"_s, u"B"_s}}}, entry}));
        QVERIFY(saved);
        const Id edit = saved->operations[0];
        const Id told = saved->operations[1];
        QVERIFY(answered(store.store->applyAnswers({{.op = edit, .outcome = Outcome::Applied, .version = 2}, {.op = told, .outcome = Outcome::Applied, .version = 1}})));
        const Id later = store.edit(complaintType, record, u"title"_s, u"C"_s)->operations.first();
        QVERIFY(store.pull({stateOf(complaintType, record, 2, complaint(u"B"_s, at)), stateOf(u"clock_entry"_s, row, 1, ledger)}));
        QVERIFY(answered(store.store->applyAnswers({{.op = later, .outcome = Outcome::Later, .reason = ErrorCode::NotFound}})));
        QVERIFY(answered(store.store->applyAnswers({{.op = edit, .outcome = Outcome::Refused, .message = u"no"_s}})));
        QCOMPARE(store.quarantine().size(), 2);
        QVERIFY(answered(store.store->restartFeed()));
        QVERIFY(store.pull({stateOf(complaintType, record, 1, complaint(u"A"_s, at))}, false, Id::create(store.clock)));
        QCOMPARE(answered(store.store->nextPush(10))->value(0).op, told);
        QVERIFY(answered(store.store->applyAnswers({{.op = told, .outcome = Outcome::Later, .reason = ErrorCode::NotFound}})));
        QCOMPARE(store.outbox().size(), 0);
        QVERIFY(store.quarantined(told) != 0);
    }

    // What was given up is not in the journal; what built on it is, and comes back from there without.
    void whatBuildsOnSomethingGivenUpDoesNotWaitForEver()
    {
        TestStore store;
        QVERIFY(store.open());
        const Id firmId = Id::create(store.clock);
        const Id given = store.create(firmType, firmId, firm(u"A"_s))->operations.first();
        const Id builds = store.edit(firmType, firmId, u"name"_s, u"B"_s)->operations.first();
        QVERIFY(answered(store.store->applyAnswers({{.op = given, .outcome = Outcome::Refused, .message = u"no"_s}})));
        QCOMPARE(store.quarantine().size(), 2);
        QVERIFY(answered(store.store->discard({store.quarantined(given)})));
        QVERIFY(store.reopen());
        QVERIFY(loseDatabase(store));
        QVERIFY(store.open());
        for (int tries = 0; store.quarantined(builds) == 0 && tries < 10; ++tries) {
            const auto push = answered(store.store->nextPush(10));
            QCOMPARE(push->size(), 1);
            QCOMPARE(push->first().op, builds);
            QVERIFY(answered(store.store->applyAnswers({{.op = builds, .outcome = Outcome::Later, .reason = ErrorCode::NotFound}})));
            store.clock.advance(120'000);
        }
        QCOMPARE(store.outbox().size(), 0);
        QVERIFY(!store.quarantine().first().message.isEmpty());
        QCOMPARE(answered(store.store->retry({store.quarantined(builds)}))->done, 1);
        const auto push = answered(store.store->nextPush(10));
        QCOMPARE(push->size(), 1);
        QVERIFY(push->first().after.isEmpty()); // central decides about it alone
    }

    // One that builds on two others in quarantine: all are tried again at once.
    void whatBuildsOnTwoGoesWithTheLastOfThem()
    {
        TestStore store;
        QVERIFY(store.open());
        store.author.rights = Rights(u"administrator"_s);
        store.store->setAuthor(store.author);
        QList<Id> units;
        QList<Id> made;
        for (int i = 0; i < 2; ++i) {
            units += Id::create(store.clock);
            const auto saved = store.create(u"unit"_s, units.last(), {{u"code"_s, u"2600%1"_s.arg(i)}, {u"name"_s, u"Phường %1"_s.arg(i)}, {u"kind"_s, u"ward"_s}});
            QVERIFY2(saved, saved ? "" : qPrintable(saved.error().message));
            made += saved->operations.first();
        }
        Values values = complaint(u"A"_s, store.clock.nowMs());
        values.insert(u"unit"_s, units[0].toString());
        values.insert(u"assigned_unit"_s, units[1].toString());
        const auto saved = store.create(complaintType, Id::create(store.clock), values);
        QVERIFY2(saved, saved ? "" : qPrintable(saved.error().message));
        made += saved->operations.first();
        for (int i = 0; i < 2; ++i)
            QVERIFY(answered(store.store->applyAnswers({{.op = made[i], .outcome = Outcome::Refused, .message = u"no"_s}})));
        QList<qint64> keys;
        for (const Id &op : std::as_const(made))
            keys += store.quarantined(op);
        QVERIFY(!keys.contains(0));
        QVERIFY(answered(store.store->retry(keys)));
        const auto push = answered(store.store->nextPush(10));
        QCOMPARE(push->size(), 3);
        QCOMPARE(push->last().after.size(), 2);
        for (const Id &needed : push->last().after)
            QVERIFY(std::ranges::any_of(*push, [&](const Operation &one) { return one.op == needed; }));
        QCOMPARE(store.quarantine().size(), 0);
    }

    // Two desks entered one guide; somebody took the merging back before this desk heard of it.
    void aRecordPartedAgainStays()
    {
        TestStore store;
        QVERIFY(store.open());
        const Id mine = Id::create(store.clock);
        const Id other = Id::create(store.clock);
        QVERIFY(store.pull({stateOf(firmType, other, 1, firm(u"B"_s))}));
        const auto saved = store.create(firmType, mine, firm(u"A"_s));
        QVERIFY(store.pull({stateOf(firmType, mine, 2, firm(u"A"_s))}));
        QVERIFY(answered(store.store->applyAnswers({{.op = saved->operations.first(), .outcome = Outcome::Duplicate, .version = 1, .duplicateOf = other}})));
        QCOMPARE(store.record(firmType, mine)->record.id, mine);
        QVERIFY(!store.record(firmType, mine)->pending);
        QCOMPARE(store.outbox().size(), 0);
        QCOMPARE(store.conflicts().size(), 0);
    }

    // A copy of central's database was put back, and somebody else's change got the number that was answered.
    void anotherChangeOfTheSameVersionIsNotTakenForOnesOwn()
    {
        TestStore store;
        QVERIFY(store.open());
        const Id id = Id::create(store.clock);
        QVERIFY(store.pull({stateOf(firmType, id, 1, firm(u"A"_s))}));
        const auto saved = store.edit(firmType, id, u"name"_s, u"mine"_s);
        QVERIFY(applied(store, saved->operations.first(), 2));
        QVERIFY(store.pull({stateOf(firmType, id, 2, firm(u"theirs"_s))}));
        QCOMPARE(store.record(firmType, id)->record.text(u"name"_s), u"theirs"_s);
        QCOMPARE(answered(store.store->nextPush(10))->size(), 1);
        QVERIFY(applied(store, saved->operations.first(), 3)); // it did not know it
        QVERIFY(store.pull({stateOf(firmType, id, 3, firm(u"mine"_s))}));
        QCOMPARE(store.outbox().size(), 0);
        QVERIFY(!store.record(firmType, id)->pending);
    }

    // A merging that central did not take, and its undoing: neither makes a version that the feed would show.
    void theUndoingOfWhatWasNeverMergedIsAskedForOnceMore()
    {
        TestStore store;
        QVERIFY(store.open());
        const Id id = Id::create(store.clock);
        QVERIFY(store.pull({stateOf(firmType, id, 3, firm(u"A"_s))}));
        const auto saved = answered(store.store->save({Draft{.kind = OperationKind::Unmerge, .type = firmType, .record = id}}));
        QVERIFY(saved);
        const QList<Answer> answer{{.op = saved->operations.first(), .outcome = Outcome::Applied, .version = 3}};
        QVERIFY(answered(store.store->applyAnswers(answer)));
        store.clock.advance(120'000);
        QVERIFY(store.pull({}));
        QCOMPARE(answered(store.store->nextPush(10))->size(), 1);
        QVERIFY(answered(store.store->applyAnswers(answer)));
        store.clock.advance(120'000);
        QVERIFY(store.pull({}));
        QCOMPARE(store.outbox().size(), 0);
        QVERIFY(!store.record(firmType, id)->pending);
    }

    // Two desks brought back what central had lost; central's old copy took the other one's.
    void aRecordBroughtBackByAnotherIsNotTakenForOnesOwn()
    {
        TestStore store;
        QVERIFY(store.open());
        const Id id = Id::create(store.clock);
        const Id op = sentFirm(store, id, u"mine"_s);
        QVERIFY(!op.isNull());
        QVERIFY(store.pull({stateOf(firmType, id, 1, firm(u"theirs"_s))}));
        const auto push = answered(store.store->nextPush(10));
        QCOMPARE(push->size(), 1);
        QCOMPARE(push->first().op, op);
    }

    // A central that goes back may lose what it answered before anybody else has it: that outlives the database here.
    void whatTheFeedHasNotShownIsInTheJournal()
    {
        TestStore store;
        QVERIFY(store.open());
        const Id id = Id::create(store.clock);
        QVERIFY(store.pull({stateOf(firmType, id, 1, firm(u"A"_s))}));
        const auto saved = store.edit(firmType, id, u"name"_s, u"mine"_s);
        QVERIFY(applied(store, saved->operations.first(), 2));
        QVERIFY(store.reopen());
        QVERIFY(loseDatabase(store));
        QVERIFY(store.open());
        QCOMPARE(store.outbox().size(), 1);
        QCOMPARE(store.outbox().first().operation.op, saved->operations.first());
        QVERIFY(applied(store, saved->operations.first(), 2));
        QVERIFY(store.pull({stateOf(firmType, id, 2, firm(u"mine"_s))}));
        QVERIFY(store.reopen());
        QVERIFY(loseDatabase(store));
        QVERIFY(store.open());
        QCOMPARE(store.outbox().size(), 0); // others have it
    }

    // Nobody has said yet that these are to be sent, so nothing sends them: not even the loss of the database.
    void reviewIsNotRescuedAsChanges()
    {
        TestStore store;
        QVERIFY(store.open());
        const Id lost = Id::create(store.clock);
        const Id back = Id::create(store.clock);
        QVERIFY(store.pull({stateOf(firmType, lost, 3, firm(u"Mất"_s)), stateOf(firmType, back, 3, firm(u"Còn"_s))}));
        QVERIFY(answered(store.store->restartFeed()));
        const Id epoch = Id::create(store.clock);
        QVERIFY(store.pull({}, false, epoch));
        QCOMPARE(store.quarantine().size(), 2);
        QVERIFY(store.pull({stateOf(firmType, back, 1, firm(u"Còn"_s))}, false, epoch));
        QVERIFY(store.reopen());
        QCOMPARE(store.quarantine().size(), 1);
        QCOMPARE(store.outbox().size(), 0);
        QVERIFY(loseDatabase(store));
        QVERIFY(store.open());
        QCOMPARE(store.quarantine().size(), 0);
        QCOMPARE(store.outbox().size(), 0);
    }

    // A central that went back took a ledger's rows anew, under the record that theirs had become.
    void aLedgerRowThatMovedLeavesItsRecord()
    {
        TestStore store;
        QVERIFY(store.open());
        const Id before = Id::create(store.clock);
        const Id after = Id::create(store.clock);
        const Id row = Id::create(store.clock);
        const qint64 due = store.clock.nowMs() + 3600'000;
        const auto ledger = [&](const Id &record) {
            return stateOf(u"clock_entry"_s, row, 1, {{u"complaint"_s, record.toString()}, {u"clock"_s, u"accept"_s}, {u"act"_s, u"started"_s}, {u"at"_s, store.clock.nowMs()}, {u"due"_s, due}});
        };
        const qint64 received = store.clock.nowMs();
        QVERIFY(store.pull({stateOf(complaintType, before, 1, complaint(u"A"_s, received)), stateOf(complaintType, after, 1, complaint(u"B"_s, received)), ledger(before)}));
        QCOMPARE(store.record(complaintType, before)->record.value(u"due_at"_s), QCborValue(due));
        QVERIFY(answered(store.store->restartFeed()));
        QVERIFY(store.pull({stateOf(complaintType, before, 1, complaint(u"A"_s, received)), stateOf(complaintType, after, 1, complaint(u"B"_s, received)), ledger(after)}, false, Id::create(store.clock)));
        QCOMPARE(store.record(complaintType, after)->record.value(u"due_at"_s), QCborValue(due));
        QCOMPARE(store.record(complaintType, before)->record.value(u"due_at"_s), QCborValue());
    }
};

QTEST_GUILESS_MAIN(TestGoBack)
#include "tst_goback.moc"
