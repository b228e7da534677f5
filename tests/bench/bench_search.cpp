// SPDX-License-Identifier: GPL-3.0-or-later
// Vietnamese full-text search over 500,000 complaints: the first page, as one types.
#include "filler.h"

#include <QCoreApplication>
#include <QElapsedTimer>

#include <algorithm>
#include <cstdio>

using namespace ioc;
using namespace ioc::bench;
using namespace Qt::StringLiterals;

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const int complaints = app.arguments().value(1, u"500000"_s).toInt();
    const QString folder = filledFolder(complaints);
    const SystemClock clock;
    const auto store = folder.isEmpty() ? nullptr : openedStore(folder, clock);
    if (!store)
        return 1;
    (void)answered(store->count({.type = u"complaint"_s})); // as on a screen that has shown its queue
    double worst = 0;
    double worstEverywhere = 0;
    for (const auto &text : {u"taxi"_s, u"chợ"_s, u"khach"_s, u"chặt chém khách"_s, u"hoan tien"_s, u"Lê Lợi"_s, u"nguyen van"_s, u"0901"_s, u"PA2026-0123"_s, u"h"_s, u"ph"_s, u"không có từ này"_s, u"duong nguyen hue"_s}) {
        QList<double> times;
        QList<double> everywhere;
        for (int i = 0; i < 9; ++i) {
            QElapsedTimer timer;
            (void)answered(store->count({.type = u"complaint"_s, .text = u"zz%1"_s.arg(i)})); // so that no answer is a kept one
            timer.start();
            const auto page = answered(store->firstPage({.type = u"complaint"_s, .text = text}, 50));
            times += static_cast<double>(timer.nsecsElapsed()) / 1e6;
            timer.start();
            const auto hits = answered(store->search(text, 20, false));
            everywhere += static_cast<double>(timer.nsecsElapsed()) / 1e6;
            if (!page || !hits)
                return 1;
        }
        std::ranges::sort(times);
        std::ranges::sort(everywhere);
        worst = std::max(worst, times[8]);
        worstEverywhere = std::max(worstEverywhere, everywhere[8]);
        std::fprintf(stderr, "%-24s %6lld found, first page %6.1f ms, everywhere %6.1f ms\n", qUtf8Printable(text),
                     static_cast<long long>(*answered(store->count({.type = u"complaint"_s, .text = text}))), times[8], everywhere[8]);
    }
    std::printf("search.text_500k\t%.1f\tms\n", worst);
    std::printf("search.everywhere_500k\t%.1f\tms\n", worstEverywhere);
    return 0;
}
