// SPDX-License-Identifier: GPL-3.0-or-later
// convergence [--seed N] [--seeds COUNT] [--devices N] [--steps N] [--without MISHAP]… [--postgres] [--tell] [--keep-going] [--as-it-is]: the worlds of
// tst_convergence, as many as one likes. A failing one is narrowed down and told as the command line that does it again.
#include "faultyworld.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <cstdio>

using namespace ioc;
using namespace ioc::test;
using namespace Qt::StringLiterals;

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addOptions({{u"seed"_s, u"the first seed"_s, u"n"_s, u"1"_s}, {u"seeds"_s, u"how many"_s, u"count"_s, u"1"_s}, {u"devices"_s, u"desks"_s, u"n"_s, u"4"_s},
                       {u"steps"_s, u"things that happen"_s, u"n"_s, u"300"_s}, {u"without"_s, u"a kind of mishap left out"_s, u"name"_s},
                       {u"postgres"_s, u"central on PostgreSQL"_s}, {u"tell"_s, u"everything that happens"_s}, {u"keep-going"_s, u"past a failure"_s},
                       {u"as-it-is"_s, u"failures are not narrowed down"_s}});
    parser.process(app);
    FaultyWorld::Shape shape{.devices = parser.value(u"devices"_s).toInt(), .steps = parser.value(u"steps"_s).toInt(), .onServer = parser.isSet(u"postgres"_s), .tells = parser.isSet(u"tell"_s)};
    const QStringList without = parser.values(u"without"_s);
    for (int i = 0; i < mishaps; ++i) {
        if (without.contains(mishapName(static_cast<Mishap>(i))))
            shape.without |= 1U << i;
    }
    const quint32 first = parser.value(u"seed"_s).toUInt();
    const quint32 count = parser.value(u"seeds"_s).toUInt();
    FaultyWorld::Sum sum;
    quint32 failures = 0;
    for (shape.seed = first; shape.seed < first + count; ++shape.seed) {
        FaultyWorld world(shape);
        if (!world.obstacle().isEmpty()) {
            std::fprintf(stderr, "%s\n", qUtf8Printable(world.obstacle()));
            return 2;
        }
        const QStringList wrong = world.run();
        sum.operations += world.sum().operations;
        sum.conflicts += world.sum().conflicts;
        sum.quarantined += world.sum().quarantined;
        sum.wentBack += world.sum().wentBack;
        if (wrong.isEmpty())
            continue;
        ++failures;
        std::printf("FAILED %s\n  %s\n", qUtf8Printable(shape.replay()), qUtf8Printable(wrong.join(u"\n  "_s)));
        std::fflush(stdout);
        if (shape.tells)
            return 1;
        if (!parser.isSet(u"as-it-is"_s))
            std::printf("NARROWED %s\n", qUtf8Printable(FaultyWorld::narrowed(shape).replay()));
        std::fflush(stdout);
        if (!parser.isSet(u"keep-going"_s))
            return 1;
    }
    std::printf("%u seeds, %u failed; %lld operations at central, %lld in conflict, %lld in quarantine; central went back %d times\n", count, failures,
                static_cast<long long>(sum.operations), static_cast<long long>(sum.conflicts), static_cast<long long>(sum.quarantined), sum.wentBack);
    return failures == 0 ? 0 : 1;
}
