// SPDX-License-Identifier: GPL-3.0-or-later
#include "centralfixture.h"

#include <access/sessions.h>
#include <central/accounts.h>
#include <central/devices.h>
#include <central/settings.h>
#include <support/backendtest.h>
#include <wire/session.h>

#include <QTest>

using namespace ioc;
using namespace Qt::StringLiterals;

namespace {

/// A central with somebody who administers it, and what they and others do there.
struct Office : CentralFixture
{
    explicit Office(QStringView backend) : CentralFixture(backend)
    {
        if (!obstacle().isEmpty())
            return;
        chief.role = u"administrator"_s;
        addAccount(chief, u"chief"_s);
    }
    /// Does \a work(Sessions &) in a transaction, which is committed when it went well.
    template <typename Work>
    auto sessions(Work work)
    {
        return write([&](db::Connection &connection) -> decltype(work(std::declval<Sessions &>())) {
            auto transaction = db::Transaction::begin(connection);
            if (!transaction)
                return std::unexpected(transaction.error());
            Sessions all(connection, clock);
            auto answer = work(all);
            if (answer) {
                if (const auto committed = transaction->commit(); !committed)
                    return std::unexpected(committed.error());
            }
            return answer;
        });
    }
    Result<TokenPair> signIn(const Identity &who, const Id &device, const QString &name = u"bàn 1"_s, const QString &version = u"1.2"_s)
    {
        return sessions([&](Sessions &all) { return all.open(who.account, device, name, version); });
    }
    Result<Identity> identify(const QString &token, Sessions::For purpose = Sessions::For::Work)
    {
        return sessions([&](Sessions &all) { return all.identify(token, purpose); });
    }
    template <typename Work>
    auto devices(Work work)
    {
        return write([&](db::Connection &connection) {
            Devices all(connection, storage->tables().shard(), clock, {.account = chief.account, .device = chief.device, .console = {}});
            return work(all);
        });
    }
    Result<void> revoke(const Id &device) { return devices([&](Devices &all) { return all.revoke(device); }); }
    Result<void> restore(const Id &device) { return devices([&](Devices &all) { return all.restore(device); }); }
    template <typename Work>
    auto accounts(Work work)
    {
        return write([&](db::Connection &connection) {
            Accounts all(connection, storage->tables(), clock, {.account = chief.account, .device = chief.device, .console = {}});
            return work(all);
        });
    }
    qint64 entries(AuditKind kind) { return count(u"SELECT count(*) FROM audit_pending WHERE kind = '%1'"_s.arg(auditKindCode(kind))); }

    Identity chief{.account = Id::create(clock), .device = Id::create(clock), .login = u"chief"_s, .role = u"administrator"_s};
};

ErrorCode codeOf(const auto &result)
{
    return result ? ErrorCode::Internal : result.error().code;
}

} // namespace

class TestAdministration : public CentralTest<Office>
{
    Q_OBJECT

private Q_SLOTS:
    void aDeviceIsKnownByItsSignIns()
    {
        Office &office = *m_central;
        const Id device = office.make.newId();
        QVERIFY(office.signIn(office.lan, device));
        QVERIFY(office.signIn(office.minh, device, u"bàn 2"_s, u"1.3"_s));
        const auto page = office.devices([](Devices &all) { return all.page({}, 10); });
        QVERIFY(page && page->next.isNull());
        QCOMPARE(page->rows.size(), 1);
        const DeviceRow &row = page->rows.first();
        QCOMPARE(row.device, device);
        QCOMPARE(row.name, u"bàn 2"_s);
        QCOMPARE(row.account, office.minh.account);
        QCOMPARE(row.login, u"minh"_s);
        QCOMPARE(row.version, u"1.3"_s);
        QVERIFY(row.firstMs > 0 && row.lastMs >= row.firstMs);
        QCOMPARE(row.revokedMs, 0);
    }

    void aRevokedDeviceIsOutUntilItIsRestored()
    {
        Office &office = *m_central;
        const Id device = office.make.newId();
        const Id other = office.make.newId();
        const auto here = office.signIn(office.lan, device);
        const auto there = office.signIn(office.lan, other);
        QVERIFY(here && there && office.identify(here->access));
        QVERIFY(office.revoke(device));
        QVERIFY(office.revoke(device)); // twice is once
        QCOMPARE(office.entries(AuditKind::DeviceRevoked), 1);
        QCOMPARE(refusalOf(office.identify(here->access).error()), Refusal::DeviceRevoked);
        QCOMPARE(refusalOf(office.sessions([&](Sessions &all) { return all.renew(here->refresh, device); }).error()), Refusal::DeviceRevoked);
        QCOMPARE(refusalOf(office.signIn(office.minh, device).error()), Refusal::DeviceRevoked);
        QVERIFY(office.identify(there->access)); // the person is welcome elsewhere
        const auto row = office.devices([](Devices &all) { return all.page({}, 10); }).value().rows.first();
        QVERIFY(row.revokedMs > 0);
        QCOMPARE(row.revokedBy, u"chief"_s);
        QCOMPARE(row.login, u"lan"_s); // who was refused has not signed in

        QVERIFY(office.restore(device));
        QVERIFY(office.restore(device));
        QCOMPARE(office.entries(AuditKind::DeviceRestored), 1);
        QCOMPARE(codeOf(office.identify(here->access)), ErrorCode::Unauthenticated); // what was stolen with it stays of no use
        QCOMPARE(codeOf(office.sessions([&](Sessions &all) { return all.renew(here->refresh, device); })), ErrorCode::Unauthenticated);
        const auto again = office.signIn(office.lan, device);
        QVERIFY(again && office.identify(again->access));
        QCOMPARE(codeOf(office.revoke(office.make.newId())), ErrorCode::NotFound);
    }

    void listsComeInParts()
    {
        Office &office = *m_central;
        QSet<Id> made;
        for (int i = 0; i < 7; ++i) {
            made += office.make.newId();
            QVERIFY(office.signIn(office.lan, *std::ranges::max_element(made)));
        }
        QSet<Id> found;
        int pages = 0;
        for (Id after;; ++pages) {
            const auto page = office.devices([&](Devices &all) { return all.page(after, 3); });
            QVERIFY(page && page->rows.size() <= 3);
            for (const DeviceRow &row : page->rows)
                found += row.device;
            if ((after = page->next).isNull())
                break;
        }
        QCOMPARE(pages, 2);
        QCOMPARE(found, made);
        const auto first = office.accounts([](Accounts &all) { return all.page({}, 2); });
        QVERIFY(first && first->rows.size() == 2 && !first->next.isNull());
        const auto rest = office.accounts([&](Accounts &all) { return all.page(first->next, 2); });
        QVERIFY(rest && rest->rows.size() == 1 && rest->next.isNull());
    }

    void aOneTimePasswordIsToBeChanged()
    {
        Office &office = *m_central;
        const Id device = office.make.newId();
        const auto before = office.signIn(office.lan, device);
        QVERIFY(office.accounts([&](Accounts &all) { return all.setOneTimePassword(office.lan.account, u"one"_s); }));
        QCOMPARE(codeOf(office.identify(before->access)), ErrorCode::Unauthenticated);
        const auto tokens = office.signIn(office.lan, device);
        QCOMPARE(refusalOf(office.identify(tokens->access).error()), Refusal::PasswordChange);
        const auto who = office.identify(tokens->access, Sessions::For::PasswordChange);
        QVERIFY(who && who->mustChangePassword);
        QCOMPARE(codeOf(office.sessions([&](Sessions &all) { return all.replacePassword(office.lan.account, u"other"_s, u"two"_s); })), ErrorCode::Unauthenticated);
        QVERIFY(office.sessions([&](Sessions &all) { return all.replacePassword(office.lan.account, u"one"_s, u"two"_s); }));
        QVERIFY(office.identify(tokens->access));
        const auto row = office.accounts([](Accounts &all) { return all.page({}, 10); }).value().rows;
        const auto lan = std::ranges::find(row, u"lan"_s, &AccountRow::login);
        QVERIFY(lan != row.end() && lan->hasPassword && !lan->mustChangePassword && lan->signedInMs > 0 && lan->sessions == 1);
        const auto minh = std::ranges::find(row, u"minh"_s, &AccountRow::login);
        QVERIFY(minh != row.end() && !minh->hasPassword && minh->signedInMs == 0 && minh->sessions == 0);
    }

    void accountsAreDisabledEnabledUnlockedAndSignedOut()
    {
        Office &office = *m_central;
        const Id lan = office.lan.account;
        QVERIFY(office.accounts([&](Accounts &all) { return all.setOneTimePassword(lan, u"one"_s); }));
        QVERIFY(office.sessions([&](Sessions &all) { return all.replacePassword(lan, u"one"_s, u"two"_s); }));
        const auto one = office.signIn(office.lan, office.make.newId());
        QVERIFY(office.accounts([&](Accounts &all) { return all.signOutEverywhere(lan); }));
        QCOMPARE(codeOf(office.identify(one->access)), ErrorCode::Unauthenticated);
        const auto two = office.signIn(office.lan, office.make.newId());
        const qint64 version = office.find(u"account"_s, lan).record.version;
        QVERIFY(office.accounts([&](Accounts &all) { return all.setDisabled(lan, true); }));
        QCOMPARE(codeOf(office.identify(two->access)), ErrorCode::Unauthenticated);
        QVERIFY(office.find(u"account"_s, lan).record.value(u"disabled"_s).toBool());
        QVERIFY(office.accounts([&](Accounts &all) { return all.setDisabled(lan, false); }));
        QCOMPARE(office.find(u"account"_s, lan).record.version, version + 2); // devices are told
        QCOMPARE(codeOf(office.identify(two->access)), ErrorCode::Unauthenticated);
        const qint64 before = office.clock.nowMs();
        QVERIFY(office.accounts([&](Accounts &all) { return all.unlock(lan); }));
        QVERIFY(office.sessions([&](Sessions &all) { return all.unlockedMs(u"lan"_s); }).value() >= before);
        for (const AuditKind kind : {AuditKind::PasswordSet, AuditKind::SessionsEnded, AuditKind::AccountDisabled, AuditKind::AccountEnabled, AuditKind::AccountUnlocked})
            QCOMPARE(office.entries(kind), 1);
        QCOMPARE(codeOf(office.accounts([&](Accounts &all) { return all.unlock(office.make.newId()); })), ErrorCode::NotFound);
    }

    void settingsAreKept()
    {
        Office &office = *m_central;
        const auto days = [&] { return office.write([](db::Connection &connection) { return Settings(connection).offlineDays(); }); };
        const auto set = [&](const QString &name, int value) { return office.write([&](db::Connection &connection) { return Settings(connection).set(name, value, office.clock); }); };
        QCOMPARE(days(), defaultOfflineDays);
        QVERIFY(set(u"offline_days"_s, 0));
        QCOMPARE(days(), 0);
        QVERIFY(set(u"offline_days"_s, 30));
        QCOMPARE(days(), 30);
        QCOMPARE(codeOf(set(u"offline_days"_s, 366)), ErrorCode::InvalidInput);
        QCOMPARE(codeOf(set(u"online_days"_s, 1)), ErrorCode::NotFound);
        QCOMPARE(office.entries(AuditKind::SettingChanged), 2);
        office.reopen();
        QCOMPARE(days(), 30);
    }
};

QTEST_GUILESS_MAIN(TestAdministration)
#include "tst_administration.moc"
