// SPDX-License-Identifier: GPL-3.0-or-later
// Personal data on a device: nobody reads them on its disk, whoever is signed in reads them as before, and nothing saved is lost for it.
#include "../support/teststore.h"

#include <access/sealedtext.h>
#include <access/vault.h>
#include <db/connection.h>
#include <store/snapshotwriter.h>

#include <QDirIterator>

using namespace ioc;
using namespace ioc::test;
using namespace Qt::StringLiterals;

namespace {

const QString complaint = u"complaint"_s;
const QString guide = u"guide"_s;
const QString timeline = u"timeline_entry"_s;
const QString nameOf = u"reporter_name"_s;
const QString phoneOf = u"reporter_phone"_s;
const QString lanh = u"Nguyễn Thị Lành"_s;
const QString phone = u"+84901234567"_s;
const QString otherPhone = u"+84907654321"_s;
const QByteArray secrets(64, 'v');

Values reported(const QString &number = phone)
{
    return {{u"title"_s, u"Chặt chém khách"_s}, {u"category"_s, u"price"_s}, {u"priority"_s, u"3_normal"_s}, {u"status"_s, u"new"_s}, {u"received_at"_s, qint64(1'760'000'000'000)}, {nameOf, lanh}, {phoneOf, number}};
}

/// Central, as far as keys are concerned.
struct Keys
{
    Change state(const QString &type, const Id &id, qint64 version, Values values, const SealKey &key)
    {
        for (auto at = values.begin(); at != values.end(); ++at) {
            const bool personal = at.key() == nameOf || at.key() == phoneOf || (type == guide && at.key() == u"phone") || at.key() == u"before";
            if (personal && !key.id.isNull())
                at.value() = sealedText(at.value().toString(), key, {type, id, at.key()}).value();
        }
        Change change = stateOf(type, id, version, values);
        change.sealKey = key.packed();
        return change;
    }
    SealKey make() { return SealKey::create(clock).value(); }
    ManualClock clock{1'760'000'000'000};
};

/// A store whose vault is open.
struct SealedStore : TestStore
{
    SealedStore() { QVERIFY(open() && unlock()); }
    Result<void> unlock(const QByteArray &with = secrets) { return answered(store->setVault(with)); }
    [[nodiscard]] QString text(const Id &id, const QString &field, const QString &type = complaint)
    {
        const auto row = record(type, id);
        return row ? row->record.text(field) : u"–"_s;
    }
    qint64 found(const QString &words) { return answered(store->count({.type = complaint, .text = words})).value_or(-1); }
    qint64 number(const QString &sql)
    {
        const auto connection = db::Connection::open({.path = folder + u"/store.sqlite"_s, .readOnly = true, .mayCreate = false});
        return connection ? (*connection)->integer(sql).value_or(-1) : -1;
    }
    /// All bytes of all files in the folder.
    [[nodiscard]] QByteArray disk() const
    {
        QByteArray out;
        QDirIterator files(folder, QDir::Files);
        while (files.hasNext()) {
            QFile file(files.next());
            if (file.open(QFile::ReadOnly))
                out += file.readAll();
        }
        return out;
    }
    [[nodiscard]] bool isOnDisk() const
    {
        const QByteArray all = disk();
        return std::ranges::any_of(std::initializer_list<QByteArray>{"Lành", "lanh", "901234567", "907654321"}, [&](const QByteArray &secret) { return all.contains(secret); });
    }
};

} // namespace

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
        Values rest = reported();
        rest.remove(phoneOf);
        rest.remove(nameOf);
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
        QCOMPARE(local.number(u"SELECT count(*) FROM _sent WHERE length(packed)>500"_s), 0); // the key of what was sent is not with it
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

    // Two desks make a key for one record: what waits here is sealed again with the one that central took.
    void centralHasAnotherKey()
    {
        SealedStore local;
        Keys central;
        const Id id = Id::create(local.clock);
        Values plain = reported();
        plain.remove(phoneOf);
        plain.remove(nameOf);
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
        Values rest = reported();
        rest.remove(phoneOf);
        rest.remove(nameOf);
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

    void aLostDatabaseLosesNoneOfThem()
    {
        SealedStore local;
        const Id id = Id::create(local.clock);
        QVERIFY(local.create(complaint, id, reported()));
        local.store.reset();
        for (const auto &name : {u"/store.sqlite"_s, u"/store.sqlite-wal"_s, u"/store.sqlite-shm"_s})
            QFile::remove(local.folder + name);
        QVERIFY(local.reopen());
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
        local.store.reset();
        for (const auto &name : {u"/store.sqlite"_s, u"/store.sqlite-wal"_s, u"/store.sqlite-shm"_s})
            QFile::remove(local.folder + name);
        QVERIFY(local.reopen());
        QVERIFY(local.unlock());
        QCOMPARE(answered(local.store->nextPush(10))->first().changes, (QList<FieldChange>{{phoneOf, phone, otherPhone}}));
        QVERIFY(local.pull({central.state(complaint, id, 1, reported(), key)}));
        QCOMPARE(local.text(id, phoneOf), otherPhone);
        const auto push = answered(local.store->nextPush(10));
        QCOMPARE(push->first().changes, (QList<FieldChange>{{phoneOf, phone, otherPhone}}));
        QVERIFY(push->first().sealKey.isEmpty());
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
        Values rest = reported();
        rest.remove(phoneOf);
        rest.remove(nameOf);
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
        const VaultSecrets own{QByteArray(32, 's'), secrets.last(32)};
        const auto vault = std::make_shared<Vault>();
        vault->open(own);
        const TypeTables tables(local.catalog, vault);
        const SealKey other = central.make(); // central made another key for it meanwhile
        {
            SnapshotWriter writer(tables);
            QVERIFY(writer.begin(local.store->incomingSnapshot()));
            QVERIFY(writer.add(central.state(complaint, disputed, 1, reported(), other).record, other));
            QVERIFY(writer.finish(cursor));
        }
        QVERIFY(answered(local.store->restartFeed()));
        QVERIFY(answered(local.store->adoptSnapshot(cursor, own.packed())));
        QCOMPARE(local.conflicts().size(), 1);
        QCOMPARE(local.conflicts().first().values.mine, QCborValue(otherPhone));
        const auto entries = local.quarantine();
        QCOMPARE(entries.size(), 1);
        QVERIFY(std::ranges::any_of(entries.first().operation.changes, [](const FieldChange &change) { return change.newValue == QCborValue(phone); }));
        QVERIFY(!local.isOnDisk());
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
        const auto connection = db::Connection::open({.path = before.folder + u"/store.sqlite"_s, .readOnly = true, .mayCreate = false});
        for (const auto &sql : {u"SELECT count(*) FROM complaint WHERE reporter_phone LIKE '+84%' OR reporter_name LIKE '%nh'"_s, u"SELECT count(*) FROM _outbox WHERE instr(packed, '90')>0 AND instr(packed, '+84')>0"_s,
                                u"SELECT count(*) FROM _sent WHERE instr(packed, '+84')>0"_s, u"SELECT count(*) FROM _conflict WHERE instr(packed, '+84')>0 OR words LIKE '%84%'"_s, u"SELECT count(*) FROM _base_state WHERE instr(packed, '+84')>0"_s})
            QCOMPARE((*connection)->integer(sql).value_or(-1), 0);
        QFile journal(before.folder + u"/operations.journal"_s);
        QVERIFY(journal.open(QFile::ReadOnly));
        QVERIFY(!journal.readAll().contains("+84"));
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
        const VaultSecrets own{QByteArray(32, 's'), secrets.last(32)};
        const auto vault = std::make_shared<Vault>();
        vault->open(own);
        const TypeTables tables(local.catalog, vault);
        const Cursor cursor{.epoch = local.epoch, .sequence = 50, .schemaVersion = local.catalog->schemaVersion()};
        {
            SnapshotWriter writer(tables);
            QVERIFY(writer.begin(local.store->incomingSnapshot()));
            QVERIFY(writer.add(central.state(complaint, known, 1, reported(), keys[0]).record, keys[0]));
            QVERIFY(writer.add(central.state(complaint, fresh, 1, reported(), keys[1]).record, keys[1]));
            QVERIFY(writer.finish(cursor));
        }
        QVERIFY(answered(local.store->adoptSnapshot(cursor, own.packed())));
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

QTEST_GUILESS_MAIN(TestSeals)
#include "tst_seals.moc"
