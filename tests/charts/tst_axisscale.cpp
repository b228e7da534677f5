// SPDX-License-Identifier: GPL-3.0-or-later
#include <charts/axisscale.h>

#include <QGuiApplication>
#include <QTest>

using namespace ioc;
using namespace Qt::StringLiterals;

/// Round ticks, and labels that never touch.
class TestAxisScale : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void scales_data()
    {
        QTest::addColumn<double>("least");
        QTest::addColumn<double>("most");
        QTest::addColumn<bool>("whole");
        QTest::addColumn<double>("min");
        QTest::addColumn<double>("max");
        QTest::addColumn<double>("step");
        QTest::newRow("nothing") << 0.0 << 0.0 << true << 0.0 << 1.0 << 1.0;
        QTest::newRow("hundreds") << 0.0 << 412.0 << true << 0.0 << 500.0 << 100.0;
        QTest::newRow("exactly") << 0.0 << 500.0 << true << 0.0 << 500.0 << 100.0;
        QTest::newRow("few whole ones") << 0.0 << 2.0 << true << 0.0 << 2.0 << 1.0;
        QTest::newRow("fractions") << 0.0 << 0.93 << false << 0.0 << 1.0 << 0.2;
        QTest::newRow("below zero") << -30.0 << 70.0 << true << -40.0 << 80.0 << 20.0;
        QTest::newRow("millions") << 0.0 << 1.9e6 << true << 0.0 << 2e6 << 5e5;
    }
    void scales()
    {
        QFETCH(double, least);
        QFETCH(double, most);
        QFETCH(bool, whole);
        const AxisScale scale = AxisScale::covering(least, most, 5, whole);
        QTEST(scale.min, "min");
        QTEST(scale.max, "max");
        QTEST(scale.step, "step");
    }

    void labelsNeverTouch_data()
    {
        QTest::addColumn<bool>("monthly");
        QTest::addColumn<int>("periods");
        QTest::addColumn<int>("width");
        for (const bool monthly : {true, false}) {
            for (const int periods : {1, 2, 13, 30, 60, 120, 400}) {
                for (const int width : {120, 300, 400, 900}) {
                    QTest::addRow("%s %d in %d", monthly ? "months" : "days", periods, width) << monthly << periods << width;
                }
            }
        }
    }
    void labelsNeverTouch()
    {
        QFETCH(bool, monthly);
        QFETCH(int, periods);
        QFETCH(int, width);
        QList<QDate> starts;
        for (int i = 0; i < periods; ++i)
            starts << (monthly ? QDate(2019, 11, 1).addMonths(i) : QDate(2025, 11, 3).addDays(i));
        const QFontMetricsF metrics(QGuiApplication::font());
        const qreal slot = qreal(width) / periods;
        const PeriodLabels labels =
            periodLabels(starts, monthly ? ChartStep::Month : ChartStep::Day, slot, metrics, Format());
        for (const QList<AxisLabel> &line : {labels.periods, labels.years}) {
            for (qsizetype i = 1; i < line.size(); ++i) {
                const qreal apart = (line.at(i).index - line.at(i - 1).index) * slot;
                const qreal needed = (metrics.horizontalAdvance(line.at(i).text)
                                      + metrics.horizontalAdvance(line.at(i - 1).text)) / 2;
                QVERIFY2(apart >= needed, qPrintable(line.at(i).text));
            }
        }
        QVERIFY(!labels.periods.isEmpty() || periods < 12);
        if (!monthly)
            QCOMPARE(labels.periods.constLast().index, periods - 1);
    }

    void monthsNameTheirYear()
    {
        QList<QDate> starts;
        for (int i = 0; i < 14; ++i)
            starts << QDate(2025, 6, 1).addMonths(i);
        const QFontMetricsF metrics(QGuiApplication::font());
        const PeriodLabels labels = periodLabels(starts, ChartStep::Month, 60, metrics, Format());
        QCOMPARE(labels.periods.size(), 14);
        QCOMPARE(labels.periods.at(7), (AxisLabel{7, u"Th1"_s}));
        const QList<AxisLabel> years{{0, u"2025"_s}, {7, u"2026"_s}};
        QCOMPARE(labels.years, years);
    }
};

QTEST_MAIN(TestAxisScale)
#include "tst_axisscale.moc"
