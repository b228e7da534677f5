// SPDX-License-Identifier: GPL-3.0-or-later
// New devices that start from the file of the real central, over TLS, with links that break and programs that die.
#include "../support/teststore.h"

#include <base/faultpoint.h>
#include <central/centralstorage.h>
#include <support/centralprocess.h>
#include <support/testdevice.h>
#include <sync/syncengine.h>

#include <QDir>
#include <QProcess>
#include <QRandomGenerator>
#include <QTcpServer>
#include <QTcpSocket>

using namespace ioc;
using namespace ioc::test;
using namespace Qt::StringLiterals;

namespace {

const QString complaintType = u"complaint"_s;
const QString password = u"bến thành sáng sớm"_s;
constexpr int patienceMs = 60'000;
constexpr int complaints = 7000;

/// A desktop without a screen; what the engine told of a snapshot is remembered.
struct Desk
{
    explicit Desk(const CentralProcess &central, const QUrl &url = {}, const QString &folder = {}) : local(folder)
    {
        if (const auto report = local.open(); !report || !report->damagedFile.isEmpty())
            qFatal("cannot open");
        client = std::make_unique<CentralClient>(CentralClient::Options{.server = url.isEmpty() ? central.url() : url, .authorities = *CentralClient::authoritiesFrom(central.authorityFile())});
        secrets = std::make_unique<FileSecretStore>(local.folder + u"/secrets"_s);
        engine = std::make_unique<SyncEngine>(*local.store, *client, *secrets, clock);
        QObject::connect(engine.get(), &SyncEngine::stateChanged, engine.get(), [this](const SyncState &state) {
            if (state.snapshot)
                phases += state.snapshot->phase;
        });
    }
    bool signIn() { return answered(engine->signIn(u"lan"_s, password)).has_value(); }
    bool isOnline() const { return engine->state().kind == SyncState::Kind::Online; }
    bool adopted() const { return phases.contains(SnapshotProgress::Phase::Adopting); }
    qint64 count() { return *answered(local.store->count({.type = complaintType})); }

    SystemClock clock;
    TestStore local;
    std::unique_ptr<CentralClient> client;
    std::unique_ptr<FileSecretStore> secrets;
    std::unique_ptr<SyncEngine> engine;
    QSet<SnapshotProgress::Phase> phases;
};

/// Carries connections to central, and cuts all of them when so many bytes have come from it.
class CuttingProxy : public QTcpServer
{
public:
    CuttingProxy(quint16 target, qint64 cutAt) : m_target(target), m_left(cutAt)
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this] { carry(nextPendingConnection()); });
    }
    [[nodiscard]] bool hasCut() const { return m_left <= 0; }
    QUrl url(const CentralProcess &central) const
    {
        QUrl out = central.url();
        out.setPort(serverPort());
        return out;
    }

private:
    void carry(QTcpSocket *client)
    {
        auto *central = new QTcpSocket(client);
        central->connectToHost(QHostAddress::LocalHost, m_target);
        connect(client, &QTcpSocket::readyRead, central, [client, central] { central->write(client->readAll()); });
        connect(central, &QTcpSocket::readyRead, client, [this, client, central] {
            const QByteArray part = central->readAll();
            const bool before = m_left > 0;
            m_left -= part.size();
            if (before && m_left <= 0)
                client->abort();
            else
                client->write(part);
        });
        connect(central, &QTcpSocket::disconnected, client, &QTcpSocket::disconnectFromHost);
        connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
    }

    quint16 m_target;
    qint64 m_left;
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

void flipOneBit(const QString &path)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    const qint64 at = file.size() / 2;
    QVERIFY(file.seek(at));
    char byte = 0;
    QVERIFY(file.getChar(&byte) && file.seek(at) && file.putChar(static_cast<char>(byte ^ 4)));
}

} // namespace

class TestSnapshotSync : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_central = std::make_unique<CentralProcess>();
        QVERIFY(m_central->init());
        QVERIFY(m_central->addAccount(u"lan"_s, u"operator"_s, password));
        fill();
        QVERIFY(m_central->serve());
        m_device = std::make_unique<TestDevice>(m_central->url(), m_central->authorityFile(), Id::create(SystemClock()));
        QCOMPARE(m_device->signIn(u"lan"_s, password).status, 200);
    }
    void cleanupTestCase() { m_central.reset(); }

    // The first device finds no file yet and follows the feed; that has the file made.
    void bySnapshotIsRowForRowAsByFeed()
    {
        Desk byFeed(*m_central);
        QVERIFY(byFeed.signIn());
        QTRY_VERIFY_WITH_TIMEOUT(byFeed.isOnline(), patienceMs);
        QVERIFY(!byFeed.adopted());
        QVERIFY(readySnapshot());
        Desk bySnapshot(*m_central);
        QVERIFY(bySnapshot.signIn());
        QTRY_VERIFY_WITH_TIMEOUT(bySnapshot.isOnline(), patienceMs);
        QVERIFY(bySnapshot.adopted());
        QVERIFY(!bySnapshot.engine->state().snapshot);
        QCOMPARE(bySnapshot.count(), complaints);
        QCOMPARE(everything(bySnapshot.local), everything(byFeed.local));
        QCOMPARE(answered(bySnapshot.local.store->cursor()).value(), answered(byFeed.local.store->cursor()).value());
        QTRY_COMPARE(QDir(bySnapshot.local.folder).entryList({u"snapshot*"_s}, QDir::Files), QStringList());
    }

    void goesOnAfterACutLink()
    {
        const auto snapshot = readySnapshot();
        QVERIFY(snapshot);
        QVERIFY2(snapshot->bytes > 2 * wire::snapshotPartLimit, qPrintable(QString::number(snapshot->bytes)));
        CuttingProxy proxy(m_central->port(), wire::snapshotPartLimit * 3 / 2);
        (void)m_central->log();
        const qsizetype before = partRequests();
        Desk desk(*m_central, proxy.url(*m_central));
        QVERIFY(desk.signIn());
        QTRY_VERIFY_WITH_TIMEOUT(desk.isOnline(), patienceMs);
        QVERIFY(proxy.hasCut());
        QVERIFY(desk.adopted());
        QCOMPARE(desk.count(), complaints);
        const qint64 parts = (snapshot->bytes + wire::snapshotPartLimit - 1) / wire::snapshotPartLimit;
        QCOMPARE(partRequests() - before, parts + 1); // only the one that was cut comes twice
    }

    void diesAtEveryStepAndLosesNothing_data()
    {
        QTest::addColumn<QString>("step");
        for (const char *step : snapshotSteps)
            QTest::newRow(step) << QString::fromLatin1(step);
    }

    void diesAtEveryStepAndLosesNothing()
    {
        QFETCH(QString, step);
        QVERIFY(readySnapshot());
        const QTemporaryDir folder;
        QStringList saved;
        { // offline work before anybody signs in
            QProcess saving;
            auto environment = QProcessEnvironment::systemEnvironment();
            environment.insert(u"IOC_SAVES"_s, u"3"_s);
            saving.setProcessEnvironment(environment);
            saving.start(QStringLiteral(IOC_BINARY_DIR "/bin/saving_client"), {folder.path()});
            QVERIFY(saving.waitForFinished(patienceMs));
            QCOMPARE(saving.exitCode(), 0);
            saved = QString::fromLatin1(saving.readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts);
            QCOMPARE(saved.size(), 3);
        }
        QCOMPARE(runSyncing(folder.path(), step), -1); // dead
        TestStore local(folder.path());
        const auto report = local.open();
        QVERIFY2(report && report->damagedFile.isEmpty(), report ? "damaged" : qPrintable(report.error().message));
        QCOMPARE(report->rescuedOperations, 0); // all in the database, old or new
        const qint64 has = *answered(local.store->count({.type = complaintType}));
        const auto cursor = answered(local.store->cursor());
        QVERIFY2(cursor->isNull() ? has == 3 : has == complaints + 3, qPrintable(QString::number(has))); // the old one or the new one, whole
        for (const QString &id : std::as_const(saved))
            QVERIFY(local.record(complaintType, *Id::fromString(id)));
        const auto waiting = local.outbox();
        QVERIFY(!waiting.isEmpty());
        local.store.reset();
        // Somebody else's author: central answers "later" for ever, so the outbox stays; the rest arrives.
        Desk desk(*m_central, {}, folder.path());
        QVERIFY(desk.engine->resume() || desk.signIn());
        if (!QTest::qWaitFor([&] { return desk.engine->state().kind != SyncState::Kind::Connecting; }, patienceMs) || desk.engine->state().kind == SyncState::Kind::SignedOut)
            QVERIFY(desk.signIn());
        QTRY_VERIFY_WITH_TIMEOUT(desk.isOnline(), patienceMs);
        QCOMPARE(desk.count(), complaints + 3);
        const auto outbox = desk.local.outbox();
        QCOMPARE(outbox.size(), waiting.size());
        for (qsizetype i = 0; i < waiting.size(); ++i)
            QCOMPARE(outbox.at(i).operation, waiting.at(i).operation);
        QTRY_COMPARE(QDir(folder.path()).entryList({u"snapshot*"_s}, QDir::Files), QStringList());
    }

    void damagedOnTheWayIsFetchedAgain()
    {
        const auto snapshot = readySnapshot();
        QVERIFY(snapshot);
        const QTemporaryDir folder;
        const qsizetype before = partRequests();
        QCOMPARE(runSyncing(folder.path(), u"snapshot.part"_s), -1); // one part is here
        flipOneBit(folder.filePath(u"snapshot.part"_s));
        Desk desk(*m_central, {}, folder.path());
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"event=snapshot_refused"_s));
        QVERIFY(desk.engine->resume() || desk.signIn());
        QTRY_VERIFY_WITH_TIMEOUT(desk.isOnline(), patienceMs);
        QVERIFY(desk.adopted());
        QCOMPARE(desk.count(), complaints);
        const qint64 parts = (snapshot->bytes + wire::snapshotPartLimit - 1) / wire::snapshotPartLimit;
        const qint64 asked = partRequests() - before; // by the dead program one, and as many as came while its disk was at work; what was lacking; all of it again
        QVERIFY2(asked >= 2 * parts && asked < 3 * parts, qPrintable(QString::number(asked)));
    }

    void requestsThatMakeNoSenseAreRefused()
    {
        const auto snapshot = readySnapshot();
        QVERIFY(snapshot);
        const QString path = u"/v1/snapshot/"_s + snapshot->id;
        const auto asked = [&](const QString &where, const QByteArray &range, const QByteArray &verb = "GET") {
            return m_device->requestWith(verb, where, {{"Range", range}});
        };
        const auto part = asked(path, "bytes=5-14");
        QCOMPARE(part.status, 206);
        QCOMPARE(part.body.size(), 10);
        QCOMPARE(part.headers.value("content-range"), "bytes 5-14/" + QByteArray::number(snapshot->bytes));
        QCOMPARE(asked(path, "bytes=" + QByteArray::number(snapshot->bytes - 3) + "-").body.size(), 3);
        QCOMPARE(asked(path, "bytes=0-").body.size(), wire::snapshotPartLimit);
        for (const QByteArray &range : {QByteArray("bytes=x"), QByteArray("bytes=-5"), "bytes=" + QByteArray::number(snapshot->bytes) + "-", QByteArray("bytes=9-1")})
            QCOMPARE(asked(path, range).status, 400);
        QCOMPARE(m_device->request("GET", path).status, 400); // no range at all
        for (const auto &name : {u"/v1/snapshot/nothing"_s, u"/v1/snapshot/"_s, u"/v1/snapshot/..%2f..%2fcentral.sqlite"_s})
            QCOMPARE(asked(name, "bytes=0-").status, 404);
        QCOMPARE(asked(path, "bytes=0-", "POST").status, 405);
        TestDevice stranger(m_central->url(), m_central->authorityFile(), Id::create(SystemClock()));
        QCOMPARE(stranger.request("GET", u"/v1/snapshot"_s).status, 401);
        QCOMPARE(stranger.requestWith("GET", path, {{"Range", "bytes=0-"}}).status, 401);
    }

    // Last: its file stays damaged.
    void damagedAtCentralIsNotTakenAndTheFeedIsFollowed()
    {
        const auto snapshot = readySnapshot();
        QVERIFY(snapshot);
        flipOneBit(m_central->dataFolder() + u"/snapshots/"_s + snapshot->id + u".zst"_s);
        Desk desk(*m_central);
        for (int i = 0; i < 3; ++i)
            QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"event=snapshot_refused"_s));
        QVERIFY(desk.signIn());
        QTRY_VERIFY_WITH_TIMEOUT(desk.isOnline(), patienceMs);
        QVERIFY(!desk.adopted());
        QCOMPARE(desk.count(), complaints);
    }

private:
    void fill()
    {
        const SystemClock clock;
        const auto catalog = TypeCatalog::load();
        const auto storage = CentralStorage::open({.folder = m_central->dataFolder(), .catalog = *catalog, .clock = &clock});
        QVERIFY(storage);
        QRandomGenerator random(7);
        QList<Record> records;
        for (int i = 0; i < complaints; ++i) {
            QByteArray noise(1200, Qt::Uninitialized); // so that the file has several parts
            for (char &byte : noise)
                byte = static_cast<char>(random.bounded(256));
            records += Record{.type = complaintType, .id = Id::create(clock), .values = {{u"title"_s, u"Phản ánh %1"_s.arg(i)}, {u"category"_s, u"price"_s}, {u"priority"_s, u"3_normal"_s},
                                                                                        {u"received_at"_s, qint64(1'780'000'000'000) + i}, {u"description"_s, QString::fromLatin1(noise.toBase64())}}};
        }
        const auto report = (*storage)->importRecords(records, {}).result();
        QVERIFY(report);
        QCOMPARE(report->added, complaints);
    }
    /// What central offers, once it does.
    std::optional<Snapshot> readySnapshot()
    {
        std::optional<Snapshot> ready;
        (void)QTest::qWaitFor([&] {
            const auto answer = m_device->request("GET", u"/v1/snapshot"_s);
            const auto snapshot = wire::decodeSnapshot(answer.body);
            if (answer.status == 200 && snapshot)
                ready = *snapshot;
            return ready.has_value();
        }, patienceMs);
        return ready;
    }
    qsizetype partRequests() { return m_central->log().count("route=/v1/snapshot/ "); }
    /// The program on \a folder until it is done (its exit code) or dead (-1).
    int runSyncing(const QString &folder, const QString &fault)
    {
        QProcess process;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"IOC_FAULT"_s, fault);
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(IOC_BINARY_DIR "/bin/syncing_client"), {folder, m_central->url().toString(), m_central->authorityFile(), u"lan"_s, password});
        if (!process.waitForFinished(patienceMs))
            return -2;
        return process.exitStatus() == QProcess::CrashExit ? -1 : process.exitCode();
    }

    std::unique_ptr<CentralProcess> m_central;
    std::unique_ptr<TestDevice> m_device;
};

QTEST_GUILESS_MAIN(TestSnapshotSync)
#include "tst_snapshot.moc"
