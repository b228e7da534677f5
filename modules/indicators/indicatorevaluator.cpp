// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/zone.h>
#include <indicators/indicatorevaluator.h>
#include <indicators/indicatorquery.h>

#include <QCoreApplication>
#include <QSet>

#include <algorithm>
#include <cmath>
#include <limits>

namespace ioc {

namespace {

template <typename T>
QFuture<Result<T>> ready(Result<T> result)
{
    return QtFuture::makeReadyValueFuture(std::move(result));
}

IndicatorResult finished(const IndicatorDefinition &definition, IndicatorResult result, std::optional<double> value)
{
    result.value = value;
    if (value)
        result.tone = toneOf(definition.tones, *value);
    return result;
}

QString monthName(QDate month)
{
    return month.toString(QStringLiteral("MM/yyyy"));
}

QCborValue period(QDate month)
{
    return month.toString(QStringLiteral("yyyy-MM"));
}

} // namespace

IndicatorEvaluator::IndicatorEvaluator(LocalStore &store, QList<IndicatorDefinition> definitions, const Clock &clock, QObject *parent)
    : QObject(parent), m_store(store), m_definitions(std::move(definitions)), m_clock(clock) {}

QFuture<Result<IndicatorResult>> IndicatorEvaluator::evaluate(const QString &code)
{
    const auto found = std::ranges::find(m_definitions, code, &IndicatorDefinition::code);
    if (found == m_definitions.end())
        return ready(Result<IndicatorResult>(failure(ErrorCode::NotFound, tr("There is no indicator “%1”.").arg(code.left(60)))));
    const IndicatorDefinition &definition = *found;
    const qint64 now = m_clock.nowMs();
    const auto query = indicatorQuery(m_store.catalog(), definition, now);
    if (!query)
        return ready(Result<IndicatorResult>(std::unexpected(query.error())));
    IndicatorResult result{.code = definition.code, .label = definition.label, .unit = definition.unit,
                           .explanation = definition.explanation, .asOfMs = now, .records = {*query}};
    switch (definition.kind) {
    case IndicatorKind::Count: return count(definition, result, *query);
    case IndicatorKind::Sum: return sum(definition, result, *query);
    case IndicatorKind::DayAgainstWeekday: return today(definition, result, *query);
    case IndicatorKind::OnTimeShare: return onTime(definition, result, *query);
    case IndicatorKind::MedianHours: return median(definition, result, *query);
    case IndicatorKind::MonthAgainstLastYear: return arrivals(definition, result, false);
    case IndicatorKind::YearToDate: return arrivals(definition, result, true);
    case IndicatorKind::Running: return running(definition, result, *query);
    }
    return ready(Result<IndicatorResult>(failure(ErrorCode::Internal, {})));
}

QFuture<Result<QList<IndicatorResult>>> IndicatorEvaluator::evaluateAll()
{
    QList<Answer> answers;
    for (const IndicatorDefinition &definition : std::as_const(m_definitions))
        answers += evaluate(definition.code);
    return QtFuture::whenAll(answers.begin(), answers.end()).then(this, [](const QList<Answer> &all) -> Result<QList<IndicatorResult>> {
        QList<IndicatorResult> out;
        for (const Answer &answer : all) {
            const auto result = answer.result();
            if (!result)
                return std::unexpected(result.error());
            out += *result;
        }
        return out;
    });
}

QFuture<Result<QList<qint64>>> IndicatorEvaluator::counts(const QList<Query> &queries)
{
    QList<QFuture<Result<qint64>>> futures;
    for (const Query &query : queries)
        futures += m_store.count(query);
    return QtFuture::whenAll(futures.begin(), futures.end()).then(this, [](const QList<QFuture<Result<qint64>>> &all) -> Result<QList<qint64>> {
        QList<qint64> out;
        for (const auto &future : all) {
            const auto value = future.result();
            if (!value)
                return std::unexpected(value.error());
            out += *value;
        }
        return out;
    });
}

QFuture<Result<IndicatorResult>> IndicatorEvaluator::count(const IndicatorDefinition &definition, IndicatorResult result, const Query &query)
{
    return m_store.count(query).then(this, [definition, result](const Result<qint64> &counted) -> Result<IndicatorResult> {
        return counted.transform([&](qint64 value) { return finished(definition, result, static_cast<double>(value)); });
    });
}

// From the counts of each value: cheap however many records there are.
QFuture<Result<IndicatorResult>> IndicatorEvaluator::sum(const IndicatorDefinition &definition, IndicatorResult result, const Query &query)
{
    using Counts = QList<std::pair<QCborValue, qint64>>;
    return m_store.countsBy(query, definition.sumField).then(this, [definition, result](const Result<Counts> &counted) -> Result<IndicatorResult> {
        return counted.transform([&](const Counts &counts) {
            double total = 0;
            for (const auto &[value, number] : counts)
                total += value.toDouble() * static_cast<double>(number);
            return finished(definition, result, total);
        });
    });
}

QFuture<Result<IndicatorResult>> IndicatorEvaluator::today(const IndicatorDefinition &definition, IndicatorResult result, const Query &query)
{
    constexpr int weeks = 4;
    const auto between = [&](qint64 from, qint64 to) {
        return with(with(query, definition.timeField, Filter::Op::AtLeast, {from}), definition.timeField, Filter::Op::Below, {to});
    };
    const qint64 midnight = startOfDay(result.asOfMs);
    QList<Query> queries{between(midnight, midnight + dayMs)};
    for (qint64 week = 1; week <= weeks; ++week)
        queries += between(midnight - week * 7 * dayMs, result.asOfMs - week * 7 * dayMs);
    result.records = {queries.first()};
    return counts(queries).then(this, [definition, result](const Result<QList<qint64>> &counted) -> Result<IndicatorResult> {
        return counted.transform([&](const QList<qint64> &numbers) {
            IndicatorResult out = finished(definition, result, static_cast<double>(numbers.first()));
            double before = 0;
            for (const qint64 number : numbers.sliced(1))
                before += static_cast<double>(number);
            out.comparedValue = before / weeks;
            out.comparedWith = tr("average of this weekday, up to this hour");
            return out;
        });
    });
}

// Records in time only because \c clock was extended: few, so they are looked at one by one.
QFuture<Result<qint64>> IndicatorEvaluator::extendedOnTime(const IndicatorDefinition &definition, qint64 sinceMs)
{
    const auto type = m_store.catalog().type(definition.type);
    QString ledger;
    QString parent;
    const auto children = m_store.catalog().childrenOf(*type);
    for (const RecordType *child : children) {
        if (child->clockLedger) {
            ledger = child->name;
            parent = child->parentField;
        }
    }
    if (ledger.isEmpty())
        return ready(Result<qint64>(0));
    using Rows = Result<QList<StoredRecord>>;
    using Row = Result<std::optional<StoredRecord>>;
    Query query{.type = ledger};
    query = with(query, QStringLiteral("clock"), Filter::Op::OneOf, {definition.clock});
    query = with(query, QStringLiteral("act"), Filter::Op::OneOf, {QStringLiteral("extended")});
    query = with(query, QStringLiteral("at"), Filter::Op::AtLeast, {sinceMs - 60 * dayMs}); // an extension comes before the answer
    return m_store.keys(query)
        .then(this, [this, ledger](const Result<QList<qint64>> &keys) { return keys ? m_store.rows(ledger, *keys) : ready(Rows(std::unexpected(keys.error()))); })
        .unwrap()
        .then(this, [this, definition, parent](const Rows &rows) {
            QSet<Id> ids;
            for (const StoredRecord &row : rows.value_or(QList<StoredRecord>()))
                ids.insert(row.record.reference(parent));
            QList<QFuture<Row>> futures{ready(rows ? Row(std::nullopt) : Row(std::unexpected(rows.error())))}; // never an empty list
            for (const Id &id : std::as_const(ids))
                futures += m_store.record(definition.type, id);
            return QtFuture::whenAll(futures.begin(), futures.end());
        })
        .unwrap()
        .then(this, [definition, sinceMs](const QList<QFuture<Row>> &all) -> Result<qint64> {
            qint64 out = 0;
            for (const auto &future : all) {
                const Row row = future.result();
                if (!row)
                    return std::unexpected(row.error());
                if (*row && (*row)->record.integer(definition.timeField) >= sinceMs && (*row)->record.value(definition.flagField).toBool())
                    ++out;
            }
            return out;
        });
}

QFuture<Result<IndicatorResult>> IndicatorEvaluator::onTime(const IndicatorDefinition &definition, IndicatorResult result, const Query &query)
{
    qint64 since = 0;
    for (const Filter &filter : query.filters) {
        if (filter.field == definition.timeField && filter.op == Filter::Op::AtLeast)
            since = filter.values.value(0).toInteger();
    }
    const Query inTime = with(query, definition.flagField, Filter::Op::OneOf, {true});
    result.isShare = true;
    result.decimals = 1;
    result.records = {query, inTime};
    return counts({query, inTime})
        .then(this, [this, definition, result, since](const Result<QList<qint64>> &counted) -> Answer {
            if (!counted)
                return ready(Result<IndicatorResult>(std::unexpected(counted.error())));
            return extendedOnTime(definition, since).then(this, [definition, result, numbers = *counted](const Result<qint64> &extended) -> Result<IndicatorResult> {
                if (!extended)
                    return std::unexpected(extended.error());
                if (numbers[0] == 0)
                    return finished(definition, result, {});
                IndicatorResult out = finished(definition, result, static_cast<double>(numbers[1] - *extended) / static_cast<double>(numbers[0]));
                out.note = tr("%n answered, %1 more in time after an extension", nullptr, static_cast<int>(numbers[0])).arg(*extended);
                return out;
            });
        })
        .unwrap();
}

QFuture<Result<IndicatorResult>> IndicatorEvaluator::median(const IndicatorDefinition &definition, IndicatorResult result, const Query &query)
{
    result.decimals = 1;
    return m_store.durations(query, definition.timeField, definition.endField).then(this, [definition, result](Result<QList<qint64>> durations) -> Result<IndicatorResult> {
        return durations.transform([&](QList<qint64> &all) {
            if (all.isEmpty())
                return finished(definition, result, {});
            const auto middle = all.begin() + all.size() / 2;
            std::ranges::nth_element(all, middle);
            double value = static_cast<double>(*middle);
            if (all.size() % 2 == 0)
                value = (value + static_cast<double>(*std::max_element(all.begin(), middle))) / 2;
            return finished(definition, result, value / hourMs);
        });
    });
}

QFuture<Result<Arrivals>> IndicatorEvaluator::arrivalTable(const QString &indicator, int monthsBack)
{
    using Rows = Result<QList<StoredRecord>>;
    const QString type = QStringLiteral("indicator_value");
    Query all{.type = type, .sortField = QStringLiteral("period"), .descending = true};
    all = with(all, QStringLiteral("indicator"), Filter::Op::OneOf, {indicator});
    return m_store.firstPage(all, 1)
        .then(this, [this, all, monthsBack](const Rows &newest) {
            if (!newest || newest->isEmpty())
                return ready(newest ? Result<QList<qint64>>(QList<qint64>()) : Result<QList<qint64>>(std::unexpected(newest.error())));
            const QString last = newest->first().record.text(QStringLiteral("period"));
            const QDate month = QDate::fromString(last.leftJustified(7, u'0').left(4) + QStringLiteral("-01-01"), Qt::ISODate).addMonths(last.size() == 7 ? last.right(2).toInt() - 1 : 11);
            return m_store.keys(with(all, QStringLiteral("period"), Filter::Op::AtLeast, {period(month.addMonths(-monthsBack))}));
        })
        .unwrap()
        .then(this, [this, type](const Result<QList<qint64>> &keys) { return keys ? m_store.rows(type, *keys) : ready(Rows(std::unexpected(keys.error()))); })
        .unwrap()
        .then(this, [](const Rows &rows) -> Result<Arrivals> {
            if (!rows)
                return std::unexpected(rows.error());
            Arrivals out;
            for (const StoredRecord &row : *rows)
                out.add(row.record);
            return out;
        });
}

QFuture<Result<IndicatorResult>> IndicatorEvaluator::arrivals(const IndicatorDefinition &definition, const IndicatorResult &result, bool yearToDate)
{
    return arrivalTable(definition.indicator, 24).then(this, [definition, result, yearToDate](const Result<Arrivals> &table) mutable -> Result<IndicatorResult> {
        if (!table)
            return std::unexpected(table.error());
        const QDate newest = table->newest();
        if (!newest.isValid())
            return finished(definition, result, {});
        const QDate from = yearToDate ? QDate(newest.year(), 1, 1) : newest;
        const Arrivals::Figure figure = table->figure(from, newest);
        IndicatorResult out = finished(definition, result, figure.value);
        out.comparedValue = figure.compared;
        out.comparedWith = yearToDate ? tr("same months last year") : tr("same month last year");
        out.note = yearToDate ? tr("%1 to %2").arg(monthName(from), monthName(newest)) : monthName(newest);
        if (figure.ofMarkets)
            out.note += QStringLiteral(" · ") + tr("%n market(s) added up", nullptr, static_cast<int>(figure.markets));
        Query query{.type = definition.type, .sortField = QStringLiteral("period"), .descending = true};
        query = with(query, QStringLiteral("indicator"), Filter::Op::OneOf, {definition.indicator});
        query = with(query, QStringLiteral("breakdown"), figure.ofMarkets ? Filter::Op::NotEmpty : Filter::Op::Empty);
        query = with(query, QStringLiteral("period"), Filter::Op::AtLeast, {period(from)});
        out.records = {with(query, QStringLiteral("period"), Filter::Op::Below, {period(newest.addMonths(1))})};
        return out;
    });
}

QFuture<Result<IndicatorResult>> IndicatorEvaluator::running(const IndicatorDefinition &definition, IndicatorResult result, const Query &query)
{
    const QCborValue day = dayOf(result.asOfMs).toString(Qt::ISODate);
    const QCborValue tomorrow = dayOf(result.asOfMs).addDays(1).toString(Qt::ISODate);
    const Query lasting = with(with(query, definition.timeField, Filter::Op::Below, {tomorrow}), definition.endField, Filter::Op::AtLeast, {day});
    const Query single = with(with(query, definition.timeField, Filter::Op::OneOf, {day}), definition.endField, Filter::Op::Empty);
    result.records = {lasting, single};
    return counts(result.records).then(this, [definition, result](const Result<QList<qint64>> &counted) -> Result<IndicatorResult> {
        return counted.transform([&](const QList<qint64> &numbers) { return finished(definition, result, static_cast<double>(numbers[0] + numbers[1])); });
    });
}

QFuture<Result<IndicatorSeries>> IndicatorEvaluator::arrivalsByMonth(int months)
{
    const QString indicator = QStringLiteral("arrivals");
    const qint64 now = m_clock.nowMs();
    return arrivalTable(indicator, months + 12).then(this, [indicator, months, now](const Result<Arrivals> &table) -> Result<IndicatorSeries> {
        if (!table)
            return std::unexpected(table.error());
        IndicatorSeries out{.code = QStringLiteral("arrivals_by_month"), .step = IndicatorSeries::Step::Month, .asOfMs = now};
        const QDate newest = table->newest();
        if (!newest.isValid())
            return out;
        const QDate from = newest.addMonths(1 - months);
        const bool totals = table->hasTotals(from, newest); // one measure for the whole line
        const auto line = [&](const QString &market, const std::function<std::optional<double>(QDate)> &value) {
            IndicatorSeries::Line made{.id = market.isEmpty() ? QStringLiteral("total") : market, .name = market};
            for (QDate month = from; month <= newest; month = month.addMonths(1)) {
                made.values += value(month).value_or(std::numeric_limits<double>::quiet_NaN());
                Query query{.type = QStringLiteral("indicator_value")};
                query = with(query, QStringLiteral("indicator"), Filter::Op::OneOf, {indicator});
                query = with(query, QStringLiteral("period"), Filter::Op::OneOf, {period(month)});
                made.records += market.isEmpty() ? with(query, QStringLiteral("breakdown"), totals ? Filter::Op::Empty : Filter::Op::NotEmpty)
                                                 : with(query, QStringLiteral("breakdown"), Filter::Op::OneOf, {market});
            }
            out.lines += made;
        };
        for (QDate month = from; month <= newest; month = month.addMonths(1))
            out.starts += month;
        line({}, [&](QDate month) { return totals ? table->total(month) : table->marketSum(month); });
        const QStringList largest = table->largest(newest.addMonths(-11), newest, 5);
        for (const QString &market : largest)
            line(market, [&](QDate month) { return table->market(month, market); });
        return out;
    });
}

QFuture<Result<IndicatorSeries>> IndicatorEvaluator::complaintsByDay(int days)
{
    const QString field = QStringLiteral("received_at");
    const qint64 now = m_clock.nowMs();
    const qint64 from = startOfDay(now) - (days - 1) * dayMs;
    const Query query = with({.type = QStringLiteral("complaint")}, field, Filter::Op::AtLeast, {from});
    return m_store.countsByDay(query, field, {}).then(this, [field, now, from, days](const Result<QList<LocalStore::DayCount>> &counted) -> Result<IndicatorSeries> {
        if (!counted)
            return std::unexpected(counted.error());
        QMap<qint64, qint64> byDay;
        for (const LocalStore::DayCount &day : *counted)
            byDay[day.dayMs] += day.count;
        IndicatorSeries out{.code = QStringLiteral("complaints_by_day"), .step = IndicatorSeries::Step::Day, .asOfMs = now};
        IndicatorSeries::Line line{.id = QStringLiteral("total")};
        for (qint64 day = from; day < from + days * dayMs; day += dayMs) {
            out.starts += dayOf(day);
            line.values += static_cast<double>(byDay.value(day));
            line.records += with(with({.type = QStringLiteral("complaint")}, field, Filter::Op::AtLeast, {day}), field, Filter::Op::Below, {day + dayMs});
        }
        out.lines += line;
        return out;
    });
}

QFuture<Result<IndicatorSeries>> IndicatorEvaluator::complaintsByCategory(int days)
{
    using Counts = QList<std::pair<QCborValue, qint64>>;
    const QString field = QStringLiteral("category");
    const qint64 now = m_clock.nowMs();
    const Query query = with({.type = QStringLiteral("complaint")}, QStringLiteral("received_at"), Filter::Op::AtLeast, {startOfDay(now) - (days - 1) * dayMs});
    return m_store.countsBy(query, field).then(this, [field, now, query](const Result<Counts> &counted) -> Result<IndicatorSeries> {
        if (!counted)
            return std::unexpected(counted.error());
        Counts counts = *counted;
        counts.removeIf([](const auto &entry) { return !entry.first.isString(); });
        std::ranges::stable_sort(counts, [](const auto &a, const auto &b) { return a.second > b.second; });
        IndicatorSeries out{.code = QStringLiteral("complaints_by_category"), .step = IndicatorSeries::Step::Category, .asOfMs = now};
        IndicatorSeries::Line line{.id = QStringLiteral("total")};
        for (const auto &[category, number] : std::as_const(counts)) {
            out.categories += category.toString();
            line.values += static_cast<double>(number);
            line.records += with(query, field, Filter::Op::OneOf, {category});
        }
        out.lines += line;
        return out;
    });
}

} // namespace ioc
