// SPDX-License-Identifier: GPL-3.0-or-later
// The disk of central's database fills up: desks keep what they have and say why, what is there can be read, and all goes on by
// itself when there is space again. A desk's own full disk is tested in tests/faults.
#include "../support/headlessdesk.h"
#include "../support/smalldisk.h"

#include <db/connection.h>
#include <support/testdevice.h>

#include <QFileInfo>

using namespace ioc;
using namespace ioc::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int patienceMs = 120'000;
const QString complaintType = u"complaint"_s;

} // namespace

class TestDiskFull : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { addBackends(); }
    void init()
    {
        QFETCH_GLOBAL(QString, backend);
        const QString obstacle = backend == u"postgresql" ? onServer() : onFile();
        if (!obstacle.isEmpty())
            QSKIP(qPrintable(obstacle));
        QVERIFY(m_central->init());
        QVERIFY(m_central->addAccount(u"lan"_s, u"operator"_s, operatorPassword));
        QVERIFY(m_central->serve());
    }
    void cleanup()
    {
        if (m_central)
            m_central->stop();
        if (m_cluster)
            m_cluster->stop();
        m_disk.reset(); // before the folder that it is in
        m_central.reset();
        m_cluster.reset();
    }

    void everythingWaitsAndThenGoesOn()
    {
        HeadlessDesk lan(*m_central, u"lan"_s);
        lan.connect();
        TestDevice reader(m_central->url(), m_central->authorityFile(), Id::create(lan.clock));
        QCOMPARE(reader.signIn(u"lan"_s, operatorPassword).status, 200);
        QList<Id> made{lan.makeComplaint(u"Đầu tiên"_s)};
        QTRY_VERIFY_WITH_TIMEOUT(lan.isQuiet(made.first()), patienceMs);
        const auto isFull = [&] { return lan.engine->state().reason.code == ErrorCode::Full; };
        for (int i = 0; i < 4000 && !isFull(); ++i)
            made += makeLarge(lan, i);
        QTRY_VERIFY_WITH_TIMEOUT(isFull(), patienceMs);
        QVERIFY(!lan.engine->state().reason.message.isEmpty());
        QVERIFY(lan.local.store->status().outbox > 0);
        QCOMPARE(lan.local.store->status().quarantine, 0); // nothing is wrong with what was saved
        made += makeLarge(lan, -1);                        // and saving goes on
        QVERIFY(lan.has(made.last()));

        // What is there can be read all the same.
        Cursor cursor;
        const auto there = reader.pullAll(cursor);
        QVERIFY(there && !there->isEmpty());

        QVERIFY(m_disk->resize(512));
        QTRY_VERIFY_WITH_TIMEOUT(lan.local.store->status().outbox == 0, patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(lan.isQuiet(made.last()), patienceMs);
        QCOMPARE(lan.local.store->status(), StoreStatus());
        HeadlessDesk minh(*m_central, u"lan"_s);
        minh.connect();
        QTRY_COMPARE_WITH_TIMEOUT(*answered(minh.local.store->count({.type = complaintType})), made.size(), patienceMs);
        QCOMPARE(*answered(minh.local.store->count({.type = u"clock_entry"_s})), 3 * made.size());
        for (const Id &id : std::as_const(made))
            QVERIFY(minh.has(id));
    }

private:
    static Id makeLarge(HeadlessDesk &desk, int number)
    {
        const WorkflowSteps steps(*desk.local.catalog, desk.local.store->author(), desk.clock);
        const Id id = Id::create(desk.clock);
        QString text; // that does not compress to nothing
        for (quint64 i = 0; text.size() < 9000; ++i)
            text += QString::number(qHash(i, size_t(number + 2)), 36);
        const auto drafts = steps.create(complaintType, id, {{u"title"_s, u"Dài %1"_s.arg(number)}, {u"category"_s, u"price"_s}, {u"priority"_s, u"3_normal"_s},
                                                             {u"received_at"_s, desk.clock.nowMs()}, {u"description"_s, text}});
        const auto saved = drafts ? answered(desk.local.store->save(*drafts)) : Result<Saved>(std::unexpected(drafts.error()));
        if (!saved)
            qFatal("not saved: %s (%s)", qPrintable(saved.error().message), qPrintable(saved.error().detail));
        return id;
    }
    // Each: why there is none; empty when there is.
    QString onFile()
    {
        m_central = std::make_unique<CentralProcess>();
        return onDisk(m_central->dataFolder(), 8);
    }
    QString onServer()
    {
        m_cluster = std::make_unique<PostgresCluster>();
        QString problem;
        if (!m_cluster->create(&problem))
            return problem;
        const QString folder = m_cluster->address().host + u"/tight"_s;
        if (const QString obstacle = onDisk(folder, 24, QFileInfo(m_cluster->address().host + u"/data"_s).ownerId()); !obstacle.isEmpty())
            return obstacle;
        auto address = m_cluster->address();
        const auto connection = db::Connection::open({.server = address});
        const auto made = connection ? (*connection)->exec(u"CREATE TABLESPACE tight LOCATION '%1'"_s.arg(folder))
                                           .and_then([&](qint64) { return (*connection)->exec(u"CREATE DATABASE tight TEMPLATE template0 ENCODING 'UTF8' TABLESPACE tight"_s); })
                                     : Result<qint64>(std::unexpected(connection.error()));
        if (!made)
            return made.error().detail;
        address.database = u"tight"_s;
        m_central = std::make_unique<CentralProcess>(address);
        return {};
    }
    QString onDisk(const QString &path, int megabytes, uint owner = 0)
    {
        m_disk = std::make_unique<SmallDisk>(path, megabytes, owner);
        return m_disk->isValid() ? QString() : u"mounting a small disk is not permitted here"_s;
    }

    std::unique_ptr<SmallDisk> m_disk;
    std::unique_ptr<PostgresCluster> m_cluster;
    std::unique_ptr<CentralProcess> m_central;
};

QTEST_GUILESS_MAIN(TestDiskFull)
#include "tst_diskfull.moc"
