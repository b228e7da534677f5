// SPDX-License-Identifier: GPL-3.0-or-later
// fill_store DIR N: fills the store in DIR with N complaints, the same ones every time.
#include "filler.h"

#include <QCoreApplication>

#include <cstdio>

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const QStringList arguments = app.arguments();
    if (arguments.size() != 3 || arguments[2].toInt() <= 0) {
        std::fputs("usage: fill_store DIR N\n", stderr);
        return 2;
    }
    const auto took = ioc::bench::fill(arguments[1], arguments[2].toInt());
    if (!took) {
        std::fprintf(stderr, "%s\n%s\n", qUtf8Printable(took.error().message), qUtf8Printable(took.error().detail));
        return 1;
    }
    std::fprintf(stderr, "%s complaints in %.1f s\n", qUtf8Printable(arguments[2]), *took);
    return 0;
}
