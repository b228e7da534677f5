// SPDX-License-Identifier: GPL-3.0-or-later
// Personal data on a device: nobody reads them on its disk, whoever is signed in reads them as before, and nothing saved is lost for it.
#include "sealedstore.h"

using namespace ioc;
using namespace ioc::test;
using namespace Qt::StringLiterals;

class TestSeals : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsReadableOnTheDisk()
    {
        SealedStore local;
        const Id id = Id::create(local.clock);
        QVERIFY(local.create(complaint, id, reported()));
        QVERIFY(local.edit(complaint, id, phoneOf, otherPhone));
        const Operation first = local.outbox().first().operation;
        QVERIFY(answered(local.store->applyAnswers({{.op = first.op, .outcome = Outcome::Applied, .version = 1},
                                                    {.op = local.outbox().last().operation.op, .outcome = Outcome::Conflict, .version = 1, .conflicts = {{phoneOf, phone, otherPhone, u"+84905555555"_s}}}})));
        QVERIFY(local.disk().contains("Chặt chém khách"));
        QVERIFY(!local.isOnDisk());
        QVERIFY(!local.disk().contains("905555555"));
        QCOMPARE(local.text(id, nameOf), lanh);
        QCOMPARE(local.conflicts().size(), 1);
        QCOMPARE(local.conflicts().first().values.theirs, QCborValue(u"+84905555555"_s));
        QCOMPARE(local.conflicts().first().values.mine, QCborValue(otherPhone));
        local.store.reset();
        QVERIFY(!local.isOnDisk());
    }

    void theyAreFoundByTheirWords()
    {
        SealedStore local;
        QVERIFY(local.create(complaint, Id::create(local.clock), reported()));
        QVERIFY(local.create(complaint, Id::create(local.clock), reported(otherPhone)));
        QCOMPARE(local.found(u"lành"_s), 2);
        QCOMPARE(local.found(u"nguyen thi lanh"_s), 2);
        QCOMPARE(local.found(u"0901234567"_s), 1);
        QCOMPARE(local.found(u"84907654321"_s), 1);
        QCOMPARE(local.found(u"chem lanh"_s), 2);
        QCOMPARE(local.found(u"090123"_s), 0); // whole words alone
        QCOMPARE(local.found(u"lan"_s), 0);
        QCOMPARE(answered(local.store->count({.type = complaint, .filters = {{phoneOf, Filter::Op::OneOf, {phone}}}})).error().code, ErrorCode::InvalidInput);
        QCOMPARE(answered(local.store->count({.type = complaint, .filters = {{phoneOf, Filter::Op::NotEmpty, {}}}})).value_or(-1), 2);
        QCOMPARE(local.found(u"hoa"_s), 0);
        const auto hits = answered(local.store->search(u"0901234567"_s, 10, false));
        QVERIFY(hits);
        QCOMPARE(hits->size(), 1);
        QCOMPARE(hits->first().record.text(phoneOf), phone);
        QCOMPARE(answered(local.store->firstPage({.type = complaint, .sortField = nameOf}, 10)).error().code, ErrorCode::InvalidInput);
    }

    void aLockedStoreTellsAndTakesNothingPersonal()
    {
        SealedStore local;
        const Id id = Id::create(local.clock);
        QVERIFY(local.create(complaint, id, reported()));
        QVERIFY(local.reopen());
        QVERIFY(local.store->isLocked());
        QVERIFY(isSealed(local.record(complaint, id)->record.value(phoneOf)));
        QCOMPARE(local.text(id, u"title"_s), u"Chặt chém khách"_s);
        QCOMPARE(local.found(u"lành"_s), 0);
        QCOMPARE(local.edit(complaint, id, phoneOf, otherPhone).error().code, ErrorCode::Unauthenticated);
        QVERIFY(local.edit(complaint, id, u"title"_s, u"Sửa"_s)); // what is nobody's secret
        QVERIFY(answered(local.store->nextPush(10))->isEmpty());
        QCOMPARE(answered(local.store->exportEntries({local.outbox().first().key}, local.folder + u"/x"_s)).error().code, ErrorCode::Unauthenticated);
        QVERIFY(local.unlock());
        QVERIFY(!local.store->isLocked());
        QCOMPARE(local.text(id, phoneOf), phone);
        QTRY_COMPARE(local.found(u"lành"_s), 1); // the row was written anew while its words could not be told
        QCOMPARE(local.found(u"0901234567"_s), 1);
        QCOMPARE(answered(local.store->nextPush(10))->size(), 2);
        QVERIFY(answered(local.store->setVault({})));
        QVERIFY(local.store->isLocked());
    }

    // Another central's secrets open nothing, lose nothing, and give way when the first ones come back.
    void otherSecrets()
    {
        SealedStore local;
        const Id id = Id::create(local.clock);
        QVERIFY(local.create(complaint, id, reported()));
        QVERIFY(local.reopen());
        QVERIFY(local.unlock(QByteArray(64, 'w')));
        QVERIFY(isSealed(local.record(complaint, id)->record.value(phoneOf)));
        QVERIFY(answered(local.store->nextPush(10))->isEmpty()); // sealed texts are never sent
        QVERIFY(local.create(u"travel_firm"_s, Id::create(local.clock), {{u"name"_s, u"Bến Thành"_s}, {u"kind"_s, u"domestic"_s}}));
        QCOMPARE(answered(local.store->nextPush(10))->size(), 1); // and hold up nothing else
        QVERIFY(!local.unlock(QByteArray(63, 'w')));
        QVERIFY(local.reopen());
        QVERIFY(local.unlock());
        QCOMPARE(local.text(id, phoneOf), phone);
        local.clock.advance(61'000); // it was held, with the reason
        QCOMPARE(answered(local.store->nextPush(10))->size(), 2);
    }

    // Work done on a person's word alone, and then central knows the device by another name: nothing of it is lost.
    void anotherVaultTakesOver()
    {
        SealedStore local;
        Keys central;
        const Id id = Id::create(local.clock);
        const Id pulled = Id::create(local.clock);
        const SealKey key = central.make();
        QVERIFY(local.pull({central.state(complaint, pulled, 1, reported(), key)}));
        QVERIFY(local.create(complaint, id, reported()));
        QVERIFY(local.edit(complaint, pulled, phoneOf, otherPhone));
        QVERIFY(local.unlock(QByteArray(64, 'w')));
        QVERIFY(answered(local.store->cursor())->isNull());
        QCOMPARE(local.text(id, phoneOf), phone);
        QCOMPARE(local.text(pulled, phoneOf), otherPhone);
        QCOMPARE(answered(local.store->nextPush(10))->size(), 2);
        QVERIFY(local.reopen());
        QVERIFY(local.unlock(QByteArray(64, 'w')));
        QCOMPARE(local.text(id, phoneOf), phone);
        // The first one back, with nothing of the other's at hand: central sends the keys again.
        QVERIFY(local.reopen());
        QVERIFY(local.unlock());
        QVERIFY(isSealed(local.record(complaint, pulled)->record.value(phoneOf)));
        QVERIFY(answered(local.store->cursor())->isNull());
        QVERIFY(local.pull({central.state(complaint, pulled, 1, reported(), key)}));
        QCOMPARE(local.text(pulled, nameOf), lanh);
    }

    // What is nobody's secret may read like a sealed text: it stays what it is, and holds up nothing.
    void publicTextsThatLookSealed()
    {
        SealedStore local;
        const Id id = Id::create(local.clock);
        const QString text = sealedText(u"x"_s, Keys().make(), {complaint, id, u"description"_s}).value();
        Values values = reported();
        values.insert(u"description"_s, text);
        QVERIFY(local.create(complaint, id, values));
        QVERIFY(local.edit(complaint, id, u"description"_s, text + u"x"_s));
        QCOMPARE(answered(local.store->nextPush(10))->size(), 2);
        QCOMPARE(local.text(id, u"description"_s), text + u"x"_s);
    }

    void closingWins()
    {
        SealedStore local;
        QVERIFY(answered(local.store->setVault({})));
        auto opening = local.store->setVault(secrets);
        (void)local.store->setVault({});
        (void)answered(opening);
        QVERIFY(local.store->isLocked());
    }

    void aLostDatabaseLosesNoneOfThem()
    {
        SealedStore local;
        const Id id = Id::create(local.clock);
        QVERIFY(local.create(complaint, id, reported()));
        QVERIFY(local.loseDatabase());
        QVERIFY(local.store->isLocked());
        QVERIFY(local.unlock());
        QCOMPARE(local.text(id, phoneOf), phone);
        const auto push = answered(local.store->nextPush(10));
        QCOMPARE(push->size(), 1);
        QVERIFY(push->first().sealKey.isEmpty()); // central may have one by now: it makes another where it has none
        QVERIFY(!local.isOnDisk());
    }

    // What was pulled and edited: its key comes with the journal, before the feed brings it again.
    void anEditSurvivesALostDatabase()
    {
        SealedStore local;
        Keys central;
        const Id id = Id::create(local.clock);
        const SealKey key = central.make();
        QVERIFY(local.pull({central.state(complaint, id, 1, reported(), key)}));
        QVERIFY(local.edit(complaint, id, phoneOf, otherPhone));
        QVERIFY(local.loseDatabase());
        QVERIFY(local.unlock());
        QCOMPARE(answered(local.store->nextPush(10))->first().changes, (QList<FieldChange>{{phoneOf, phone, otherPhone}}));
        QVERIFY(local.pull({central.state(complaint, id, 1, reported(), key)}));
        QCOMPARE(local.text(id, phoneOf), otherPhone);
        const auto push = answered(local.store->nextPush(10));
        QCOMPARE(push->first().changes, (QList<FieldChange>{{phoneOf, phone, otherPhone}}));
        QVERIFY(push->first().sealKey.isEmpty());
    }

    // A person may be called what sealed texts begin with.
    void textsThatLookSealed()
    {
        SealedStore local;
        const Id id = Id::create(local.clock);
        Values values = reported();
        values.insert(nameOf, u"sealed:x"_s);
        QVERIFY(local.create(complaint, id, values));
        QCOMPARE(local.text(id, nameOf), u"sealed:x"_s);
        QVERIFY(answered(local.store->exportEntries({local.outbox().first().key}, local.folder + u"/x"_s)));
        const auto push = answered(local.store->nextPush(10));
        QVERIFY(std::ranges::any_of(push->first().changes, [](const FieldChange &change) { return change.newValue == QCborValue(u"sealed:x"_s); }));
    }

    // Former values in a timeline entry, as its own record's.
    void formerValuesAreSealed()
    {
        SealedStore local;
        const Id parent = Id::create(local.clock);
        QVERIFY(local.create(complaint, parent, reported()));
        const auto entry = [&](const QString &before) {
            const Id id = Id::create(local.clock);
            return local.create(timeline, id, {{u"complaint"_s, parent.toString()}, {u"kind"_s, u"edit"_s}, {u"at"_s, qint64(1'780'000'000'000)}, {u"before"_s, before}}) ? id : Id();
        };
        const QString personal = uR"({"reporter_phone":"+84901234567"})"_s;
        const Id sealed = entry(personal);
        const Id plain = entry(uR"({"title":"Cũ"})"_s);
        QVERIFY(!sealed.isNull() && !plain.isNull());
        QCOMPARE(local.text(sealed, u"before"_s, timeline), personal);
        QVERIFY(!local.isOnDisk());
        QCOMPARE(local.number(u"SELECT count(*) FROM timeline_entry WHERE before LIKE '%title%'"_s), 1);
    }

    // A store of a former version holds them open.
    void whatWasOpenIsSealed()
    {
        TestStore before;
        QVERIFY(before.open());
        Keys central;
        const Id pulled = Id::create(before.clock);
        const Id edited = Id::create(before.clock);
        const Id made = Id::create(before.clock);
        QVERIFY(before.pull({stateOf(complaint, pulled, 1, reported()), stateOf(complaint, edited, 1, reported())}));
        QVERIFY(before.edit(complaint, edited, phoneOf, otherPhone));
        const Id sent = before.outbox().first().operation.op;
        QVERIFY(answered(before.store->applyAnswers({{.op = sent, .outcome = Outcome::Conflict, .version = 2, .conflicts = {{phoneOf, phone, otherPhone, phone}}}})));
        QVERIFY(before.pull({stateOf(complaint, edited, 2, reported())}));
        QVERIFY(before.edit(complaint, edited, nameOf, u"Trần Văn Lành"_s));
        QVERIFY(before.create(complaint, made, reported()));
        QVERIFY(answered(before.store->setVault(secrets)));
        QVERIFY(answered(before.store->cursor())->isNull()); // the feed comes again
        QCOMPARE(before.record(complaint, edited)->record.text(nameOf), u"Trần Văn Lành"_s);
        QCOMPARE(before.conflicts().first().values.mine, QCborValue(otherPhone));
        QCOMPARE(answered(before.store->nextPush(10))->size(), 2);
        const SealKey key = central.make();
        QVERIFY(before.pull({central.state(complaint, pulled, 1, reported(), key), central.state(complaint, edited, 2, reported(), key)}));
        QCOMPARE(before.record(complaint, pulled)->record.text(phoneOf), phone);
        // What both numbers begin with, and long enough: three characters turn up in sealed texts by chance.
        const auto connection = db::Connection::open({.path = before.folder + u"/store.sqlite"_s, .readOnly = true, .mayCreate = false});
        for (const auto &sql : {u"SELECT count(*) FROM complaint WHERE reporter_phone LIKE '+84%' OR reporter_name LIKE '%nh'"_s, u"SELECT count(*) FROM _outbox WHERE instr(packed, '+8490')>0"_s,
                                u"SELECT count(*) FROM _sent WHERE instr(packed, '+8490')>0"_s, u"SELECT count(*) FROM _conflict WHERE instr(packed, '+8490')>0 OR words LIKE '%8490%'"_s, u"SELECT count(*) FROM _base_state WHERE instr(packed, '+8490')>0"_s})
            QCOMPARE((*connection)->integer(sql).value_or(-1), 0);
        QFile journal(before.folder + u"/operations.journal"_s);
        QVERIFY(journal.open(QFile::ReadOnly));
        QVERIFY(!journal.readAll().contains("+8490"));
    }
};

QTEST_GUILESS_MAIN(TestSeals)
#include "tst_seals.moc"
