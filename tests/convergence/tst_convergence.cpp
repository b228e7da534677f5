// SPDX-License-Identifier: GPL-3.0-or-later
// Many desks, many faults: in the end everybody has the same, and nothing was lost. The program "convergence" does it for
// as many seeds as one has time for.
#include "faultyworld.h"

#include <QTest>

using namespace ioc;
using namespace ioc::test;
using namespace Qt::StringLiterals;

class TestConvergence : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyDeviceEqualsCentral_data()
    {
        QTest::addColumn<int>("seed");
        QTest::addColumn<bool>("onServer");
        for (int seed = 1; seed <= 30; ++seed)
            QTest::addRow("seed %d", seed) << seed << false;
        for (int seed = 31; seed <= 34; ++seed)
            QTest::addRow("seed %d on postgresql", seed) << seed << true;
    }
    void everyDeviceEqualsCentral()
    {
        QFETCH(int, seed);
        QFETCH(bool, onServer);
        const FaultyWorld::Shape shape{.seed = static_cast<quint32>(seed), .onServer = onServer};
        FaultyWorld world(shape);
        if (!world.obstacle().isEmpty())
            QSKIP(qPrintable(world.obstacle()));
        const QStringList wrong = world.run();
        QVERIFY2(wrong.isEmpty(), qPrintable(shape.replay() + u'\n' + wrong.join(u'\n')));
        QVERIFY(world.sum().operations > 0);
    }
};

QTEST_GUILESS_MAIN(TestConvergence)
#include "tst_convergence.moc"
