// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/centralstorage.h>
#include <support/centralprocess.h>
#include <support/operationmaker.h>
#include <support/testdevice.h>

#include <QSet>
#include <QTest>

using namespace ioc;

namespace {

const QString password = QStringLiteral("bến thành sáng sớm");
const QString complaint = QStringLiteral("complaint");

} // namespace

/// Centrals whose PostgreSQL server is restarted, or whose neighbour dies, while devices push.
class TestPostgresRestart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_cluster = std::make_unique<PostgresCluster>();
        QString problem;
        if (!m_cluster->create(&problem))
            QSKIP(qPrintable(problem));
        m_central = std::make_unique<CentralProcess>(m_cluster->address());
        QVERIFY(m_central->init());
        QVERIFY(m_central->addAccount(QStringLiteral("lan"), QStringLiteral("operator"), password));
        QVERIFY(m_central->serve());
        m_device = std::make_unique<TestDevice>(m_central->url(), m_central->authorityFile(), OperationMaker().newId());
        QCOMPARE(m_device->signIn(QStringLiteral("lan"), password).status, 200);
    }
    void cleanup()
    {
        m_device.reset();
        m_central.reset();
        m_cluster.reset();
    }

    void restartedUnderLoad()
    {
        QSet<Id> accepted;
        const OperationMaker make(m_device->session().account, m_device->device());
        Operation waiting = make.create(complaint, OperationMaker::complaint());
        int refusals = 0;
        const auto offer = [&] { // until it is accepted, then the next one: as a device does
            const auto answered = m_device->request("POST", QStringLiteral("/v1/operations"), wire::encode(QList<Operation>{waiting}));
            if (answered.status == 200) {
                const auto answers = wire::decodeAnswers(answered.body).value_or(QList<Answer>());
                if (answers.value(0).outcome != Outcome::Applied)
                    return false;
                accepted.insert(waiting.record);
                waiting = make.create(complaint, OperationMaker::complaint());
                return true;
            }
            ++refusals;
            return answered.status == 503 && wire::decodeError(answered.body).value_or(Error()).code == ErrorCode::Busy;
        };
        for (int restart = 0; restart < 3; ++restart) {
            const auto target = accepted.size() + 20;
            while (accepted.size() < target)
                QVERIFY(offer());
            m_cluster->stop();
            refusals = 0;
            while (refusals < 5)
                QVERIFY(offer());
            QCOMPARE(m_device->request("GET", TestDevice::changesPath({}, 0, 10)).status, 503);
            QCOMPARE(m_device->request("GET", QStringLiteral("/v1/health")).status, 503);
            QVERIFY(m_cluster->start());
            const auto before = accepted.size();
            QTRY_VERIFY_WITH_TIMEOUT(offer() && accepted.size() > before, 30'000);
            QTRY_COMPARE_WITH_TIMEOUT(m_device->request("GET", QStringLiteral("/v1/health")).status, 200, 30'000);
        }
        Cursor cursor;
        QSet<Id> seen;
        QTRY_VERIFY_WITH_TIMEOUT(pullInto(cursor, seen) && seen.contains(accepted), 30'000);
        QVERIFY(!m_central->log().contains(password.toUtf8()));
        QCOMPARE(m_central->stop(), 0);
    }

    void aNeighbourDies()
    {
        const auto second = CentralProcess::beside(*m_central);
        QVERIFY(second->serve());
        const OperationMaker make(m_device->session().account, m_device->device());
        QSet<Id> accepted;
        const auto push = [&](const CentralProcess &central) {
            m_device->setBase(central.url()); // the same session is good at either
            const Operation create = make.create(complaint, OperationMaker::complaint());
            if (m_device->push({create}).value(0).outcome == Outcome::Applied)
                accepted.insert(create.record);
        };
        for (int i = 0; i < 10; ++i)
            push(i % 2 ? *second : *m_central);
        QCOMPARE(accepted.size(), 10);
        m_central->kill(); // whichever of them was numbering
        for (int i = 0; i < 10; ++i)
            push(*second);
        QCOMPARE(accepted.size(), 20);
        Cursor cursor;
        QSet<Id> seen;
        QTRY_VERIFY_WITH_TIMEOUT(pullInto(cursor, seen) && seen.contains(accepted), 30'000);
        QVERIFY(m_central->serve());
        m_device->setBase(m_central->url());
        const Cursor same = cursor;
        QVERIFY(m_device->pull(same)); // the other one's cursor
    }

    void anOutageAtTheStartIsSaid()
    {
        QCOMPARE(m_central->stop(), 0);
        m_cluster->stop();
        const auto listed = m_central->run({QStringLiteral("account"), QStringLiteral("list")});
        QCOMPARE(listed.code, 1);
        QVERIFY2(listed.errors.contains("cannot be reached"), listed.errors.constData());
        CentralProcess onFile;
        const auto wrong = onFile.run({QStringLiteral("account"), QStringLiteral("list"), QStringLiteral("--database"), QStringLiteral("oracle://a:geheim@b/c")});
        QCOMPARE(wrong.code, 2);
        QVERIFY(!wrong.errors.contains("geheim"));
    }

private:
    bool pullInto(Cursor &cursor, QSet<Id> &seen)
    {
        const auto changes = m_device->pullAll(cursor, 50);
        if (!changes)
            return false;
        for (const Change &change : *changes)
            seen.insert(change.record.id);
        return true;
    }

    std::unique_ptr<PostgresCluster> m_cluster;
    std::unique_ptr<CentralProcess> m_central;
    std::unique_ptr<TestDevice> m_device;
};

QTEST_GUILESS_MAIN(TestPostgresRestart)
#include "tst_postgresrestart.moc"
