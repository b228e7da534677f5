// SPDX-License-Identifier: GPL-3.0-or-later
// Devices, accounts and passwords administered over the real program's HTTPS face, and what a desktop makes of it.
#include "../support/headlessdesk.h"

#include <base/refusal.h>
#include <support/backendtest.h>
#include <support/testdevice.h>

#include <QSignalSpy>
#include <QTest>

using namespace ioc;
using namespace ioc::test;
using namespace Qt::StringLiterals;

class TestAdministrationE2e : public CentralTest<CentralProcess>
{
    Q_OBJECT

protected:
    void prepare() override
    {
        QFETCH_GLOBAL(QString, backend);
        QVERIFY(m_central->init());
        QVERIFY(m_central->addAccount(u"lan"_s, u"operator"_s, operatorPassword));
        QVERIFY(m_central->addAccount(u"chief"_s, u"administrator"_s, operatorPassword));
        QVERIFY(m_central->serve());
        if (backend == u"postgresql") {
            m_other = CentralProcess::beside(*m_central);
            QVERIFY(m_other->serve());
        }
        m_chief = newDevice();
        QCOMPARE(m_chief->signIn(u"chief"_s, operatorPassword).status, 200);
    }
    void end() override
    {
        m_chief.reset();
        m_other.reset();
        CentralTest::end();
    }

private Q_SLOTS:
    void aRevokedDeviceIsTurnedAwayEverywhere()
    {
        const auto lan = newDevice();
        QCOMPARE(lan->signIn(u"lan"_s, operatorPassword).status, 200);
        const Session before = lan->session();
        QCOMPARE(change(u"devices"_s, lan->device(), u"revoke"_s), 200);
        for (const QUrl &url : centrals()) {
            lan->setBase(url);
            QCOMPARE(refused(lan->request("GET", u"/v1/changes"_s)), Refusal::DeviceRevoked);
            QCOMPARE(refused(lan->request("POST", u"/v1/operations"_s, wire::encode(QList<Operation>()))), Refusal::DeviceRevoked);
            QCOMPARE(refused(lan->request("GET", u"/v1/snapshot"_s)), Refusal::DeviceRevoked);
            QCOMPARE(refused(lan->renew(before.refreshToken)), Refusal::DeviceRevoked);
            QCOMPARE(refused(lan->signIn(u"lan"_s, operatorPassword)), Refusal::DeviceRevoked);
            lan->setAccessToken(before.accessToken);
        }
        const auto elsewhere = newDevice();
        QCOMPARE(elsewhere->signIn(u"lan"_s, operatorPassword).status, 200);
        QCOMPARE(change(u"devices"_s, lan->device(), u"restore"_s), 200);
        QCOMPARE(lan->request("GET", u"/v1/changes"_s).status, 401); // the token stays dead
        QCOMPARE(lan->signIn(u"lan"_s, operatorPassword).status, 200);
        QCOMPARE(lan->request("GET", u"/v1/changes"_s).status, 200);
        QCOMPARE(change(u"devices"_s, m_chief->device(), u"revoke"_s), 400); // nobody shuts themselves out by mistake
        QCOMPARE(change(u"devices"_s, lan->device(), u"burn"_s), 404);
    }

    void devicesAreListedWithWhoUsesThem()
    {
        const auto lan = newDevice();
        QCOMPARE(lan->signIn(u"lan"_s, operatorPassword).status, 200);
        const auto page = wire::decodeDevicePage(m_chief->request("GET", u"/v1/devices?limit=1"_s).body);
        QVERIFY(page && page->rows.size() == 1 && !page->next.isNull());
        const auto rest = wire::decodeDevicePage(m_chief->request("GET", u"/v1/devices?after="_s + page->next.toString()).body);
        QVERIFY(rest && rest->rows.size() == 1 && rest->next.isNull());
        QCOMPARE(page->rows.first().login, u"chief"_s);
        QCOMPARE(rest->rows.first().login, u"lan"_s);
        QCOMPARE(rest->rows.first().device, lan->device());
        QCOMPARE(m_chief->request("GET", u"/v1/devices?limit=0"_s).status, 400);
    }

    void theCommandLineRevokesToo()
    {
        const auto lan = newDevice();
        QCOMPARE(lan->signIn(u"lan"_s, operatorPassword).status, 200);
        const QString id = lan->device().toString();
        QVERIFY(m_central->run({u"device"_s, u"list"_s}).output.contains(id.toLatin1()));
        QCOMPARE(m_central->run({u"device"_s, u"revoke"_s, u"--id"_s, id}).code, 0);
        QCOMPARE(refused(lan->request("GET", u"/v1/changes"_s)), Refusal::DeviceRevoked);
        QCOMPARE(m_central->run({u"device"_s, u"restore"_s, u"--id"_s, id}).code, 0);
        QCOMPARE(lan->signIn(u"lan"_s, operatorPassword).status, 200);
        QCOMPARE(lan->session().offlineDays, defaultOfflineDays);
        QCOMPARE(m_central->run({u"setting"_s, u"set"_s, u"--name"_s, u"offline_days"_s, u"--value"_s, u"3"_s}).code, 0);
        QCOMPARE(lan->signIn(u"lan"_s, operatorPassword).status, 200);
        QCOMPARE(lan->session().offlineDays, 3);
        QVERIFY(m_central->run({u"setting"_s, u"list"_s}).output.contains("offline_days\t3"));
        QCOMPARE(m_central->run({u"device"_s, u"revoke"_s, u"--id"_s, Id::create(m_clock).toString()}).code, 1);
    }

    void aOneTimePasswordServesNothingButItsChange()
    {
        const auto lan = newDevice();
        QCOMPARE(lan->signIn(u"lan"_s, operatorPassword).status, 200);
        const Id account = lan->session().account;
        const auto answer = m_chief->request("POST", u"/v1/accounts/%1/password"_s.arg(account.toString()));
        QCOMPARE(answer.status, 200);
        const QString oneTime = wire::decodeOneTimePassword(answer.body).value();
        QVERIFY(oneTime.size() >= 12);
        QCOMPARE(lan->request("GET", u"/v1/changes"_s).status, 401);
        QCOMPARE(lan->signIn(u"lan"_s, operatorPassword).status, 401);
        QCOMPARE(lan->signIn(u"lan"_s, oneTime).status, 200);
        QVERIFY(lan->session().mustChangePassword);
        for (const auto &path : {u"/v1/changes"_s, u"/v1/snapshot"_s, u"/v1/accounts"_s})
            QCOMPARE(refused(lan->request("GET", path)), Refusal::PasswordChange);
        const QString mine = u"sông nước miền tây"_s;
        QCOMPARE(changePassword(*lan, operatorPassword, mine), 400);      // not the present one
        QCOMPARE(changePassword(*lan, oneTime, u"matkhau123456"_s), 400); // too common
        QCOMPARE(changePassword(*lan, oneTime, oneTime), 400);
        const auto elsewhere = newDevice();
        QCOMPARE(elsewhere->signIn(u"lan"_s, oneTime).status, 200);
        QCOMPARE(changePassword(*lan, oneTime, mine), 200);
        QCOMPARE(lan->request("GET", u"/v1/changes"_s).status, 200); // the same session goes on
        QCOMPARE(elsewhere->request("GET", u"/v1/changes"_s).status, 401);
        QCOMPARE(lan->signIn(u"lan"_s, oneTime).status, 401);
        QCOMPARE(lan->signIn(u"lan"_s, mine).status, 200);
        QVERIFY(!lan->session().mustChangePassword);
    }

    void whoGuessedIsLetInOnceUnlocked()
    {
        const auto lan = newDevice();
        QCOMPARE(lan->signIn(u"lan"_s, operatorPassword).status, 200);
        const Id account = lan->session().account;
        const auto guess = [&](const QUrl &url) {
            lan->setBase(url);
            int status = 401;
            for (int i = 0; i < 12 && status == 401; ++i)
                status = lan->signIn(u"lan"_s, u"chắc là thế này"_s).status;
            return status;
        };
        const auto lockedMs = [&](const QUrl &url) { // as that central knows it
            m_chief->setBase(url);
            const auto page = wire::decodeAccountPage(m_chief->request("GET", u"/v1/accounts"_s).body).value_or(AccountPage());
            m_chief->setBase(m_central->url());
            const auto row = std::ranges::find(page.rows, u"lan"_s, &AccountRow::login);
            return row == page.rows.end() ? -1 : row->lockedMs;
        };
        for (const QUrl &url : centrals()) // each wait is twice as long: one of them lasts
            QVERIFY(QTest::qWaitFor([&] { return guess(url) == 429 && lockedMs(url) > 3'000; }, 60'000));
        QCOMPARE(change(u"accounts"_s, account, u"unlock"_s), 200);
        for (const QUrl &url : centrals()) {
            lan->setBase(url);
            QCOMPARE(lan->signIn(u"lan"_s, operatorPassword).status, 200);
        }
    }

    void signedOutEverywhereAndDisabled()
    {
        const auto lan = newDevice();
        QCOMPARE(lan->signIn(u"lan"_s, operatorPassword).status, 200);
        const Id account = lan->session().account;
        QCOMPARE(change(u"accounts"_s, account, u"sign-out"_s), 200);
        QCOMPARE(lan->request("GET", u"/v1/changes"_s).status, 401);
        QCOMPARE(change(u"accounts"_s, account, u"disable"_s), 200);
        QCOMPARE(lan->signIn(u"lan"_s, operatorPassword).status, 401);
        QCOMPARE(change(u"accounts"_s, account, u"enable"_s), 200);
        QCOMPARE(lan->signIn(u"lan"_s, operatorPassword).status, 200);
        QCOMPARE(change(u"accounts"_s, m_chief->session().account, u"disable"_s), 400);
    }

    // What was saved on a revoked device stays there, and goes when it is restored.
    void unsentWorkOfARevokedDeviceArrivesOnceRestored()
    {
        HeadlessDesk desk(*m_central, u"lan"_s);
        desk.connect();
        QTRY_COMPARE_WITH_TIMEOUT(desk.engine->state().kind, SyncState::Kind::Online, 30'000);
        QCOMPARE(change(u"devices"_s, desk.local.store->device(), u"revoke"_s), 200);
        const Id complaint = desk.makeComplaint(u"Ghi khi máy bị thu hồi"_s);
        QTRY_COMPARE_WITH_TIMEOUT(desk.engine->state().kind, SyncState::Kind::SignedOut, 30'000);
        QCOMPARE(refusalOf(desk.engine->state().reason), Refusal::DeviceRevoked);
        const auto refusedHere = answered(desk.engine->signIn(u"lan"_s, operatorPassword));
        QVERIFY(!refusedHere);
        QCOMPARE(refusalOf(refusedHere.error()), Refusal::DeviceRevoked);
        QVERIFY(desk.has(complaint));
        QVERIFY(!desk.isQuiet(complaint));
        QCOMPARE(change(u"devices"_s, desk.local.store->device(), u"restore"_s), 200);
        QVERIFY(answered(desk.engine->signIn(u"lan"_s, operatorPassword)));
        QTRY_VERIFY_WITH_TIMEOUT(desk.isQuiet(complaint), 30'000);
        Cursor cursor;
        const auto changes = m_chief->pullAll(cursor);
        QVERIFY(changes);
        QCOMPARE(std::ranges::count(*changes, complaint, [](const Change &one) { return one.record.id; }), 1);
    }

    // Somebody let in without central: once it answers, the password is asked for, and then the work goes.
    void workOfSomebodyLetInWithoutCentralGoesAfterASignIn()
    {
        HeadlessDesk desk(*m_central, u"lan"_s);
        desk.connect();
        QTRY_COMPARE_WITH_TIMEOUT(desk.engine->state().kind, SyncState::Kind::Online, 30'000);
        const Session session = desk.engine->session();
        desk.engine->signOut();
        QCOMPARE(m_central->stop(), 0);
        desk.engine->workOffline(session);
        const Id complaint = desk.makeComplaint(u"Ghi khi mất mạng"_s);
        QTRY_COMPARE_WITH_TIMEOUT(desk.engine->state().kind, SyncState::Kind::Offline, 30'000);
        QVERIFY(m_central->serve());
        desk.engine->syncNow();
        QTRY_COMPARE_WITH_TIMEOUT(desk.engine->state().kind, SyncState::Kind::SignedOut, 60'000);
        QCOMPARE(desk.engine->state().reason.code, ErrorCode::Unauthenticated);
        QVERIFY(!desk.isQuiet(complaint));
        QVERIFY(answered(desk.engine->signIn(u"lan"_s, operatorPassword)));
        QTRY_VERIFY_WITH_TIMEOUT(desk.isQuiet(complaint), 30'000);
    }

    void aWrongPasswordBesideALivingSessionLeavesItAlone()
    {
        HeadlessDesk desk(*m_central, u"lan"_s);
        desk.connect();
        QTRY_COMPARE_WITH_TIMEOUT(desk.engine->state().kind, SyncState::Kind::Online, 30'000);
        QCOMPARE(answered(desk.engine->signIn(u"chief"_s, u"không phải thế này"_s)).error().code, ErrorCode::Unauthenticated);
        const Id complaint = desk.makeComplaint(u"Vẫn gửi được"_s);
        QTRY_VERIFY_WITH_TIMEOUT(desk.isQuiet(complaint), 30'000);
        QCOMPARE(desk.engine->session().login, u"lan"_s);
    }

private:
    std::unique_ptr<TestDevice> newDevice() { return std::make_unique<TestDevice>(m_central->url(), m_central->authorityFile(), Id::create(m_clock)); }
    [[nodiscard]] QList<QUrl> centrals() const { return m_other ? QList<QUrl>{m_central->url(), m_other->url()} : QList<QUrl>{m_central->url()}; }
    int change(const QString &what, const Id &id, const QString &verb) { return m_chief->request("POST", u"/v1/%1/%2/%3"_s.arg(what, id.toString(), verb)).status; }
    static int changePassword(TestDevice &device, const QString &before, const QString &after)
    {
        return device.request("POST", u"/v1/password"_s, wire::encode(PasswordChange{before, after})).status;
    }
    /// Why an answer of status 403 turns somebody away.
    static std::optional<Refusal> refused(const TestDevice::Answered &answer)
    {
        const auto error = wire::decodeError(answer.body);
        return answer.status == 403 && error ? refusalOf(*error) : std::nullopt;
    }

    SystemClock m_clock;
    std::unique_ptr<CentralProcess> m_other; ///< on the same database, where several may be
    std::unique_ptr<TestDevice> m_chief;
};

QTEST_GUILESS_MAIN(TestAdministrationE2e)
#include "tst_administration.moc"
