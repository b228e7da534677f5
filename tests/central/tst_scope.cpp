// SPDX-License-Identifier: GPL-3.0-or-later
#include "../support/teststore.h"
#include "centralfixture.h"

#include <central/snapshotjob.h>
#include <support/backendtest.h>
#include <support/openedpage.h>

using namespace ioc;
using namespace ioc::test;
using namespace Qt::StringLiterals;

namespace {

const QString complaint = u"complaint"_s;
const QString timeline = u"timeline_entry"_s;

/// A province with two wards and a hamlet in the first, and a role that works within its branch of them.
struct Province : CentralFixture
{
    explicit Province(QStringView backend) : CentralFixture(backend)
    {
        if (!obstacle().isEmpty())
            return;
        ruler.role = u"administrator"_s;
        ruler.account = make.newId();
        ruler.device = make.newId();
        take(u"role"_s, role, {{u"code"_s, u"ward"_s}, {u"name"_s, u"Cán bộ phường"_s}, {u"based_on"_s, u"operator"_s}});
        unit(province, u"79"_s, {});
        unit(north, u"26734"_s, province);
        unit(south, u"26737"_s, province);
        unit(hamlet, u"26734-1"_s, north);
        setGrant(generalGrant, {}, {{u"view"_s, u"branch"_s}, {u"capture"_s, u"branch"_s}});
        account(u"an"_s, north);
        account(u"binh"_s, south);
        account(u"chi"_s, province);
    }
    /// As administrators and imports do.
    bool take(const QString &type, const Id &id, const Values &values)
    {
        const auto report = storage->importRecords({Record{.type = type, .id = id, .values = values}}, {}).result();
        return report && report->problems.isEmpty();
    }
    bool unit(const Id &id, const QString &code, const Id &parent)
    {
        Values values{{u"code"_s, code}, {u"name"_s, code}, {u"kind"_s, u"ward"_s}};
        if (!parent.isNull())
            values.insert(u"parent"_s, parent.toString());
        return take(u"unit"_s, id, values);
    }
    bool setGrant(const Id &id, const QString &type, Values values)
    {
        values.insert(u"role"_s, role.toString());
        if (!type.isEmpty())
            values.insert(u"record_type"_s, type);
        return take(u"role_grant"_s, id, values);
    }
    bool account(const QString &login, const Id &unit)
    {
        Id &id = accounts[login];
        if (id.isNull())
            id = make.newId();
        return take(u"account"_s, id, {{u"login"_s, login}, {u"display_name"_s, login}, {u"role"_s, u"operator"_s}, {u"custom_role"_s, role.toString()}, {u"unit"_s, unit.toString()}});
    }
    /// As a request of that account would be answered now.
    Scope scope(const QString &login)
    {
        return write([&](db::Connection &connection) {
            return Sessions(connection, clock).account(login).and_then([&](Identity who) {
                who.device = make.newId();
                return storage->scopes().scopeOf(connection, who);
            });
        }).value();
    }
    Answer pushAs(const QString &login, const Operation &operation)
    {
        const Scope now = scope(login);
        return write([&](db::Connection &connection) { return OperationJudge(connection, storage->tables(), clock).judge({operation}, now); }).value_or(QList<Answer>()).value(0);
    }
    Result<ChangePage> pullAs(const QString &login, const Cursor &after, int limit = FeedReader::rowLimit)
    {
        const Scope now = scope(login);
        return storage->read([&](db::Connection &connection) { return FeedReader(connection, storage->tables(), storage->epoch()).page(after, now, limit, clock.nowMs()); }).result().and_then([](const ChangePage &page) { return wire::decodeChangePage(wire::encode(page)); });
    }
    Id newComplaint(const Id &unit, const Id &assigned = {})
    {
        Values values = OperationMaker::complaint();
        values.insert(u"reporter_phone"_s, u"+84901234567"_s);
        if (!unit.isNull())
            values.insert(u"unit"_s, unit.toString());
        if (!assigned.isNull())
            values.insert(u"assigned_unit"_s, assigned.toString());
        const Operation created = make.create(complaint, values);
        return push(created, ruler).outcome == Outcome::Applied ? created.record : Id();
    }
    Operation entryOf(const Id &parent)
    {
        return make.create(timeline, {{u"complaint"_s, parent.toString()}, {u"kind"_s, u"comment"_s}, {u"at"_s, qint64(1'780'000'000'000)}, {u"text"_s, u"Đã gọi"_s}});
    }
    Operation editOf(const Id &record, const QString &field, const QCborValue &value)
    {
        const Record now = find(complaint, record).record;
        return make.edit(complaint, record, field, now.value(field), value, now.version);
    }

    Id role = make.newId();
    Id generalGrant = make.newId();
    Id province = make.newId();
    Id north = make.newId();
    Id south = make.newId();
    Id hamlet = make.newId();
    QHash<QString, Id> accounts;
    Identity ruler;
};

/// What a device that follows the feed holds: begins anew when central says so.
struct Follower
{
    Follower(Province &of, QString as) : central(of), login(std::move(as)) {}
    bool follow(int limit = FeedReader::rowLimit)
    {
        central.number();
        for (bool more = true; more;) {
            const auto page = central.pullAs(login, cursor, limit);
            if (!page && page.error().code == ErrorCode::Conflict) {
                ++restarts;
                cursor = {};
                held.clear(); // what the new feed does not confirm is taken away
                continue;
            }
            if (!page)
                return false;
            const ChangePage open = opened(*page);
            for (const Change &change : open.changes) {
                ++rows;
                if (change.sealKey.isEmpty())
                    keys.remove(change.record.id);
                else
                    keys.insert(change.record.id);
                if (change.kind == Change::Kind::State)
                    held[change.record.id] = change.record;
                else
                    held.remove(change.record.id);
                if (change.kind == Change::Kind::Withdrawn)
                    ++withdrawn;
            }
            cursor = page->next;
            more = page->more;
        }
        return true;
    }
    bool has(const Id &id) const { return held.contains(id); }

    Province &central;
    QString login;
    Cursor cursor;
    QHash<Id, Record> held;
    QSet<Id> keys; // of records that came with one
    int rows = 0;
    int withdrawn = 0;
    int restarts = 0;
};

} // namespace

/// What accounts see and may change by their role's grants, their unit and the unit tree.
class TestScope : public CentralTest<Province>
{
    Q_OBJECT

private Q_SLOTS:
    void branchSeesItsOwnAndWhatItHandles()
    {
        Province &central = *m_central;
        const Id mine = central.newComplaint(central.north);
        const Id below = central.newComplaint(central.hamlet);
        const Id handled = central.newComplaint(central.south, central.north);
        const Id others = central.newComplaint(central.south);
        const Id nobodys = central.newComplaint({});
        const Operation entry = central.entryOf(mine);
        const Operation othersEntry = central.entryOf(others);
        QCOMPARE(central.push(entry, central.ruler).outcome, Outcome::Applied);
        QCOMPARE(central.push(othersEntry, central.ruler).outcome, Outcome::Applied);
        Follower an(central, u"an"_s);
        QVERIFY(an.follow());
        QVERIFY(an.has(mine) && an.has(below) && an.has(handled) && an.has(entry.record));
        QVERIFY(!an.has(others) && !an.has(nobodys) && !an.has(othersEntry.record));
        QCOMPARE(an.withdrawn, 0); // nor is it told that they are there
        QVERIFY(an.has(central.south) && an.has(central.accounts[u"binh"_s])); // the directory is everybody's
        Follower chi(central, u"chi"_s);
        QVERIFY(chi.follow(2)); // page by page
        QVERIFY(chi.has(mine) && chi.has(below) && chi.has(others) && chi.has(othersEntry.record) && !chi.has(nobodys));
    }

    void leavesAndEntersByAnEditOfItsUnit()
    {
        Province &central = *m_central;
        const Id record = central.newComplaint(central.north);
        const Operation entry = central.entryOf(record);
        QCOMPARE(central.push(entry, central.ruler).outcome, Outcome::Applied);
        Follower an(central, u"an"_s);
        Follower binh(central, u"binh"_s);
        QVERIFY(an.follow() && binh.follow());
        QVERIFY(an.has(record) && an.has(entry.record) && !binh.has(record));
        const qint64 entryVersion = central.find(timeline, entry.record).record.version;
        QCOMPARE(central.push(central.editOf(record, u"unit"_s, central.south.toString()), central.ruler).outcome, Outcome::Applied);
        QCOMPARE(central.push(central.editOf(record, u"title"_s, u"Đã chuyển"_s), central.ruler).outcome, Outcome::Applied); // hides the move behind a later state
        QVERIFY(an.follow() && binh.follow());
        QVERIFY(!an.has(record) && !an.has(entry.record));
        QVERIFY(binh.has(record) && binh.has(entry.record));
        QCOMPARE(an.withdrawn, 2);
        QCOMPARE(binh.withdrawn, 0);
        QCOMPARE(binh.held[record].text(u"title"_s), u"Đã chuyển"_s);
        QCOMPARE(central.find(timeline, entry.record).record.version, entryVersion);
        QCOMPARE(an.restarts, 0);
        // And back: by an import, which moves the rows too.
        Values values = central.find(complaint, record).record.values;
        values.insert(u"unit"_s, central.north.toString());
        QVERIFY(central.take(complaint, record, values));
        QVERIFY(an.follow(1) && binh.follow(1));
        QVERIFY(an.has(record) && an.has(entry.record) && !binh.has(record) && !binh.has(entry.record));
        // Deleted where it is seen, it is of no interest elsewhere.
        const int before = binh.rows;
        QCOMPARE(central.push(central.make.make(OperationKind::Delete, complaint, record, {}, central.find(complaint, record).record.version), central.ruler).outcome, Outcome::Applied);
        QVERIFY(an.follow() && binh.follow());
        QVERIFY(!an.has(record));
        QCOMPARE(binh.rows, before);
    }

    void followsTheAccountItsGrantsAndTheTree()
    {
        Province &central = *m_central;
        const Id mine = central.newComplaint(central.north);
        const Id below = central.newComplaint(central.hamlet);
        const Id others = central.newComplaint(central.south);
        Follower an(central, u"an"_s);
        QVERIFY(an.follow());
        QVERIFY(an.has(mine) && an.has(below) && !an.has(others));
        QVERIFY(central.unit(central.hamlet, u"26734-1"_s, central.south)); // the unit tree
        QVERIFY(an.follow());
        QVERIFY(an.has(mine) && !an.has(below) && !an.has(others));
        QCOMPARE(an.restarts, 1);
        QVERIFY(central.account(u"an"_s, central.south)); // the account's unit
        QVERIFY(an.follow());
        QVERIFY(!an.has(mine) && an.has(below) && an.has(others));
        QVERIFY(central.setGrant(central.generalGrant, {}, {{u"view"_s, u"unit"_s}})); // a grant
        QVERIFY(an.follow());
        QVERIFY(!an.has(mine) && !an.has(below) && an.has(others));
        const Id special = central.make.newId();
        QVERIFY(central.setGrant(special, complaint, {{u"view"_s, u"all"_s}})); // of the type, against the general one
        QVERIFY(an.follow());
        QVERIFY(an.has(mine) && an.has(below) && an.has(others));
        QCOMPARE(an.restarts, 4);
        QVERIFY(central.setGrant(special, complaint, {{u"view"_s, u"none"_s}}));
        QVERIFY(an.follow());
        QVERIFY(!an.has(mine) && !an.has(others));
        QVERIFY(central.setGrant(special, complaint, {{u"view"_s, u"none"_s}, {u"capture"_s, u"none"_s}})); // what may be changed is not what is sent
        QVERIFY(an.follow());
        QCOMPARE(an.restarts, 5);
    }

    void anotherCentralHearsOfIt()
    {
        Province &central = *m_central;
        if (!central.database)
            QSKIP("a file has one central");
        const auto other = CentralStorage::open(central.options).value();
        const auto keyThere = [&] {
            return other->write([&](db::Connection &connection) {
                return Sessions(connection, central.clock).account(u"an"_s).and_then([&](const Identity &who) { return other->scopes().scopeOf(connection, who); });
            }).result().value().key();
        };
        const QString before = keyThere();
        QCOMPARE(before, central.scope(u"an"_s).key());
        QVERIFY(central.setGrant(central.generalGrant, {}, {{u"view"_s, u"unit"_s}}));
        QVERIFY(keyThere() != before);
        QCOMPARE(keyThere(), central.scope(u"an"_s).key());
    }

    void aCameraOfItsOwn()
    {
        Province &central = *m_central;
        const Id open = central.make.newId();
        const Id closed = central.make.newId();
        for (const Id &camera : {open, closed})
            QVERIFY(central.take(u"camera"_s, camera, {{u"name"_s, camera.toString()}, {u"url"_s, u"rtsp://127.0.0.1/a"_s}, {u"unit"_s, central.north.toString()}}));
        QVERIFY(central.setGrant(central.make.newId(), u"camera"_s, {{u"camera"_s, closed.toString()}, {u"view"_s, u"none"_s}}));
        Follower an(central, u"an"_s);
        QVERIFY(an.follow());
        QVERIFY(an.has(open) && !an.has(closed));
    }

    void changesOnlyWithinItsReach_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<Outcome>("outcome");
        QTest::newRow("create in its ward") << u"create north"_s << Outcome::Applied;
        QTest::newRow("create below it") << u"create hamlet"_s << Outcome::Applied;
        QTest::newRow("create elsewhere") << u"create south"_s << Outcome::Refused;
        QTest::newRow("create nowhere") << u"create"_s << Outcome::Refused;
        QTest::newRow("edit its own") << u"edit north"_s << Outcome::Applied;
        QTest::newRow("edit another's") << u"edit south"_s << Outcome::Refused;
        QTest::newRow("move its own away") << u"move north south"_s << Outcome::Refused;
        QTest::newRow("move its own down") << u"move north hamlet"_s << Outcome::Applied;
        QTest::newRow("take another's") << u"move south north"_s << Outcome::Refused;
        QTest::newRow("delete its own") << u"delete north"_s << Outcome::Applied;
        QTest::newRow("delete another's") << u"delete south"_s << Outcome::Refused;
        QTest::newRow("step on its own") << u"step north"_s << Outcome::Applied;
        QTest::newRow("step on another's") << u"step south"_s << Outcome::Refused;
        QTest::newRow("forward its own") << u"forward north"_s << Outcome::Applied; // still where it happened
        QTest::newRow("comment on its own") << u"comment north"_s << Outcome::Applied;
        QTest::newRow("comment on another's") << u"comment south"_s << Outcome::Refused;
        QTest::newRow("merge another's into its own") << u"merge south north"_s << Outcome::Refused;
        QTest::newRow("merge its own into another's") << u"merge north south"_s << Outcome::Refused;
        QTest::newRow("merge its own") << u"merge north hamlet"_s << Outcome::Applied;
        QTest::newRow("create again what another has") << u"again south"_s << Outcome::Refused;
    }
    void changesOnlyWithinItsReach()
    {
        QFETCH(QString, what);
        QFETCH(Outcome, outcome);
        Province &central = *m_central;
        const QStringList words = what.split(u' ');
        const QHash<QString, Id> units{{u"north"_s, central.north}, {u"south"_s, central.south}, {u"hamlet"_s, central.hamlet}};
        const Id unit = units.value(words.value(1));
        const Id record = central.newComplaint(unit);
        QVERIFY(!record.isNull());
        const CentralRecord before = central.find(complaint, record);
        const qint64 version = before.record.version;
        const auto operation = [&]() -> Operation {
            Values values = OperationMaker::complaint();
            if (!unit.isNull())
                values.insert(u"unit"_s, unit.toString());
            if (words[0] == u"create")
                return central.make.create(complaint, values);
            if (words[0] == u"again")
                return central.make.create(complaint, values, record);
            if (words[0] == u"edit")
                return central.editOf(record, u"title"_s, u"Sửa"_s);
            if (words[0] == u"move")
                return central.editOf(record, u"unit"_s, units.value(words[2]).toString());
            if (words[0] == u"delete")
                return central.make.make(OperationKind::Delete, complaint, record, {}, version);
            if (words[0] == u"step")
                return central.make.step(complaint, record, u"accept"_s, {}, version);
            if (words[0] == u"forward")
                return central.make.step(complaint, record, u"forward"_s, {{u"assigned_unit"_s, {}, central.south.toString()}}, version);
            if (words[0] == u"comment")
                return central.entryOf(record);
            Operation merge = central.make.make(OperationKind::Merge, complaint, record, {}, version);
            merge.into = central.newComplaint(units.value(words[2]));
            return merge;
        }();
        const Answer answer = central.pushAs(u"an"_s, operation);
        QVERIFY2(answer.outcome == outcome, qPrintable(outcomeName(answer.outcome) + u": "_s + answer.message));
        if (outcome == Outcome::Refused) {
            QCOMPARE(answer.reason, ErrorCode::Denied);
            QCOMPARE(central.find(complaint, record).record, before.record);
        }
    }

    void personalDataIsShownAsGranted_data()
    {
        QTest::addColumn<QString>("sensitive");
        QTest::addColumn<QCborValue>("phone");
        QTest::newRow("open") << u"open"_s << QCborValue(u"+84901234567"_s);
        QTest::newRow("masked") << u"masked"_s << QCborValue(u"•••567"_s);
        QTest::newRow("hidden") << u"hidden"_s << QCborValue();
    }
    void personalDataIsShownAsGranted()
    {
        QFETCH(QString, sensitive);
        QFETCH(QCborValue, phone);
        Province &central = *m_central;
        QVERIFY(central.setGrant(central.generalGrant, {}, {{u"view"_s, u"branch"_s}, {u"capture"_s, u"branch"_s}, {u"sensitive"_s, sensitive}}));
        const Id record = central.newComplaint(central.north);
        const Operation entry = central.make.create(timeline, {{u"complaint"_s, record.toString()}, {u"kind"_s, u"edit"_s}, {u"at"_s, qint64(1'780'000'000'000)},
                                                               {u"before"_s, uR"({"reporter_phone":"+84900000000","title":"Cũ"})"_s}});
        QCOMPARE(central.push(entry, central.ruler).outcome, Outcome::Applied);
        Follower an(central, u"an"_s);
        QVERIFY(an.follow());
        QCOMPARE(an.held[record].value(u"reporter_phone"_s), phone);
        QCOMPARE(an.keys.contains(record), sensitive == u"open");
        QCOMPARE(an.held[record].text(u"title"_s), u"Chặt chém khách"_s);
        QCOMPARE(an.held[entry.record].text(u"before"_s).contains(u"+84900000000"), sensitive == u"open");
        QVERIFY(an.held[entry.record].text(u"before"_s).contains(u"Cũ"));
        // What is not shown whole is not written, be it what was shown.
        const Answer written = central.pushAs(u"an"_s, central.make.edit(complaint, record, u"reporter_phone"_s, phone, u"+84911111111"_s, 1));
        QCOMPARE(written.outcome, sensitive == u"open" ? Outcome::Applied : Outcome::Refused);
        QCOMPARE(central.pushAs(u"an"_s, central.editOf(record, u"title"_s, u"Sửa"_s)).outcome, Outcome::Applied);
        QCOMPARE(central.find(complaint, record).record.text(u"reporter_phone"_s), sensitive == u"open" ? u"+84911111111"_s : u"+84901234567"_s);
    }

    void aKeyTakenElsewhereIsNotNamed()
    {
        Province &central = *m_central;
        const Values guide{{u"card_number"_s, u"179123456"_s}, {u"name"_s, u"Trần Văn Bình"_s}, {u"kind"_s, u"domestic"_s}, {u"unit"_s, central.south.toString()}};
        const Operation there = central.make.create(u"guide"_s, guide);
        QCOMPARE(central.push(there, central.ruler).outcome, Outcome::Applied);
        Values mine = guide;
        mine.insert(u"unit"_s, central.north.toString());
        const Answer answer = central.pushAs(u"an"_s, central.make.create(u"guide"_s, mine));
        QCOMPARE(answer.outcome, Outcome::Refused);
        QCOMPARE(answer.reason, ErrorCode::Conflict);
        QVERIFY(answer.duplicateOf.isNull());
    }

    void pendingEditsOfWhatLeftGoToQuarantineWhole()
    {
        Province &central = *m_central;
        const Id record = central.newComplaint(central.north);
        central.number();
        TestStore desk;
        QVERIFY(desk.open() && answered(desk.store->setVault(central.storage->tables().sealing().deviceSecrets(desk.author.device))));
        QVERIFY(answered(desk.store->applyPage(*central.pullAs(u"an"_s, {}))));
        QVERIFY(desk.edit(complaint, record, u"title"_s, u"Chưa gửi"_s));
        QVERIFY(desk.edit(complaint, record, u"description"_s, u"Cũng chưa"_s));
        QCOMPARE(central.push(central.editOf(record, u"unit"_s, central.south.toString()), central.ruler).outcome, Outcome::Applied);
        central.number();
        QVERIFY(answered(desk.store->applyPage(*central.pullAs(u"an"_s, *answered(desk.store->cursor())))));
        QVERIFY(!desk.record(complaint, record));
        QCOMPARE(desk.quarantine().size(), 2);
        QVERIFY(desk.outbox().isEmpty());
    }

    void aRestartTakesAwayWhatIsNoLongerSeen()
    {
        Province &central = *m_central;
        const Id mine = central.newComplaint(central.north);
        const Id others = central.newComplaint(central.south);
        central.number();
        TestStore desk;
        QVERIFY(desk.open() && answered(desk.store->setVault(central.storage->tables().sealing().deviceSecrets(desk.author.device))));
        QVERIFY(answered(desk.store->applyPage(*central.pullAs(u"an"_s, {}))));
        QVERIFY(desk.edit(complaint, mine, u"title"_s, u"Chưa gửi"_s));
        QVERIFY(central.account(u"an"_s, central.south));
        central.number();
        QCOMPARE(central.pullAs(u"an"_s, *answered(desk.store->cursor())).error().code, ErrorCode::Conflict);
        QVERIFY(answered(desk.store->restartFeed()));
        QVERIFY(answered(desk.store->applyPage(*central.pullAs(u"an"_s, {}))));
        QVERIFY(!desk.record(complaint, mine) && desk.record(complaint, others));
        QCOMPARE(desk.quarantine().size(), 1);
    }

    void aSnapshotHoldsItsScopeAlone()
    {
        Province &central = *m_central;
        const Id mine = central.newComplaint(central.north);
        const Id others = central.newComplaint(central.south);
        for (const Id &parent : {mine, others})
            QCOMPARE(central.push(central.entryOf(parent), central.ruler).outcome, Outcome::Applied);
        central.number();
        const QString shelf = central.folder.filePath(u"snapshots"_s);
        QDir().mkpath(shelf);
        QHash<QString, Snapshot> made;
        for (const auto &login : {u"an"_s, u"binh"_s, u"chi"_s}) {
            const Scope scope = central.scope(login);
            SnapshotBuilding building;
            const auto snapshot = central.storage->read([&](db::Connection &connection) { return SnapshotJob(central.storage->tables(), central.storage->epoch(), scope, shelf).run(connection, building); }).result();
            QVERIFY(snapshot);
            QVERIFY(snapshot->id.startsWith(scope.key() + u'-'));
            made.insert(login, *snapshot);
            Follower follower(central, login);
            QVERIFY(follower.follow());
            QCOMPARE(snapshot->records, follower.held.size());
            QCOMPARE(snapshot->cursor, follower.cursor);
        }
        QCOMPARE(made[u"an"_s].records, made[u"chi"_s].records - 2);
        QVERIFY(central.scope(u"an"_s).key() != central.scope(u"binh"_s).key());
        QVERIFY(central.account(u"dung"_s, central.north));
        QCOMPARE(central.scope(u"dung"_s).key(), central.scope(u"an"_s).key()); // who receives the same shares it
        QCOMPARE(central.scope(u"dung"_s).version(), central.scope(u"an"_s).version());
    }
};

QTEST_GUILESS_MAIN(TestScope)
#include "tst_scope.moc"
