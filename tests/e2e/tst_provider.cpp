// SPDX-License-Identifier: GPL-3.0-or-later
// Sign-in by a city's single sign-on at the real central: who is let in, who is not and why, and what happens when the service is away.
#include <access/idtoken.h>
#include <base/refusal.h>
#include <support/centralprocess.h>
#include <support/testdevice.h>
#include <support/testprovider.h>
#include <wire/administration.h>
#include <wire/provider.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace ioc;
using namespace ioc::test;
using namespace Qt::StringLiterals;

namespace {

const QString password = u"bến thành sáng sớm"_s;
const QString secret = u"what the device keeps"_s;
const QString route = u"/v1/sign-in/provider"_s;
constexpr int patienceMs = 60'000;

} // namespace

class TestProviderSignIn : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { addBackends(); }
    void initTestCase() { m_provider = std::make_unique<TestProvider>(); }
    void init()
    {
        QFETCH_GLOBAL(QString, backend);
        if (m_central && m_backend == backend)
            return;
        m_backend = backend;
        m_central = std::make_unique<CentralProcess>(backend);
        if (!m_central->obstacle().isEmpty())
            QSKIP(qPrintable(m_central->obstacle()));
        QVERIFY(m_central->init());
        QCOMPARE(m_central->run({u"account"_s, u"add"_s, u"--login"_s, u"lan"_s, u"--name"_s, u"Lan"_s, u"--role"_s, u"operator"_s, u"--no-password"_s}).code, 0);
        QVERIFY(m_central->addAccount(u"minh"_s, u"operator"_s, password));
        QVERIFY(m_central->addAccount(u"chief"_s, u"administrator"_s, password));
        QCOMPARE(m_central->run({u"account"_s, u"disable"_s, u"--login"_s, u"minh"_s}).code, 0);
        restart();
    }
    void cleanupTestCase()
    {
        m_central.reset();
        m_provider.reset();
    }

    void centralTellsTheDesktopWhereToGo()
    {
        TestDevice device = newDevice();
        const auto answer = device.request("GET", route);
        QCOMPARE(answer.status, 200);
        const auto offer = wire::decodeProviderOffer(answer.body);
        QVERIFY(offer);
        QCOMPARE(offer->issuer, m_provider->issuer());
        QCOMPARE(offer->clientId, QString::fromLatin1(TestProvider::clientId));
        QCOMPARE(offer->tokenEndpoint, m_provider->issuer() + u"/token"_s);
        QVERIFY(offer->scopes.contains(u"openid"_s));
        QCOMPARE(offer->authorities, QByteArrayList{QSslCertificate::fromPath(m_provider->authorityFile()).first().toDer()});
    }

    void whomTheCityKnowsIsLetInAsByAPassword()
    {
        TestDevice device = newDevice();
        const auto session = enter(device, goodToken());
        QVERIFY(session);
        QCOMPARE(session->login, u"lan"_s);
        QVERIFY(!session->accessToken.isEmpty() && !session->refreshToken.isEmpty() && !session->mustChangePassword);
        device.setAccessToken(session->accessToken);
        QVERIFY(device.pull({}));
        QCOMPARE(device.renew(session->refreshToken).status, 200);
        QCOMPARE(device.renew(session->refreshToken).status, 401); // good once
        QCOMPARE(device.signIn(u"lan"_s, password).status, 401);   // who has no password has none
        QTRY_VERIFY_WITH_TIMEOUT(journal().contains("provider"), patienceMs);
        QCOMPARE(m_central->run({u"audit"_s, u"verify"_s}).code, 0);
    }

    void othersAreToldWhy_data()
    {
        QTest::addColumn<QString>("claim");
        QTest::addColumn<QJsonValue>("value");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("why");
        const qint64 nowS = SystemClock().nowMs() / 1000;
        QTest::newRow("another audience") << u"aud"_s << QJsonValue(u"another"_s) << 401 << QByteArray("audience");
        QTest::newRow("ended") << u"exp"_s << QJsonValue(nowS - 120) << 401 << QByteArray("expired");
        QTest::newRow("kept for an hour") << u"iat"_s << QJsonValue(nowS - 3600) << 401 << QByteArray("expired");
        QTest::newRow("of tomorrow") << u"iat"_s << QJsonValue(nowS + 86'400) << 401 << QByteArray("early");
        QTest::newRow("another nonce") << u"nonce"_s << QJsonValue(nonceOf(u"another"_s)) << 401 << QByteArray("nonce");
        QTest::newRow("the secret for a nonce") << u"nonce"_s << QJsonValue(secret) << 401 << QByteArray("nonce");
        QTest::newRow("another issuer") << u"iss"_s << QJsonValue(u"https://127.0.0.1:1"_s) << 401 << QByteArray("issuer");
        QTest::newRow("no account here") << u"preferred_username"_s << QJsonValue(u"hoa"_s) << 403 << QByteArray("account");
        QTest::newRow("account disabled") << u"preferred_username"_s << QJsonValue(u"minh"_s) << 403 << QByteArray("account");
        QTest::newRow("no login") << u"preferred_username"_s << QJsonValue(QJsonArray{u"lan"_s}) << 403 << QByteArray("claim");
        QTest::newRow("not of the group") << u"groups"_s << QJsonValue(QJsonArray{u"water"_s}) << 403 << QByteArray("required");
    }
    void othersAreToldWhy()
    {
        QFETCH(QString, claim);
        QFETCH(QJsonValue, value);
        QJsonObject claims = m_provider->claims(nonceOf(secret));
        claims.insert(claim, value);
        refused(m_provider->key().token(claims, u"RS256"_s));
    }

    void forgedOnesToo_data()
    {
        QTest::addColumn<QByteArray>("token");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("why");
        const QJsonObject claims = m_provider->claims(nonceOf(secret));
        const QByteArray good = m_provider->key().token(claims, u"RS256"_s);
        const QByteArray part = good.first(good.lastIndexOf('.'));
        QTest::newRow("signed by another") << SigningKey::rsa(u"first"_s).token(claims, u"RS256"_s) << 401 << QByteArray("signature");
        QTest::newRow("no signature") << QByteArray(part + '.') << 401 << QByteArray("signature");
        QTest::newRow("alg none") << SigningKey::token({{u"alg"_s, u"none"_s}}, claims, {}) << 401 << QByteArray("algorithm");
        QTest::newRow("a shared secret") << SigningKey::token({{u"alg"_s, u"HS256"_s}}, claims, QByteArray(32, 'x')) << 401 << QByteArray("algorithm");
        QTest::newRow("a key nobody knows") << SigningKey::p256(u"x"_s).token(claims, u"ES256"_s) << 401 << QByteArray("key");
        QTest::newRow("no token") << QByteArray("lan") << 401 << QByteArray("token");
        QTest::newRow("nothing") << QByteArray() << 401 << QByteArray("token");
    }
    void forgedOnesToo()
    {
        QFETCH(QByteArray, token);
        refused(token);
    }

    void guessingIsSlowedDown()
    {
        restart();
        TestDevice device = newDevice();
        int status = 0;
        for (int i = 0; i < 30 && status != 429; ++i)
            status = post(device, "lan").status;
        QCOMPARE(status, 429);
        restart(); // or the tests after this would have to wait
    }

    void aRevokedDeviceIsToldSo()
    {
        TestDevice chief = newDevice();
        QCOMPARE(chief.signIn(u"chief"_s, password).status, 200);
        TestDevice device = newDevice();
        QVERIFY(enter(device, goodToken()));
        const QString path = u"/v1/devices/"_s + device.device().toString();
        QCOMPARE(chief.request("POST", path + u"/revoke"_s).status, 200);
        const auto answer = post(device, goodToken());
        QCOMPARE(answer.status, 403);
        QCOMPARE(refusalOf(*wire::decodeError(answer.body)), Refusal::DeviceRevoked);
        QCOMPARE(chief.request("POST", path + u"/restore"_s).status, 200);
        QVERIFY(enter(device, goodToken()));
    }

    void damagedMessagesAreRefused()
    {
        TestDevice device = newDevice();
        QCOMPARE(device.request("POST", route, "no message").status, 400);
        QCOMPARE(device.request("POST", route, wire::encode(SignIn{.login = u"lan"_s, .device = device.device()})).status, 400);
        QCOMPARE(device.request("PUT", route, {}).status, 405);
    }

    void theServiceGoesAwayAndComesBack()
    {
        m_provider->stop();
        restart();
        TestDevice device = newDevice();
        const auto answer = device.request("GET", route);
        QCOMPARE(answer.status, 503);
        QVERIFY(wire::decodeError(answer.body)->message.contains(u"127.0.0.1"_s));
        QCOMPARE(post(device, goodToken()).status, 503);
        QCOMPARE(device.signIn(u"chief"_s, password).status, 200); // passwords go on
        QCOMPARE(doctorLevel(), u"fault"_s);
        m_provider->start();
        QTRY_COMPARE_WITH_TIMEOUT(device.request("GET", route).status, 200, patienceMs);
        QVERIFY(enter(device, goodToken()));
        QCOMPARE(doctorLevel(), u"ok"_s);
        m_provider->stop(); // what central knows is enough for a while
        QVERIFY(enter(device, goodToken()));
        m_provider->start();
    }

    void whatIsWrongWithTheFileIsSaid_data()
    {
        QTest::addColumn<QJsonObject>("change");
        QTest::addColumn<QString>("word");
        const QJsonValue none(QJsonValue::Null);
        QTest::newRow("unknown key") << QJsonObject{{u"client_secret"_s, u"x"_s}} << u"client_secret"_s;
        QTest::newRow("no issuer") << QJsonObject{{u"issuer"_s, none}} << u"issuer"_s;
        QTest::newRow("issuer without TLS") << QJsonObject{{u"issuer"_s, u"http://sso.city.example"_s}} << u"issuer"_s;
        QTest::newRow("no client") << QJsonObject{{u"client_id"_s, none}} << u"client_id"_s;
        QTest::newRow("a number for a text") << QJsonObject{{u"login_claim"_s, 5}} << u"login_claim"_s;
        QTest::newRow("half a condition") << QJsonObject{{u"required_claim"_s, u"groups"_s}, {u"required_value"_s, none}} << u"required_value"_s;
        QTest::newRow("scopes without openid") << QJsonObject{{u"scopes"_s, QJsonArray{u"profile"_s}}} << u"openid"_s;
        QTest::newRow("no such authority") << QJsonObject{{u"ca_file"_s, u"tls/nowhere.pem"_s}} << u"nowhere.pem"_s;
        QTest::newRow("a port of the system's") << QJsonObject{{u"redirect_port"_s, 80}} << u"redirect_port"_s;
    }
    void whatIsWrongWithTheFileIsSaid()
    {
        QFETCH(QJsonObject, change);
        QFETCH(QString, word);
        QCOMPARE(m_central->stop(), 0);
        m_provider->writeSettings(m_central->dataFolder(), change);
        const auto ended = m_central->run({u"serve"_s, u"--port"_s, u"0"_s});
        QVERIFY(ended.code > 0);
        QVERIFY2(QString::fromUtf8(ended.errors).contains(u"oidc.json"_s) && QString::fromUtf8(ended.errors).contains(word), ended.errors.constData());
        QCOMPARE(doctorLevel(), u"fault"_s);
        restart();
    }

    void aBackupHasTheFile()
    {
        const QTemporaryDir folder;
        QCOMPARE(m_central->run({u"backup"_s, folder.filePath(u"copy"_s)}).code, 0);
        QVERIFY(QFile::exists(folder.filePath(u"copy/oidc.json"_s)));
        QCOMPARE(m_central->run({u"restore"_s, u"--check"_s, folder.filePath(u"copy"_s)}).code, 0);
    }

    void whereThereIsNoneItIsNotFound()
    {
        QCOMPARE(m_central->stop(), 0);
        QVERIFY(QFile::remove(m_central->dataFolder() + u"/oidc.json"_s));
        QVERIFY(m_central->serve());
        TestDevice device = newDevice();
        QCOMPARE(device.request("GET", route).status, 404);
        QCOMPARE(post(device, goodToken()).status, 404);
        QVERIFY(doctorLevel().isEmpty());
    }

private:
    void restart()
    {
        (void)m_central->stop();
        m_provider->writeSettings(m_central->dataFolder(), {{u"required_claim"_s, u"groups"_s}, {u"required_value"_s, u"tourism"_s}});
        QVERIFY(m_central->serve());
    }
    TestDevice newDevice() const { return TestDevice(m_central->url(), m_central->authorityFile(), Id::create(SystemClock())); }
    QByteArray goodToken() const { return m_provider->key().token(m_provider->claims(nonceOf(secret)), u"RS256"_s); }
    static TestDevice::Answered post(TestDevice &device, const QByteArray &token)
    {
        return device.request("POST", route, wire::encode(ProviderSignIn{QString::fromLatin1(token), secret, device.device(), u"bàn 1"_s}));
    }
    static std::optional<Session> enter(TestDevice &device, const QByteArray &token)
    {
        const auto answer = post(device, token);
        const auto session = answer.status == 200 ? wire::decodeSession(answer.body) : Result<Session>(failure(ErrorCode::Internal, QString()));
        return session ? std::optional(*session) : std::nullopt;
    }
    // As the row of the test says; afterwards a good one is taken as ever.
    void refused(const QByteArray &token)
    {
        QFETCH(int, status);
        QFETCH(QByteArray, why);
        TestDevice device = newDevice();
        const auto answer = post(device, token);
        QCOMPARE(answer.status, status);
        const auto error = wire::decodeError(answer.body);
        QVERIFY(error && !error->message.isEmpty());
        QVERIFY(m_central->says("reason=" + why));
        QVERIFY(!m_central->log().contains(token.isEmpty() ? QByteArray("id_token") : token)); // nor in the log
        QVERIFY(enter(device, goodToken()));
    }
    QByteArray journal()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(u"journal.json"_s);
        (void)m_central->run({u"audit"_s, u"export"_s, file});
        QFile in(file);
        return in.open(QFile::ReadOnly) ? in.readAll() : QByteArray();
    }
    QString doctorLevel()
    {
        const auto all = QJsonDocument::fromJson(m_central->run({u"doctor"_s, u"--json"_s}).output).object()[u"findings"_s].toArray();
        for (const QJsonValueConstRef one : all) {
            if (one[u"check"_s] == u"provider"_s)
                return one[u"level"_s].toString();
        }
        return {};
    }

    QString m_backend;
    std::unique_ptr<TestProvider> m_provider;
    std::unique_ptr<CentralProcess> m_central;
};

QTEST_GUILESS_MAIN(TestProviderSignIn)
#include "tst_provider.moc"
