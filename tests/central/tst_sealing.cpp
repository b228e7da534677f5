// SPDX-License-Identifier: GPL-3.0-or-later
// Personal data in central's database: nobody reads them there, everybody who may does through central, and a key that is gone takes them with it.
#include "centralfixture.h"

#include <access/vault.h>
#include <central/auditcheck.h>
#include <central/person.h>
#include <central/sequencer.h>
#include <support/backendtest.h>
#include <support/openedpage.h>
#include <wire/codec.h>
#include <wire/compression.h>

#include <QJsonDocument>
#include <QTest>

using namespace ioc;
using namespace Qt::StringLiterals;

namespace {

const QString complaint = u"complaint"_s;
const QString timeline = u"timeline_entry"_s;
const QString nameOf = u"reporter_name"_s;
const QString phoneOf = u"reporter_phone"_s;
const QString lanh = u"Nguyễn Thị Lành"_s;
const QString phone = u"+84901234567"_s;
const QString otherPhone = u"+84907654321"_s;

Values reported()
{
    Values values = OperationMaker::complaint();
    values.insert(nameOf, lanh);
    values.insert(phoneOf, phone);
    return values;
}

} // namespace

class TestSealing : public CentralTest<CentralFixture>
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsReadableWhereItLies()
    {
        const Operation made = take(m_central->make.create(complaint, reported()));
        take(m_central->make.edit(complaint, made.record, phoneOf, phone, otherPhone, 1));
        take(entryOf(made.record, uR"({"reporter_phone":"+84901234567"})"_s));
        (void)m_central->number();
        const QByteArray everything = databaseText();
        QVERIFY(everything.contains("Chặt chém khách")); // what is nobody's secret stays readable to other programs
        for (const char *secret : {"Lành", "901234567", "907654321"})
            QVERIFY2(!everything.contains(secret), secret);
        QCOMPARE(m_central->find(complaint, made.record).record.text(nameOf), lanh);
        QCOMPARE(m_central->find(complaint, made.record).record.text(phoneOf), otherPhone);
        QVERIFY(isJournalWhole());
    }

    void whoMayReadsThemInTheFeed()
    {
        const Operation made = take(m_central->make.create(complaint, reported()));
        const Operation entry = take(entryOf(made.record, uR"({"reporter_phone":"+84900000000","title":"Cũ"})"_s));
        (void)m_central->number();
        const auto page = m_central->pull({});
        QVERIFY(page);
        const QByteArray sent = wire::encode(*page);
        for (const QByteArray &personal : {QByteArray("Lành"), phone.toUtf8().mid(3), QByteArray("84900000000")}) // it is not in it, nor only packed
            QVERIFY(!wire::decompressed(sent, wire::unpackedLimit).value().contains(personal));
        QHash<Id, Record> held;
        const ChangePage open = test::opened(*page);
        for (const Change &change : open.changes)
            held.insert(change.record.id, change.record);
        QCOMPARE(held[made.record].text(nameOf), lanh);
        QCOMPARE(held[made.record].text(phoneOf), phone);
        QCOMPARE(held[entry.record].text(u"before"_s), uR"({"reporter_phone":"+84900000000","title":"Cũ"})"_s);
    }

    // A device that made a key says so; it is taken where there is none, for that record alone, and kept nowhere else.
    void aDevicesKeyIsTaken()
    {
        const auto keyInFeed = [this](const Id &record) {
            (void)m_central->number();
            const auto page = m_central->pull({});
            const auto found = page ? std::ranges::find(page->changes.rbegin(), page->changes.rend(), record, [](const Change &change) { return change.record.id; }) : decltype(page->changes.rbegin())();
            return page && found != page->changes.rend() ? found->sealKey : QByteArray("?");
        };
        const SealKey key = SealKey::create(m_central->clock).value();
        const SealKey other = SealKey::create(m_central->clock).value();
        Operation made = m_central->make.create(complaint, reported());
        made.sealKey = key.packed();
        take(made);
        QCOMPARE(keyInFeed(made.record), key.packed());
        Operation edited = m_central->make.edit(complaint, made.record, phoneOf, phone, otherPhone, 1);
        edited.sealKey = other.packed();
        take(edited);
        QCOMPARE(keyInFeed(made.record), key.packed());
        const Operation plain = take(m_central->make.create(complaint, OperationMaker::complaint()));
        QCOMPARE(keyInFeed(plain.record), QByteArray());
        Operation named = m_central->make.edit(complaint, plain.record, nameOf, {}, lanh, 1);
        named.sealKey = other.packed();
        take(named);
        QCOMPARE(keyInFeed(plain.record), other.packed());
        Operation broken = m_central->make.edit(complaint, plain.record, nameOf, lanh, lanh + u" Hoa"_s, 2);
        broken.sealKey = key.packed().chopped(1);
        QCOMPARE(m_central->push(broken, m_central->lan).reason, ErrorCode::InvalidInput);
        QVERIFY(!databaseText().contains(key.secret) && !databaseText().contains(other.secret));
        take(m_central->make.make(OperationKind::Delete, complaint, made.record, {}, 2));
        QCOMPARE(keyInFeed(made.record), key.packed()); // its former values are still about
    }

    void devicesOpenTheirsAlone()
    {
        const Sealing &sealing = m_central->storage->tables().sealing();
        const Id device = Id::create(m_central->clock);
        const QByteArray own = sealing.deviceSecrets(device);
        QVERIFY(VaultSecrets::unpacked(own));
        QVERIFY(sealing.deviceSecrets(Id::create(m_central->clock)).first(32) != own.first(32));
        QVERIFY(sealing.snapshotSecrets(u"all"_s, u"1"_s) != sealing.snapshotSecrets(u"all"_s, u"2"_s));
        m_central->reopen();
        QCOMPARE(m_central->storage->tables().sealing().deviceSecrets(device), own);
    }

    void conflictsAboutThemAreToldAgainAsTheyWere()
    {
        const Id record = take(m_central->make.create(complaint, reported())).record;
        QCOMPARE(m_central->push(m_central->make.edit(complaint, record, phoneOf, phone, otherPhone, 1), m_central->minh).outcome, Outcome::Applied);
        const Operation late = m_central->make.edit(complaint, record, phoneOf, phone, u"+84905555555"_s, 1);
        const Answer answer = m_central->push(late, m_central->lan);
        QCOMPARE(answer.outcome, Outcome::Conflict);
        QCOMPARE(answer.conflicts.size(), 1);
        QCOMPARE(answer.conflicts.first().theirs, QCborValue(otherPhone));
        QCOMPARE(answer.conflicts.first().theirsBy, u"minh"_s);
        QCOMPARE(m_central->push(late, m_central->lan), answer);
        QVERIFY(!databaseText().contains("905555555"));
        m_central->reopen();
        QCOMPARE(m_central->push(late, m_central->lan), answer);
    }

    void conflictsOnAMergedRecordToo()
    {
        const Id record = take(m_central->make.create(complaint, reported())).record;
        const Id into = take(m_central->make.create(complaint, reported())).record;
        Operation merge = m_central->make.make(OperationKind::Merge, complaint, record, {}, 1);
        merge.into = into;
        take(merge);
        const Operation late = m_central->make.edit(complaint, record, phoneOf, u"+84900000000"_s, otherPhone, 1);
        const Answer answer = m_central->push(late, m_central->lan);
        QCOMPARE(answer.outcome, Outcome::Conflict);
        QCOMPARE(answer.conflicts.first().theirs, QCborValue(phone));
        QCOMPARE(m_central->push(late, m_central->lan), answer);
        QVERIFY(!databaseText().contains("907654321"));
        Operation apart = m_central->make.make(OperationKind::Unmerge, complaint, record);
        take(apart);
        QCOMPARE(m_central->find(complaint, record).record.text(phoneOf), phone);
    }

    void whatWasRefusedIsNotKept()
    {
        const auto refused = [&](const Operation &operation) { return m_central->push(operation, m_central->lan).outcome == Outcome::Refused; };
        Values values = reported();
        values.insert(u"category"_s, u"no such"_s);
        QVERIFY(refused(m_central->make.create(complaint, values)));
        QVERIFY(refused(m_central->make.create(u"diary"_s, {{u"text"_s, lanh}})));
        QVERIFY(refused(m_central->make.create(complaint, {{u"title"_s, u"x"_s}, {u"nickname"_s, lanh}})));
        QVERIFY(refused(m_central->make.create(complaint, {{u"title"_s, u"x"_s}, {phoneOf, qint64(84901234567)}})));
        QVERIFY(!databaseText().contains("Lành"));
        QVERIFY(!databaseText().contains("901234567"));
        (void)m_central->number();
        QVERIFY(isJournalWhole());
    }

    // What only looks like a sealed value is a text like any other, and keeps nobody from reading the rest.
    void textsThatLookSealed_data()
    {
        QTest::addColumn<QString>("before");
        QTest::newRow("its first word") << u"sealed:x"_s;
        QTest::newRow("of the right length") << u"sealed:"_s + QString::fromLatin1((QByteArray(1, 1) + QByteArray(80, 'a')).toBase64());
        QTest::newRow("no JSON") << u"{\"reporter_phone\":\"+84901234567\""_s;
    }
    void textsThatLookSealed()
    {
        QFETCH(QString, before);
        const Id record = take(m_central->make.create(complaint, reported())).record;
        const Operation entry = entryOf(record, before);
        QCOMPARE(m_central->push(entry, m_central->lan).outcome, Outcome::Applied);
        Operation wrong = entryOf(record, before);
        for (FieldChange &change : wrong.changes) {
            if (change.field == u"before")
                change.newValue = qint64(84901234567);
        }
        QCOMPARE(m_central->push(wrong, m_central->lan).outcome, Outcome::Refused);
        (void)m_central->number();
        QCOMPARE(m_central->find(timeline, entry.record).record.text(u"before"_s), before);
        const auto page = m_central->pull({});
        QVERIFY(page);
        const ChangePage open = test::opened(*page);
        QVERIFY(std::ranges::any_of(open.changes, [&](const Change &change) { return change.record.id == entry.record && change.record.text(u"before"_s) == before; }));
        QVERIFY(!databaseText().contains("84901234567"));
        QVERIFY(isJournalWhole());
    }

    // Who waited for a record reads what the one before made of it, its key as well.
    void whoWaitedForTheRecordSeesItsKey()
    {
        if (!m_central->database)
            return; // a file has one writer
        Values values = reported();
        values.remove(nameOf);
        values.remove(phoneOf);
        const Id record = take(m_central->make.create(complaint, values)).record;
        const RecordTables &tables = m_central->storage->tables();
        const RecordType &type = *m_central->catalog->type(complaint);
        const auto first = connection();
        auto transaction = db::Transaction::begin(*first);
        auto state = tables.find(*first, type, record, RecordTables::Purpose::Change);
        QVERIFY(transaction && state);
        state->record.values.insert(phoneOf, phone);
        ++state->record.version;
        QVERIFY(tables.update(*first, type, *state, {{}, 1}));
        auto second = m_central->storage->write([&](db::Connection &own) -> Result<void> {
            auto later = db::Transaction::begin(own);
            auto found = tables.find(own, type, record, RecordTables::Purpose::Change);
            if (!later || !found)
                return std::unexpected(!later ? later.error() : found.error());
            found->record.values.insert(u"address"_s, u"2 Nguyễn Bỉnh Khiêm"_s);
            ++found->record.version;
            return tables.update(own, type, *found, {{}, 2}).and_then([&] { return later->commit(); });
        });
        const auto watcher = connection();
        QTRY_COMPARE(watcher->integer(u"SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"_s).value_or(-1), 1);
        QVERIFY(transaction->commit());
        QVERIFY(second.result());
        const Record now = m_central->find(complaint, record).record;
        QCOMPARE(now.text(phoneOf), phone);
        QCOMPARE(now.text(u"address"_s), u"2 Nguyễn Bỉnh Khiêm"_s);
    }

    // A conflict with a record that has no key: what was sent is given back when it is asked for again.
    void conflictsWithoutAKeyLoseNothing()
    {
        Values values = reported();
        values.remove(nameOf);
        values.remove(phoneOf);
        const Id record = take(m_central->make.create(complaint, values)).record;
        take(m_central->make.make(OperationKind::Delete, complaint, record, {}, 1));
        const Operation late = m_central->make.edit(complaint, record, phoneOf, {}, phone, 1);
        const Answer answer = m_central->push(late, m_central->minh);
        QCOMPARE(answer.outcome, Outcome::Conflict);
        QCOMPARE(answer.conflicts.first().mine, QCborValue(phone));
        QCOMPARE(m_central->push(late, m_central->minh), answer);
        QVERIFY(!databaseText().contains("901234567"));
    }

    // What an import writes, and finds unchanged the next time.
    void importsAreSealed()
    {
        const Id id = m_central->make.newId();
        const Record guide{.type = u"guide"_s, .id = id, .values = {{u"card_number"_s, u"179123456"_s}, {u"name"_s, u"Bình"_s}, {u"kind"_s, u"domestic"_s}, {u"phone"_s, phone}}};
        QCOMPARE(m_central->storage->importRecords({guide}, {}).result()->added, 1);
        QCOMPARE(m_central->storage->importRecords({guide}, {}).result()->unchanged, 1);
        QVERIFY(!databaseText().contains("901234567"));
        QCOMPARE(m_central->find(u"guide"_s, id).record.text(u"phone"_s), phone);
    }

    void aKeyThatIsGoneTakesThemWithIt()
    {
        const Id erased = take(m_central->make.create(complaint, reported())).record;
        const Id kept = take(m_central->make.create(complaint, reported())).record;
        const Operation entry = take(entryOf(erased, uR"({"reporter_phone":"+84901234567"})"_s));
        (void)m_central->number();
        QVERIFY(exec(u"DELETE FROM central_seal_key WHERE record IN (?, ?)"_s, {erased.toBytes(), entry.record.toBytes()}));
        QVERIFY(m_central->find(complaint, erased).record.value(phoneOf).isUndefined());
        QCOMPARE(m_central->find(complaint, erased).record.text(u"title"_s), u"Chặt chém khách"_s);
        QCOMPARE(m_central->find(complaint, kept).record.text(phoneOf), phone);
        QVERIFY(m_central->pull({}));
        // Another value is sealed anew, and the old one is gone for good.
        take(m_central->make.edit(complaint, erased, phoneOf, {}, otherPhone, 1));
        QCOMPARE(m_central->find(complaint, erased).record.text(phoneOf), otherPhone);
        QVERIFY(m_central->find(complaint, erased).record.value(nameOf).isUndefined());
        (void)m_central->number();
        QVERIFY(isJournalWhole()); // the journal's chain is whole
    }

    void whatWasTamperedWithIsSaid_data()
    {
        QTest::addColumn<QString>("tamper");
        QTest::newRow("a value of another record") << u"UPDATE complaint SET reporter_phone = (SELECT c.reporter_phone FROM complaint c WHERE c.id = ?1) WHERE id = ?2"_s;
        QTest::newRow("another field") << u"UPDATE complaint SET reporter_name = reporter_phone WHERE id = ?2"_s;
        QTest::newRow("another key") << u"UPDATE central_seal_key SET wrapped = (SELECT k.wrapped FROM central_seal_key k WHERE k.record = ?1) WHERE record = ?2"_s;
    }
    void whatWasTamperedWithIsSaid()
    {
        QFETCH(QString, tamper);
        const Id from = take(m_central->make.create(complaint, reported())).record;
        const Id to = take(m_central->make.create(complaint, reported())).record;
        const auto literal = [&](const Id &id) { return (m_central->database ? u"'\\x%1'::bytea"_s : u"x'%1'"_s).arg(QString::fromLatin1(id.toBytes().toHex())); };
        QVERIFY(exec(tamper.replace(u"?1"_s, literal(from)).replace(u"?2"_s, literal(to))));
        const auto found = m_central->write([&](db::Connection &connection) { return m_central->storage->tables().find(connection, *m_central->catalog->type(complaint), to); });
        QVERIFY(found || found.error().code == ErrorCode::Damaged);
        QVERIFY(!found || found->record.value(phoneOf).isUndefined()); // never another's
    }

    void equalValuesHaveEqualCodes()
    {
        const auto code = [&](const Values &values) {
            const Id id = take(m_central->make.create(complaint, values)).record;
            return m_central->write([&](db::Connection &connection) {
                return connection.one<QByteArray>(u"SELECT reporter_name_match FROM complaint WHERE id = ?"_s, {id.toBytes()}, [](const db::Row &row) { return row.bytes(0); });
            }).value_or(QByteArray());
        };
        Values same = reported();
        same.insert(nameOf, u"NGUYỄN  thị lành"_s);
        Values other = reported();
        other.insert(nameOf, u"Nguyễn Thị Lan"_s);
        const QByteArray first = code(reported());
        QCOMPARE(first.size(), 32);
        QCOMPARE(code(same), first);
        QVERIFY(code(other) != first);
    }

    void aPersonIsFoundHoweverWritten_data()
    {
        QTest::addColumn<QString>("value");
        QTest::addColumn<qsizetype>("records");
        QTest::newRow("a number as one writes it") << u"0901 234 567"_s << qsizetype(3);
        QTest::newRow("a name in capitals") << u"NGUYỄN THỊ LÀNH"_s << qsizetype(2);
        QTest::newRow("part of a name") << u"Lành"_s << qsizetype(0);
        QTest::newRow("nothing") << u" "_s << qsizetype(0);
    }
    void aPersonIsFoundHoweverWritten()
    {
        QFETCH(QString, value);
        QFETCH(qsizetype, records);
        take(m_central->make.create(complaint, reported()));
        const Id gone = take(m_central->make.create(complaint, reported())).record;
        take(m_central->make.make(OperationKind::Delete, complaint, gone, {}, 1));
        const Record guide{.type = u"guide"_s, .id = m_central->make.newId(), .values = {{u"card_number"_s, u"179123456"_s}, {u"name"_s, u"Bình"_s}, {u"kind"_s, u"domestic"_s}, {u"phone"_s, phone}}};
        QCOMPARE(m_central->storage->importRecords({guide}, {}).result()->added, 1);
        QCOMPARE(found(value).size(), records);
    }

    void whatIsHeldAboutAPersonIsHandedOut()
    {
        const Id record = take(m_central->make.create(complaint, reported())).record;
        take(entryOf(record, uR"({"reporter_phone":"+84900000000"})"_s));
        (void)m_central->number();
        const auto records = found(phone);
        const auto all = m_central->write([&](db::Connection &connection) { return person(connection).exported(records, phone); });
        QVERIFY(all);
        const QByteArray text = QJsonDocument(*all).toJson();
        for (const char *part : {"Nguyễn Thị Lành", "+84901234567", "+84900000000", "operation.taken", "Chặt chém khách"})
            QVERIFY2(text.contains(part), part);
        (void)m_central->number();
        QCOMPARE(m_central->count(u"SELECT count(*) FROM audit_entry WHERE kind = 'person.exported'"_s), 1);
    }

    // Everything about them is gone from records, rows, kept operations and answers; devices hear of it, everything else stays.
    void aPersonIsErased()
    {
        const Id record = take(m_central->make.create(complaint, reported())).record;
        const Id other = take(m_central->make.create(complaint, {{u"title"_s, u"x"_s}, {u"category"_s, u"price"_s}, {u"priority"_s, u"3_normal"_s}, {u"received_at"_s, qint64(1)}, {phoneOf, otherPhone}})).record;
        const Id entry = take(entryOf(record, uR"({"reporter_phone":"+84901234567","title":"Cũ"})"_s)).record;
        (void)m_central->number();
        // As an operation that was kept before there was sealing.
        QVERIFY(exec(u"UPDATE central_operation SET operation = ? WHERE record = ?"_s, {wire::packed(m_central->make.edit(complaint, record, phoneOf, {}, phone, 1)), record.toBytes()}));
        const Cursor before = m_central->pull({})->next;
        QVERIFY(m_central->write([&](db::Connection &connection) { return person(connection).erase(found(phone), phone); }));
        (void)m_central->number();
        QVERIFY(found(phone).isEmpty());
        QVERIFY(found(lanh).isEmpty());
        QCOMPARE(found(otherPhone).size(), 1);
        const auto page = m_central->pull(before);
        QVERIFY(page);
        QHash<Id, Record> told;
        for (const Change &change : page->changes)
            told.insert(change.record.id, change.record);
        QCOMPARE(told.size(), 2);
        QCOMPARE(told[record].version, 2);
        QVERIFY(told[record].value(phoneOf).isUndefined() && told[record].value(nameOf).isUndefined());
        QCOMPARE(told[record].text(u"title"_s), u"Chặt chém khách"_s);
        QCOMPARE(told[entry].text(u"before"_s), uR"({"title":"Cũ"})"_s);
        QCOMPARE(m_central->find(complaint, other).record.text(phoneOf), otherPhone);
        QCOMPARE(m_central->count(u"SELECT count(*) FROM central_seal_key"_s), 1);
        QCOMPARE(m_central->count(u"SELECT count(*) FROM audit_entry WHERE kind = 'person.erased'"_s), 1);
        QVERIFY(!databaseText().contains("901234567"));
        // Somebody who was not in touch meanwhile does not bring it back unasked.
        const Operation late = m_central->make.edit(complaint, record, phoneOf, phone, u"+84905555555"_s, 1);
        QCOMPARE(m_central->push(late, m_central->minh).outcome, Outcome::Conflict);
    }

    // What a record held before is found, and taken out without touching what it holds now, which may be somebody else's.
    void aFormerNumberIsFoundAndTakenOut()
    {
        const Id record = take(m_central->make.create(complaint, reported())).record;
        take(m_central->make.edit(complaint, record, phoneOf, phone, otherPhone, 1));
        const Id entry = take(entryOf(record, uR"({"reporter_name":"Trần Văn Bình","reporter_phone":"+84901234567","title":"Cũ"})"_s)).record;
        take(entryOf(record, uR"({"reporter_phone":"0900 000 000"})"_s)); // as another program wrote it
        const Operation late = m_central->make.edit(complaint, record, phoneOf, phone, u"+84977777777"_s, 1); // in conflict: the answer tells what was there, too
        QCOMPARE(m_central->push(late, m_central->minh).outcome, Outcome::Conflict);
        (void)m_central->number();
        const auto of = [&](const QString &value) {
            const auto all = found(value);
            return all.size() == 1 && all.first().record == record && all.first().type->name == complaint ? all.first() : Person::Found();
        };
        QCOMPARE(of(otherPhone).fields, QStringList{phoneOf});
        QCOMPARE(of(u"090 123 4567"_s).formerly, QStringList{phoneOf});
        QVERIFY(of(phone).fields.isEmpty());
        QCOMPARE(of(u"Trần Văn Bình"_s).formerly, QStringList{nameOf});
        QCOMPARE(of(u"0900000000"_s).formerly, QStringList{phoneOf});
        QCOMPARE(of(u"0977777777"_s).formerly, QStringList{phoneOf}); // was never taken, and is kept
        QVERIFY(found(u"0988888888"_s).isEmpty());
        const Cursor before = m_central->pull({})->next;
        const auto handed = m_central->write([&](db::Connection &connection) { return person(connection).exported(found(phone), phone); });
        QVERIFY(handed);
        const QByteArray file = QJsonDocument(*handed).toJson();
        QVERIFY(file.contains("+84901234567") && file.contains(record.toString().toUtf8()));
        QVERIFY(!file.contains("907654321") && !file.contains("Lành")); // somebody else's now
        QVERIFY(m_central->write([&](db::Connection &connection) { return person(connection).erase(found(phone), phone); }));
        (void)m_central->number();
        QVERIFY(found(phone).isEmpty());
        const Answer again = m_central->push(late, m_central->minh); // asked again, it says nothing of it
        QCOMPARE(again.outcome, Outcome::Conflict);
        QVERIFY(again.conflicts.value(0).base.isUndefined());
        QCOMPARE(again.conflicts.value(0).theirs, QCborValue(otherPhone));
        QCOMPARE(m_central->find(complaint, record).record.text(phoneOf), otherPhone);
        QCOMPARE(m_central->find(complaint, record).record.version, 2);
        QCOMPARE(QJsonDocument::fromJson(m_central->find(timeline, entry).record.text(u"before"_s).toUtf8()).object(), (QJsonObject{{u"reporter_name"_s, u"Trần Văn Bình"_s}, {u"title"_s, u"Cũ"_s}}));
        const auto page = m_central->pull(before);
        QVERIFY(page);
        QCOMPARE(page->changes.size(), 1); // devices hear of the row
        QCOMPARE(page->changes.first().record.id, entry);
        QCOMPARE(of(u"Trần Văn Bình"_s).formerly, QStringList{nameOf});
        QCOMPARE(of(u"0900000000"_s).formerly, QStringList{phoneOf});
        QVERIFY(m_central->write([&](db::Connection &connection) { return person(connection).erase(found(u"0900000000"_s), u"0900000000"_s); }));
        QVERIFY(found(u"0900000000"_s).isEmpty());
        (void)m_central->number();
        QVERIFY(isJournalWhole());
    }

    void theKeyFileIsAskedFor()
    {
        const QString path = m_central->folder.filePath(u"data/sealing.key"_s);
        QCOMPARE(QFile::permissions(path) & ~(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser), QFile::Permissions());
        take(m_central->make.create(complaint, reported()));
        m_central->storage.reset();
        QVERIFY(QFile::rename(path, path + u".away"_s));
        const auto missing = CentralStorage::open(m_central->options);
        QCOMPARE(missing.error().code, ErrorCode::NotFound);
        QVERIFY(missing.error().message.contains(u"sealing.key"));
        QVERIFY(Sealing::create(QFileInfo(path).path()));
        const auto other = CentralStorage::open(m_central->options);
        QCOMPARE(other.error().code, ErrorCode::Conflict);
        QVERIFY(QFile::remove(path));
        QFile cut(path);
        QVERIFY(cut.open(QFile::WriteOnly) && cut.write("tourism-ioc sealing key 1\nAAAA\n") > 0);
        cut.close();
        const auto damaged = CentralStorage::open(m_central->options);
        QCOMPARE(damaged.error().code, ErrorCode::Damaged);
        QVERIFY(QFile::remove(path) && QFile::rename(path + u".away"_s, path));
        m_central->reopen();
        QVERIFY(m_central->storage);
    }

    // A database from before there were keys: sealed when it is opened, and nothing else of it changes.
    void anOlderDatabaseIsSealed()
    {
        const Id record = take(m_central->make.create(complaint, reported())).record;
        const Id entry = take(entryOf(record, uR"({"reporter_phone":"+84901234567"})"_s)).record;
        const CentralRecord before = m_central->find(complaint, record);
        QVERIFY(exec(u"DELETE FROM central_seal_key"_s) && exec(u"DELETE FROM central_meta WHERE name IN ('sealing', 'sealed')"_s));
        QVERIFY(exec(u"UPDATE complaint SET reporter_name = ?, reporter_phone = ?, reporter_name_match = NULL, reporter_phone_match = NULL"_s, {lanh, phone}));
        QVERIFY(exec(u"UPDATE timeline_entry SET before = ?"_s, {uR"({"reporter_phone":"+84901234567"})"_s}));
        QVERIFY(QFile::remove(m_central->folder.filePath(u"data/sealing.key"_s)));
        m_central->reopen();
        QVERIFY(m_central->storage);
        QCOMPARE(m_central->find(complaint, record).record, before.record);
        QCOMPARE(m_central->find(timeline, entry).record.text(u"before"_s), uR"({"reporter_phone":"+84901234567"})"_s);
        QVERIFY(!databaseText(u"complaint"_s).contains("901234567"));
        QVERIFY(!databaseText(timeline).contains("901234567"));
        QCOMPARE(m_central->count(u"SELECT count(*) FROM complaint WHERE reporter_phone_match IS NULL"_s), 0);
    }

    // A declaration says of more fields that they are personal: what is there is sealed as well.
    void fieldsDeclaredLaterAreSealed()
    {
        const Id record = take(m_central->make.create(complaint, reported())).record;
        QVERIFY(exec(u"UPDATE complaint SET reporter_name = ?, reporter_name_match = NULL"_s, {lanh}));
        QVERIFY(exec(u"UPDATE central_meta SET value = ? WHERE name = 'sealed'"_s, {QByteArray("of fewer fields")}));
        m_central->reopen();
        QVERIFY(m_central->storage);
        QVERIFY(!databaseText(complaint).contains("Lành"));
        QCOMPARE(m_central->find(complaint, record).record.text(nameOf), lanh);
        QCOMPARE(m_central->find(complaint, record).record.text(phoneOf), phone);
        QCOMPARE(found(lanh).size(), 1);
    }

private:
    Person person(db::Connection &connection) { return {connection, m_central->storage->tables(), m_central->clock}; }
    QList<Person::Found> found(const QString &value)
    {
        return m_central->storage->read([&](db::Connection &connection) { return person(connection).find(value); }).result().value_or(QList<Person::Found>());
    }
    Operation take(const Operation &operation)
    {
        const Answer answer = m_central->push(operation, m_central->lan);
        if (answer.outcome == Outcome::Refused || answer.outcome == Outcome::Later)
            qWarning("%s", qUtf8Printable(answer.message));
        return operation;
    }
    Operation entryOf(const Id &record, const QString &before)
    {
        return m_central->make.create(timeline, {{u"complaint"_s, record.toString()}, {u"kind"_s, u"edit"_s}, {u"at"_s, qint64(1'780'000'000'000)}, {u"before"_s, before}});
    }
    bool exec(const QString &sql, const QVariantList &parameters = {})
    {
        return m_central->write([&](db::Connection &connection) { return connection.exec(sql, parameters); }).has_value();
    }
    bool isJournalWhole()
    {
        const auto report = m_central->storage->read([](db::Connection &connection) { return AuditCheck(connection).run(1, {}); }).result();
        return report && !report->fault;
    }
    [[nodiscard]] std::unique_ptr<db::Connection> connection() const
    {
        return db::Connection::open({.path = m_central->folder.filePath(u"data/central.sqlite"_s), .server = m_central->options.server}).value();
    }
    /// Everything in \a table, or in all of them, the kept operations and answers unpacked.
    QByteArray databaseText(const QString &table = {})
    {
        QByteArray out;
        const auto own = connection();
        QStringList tables{table};
        if (table.isEmpty()) {
            tables.clear();
            (void)own->each(m_central->database ? u"SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'"_s : u"SELECT name FROM sqlite_schema WHERE type = 'table'"_s, {}, [&](const db::Row &row) {
                tables += row.text(0);
                return true;
            });
        }
        const QString columnsOf = m_central->database ? u"SELECT column_name::text FROM information_schema.columns WHERE table_schema = 'public' AND table_name = ?"_s : u"SELECT name FROM pragma_table_info(?)"_s;
        for (const QString &name : std::as_const(tables)) {
            QStringList columns;
            (void)own->each(columnsOf, {name}, [&](const db::Row &row) {
                columns += db::quoted(row.text(0));
                return true;
            });
            (void)own->each(u"SELECT %1 FROM %2"_s.arg(columns.join(u", "_s), db::quoted(name)), {}, [&](const db::Row &row) {
                for (int i = 0; i < columns.size(); ++i)
                    out += row.isNull(i) ? QByteArray() : row.value(i).toByteArray() + '\n';
                return true;
            });
        }
        (void)own->each(u"SELECT operation, answer FROM central_operation"_s, {}, [&](const db::Row &row) {
            if (const auto operation = wire::unpackedOperation(row.bytes(0))) {
                for (const FieldChange &change : operation->changes)
                    out += (change.oldValue.toString() + u'\n' + change.newValue.toString() + u'\n' + QString::number(change.newValue.toInteger())).toUtf8();
            }
            if (const auto answers = wire::decodeAnswers(row.bytes(1))) {
                for (const FieldConflict &conflict : answers->first().conflicts)
                    out += (conflict.base.toString() + conflict.mine.toString() + conflict.theirs.toString()).toUtf8();
            }
            return true;
        });
        return out;
    }
};

QTEST_GUILESS_MAIN(TestSealing)
#include "tst_sealing.moc"
