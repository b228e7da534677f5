// SPDX-License-Identifier: GPL-3.0-or-later
// Two desktops and the real central over TLS.
#include "../support/headlessdesk.h"

#include <db/connection.h>
#include <support/backendtest.h>
#include <sync/lookreporter.h>

#include <QDirIterator>
#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>

using namespace ioc;
using namespace ioc::test;
using namespace Qt::StringLiterals;

namespace {

const QString complaintType = u"complaint"_s;
const QString &password = operatorPassword;
constexpr int patienceMs = 30'000;

using Desk = HeadlessDesk;

/// Carries connections to central; on demand it swallows what comes back, so that central's answers are lost.
class LossyProxy : public QTcpServer
{
public:
    explicit LossyProxy(quint16 target) : m_target(target)
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this] { carry(nextPendingConnection()); });
    }
    /// The next \a connections connections are cut when the answer to a request of more than \a bytes comes back.
    void loseAnswers(int count, qint64 bytes) { m_lose = count; m_bytes = bytes; }
    [[nodiscard]] int lost() const { return m_lost; }

private:
    void carry(QTcpSocket *client)
    {
        auto *central = new QTcpSocket(client);
        central->connectToHost(QHostAddress::LocalHost, m_target);
        auto sent = std::make_shared<qint64>(0); // since the last answer
        auto answers = std::make_shared<int>(0); // the first two are TLS's own
        connect(client, &QTcpSocket::readyRead, central, [client, central, sent] {
            const QByteArray part = client->readAll();
            *sent += part.size();
            central->write(part);
        });
        connect(central, &QTcpSocket::readyRead, client, [this, client, central, sent, answers] {
            const QByteArray part = central->readAll();
            if (++*answers > 2 && m_lose > 0 && *sent > m_bytes) {
                --m_lose;
                ++m_lost;
                client->abort();
                return;
            }
            *sent = 0;
            client->write(part);
        });
        connect(central, &QTcpSocket::disconnected, client, &QTcpSocket::disconnectFromHost);
        connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
    }

    quint16 m_target;
    int m_lose = 0;
    int m_lost = 0;
    qint64 m_bytes = 0;
};

} // namespace

class TestSync : public CentralTest<CentralProcess>
{
    Q_OBJECT

protected:
    void prepare() override
    {
        QVERIFY(m_central->init());
        for (const auto &login : {u"lan"_s, u"minh"_s})
            QVERIFY(m_central->addAccount(login, u"operator"_s, password));
        QVERIFY(m_central->serve());
    }

private Q_SLOTS:
    // Somebody looks at personal data with no network; central's audit journal hears of it, once, whatever comes between.
    void looksAreReported()
    {
        Desk lan(*m_central, u"lan"_s);
        lan.connect();
        const Id id = lan.makeComplaint(u"Taxi tính giá cao"_s);
        QTRY_VERIFY_WITH_TIMEOUT(lan.isQuiet(id), patienceMs);
        const Id account = lan.engine->session().account;
        lan.disconnect();
        LocalStore &store = *lan.local.store;
        for (int i = 0; i < 3; ++i)
            QVERIFY(answered(store.noteLook(u"complaint"_s, id, {u"reporter_phone"_s})));
        const auto noted = answered(store.looks(10));
        QVERIFY(noted);
        QCOMPARE(noted->size(), 3);
        QCOMPARE(noted->first().author, account);
        lan.connect();
        const LookReporter reporter(store, *lan.client, *lan.engine);
        QTRY_VERIFY_WITH_TIMEOUT(answered(store.looks(10))->isEmpty(), patienceMs);
        QVERIFY(answered(store.noteLook(u"complaint"_s, id, {u"reporter_name"_s}))); // online, at once
        QTRY_VERIFY_WITH_TIMEOUT(answered(store.looks(10))->isEmpty(), patienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(looksAtCentral(id), 4, patienceMs);
        (void)store.noteLook(u"complaint"_s, id, {u"reporter_phone"_s}); // one among them that central does not understand holds up no other
        (void)store.noteLook(u"complaint"_s, id, {QString(5000, u'x')});
        QVERIFY(answered(store.noteLook(u"complaint"_s, id, {u"reporter_phone"_s})));
        QTRY_COMPARE_WITH_TIMEOUT(answered(store.looks(10))->size(), 1, patienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(looksAtCentral(id), 6, patienceMs);
    }

    // Whoever finds a desk's disk reads nobody's name and number; whoever signs in there does, at both ends.
    void personalDataAreOpenedBySigningIn()
    {
        const QString name = u"Nguyễn Thị Lành"_s;
        const auto isReadable = [](const QString &folder) {
            QDirIterator files(folder, QDir::Files, QDirIterator::Subdirectories);
            while (files.hasNext()) {
                QFile file(files.next());
                if (file.open(QFile::ReadOnly) && file.readAll().contains("Lành"))
                    return true;
            }
            return false;
        };
        Desk lan(*m_central, u"lan"_s);
        Desk minh(*m_central, u"minh"_s);
        lan.connect();
        minh.connect();
        const Id id = lan.makeComplaint(u"Taxi tính giá cao"_s);
        lan.disconnect();
        QVERIFY(lan.local.edit(u"complaint"_s, id, u"reporter_name"_s, name)); // with a key that central has not made
        lan.connect();
        QTRY_COMPARE_WITH_TIMEOUT(minh.complaint(id).text(u"reporter_name"_s), name, patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(lan.isQuiet(id), patienceMs);
        QVERIFY(minh.local.edit(u"complaint"_s, id, u"reporter_name"_s, name + u" Hoa"_s));
        QTRY_COMPARE_WITH_TIMEOUT(lan.complaint(id).text(u"reporter_name"_s), name + u" Hoa"_s, patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(lan.isQuiet(id) && minh.isQuiet(id), patienceMs);
        minh.disconnect();
        QVERIFY(!isReadable(lan.local.folder) && !isReadable(minh.local.folder) && !isReadable(m_central->dataFolder()));
        QVERIFY(minh.local.reopen());
        QVERIFY(minh.local.store->isLocked());
        QVERIFY(minh.complaint(id).text(u"reporter_name"_s).startsWith(u"sealed:"));
        minh.connect(); // the session is renewed
        QTRY_VERIFY_WITH_TIMEOUT(!minh.local.store->isLocked(), patienceMs);
        QCOMPARE(minh.complaint(id).text(u"reporter_name"_s), name + u" Hoa"_s);
        minh.engine->signOut();
        QVERIFY(minh.local.store->isLocked());
    }

    void madeOfflineArrivesAtTheOther()
    {
        Desk lan(*m_central, u"lan"_s);
        Desk minh(*m_central, u"minh"_s);
        lan.connect();
        minh.connect();
        lan.disconnect();
        const Id id = lan.makeComplaint(u"Taxi tính giá cao"_s);
        QVERIFY(lan.step(id, u"accept"_s));
        QVERIFY(lan.step(id, u"answer"_s, {{u"answer"_s, u"Đã hoàn tiền"_s}}));
        lan.connect();
        QTRY_VERIFY_WITH_TIMEOUT(minh.has(id), patienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(minh.complaint(id).text(u"status"_s), u"answered"_s, patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(lan.isQuiet(id) && minh.isQuiet(id), patienceMs);
        QVERIFY(minh.complaint(id).text(u"number"_s).startsWith(u"PA"_s)); // given by central
        QTRY_COMPARE_WITH_TIMEOUT(answered(minh.local.store->children(u"timeline_entry"_s, id))->size(), 3, patienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(minh.complaint(id).values, lan.complaint(id).values, patienceMs); // derived fields, too
    }

    void fieldsOfTwoDesksMerge()
    {
        Desk lan(*m_central, u"lan"_s);
        Desk minh(*m_central, u"minh"_s);
        lan.connect();
        minh.connect();
        const Id id = lan.makeComplaint(u"Taxi"_s);
        QTRY_VERIFY_WITH_TIMEOUT(minh.has(id) && lan.isQuiet(id), patienceMs);
        lan.disconnect();
        minh.disconnect();
        QVERIFY(lan.local.edit(complaintType, id, u"title"_s, u"Taxi dù"_s));
        QVERIFY(minh.local.edit(complaintType, id, u"address"_s, u"12 Lê Lợi"_s));
        lan.connect();
        minh.connect();
        QTRY_VERIFY_WITH_TIMEOUT(lan.isQuiet(id) && minh.isQuiet(id) && lan.complaint(id).text(u"address"_s) == u"12 Lê Lợi"_s, patienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(minh.complaint(id).text(u"title"_s), u"Taxi dù"_s, patienceMs);
        QCOMPARE(lan.local.store->status(), StoreStatus());
        QCOMPARE(minh.local.store->status(), StoreStatus());
    }

    void conflictIsListedAndSettled()
    {
        Desk lan(*m_central, u"lan"_s);
        Desk minh(*m_central, u"minh"_s);
        lan.connect();
        minh.connect();
        const Id id = lan.makeComplaint(u"Taxi"_s);
        QTRY_VERIFY_WITH_TIMEOUT(minh.has(id) && lan.isQuiet(id) && minh.isQuiet(id), patienceMs);
        minh.disconnect();
        QVERIFY(lan.local.edit(complaintType, id, u"title"_s, u"của Lan"_s));
        QTRY_VERIFY_WITH_TIMEOUT(lan.isQuiet(id), patienceMs);
        QVERIFY(minh.local.edit(complaintType, id, u"title"_s, u"của Minh"_s));
        minh.connect();
        QTRY_COMPARE_WITH_TIMEOUT(minh.local.store->status().conflicts, 1, patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(minh.isQuiet(id), patienceMs);
        QCOMPARE(minh.complaint(id).text(u"title"_s), u"của Lan"_s);
        const auto conflicts = minh.local.conflicts();
        QCOMPARE(conflicts.first().values.mine, QCborValue(u"của Minh"_s));
        QCOMPARE(conflicts.first().values.theirsBy, u"lan"_s);
        QVERIFY(conflicts.first().values.theirsMs > 0);
        QCOMPARE(answered(minh.local.store->settle({conflicts.first().key}, Keep::Mine))->done, 1);
        QTRY_COMPARE_WITH_TIMEOUT(lan.complaint(id).text(u"title"_s), u"của Minh"_s, patienceMs);
        QTRY_COMPARE(minh.local.store->status(), StoreStatus());
    }

    void stepThatSomebodyElseTookIsAConflict()
    {
        Desk lan(*m_central, u"lan"_s);
        Desk minh(*m_central, u"minh"_s);
        lan.connect();
        minh.connect();
        const Id id = lan.makeComplaint(u"Taxi"_s);
        QTRY_VERIFY_WITH_TIMEOUT(minh.has(id) && lan.isQuiet(id) && minh.isQuiet(id), patienceMs);
        minh.disconnect();
        QVERIFY(lan.step(id, u"accept"_s));
        QTRY_VERIFY_WITH_TIMEOUT(lan.isQuiet(id), patienceMs);
        QVERIFY(minh.step(id, u"accept"_s));
        minh.connect();
        QTRY_COMPARE_WITH_TIMEOUT(minh.local.store->status().conflicts, 1, patienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(minh.local.store->status().outbox, 0, patienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(minh.complaint(id).values, lan.complaint(id).values, patienceMs);
        QCOMPARE(answered(lan.local.store->children(u"clock_entry"_s, id))->size(), 4); // accepted once
        QTRY_COMPARE_WITH_TIMEOUT(answered(minh.local.store->children(u"clock_entry"_s, id))->size(), 4, patienceMs);
    }

    void lostAnswersDoubleNothing()
    {
        LossyProxy proxy(m_central->port());
        QUrl url = m_central->url();
        url.setPort(proxy.serverPort());
        Desk lan(*m_central, u"lan"_s, url);
        Desk minh(*m_central, u"minh"_s);
        lan.connect();
        minh.connect();
        QTRY_COMPARE_WITH_TIMEOUT(lan.engine->state().kind, SyncState::Kind::Online, patienceMs);
        proxy.loseAnswers(2, 900); // pushes are larger than what asks for changes
        QSet<Id> made;
        for (int i = 0; i < 10; ++i)
            made += lan.makeComplaint(u"Phản ánh số %1 với một tiêu đề dài hơn thường lệ để gói tin đủ lớn"_s.arg(i));
        QTRY_COMPARE_WITH_TIMEOUT(lan.local.store->status().outbox, 0, patienceMs);
        QVERIFY(proxy.lost() > 0);
        QTRY_COMPARE_WITH_TIMEOUT(*answered(minh.local.store->count({.type = complaintType})), 10, patienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(*answered(minh.local.store->count({.type = u"clock_entry"_s})), 30, patienceMs);
        QCOMPARE(minh.local.store->status(), StoreStatus());
    }

    void killedWhileSavingLosesAndDoublesNothing()
    {
        const QTemporaryDir folder;
        QSet<QString> said;
        for (int round = 0; round < 4; ++round) {
            QProcess process;
            process.start(QStringLiteral(IOC_BINARY_DIR "/bin/saving_client"),
                          {folder.path(), m_central->url().toString(), m_central->authorityFile(), u"lan"_s, password});
            const auto count = said.size();
            const auto read = [&] {
                while (process.canReadLine())
                    said += QString::fromLatin1(process.readLine()).trimmed();
                return said.size() >= count + 20 + 7 * round; // at another point each time
            };
            QTRY_VERIFY_WITH_TIMEOUT(read(), patienceMs);
            process.kill(); // SIGKILL
            QVERIFY(process.waitForFinished());
            (void)read();
            if (round == 1) { // and central, too
                m_central->kill();
                QVERIFY(m_central->serve());
            }
        }
        Desk minh(*m_central, u"minh"_s);
        minh.connect();
        {
            SystemClock clock;
            const auto catalog = TypeCatalog::load();
            LocalStore store({.folder = folder.path(), .catalog = *catalog, .clock = &clock});
            const auto report = answered(store.open());
            QVERIFY(report && report->damagedFile.isEmpty());
            for (const QString &id : std::as_const(said)) {
                const auto row = answered(store.record(complaintType, *Id::fromString(id)));
                QVERIFY2(row && *row, qPrintable(id));
            }
            CentralClient client({.server = m_central->url(), .authorities = *CentralClient::authoritiesFrom(m_central->authorityFile())});
            FileSecretStore secrets(folder.path() + u"/secrets"_s);
            SyncEngine engine(store, client, secrets, clock);
            if (!engine.resume() || !QTest::qWaitFor([&] { return engine.state().kind != SyncState::Kind::Connecting; }, patienceMs) || engine.state().kind == SyncState::Kind::SignedOut)
                QVERIFY(answered(engine.signIn(u"lan"_s, password))); // killed between central's new token and its keeping
            QTRY_COMPARE_WITH_TIMEOUT(store.status().outbox, 0, 2 * patienceMs);
            QCOMPARE(store.status().quarantine, 0);
            const qint64 made = *answered(store.count({.type = complaintType}));
            QVERIFY(made >= said.size());
            QTRY_COMPARE_WITH_TIMEOUT(*answered(minh.local.store->count({.type = complaintType})), made, 2 * patienceMs);
            QTRY_COMPARE_WITH_TIMEOUT(*answered(minh.local.store->count({.type = u"clock_entry"_s})), 3 * made, patienceMs);
        }
        for (const QString &id : std::as_const(said))
            QVERIFY(minh.has(*Id::fromString(id)));
    }

    void anotherCentralIsUntrusted()
    {
        CentralProcess stranger;
        QVERIFY(stranger.init());
        QVERIFY(stranger.serve());
        Desk lan(*m_central, u"lan"_s, stranger.url());
        lan.engine = std::make_unique<SyncEngine>(*lan.local.store, *lan.client, *lan.secrets, lan.clock);
        const auto session = answered(lan.engine->signIn(u"lan"_s, password));
        QVERIFY(!session);
        QCOMPARE(session.error().code, ErrorCode::Untrusted);
        QVERIFY(!session.error().message.isEmpty());
    }

    void centralGoneAndBack()
    {
        Desk lan(*m_central, u"lan"_s);
        lan.connect();
        QTRY_COMPARE_WITH_TIMEOUT(lan.engine->state().kind, SyncState::Kind::Online, patienceMs);
        m_central->kill();
        QTRY_COMPARE_WITH_TIMEOUT(lan.engine->state().kind, SyncState::Kind::Offline, patienceMs);
        const Id id = lan.makeComplaint(u"trong lúc mất kết nối"_s);
        QVERIFY(m_central->serve());
        QTRY_VERIFY_WITH_TIMEOUT(lan.isQuiet(id), 2 * patienceMs);
    }

private:
    qint64 looksAtCentral(const Id &record)
    {
        const auto connection = db::Connection::open({.path = m_central->dataFolder() + u"/central.sqlite"_s, .server = m_central->server()});
        return connection ? (*connection)->integer(u"SELECT count(*) FROM audit_entry WHERE kind = 'sealed.seen' AND record = ?"_s, {record.toBytes()}).value_or(-1) : -1;
    }
};

QTEST_GUILESS_MAIN(TestSync)
#include "tst_sync.moc"
