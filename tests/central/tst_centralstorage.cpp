// SPDX-License-Identifier: GPL-3.0-or-later
#include "centralfixture.h"

#include <central/accounts.h>
#include <central/sequencer.h>
#include <support/backendtest.h>

#include <QCborArray>
#include <QDir>
#include <QSignalSpy>
#include <QTest>

using namespace ioc;

namespace {

const QString complaint = QStringLiteral("complaint");

QString keyColumnsSql(db::Dialect dialect)
{
    return dialect == db::Dialect::Sqlite ? QStringLiteral("SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk")
                                          : QStringLiteral("SELECT a.attname FROM pg_index i, unnest(i.indkey) WITH ORDINALITY AS k (attnum, place), pg_attribute a "
                                                           "WHERE i.indrelid = to_regclass(?) AND i.indisprimary AND a.attrelid = i.indrelid AND a.attnum = k.attnum ORDER BY k.place");
}

QString schemaSql(db::Dialect dialect)
{
    return dialect == db::Dialect::Sqlite ? QStringLiteral("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
                                          : QStringLiteral("SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable AS line FROM information_schema.columns WHERE table_schema = current_schema() "
                                                           "UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema() ORDER BY line");
}

Record complaintRecord(const Id &id, const QString &title, const QString &status = {})
{
    Record record{.type = complaint, .id = id, .values = OperationMaker::complaint(title)};
    if (!status.isEmpty())
        record.values.insert(QStringLiteral("status"), status);
    return record;
}

} // namespace

/// The database behind the HTTPS face: schema, feed, sequencer, bulk import, accounts.
class TestCentralStorage : public CentralTest<CentralFixture>
{
    Q_OBJECT

private Q_SLOTS:
    void aFolderIsNotTakenTwice()
    {
        const auto again = CentralStorage::create(m_central->options);
        QVERIFY(!again);
        QCOMPARE(again.error().code, ErrorCode::Conflict);
        CentralStorage::Options elsewhere = m_central->options;
        elsewhere.folder += QStringLiteral("/nowhere");
        const TestDatabase empty;
        if (elsewhere.server)
            elsewhere.server = empty.address();
        QCOMPARE(CentralStorage::open(elsewhere).error().code, ErrorCode::NotFound);
    }

    void openingAgainChangesNothing()
    {
        const Id epoch = m_central->storage->epoch();
        const QString schema = dump();
        m_central->reopen();
        QCOMPARE(m_central->storage->epoch(), epoch);
        QCOMPARE(dump(), schema);
    }

    void aDamagedFileIsSaid()
    {
        if (m_central->database)
            QSKIP("a server's files are its own");
        m_central->storage.reset();
        QFile file(m_central->options.folder + QStringLiteral("/central.sqlite"));
        QVERIFY(file.open(QFile::WriteOnly));
        file.write(QByteArray(8192, 'x'));
        file.close();
        const auto opened = CentralStorage::open(m_central->options);
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, ErrorCode::Damaged);
        QVERIFY(!opened.error().message.isEmpty());
    }

    void everyTableHasTheShardInItsKey()
    {
        for (const RecordType *type : m_central->catalog->types()) {
            QStringList key;
            const auto read = m_central->write([&](db::Connection &connection) {
                return connection.each(keyColumnsSql(connection.dialect()), {type->name}, [&](const db::Row &row) { key += row.text(0); return true; });
            });
            QVERIFY(read);
            QCOMPARE(key, (QStringList{QStringLiteral("shard"), QStringLiteral("id")}));
        }
    }

    void namesOfOurOwnColumnsAreRefused()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("boat.json")));
        QVERIFY(file.open(QFile::WriteOnly));
        file.write(R"({"name":"boat","label":{"vi":"x","en":"x"},"plural":{"vi":"x","en":"x"},"title":"{alias_of}",
                       "fields":[{"name":"alias_of","label":{"vi":"x","en":"x"}}]})");
        file.close();
        const auto catalog = TypeCatalog::load({folder.path()});
        QVERIFY(catalog);
        QCOMPARE(RecordTables::tables(**catalog, db::Dialect::Sqlite).error().code, ErrorCode::InvalidInput);
    }

    void importAddsChangesAndReports()
    {
        CentralFixture &central = *m_central;
        const Id one = central.make.newId();
        const Id two = central.make.newId();
        QList<qint64> progress;
        const QList<Record> records{complaintRecord(one, QStringLiteral("A")), complaintRecord(two, QStringLiteral("B"), QStringLiteral("accepted")),
                                    Record{.type = complaint, .id = central.make.newId(), .values = {{QStringLiteral("title"), QStringLiteral("no category")}}},
                                    Record{.type = QStringLiteral("spaceship"), .id = central.make.newId()}, Record{.type = complaint}};
        const auto first = central.storage->importRecords(records, {}, [&](qint64 done, qint64) { progress += done; }).result();
        QVERIFY(first);
        QCOMPARE(first->added, 2);
        QCOMPARE(first->problems.size(), 3);
        QCOMPARE(first->problems[0].index, 2);
        QVERIFY(!first->problems[0].message.isEmpty());
        QCOMPARE(progress, QList<qint64>{5});
        QCOMPARE(central.find(complaint, one).record.text(QStringLiteral("status")), QStringLiteral("new"));
        const QString number = central.find(complaint, one).record.text(QStringLiteral("number"));
        QCOMPARE(number, QStringLiteral("PA2026-000001")); // the year it was received

        const auto again = central.storage->importRecords({complaintRecord(one, QStringLiteral("A")), complaintRecord(two, QStringLiteral("C"))}, {}).result();
        QVERIFY(again);
        QCOMPARE(again->unchanged, 1);
        QCOMPARE(again->changed, 1);
        const Record changed = central.find(complaint, two).record;
        QCOMPARE(changed.text(QStringLiteral("title")), QStringLiteral("C"));
        QCOMPARE(changed.text(QStringLiteral("status")), QStringLiteral("accepted")); // not given: not reset
        QCOMPARE(changed.version, 2);
    }

    void importComputesTheClocks()
    {
        CentralFixture &central = *m_central;
        QList<Record> records;
        QList<Record> ledger;
        for (int i = 0; i < 2500; ++i) { // more than one transaction
            const Id id = central.make.newId();
            records += complaintRecord(id, QStringLiteral("A"));
            ledger += Record{.type = QStringLiteral("clock_entry"), .id = central.make.newId(),
                             .values = {{complaint, id.toString()}, {QStringLiteral("clock"), QStringLiteral("respond")}, {QStringLiteral("act"), QStringLiteral("started")},
                                        {QStringLiteral("at"), qint64(1000)}, {QStringLiteral("due"), qint64(2000 + i)}}};
        }
        const auto report = central.storage->importRecords(records + ledger, {}).result();
        QVERIFY(report);
        QCOMPARE(report->added, 5000);
        QCOMPARE(central.count(QStringLiteral("SELECT count(*) FROM complaint WHERE due_at >= 2000")), 2500);
        QCOMPARE(central.count(QStringLiteral("SELECT count(*) FROM central_commit")), 0);
    }

    void thePagesTogetherAreEverythingOnce()
    {
        CentralFixture &central = *m_central;
        QList<Record> records;
        for (int i = 0; i < 250; ++i)
            records += complaintRecord(central.make.newId(), QStringLiteral("A%1").arg(i));
        QVERIFY(central.storage->importRecords(records, {}).result());
        // One is changed ten times, one deleted.
        for (int i = 0; i < 10; ++i)
            QCOMPARE(central.push(central.make.edit(complaint, records[0].id, QStringLiteral("address"), i ? QCborValue(QString::number(i - 1)) : QCborValue(), QString::number(i), i + 1), central.lan).outcome, Outcome::Applied);
        QCOMPARE(central.push(central.make.make(OperationKind::Delete, complaint, records[1].id, {}, 1), central.lan).outcome, Outcome::Applied);
        QCOMPARE(central.number(), 11);
        for (const int limit : {1, 7, 100, 5000}) {
            QHash<Id, Change> seen;
            Cursor cursor;
            bool more = true;
            qint64 last = 0;
            while (more) {
                const auto page = central.pull(cursor, limit);
                QVERIFY(page);
                QVERIFY(page->changes.size() <= limit);
                for (const Change &change : page->changes) {
                    QVERIFY(change.sequence > last);
                    last = change.sequence;
                    QVERIFY(!seen.contains(change.record.id));
                    seen.insert(change.record.id, change);
                }
                QVERIFY(page->next.sequence > cursor.sequence);
                cursor = page->next;
                more = page->more;
            }
            QCOMPARE(seen.size(), 252); // with the two accounts
            QCOMPARE(seen[records[0].id].record.text(QStringLiteral("address")), QStringLiteral("9"));
            QCOMPARE(seen[records[0].id].record.version, 11);
            QCOMPARE(seen[records[1].id].kind, Change::Kind::Deleted);
            QVERIFY(!seen[records[2].id].record.values.contains(QStringLiteral("due_at")));
            QVERIFY(central.pull(cursor)->changes.isEmpty());
        }
    }

    void pagesAreCutByBytes()
    {
        CentralFixture &central = *m_central;
        QList<Record> records;
        for (int i = 0; i < 400; ++i) {
            Record record = complaintRecord(central.make.newId(), QStringLiteral("A"));
            record.values.insert(QStringLiteral("description"), QString(20'000, u'ạ'));
            records += record;
        }
        QVERIFY(central.storage->importRecords(records, {}).result());
        Cursor cursor;
        qsizetype seen = 0;
        int pages = 0;
        for (bool more = true; more; ++pages) {
            const auto page = central.pull(cursor);
            QVERIFY(page);
            QVERIFY(!page->changes.isEmpty());
            seen += page->changes.size();
            cursor = page->next;
            more = page->more;
        }
        QCOMPARE(seen, 402);
        QVERIFY(pages > 1);
    }

    void aStateBeyondItsNumberIsSentAndSentAgain()
    {
        CentralFixture &central = *m_central;
        const Operation create = central.make.create(complaint, OperationMaker::complaint());
        QCOMPARE(central.push(create, central.lan).outcome, Outcome::Applied);
        QCOMPARE(central.number(), 1);
        QCOMPARE(central.push(central.make.edit(complaint, create.record, QStringLiteral("address"), {}, QStringLiteral("X"), 1), central.lan).outcome, Outcome::Applied);
        const auto early = central.pull({}); // the edit has no number yet
        QVERIFY(early);
        QCOMPARE(early->changes.last().record.version, 2);
        QVERIFY(!early->more);
        QCOMPARE(central.number(), 1);
        const auto later = central.pull(early->next);
        QCOMPARE(later->changes.size(), 1);
        QCOMPARE(later->changes[0].record.version, 2);
    }

    void theChainHolds()
    {
        CentralFixture &central = *m_central;
        QVERIFY(central.storage->importRecords({complaintRecord(central.make.newId(), QStringLiteral("A")), complaintRecord(central.make.newId(), QStringLiteral("B"))}, {}).result());
        const auto page = central.pull({});
        QVERIFY(page);
        QVERIFY(central.pull(page->next));
        QVERIFY(central.write([](db::Connection &connection) { return connection.exec(QStringLiteral("UPDATE central_feed SET digest = ? WHERE sequence = (SELECT max(sequence) FROM central_feed)"), {QByteArray(32, '\0')}); }));
        QCOMPARE(central.pull(page->next).error().code, ErrorCode::Conflict);
    }

    void theSequencerTellsWhoWaits()
    {
        CentralFixture &central = *m_central;
        Sequencer sequencer(*central.storage);
        QSignalSpy advanced(&sequencer, &Sequencer::advanced);
        QTRY_COMPARE(sequencer.sequence(), 2);
        QCOMPARE(central.push(central.make.create(complaint, OperationMaker::complaint()), central.lan).outcome, Outcome::Applied);
        QTRY_COMPARE(sequencer.sequence(), 3); // found without being told
        // What another connection numbered is noticed as well.
        const auto other = CentralStorage::open(central.options);
        QVERIFY(other);
        QVERIFY((*other)->importRecords({complaintRecord(central.make.newId(), QStringLiteral("A"))}, {}).result());
        QTRY_COMPARE(sequencer.sequence(), 4);
        QVERIFY(advanced.count() >= 2);
    }

    void accounts()
    {
        CentralFixture &central = *m_central;
        const auto with = [&](auto work) {
            return central.write([&](db::Connection &connection) {
                Accounts accounts(connection, central.storage->tables(), central.clock);
                return work(accounts);
            });
        };
        const QString encoded = QStringLiteral("$argon2id$…");
        QVERIFY(with([&](Accounts &accounts) { return accounts.add(QStringLiteral("hoa"), QStringLiteral("Hoa"), QStringLiteral("leader"), encoded); }));
        QCOMPARE(with([&](Accounts &accounts) { return accounts.add(QStringLiteral("hoa"), QStringLiteral("Hoa"), QStringLiteral("leader"), encoded); }).error().code, ErrorCode::Conflict);
        QCOMPARE(with([&](Accounts &accounts) { return accounts.add(QStringLiteral("BAD LOGIN"), QStringLiteral("x"), QStringLiteral("leader"), encoded); }).error().code, ErrorCode::InvalidInput);
        QCOMPARE(with([&](Accounts &accounts) { return accounts.add(QStringLiteral("x2"), QStringLiteral("x"), QStringLiteral("emperor"), encoded); }).error().code, ErrorCode::InvalidInput);
        QVERIFY(with([&](Accounts &accounts) { return accounts.disable(QStringLiteral("hoa")); }));
        QCOMPARE(with([&](Accounts &accounts) { return accounts.disable(QStringLiteral("nobody")); }).error().code, ErrorCode::NotFound);
        const auto all = with([](Accounts &accounts) { return accounts.list(); });
        QVERIFY(all);
        QCOMPARE(all->size(), 3);
        QCOMPARE(all->at(0).login, QStringLiteral("hoa"));
        QVERIFY(all->at(0).disabled);
        // The devices hear of it, without secrets.
        QVERIFY(central.number() > 0);
        const auto page = central.pull({});
        QCOMPARE(page->changes.last().record.value(QStringLiteral("disabled")), QCborValue(true));
        QVERIFY(!page->changes.last().record.values.contains(QStringLiteral("password")));
    }

private:
    QString dump()
    {
        QStringList lines;
        (void)m_central->write([&](db::Connection &connection) {
            return connection.each(schemaSql(connection.dialect()), {}, [&](const db::Row &row) { lines += row.text(0); return true; });
        });
        return lines.join(u'\n');
    }
};

QTEST_GUILESS_MAIN(TestCentralStorage)
#include "tst_centralstorage.moc"
