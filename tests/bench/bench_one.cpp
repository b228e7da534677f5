// SPDX-License-Identifier: GPL-3.0-or-later
// One change of central's arriving into a store of 500,000 complaints that is being worked with: from its page to the answer that it is there.
#include "filler.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTimer>

#include <algorithm>
#include <cstdio>

using namespace ioc;
using namespace ioc::bench;
using namespace Qt::StringLiterals;

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const SystemClock clock;
    const QString folder = filledFolder(500'000);
    const auto store = folder.isEmpty() ? nullptr : openedStore(folder, clock);
    if (!store)
        return 1;
    const Query newest{.type = u"complaint"_s};
    const auto rows = answered(store->firstPage(newest, 300));
    const auto cursor = answered(store->cursor());
    if (!rows || rows->size() < 300 || !cursor || !answered(store->count({.type = u"complaint"_s}))) // the columns are held
        return 1;
    while (store->isAtSearchWork()) {
        QEventLoop loop;
        QTimer::singleShot(50, &loop, &QEventLoop::quit);
        loop.exec();
    }
    ChangePage page{.next = *cursor};
    QList<double> times;
    for (const StoredRecord &row : *rows) {
        Record record = row.record;
        ++record.version;
        record.values.insert(u"title"_s, record.text(u"title"_s).left(60) + u" (%1)"_s.arg(record.version));
        for (const auto &derived : {u"due_at"_s, u"answered_at"_s, u"answered_on_time"_s})
            record.values.remove(derived);
        ++page.next.sequence;
        page.changes = {Change{.sequence = page.next.sequence, .record = record}};
        QElapsedTimer timer;
        timer.start();
        if (!answered(store->applyPage(page)))
            return 1;
        times += static_cast<double>(timer.nsecsElapsed()) / 1e6;
    }
    std::ranges::sort(times);
    std::fprintf(stderr, "one change: median %.2f ms, worst %.2f ms\n", times[times.size() / 2], times.last());
    std::printf("sync.one_into_500k\t%.2f\tms\n", times[times.size() * 95 / 100]);
    return 0;
}
