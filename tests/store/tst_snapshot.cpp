// SPDX-License-Identifier: GPL-3.0-or-later
#include "../support/teststore.h"

#include <store/snapshotwriter.h>

#include <QSignalSpy>

using namespace ioc;
using namespace ioc::test;
using namespace Qt::StringLiterals;

namespace {

const QString firmType = u"travel_firm"_s;

Values firm(const QString &name, const QString &address = {})
{
    Values values{{u"name"_s, name}, {u"kind"_s, u"domestic"_s}};
    if (!address.isEmpty())
        values.insert(u"address"_s, address);
    return values;
}

/// A store that is opened, and snapshots for it.
struct Started : TestStore
{
    Started()
    {
        if (const auto report = open(); !report)
            qFatal("%s", qPrintable(report.error().detail));
    }
    [[nodiscard]] Cursor cursorAt(qint64 at) const { return {.epoch = epoch, .sequence = at, .schemaVersion = catalog->schemaVersion()}; }
    /// Leaves a snapshot of \a records where the store takes it from.
    void offer(const QList<Record> &records, const Cursor &cursor)
    {
        SnapshotWriter writer(tables);
        if (!writer.begin(store->incomingSnapshot()))
            qFatal("cannot begin");
        for (const Record &record : records) {
            if (!writer.add(record))
                qFatal("cannot add");
        }
        if (!writer.finish(cursor))
            qFatal("cannot finish");
    }
    Result<void> adopt(const Cursor &cursor) { return answered(store->adoptSnapshot(cursor)); }
    Record state(const Id &id, qint64 version, const Values &values) const { return {.type = firmType, .id = id, .version = version, .values = values}; }
    QString name(const Id &id)
    {
        const auto row = record(firmType, id);
        return row ? row->record.text(u"name"_s) : u"–"_s;
    }

    TypeTables tables{catalog};
};

} // namespace

/// Central's snapshot in the place of the store.
class TestSnapshot : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void emptyStoreTakesItAndGoesOn()
    {
        Started local;
        const Id device = local.store->device();
        const Id a = Id::create(local.clock);
        const Id b = Id::create(local.clock);
        local.offer({local.state(a, 3, firm(u"Hoa Sen"_s)), local.state(b, 1, firm(u"Bến Thành"_s))}, local.cursorAt(70));
        QSignalSpy changed(local.store.get(), &LocalStore::changed);
        const auto done = local.adopt(local.cursorAt(70));
        QVERIFY2(done, done ? "" : qPrintable(done.error().message + done.error().detail));
        QTRY_COMPARE(changed.size(), 1);
        QVERIFY(changed.first().first().value<StoreChange>().everything);
        QCOMPARE(answered(local.store->cursor()).value(), local.cursorAt(70));
        QCOMPARE(local.name(a), u"Hoa Sen"_s);
        QCOMPARE(local.record(firmType, a)->record.version, 3);
        QCOMPARE(*answered(local.store->count({.type = firmType, .text = u"ben thanh"_s})), 1);
        QCOMPARE(local.store->device(), device);
        QVERIFY(!QFile::exists(local.store->incomingSnapshot()));
        QVERIFY(local.edit(firmType, a, u"name"_s, u"Hoa Sen Vàng"_s));
        local.sequence = 70;
        QVERIFY(local.pull({stateOf(firmType, b, 2, firm(u"Bến Thành 2"_s))}));
        const auto report = local.reopen();
        QVERIFY(report && report->damagedFile.isEmpty() && report->rescuedOperations == 0);
        QCOMPARE(local.store->device(), device);
        QCOMPARE(local.name(a), u"Hoa Sen Vàng"_s);
        QCOMPARE(local.name(b), u"Bến Thành 2"_s);
        QCOMPARE(answered(local.store->nextPush(10))->size(), 1);
    }

    void whatOnlyThisDeviceKnowsIsCarriedOver()
    {
        Started local;
        const Id edited = Id::create(local.clock);
        const Id refused = Id::create(local.clock);
        const Id disputed = Id::create(local.clock);
        const Id merged = Id::create(local.clock);
        const Id target = Id::create(local.clock);
        const Id mine = Id::create(local.clock);
        QVERIFY(local.pull({stateOf(firmType, edited, 1, firm(u"cũ"_s)), stateOf(firmType, refused, 1, firm(u"cũ"_s)), stateOf(firmType, disputed, 1, firm(u"cũ"_s)),
                            stateOf(firmType, target, 1, firm(u"gốc"_s))}));
        QVERIFY(local.create(firmType, mine, firm(u"mới"_s)));
        QVERIFY(local.edit(firmType, edited, u"name"_s, u"của tôi"_s));
        const Id bad = local.edit(firmType, refused, u"name"_s, u"sai"_s)->operations.first();
        const Id contested = local.edit(firmType, disputed, u"name"_s, u"của tôi"_s)->operations.first();
        const Id twin = local.create(firmType, merged, firm(u"trùng"_s))->operations.first();
        QVERIFY(answered(local.store->applyAnswers({{.op = bad, .outcome = Outcome::Refused, .reason = ErrorCode::Denied, .message = u"Không được"_s},
                                                    {.op = contested, .outcome = Outcome::Conflict, .version = 2, .conflicts = {{u"name"_s, u"cũ"_s, u"của tôi"_s, u"của họ"_s}}},
                                                    {.op = twin, .outcome = Outcome::Duplicate, .version = 1, .duplicateOf = target}})));
        const auto pushBefore = answered(local.store->nextPush(100));
        const auto quarantineBefore = local.quarantine();
        const auto conflictsBefore = local.conflicts();
        const StoreStatus statusBefore = local.store->status();
        QCOMPARE(pushBefore->size(), 2);
        QCOMPARE(conflictsBefore.size(), 1);

        local.offer({local.state(edited, 4, firm(u"của họ"_s, u"1 Lê Lợi"_s)), local.state(refused, 1, firm(u"cũ"_s)), local.state(disputed, 2, firm(u"của họ"_s)), local.state(target, 1, firm(u"gốc"_s))},
                    local.cursorAt(90));
        const auto done = local.adopt(local.cursorAt(90));
        QVERIFY2(done, done ? "" : qPrintable(done.error().message + done.error().detail));
        for (int round = 0; round < 2; ++round) { // and after a new start
            const auto push = answered(local.store->nextPush(100));
            QCOMPARE(*push, *pushBefore);
            QCOMPARE(local.quarantine().size(), quarantineBefore.size());
            QCOMPARE(local.quarantine().first().message, u"Không được"_s);
            QCOMPARE(local.conflicts().first().op, contested);
            QTRY_COMPARE(local.store->status(), statusBefore);
            QCOMPARE(local.name(mine), u"mới"_s);
            QVERIFY(local.record(firmType, mine)->pending);
            QCOMPARE(local.record(firmType, edited)->record.text(u"address"_s), u"1 Lê Lợi"_s); // central's newer state, the pending edit on top
            QVERIFY(local.record(firmType, edited)->pending);
            QCOMPARE(local.name(disputed), u"của họ"_s);
            QVERIFY(!local.record(firmType, disputed)->pending); // the snapshot shows what the conflict was answered with
            QCOMPARE(local.name(merged), u"gốc"_s); // the record it became
            const auto report = local.reopen();
            QVERIFY(report && report->rescuedOperations == 0);
        }
        // An edit of the alias still reaches the record it became.
        QVERIFY(answered(local.store->applyAnswers({{.op = pushBefore->first().op, .outcome = Outcome::Applied, .version = 1}})));
    }

    void newerThanTheSnapshotIsKeptUntilTheFeedHasPassed()
    {
        Started local;
        const Id stays = Id::create(local.clock);
        const Id gone = Id::create(local.clock);
        QVERIFY(local.pull({stateOf(firmType, stays, 1, firm(u"cũ"_s, u"a"_s)), stateOf(firmType, gone, 1, firm(u"cũ"_s))}));
        QVERIFY(local.edit(firmType, stays, u"name"_s, u"của tôi"_s));
        QVERIFY(local.edit(firmType, gone, u"name"_s, u"của tôi"_s));
        QVERIFY(answered(local.store->restartFeed()));
        local.offer({}, local.cursorAt(2)); // made before either was
        QVERIFY(local.adopt(local.cursorAt(2)));
        QCOMPARE(local.name(stays), u"của tôi"_s);
        QCOMPARE(local.name(gone), u"của tôi"_s);
        QCOMPARE(local.store->status().quarantine, 0);
        local.sequence = 5;
        QVERIFY(local.pull({stateOf(firmType, stays, 2, firm(u"cũ"_s, u"b"_s))}));
        QCOMPARE(local.record(firmType, stays)->record.text(u"address"_s), u"b"_s);
        QCOMPARE(local.name(stays), u"của tôi"_s);
        QVERIFY(!local.record(firmType, gone)); // the feed has passed without it
        QTRY_COMPARE(local.store->status().quarantine, 2); // the edit, and what would bring the record back
    }

    void anotherEpochOffersWhatWasSentAgain()
    {
        Started local;
        const Id mine = Id::create(local.clock);
        QVERIFY(local.create(firmType, mine, firm(u"mới"_s)));
        const auto sent = answered(local.store->nextPush(10));
        QVERIFY(answered(local.store->applyAnswers({{.op = sent->first().op, .outcome = Outcome::Applied, .version = 1}})));
        QVERIFY(local.pull({stateOf(firmType, mine, 1, firm(u"mới"_s))}));
        QVERIFY(answered(local.store->nextPush(10))->isEmpty());
        local.epoch = Id::create(local.clock); // central went back to before that
        QVERIFY(answered(local.store->restartFeed()));
        local.offer({}, local.cursorAt(1));
        QVERIFY(local.adopt(local.cursorAt(1)));
        QCOMPARE(*answered(local.store->nextPush(10)), *sent);
        QCOMPARE(local.name(mine), u"mới"_s);
    }

    // With the same epoch: an old copy of its database, which said itself that it lacks an answer.
    void lostAnswersAreSentAgainWithTheSnapshot()
    {
        Started local;
        const Id mine = Id::create(local.clock);
        const Id sent = local.create(firmType, mine, firm(u"mới"_s))->operations.first();
        QVERIFY(local.pull({}));
        QVERIFY(answered(local.store->applyAnswers({{.op = sent, .outcome = Outcome::Applied, .version = 1}})));
        QVERIFY(local.pull({stateOf(firmType, mine, 1, firm(u"mới"_s))}));
        const Id waits = local.create(firmType, Id::create(local.clock), firm(u"sau"_s))->operations.first();
        QVERIFY(answered(local.store->restartFeed(LocalStore::Restart::AnswersLost)));
        QVERIFY(answered(local.store->nextPush(10))->isEmpty());
        local.offer({}, local.cursorAt(1));
        QVERIFY(local.adopt(local.cursorAt(1)));
        const auto push = answered(local.store->nextPush(10));
        QCOMPARE(push->size(), 2);
        QCOMPARE(push->first().op, sent);
        QCOMPARE(push->last().op, waits);
        QCOMPARE(local.name(mine), u"mới"_s);
    }

    void answeredLaterThanTheSnapshotStaysShown()
    {
        Started local;
        const Id id = Id::create(local.clock);
        QVERIFY(local.pull({stateOf(firmType, id, 1, firm(u"cũ"_s))}));
        const Id op = local.edit(firmType, id, u"name"_s, u"của tôi"_s)->operations.first();
        QVERIFY(answered(local.store->applyAnswers({{.op = op, .outcome = Outcome::Applied, .version = 2}})));
        local.offer({local.state(id, 1, firm(u"cũ"_s))}, local.cursorAt(3));
        QVERIFY(local.adopt(local.cursorAt(3)));
        QCOMPARE(local.name(id), u"của tôi"_s); // no flicker back
        local.sequence = 10;
        QVERIFY(local.pull({stateOf(firmType, id, 2, firm(u"của tôi"_s))}));
        QVERIFY(!local.record(firmType, id)->pending);
    }

    void unsuitableIsRefusedAndTheStoreGoesOn_data()
    {
        QTest::addColumn<QString>("what");
        for (const char *what : {"another schema", "another cursor", "no database", "no file", "a database of something else"})
            QTest::newRow(what) << QString::fromLatin1(what);
    }

    void unsuitableIsRefusedAndTheStoreGoesOn()
    {
        QFETCH(QString, what);
        Started local;
        const Id id = Id::create(local.clock);
        QVERIFY(local.create(firmType, id, firm(u"mới"_s)));
        Cursor cursor = local.cursorAt(9);
        if (what == u"another schema")
            ++cursor.schemaVersion;
        if (what != u"no file")
            local.offer({local.state(Id::create(local.clock), 1, firm(u"x"_s))}, cursor);
        if (what == u"another cursor")
            ++cursor.sequence;
        if (what == u"no database") {
            QFile file(local.store->incomingSnapshot());
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(QByteArray(100'000, 'x')) > 0);
        }
        if (what == u"a database of something else") {
            QFile::remove(local.store->incomingSnapshot());
            const auto other = db::Connection::open({.path = local.store->incomingSnapshot()});
            QVERIFY(other && (*other)->exec(u"CREATE TABLE x (y)"_s));
        }
        const auto done = local.adopt(cursor);
        QVERIFY(!done);
        QVERIFY(!done.error().message.isEmpty());
        if (what == u"another schema" || what == u"another cursor" || what == u"a database of something else")
            QCOMPARE(done.error().code, ErrorCode::Unsupported);
        QCOMPARE(local.name(id), u"mới"_s);
        QVERIFY(answered(local.store->cursor())->isNull());
        QVERIFY(local.create(firmType, Id::create(local.clock), firm(u"nữa"_s)));
        const auto report = local.reopen();
        QVERIFY(report && report->damagedFile.isEmpty()); // the store is not to blame
        QCOMPARE(answered(local.store->nextPush(10))->size(), 2);
    }

    // Whoever reads or saves while the files change places is answered, and nothing saved is lost.
    void workGoesOnMeanwhile()
    {
        Started local;
        QList<Record> records;
        for (int i = 0; i < 6000; ++i) // enough for columns in memory
            records += local.state(Id::create(local.clock), 1, firm(u"Hãng %1"_s.arg(i)));
        QList<Change> before;
        for (int i = 0; i < 5500; ++i)
            before += stateOf(firmType, Id::create(local.clock), 1, firm(u"Cũ %1"_s.arg(i)));
        QVERIFY(local.pull(before));
        QCOMPARE(answered(local.store->keys({.type = firmType}))->size(), 5500);
        local.offer(records, local.cursorAt(80));
        const auto adopted = local.store->adoptSnapshot(local.cursorAt(80));
        QList<QFuture<Result<Saved>>> saves;
        QList<QFuture<Result<qint64>>> counts;
        QList<Id> ids;
        for (int i = 0; i < 50; ++i) {
            ids += Id::create(local.clock);
            Draft draft{.kind = OperationKind::Create, .type = firmType, .record = ids.last(), .changes = {{u"name"_s, {}, u"trong lúc đó"_s}, {u"kind"_s, {}, u"domestic"_s}}};
            saves += local.store->save({draft});
            counts += local.store->count({.type = firmType});
        }
        QVERIFY(answered(adopted));
        for (const auto &save : std::as_const(saves))
            QVERIFY(answered(save));
        for (const auto &count : std::as_const(counts))
            QVERIFY(answered(count));
        QCOMPARE(answered(local.store->keys({.type = firmType}))->size(), 6050);
        QCOMPARE(answered(local.store->keys({.type = firmType, .filters = {{u"kind"_s, Filter::Op::OneOf, {u"domestic"_s}}}}))->size(), 6050);
        QVERIFY(local.reopen());
        for (const Id &id : std::as_const(ids))
            QCOMPARE(local.name(id), u"trong lúc đó"_s);
        QCOMPARE(answered(local.store->nextPush(100))->size(), 50);
    }
};

QTEST_GUILESS_MAIN(TestSnapshot)
#include "tst_snapshot.moc"
