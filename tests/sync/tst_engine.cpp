// SPDX-License-Identifier: GPL-3.0-or-later
#include "../support/teststore.h"
#include "fakecentral.h"

#include <sync/syncengine.h>

#include <QCryptographicHash>
#include <QRegularExpression>
#include <QSignalSpy>

using namespace ioc;
using namespace ioc::test;
using namespace Qt::StringLiterals;

namespace {

const QString firmType = u"travel_firm"_s;
const QString sessionPath = u"/v1/session"_s;
const QString pushPath = u"/v1/operations"_s;
const QString pullPath = u"/v1/changes"_s;
const QString snapshotPath = u"/v1/snapshot"_s;
constexpr int patienceMs = 20'000; // the engine's own waits between tries included

Values firm(const QString &name)
{
    return {{u"name"_s, name}, {u"kind"_s, u"domestic"_s}};
}

/// An engine on a store of its own, with a central in memory.
struct Desk
{
    Desk()
    {
        central = new FakeCentral;
        central->epoch = Id::create(local.clock);
        local.clock.setNowMs(central->serverTimeMs);
        if (!local.open())
            qFatal("cannot open");
        client = std::make_unique<CentralClient>(CentralClient::Options{.server = QUrl(u"https://central.example:8443"_s)}, central);
        central->setParent(client.get());
        secrets = std::make_unique<FileSecretStore>(local.folder + u"/secrets"_s);
        start();
    }
    void start() { engine = std::make_unique<SyncEngine>(*local.store, *client, *secrets, local.clock); }
    Result<Session> signIn(const QString &password = u"đúng"_s) { return answered(engine->signIn(u"lan"_s, password)); }
    bool isOnline() const { return engine->state().kind == SyncState::Kind::Online; }

    TestStore local;
    FakeCentral *central;
    std::unique_ptr<CentralClient> client;
    std::unique_ptr<FileSecretStore> secrets;
    std::unique_ptr<SyncEngine> engine;
};

} // namespace

class TestSyncEngine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void signsInAndFollowsTheFeed()
    {
        Desk desk;
        const Id id = Id::create(desk.local.clock);
        desk.central->publish(stateOf(firmType, id, 1, firm(u"A"_s)));
        const auto session = desk.signIn();
        QVERIFY2(session, session ? "" : qPrintable(session.error().message));
        QTRY_VERIFY(desk.isOnline());
        QCOMPARE(desk.local.record(firmType, id)->record.text(u"name"_s), u"A"_s);
        QCOMPARE(desk.local.store->author().displayName, u"Lan"_s);
        QVERIFY(desk.engine->state().lastSyncMs > 0);
        desk.central->publish(stateOf(firmType, id, 2, firm(u"B"_s))); // while the long wait is on
        QTRY_COMPARE(desk.local.record(firmType, id)->record.text(u"name"_s), u"B"_s);
    }

    void snapshotOfAnotherSchemaIsNotFetched()
    {
        Desk desk;
        const Id id = Id::create(desk.local.clock);
        desk.central->publish(stateOf(firmType, id, 1, firm(u"A"_s)));
        const Cursor other{.epoch = desk.central->epoch, .sequence = 9, .schemaVersion = desk.local.catalog->schemaVersion() + 1};
        desk.central->failNext(snapshotPath, {.body = wire::encode(Snapshot{.ready = true, .records = 9, .id = u"all-1"_s, .bytes = 10, .unpackedBytes = 20, .sha256 = QByteArray(32, 'h'), .cursor = other})});
        QVERIFY(desk.signIn());
        QTRY_VERIFY(desk.isOnline());
        QCOMPARE(desk.local.record(firmType, id)->record.text(u"name"_s), u"A"_s); // by the feed
        QCOMPARE(desk.central->requests(snapshotPath), 1);
        QCOMPARE(desk.central->requests(snapshotPath + u"/all-1"_s), 0);
    }

    void snapshotThatIsNoneIsRefusedAndTheFeedFollowed()
    {
        Desk desk;
        const Id id = Id::create(desk.local.clock);
        desk.central->publish(stateOf(firmType, id, 1, firm(u"A"_s)));
        const QByteArray rubbish(100, 'x');
        const Cursor cursor{.epoch = desk.central->epoch, .sequence = 9, .schemaVersion = desk.local.catalog->schemaVersion()};
        const Snapshot offer{.ready = true, .records = 9, .id = u"all-1"_s, .bytes = rubbish.size(), .unpackedBytes = 20, .sha256 = QCryptographicHash::hash(rubbish, QCryptographicHash::Sha256), .cursor = cursor};
        desk.central->failNext(snapshotPath, {.status = 202, .body = wire::encode(Snapshot{.records = SnapshotFetch::waitedForFrom, .done = 5})}); // asked again
        desk.central->failNext(snapshotPath, {.body = wire::encode(offer)}, 3);
        desk.central->failNext(snapshotPath + u"/all-1"_s, {.status = 206, .body = rubbish.first(60)});
        desk.central->failNext(snapshotPath + u"/all-1"_s, {.status = 206, .body = rubbish.sliced(60)});
        desk.central->failNext(snapshotPath + u"/all-1"_s, {.status = 206, .body = rubbish + rubbish}); // more than there is
        desk.central->failNext(snapshotPath + u"/all-1"_s, {.status = 206}); // nothing
        for (int i = 0; i < 3; ++i)
            QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"event=snapshot_refused"_s));
        QList<SnapshotProgress::Phase> phases;
        connect(desk.engine.get(), &SyncEngine::stateChanged, this, [&](const SyncState &state) {
            if (state.snapshot)
                phases += state.snapshot->phase;
        });
        QVERIFY(desk.signIn());
        QTRY_VERIFY_WITH_TIMEOUT(desk.isOnline(), patienceMs);
        QCOMPARE(phases.first(), SnapshotProgress::Phase::Building);
        QVERIFY(phases.contains(SnapshotProgress::Phase::Unpacking));
        QVERIFY(!phases.contains(SnapshotProgress::Phase::Adopting));
        QVERIFY(!desk.engine->state().snapshot);
        QCOMPARE(desk.local.record(firmType, id)->record.text(u"name"_s), u"A"_s);
        QCOMPARE(desk.central->requests(snapshotPath), 4);
    }

    void wrongPasswordIsSaidInCentralsWords()
    {
        Desk desk;
        const auto session = desk.signIn(u"sai"_s);
        QVERIFY(!session);
        QCOMPARE(session.error().code, ErrorCode::Unauthenticated);
        QCOMPARE(session.error().message, u"Sai mật khẩu."_s);
        QCOMPARE(desk.engine->state().kind, SyncState::Kind::SignedOut);
        QCOMPARE(desk.central->requests(pullPath), 0);
    }

    void manyPagesArriveWhole()
    {
        Desk desk;
        desk.central->pageSize = 70;
        for (int i = 0; i < 1000; ++i)
            desk.central->publish(stateOf(firmType, Id::create(desk.local.clock), 1, firm(u"%1"_s.arg(i))));
        QVERIFY(desk.signIn());
        QTRY_VERIFY_WITH_TIMEOUT(desk.isOnline(), patienceMs);
        QCOMPARE(*answered(desk.local.store->count({.type = firmType})), 1000);
        QCOMPARE(answered(desk.local.store->cursor())->sequence, 1000);
    }

    void sendsWhatIsSaved()
    {
        Desk desk;
        QVERIFY(desk.signIn());
        QTRY_VERIFY(desk.isOnline());
        const Id id = Id::create(desk.local.clock);
        QVERIFY(desk.local.create(firmType, id, firm(u"A"_s)));
        QTRY_COMPARE(desk.central->received().size(), 1);
        QCOMPARE(desk.central->received().first().record, id);
        QTRY_COMPARE(desk.local.store->status().outbox, 0);
        QVERIFY(desk.local.record(firmType, id)->pending); // until the feed shows it
        desk.central->publish(stateOf(firmType, id, 1, firm(u"A"_s)));
        QTRY_VERIFY(!desk.local.record(firmType, id)->pending);
        QVERIFY(desk.local.create(firmType, Id::create(desk.local.clock), firm(u"B"_s)));
        QTRY_COMPARE(desk.central->received().size(), 2);
    }

    void nothingIsAskedForTwiceWhenIdle()
    {
        Desk desk;
        QVERIFY(desk.signIn());
        QTRY_VERIFY(desk.isOnline());
        QTRY_COMPARE(desk.central->requests(pullPath), 2); // one that answered at once, one that waits
        QCOMPARE(desk.central->requests(pushPath), 0);
        QCOMPARE(desk.central->requests(sessionPath), 1);
    }

    void lostAnswersDoubleNothing()
    {
        Desk desk;
        QVERIFY(desk.signIn());
        QTRY_VERIFY(desk.isOnline());
        desk.central->loseAnswers = 2;
        QVERIFY(desk.local.create(firmType, Id::create(desk.local.clock), firm(u"A"_s)));
        QTRY_VERIFY_WITH_TIMEOUT(desk.engine->state().kind == SyncState::Kind::Offline, patienceMs);
        QVERIFY(!desk.engine->state().reason.message.isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(desk.local.store->status().outbox, 0, patienceMs);
        QCOMPARE(desk.central->received().size(), 3); // offered until answered, and always as the same operation
        for (const Operation &operation : desk.central->received())
            QCOMPARE(operation.op, desk.central->received().first().op);
    }

    void comesBackByItself_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("error");
        QTest::newRow("refused") << 0 << int(QNetworkReply::ConnectionRefusedError);
        QTest::newRow("closed") << 0 << int(QNetworkReply::RemoteHostClosedError);
        QTest::newRow("timeout") << 0 << int(QNetworkReply::TimeoutError);
        QTest::newRow("busy") << 503 << 0;
        QTest::newRow("fault") << 500 << 0;
        QTest::newRow("garbage") << 200 << 0;
    }

    void comesBackByItself()
    {
        QFETCH(int, status);
        QFETCH(int, error);
        Desk desk;
        desk.central->failNext(pullPath, {.status = status, .body = "garbage", .error = QNetworkReply::NetworkError(error)}, 2);
        QVERIFY(desk.signIn());
        QTRY_VERIFY_WITH_TIMEOUT(desk.engine->state().kind == SyncState::Kind::Offline, patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(desk.isOnline(), patienceMs);
    }

    void anotherCertificateIsUntrusted()
    {
        Desk desk;
        desk.central->failNext(sessionPath, {.error = QNetworkReply::SslHandshakeFailedError});
        const auto session = desk.signIn();
        QVERIFY(!session);
        QCOMPARE(session.error().code, ErrorCode::Untrusted);
    }

    void staleTokenIsRenewed()
    {
        Desk desk;
        QVERIFY(desk.signIn());
        QTRY_VERIFY(desk.isOnline());
        desk.central->currentToken = u"revoked"_s;
        QVERIFY(desk.local.create(firmType, Id::create(desk.local.clock), firm(u"A"_s)));
        QTRY_COMPARE_WITH_TIMEOUT(desk.local.store->status().outbox, 0, patienceMs);
        QCOMPARE(desk.central->requests(sessionPath), 2);
    }

    void tokenIsRenewedBeforeItEnds()
    {
        Desk desk;
        desk.central->lifeMs = 70'000;
        QVERIFY(desk.signIn());
        QTRY_VERIFY(desk.isOnline());
        desk.local.clock.advance(20'000); // 50 s are left
        desk.engine->syncNow();
        QTRY_COMPARE(desk.central->requests(sessionPath), 2);
    }

    void refusedRenewalSignsOut()
    {
        Desk desk;
        QVERIFY(desk.signIn());
        QTRY_VERIFY(desk.isOnline());
        QVERIFY(desk.local.create(firmType, Id::create(desk.local.clock), firm(u"A"_s)));
        QTRY_COMPARE(desk.local.store->status().outbox, 0);
        desk.central->currentToken = u"revoked"_s;
        desk.central->currentRefresh = u"revoked"_s;
        QVERIFY(desk.local.create(firmType, Id::create(desk.local.clock), firm(u"B"_s)));
        QTRY_COMPARE_WITH_TIMEOUT(desk.engine->state().kind, SyncState::Kind::SignedOut, patienceMs);
        QTRY_COMPARE(desk.local.store->status().outbox, 1); // kept for the next sign-in
        QVERIFY(desk.signIn());
        QTRY_COMPARE_WITH_TIMEOUT(desk.local.store->status().outbox, 0, patienceMs);
    }

    void goesOnFromLastTimeWithoutNetwork()
    {
        Desk desk;
        QVERIFY(desk.signIn());
        QTRY_VERIFY(desk.isOnline());
        desk.engine.reset();
        desk.central->failNext(sessionPath, {.error = QNetworkReply::HostNotFoundError}, 1);
        desk.start();
        QVERIFY(desk.engine->resume());
        QCOMPARE(desk.engine->session().displayName, u"Lan"_s);
        QVERIFY(desk.local.create(firmType, Id::create(desk.local.clock), firm(u"A"_s))); // work goes on at once
        QTRY_VERIFY(desk.engine->state().kind == SyncState::Kind::Offline);
        QTRY_COMPARE_WITH_TIMEOUT(desk.local.store->status().outbox, 0, patienceMs);
    }

    void signOutForgets()
    {
        Desk desk;
        QVERIFY(desk.signIn());
        QTRY_VERIFY(desk.isOnline());
        desk.engine->signOut();
        QCOMPARE(desk.engine->state().kind, SyncState::Kind::SignedOut);
        QVERIFY(desk.engine->session().account.isNull());
        desk.engine.reset();
        desk.start();
        QVERIFY(!desk.engine->resume());
    }

    void secretsAreForTheOwnerAlone()
    {
        Desk desk;
        QVERIFY(desk.signIn());
        const QFileInfoList files = QDir(desk.local.folder + u"/secrets"_s).entryInfoList(QDir::Files);
        QCOMPARE(files.size(), 1);
        QVERIFY(!(files.first().permissions() & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther)));
        QFile file(files.first().filePath());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto kept = wire::decodeSession(file.readAll());
        QVERIFY(kept && kept->accessToken.isEmpty() && !kept->refreshToken.isEmpty());
    }

    void anotherEpochStartsTheFeedAgain()
    {
        Desk desk;
        const Id gone = Id::create(desk.local.clock);
        desk.central->publish(stateOf(firmType, gone, 1, firm(u"A"_s)));
        QVERIFY(desk.signIn());
        QTRY_VERIFY(desk.isOnline());
        const Id mine = Id::create(desk.local.clock);
        QVERIFY(desk.local.create(firmType, mine, firm(u"B"_s)));
        QTRY_COMPARE(desk.local.store->status().outbox, 0);
        desk.central->publish(stateOf(firmType, mine, 1, firm(u"B"_s)));
        QTRY_VERIFY(!desk.local.record(firmType, mine)->pending);
        // Central was set back to a time before both.
        desk.engine.reset();
        auto *restored = new FakeCentral;
        restored->epoch = Id::create(desk.local.clock);
        desk.client = std::make_unique<CentralClient>(CentralClient::Options{.server = QUrl(u"https://central.example:8443"_s)}, restored);
        restored->setParent(desk.client.get());
        desk.central = restored;
        desk.start();
        QVERIFY(desk.signIn());
        QTRY_COMPARE_WITH_TIMEOUT(restored->received().size(), 1, patienceMs); // what was sent is offered again
        QCOMPARE(restored->received().first().record, mine);
        QTRY_VERIFY(!desk.local.record(firmType, gone));
        QVERIFY(desk.local.record(firmType, mine));
    }

    // An old copy of central's database, which the cursor does not tell: what was answered and is not there any more is sent again.
    void answersThatCentralLostAreSentAgain_data()
    {
        QTest::addColumn<bool>("savesMore");
        QTest::newRow("seen when more is sent") << true;
        QTest::newRow("seen when changes are asked for") << false;
    }
    void answersThatCentralLostAreSentAgain()
    {
        QFETCH(bool, savesMore);
        Desk desk;
        QVERIFY(desk.signIn());
        const Id first = Id::create(desk.local.clock);
        QVERIFY(desk.local.create(firmType, first, firm(u"A"_s)));
        QTRY_COMPARE(desk.central->received().size(), 1);
        QTRY_COMPARE(desk.local.store->status().outbox, 0);
        desk.central->forgetTaken();
        if (savesMore)
            QVERIFY(desk.local.create(firmType, Id::create(desk.local.clock), firm(u"B"_s)));
        else
            desk.central->publish(stateOf(firmType, Id::create(desk.local.clock), 1, firm(u"C"_s)));
        const auto offered = [&] { return std::ranges::count(desk.central->received(), first, &Operation::record); };
        QTRY_COMPARE_WITH_TIMEOUT(offered(), 2, patienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(desk.local.store->status().outbox, 0, patienceMs);
        QTRY_VERIFY(desk.isOnline());
        QVERIFY(desk.local.record(firmType, first));
    }

    void tooLargeBatchesAreCut()
    {
        Desk desk;
        desk.central->takesAtMost = 3;
        for (int i = 0; i < 20; ++i)
            QVERIFY(desk.local.create(firmType, Id::create(desk.local.clock), firm(u"%1"_s.arg(i))));
        QVERIFY(desk.signIn());
        QTRY_COMPARE_WITH_TIMEOUT(desk.local.store->status().outbox, 0, patienceMs);
        QCOMPARE(desk.central->received().size(), 20);
    }

    void oneThatCentralCannotTakeGoesToQuarantine()
    {
        Desk desk;
        desk.central->takesAtMost = 0;
        QVERIFY(desk.local.create(firmType, Id::create(desk.local.clock), firm(u"A"_s)));
        QVERIFY(desk.signIn());
        QTRY_COMPARE_WITH_TIMEOUT(desk.local.store->status(), (StoreStatus{.quarantine = 1}), patienceMs);
        QTRY_VERIFY(desk.isOnline());
    }

    void conflictsAndRefusalsReachTheLists()
    {
        Desk desk;
        const Id id = Id::create(desk.local.clock);
        desk.central->publish(stateOf(firmType, id, 1, firm(u"cũ"_s)));
        QVERIFY(desk.signIn());
        QTRY_VERIFY(desk.isOnline());
        desk.central->judge = [](const Operation &operation) {
            if (operation.kind == OperationKind::Create)
                return Answer{.op = operation.op, .outcome = Outcome::Refused, .reason = ErrorCode::Denied, .message = u"không được"_s};
            return Answer{.op = operation.op, .outcome = Outcome::Conflict, .version = 2, .conflicts = {{u"name"_s, u"cũ"_s, u"tôi"_s, u"họ"_s}}};
        };
        QVERIFY(desk.local.edit(firmType, id, u"name"_s, u"tôi"_s));
        QVERIFY(desk.local.create(firmType, Id::create(desk.local.clock), firm(u"B"_s)));
        QTRY_COMPARE_WITH_TIMEOUT(desk.local.store->status(), (StoreStatus{.conflicts = 1, .quarantine = 1}), patienceMs);
        QCOMPARE(desk.local.quarantine().first().message, u"không được"_s);
    }
};

QTEST_GUILESS_MAIN(TestSyncEngine)
#include "tst_engine.moc"
