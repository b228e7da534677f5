// SPDX-License-Identifier: GPL-3.0-or-later
#include <charts/barchart.h>
#include <charts/chartlegend.h>
#include <charts/indicatorcard.h>
#include <charts/timeserieschart.h>
#include <ui/theme.h>

#include <QAbstractButton>
#include <QApplication>
#include <QDateTime>
#include <QHelpEvent>
#include <QSignalSpy>
#include <QTest>
#include <QToolTip>

#include <cmath>

using namespace ioc;
using namespace Qt::StringLiterals;

namespace {

/// Two markets over three months.
TimeSeriesData twoMarkets()
{
    return {ChartStep::Month,
            {QDate(2025, 11, 1), QDate(2025, 12, 1), QDate(2026, 1, 1)},
            {{u"kr"_s, u"Hàn Quốc"_s, {100, 200, 300}}, {u"us"_s, u"Hoa Kỳ"_s, {50, 100, 1250}}},
            u"lượt"_s};
}

qint64 inVietNam(int year, int month, int day)
{
    return QDateTime(QDate(year, month, day), QTime(0, 0), QTimeZone::fromSecondsAheadOfUtc(7 * 3600)).toMSecsSinceEpoch();
}

QColor pixelAt(QWidget &widget, QPointF at)
{
    return widget.grab().toImage().pixelColor(at.toPoint());
}

/// A line of \a colour passes within a pixel of \a at; smoothing mixes a little of the ground into it.
bool lineNear(QWidget &widget, QPointF at, const QColor &colour)
{
    int nearest = 255;
    for (const int dy : {-1, 0, 1}) {
        const QColor pixel = pixelAt(widget, at + QPointF(0, dy));
        nearest = std::min(nearest, std::max({std::abs(pixel.red() - colour.red()), std::abs(pixel.green() - colour.green()),
                                              std::abs(pixel.blue() - colour.blue())}));
    }
    return nearest < 40;
}

} // namespace

/// Charts show their data where it belongs, tell it when pointed at, and open what lies behind.
class TestCharts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_theme.setDark(false);
        QCursor::setPos(0, 0);
    }

    void barsHaveTheirSeriesColour()
    {
        TimeSeriesChart chart(m_theme, Format(), TimeSeriesLook::StackedBars);
        show(chart, twoMarkets());
        PeriodCanvas &canvas = chart.canvas();
        for (int period = 0; period < 3; ++period) {
            for (int series = 0; series < 2; ++series)
                QCOMPARE(pixelAt(canvas, canvas.positionOf(series, period)), m_theme.category(series));
        }
        // Above the stack there is nothing.
        const QPointF top(canvas.positionOf(0, 0).x(), canvas.plotRect().top() + 3);
        QVERIFY(pixelAt(canvas, top) != m_theme.category(0) && pixelAt(canvas, top) != m_theme.category(1));
        const ChartStatus status = chart.status();
        QCOMPARE(status.series, 2);
        QCOMPARE(status.points, 6);
        QVERIFY(status.rendered);
    }

    void linesPassTheirPoints()
    {
        TimeSeriesData data = twoMarkets();
        data.series[1].values[1] = std::nan("");
        TimeSeriesChart chart(m_theme, Format(), TimeSeriesLook::Lines);
        show(chart, data);
        PeriodCanvas &canvas = chart.canvas();
        for (const int period : {1, 2}) {
            const QPointF halfway = (canvas.positionOf(0, period - 1) + canvas.positionOf(0, period)) / 2;
            QVERIFY(lineNear(canvas, halfway, m_theme.category(0)));
        }
        QVERIFY(!lineNear(canvas, canvas.positionOf(0, 1) + QPointF(0, 20), m_theme.category(0)));
        QCOMPARE(chart.status().points, 5);
    }

    void switchingTheThemeRecolours()
    {
        TimeSeriesChart chart(m_theme, Format(), TimeSeriesLook::StackedBars);
        show(chart, twoMarkets());
        PeriodCanvas &canvas = chart.canvas();
        const QColor before = m_theme.category(1);
        m_theme.setDark(true);
        QVERIFY(m_theme.category(1) != before);
        QCOMPARE(pixelAt(canvas, canvas.positionOf(1, 2)), m_theme.category(1));
    }

    void newValuesReplaceOldOnes()
    {
        TimeSeriesChart chart(m_theme, Format(), TimeSeriesLook::StackedBars);
        show(chart, twoMarkets());
        PeriodCanvas &canvas = chart.canvas();
        const QPointF was = canvas.positionOf(1, 2);
        TimeSeriesData data = twoMarkets();
        data.series[1].values[2] = 5;
        chart.setData(data);
        QVERIFY(!chart.status().rendered);
        canvas.grab();
        QVERIFY(chart.status().rendered);
        QVERIFY(canvas.positionOf(1, 2).y() != was.y());
        QCOMPARE(pixelAt(canvas, canvas.positionOf(0, 2)), m_theme.category(0));
        data.series.removeFirst();
        data.starts.append(QDate(2026, 2, 1));
        data.series[0].values << 40;
        chart.setData(data); // another shape
        canvas.grab();
        QCOMPARE(pixelAt(canvas, canvas.positionOf(0, 3)), m_theme.category(0));
    }

    void hoveringTellsTheValues()
    {
        TimeSeriesChart chart(m_theme, Format(), TimeSeriesLook::StackedBars);
        show(chart, twoMarkets());
        PeriodCanvas &canvas = chart.canvas();
        QTest::mouseMove(&canvas, canvas.positionOf(1, 2).toPoint());
        QTRY_COMPARE(canvas.current(), 2);
        const ChartTooltip &tooltip = canvas.tooltip();
        QTRY_VERIFY(tooltip.isVisible());
        QVERIFY(tooltip.title().contains(u"01/2026"));
        QCOMPARE(tooltip.rows().size(), 3);
        QCOMPARE(tooltip.rows().at(0).name, u"Hoa Kỳ"_s); // as stacked
        QCOMPARE(tooltip.rows().at(0).value, u"1.250\u00a0lượt"_s);
        QCOMPARE(tooltip.rows().at(0).colour, m_theme.category(1));
        QCOMPARE(tooltip.rows().at(2).value, u"1.550\u00a0lượt"_s); // total
        QVERIFY(canvas.accessibleDescription().contains(u"1.250"));
        QTest::mouseMove(&canvas, QPoint(1, 1));
        QTRY_VERIFY(!tooltip.isVisible());
    }

    void clickOpensTheMonth()
    {
        TimeSeriesChart chart(m_theme, Format(), TimeSeriesLook::StackedBars);
        show(chart, twoMarkets());
        PeriodCanvas &canvas = chart.canvas();
        QSignalSpy opened(&chart, &TimeSeriesChart::pointActivated);
        QTest::mouseClick(&canvas, Qt::LeftButton, {}, canvas.positionOf(1, 2).toPoint());
        const QVariantList expected{u"us"_s, inVietNam(2026, 1, 1), inVietNam(2026, 2, 1)};
        QCOMPARE(opened.value(0), expected);
        const QPoint above(int(canvas.positionOf(0, 0).x()), int(canvas.plotRect().top()) + 3);
        QTest::mouseClick(&canvas, Qt::LeftButton, {}, above);
        const QVariantList whole{QString(), inVietNam(2025, 11, 1), inVietNam(2025, 12, 1)};
        QCOMPARE(opened.value(1), whole);
        QTest::mouseClick(&canvas, Qt::LeftButton, {}, QPoint(2, 2)); // on the axis
        QCOMPARE(opened.size(), 2);
    }

    void keysOpenTheDay()
    {
        TimeSeriesData data = twoMarkets();
        data.step = ChartStep::Day;
        data.starts = {QDate(2026, 2, 27), QDate(2026, 2, 28), QDate(2026, 3, 1)};
        TimeSeriesChart chart(m_theme, Format(), TimeSeriesLook::Lines);
        show(chart, data);
        PeriodCanvas &canvas = chart.canvas();
        QSignalSpy opened(&chart, &TimeSeriesChart::pointActivated);
        canvas.setFocus();
        QTest::keyClick(&canvas, Qt::Key_Return); // nothing chosen yet
        QCOMPARE(opened.size(), 0);
        QTest::keyClick(&canvas, Qt::Key_Right);
        QTest::keyClick(&canvas, Qt::Key_Right);
        QTest::keyClick(&canvas, Qt::Key_Return);
        const QVariantList all{QString(), inVietNam(2026, 2, 28), inVietNam(2026, 3, 1)};
        QCOMPARE(opened.value(0), all);
        QTest::keyClick(&canvas, Qt::Key_Up); // the first series
        QTest::keyClick(&canvas, Qt::Key_End);
        QTest::keyClick(&canvas, Qt::Key_Space);
        const QVariantList one{u"kr"_s, inVietNam(2026, 3, 1), inVietNam(2026, 3, 2)};
        QCOMPARE(opened.value(1), one);
        QTest::keyClick(&canvas, Qt::Key_Escape);
        QCOMPARE(canvas.current(), -1);
    }

    void legendSwitchesSeries()
    {
        TimeSeriesChart chart(m_theme, Format(), TimeSeriesLook::StackedBars);
        show(chart, twoMarkets());
        PeriodCanvas &canvas = chart.canvas();
        QAbstractButton *korea = chart.legend().button(u"kr"_s);
        QTest::mouseClick(korea, Qt::LeftButton);
        QCOMPARE(chart.status().series, 1);
        canvas.grab();
        QCOMPARE(pixelAt(canvas, canvas.positionOf(1, 0)), m_theme.category(1));
        // The other now stands on the axis.
        QCOMPARE(pixelAt(canvas, QPointF(canvas.positionOf(1, 2).x(), canvas.plotRect().bottom() - 4)), m_theme.category(1));
        QAbstractButton *america = chart.legend().button(u"us"_s);
        QTest::keyClick(america, Qt::Key_Space);
        QVERIFY(america->isChecked()); // the last one stays
        QCOMPARE(chart.status().series, 1);
        chart.setData(twoMarkets()); // new values do not switch it on again
        QVERIFY(!korea->isChecked());
        QCOMPARE(chart.status().series, 1);
    }

    void noValuesSayWhy()
    {
        TimeSeriesChart chart(m_theme, Format(), TimeSeriesLook::Lines);
        show(chart, {});
        QCOMPARE(chart.status().points, 0);
        QVERIFY(!chart.status().rendered);
        QTest::keyClick(&chart.canvas(), Qt::Key_Right);
        QTest::mouseClick(&chart.canvas(), Qt::LeftButton);
        QCOMPARE(chart.canvas().current(), -1);
        TimeSeriesData unknown = twoMarkets();
        for (ChartSeries &series : unknown.series)
            series.values = {std::nan(""), std::nan(""), std::nan("")};
        chart.setData(unknown);
        chart.canvas().grab();
        QTest::mouseMove(&chart.canvas(), QPoint(200, 60));
        QCOMPARE(chart.status().points, 0);
    }

    void lyingBars()
    {
        BarChart chart(m_theme, Format());
        chart.setData({{u"a"_s, u"Vệ sinh môi trường"_s, 400}, {u"b"_s, u"An ninh trật tự"_s, 100}}, u"phản ánh"_s);
        chart.resize(400, 120);
        chart.show();
        QVERIFY(QTest::qWaitForWindowExposed(&chart));
        chart.grab();
        const QRectF plot = chart.plotRect();
        const qreal slot = plot.height() / 2;
        QCOMPARE(pixelAt(chart, {plot.left() + plot.width() * 0.9, slot / 2}), m_theme.category(0));
        QCOMPARE(pixelAt(chart, {plot.left() + plot.width() * 0.2, slot * 1.5}), m_theme.category(0));
        QVERIFY(pixelAt(chart, {plot.left() + plot.width() * 0.5, slot * 1.5}) != m_theme.category(0));
        QSignalSpy opened(&chart, &BarChart::barActivated);
        QTest::mouseClick(&chart, Qt::LeftButton, {}, QPoint(20, int(slot * 1.5)));
        QCOMPARE(opened.value(0), QVariantList{u"b"_s});
        chart.setFocus();
        chart.setCurrent(-1);
        QTest::keyClick(&chart, Qt::Key_Down);
        QCOMPARE(chart.tooltip().title(), u"Vệ sinh môi trường"_s);
        QTest::keyClick(&chart, Qt::Key_Return);
        QCOMPARE(opened.value(1), QVariantList{u"a"_s});
        QCOMPARE(chart.status().points, 2);
    }

    void cardTellsItsFigure()
    {
        IndicatorCard card(m_theme, Format());
        QCOMPARE(card.state(), IndicatorCard::State::Loading);
        QSignalSpy opened(&card, &IndicatorCard::activated);
        card.show();
        QVERIFY(QTest::qWaitForWindowExposed(&card));
        QTest::keyClick(&card, Qt::Key_Return);
        QCOMPARE(opened.size(), 0);

        IndicatorFigure figure{.id = u"overdue"_s, .label = u"Quá hạn"_s, .value = 1284, .unit = u"phản ánh"_s,
                               .tone = Tone::Danger, .change = 0.125, .comparedWith = u"so với tuần trước"_s,
                               .moreIsGood = false, .history = {1, 2, 3}};
        card.setFigure(figure);
        QCOMPARE(card.valueText(), u"1.284"_s);
        QCOMPARE(card.changeText(), u"12,5\u00a0% so với tuần trước"_s);
        QCOMPARE(card.changeTone(), Tone::Danger);
        QVERIFY(card.accessibleDescription().contains(u"1.284"));
        QTest::keyClick(&card, Qt::Key_Return);
        QTest::mouseClick(&card, Qt::LeftButton);
        QCOMPARE(opened.size(), 2);
        QCOMPARE(opened.value(0), QVariantList{u"overdue"_s});

        figure.change = -0.2;
        card.setFigure(figure);
        QCOMPARE(card.changeTone(), Tone::Good); // fewer overdue ones
        figure.change = 0.0001;
        card.setFigure(figure);
        QCOMPARE(card.changeTone(), Tone::Muted);
        figure.kind = FigureKind::Percent;
        figure.value = 0.943;
        card.setFigure(figure);
        QCOMPARE(card.valueText(), u"94,3\u00a0%"_s);
        figure.value.reset();
        card.setFigure(figure);
        QCOMPARE(card.state(), IndicatorCard::State::NoData);
        QCOMPARE(card.valueText(), u"—"_s);
        QCOMPARE(card.changeText(), QString());
    }

    void cardExplainsItself()
    {
        IndicatorCard card(m_theme, Format());
        card.setFigure({.id = u"x"_s, .label = u"Đúng hạn <b>"_s, .kind = FigureKind::Percent, .value = 0.9,
                        .change = 0.02, .comparedWith = u"so với cùng kỳ năm trước"_s,
                        .definition = u"Trả lời trước hạn / đã trả lời"_s, .asOfMs = inVietNam(2026, 1, 2)});
        card.resize(card.minimumSizeHint());
        card.show();
        QVERIFY(QTest::qWaitForWindowExposed(&card));
        QHelpEvent help(QEvent::ToolTip, {5, 5}, card.mapToGlobal(QPoint(5, 5)));
        QApplication::sendEvent(&card, &help);
        for (const QString &part : {u"Đúng hạn &lt;b&gt;"_s, u"90\u00a0%"_s, u"so với cùng kỳ năm trước"_s,
                                    u"Trả lời trước hạn / đã trả lời"_s, u"02/01/2026 00:00"_s})
            QVERIFY2(QToolTip::text().contains(part), qPrintable(QToolTip::text()));
        QToolTip::hideText();
    }

    void cardNeverCutsItsValue()
    {
        IndicatorCard card(m_theme, Format());
        card.setFigure({.id = u"x"_s, .label = u"Tổng thu"_s, .value = 123'456'789'012, .unit = u"đồng"_s});
        QVERIFY(card.minimumSizeHint().width()
                > QFontMetrics(m_theme.font(FontRole::Figure)).horizontalAdvance(card.valueText()));
        card.resize(card.minimumSizeHint());
        QVERIFY(!card.grab().isNull());
    }

private:
    static void show(TimeSeriesChart &chart, const TimeSeriesData &data)
    {
        chart.setData(data);
        chart.resize(480, 260);
        chart.show();
        QVERIFY(QTest::qWaitForWindowExposed(&chart));
        chart.canvas().grab(); // so that it is arranged
    }

    Theme m_theme{*qApp};
};

QTEST_MAIN(TestCharts)
#include "tst_charts.moc"
