// SPDX-License-Identifier: GPL-3.0-or-later
#include <support/testdevice.h>
#include <support/centralprocess.h>
#include <support/operationmaker.h>

#include <wire/compression.h>

#include <QCborArray>
#include <QCborMap>
#include <QSignalSpy>
#include <QSslSocket>
#include <QTest>

using namespace ioc;

namespace {

const QString password = QStringLiteral("bến thành sáng sớm");

Id newId()
{
    return OperationMaker().newId();
}

ErrorCode codeOf(const TestDevice::Answered &answered)
{
    const auto error = wire::decodeError(answered.body);
    return error && !error->message.isEmpty() ? error->code : ErrorCode::Internal;
}

} // namespace

/// What strangers, broken programs and slow networks send: each gets a clear answer, and central goes on.
class TestCentralBadInput : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { addBackends(); }
    void init() // one central for all tests on a backend
    {
        QFETCH_GLOBAL(QString, backend);
        auto &central = m_centrals[backend];
        m_central = central.get();
        if (m_central)
            return;
        auto made = std::make_unique<CentralProcess>(backend);
        if (const QString obstacle = made->obstacle(); !obstacle.isEmpty())
            QSKIP(qPrintable(obstacle));
        central = std::move(made);
        m_central = central.get();
        QVERIFY(m_central->init());
        QVERIFY(m_central->addAccount(QStringLiteral("lan"), QStringLiteral("operator"), password));
        QVERIFY(m_central->addAccount(QStringLiteral("xem"), QStringLiteral("viewer"), password));
        QVERIFY(m_central->addAccount(QStringLiteral("quan"), QStringLiteral("administrator"), password));
        QVERIFY(m_central->serve());
    }
    void cleanup() // whatever was sent, it still answers
    {
        if (!m_central)
            return; // skipped
        TestDevice client(m_central->url(), m_central->authorityFile(), newId());
        QCOMPARE(client.request("GET", QStringLiteral("/v1/health")).status, 200);
    }
    void cleanupTestCase()
    {
        for (const auto &[backend, central] : m_centrals) {
            if (!central)
                continue;
            QCOMPARE(central->stop(), 0);
            QVERIFY(!central->log().contains("chặt chém"));
            QVERIFY(!central->log().contains(password.toUtf8()));
        }
    }

    void anotherAuthorityIsRefused()
    {
        CentralProcess stranger;
        QVERIFY(stranger.init());
        TestDevice client(m_central->url(), stranger.authorityFile(), newId());
        const auto answered = client.signIn(QStringLiteral("lan"), password);
        QCOMPARE(answered.status, 0);
        QCOMPARE(answered.error, QNetworkReply::SslHandshakeFailedError);
    }

    void olderTlsIsRefused()
    {
        QSslSocket socket;
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setProtocol(QSsl::TlsV1_2);
        configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
        socket.setSslConfiguration(configuration);
        socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), m_central->port());
        QVERIFY(!socket.waitForEncrypted(10'000));
    }

    void signIn_data()
    {
        QTest::addColumn<QString>("login");
        QTest::addColumn<QString>("word");
        QTest::newRow("wrong password") << QStringLiteral("lan") << QStringLiteral("not the password");
        QTest::newRow("no such login") << QStringLiteral("nobody") << password;
        QTest::newRow("nothing") << QString() << QString();
        QTest::newRow("sql") << QStringLiteral("' OR 1=1 --") << password;
    }
    void signIn()
    {
        QFETCH(QString, login);
        QFETCH(QString, word);
        TestDevice client(m_central->url(), m_central->authorityFile(), newId());
        const auto answered = client.signIn(login, word);
        QCOMPARE(answered.status, 401);
        QCOMPARE(codeOf(answered), ErrorCode::Unauthenticated);
    }

    void guessingIsSlowedDown()
    {
        CentralProcess central;
        QVERIFY(central.init());
        QVERIFY(central.addAccount(QStringLiteral("lan"), QStringLiteral("operator"), password));
        QVERIFY(central.serve());
        TestDevice client(central.url(), central.authorityFile(), newId());
        int status = 401;
        for (int i = 0; i < 30 && status == 401; ++i)
            status = client.signIn(QStringLiteral("lan"), QStringLiteral("guess %1 of many").arg(i)).status;
        QCOMPARE(status, 429);
        const auto right = client.signIn(QStringLiteral("lan"), password); // not even the right one, for now
        QCOMPARE(right.status, 429);
        QCOMPARE(codeOf(right), ErrorCode::Busy);
        QVERIFY(right.headers.value("retry-after").toInt() > 0);
    }

    void tokens()
    {
        auto client = signedIn(QStringLiteral("lan"));
        const Session first = client->session();
        client->setAccessToken(QStringLiteral("garbage"));
        QCOMPARE(client->pull({}).error().code, ErrorCode::Unauthenticated);
        client->setAccessToken({});
        QCOMPARE(client->pull({}).error().code, ErrorCode::Unauthenticated);
        QCOMPARE(client->renew(first.refreshToken).status, 200);
        const Session second = client->session();
        QVERIFY(client->pull({}));
        client->setAccessToken(first.accessToken); // ended by the renewal
        QCOMPARE(client->pull({}).error().code, ErrorCode::Unauthenticated);
        // A refresh token used twice: somebody copied it. All that came from that sign-in is over.
        QCOMPARE(client->renew(first.refreshToken).status, 401);
        client->setAccessToken(second.accessToken);
        QCOMPARE(client->pull({}).error().code, ErrorCode::Unauthenticated);
        QCOMPARE(client->renew(second.refreshToken).status, 401);
    }

    void aTokenOfAnotherDevice()
    {
        const auto client = signedIn(QStringLiteral("lan"));
        TestDevice thief(m_central->url(), m_central->authorityFile(), newId());
        QCOMPARE(thief.renew(client->session().refreshToken).status, 401);
        QVERIFY(!client->pull({})); // and the rightful one has to sign in again
    }

    void signingOutEndsTheSession()
    {
        const auto client = signedIn(QStringLiteral("lan"));
        QCOMPARE(client->request("DELETE", QStringLiteral("/v1/session")).status, 200);
        QCOMPARE(client->pull({}).error().code, ErrorCode::Unauthenticated);
    }

    void aDisabledAccountIsOut()
    {
        QVERIFY(m_central->addAccount(QStringLiteral("cu"), QStringLiteral("operator"), password));
        const auto client = signedIn(QStringLiteral("cu"));
        QVERIFY(client->pull({}));
        QCOMPARE(m_central->run({QStringLiteral("account"), QStringLiteral("disable"), QStringLiteral("--login"), QStringLiteral("cu")}).code, 0);
        QCOMPARE(client->pull({}).error().code, ErrorCode::Unauthenticated);
        QCOMPARE(client->renew(client->session().refreshToken).status, 401);
        QCOMPARE(client->signIn(QStringLiteral("cu"), password).status, 401);
    }

    void bodies_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        const QByteArray good = wire::encode(QList<Operation>{OperationMaker().create(QStringLiteral("unit"), {})});
        QTest::newRow("empty") << QByteArray() << 400;
        QTest::newRow("text") << QByteArray("hello") << 400;
        QTest::newRow("json") << QByteArray(R"({"operations":[]})") << 400;
        QTest::newRow("cut zstd") << good.chopped(5) << 400;
        QTest::newRow("garbage in zstd") << wire::compressed(QByteArray(1000, '\xff')) << 400;
        QTest::newRow("cbor of another kind") << wire::compressed(QCborValue(QCborArray{1, 2}).toCbor()) << 400;
        QTest::newRow("unknown key") << wire::compressed(QCborValue(QCborMap{{1, QCborArray()}, {99, 1}}).toCbor()) << 400;
        QTest::newRow("an operation of nothing") << wire::compressed(QCborValue(QCborMap{{1, QCborArray{QCborMap()}}}).toCbor()) << 400;
        QTest::newRow("deeply nested") << wire::compressed(QByteArray(100'000, '\x81')) << 400;
        QTest::newRow("zip bomb") << wire::compressed(QByteArray(65 * 1024 * 1024, '\0')) << 413;
    }
    void bodies()
    {
        QFETCH(QByteArray, body);
        QFETCH(int, status);
        const auto client = shared();
        const auto answered = client->request("POST", QStringLiteral("/v1/operations"), body);
        QCOMPARE(answered.status, status);
        QCOMPARE(codeOf(answered), status == 413 ? ErrorCode::TooLarge : ErrorCode::InvalidInput);
    }

    void queries_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<int>("status");
        QTest::newRow("unknown key") << QStringLiteral("x=1") << 400;
        QTest::newRow("wait too long") << QStringLiteral("wait=26") << 400;
        QTest::newRow("wait is no number") << QStringLiteral("wait=soon") << 400;
        QTest::newRow("limit of none") << QStringLiteral("limit=0") << 400;
        QTest::newRow("given twice") << QStringLiteral("wait=0&wait=0") << 400;
        QTest::newRow("garbage cursor") << QStringLiteral("after=abc") << 400;
        QTest::newRow("another epoch") << QStringLiteral("after=") + Cursor{newId(), 0, QByteArray(32, 'x'), 1, 1}.toString() << 409;
    }
    void queries()
    {
        QFETCH(QString, query);
        QFETCH(int, status);
        const auto answered = shared()->request("GET", QStringLiteral("/v1/changes?") + query);
        QCOMPARE(answered.status, status);
        QCOMPARE(codeOf(answered), status == 409 ? ErrorCode::Conflict : ErrorCode::InvalidInput);
    }

    // A name that a program might read as another one's: it is no name.
    void namesWithAnEndInThem()
    {
        const auto client = shared();
        const QString login = QStringLiteral("lan") + QChar(u'\0') + QStringLiteral("1");
        const auto answered = client->request("POST", QStringLiteral("/v1/session"), wire::encode(SignIn{login, QStringLiteral("bến thành sáng sớm"), {}, newId(), QStringLiteral("test")}));
        QCOMPARE(answered.status, 400);
        QCOMPARE(codeOf(answered), ErrorCode::InvalidInput);
    }

    void cursorsThatDoNotBelong()
    {
        const auto client = shared();
        Cursor cursor;
        QVERIFY(client->pullAll(cursor));
        for (int i = 0; i < 4; ++i) {
            Cursor wrong = cursor;
            if (i == 0)
                wrong.sequence += 1000;
            else if (i == 1)
                wrong.digest[0] = static_cast<char>(wrong.digest[0] ^ 1);
            else if (i == 2)
                wrong.schemaVersion += 1;
            else
                wrong.scopeVersion += 1;
            QCOMPARE(client->pull(wrong).error().code, ErrorCode::Conflict);
        }
        QVERIFY(client->pull(cursor));
    }

    void paths()
    {
        const auto client = shared();
        QCOMPARE(client->request("GET", QStringLiteral("/")).status, 404);
        QCOMPARE(client->request("GET", QStringLiteral("/v1/../../etc/passwd")).status, 404);
        QCOMPARE(client->request("GET", QStringLiteral("/v1/operations")).status, 405);
        QCOMPARE(client->request("PUT", QStringLiteral("/v1/session"), "x").status, 405);
    }

    void aBodyTooLarge()
    {
        const auto client = shared();
        const auto answered = client->request("POST", QStringLiteral("/v1/operations"), QByteArray(9 * 1024 * 1024, 'x'));
        QCOMPARE(answered.status, 413);
        QCOMPARE(codeOf(answered), ErrorCode::TooLarge);
    }

    void tooManyOperations()
    {
        const QList<Operation> many(wire::operationsLimit + 1, OperationMaker().create(QStringLiteral("unit"), {}));
        QCOMPARE(shared()->request("POST", QStringLiteral("/v1/operations"), wire::encode(many)).status, 400);
    }

    void unknownTypesAndFieldsAreRefused()
    {
        const OperationMaker make;
        const auto answers = shared()->push({make.create(QStringLiteral("spaceship"), {{QStringLiteral("name"), QStringLiteral("x")}}),
                                             make.create(QStringLiteral("lodging"), {{QStringLiteral("warp"), 9}}),
                                             make.create(QStringLiteral("complaint"), OperationMaker::complaint())});
        QCOMPARE(answers.size(), 3);
        QCOMPARE(answers[0].outcome, Outcome::Refused);
        QCOMPARE(answers[0].reason, ErrorCode::Unsupported);
        QVERIFY(!answers[0].message.isEmpty());
        QCOMPARE(answers[1].outcome, Outcome::Refused);
        QCOMPARE(answers[2].outcome, Outcome::Applied); // one bad apple
    }

    void rolesHold()
    {
        const OperationMaker make;
        const Operation complaint = make.create(QStringLiteral("complaint"), OperationMaker::complaint());
        QCOMPARE(signedIn(QStringLiteral("xem"))->push({complaint}).value(0).reason, ErrorCode::Denied);
        const Operation account = make.create(QStringLiteral("account"), {{QStringLiteral("login"), QStringLiteral("moi")}, {QStringLiteral("display_name"), QStringLiteral("Mới")}, {QStringLiteral("role"), QStringLiteral("administrator")}});
        QCOMPARE(shared()->push({account}).value(0).reason, ErrorCode::Denied);
        Operation again = account;
        again.op = newId();
        QCOMPARE(signedIn(QStringLiteral("quan"))->push({again}).value(0).outcome, Outcome::Applied);
    }

    void anothersNameIsNotTaken()
    {
        Operation forged = OperationMaker(newId()).create(QStringLiteral("complaint"), OperationMaker::complaint());
        const auto answers = shared()->push({forged});
        QCOMPARE(answers.value(0).outcome, Outcome::Later);
        QCOMPARE(answers.value(0).reason, ErrorCode::Unauthenticated);
    }

    void aHeadWithoutEndIsDropped()
    {
        QSslSocket socket;
        connectTo(socket);
        QSignalSpy gone(&socket, &QSslSocket::disconnected);
        socket.write("GET /v1/health HTTP/1.1\r\n");
        for (int i = 0; i < 40'000 / 100; ++i)
            socket.write("X-Filler: " + QByteArray(90, 'a') + "\r\n");
        QVERIFY(gone.count() > 0 || gone.wait(20'000));
    }

    void garbageInsteadOfHttp()
    {
        QSslSocket socket;
        connectTo(socket);
        QSignalSpy gone(&socket, &QSslSocket::disconnected);
        socket.write("\x16\x03\x01 this is not HTTP\r\n\r\n");
        QVERIFY(gone.count() > 0 || gone.wait(40'000));
    }

    void aClientThatLeavesWhileWaiting()
    {
        const auto client = signedIn(QStringLiteral("lan"));
        Cursor cursor;
        QVERIFY(client->pullAll(cursor));
        QSslSocket socket;
        connectTo(socket);
        socket.write("GET " + TestDevice::changesPath(cursor, 20, 100).toLatin1() + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                     + client->session().accessToken.toLatin1() + "\r\n\r\n");
        QVERIFY(socket.waitForBytesWritten(10'000));
        socket.disconnectFromHost();
        QVERIFY(socket.state() == QAbstractSocket::UnconnectedState || socket.waitForDisconnected(10'000));
        // Its wait is woken by the next change and answers nobody.
        QCOMPARE(client->push({OperationMaker().create(QStringLiteral("complaint"), OperationMaker::complaint())}).value(0).outcome, Outcome::Applied);
    }

private:
    std::unique_ptr<TestDevice> signedIn(const QString &login)
    {
        auto client = std::make_unique<TestDevice>(m_central->url(), m_central->authorityFile(), newId());
        const auto answered = client->signIn(login, password);
        if (answered.status != 200)
            qCritical("sign-in failed: %d", answered.status);
        return client;
    }
    TestDevice *shared()
    {
        if (!m_shared)
            m_shared = signedIn(QStringLiteral("lan"));
        return m_shared.get();
    }
    void connectTo(QSslSocket &socket)
    {
        socket.setPeerVerifyMode(QSslSocket::VerifyNone);
        socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), m_central->port());
        QVERIFY(socket.waitForEncrypted(20'000));
    }

    std::map<QString, std::unique_ptr<CentralProcess>> m_centrals; // by backend
    CentralProcess *m_central = nullptr;                           // of the test at hand
    std::unique_ptr<TestDevice> m_shared;
};

QTEST_GUILESS_MAIN(TestCentralBadInput)
#include "tst_centralbadinput.moc"
