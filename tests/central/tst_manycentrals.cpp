// SPDX-License-Identifier: GPL-3.0-or-later
#include "centralfixture.h"

#include <central/accounts.h>
#include <central/assignednumbers.h>
#include <central/sequencer.h>
#include <db/namedlock.h>

#include <QSet>
#include <QTest>

#include <thread>

using namespace ioc;

namespace {

const QString complaint = QStringLiteral("complaint");
const QString clockEntry = QStringLiteral("clock_entry");

} // namespace

/// Several centrals at work on one database at once: nothing is lost, doubled or passed by, and nobody waits for who is slow.
class TestManyCentrals : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_central = std::make_unique<CentralFixture>(u"postgresql");
        if (const QString obstacle = m_central->obstacle(); !obstacle.isEmpty())
            QSKIP(qPrintable(obstacle));
        m_other = CentralStorage::open(m_central->options).value();
        // The counter of complaints is there from the first one on.
        QCOMPARE(m_central->push(m_central->make.create(complaint, OperationMaker::complaint()), m_central->lan).outcome, Outcome::Applied);
    }
    void cleanup()
    {
        m_other.reset();
        m_central.reset();
    }

    void aLateCommitIsNotPassedByAndNobodyWaitsForIt()
    {
        CentralFixture &central = *m_central;
        Sequencer here(*central.storage);
        Sequencer there(*m_other);
        // Work that began first, has its official number and its commit row, and does not end.
        const auto slow = db::Connection::open({.server = central.options.server}).value();
        auto transaction = db::Transaction::begin(*slow);
        QVERIFY(transaction);
        CentralRecord late{.record = {.type = complaint, .id = central.make.newId(), .version = 1, .values = OperationMaker::complaint(QStringLiteral("late"))}};
        late.record.values.insert(QStringLiteral("status"), QStringLiteral("new"));
        const RecordType &type = *central.catalog->type(complaint);
        QVERIFY(AssignedNumbers(*slow).assign(type, late.record.values, central.clock.nowMs()));
        QVERIFY(central.storage->tables().insert(*slow, type, late, {{}, 1}));
        QVERIFY(Journal(*slow).commit(type, late.record, 1));

        QSet<Id> expected;
        for (int i = 0; i < 40; ++i) {
            const Operation create = central.make.create(complaint, OperationMaker::complaint());
            QCOMPARE(judged(i % 2 ? *m_other : *central.storage, {create}).value(0).outcome, Outcome::Applied);
            expected.insert(create.record);
        }
        QSet<Id> seen;
        Cursor cursor;
        QTRY_VERIFY(follow(*m_other, cursor, seen) && seen.contains(expected));
        QVERIFY(!seen.contains(late.record.id));
        QVERIFY(transaction->commit());
        QTRY_VERIFY(follow(*m_other, cursor, seen) && seen.contains(late.record.id));
        QTRY_COMPARE(here.sequence(), there.sequence());
        QCOMPARE(central.count(QStringLiteral("SELECT count(*) - max(sequence) FROM central_feed")), 0);
        QCOMPARE(central.count(QStringLiteral("SELECT count(*) - count(DISTINCT number) FROM complaint")), 0);
    }

    void writersDoNotWaitForTheSequencer()
    {
        CentralFixture &central = *m_central;
        const auto holder = db::Connection::open({.server = central.options.server}).value();
        auto transaction = db::Transaction::begin(*holder);
        QVERIFY(db::waitForLock(*holder, "sequencer")); // a central in the midst of numbering, for as long as it likes
        Sequencer here(*central.storage);
        Sequencer there(*m_other);
        const Operation create = central.make.create(complaint, OperationMaker::complaint());
        for (CentralStorage *storage : {central.storage.get(), m_other.get()})
            QCOMPARE(judged(*storage, {storage == m_other.get() ? create : central.make.create(complaint, OperationMaker::complaint())}).value(0).outcome, Outcome::Applied);
        QCOMPARE(numberCommits(*db::Connection::open({.server = central.options.server}).value(), central.storage->epoch(), 100).value_or(Numbered{-1, -1}).commits, 0);
        QVERIFY(central.count(QStringLiteral("SELECT count(*) FROM central_commit")) >= 2);
        QVERIFY(transaction->commit());
        QTRY_COMPARE(central.count(QStringLiteral("SELECT count(*) FROM central_commit")), 0);
    }

    void followersMissNothingWhileManyWrite()
    {
        CentralFixture &central = *m_central;
        Sequencer here(*central.storage);
        Sequencer there(*m_other);
        constexpr int writers = 6;
        constexpr int rounds = 25;
        QList<QFuture<Result<void>>> work;
        for (int writer = 0; writer < writers; ++writer) {
            work += (writer % 2 ? *m_other : *central.storage).write([&central, this, writer](db::Connection &connection) -> Result<void> {
                for (int round = 0; round < rounds; ++round) {
                    const Operation create = central.make.create(complaint, OperationMaker::complaint(QStringLiteral("%1/%2").arg(writer).arg(round)));
                    const auto taken = slowly(connection, create, (writer * 7 + round * 3) % 5 * 0.01);
                    if (!taken)
                        return taken;
                }
                return {};
            });
        }
        QHash<Id, qint64> seen[2];
        Cursor cursors[2];
        const auto look = [&] {
            bool fine = true;
            for (int i = 0; i < 2; ++i)
                fine = fine && followVersions(i ? *m_other : *central.storage, cursors[i], seen[i]);
            return fine;
        };
        QTRY_VERIFY_WITH_TIMEOUT(look() && std::ranges::all_of(work, [](const auto &future) { return future.isFinished(); }), 120'000);
        for (const auto &future : std::as_const(work))
            QVERIFY2(future.result(), future.result() ? "" : qPrintable(future.result().error().detail));
        QTRY_COMPARE(central.count(QStringLiteral("SELECT count(*) FROM central_commit")), 0);
        QVERIFY(look());
        for (const auto &each : seen) {
            QCOMPARE(each.size(), writers * rounds + 3); // with two accounts and the first complaint
            const auto ids = each.keys();
            for (const Id &id : ids) {
                if (const qint64 version = central.find(complaint, id).record.version; version > 0)
                    QCOMPARE(each[id], version);
            }
        }
        QCOMPARE(central.count(QStringLiteral("SELECT count(*) - max(sequence) FROM central_feed")), 0);
        QCOMPARE(central.count(QStringLiteral("SELECT count(*) - count(DISTINCT number) FROM complaint")), 0);
    }

    void everybodyEditsOneRecord()
    {
        CentralFixture &central = *m_central;
        const Operation create = central.make.create(complaint, OperationMaker::complaint());
        QCOMPARE(central.push(create, central.lan).outcome, Outcome::Applied);
        const QStringList fields{QStringLiteral("address"), QStringLiteral("description"), QStringLiteral("reporter_name")};
        QList<QFuture<Result<QList<Answer>>>> work;
        for (int i = 0; i < 60; ++i)
            work += start(i % 2 ? *m_other : *central.storage, {central.make.edit(complaint, create.record, fields[i % 3], {}, QStringLiteral("x"), 1)});
        for (auto &future : work)
            QVERIFY(future.result() && future.result()->first().outcome != Outcome::Conflict && future.result()->first().outcome != Outcome::Later);
        const Record now = central.find(complaint, create.record).record;
        QCOMPARE(now.version, central.count(QStringLiteral("SELECT 1 + count(DISTINCT version) FROM central_operation WHERE kind = %1 AND version > 0").arg(int(OperationKind::Edit))));
        for (const QString &field : fields)
            QCOMPARE(now.text(field), QStringLiteral("x"));
    }

    void oneOperationDeliveredManyTimesAtOnce()
    {
        CentralFixture &central = *m_central;
        for (int round = 0; round < 10; ++round) {
            const Operation create = central.make.create(complaint, OperationMaker::complaint());
            Operation entry = central.make.create(clockEntry, {{complaint, create.record.toString()}, {QStringLiteral("clock"), QStringLiteral("respond")}, {QStringLiteral("act"), QStringLiteral("started")},
                                                               {QStringLiteral("at"), qint64(1000)}, {QStringLiteral("due"), qint64(2000)}});
            entry.after = {create.op};
            QList<QFuture<Result<QList<Answer>>>> work;
            for (int i = 0; i < 6; ++i)
                work += start(i % 2 ? *m_other : *central.storage, {create, entry});
            for (auto &future : work) {
                QVERIFY2(future.result(), future.result() ? "" : qPrintable(future.result().error().detail));
                QCOMPARE(future.result()->value(0).outcome, Outcome::Applied);
                QCOMPARE(future.result()->value(1).outcome, Outcome::Applied);
                QCOMPARE(future.result()->value(0).version, 1);
            }
            QCOMPARE(central.find(complaint, create.record).record.version, 1);
            QCOMPARE(central.find(complaint, create.record).record.integer(QStringLiteral("due_at")), 2000);
        }
        QCOMPARE(central.count(QStringLiteral("SELECT count(*) FROM central_operation")), 21);
        QCOMPARE(central.count(QStringLiteral("SELECT count(*) FROM complaint")), 11);
    }

    void oneRecordOfferedByManyOperationsAtOnce()
    {
        CentralFixture &central = *m_central;
        const Id record = central.make.newId();
        QList<QFuture<Result<QList<Answer>>>> work;
        for (int i = 0; i < 8; ++i)
            work += start(i % 2 ? *m_other : *central.storage, {central.make.create(complaint, OperationMaker::complaint(), record)});
        for (auto &future : work)
            QVERIFY(future.result() && future.result()->first().outcome == Outcome::Applied);
        QCOMPARE(central.find(complaint, record).record.version, 1);
        QCOMPARE(central.count(QStringLiteral("SELECT count(*) FROM central_operation")), 9);
    }

    void oneKeyIsTakenOnce()
    {
        CentralFixture &central = *m_central;
        QList<QFuture<Result<Id>>> work;
        for (int i = 0; i < 8; ++i) {
            CentralStorage &storage = i % 2 ? *m_other : *central.storage;
            work += storage.write([&storage](db::Connection &connection) {
                return Accounts(connection, storage.tables(), storage.clock()).add(QStringLiteral("hoa"), QStringLiteral("Hoa"), QStringLiteral("leader"), QStringLiteral("$argon2id$"));
            });
        }
        int made = 0;
        for (auto &future : work) {
            made += future.result() ? 1 : 0;
            QVERIFY(future.result() || future.result().error().code == ErrorCode::Conflict);
        }
        QCOMPARE(made, 1);
    }

    void everybodyAddsToOneLedger()
    {
        CentralFixture &central = *m_central;
        const Operation create = central.make.create(complaint, OperationMaker::complaint());
        QCOMPARE(central.push(create, central.lan).outcome, Outcome::Applied);
        QList<QFuture<Result<QList<Answer>>>> work;
        const QStringList clocks{QStringLiteral("accept"), QStringLiteral("respond"), QStringLiteral("resolve")};
        for (int i = 0; i < 3; ++i)
            work += start(i % 2 ? *m_other : *central.storage, {central.make.create(clockEntry, {{complaint, create.record.toString()}, {QStringLiteral("clock"), clocks[i]}, {QStringLiteral("act"), QStringLiteral("started")},
                                                                                                 {QStringLiteral("at"), qint64(1000)}, {QStringLiteral("due"), qint64(5000 - i * 1000)}})});
        for (auto &future : work)
            QVERIFY(future.result() && future.result()->first().outcome == Outcome::Applied);
        QCOMPARE(central.find(complaint, create.record).record.integer(QStringLiteral("due_at")), 3000); // the nearest of all three
    }

    void importsAndOperationsInEachOthersWay()
    {
        CentralFixture &central = *m_central;
        QList<Record> records;
        for (int i = 0; i < 300; ++i)
            records += Record{.type = complaint, .id = central.make.newId(), .values = OperationMaker::complaint(QStringLiteral("A"))};
        QVERIFY(central.storage->importRecords(records, {}).result());
        QList<Record> forwards = records;
        QList<Record> backwards{records.rbegin(), records.rend()}; // rows are taken in opposite orders: deadlocks
        for (Record &record : forwards)
            record.values.insert(QStringLiteral("title"), QStringLiteral("B"));
        for (Record &record : backwards)
            record.values.insert(QStringLiteral("title"), QStringLiteral("C"));
        auto one = central.storage->importRecords(forwards, {});
        auto two = m_other->importRecords(backwards, {});
        QVERIFY2(one.result(), one.result() ? "" : qPrintable(one.result().error().detail));
        QVERIFY2(two.result(), two.result() ? "" : qPrintable(two.result().error().detail));
        QCOMPARE(one.result()->changed, 300);
        QCOMPARE(two.result()->changed, 300);
        QCOMPARE(central.count(QStringLiteral("SELECT count(*) FROM complaint WHERE version = 3")), 300);
    }

    void manyStartAtOnce()
    {
        const TestDatabase empty;
        CentralStorage::Options options = m_central->options;
        options.server = empty.address();
        QVERIFY(CentralStorage::create(options));
        std::vector<std::unique_ptr<CentralStorage>> all;
        std::vector<std::thread> threads;
        all.resize(3);
        for (auto &storage : all)
            threads.emplace_back([&storage, &options] { storage = CentralStorage::open(options).value_or(nullptr); });
        for (std::thread &thread : threads)
            thread.join();
        for (const auto &storage : all) {
            QVERIFY(storage);
            QCOMPARE(storage->epoch(), all.front()->epoch());
        }
    }

private:
    QFuture<Result<QList<Answer>>> start(CentralStorage &storage, const QList<Operation> &operations)
    {
        return storage.write([&storage, operations, who = m_central->lan](db::Connection &connection) { return OperationJudge(connection, storage.tables(), storage.clock()).judge(operations, Scope(who)); });
    }
    QList<Answer> judged(CentralStorage &storage, const QList<Operation> &operations) { return start(storage, operations).result().value_or(QList<Answer>()); }

    // As the judge would, but taking its time between the commit's row and the commit; then once more, as an edit.
    Result<void> slowly(db::Connection &connection, const Operation &create, double seconds)
    {
        const RecordType &type = *m_central->catalog->type(complaint);
        CentralRecord state{.record = {.type = complaint, .id = create.record, .version = 1, .values = OperationMaker::complaint()}};
        state.record.values.insert(QStringLiteral("status"), QStringLiteral("new"));
        for (; state.record.version <= 2; ++state.record.version) {
            auto transaction = db::Transaction::begin(connection);
            if (!transaction)
                return std::unexpected(transaction.error());
            const bool isNew = state.record.version == 1;
            if (isNew) {
                if (auto numbered = AssignedNumbers(connection).assign(type, state.record.values, 1'780'000'000'000); !numbered)
                    return numbered;
            }
            const auto written = isNew ? m_central->storage->tables().insert(connection, type, state, {{}, 1}).transform([](bool) {})
                                       : m_central->storage->tables().update(connection, type, state, {{}, 2});
            const auto noted = written.and_then([&] { return Journal(connection).commit(type, state.record, 1); });
            const auto slept = noted.and_then([&] { return connection.each(QStringLiteral("SELECT pg_sleep(?)"), {seconds}, [](const db::Row &) { return true; }); });
            if (!slept)
                return slept;
            if (auto done = transaction->commit(); !done)
                return done;
        }
        return {};
    }

    bool followVersions(CentralStorage &storage, Cursor &cursor, QHash<Id, qint64> &seen)
    {
        for (bool more = true; more;) {
            const auto page = storage.read([&](db::Connection &connection) { return FeedReader(connection, storage.tables(), storage.epoch()).page(cursor, Scope(m_central->lan), 17, 1); }).result();
            if (!page)
                return false;
            for (const Change &change : page->changes)
                seen[change.record.id] = std::max(seen.value(change.record.id), change.record.version);
            more = page->more;
            cursor = page->next;
        }
        return true;
    }
    bool follow(CentralStorage &storage, Cursor &cursor, QSet<Id> &seen)
    {
        QHash<Id, qint64> versions;
        const bool fine = followVersions(storage, cursor, versions);
        for (const auto &[id, version] : versions.asKeyValueRange())
            seen.insert(id);
        return fine;
    }

    std::unique_ptr<CentralFixture> m_central;
    std::unique_ptr<CentralStorage> m_other;
};

QTEST_GUILESS_MAIN(TestManyCentrals)
#include "tst_manycentrals.moc"
