// SPDX-License-Identifier: GPL-3.0-or-later
#include "centralfixture.h"

#include <central/accounts.h>
#include <central/auditcheck.h>
#include <central/auditlist.h>
#include <central/auditoperation.h>
#include <central/lookjournal.h>
#include <central/sequencer.h>
#include <support/backendtest.h>

#include <QTest>

using namespace ioc;
using namespace Qt::StringLiterals;
using Fault = AuditFault::Kind;

namespace {

const QString complaint = u"complaint"_s;
constexpr qint64 out = 1'000'000; // of the way, while numbers are given anew

} // namespace

/// The audit journal: all that is done is in it, and all that is done to it is found.
class TestAudit : public CentralTest<CentralFixture>
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsDoneIsEntered()
    {
        CentralFixture &central = *m_central;
        const Operation create = central.make.create(complaint, OperationMaker::complaint());
        const Operation wrong = central.make.create(complaint, {{u"title"_s, u"no category"_s}});
        QCOMPARE(central.push(create, central.lan).outcome, Outcome::Applied);
        QCOMPARE(central.push(create, central.lan).outcome, Outcome::Applied); // once more: nothing new is done
        QCOMPARE(central.push(wrong, central.minh).outcome, Outcome::Refused);
        const auto hoa = accounts([](Accounts &all) { return all.add(u"hoa"_s, u"Hoa"_s, u"leader"_s, u"$argon2id$"_s); });
        QVERIFY(hoa);
        QVERIFY(accounts([](Accounts &all) { return all.setPassword(u"hoa"_s, u"$argon2id$new"_s); }));
        QVERIFY(accounts([](Accounts &all) { return all.disable(u"hoa"_s); }));
        QVERIFY(!accounts([](Accounts &all) { return all.disable(u"nobody"_s); })); // nothing was done
        (void)central.number();
        const QList<AuditLink> links = all();
        QCOMPARE(kinds(links), (QStringList{u"journal.began"_s, u"records.imported"_s, u"records.imported"_s, u"operation.taken"_s, u"operation.refused"_s, u"account.added"_s, u"account.password"_s, u"account.disabled"_s}));
        QCOMPARE(links[3].op, create.op.toBytes());
        QCOMPARE(links[3].record, create.record.toBytes());
        QCOMPARE(links[3].account, central.lan.account.toBytes());
        QCOMPARE(links[3].device, central.lan.device.toBytes());
        QCOMPARE(links[4].account, central.minh.account.toBytes());
        for (int i = 5; i < 8; ++i)
            QCOMPARE(links[i].record, hoa->toBytes());
        const AuditReport report = check();
        QVERIFY2(!report.fault, report.fault ? qPrintable(report.fault->message) : "");
        QCOMPARE(report.links, 8);
        QCOMPARE(report.operations, 2);
        QCOMPARE(report.waiting, 0);
        QCOMPARE(report.head.sequence, 8);
    }

    void sensitiveValuesStayOut()
    {
        CentralFixture &central = *m_central;
        Values values = OperationMaker::complaint();
        values.insert(u"reporter_name"_s, u"Người phản ánh bí mật"_s);
        values.insert(u"reporter_phone"_s, u"+84901234567"_s);
        const Operation create = central.make.create(complaint, values);
        QCOMPARE(central.push(create, central.lan).outcome, Outcome::Applied);
        QCOMPARE(central.push(central.make.edit(complaint, create.record, u"reporter_phone"_s, u"+84901234567"_s, u"+84907654321"_s, 1), central.lan).outcome, Outcome::Applied);
        QCOMPARE(central.push(central.make.edit(complaint, create.record, u"+84905555555"_s, u"x"_s, u"y"_s, 1), central.lan).outcome, Outcome::Refused);
        (void)central.number();
        QByteArray everything;
        for (const AuditLink &link : all())
            everything += link.details + link.kind.toUtf8() + link.type.toUtf8();
        QVERIFY(everything.contains("reporter_phone")); // its name may stand there
        for (const char *secret : {"90123", "90765", "90555", "bí mật"})
            QVERIFY2(!everything.contains(secret), secret);
        const AuditReport report = check();
        QVERIFY(!report.fault);
        // Not even a digest to guess by, but the rest of the operation is tied to its entry.
        Operation other = create;
        for (FieldChange &change : other.changes) {
            if (change.field == u"reporter_phone")
                change.newValue = u"+84900000000"_s;
        }
        const QStringList shown{u"title"_s, u"category"_s};
        QCOMPARE(operationDigest(other, shown), operationDigest(create, shown));
        other.changes.last().field += u'x';
        QVERIFY(operationDigest(other, shown) != operationDigest(create, shown));
    }

    void theTableItselfRefuses()
    {
        fill(3);
        QStringList attempts{u"UPDATE audit_entry SET at_ms = 1 WHERE sequence = 2"_s, u"UPDATE audit_entry SET sequence = 99 WHERE sequence = 2"_s, u"DELETE FROM audit_entry WHERE sequence = 2"_s};
        if (m_central->database)
            attempts << u"TRUNCATE audit_entry"_s << u"INSERT INTO audit_entry SELECT * FROM audit_entry WHERE sequence = 2 ON CONFLICT (sequence) DO UPDATE SET at_ms = 1"_s;
        else
            attempts << u"REPLACE INTO audit_entry SELECT * FROM audit_entry WHERE sequence = 2"_s
                     << u"INSERT INTO audit_entry (sequence, at_ms, kind, type, details, digest) VALUES (99, 1, '', '', x'', x'')"_s;
        const qint64 before = m_central->count(u"SELECT count(*) FROM audit_entry"_s);
        for (const QString &attempt : std::as_const(attempts))
            QVERIFY2(!m_central->write([&](db::Connection &connection) { return connection.exec(attempt); }), qPrintable(attempt));
        QCOMPARE(m_central->count(u"SELECT count(*) FROM audit_entry"_s), before);
        QVERIFY(!check().fault);
    }

    void tampering_data()
    {
        QTest::addColumn<QStringList>("sql"); // by somebody who can do anything with the database
        QTest::addColumn<Fault>("kind");
        QTest::addColumn<qint64>("sequence");
        for (const char *column : {"account", "device", "record", "op", "details", "digest"})
            QTest::addRow("%s changed", column) << QStringList{u"UPDATE audit_entry SET %1 = (SELECT digest FROM audit_entry WHERE sequence = 2) WHERE sequence = 6"_s.arg(QLatin1StringView(column))} << Fault::Changed << qint64(6);
        for (const char *column : {"account", "device", "record", "op"})
            QTest::addRow("%s emptied", column) << QStringList{u"UPDATE audit_entry SET %1 = NULL WHERE sequence = 6"_s.arg(QLatin1StringView(column))} << Fault::Changed << qint64(6);
        QTest::newRow("time changed") << QStringList{u"UPDATE audit_entry SET at_ms = at_ms + 1 WHERE sequence = 6"_s} << Fault::Changed << qint64(6);
        QTest::newRow("kind changed") << QStringList{u"UPDATE audit_entry SET kind = 'operation.refused' WHERE sequence = 6"_s} << Fault::Changed << qint64(6);
        QTest::newRow("type changed") << QStringList{u"UPDATE audit_entry SET type = 'lodging' WHERE sequence = 6"_s} << Fault::Changed << qint64(6);
        QTest::newRow("the first changed") << QStringList{u"UPDATE audit_entry SET at_ms = 1 WHERE sequence = 1"_s} << Fault::Changed << qint64(1);
        QTest::newRow("the last changed") << QStringList{u"UPDATE audit_entry SET at_ms = 1 WHERE sequence = 12"_s} << Fault::Changed << qint64(12);
        QTest::newRow("two changed") << QStringList{u"UPDATE audit_entry SET at_ms = 1 WHERE sequence IN (5, 9)"_s} << Fault::Changed << qint64(5);
        QTest::newRow("moved far") << QStringList{u"UPDATE audit_entry SET sequence = 99 WHERE sequence = 6"_s} << Fault::Reordered << qint64(6);
        QTest::newRow("removed") << QStringList{u"DELETE FROM audit_entry WHERE sequence = 6"_s} << Fault::Removed << qint64(6);
        QTest::newRow("several removed") << QStringList{u"DELETE FROM audit_entry WHERE sequence IN (6, 7, 8)"_s} << Fault::Removed << qint64(6);
        QTest::newRow("the first removed") << QStringList{u"DELETE FROM audit_entry WHERE sequence = 1"_s} << Fault::Removed << qint64(1);
        QTest::newRow("removed and closed up") << QStringList{u"DELETE FROM audit_entry WHERE sequence IN (6, 7)"_s, u"UPDATE audit_entry SET sequence = sequence + %1 WHERE sequence > 7"_s.arg(out),
                                                             u"UPDATE audit_entry SET sequence = sequence - %1 WHERE sequence > %2"_s.arg(out + 2).arg(out)} << Fault::Removed << qint64(6);
        QTest::newRow("two swapped") << QStringList{u"UPDATE audit_entry SET sequence = -1 WHERE sequence = 6"_s, u"UPDATE audit_entry SET sequence = 6 WHERE sequence = 7"_s,
                                                   u"UPDATE audit_entry SET sequence = 7 WHERE sequence = -1"_s} << Fault::Reordered << qint64(6);
        QTest::newRow("far ones swapped") << QStringList{u"UPDATE audit_entry SET sequence = -1 WHERE sequence = 6"_s, u"UPDATE audit_entry SET sequence = 6 WHERE sequence = 11"_s,
                                                        u"UPDATE audit_entry SET sequence = 11 WHERE sequence = -1"_s} << Fault::Reordered << qint64(6);
        QTest::newRow("inserted") << QStringList{u"UPDATE audit_entry SET sequence = sequence + %1 WHERE sequence > 5"_s.arg(out), u"UPDATE audit_entry SET sequence = sequence - %1 WHERE sequence > %2"_s.arg(out - 1).arg(out),
                                                u"INSERT INTO audit_entry SELECT 6, at_ms, account, device, kind, type, record, op, details, digest FROM audit_entry WHERE sequence = 4"_s} << Fault::Inserted << qint64(6);
        QTest::newRow("the end cut off") << QStringList{u"DELETE FROM audit_entry WHERE sequence > 10"_s} << Fault::CutOff << qint64(11);
        QTest::newRow("all removed") << QStringList{u"DELETE FROM audit_entry"_s} << Fault::CutOff << qint64(1);
        QTest::newRow("an operation removed") << QStringList{u"DELETE FROM central_operation WHERE op = (SELECT op FROM audit_entry WHERE sequence = 6)"_s} << Fault::OperationGone << qint64(6);
        QTest::newRow("an operation's author") << QStringList{u"UPDATE central_operation SET author = device WHERE op = (SELECT op FROM audit_entry WHERE sequence = 6)"_s} << Fault::OperationChanged << qint64(6);
        QTest::newRow("an operation's content") << QStringList{u"UPDATE central_operation SET operation = (SELECT o.operation FROM central_operation o, audit_entry a WHERE o.op = a.op AND a.sequence = 7) "
                                                              "WHERE op = (SELECT op FROM audit_entry WHERE sequence = 6)"_s} << Fault::OperationChanged << qint64(6);
        QTest::newRow("an operation's outcome") << QStringList{u"UPDATE central_operation SET outcome = 4 WHERE op = (SELECT op FROM audit_entry WHERE sequence = 6)"_s} << Fault::OperationChanged << qint64(6);
        QTest::newRow("an operation renamed") << QStringList{u"UPDATE central_operation SET op = device WHERE op = (SELECT op FROM audit_entry WHERE sequence = 12)"_s} << Fault::OperationGone << qint64(12);
    }
    void tampering()
    {
        QFETCH(QStringList, sql);
        QFETCH(Fault, kind);
        QFETCH(qint64, sequence);
        fill(9);
        const AuditAnchor anchor = check().head;
        QCOMPARE(anchor.sequence, 12);
        QVERIFY(!check(1, {anchor}).fault);
        tamper(sql);
        const AuditReport report = check(1, {anchor});
        QVERIFY(report.fault);
        QCOMPARE(report.fault->kind, kind);
        QCOMPARE(report.fault->sequence, sequence);
        QVERIFY(!report.fault->message.isEmpty());
    }

    void anInsertedEntryWithItsOwnDigest()
    {
        fill(9);
        QList<AuditLink> links = all();
        AuditLink forged = links[5];
        forged.atMs += 1;
        forged.sequence = 6;
        forged.digest = chainedDigest(links[4].digest, forged, 6);
        tamper({u"UPDATE audit_entry SET sequence = sequence + %1 WHERE sequence > 5"_s.arg(out), u"UPDATE audit_entry SET sequence = sequence - %1 WHERE sequence > %2"_s.arg(out - 1).arg(out)});
        QVERIFY(m_central->write([&](db::Connection &connection) {
            return connection.exec(u"INSERT INTO audit_entry SELECT 6, at_ms + 1, account, device, kind, type, record, op, details, ? FROM audit_entry WHERE sequence = 7"_s, {forged.digest});
        }));
        const AuditReport report = check();
        QVERIFY(report.fault);
        QCOMPARE(report.fault->kind, Fault::Inserted);
        QCOMPARE(report.fault->sequence, 6);
    }

    // Somebody who computes all digests anew is found by an anchor that they could not reach.
    void aChainWrittenAnew()
    {
        fill(9);
        const QList<AuditLink> links = all();
        const AuditAnchor early{3, links[2].digest};
        const AuditAnchor late{12, links[11].digest};
        tamper({u"UPDATE audit_entry SET at_ms = at_ms - 1000 WHERE sequence = 5"_s});
        QByteArray before = links[3].digest;
        for (qsizetype i = 4; i < links.size(); ++i) {
            AuditLink link = links[i];
            link.atMs -= i == 4 ? 1000 : 0;
            before = chainedDigest(before, link, link.sequence);
            QVERIFY(m_central->write([&](db::Connection &connection) { return connection.exec(u"UPDATE audit_entry SET digest = ? WHERE sequence = ?"_s, {before, link.sequence}); }));
        }
        QVERIFY(!check(1, {early}).fault);
        for (const qint64 from : {1, 6, 13}) {
            const AuditReport report = check(from, {early, late});
            QVERIFY(report.fault);
            QCOMPARE(report.fault->kind, Fault::Rewritten);
            QCOMPARE(report.fault->sequence, 12);
        }
    }

    void aCutEndIsMissedByItsOperations()
    {
        fill(9);
        tamper({u"DELETE FROM audit_entry WHERE sequence > 10"_s});
        const AuditReport report = check();
        QVERIFY(report.fault);
        QCOMPARE(report.fault->kind, Fault::OperationWithoutEntry);
    }

    void checkingFromTheMiddle()
    {
        fill(9);
        QCOMPARE(check(10).links, 3);
        QCOMPARE(check(13).links, 0);
        const auto beyond = m_central->write([](db::Connection &connection) { return AuditCheck(connection).run(14, {}); });
        QCOMPARE(beyond.error().code, ErrorCode::InvalidInput);
        tamper({u"UPDATE audit_entry SET at_ms = 1 WHERE sequence = 4"_s});
        QVERIFY(check().fault);
        QVERIFY(!check(10).fault);
        QCOMPARE(check(4).fault->sequence, 4);
    }

    void operationsFromBeforeTheJournal()
    {
        fill(4);
        tamper({u"DELETE FROM audit_entry"_s, u"DELETE FROM audit_pending"_s, u"DELETE FROM central_meta WHERE name = 'audit_began'"_s});
        m_central->reopen(); // as a central that comes from a version without journal
        QTest::qWait(2); // received later, by the clock
        fill(2);
        QVERIFY(!check().fault);
        tamper({u"DELETE FROM central_operation WHERE received_ms = (SELECT min(received_ms) FROM central_operation)"_s});
        QCOMPARE(check().fault->kind, Fault::OperationWithoutEntry);
    }

    void whatWaitsForItsPlaceIsNotMissed() // the program was killed between a commit and the chaining
    {
        CentralFixture &central = *m_central;
        fill(2);
        const Operation create = central.make.create(complaint, OperationMaker::complaint());
        QCOMPARE(central.push(create, central.lan).outcome, Outcome::Applied);
        const AuditReport before = check();
        QVERIFY(!before.fault);
        QCOMPARE(before.waiting, 1);
        central.reopen();
        (void)central.number();
        const AuditReport after = check(1, {before.head});
        QVERIFY(!after.fault);
        QCOMPARE(after.waiting, 0);
        QCOMPARE(all().last().op, create.op.toBytes());
        QCOMPARE(after.links, before.links + 1);
    }

    void whatIsRolledBackIsNotEntered()
    {
        CentralFixture &central = *m_central;
        fill(1);
        const auto nothing = central.write([&](db::Connection &connection) -> Result<void> {
            auto transaction = db::Transaction::begin(connection);
            return AuditJournal(connection).add({.kind = AuditKind::BackupMade, .atMs = 1, .who = {}, .type = {}, .record = {}, .op = {}, .details = {}});
        });
        QVERIFY(nothing);
        (void)central.number();
        QCOMPARE(kinds(all()).count(u"backup.made"_s), 0);
    }

    void manyWritersOnTwoCentrals()
    {
        CentralFixture &central = *m_central;
        std::unique_ptr<CentralStorage> second;
        if (central.database)
            second = CentralStorage::open(central.options).value();
        CentralStorage &other = second ? *second : *central.storage;
        constexpr int writers = 6;
        constexpr int rounds = 20;
        {
            const Sequencer here(*central.storage);
            const Sequencer there(other);
            QList<QFuture<Result<int>>> work;
            for (int writer = 0; writer < writers; ++writer) {
                CentralStorage &storage = writer % 2 ? other : *central.storage;
                for (int round = 0; round < rounds; ++round) {
                    const QList<Operation> operations{central.make.create(complaint, OperationMaker::complaint()), central.make.create(complaint, {{u"title"_s, u"refused"_s}})};
                    work += storage.write([&central, &storage, operations](db::Connection &connection) {
                        return OperationJudge(connection, storage.tables(), central.clock).judge(operations, Scope(central.lan)).transform([](const QList<Answer> &answers) { return static_cast<int>(answers.size()); });
                    });
                }
            }
            for (auto &future : work)
                QVERIFY(future.result());
            QTRY_COMPARE_WITH_TIMEOUT(central.count(u"SELECT count(*) FROM audit_pending"_s), 0, 60'000);
        }
        const AuditReport report = check();
        QVERIFY2(!report.fault, report.fault ? qPrintable(report.fault->message) : "");
        QCOMPARE(report.operations, 2 * writers * rounds);
        QCOMPARE(central.count(u"SELECT count(*) - count(DISTINCT op) FROM audit_entry WHERE op IS NOT NULL"_s), 0);
    }

    void looksAreEnteredOnce()
    {
        CentralFixture &central = *m_central;
        const Id record = central.make.newId();
        const Look look{.look = central.make.newId(), .type = complaint, .record = record, .fields = {u"reporter_phone"_s}, .author = central.lan.account, .deviceTimeMs = central.clock.nowMs() - 3'600'000, .offsetMs = 0};
        Look others = look;
        others.look = central.make.newId();
        for (int i = 0; i < 2; ++i)
            QVERIFY(central.write([&](db::Connection &connection) { return takeLooks(connection, central.clock, {look, others, look}, i == 0 ? central.lan : central.minh); }));
        Look later = look;
        later.look = central.make.newId();
        later.deviceTimeMs += 10LL * 365 * 86'400'000; // a clock that is wrong
        QVERIFY(central.write([&](db::Connection &connection) { return takeLooks(connection, central.clock, {later}, central.minh); }));
        (void)central.number();
        QList<AuditLink> links = all();
        links.removeIf([](const AuditLink &link) { return link.kind != auditKindCode(AuditKind::SealedSeen); });
        QCOMPARE(links.size(), 3);
        for (const AuditLink &link : std::as_const(links)) {
            QCOMPARE(link.account, central.lan.account.toBytes()); // whoever reports it
            QCOMPARE(link.record, record.toBytes());
            QVERIFY(link.details.contains("reporter_phone"));
            QVERIFY(link.atMs <= central.clock.nowMs());
        }
        QVERIFY(links[0].atMs <= central.clock.nowMs() - 3'500'000);
        QVERIFY(links[2].details.contains("ahead"));
        QVERIFY(links[2].details.contains(central.minh.account.toBytes()));
        QVERIFY(!check().fault);
    }

    void listing()
    {
        CentralFixture &central = *m_central;
        const QList<Operation> operations = fill(6);
        QCOMPARE(all({.account = central.lan.account}).size(), 6);
        QCOMPARE(all({.account = central.make.newId()}).size(), 0);
        QCOMPARE(all({.record = operations[2].record}).size(), 1);
        const QList<AuditLink> ofLan = all({.record = central.lan.account}); // made by an import
        QCOMPARE(ofLan.size(), 1);
        QCOMPARE(ofLan.first().kind, auditKindCode(AuditKind::RecordsImported));
        const qint64 moment = all()[5].atMs;
        QVERIFY(std::ranges::all_of(all({.sinceMs = moment}), [&](const AuditLink &link) { return link.atMs >= moment; }));
        QCOMPARE(all({.sinceMs = moment}).size() + all({.untilMs = moment}).size(), 9);
    }

    void anchors()
    {
        const AuditAnchor one{12, QByteArray(32, 'a')};
        const auto read = AuditAnchor::fromText("# taken on Monday\n\n" + one.toString().toLatin1() + "\r\n0 " + QByteArray(64, '0') + '\n');
        QVERIFY(read);
        QCOMPARE(read->size(), 2);
        QCOMPARE(read->last(), one);
        for (const QByteArray &wrong : {QByteArray("12"), QByteArray("12 abc"), "x " + QByteArray(64, 'a'), "-1 " + QByteArray(64, 'a'), "1 " + QByteArray(64, 'g'), "1 " + QByteArray(64, 'a') + " more"})
            QCOMPARE(AuditAnchor::fromText(wrong).error().code, ErrorCode::InvalidInput);
    }

    void oneMeaningHasOneEncoding()
    {
        const QCborMap map{{u"b"_s, 1}, {u"a"_s, QCborMap{{u"long"_s, true}, {u"z"_s, QByteArray("x")}}}};
        const QCborMap same{{u"a"_s, QCborMap{{u"z"_s, QByteArray("x")}, {u"long"_s, true}}}, {u"b"_s, 1}};
        QCOMPARE(canonicalCbor(map), canonicalCbor(same));
        QCOMPARE(canonicalCbor(map).toHex(), QByteArray("a26161a2617a4178646c6f6e67f5616201"));
        QCOMPARE(QCborValue::fromCbor(canonicalCbor(map)).toMap(), same); // in the order in which it is written
    }

private:
    template <typename Work>
    std::invoke_result_t<Work, Accounts &> accounts(Work work)
    {
        return m_central->write([&](db::Connection &connection) {
            Accounts all(connection, m_central->storage->tables(), m_central->clock);
            return work(all);
        });
    }
    QList<Operation> fill(int count)
    {
        QList<Operation> operations;
        for (int i = 0; i < count; ++i)
            operations += m_central->make.create(complaint, OperationMaker::complaint(u"Phản ánh %1"_s.arg(i)));
        for (const Operation &operation : std::as_const(operations)) {
            if (m_central->push(operation, m_central->lan).outcome != Outcome::Applied)
                qFatal("not applied");
        }
        (void)m_central->number();
        return operations;
    }
    AuditReport check(qint64 from = 1, const QList<AuditAnchor> &anchors = {})
    {
        const auto report = m_central->storage->read([&](db::Connection &connection) { return AuditCheck(connection).run(from, anchors); }).result();
        if (!report)
            qFatal("%s", qPrintable(report.error().detail));
        return *report;
    }
    QList<AuditLink> all(const AuditFilter &filter = {})
    {
        QList<AuditLink> links;
        const auto read = m_central->storage->read([&](db::Connection &connection) {
            return eachAuditEntry(connection, filter, [&](const AuditLink &link) {
                links += link;
                return true;
            });
        }).result();
        return read ? links : QList<AuditLink>();
    }
    static QStringList kinds(const QList<AuditLink> &links)
    {
        QStringList out;
        for (const AuditLink &link : links)
            out += link.kind;
        return out;
    }
    void tamper(const QStringList &statements)
    {
        const auto done = m_central->write([&](db::Connection &connection) -> Result<void> {
            QStringList sql;
            if (m_central->database)
                sql += u"ALTER TABLE audit_entry DISABLE TRIGGER USER"_s;
            else
                sql << u"DROP TRIGGER IF EXISTS audit_entry_kept"_s << u"DROP TRIGGER IF EXISTS audit_entry_not_removed"_s << u"DROP TRIGGER IF EXISTS audit_entry_appended"_s;
            sql += statements;
            for (const QString &one : std::as_const(sql)) {
                if (const auto ran = connection.exec(one); !ran)
                    return std::unexpected(ran.error());
            }
            return {};
        });
        QVERIFY2(done, done ? "" : qPrintable(done.error().detail));
    }
};

QTEST_GUILESS_MAIN(TestAudit)
#include "tst_audit.moc"
