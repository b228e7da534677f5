// SPDX-License-Identifier: GPL-3.0-or-later
// The complaint queue over 500,000 complaints: first page of every filter and sort, counters after one change.
#include "filler.h"

#include <QCoreApplication>
#include <QElapsedTimer>

#include <algorithm>
#include <cstdio>

using namespace ioc;
using namespace ioc::bench;
using namespace Qt::StringLiterals;

namespace {

constexpr int rows = 60; // of one screen
constexpr int rounds = 9;

double ms(const QElapsedTimer &timer) { return static_cast<double>(timer.nsecsElapsed()) / 1e6; }

double percentile95(QList<double> times)
{
    std::ranges::sort(times);
    return times[static_cast<qsizetype>(static_cast<double>(times.size() - 1) * 0.95 + 0.5)];
}

struct Named { const char *name; QList<Filter> filters; };

QList<Named> filterCases()
{
    using enum Filter::Op;
    const Filter open{u"status"_s, OneOf, {u"new"_s, u"accepted"_s, u"forwarded"_s}};
    const Filter overdue{u"due_at"_s, Below, {qint64(1'780'000'000'000)}};
    const Filter unit{u"unit"_s, OneOf, {Id::derived(Id(), u"120").toString()}};
    return {{"none", {}},
            {"open", {open}},
            {"closed", {{u"status"_s, OneOf, {u"closed"_s}}}},
            {"overdue", {open, overdue}},
            {"category", {{u"category"_s, OneOf, {u"lost"_s}}}},
            {"three statuses and a category", {open, {u"category"_s, OneOf, {u"price"_s}}}},
            {"unit", {unit}},
            {"day", {{u"received_at"_s, AtLeast, {qint64(1'720'000'000'000)}}, {u"received_at"_s, Below, {qint64(1'720'086'400'000)}}}},
            {"nothing left", {{u"priority"_s, OneOf, {u"1_urgent"_s}}, {u"category"_s, OneOf, {u"infrastructure"_s}}, unit, {u"channel"_s, OneOf, {u"social"_s}}, overdue}},
            {"late answers", {{u"answered_on_time"_s, OneOf, {false}}}},
            {"without unit in charge", {{u"assigned_unit"_s, Empty, {}}}},
            {"all but low", {{u"priority"_s, NoneOf, {u"4_low"_s}}}}};
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const int complaints = app.arguments().value(1, u"500000"_s).toInt();
    const QString folder = filledFolder(complaints);
    const SystemClock clock;
    const auto store = folder.isEmpty() ? nullptr : openedStore(folder, clock);
    if (!store)
        return 1;
    store->setAuthor({.account = Id::create(clock), .displayName = u"bench"_s, .rights = Rights(u"operator"_s), .device = store->device()});
    QElapsedTimer timer;
    timer.start();
    (void)answered(store->firstPage({.type = u"complaint"_s}, rows));
    std::fprintf(stderr, "very first page: %.1f ms\n", ms(timer));
    timer.start();
    (void)answered(store->count({.type = u"complaint"_s}));
    std::fprintf(stderr, "columns read: %.1f ms\n", ms(timer));

    double worst = 0;
    for (const auto &sort : {u""_s, u"received_at"_s, u"due_at"_s, u"priority"_s, u"status"_s, u"category"_s, u"unit"_s, u"number"_s, u"title"_s, u"answered_at"_s}) {
        const auto cases = filterCases();
        for (const Named &one : cases) {
            for (const bool descending : {false, true}) {
                QList<double> times;
                for (int i = 0; i < rounds; ++i) {
                    timer.start();
                    const auto page = answered(store->firstPage({.type = u"complaint"_s, .filters = one.filters, .sortField = sort, .descending = descending}, rows));
                    if (!page) {
                        std::fprintf(stderr, "%s\n", qUtf8Printable(page.error().detail));
                        return 1;
                    }
                    times += ms(timer);
                }
                const double p95 = percentile95(times);
                worst = std::max(worst, p95);
                std::fprintf(stderr, "%-32s %-12s %s %8.1f ms\n", one.name, qUtf8Printable(sort), descending ? "down" : "up  ", p95);
            }
        }
    }
    QList<double> keyTimes;
    for (int i = 0; i < rounds; ++i) {
        timer.start();
        (void)answered(store->keys({.type = u"complaint"_s, .sortField = i % 2 ? u"due_at"_s : u"priority"_s}));
        keyTimes += ms(timer);
    }
    std::fprintf(stderr, "whole key list: %.1f ms\n", percentile95(keyTimes));

    // An operator changes one complaint; every counter of the screen is asked again.
    const auto page = answered(store->firstPage({.type = u"complaint"_s}, 1));
    const Id id = page->first().record.id;
    QList<double> counterTimes;
    const auto open = filterCases()[1].filters;
    for (int i = 0; i < rounds; ++i) {
        const Record now = (*answered(store->record(u"complaint"_s, id)))->record;
        const QCborValue next = now.text(u"category"_s) == u"price" ? u"scam"_s : u"price"_s;
        (void)answered(store->save({Draft{.type = u"complaint"_s, .record = id, .changes = {{u"category"_s, now.value(u"category"_s), next}}}}));
        timer.start();
        const auto byStatus = store->countsBy({.type = u"complaint"_s}, u"status"_s);
        const auto byCategory = store->countsBy({.type = u"complaint"_s, .filters = open}, u"category"_s);
        const auto overdue = store->count({.type = u"complaint"_s, .filters = filterCases()[3].filters});
        const auto inTime = store->countsBy({.type = u"complaint"_s}, u"answered_on_time"_s);
        const auto byDay = store->countsByDay({.type = u"complaint"_s}, u"received_at"_s, u"category"_s);
        (void)answered(byStatus);
        (void)answered(byCategory);
        (void)answered(overdue);
        (void)answered(inTime);
        (void)answered(byDay);
        counterTimes += ms(timer);
    }
    std::printf("queue.first_page_500k\t%.1f\tms\n", worst);
    std::printf("queue.counters_500k\t%.1f\tms\n", percentile95(counterTimes));
    std::printf("queue.keys_500k\t%.1f\tms\n", percentile95(keyTimes));
    return 0;
}
