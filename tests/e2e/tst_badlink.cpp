// SPDX-License-Identifier: GPL-3.0-or-later
// A desktop behind a bad line: what was saved arrives, once, and what others saved comes.
#include "../support/headlessdesk.h"

#include <support/backendtest.h>
#include <support/badlink.h>

using namespace ioc;
using namespace ioc::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int patienceMs = 120'000;
const QString complaintType = u"complaint"_s;

} // namespace

class TestBadLink : public CentralTest<CentralProcess>
{
    Q_OBJECT

protected:
    void prepare() override
    {
        QVERIFY(m_central->init());
        for (const auto &login : {u"lan"_s, u"minh"_s})
            QVERIFY(m_central->addAccount(login, u"operator"_s, operatorPassword));
        QVERIFY(m_central->serve());
    }

private Q_SLOTS:
    void nothingIsLostOrDoubled_data()
    {
        QTest::addColumn<int>("delayMs");
        QTest::addColumn<double>("loss");
        QTest::addColumn<int>("cutEveryMs");
        QTest::newRow("500 ms there and back, a fifth lost") << 250 << 0.2 << 0;
        QTest::newRow("cut every second") << 5 << 0.0 << 1000;
        QTest::newRow("late, lossy and cut") << 100 << 0.1 << 4000;
    }
    void nothingIsLostOrDoubled()
    {
        QFETCH(int, delayMs);
        QFETCH(double, loss);
        QFETCH(int, cutEveryMs);
        BadLink link(m_central->port(), {.delayMs = delayMs, .loss = loss, .cutEveryMs = 0}, 20'261'122);
        QUrl url = m_central->url();
        url.setPort(link.serverPort());
        HeadlessDesk lan(*m_central, u"lan"_s, url);
        HeadlessDesk minh(*m_central, u"minh"_s);
        minh.connect();
        lan.connect();
        QTRY_COMPARE_WITH_TIMEOUT(lan.engine->state().kind, SyncState::Kind::Online, patienceMs);
        link.setLine({.delayMs = delayMs, .loss = loss, .cutEveryMs = cutEveryMs});

        QList<Id> mine;
        QList<Id> theirs;
        for (int i = 0; i < complaintsEach; ++i) {
            mine += lan.makeComplaint(u"Phản ánh %1"_s.arg(i));
            if (i % 3 == 0)
                QVERIFY(lan.step(mine.last(), u"accept"_s));
            theirs += minh.makeComplaint(u"Phản ánh khác %1"_s.arg(i));
            if (cutEveryMs > 0 && i == complaintsEach / 2)
                link.cut(); // once at least while something is under way
        }
        const auto hasAll = [](HeadlessDesk &desk, const QList<Id> &ids) { return std::ranges::all_of(ids, [&](const Id &id) { return desk.has(id); }); };
        QTRY_VERIFY_WITH_TIMEOUT(lan.local.store->status().outbox == 0 && hasAll(minh, mine), patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(hasAll(lan, theirs), patienceMs);
        QVERIFY(loss == 0 || link.lost() > 0);
        QVERIFY(cutEveryMs == 0 || link.cuts() > 0);
        QCOMPARE(lan.local.store->status(), StoreStatus());
        for (HeadlessDesk *desk : {&lan, &minh}) { // nothing twice, nothing missing: a complaint has three clocks, one accepted a fourth
            QTRY_COMPARE_WITH_TIMEOUT(*answered(desk->local.store->count({.type = complaintType})), qint64(2 * complaintsEach), patienceMs);
            QTRY_COMPARE_WITH_TIMEOUT(*answered(desk->local.store->count({.type = u"clock_entry"_s})), qint64(6 * complaintsEach + (complaintsEach + 2) / 3), patienceMs);
        }
    }

    void workGoesOnWhileTheLineIsDead()
    {
        BadLink link(m_central->port(), {}, 1);
        QUrl url = m_central->url();
        url.setPort(link.serverPort());
        HeadlessDesk lan(*m_central, u"lan"_s, url);
        lan.connect();
        QTRY_COMPARE_WITH_TIMEOUT(lan.engine->state().kind, SyncState::Kind::Online, patienceMs);
        link.setLine({.delayMs = 0, .loss = 1, .cutEveryMs = 0}); // nothing arrives any more, and nobody says so
        const Id id = lan.makeComplaint(u"Trong lúc mất mạng"_s);
        QVERIFY(lan.step(id, u"accept"_s));
        QCOMPARE(lan.complaint(id).text(u"status"_s), u"accepted"_s);
        link.setLine({});
        link.cut();
        QTRY_VERIFY_WITH_TIMEOUT(lan.isQuiet(id), patienceMs);
    }

private:
    static constexpr int complaintsEach = 20;
};

QTEST_GUILESS_MAIN(TestBadLink)
#include "tst_badlink.moc"
