// SPDX-License-Identifier: GPL-3.0-or-later
// Two centrals on one database behind HAProxy, set up as installer/central/haproxy.cfg has it.
#include <support/balancer.h>
#include <support/centralprocess.h>
#include <support/operationmaker.h>
#include <support/testdevice.h>

#include <QTest>

using namespace ioc;
using namespace Qt::StringLiterals;

namespace {
const QString secretWord = u"bến thành sáng sớm"_s;
constexpr int patienceMs = 30'000;
}

class TestBalancer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        if (!Balancer::isInstalled())
            QSKIP("HAProxy is not installed");
        m_one = std::make_unique<CentralProcess>(u"postgresql"_s);
        if (const QString obstacle = m_one->obstacle(); !obstacle.isEmpty())
            QSKIP(qPrintable(obstacle));
        const QStringList behind{u"--behind"_s, u"127.0.0.1"_s};
        QVERIFY(m_one->init());
        QVERIFY(m_one->addAccount(u"lan"_s, u"operator"_s, secretWord));
        m_two = CentralProcess::beside(*m_one);
        QVERIFY(m_one->serve(behind) && m_two->serve(behind));
        m_balancer = std::make_unique<Balancer>();
        QVERIFY2(m_balancer->start({m_one->port(), m_two->port()}, m_one->authorityFile()), m_balancer->log().constData());
    }
    void cleanup()
    {
        m_balancer.reset();
        m_two.reset();
        m_one.reset();
    }

    void bothAnswerWithOneVoice()
    {
        const auto devices = signedIn(6);
        QList<Id> made;
        for (const auto &device : devices) {
            const OperationMaker make(device->session().account, device->device());
            const auto create = make.create(u"complaint"_s, OperationMaker::complaint());
            QCOMPARE(device->push({create}).value(0).outcome, Outcome::Applied);
            made += create.record;
        }
        for (const auto &device : devices) {
            QSet<Id> seen;
            Cursor cursor;
            QTRY_VERIFY_WITH_TIMEOUT(takeAll(*device, cursor, seen) && std::ranges::all_of(made, [&](const Id &id) { return seen.contains(id); }), patienceMs);
        }
        QVERIFY(m_one->log().contains("route=/v1/operations"));
        QVERIFY(m_two->log().contains("route=/v1/operations"));
    }

    void oneThatDiesIsNotMissed_data()
    {
        QTest::addColumn<bool>("gracefully");
        QTest::newRow("killed") << false;
        QTest::newRow("told to stop") << true;
    }
    void oneThatDiesIsNotMissed()
    {
        QFETCH(bool, gracefully);
        const auto devices = signedIn(4);
        if (gracefully)
            QCOMPARE(m_one->stop(), 0);
        else
            m_one->kill();
        for (const auto &device : devices) { // a connection to it is cut: the device asks again
            const OperationMaker make(device->session().account, device->device());
            const auto create = make.create(u"complaint"_s, OperationMaker::complaint());
            QTRY_COMPARE_WITH_TIMEOUT(device->push({create}).value(0).outcome, Outcome::Applied, patienceMs);
            QCOMPARE(device->push({create}).value(0).version, 1); // taken once, however often it was sent
        }
        const int before = static_cast<int>(m_two->log().count("route=/v1/operations"));
        QVERIFY(before >= 8);
        QVERIFY(m_one->serve({u"--behind"_s, u"127.0.0.1"_s}));
        QTRY_VERIFY_WITH_TIMEOUT(m_one->log().contains("route=/v1/health status=200"), patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT((signedIn(2), m_one->log().contains("route=/v1/session status=200")), patienceMs);
    }

private:
    std::vector<std::unique_ptr<TestDevice>> signedIn(int count) const
    {
        std::vector<std::unique_ptr<TestDevice>> out;
        for (int i = 0; i < count; ++i) {
            auto &device = *out.emplace_back(std::make_unique<TestDevice>(QUrl(u"https://127.0.0.1:%1"_s.arg(m_balancer->port())), m_one->authorityFile(), OperationMaker().newId()));
            if (!QTest::qWaitFor([&] { return device.signIn(u"lan"_s, secretWord).status == 200; }, patienceMs))
                qFatal("cannot sign in: %s", m_balancer->log().constData());
        }
        return out;
    }
    static bool takeAll(TestDevice &device, Cursor &cursor, QSet<Id> &seen)
    {
        const auto changes = device.pullAll(cursor);
        if (changes) {
            for (const Change &change : *changes)
                seen += change.record.id;
        }
        return changes.has_value();
    }

    std::unique_ptr<CentralProcess> m_one;
    std::unique_ptr<CentralProcess> m_two;
    std::unique_ptr<Balancer> m_balancer;
};

QTEST_GUILESS_MAIN(TestBalancer)
#include "tst_balancer.moc"
