// SPDX-License-Identifier: GPL-3.0-or-later
#include "../support/teststore.h"
#include "centralfixture.h"

#include <central/snapshotjob.h>
#include <central/snapshotshelf.h>
#include <store/storefile.h>
#include <wire/filepacking.h>

using namespace ioc;
using namespace ioc::test;
using namespace Qt::StringLiterals;

namespace {

const QString complaintType = u"complaint"_s;

/// Central with complaints in several states, edited, deleted and merged ones among them, and their clocks.
struct FilledCentral : CentralFixture
{
    FilledCentral()
    {
        for (int i = 0; i < 40; ++i) {
            const Operation created = make.create(complaintType, OperationMaker::complaint(u"Taxi tính giá cao %1 ở chợ"_s.arg(i)));
            push(created, lan);
            complaints += created.record;
            const Operation started = make.create(u"clock_entry"_s, {{u"complaint"_s, created.record.toString()}, {u"clock"_s, u"respond"_s}, {u"act"_s, u"started"_s},
                                                                   {u"at"_s, qint64(1'780'000'000'000)}, {u"due"_s, qint64(1'780'000'900'000) + i}});
            push(started, lan);
        }
        for (int i = 0; i < 10; ++i)
            push(make.edit(complaintType, complaints[i], u"title"_s, find(complaintType, complaints[i]).record.value(u"title"_s), u"Đã sửa"_s, find(complaintType, complaints[i]).record.version), lan);
        for (int i = 10; i < 15; ++i)
            push(make.make(OperationKind::Delete, complaintType, complaints[i], {}, find(complaintType, complaints[i]).record.version), lan);
        number();
    }
    Result<Snapshot> build(SnapshotBuilding &building) const
    {
        const QString shelf = folder.filePath(u"snapshots"_s);
        QDir().mkpath(shelf);
        return storage->read([&](db::Connection &connection) { return SnapshotJob(storage->tables(), storage->epoch(), Scope(lan), shelf).run(connection, building); }).result();
    }
    [[nodiscard]] SnapshotShelf shelf() const { return SnapshotShelf(folder.filePath(u"snapshots"_s)); }

    QList<Id> complaints;
};

/// Every row of a store, by type and id; keys, which each store gives itself, left out.
QMap<QString, QMap<QString, QString>> everything(TestStore &local)
{
    QMap<QString, QMap<QString, QString>> out;
    const auto types = local.catalog->types();
    for (const RecordType *type : types) {
        const auto rows = answered(local.store->firstPage({.type = type->name}, 1'000'000));
        for (const StoredRecord &row : rows.value_or(QList<StoredRecord>())) {
            QString text = u"v%1 %2"_s.arg(row.record.version).arg(row.pending);
            for (const auto &[name, value] : row.record.values.asKeyValueRange())
                text += u' ' + name + u'=' + value.toDiagnosticNotation();
            out[type->name].insert(row.record.id.toString(), text);
        }
    }
    return out;
}

} // namespace

/// The file a new device starts from.
class TestSnapshots : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holdsWhatTheFeedHolds()
    {
        FilledCentral central;
        SnapshotBuilding building;
        const auto made = central.build(building);
        QVERIFY2(made, made ? "" : qPrintable(made.error().message + made.error().detail));
        QCOMPARE(made->records, 40 - 5 + 40 + 2); // complaints, clocks, accounts
        QCOMPARE(building.done, made->records);

        TestStore pulled;
        QVERIFY(pulled.open());
        const auto page = central.pull({});
        QVERIFY(page && !page->more);
        QVERIFY(answered(pulled.store->applyPage(*page)));

        TestStore started;
        const QString packed = central.folder.filePath(u"snapshots/"_s + made->id + u".zst"_s);
        QVERIFY(wire::unpackFile(packed, StoreFile(started.folder).database(), {made->bytes, made->unpackedBytes, made->sha256}));
        const auto report = started.open();
        QVERIFY2(report, report ? "" : qPrintable(report.error().message + report.error().detail));
        QVERIFY(!report->created && report->damagedFile.isEmpty());
        QCOMPARE(answered(started.store->cursor()).value(), answered(pulled.store->cursor()).value());
        QCOMPARE(everything(started), everything(pulled));
        QCOMPARE(*answered(started.store->count({.type = complaintType, .text = u"taxi cho"_s})), 25); // ten of the rest were renamed
        QVERIFY(answered(started.store->record(complaintType, central.complaints[30]))->value().record.value(u"due_at"_s).isInteger()); // derived
    }

    void isBuiltLikeAStore()
    {
        FilledCentral central;
        SnapshotBuilding building;
        const auto made = central.build(building);
        QVERIFY(made);
        TestStore fresh;
        QVERIFY(fresh.open());
        const QString file = fresh.folder + u"/snapshot"_s;
        QVERIFY(wire::unpackFile(central.folder.filePath(u"snapshots/"_s + made->id + u".zst"_s), file, {made->bytes, made->unpackedBytes, made->sha256}));
        const auto schemaOf = [](const QString &path) {
            QMap<QString, QString> out;
            const auto connection = db::Connection::open({.path = path, .readOnly = true, .mayCreate = false});
            (void)(*connection)->each(u"SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_schema"_s, {}, [&](const db::Row &row) {
                out.insert(row.text(0), row.text(1));
                return true;
            });
            return out;
        };
        QCOMPARE(schemaOf(file), schemaOf(StoreFile(fresh.folder).database()));
        const auto connection = db::Connection::open({.path = file, .readOnly = true, .mayCreate = false});
        QString verdict;
        QVERIFY((*connection)->each(u"PRAGMA integrity_check"_s, {}, [&](const db::Row &row) { verdict = row.text(0); return false; }));
        QCOMPARE(verdict, u"ok"_s);
    }

    void stoppedLeavesNothing()
    {
        FilledCentral central;
        SnapshotBuilding building;
        building.cancelled = true;
        const auto made = central.build(building);
        QVERIFY(!made);
        QCOMPARE(made.error().code, ErrorCode::Cancelled);
        QVERIFY(QDir(central.folder.filePath(u"snapshots"_s)).isEmpty());
    }

    void shelfKeepsWhatIsWholeAndOfThisCentral()
    {
        FilledCentral central;
        SnapshotBuilding building;
        const auto made = central.build(building);
        QVERIFY(made);
        const QDir folder(central.folder.filePath(u"snapshots"_s));
        for (const auto &name : {u"all.building"_s, u"all.building.zst"_s, u"x.zst"_s, u"y.info"_s}) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write("half") == 4);
        }
        const qint64 schema = central.catalog->schemaVersion();
        QCOMPARE(central.shelf().tidied(central.storage->epoch(), schema).value(), QList<Snapshot>{*made});
        QCOMPARE(folder.entryList(QDir::Files).size(), 2);
        QCOMPARE(central.shelf().part(made->id, 10, 5)->size(), 5);
        QCOMPARE(central.shelf().part(u"../central"_s, 0, 5).error().code, ErrorCode::NotFound);
        QVERIFY(QFile::resize(folder.filePath(made->id + u".zst"_s), made->bytes - 1)); // cut
        QVERIFY(central.shelf().tidied(central.storage->epoch(), schema)->isEmpty());
        QVERIFY(folder.isEmpty());
        QVERIFY(central.build(building));
        QVERIFY(central.shelf().tidied(central.storage->epoch(), schema + 1)->isEmpty()); // of another schema
        QVERIFY(central.build(building));
        QVERIFY(central.shelf().tidied(Id::create(central.clock), schema)->isEmpty()); // of another epoch
        auto open = central.build(building);
        QVERIFY(open);
        const QString sealedId = std::exchange(open->id, open->id.chopped(SnapshotShelf::kind().size())); // as before personal data were sealed
        QVERIFY(central.shelf().put(folder.filePath(sealedId + u".zst"_s), *open));
        QVERIFY(central.shelf().tidied(central.storage->epoch(), schema)->isEmpty());
    }

    void personalDataAreSealedInTheFile()
    {
        FilledCentral central;
        const QString name = u"Nguyễn Thị Lành"_s;
        Values values = OperationMaker::complaint(u"Taxi"_s);
        values.insert(u"reporter_name"_s, name);
        const Operation made = central.make.create(complaintType, values);
        QCOMPARE(central.push(made, central.lan).outcome, Outcome::Applied);
        central.number();
        SnapshotBuilding building;
        const auto snapshot = central.build(building);
        QVERIFY(snapshot && snapshot->vault.isEmpty()); // what opens it is not kept with it
        TestStore desk;
        const Sealing &sealing = central.storage->tables().sealing();
        QVERIFY(desk.open() && answered(desk.store->setVault(sealing.deviceSecrets(desk.author.device))));
        QVERIFY(wire::unpackFile(central.folder.filePath(u"snapshots/"_s + snapshot->id + u".zst"_s), desk.store->incomingSnapshot(), {snapshot->bytes, snapshot->unpackedBytes, snapshot->sha256}));
        QFile file(desk.store->incomingSnapshot());
        QVERIFY(file.open(QFile::ReadOnly));
        const QByteArray bytes = file.readAll();
        QVERIFY(bytes.contains("Taxi") && !bytes.contains("Lành") && !bytes.contains("lanh"));
        file.close();
        QVERIFY(answered(desk.store->adoptSnapshot(snapshot->cursor, sealing.snapshotSecrets(Scope(central.lan).key(), snapshot->cursor.toString()))));
        QCOMPARE(desk.record(complaintType, made.record)->record.text(u"reporter_name"_s), name);
        QCOMPARE(*answered(desk.store->count({.type = complaintType, .text = u"lành"_s})), 1);
    }
};

QTEST_GUILESS_MAIN(TestSnapshots)
#include "tst_snapshots.moc"
