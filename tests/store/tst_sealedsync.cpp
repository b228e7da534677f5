// SPDX-License-Identifier: GPL-3.0-or-later
// Personal data between a device and central: keys that come, change and go, and what central loses, erases or knows otherwise.
#include "sealedstore.h"

using namespace ioc;
using namespace ioc::test;
using namespace Qt::StringLiterals;

class TestSealedSync : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void centralIsSentThemOpenWithTheKey()
    {
        SealedStore local;
        const Id id = Id::create(local.clock);
        QVERIFY(local.create(complaint, id, reported()));
        const auto push = answered(local.store->nextPush(10));
        QVERIFY(push);
        QCOMPARE(push->size(), 1);
        const auto &changes = push->first().changes;
        QVERIFY(std::ranges::any_of(changes, [](const FieldChange &change) { return change.newValue == QCborValue(phone); }));
        const auto key = SealKey::unpacked(push->first().sealKey);
        QVERIFY(key && !key->id.isNull());
        // Central took it: it needs no telling any more, and what comes back is the same.
        QVERIFY(answered(local.store->applyAnswers({{.op = push->first().op, .outcome = Outcome::Applied, .version = 1}})));
        Keys central;
        QVERIFY(local.pull({central.state(complaint, id, 1, reported(), *key)}));
        QVERIFY(local.outbox().isEmpty());
        QCOMPARE(local.number(u"SELECT count(*) FROM _seal_key WHERE rank=0"_s), 1);
        QVERIFY(local.edit(complaint, id, phoneOf, otherPhone));
        const auto again = answered(local.store->nextPush(10));
        QCOMPARE(again->size(), 1);
        QVERIFY(again->first().sealKey.isEmpty());
        QCOMPARE(again->first().changes, (QList<FieldChange>{{phoneOf, phone, otherPhone}}));
        QVERIFY(!local.isOnDisk());
    }

    // Made here before central had shown that it has none: still offered.
    void aKeyMadeHereIsOfferedThoughCentralHasNone()
    {
        SealedStore local;
        Keys central;
        const Id id = Id::create(local.clock);
        Values rest = reportedByNobody();
        QVERIFY(local.pull({central.state(complaint, id, 1, rest, {})}));
        QVERIFY(local.edit(complaint, id, phoneOf, phone));
        QVERIFY(local.pull({central.state(complaint, id, 2, rest, {})}));
        QVERIFY(!answered(local.store->nextPush(10))->first().sealKey.isEmpty());
    }

    // While locked, what holds nothing personal goes past what does, however much of that there is.
    void theRestIsSentWhileLocked()
    {
        SealedStore local;
        for (int i = 0; i < 5; ++i)
            QVERIFY(local.create(complaint, Id::create(local.clock), reported()));
        const Id firm = Id::create(local.clock);
        QVERIFY(local.create(u"travel_firm"_s, firm, {{u"name"_s, u"Bến Thành"_s}, {u"kind"_s, u"domestic"_s}}));
        QVERIFY(answered(local.store->setVault({})));
        const auto push = answered(local.store->nextPush(1));
        QCOMPARE(push->size(), 1);
        QCOMPARE(push->first().record, firm);
        QVERIFY(local.unlock());
        QCOMPARE(answered(local.store->nextPush(10))->size(), 6);
    }

    // The first opening starts the feed again: pages that were under way before are not taken for its end.
    void pagesUnderWayDoNotEndTheNewReading()
    {
        TestStore local;
        QVERIFY(local.open());
        const Id firm = Id::create(local.clock);
        QVERIFY(local.pull({stateOf(u"travel_firm"_s, firm, 1, {{u"name"_s, u"Bến Thành"_s}, {u"kind"_s, u"domestic"_s}})}));
        QVERIFY(local.edit(u"travel_firm"_s, firm, u"name"_s, u"Bến Nghé"_s));
        QVERIFY(answered(local.store->setVault(secrets)));
        QCOMPARE(local.pull({}).error().code, ErrorCode::Busy);
        QCOMPARE(local.record(u"travel_firm"_s, firm)->record.text(u"name"_s), u"Bến Nghé"_s);
        QVERIFY(answered(local.store->cursor())->isNull());
        QVERIFY(local.pull({stateOf(u"travel_firm"_s, firm, 1, {{u"name"_s, u"Bến Thành"_s}, {u"kind"_s, u"domestic"_s}})}));
        QCOMPARE(local.record(u"travel_firm"_s, firm)->record.text(u"name"_s), u"Bến Nghé"_s);
        QVERIFY(local.quarantine().isEmpty());
    }

    void whatWasDecidedWaitsForTheVault()
    {
        SealedStore local;
        Keys central;
        const Id id = Id::create(local.clock);
        const SealKey key = central.make();
        QVERIFY(local.pull({central.state(complaint, id, 1, reported(), key)}));
        QVERIFY(local.edit(complaint, id, phoneOf, otherPhone));
        const Id op = local.outbox().first().operation.op;
        QVERIFY(answered(local.store->applyAnswers({{.op = op, .outcome = Outcome::Conflict, .version = 2, .conflicts = {{phoneOf, phone, otherPhone, u"+84905555555"_s}}}})));
        QVERIFY(local.pull({central.state(complaint, id, 2, reported(u"+84905555555"_s), key)}));
        const auto keys = local.conflictKeys();
        QVERIFY(answered(local.store->setVault({})));
        const auto left = answered(local.store->settle(keys, Keep::Mine));
        QVERIFY(left && left->done == 0 && left->left == 1 && !left->why.isEmpty());
        QVERIFY(local.unlock());
        QVERIFY(answered(local.store->settle(keys, Keep::Mine)));
        QVERIFY(answered(local.store->setVault({})));
        QCOMPARE(answered(local.store->undoSettling()).error().code, ErrorCode::Unauthenticated);
        QVERIFY(local.unlock());
        QVERIFY(answered(local.store->undoSettling()));
        QCOMPARE(local.conflicts().size(), 1);
    }

    // What was erased is forgotten once nothing of it waits any more, what was sent of it as well; of a deleted record, too.
    void erasureComesAfterWhatWaited()
    {
        SealedStore local;
        Keys central;
        const Id busy = Id::create(local.clock);
        const Id gone = Id::create(local.clock);
        const SealKey key = central.make();
        Values rest = reportedByNobody();
        QVERIFY(local.pull({central.state(complaint, busy, 1, reported(), key), central.state(complaint, gone, 1, reported(), key)}));
        QVERIFY(local.edit(complaint, busy, phoneOf, otherPhone));
        const Id op = local.outbox().first().operation.op;
        Change deleted = central.state(complaint, gone, 3, {}, {});
        deleted.kind = Change::Kind::Deleted;
        QVERIFY(local.pull({central.state(complaint, busy, 2, rest, {}), deleted}));
        QCOMPARE(local.number(u"SELECT count(*) FROM _seal_key"_s), 1);
        QVERIFY(answered(local.store->applyAnswers({{.op = op, .outcome = Outcome::Conflict, .version = 2, .conflicts = {{phoneOf, phone, otherPhone, {}}}}})));
        QVERIFY(answered(local.store->settle(local.conflictKeys(), Keep::Central)));
        QVERIFY(local.reopen());
        QVERIFY(local.unlock());
        QCOMPARE(local.number(u"SELECT count(*) FROM _seal_key"_s), 0);
        const auto sent = local.sent(); // the key of what was sent is not with it
        QCOMPARE(sent.size(), 1);
        QVERIFY(sent.first().sealKey.isEmpty() && isSealed(sent.first().changes.first().newValue));
    }

    // What leaves this desk takes its key along, unless somebody's work waits that it opens.
    void whatLeavesTakesItsKeyAlong()
    {
        SealedStore local;
        Keys central;
        const Id deleted = Id::create(local.clock);
        const Id withdrawn = Id::create(local.clock);
        const Id busy = Id::create(local.clock);
        const SealKey key = central.make();
        QVERIFY(local.pull({central.state(complaint, deleted, 1, reported(), key), central.state(complaint, withdrawn, 1, reported(), key), central.state(complaint, busy, 1, reported(), key)}));
        QCOMPARE(local.number(u"SELECT count(*) FROM _seal_key"_s), 3);
        QVERIFY(local.edit(complaint, busy, phoneOf, otherPhone));
        Change gone = central.state(complaint, deleted, 2, {}, key);
        gone.kind = Change::Kind::Deleted;
        QList<Change> left{gone};
        for (const Id &id : {withdrawn, busy}) {
            left += central.state(complaint, id, 2, {}, {});
            left.last().kind = Change::Kind::Withdrawn;
        }
        QVERIFY(local.pull(left));
        QCOMPARE(local.number(u"SELECT count(*) FROM _seal_key"_s), 1);
        QCOMPARE(local.entries(EntryQuery::List::Quarantine).value(0).operation.changes.value(0).newValue, QCborValue(otherPhone));
        QVERIFY(local.pull({central.state(complaint, withdrawn, 3, reported(), key)})); // back in its unit
        QCOMPARE(local.text(withdrawn, phoneOf), phone);
        QCOMPARE(local.number(u"SELECT count(*) FROM _seal_key"_s), 2);
    }

    // Two desks make a key for one record: what waits here is sealed again with the one that central took.
    void centralHasAnotherKey()
    {
        SealedStore local;
        Keys central;
        const Id id = Id::create(local.clock);
        Values plain = reportedByNobody();
        QVERIFY(local.pull({central.state(complaint, id, 1, plain, {})}));
        QVERIFY(local.edit(complaint, id, nameOf, lanh));
        QVERIFY(local.edit(complaint, id, phoneOf, phone));
        const SealKey theirs = central.make();
        plain.insert(phoneOf, otherPhone);
        QVERIFY(local.pull({central.state(complaint, id, 2, plain, theirs)}));
        QCOMPARE(local.text(id, nameOf), lanh);
        const auto push = answered(local.store->nextPush(10));
        QCOMPARE(push->size(), 2);
        QVERIFY(push->first().sealKey.isEmpty());
        QCOMPARE(push->last().changes, (QList<FieldChange>{{phoneOf, {}, phone}}));
        // What central took of it shows in its state: nothing is doubted, nothing is left.
        plain.insert(nameOf, lanh);
        plain.insert(phoneOf, phone);
        QVERIFY(answered(local.store->applyAnswers({{.op = push->first().op, .outcome = Outcome::Merged, .version = 3}, {.op = push->last().op, .outcome = Outcome::Merged, .version = 4}})));
        QVERIFY(local.pull({central.state(complaint, id, 4, plain, theirs)}));
        QVERIFY(local.outbox().isEmpty());
        QVERIFY(!local.record(complaint, id)->pending);
        QCOMPARE(local.number(u"SELECT count(*) FROM _outbox"_s), 0);
        QVERIFY(!local.isOnDisk());
    }

    void whatCentralErasedIsGoneForGood()
    {
        SealedStore local;
        Keys central;
        const Id id = Id::create(local.clock);
        const SealKey key = central.make();
        QVERIFY(local.pull({central.state(complaint, id, 1, reported(), key)}));
        QCOMPARE(local.text(id, phoneOf), phone);
        QCOMPARE(local.number(u"SELECT count(*) FROM _seal_key"_s), 1);
        Values rest = reportedByNobody();
        QVERIFY(local.pull({central.state(complaint, id, 2, rest, {})}));
        QVERIFY(local.text(id, phoneOf).isEmpty());
        QCOMPARE(local.found(u"lành"_s), 0);
        QCOMPARE(local.number(u"SELECT count(*) FROM _seal_key"_s), 0);
        // Unless something of this desk still waits: that is somebody's work, and central's to decide.
        const Id busy = Id::create(local.clock);
        QVERIFY(local.pull({central.state(complaint, busy, 1, reported(), central.make())}));
        QVERIFY(local.edit(complaint, busy, phoneOf, otherPhone));
        QVERIFY(local.pull({central.state(complaint, busy, 2, rest, {})}));
        QCOMPARE(answered(local.store->nextPush(10))->first().changes, (QList<FieldChange>{{phoneOf, phone, otherPhone}}));
        QVERIFY(answered(local.store->applyAnswers({{.op = local.outbox().first().operation.op, .outcome = Outcome::Applied, .version = 3}})));
        Values again = rest;
        again.insert(phoneOf, otherPhone);
        QVERIFY(local.pull({central.state(complaint, busy, 3, again, central.make())}));
        QCOMPARE(local.text(busy, phoneOf), otherPhone);
        QVERIFY(local.edit(complaint, id, phoneOf, otherPhone));
        QVERIFY(local.edit(complaint, id, u"title"_s, u"Sửa"_s));
        QVERIFY(local.pull({central.state(complaint, id, 3, rest, {})}));
        QCOMPARE(answered(local.store->nextPush(10))->first().changes, (QList<FieldChange>{{phoneOf, {}, otherPhone}}));
    }

    // Central went back behind what it had: this desk's own is offered again, what it had pulled is there to be brought back.
    void whatCentralLostKeepsThem_data()
    {
        QTest::addColumn<bool>("own");
        QTest::addColumn<bool>("older");
        QTest::newRow("made here") << true << false;
        QTest::newRow("pulled") << false << false;
        QTest::newRow("pulled, an older state without them is left") << false << true;
        QTest::newRow("made here, an older state without them is left") << true << true;
    }

    void whatCentralLostKeepsThem()
    {
        QFETCH(bool, own);
        QFETCH(bool, older);
        SealedStore local;
        Keys central;
        const Id id = Id::create(local.clock);
        Values rest = reportedByNobody();
        SealKey key = central.make();
        QVERIFY(local.pull({central.state(complaint, id, 1, rest, {})}));
        if (own) {
            QVERIFY(local.edit(complaint, id, phoneOf, phone));
            const Operation sent = answered(local.store->nextPush(10))->first();
            key = SealKey::unpacked(sent.sealKey).value();
            QVERIFY(answered(local.store->applyAnswers({{.op = sent.op, .outcome = Outcome::Applied, .version = 2}})));
        }
        rest.insert(phoneOf, phone);
        QVERIFY(local.pull({central.state(complaint, id, 2, rest, key)}));
        QVERIFY(local.outbox().isEmpty());
        rest.remove(phoneOf);
        QVERIFY(answered(local.store->restartFeed()));
        QVERIFY(local.pull(older ? QList<Change>{central.state(complaint, id, 1, rest, {})} : QList<Change>(), false, Id::create(local.clock)));
        if (!own || !older) {
            const auto entries = local.quarantine();
            QCOMPARE(entries.size(), own ? 2 : 1); // the edit, and the record as it was
            const auto &changes = entries.last().operation.changes;
            QVERIFY(std::ranges::any_of(changes, [](const FieldChange &change) { return change.field == phoneOf && change.newValue == QCborValue(phone); }));
            QVERIFY(answered(local.store->retry({entries.last().key})));
        }
        const auto push = answered(local.store->nextPush(10));
        QVERIFY(!push->isEmpty());
        QVERIFY(std::ranges::any_of(push->first().changes, [](const FieldChange &change) { return change.field == phoneOf && change.newValue == QCborValue(phone); }));
        QVERIFY(!local.isOnDisk());
    }

    // The same from a snapshot of such a central.
    void aSnapshotOfAnOlderCentral()
    {
        SealedStore local;
        Keys central;
        const Id lost = Id::create(local.clock);
        const Id disputed = Id::create(local.clock);
        const SealKey keys[]{central.make(), central.make()};
        QVERIFY(local.pull({central.state(complaint, lost, 1, reported(), keys[0]), central.state(complaint, disputed, 1, reported(), keys[1])}));
        QVERIFY(local.edit(complaint, disputed, phoneOf, otherPhone));
        const Id op = local.outbox().first().operation.op;
        QVERIFY(answered(local.store->applyAnswers({{.op = op, .outcome = Outcome::Conflict, .version = 1, .conflicts = {{phoneOf, phone, otherPhone, phone}}}})));
        const Cursor cursor{.epoch = Id::create(local.clock), .sequence = 5, .schemaVersion = local.catalog->schemaVersion()};
        const QByteArray own = local.offer({central.state(complaint, disputed, 1, reported(), central.make())}, cursor); // central made another key for it meanwhile
        QVERIFY(!own.isEmpty());
        QVERIFY(answered(local.store->restartFeed()));
        QVERIFY(answered(local.store->adoptSnapshot(cursor, own)));
        QCOMPARE(local.conflicts().size(), 1);
        QCOMPARE(local.conflicts().first().values.mine, QCborValue(otherPhone));
        const auto entries = local.quarantine();
        QCOMPARE(entries.size(), 1);
        QVERIFY(std::ranges::any_of(entries.first().operation.changes, [](const FieldChange &change) { return change.newValue == QCborValue(phone); }));
        QVERIFY(!local.isOnDisk());
    }

    void aPageWithAKeyWaitsForTheVault()
    {
        SealedStore local;
        Keys central;
        const Id id = Id::create(local.clock);
        QVERIFY(answered(local.store->setVault({})));
        const Change change = central.state(complaint, id, 1, reported(), central.make());
        QCOMPARE(local.pull({change}).error().code, ErrorCode::Busy);
        QVERIFY(answered(local.store->cursor())->isNull());
        QVERIFY(local.unlock());
        QVERIFY(local.pull({change}));
        QCOMPARE(local.text(id, phoneOf), phone);
    }

    // A record that turned out to be another one keeps what was written about it, under that one's key.
    void theyFollowTheirRecord()
    {
        SealedStore local;
        Keys central;
        const Values person{{u"name"_s, u"Trần Thị Hà"_s}, {u"card_number"_s, u"101000001"_s}, {u"kind"_s, u"international"_s}};
        const Id there = Id::create(local.clock);
        const Id mine = Id::create(local.clock);
        QVERIFY(local.pull({central.state(guide, there, 1, person, {})}));
        QVERIFY(local.create(guide, mine, person));
        QVERIFY(local.edit(guide, mine, u"phone"_s, otherPhone));
        const auto push = answered(local.store->nextPush(10));
        QCOMPARE(push->size(), 2);
        QVERIFY(answered(local.store->applyAnswers({{.op = push->first().op, .outcome = Outcome::Duplicate, .version = 1, .duplicateOf = there}})));
        QCOMPARE(local.text(there, u"phone"_s, guide), otherPhone);
        QCOMPARE(local.text(mine, u"phone"_s, guide), otherPhone);
        QCOMPARE(answered(local.store->nextPush(10))->first().changes.first().newValue, QCborValue(otherPhone));
        Values known = person;
        known.insert(u"phone"_s, phone); // somebody else's, meanwhile: under a key that is another than ours
        QVERIFY(local.pull({central.state(guide, there, 2, known, central.make())}));
        QCOMPARE(local.text(there, u"phone"_s, guide), phone);
        QCOMPARE(answered(local.store->nextPush(10))->first().changes.first().newValue, QCborValue(otherPhone));
        QVERIFY(!local.isOnDisk());
    }

    void aSnapshotBringsItsKeys()
    {
        SealedStore local;
        Keys central;
        const Id waiting = Id::create(local.clock);
        const Id known = Id::create(local.clock);
        const Id fresh = Id::create(local.clock);
        const SealKey keys[]{central.make(), central.make()};
        QVERIFY(local.pull({central.state(complaint, known, 1, reported(), keys[0])}));
        QVERIFY(local.create(complaint, waiting, reported()));
        QVERIFY(local.edit(complaint, known, phoneOf, otherPhone));
        const Cursor cursor{.epoch = local.epoch, .sequence = 50, .schemaVersion = local.catalog->schemaVersion()};
        const QByteArray own = local.offer({central.state(complaint, known, 1, reported(), keys[0]), central.state(complaint, fresh, 1, reported(), keys[1])}, cursor);
        QVERIFY(!own.isEmpty());
        QVERIFY(answered(local.store->adoptSnapshot(cursor, own)));
        QCOMPARE(local.text(fresh, phoneOf), phone);
        QCOMPARE(local.text(known, phoneOf), otherPhone);
        QCOMPARE(local.text(waiting, nameOf), lanh);
        QCOMPARE(local.found(u"lành"_s), 3);
        QCOMPARE(answered(local.store->nextPush(10))->size(), 2);
        QVERIFY(local.reopen()); // the snapshot's secrets are kept, under the device's own
        QVERIFY(isSealed(local.record(complaint, fresh)->record.value(phoneOf)));
        QVERIFY(local.unlock());
        QCOMPARE(local.text(fresh, phoneOf), phone);
        QVERIFY(!local.isOnDisk());
    }

    // Settled, undone, tried again, sent to another desk: what was written stays what it was.
    void decisionsKeepThem()
    {
        SealedStore local;
        Keys central;
        const Id id = Id::create(local.clock);
        const SealKey key = central.make();
        QVERIFY(local.pull({central.state(complaint, id, 1, reported(), key)}));
        QVERIFY(local.edit(complaint, id, phoneOf, otherPhone));
        const auto refuse = [&] {
            const auto push = answered(local.store->nextPush(10));
            return answered(local.store->applyAnswers({{.op = push->first().op, .outcome = Outcome::Refused, .reason = ErrorCode::Denied, .message = u"no"_s}})).has_value();
        };
        QVERIFY(refuse());
        QCOMPARE(local.text(id, phoneOf), phone);
        QCOMPARE(local.quarantine().first().operation.changes.first().newValue, QCborValue(otherPhone));
        QVERIFY(answered(local.store->retry({local.quarantine().first().key})));
        QCOMPARE(local.text(id, phoneOf), otherPhone);
        QVERIFY(refuse());
        QVERIFY(answered(local.store->resend(local.quarantine().first().key, {{phoneOf, phone, u"0905555555"_s}})));
        QCOMPARE(local.text(id, phoneOf), u"+84905555555"_s);
        const QString path = local.folder + u"/entries"_s;
        QVERIFY(answered(local.store->exportEntries({local.outbox().first().key}, path)));
        SealedStore other;
        QVERIFY(other.pull({central.state(complaint, id, 1, reported(), key)}));
        QVERIFY(answered(other.store->importEntries(path, true)));
        QCOMPARE(other.text(id, phoneOf), u"+84905555555"_s);
        QVERIFY(!other.disk().contains("905555555"));
        const Operation mine = answered(local.store->nextPush(10))->first();
        QVERIFY(answered(local.store->applyAnswers({{.op = mine.op, .outcome = Outcome::Conflict, .version = 2, .conflicts = {{phoneOf, phone, u"+84905555555"_s, otherPhone}}}})));
        QVERIFY(local.pull({central.state(complaint, id, 2, reported(otherPhone), key)}));
        QVERIFY(answered(local.store->settle(local.conflictKeys(), Keep::Mine)));
        QCOMPARE(local.text(id, phoneOf), u"+84905555555"_s);
        QVERIFY(answered(local.store->undoSettling()));
        QCOMPARE(local.text(id, phoneOf), otherPhone);
        QVERIFY(answered(local.store->settle(local.conflictKeys(), Keep::Central)));
        QVERIFY(local.outbox().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestSealedSync)
#include "tst_sealedsync.moc"
