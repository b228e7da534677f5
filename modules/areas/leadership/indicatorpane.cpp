// SPDX-License-Identifier: GPL-3.0-or-later
#include <charts/barchart.h>
#include <charts/indicatorcard.h>
#include <charts/timeserieschart.h>
#include <indicators/indicatorcatalog.h>
#include <leadership/indicatorpane.h>
#include <ui/cardframe.h>
#include <ui/recorddelegate.h>
#include <ui/workspace.h>

#include <QGridLayout>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

namespace ioc {

namespace {
constexpr int againMs = 700;
constexpr int clockMs = 60'000;
constexpr int columns = 2;
constexpr int cardsAbove = 8; // the others stand below the charts

// What of a note stands on the card itself: its first part where that is short, such as the month. The tooltip has it whole.
QString shortNote(const QString &note)
{
    constexpr int longest = 20;
    const QString first = note.section(QStringLiteral(" · "), 0, 0);
    return first.isEmpty() || first.size() > longest ? QString() : QStringLiteral(" · ") + first;
}
} // namespace

IndicatorPane::IndicatorPane(UiContext &context, QWidget *parent)
    : QWidget(parent), m_context(context),
      m_evaluator(new IndicatorEvaluator(context.store, loadIndicators(context.catalog()).value_or(QList<IndicatorDefinition>()), context.clock, this))
{
    build();
    m_again.setSingleShot(true);
    m_again.setInterval(againMs);
    connect(&m_again, &QTimer::timeout, this, &IndicatorPane::compute);
    m_clock.setInterval(clockMs);
    connect(&m_clock, &QTimer::timeout, this, &IndicatorPane::compute);
    m_clock.start();
    connect(&context.store, &LocalStore::changed, this, [this] {
        if (!m_again.isActive())
            m_again.start();
    });
    compute();
}

void IndicatorPane::build()
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto *page = new QWidget(scroll);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(8, 8, 12, 8);
    layout->setSpacing(8);
    auto *grid = new QGridLayout;
    auto *further = new QGridLayout;
    grid->setSpacing(8);
    further->setSpacing(8);
    for (const IndicatorDefinition &definition : m_evaluator->definitions()) {
        auto *card = new IndicatorCard(m_context.theme, m_context.format, page);
        card->setObjectName(definition.code);
        const int at = static_cast<int>(m_cards.size());
        if (at < cardsAbove)
            grid->addWidget(card, at / columns, at % columns);
        else
            further->addWidget(card, (at - cardsAbove) / columns, at % columns);
        m_cards += card;
        connect(card, &IndicatorCard::activated, this, [this](const QString &code) {
            const IndicatorResult result = m_results.value(code);
            if (!result.records.isEmpty())
                m_context.workspace.showRecords(result.records.first(), result.label.in(m_context.language));
        });
    }
    layout->addLayout(grid);
    const auto frame = [&](const QString &title, QWidget *chart, int height) {
        auto *card = new CardFrame(m_context.theme, page);
        card->setTitle(title);
        card->content()->addWidget(chart);
        chart->setMinimumHeight(height);
        layout->addWidget(card, 1);
    };
    m_byDay = new TimeSeriesChart(m_context.theme, m_context.format, TimeSeriesLook::StackedBars, page);
    m_byDay->setEmptyText(tr("No complaints in the last 30 days."));
    m_byCategory = new BarChart(m_context.theme, m_context.format, page);
    m_arrivals = new TimeSeriesChart(m_context.theme, m_context.format, TimeSeriesLook::Lines, page);
    m_arrivals->setEmptyText(tr("No arrival figures yet. Import them in the catalogue."));
    frame(tr("Complaints by day"), m_byDay, 110);
    frame(tr("Arrivals by month and market"), m_arrivals, 170);
    frame(tr("Complaints by category, 30 days"), m_byCategory, 150);
    layout->addLayout(further);
    scroll->setWidget(page);
    scroll->setMinimumWidth(page->minimumSizeHint().width() + scroll->verticalScrollBar()->sizeHint().width()); // two cards side by side, uncut
    outer->addWidget(scroll);
    connect(m_byDay, &TimeSeriesChart::pointActivated, this, [this](const QString &line, qint64 from) { openPoint(m_daySeries, line, from); });
    connect(m_arrivals, &TimeSeriesChart::pointActivated, this, [this](const QString &line, qint64 from) { openPoint(m_arrivalSeries, line, from); });
    connect(m_byCategory, &BarChart::barActivated, this, [this](const QString &category) {
        const qsizetype at = m_categorySeries.categories.indexOf(category);
        if (at >= 0 && !m_categorySeries.lines.isEmpty() && at < m_categorySeries.lines.first().records.size())
            m_context.workspace.showRecords(m_categorySeries.lines.first().records[at], tr("Complaints by category, 30 days"));
    });
}

// One round at a time; what changed meanwhile is computed after it.
void IndicatorPane::compute()
{
    if (m_computing > 0) {
        m_stale = true;
        return;
    }
    m_stale = false;
    m_computing = 4;
    m_evaluator->evaluateAll().then(this, [this](const Result<QList<IndicatorResult>> &results) {
        if (results)
            showCards(*results);
        finished();
    });
    m_evaluator->complaintsByDay().then(this, [this](const Result<IndicatorSeries> &series) {
        if (series) {
            m_daySeries = *series;
            showSeries(*m_byDay, *series, tr("complaints"));
        }
        finished();
    });
    m_evaluator->complaintsByCategory().then(this, [this](const Result<IndicatorSeries> &series) {
        if (series) {
            m_categorySeries = *series;
            showCategories(*series);
        }
        finished();
    });
    m_evaluator->arrivalsByMonth().then(this, [this](const Result<IndicatorSeries> &series) {
        if (series) {
            m_arrivalSeries = *series;
            showSeries(*m_arrivals, *series, tr("arrivals"));
        }
        finished();
    });
}

void IndicatorPane::finished()
{
    if (--m_computing > 0)
        return;
    m_once = true;
    if (m_stale)
        m_again.start();
}

void IndicatorPane::showCards(const QList<IndicatorResult> &results)
{
    m_results.clear();
    for (const IndicatorResult &result : results) {
        m_results.insert(result.code, result);
        IndicatorFigure figure;
        figure.id = result.code;
        figure.label = result.label.in(m_context.language);
        figure.label += shortNote(result.note);
        figure.kind = result.isShare ? FigureKind::Percent : result.value.value_or(0) >= 100'000 ? FigureKind::Compact : FigureKind::Number;
        figure.value = result.value;
        figure.unit = result.unit.in(m_context.language);
        figure.missingReason = tr("No data yet");
        figure.tone = toneNamed(result.tone);
        figure.change = result.change();
        figure.comparedWith = result.comparedWith;
        figure.changeIsNeutral = result.code.startsWith(QStringLiteral("complaints"));
        figure.definition = result.explanation.in(m_context.language);
        if (!result.note.isEmpty())
            figure.definition = QStringLiteral("%1 %2").arg(result.note, figure.definition);
        figure.asOfMs = result.asOfMs;
        for (IndicatorCard *card : std::as_const(m_cards)) {
            if (card->objectName() == result.code)
                card->setFigure(figure);
        }
    }
}

void IndicatorPane::showSeries(TimeSeriesChart &chart, const IndicatorSeries &series, const QString &unit)
{
    TimeSeriesData shown{.step = series.step == IndicatorSeries::Step::Day ? ChartStep::Day : ChartStep::Month, .starts = series.starts, .unit = unit};
    for (const IndicatorSeries::Line &line : series.lines)
        shown.series += ChartSeries{.id = line.id, .name = line.name.isEmpty() ? tr("Total") : line.name, .values = line.values};
    chart.setData(shown);
}

void IndicatorPane::showCategories(const IndicatorSeries &series)
{
    const RecordType *type = m_context.catalog().type(u"complaint");
    const Field *field = type ? type->field(u"category") : nullptr;
    QList<ChartBar> bars;
    for (qsizetype i = 0; field && !series.lines.isEmpty() && i < series.categories.size(); ++i) {
        const Choice *choice = field->choice(series.categories[i]);
        bars += ChartBar{.id = series.categories[i], .name = choice ? choice->label.in(m_context.language) : series.categories[i], .value = series.lines.first().values.value(i)};
    }
    m_byCategory->setData(bars, tr("complaints"));
    m_byCategory->setMinimumHeight(m_byCategory->preferredHeight());
}

void IndicatorPane::openPoint(const IndicatorSeries &series, const QString &line, qint64 fromMs)
{
    const qsizetype at = series.starts.indexOf(Format::dayOf(fromMs));
    for (const IndicatorSeries::Line &candidate : series.lines) {
        if ((candidate.id == line || line.isEmpty()) && at >= 0 && at < candidate.records.size()) {
            const QString day = series.step == IndicatorSeries::Step::Day ? m_context.format.date(series.starts[at]) : m_context.format.month(series.starts[at]);
            m_context.workspace.showRecords(candidate.records[at], candidate.name.isEmpty() ? day : QStringLiteral("%1 · %2").arg(candidate.name, day));
            return;
        }
    }
}

bool IndicatorPane::isComplete() const
{
    // What is scrolled out of sight is not painted, and need not be.
    const auto ready = [](const ChartCanvas &canvas) {
        const ChartStatus status = canvas.status();
        return status.points == 0 || status.rendered || canvas.visibleRegion().isEmpty();
    };
    return m_once && std::ranges::none_of(m_cards, [](const IndicatorCard *card) { return card->state() == IndicatorCard::State::Loading; })
           && ready(m_byDay->canvas()) && ready(m_arrivals->canvas()) && ready(*m_byCategory);
}

QJsonObject IndicatorPane::report(const QJsonArray &rect) const
{
    QJsonObject cards;
    for (const IndicatorCard *card : m_cards)
        cards.insert(card->objectName(), card->valueText());
    const auto chart = [](const ChartStatus &status) {
        return QJsonObject{{QStringLiteral("series"), status.series}, {QStringLiteral("points"), status.points}, {QStringLiteral("rendered"), status.rendered}};
    };
    return {{QStringLiteral("rect"), rect},
            {QStringLiteral("cards"), cards},
            {QStringLiteral("series"), m_byDay->status().series + m_arrivals->status().series + m_byCategory->status().series},
            {QStringLiteral("complaints_by_day"), chart(m_byDay->status())},
            {QStringLiteral("complaints_by_category"), chart(m_byCategory->status())},
            {QStringLiteral("arrivals"), chart(m_arrivals->status())}};
}

} // namespace ioc
