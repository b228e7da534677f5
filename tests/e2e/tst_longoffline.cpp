// SPDX-License-Identifier: GPL-3.0-or-later
// A commune office three months without a line: tens of thousands of changes wait, and all of them arrive once, while central
// and another desk have gone on.
#include "../support/headlessdesk.h"

#include <support/backendtest.h>

using namespace ioc;
using namespace ioc::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int patienceMs = 400'000;
// Each is five operations: the complaint, three clocks, its first timeline entry. With sanitizers it is the same way, shorter.
#ifdef __SANITIZE_ADDRESS__
constexpr int complaints = 1'000;
#else
constexpr int complaints = 10'000;
#endif
constexpr int atOnce = 500;
constexpr qint64 dayMs = 86'400'000;
const QString complaintType = u"complaint"_s;

} // namespace

class TestLongOffline : public CentralTest<CentralProcess>
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
    void fiftyThousandWaitingChanges()
    {
        HeadlessDesk lan(*m_central, u"lan"_s);
        lan.connect();
        const Id first = lan.makeComplaint(u"Trước khi mất mạng"_s);
        QTRY_VERIFY_WITH_TIMEOUT(lan.isQuiet(first), patienceMs);
        lan.disconnect();

        HeadlessDesk minh(*m_central, u"minh"_s);
        minh.connect();
        QTRY_VERIFY_WITH_TIMEOUT(minh.has(first), patienceMs);
        QVERIFY(minh.step(first, u"accept"_s)); // goes on without the other one

        QList<Id> made;
        for (int i = 0; i < complaints; i += atOnce) {
            saveSome(lan, i, made);
            lan.local.clock.advance(90 * dayMs * atOnce / complaints);
        }
        QCOMPARE(lan.local.store->status().outbox, qint64(complaints) * 5);
        QVERIFY(lan.local.reopen()); // the program was ended and started since
        QCOMPARE(lan.local.store->status().outbox, qint64(complaints) * 5);

        lan.connect();
        QTRY_VERIFY_WITH_TIMEOUT(lan.local.store->status().outbox == 0, patienceMs);
        QCOMPARE(lan.local.store->status(), StoreStatus());
        for (HeadlessDesk *desk : {&minh, &lan}) { // nothing missing, nothing twice
            QTRY_COMPARE_WITH_TIMEOUT(*answered(desk->local.store->count({.type = complaintType})), qint64(complaints + 1), patienceMs);
            QTRY_COMPARE_WITH_TIMEOUT(*answered(desk->local.store->count({.type = u"clock_entry"_s})), qint64(3 * (complaints + 1) + 1), patienceMs);
            QTRY_COMPARE_WITH_TIMEOUT(desk->complaint(first).text(u"status"_s), u"accepted"_s, patienceMs);
        }
        QTRY_VERIFY_WITH_TIMEOUT(lan.isQuiet(made.last()), patienceMs);
        QCOMPARE(minh.complaint(made.first()).text(u"title"_s), u"Phản ánh 0"_s);
        QCOMPARE(minh.complaint(made.last()).text(u"title"_s), u"Phản ánh %1"_s.arg(complaints - 1));
    }

private:
    static void saveSome(HeadlessDesk &desk, int from, QList<Id> &made)
    {
        const WorkflowSteps steps(*desk.local.catalog, desk.local.store->author(), desk.local.clock);
        QList<Draft> drafts;
        for (int i = from; i < from + atOnce; ++i) {
            made += Id::create(desk.local.clock);
            const auto one = steps.create(complaintType, made.last(), {{u"title"_s, u"Phản ánh %1"_s.arg(i)}, {u"category"_s, u"price"_s}, {u"priority"_s, u"3_normal"_s},
                                                                       {u"received_at"_s, desk.local.clock.nowMs()}});
            QVERIFY(one);
            drafts += *one;
        }
        const auto saved = answered(desk.local.store->save(drafts));
        QVERIFY2(saved, saved ? "" : qPrintable(saved.error().message));
    }
};

QTEST_GUILESS_MAIN(TestLongOffline)
#include "tst_longoffline.moc"
