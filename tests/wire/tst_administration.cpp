// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/refusal.h>
#include <wire/administration.h>
#include <wire/codec.h>
#include <wire/provider.h>

#include <QTest>

using namespace ioc;
using namespace Qt::StringLiterals;

/// Messages about accounts, devices and passwords, and what they may not be.
class TestWireAdministration : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rowsComeBackAsTheyWere()
    {
        const SystemClock clock;
        const DevicePage devices{{{.device = Id::create(clock), .name = u"bàn 1"_s, .account = Id::create(clock), .login = u"lan"_s, .displayName = u"Lan"_s, .firstMs = 1, .lastMs = 2,
                                   .version = u"1.2"_s, .revokedMs = 3, .revokedBy = u"chief"_s},
                                  {.device = Id::create(clock)}},
                                 Id::create(clock)};
        const auto devicesRead = wire::decodeDevicePage(wire::encode(devices));
        QVERIFY(devicesRead);
        QCOMPARE(devicesRead->rows, devices.rows);
        QCOMPARE(devicesRead->next, devices.next);
        const AccountPage accounts{{{.account = Id::create(clock), .login = u"lan"_s, .displayName = u"Lan"_s, .role = u"operator"_s, .customRole = Id::create(clock), .unit = Id::create(clock),
                                     .disabled = true, .hasPassword = true, .mustChangePassword = true, .signedInMs = 5, .lockedMs = 6, .sessions = 7},
                                    {.account = Id::create(clock)}},
                                   {}};
        const auto accountsRead = wire::decodeAccountPage(wire::encode(accounts));
        QVERIFY(accountsRead && accountsRead->next.isNull());
        QCOMPARE(accountsRead->rows, accounts.rows);
        QVERIFY(!wire::decodeAccountPage(wire::encode(devices)));
    }
    void pagesHaveAnEnd()
    {
        DevicePage page;
        for (int i = 0; i < wire::rowsLimit; ++i)
            page.rows += {.device = Id::create(SystemClock())};
        QVERIFY(wire::decodeDevicePage(wire::encode(page)));
        page.rows += page.rows.first();
        QVERIFY(!wire::decodeDevicePage(wire::encode(page)));
    }
    void passwords()
    {
        const auto change = wire::decodePasswordChange(wire::encode(PasswordChange{u"cũ"_s, u"mới"_s}));
        QVERIFY(change);
        QCOMPARE(change->before, u"cũ"_s);
        QCOMPARE(change->after, u"mới"_s);
        QCOMPARE(wire::decodeOneTimePassword(wire::encodeOneTimePassword(u"abcd-efgh"_s)), u"abcd-efgh"_s);
    }
    void aSignInServiceAndWhoComesFromThere()
    {
        const ProviderOffer offer{.issuer = u"https://sso.city.example"_s, .clientId = u"ioc"_s, .scopes = {u"openid"_s, u"profile"_s}, .authorizationEndpoint = u"https://sso.city.example/a"_s,
                                  .tokenEndpoint = u"https://sso.city.example/t"_s, .authorities = {"der", "another"}, .redirectPort = 8765};
        const auto read = wire::decodeProviderOffer(wire::encode(offer));
        QVERIFY(read);
        QCOMPARE(wire::encode(*read), wire::encode(offer));
        QCOMPARE(read->authorities, offer.authorities);
        QCOMPARE(read->redirectPort, 8765);
        const ProviderSignIn signIn{QString(16'000, u'x'), u"secret"_s, Id::create(SystemClock()), u"bàn 1"_s};
        const auto who = wire::decodeProviderSignIn(wire::encode(signIn));
        QVERIFY(who);
        QCOMPARE(who->idToken, signIn.idToken);
        QCOMPARE(who->device, signIn.device);
        QVERIFY(!wire::decodeProviderSignIn(wire::encode(ProviderSignIn{QString(17'000, u'x'), {}, signIn.device, {}})));
        QVERIFY(!wire::decodeProviderSignIn(wire::encode(ProviderSignIn{u"x"_s, {}, {}, {}}))); // no device
        QVERIFY(!wire::decodeProviderOffer(wire::encode(signIn)) && !wire::decodeSignIn(wire::encode(signIn)));
    }
    void aSessionTellsWhatIsNew()
    {
        Session session{.account = Id::create(SystemClock()), .login = u"lan"_s};
        const QByteArray plain = wire::encode(session);
        QCOMPARE(wire::decodeSession(plain)->offlineDays, defaultOfflineDays);
        QVERIFY(!wire::decodeSession(plain)->mustChangePassword);
        session.mustChangePassword = true;
        session.offlineDays = 0;
        const auto read = wire::decodeSession(wire::encode(session));
        QVERIFY(read && read->mustChangePassword);
        QCOMPARE(read->offlineDays, 0);
        session.offlineDays = longestOfflineDays + 1;
        QVERIFY(!wire::decodeSession(wire::encode(session)));
    }
    void aRefusalSaysWhy()
    {
        for (const Refusal refusal : {Refusal::DeviceRevoked, Refusal::PasswordChange}) {
            const auto read = wire::decodeError(wire::encode(refusalError(refusal)));
            QVERIFY(read);
            QCOMPARE(read->code, ErrorCode::Denied);
            QCOMPARE(refusalOf(*read), refusal);
            QVERIFY(!read->message.isEmpty());
        }
        const auto other = wire::decodeError(wire::encode(Error{ErrorCode::Denied, u"nein"_s, u"secret detail"_s}));
        QVERIFY(other && other->detail.isEmpty());
        const auto coded = wire::decodeError(wire::encode(Error{ErrorCode::Busy, u"x"_s, u"device_revoked"_s}));
        QVERIFY(coded && !refusalOf(*coded));
    }
};

QTEST_GUILESS_MAIN(TestWireAdministration)
#include "tst_administration.moc"
