// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/desktop.h>

#include <QApplication>
#include <QSettings>

#include <clocale>
#include <cstdio>
#ifdef __GLIBC__
#include <malloc.h>
#endif

int main(int argc, char *argv[])
{
    QCoreApplication::setOrganizationName(QStringLiteral("tourism-ioc"));
    QCoreApplication::setApplicationName(QStringLiteral("tourism-ioc"));
    QCoreApplication::setApplicationVersion(QStringLiteral(IOC_VERSION));
#ifdef __GLIBC__
    // Pictures of tiles and cameras come and go in pieces of hundreds of kilobytes; without this they stay in the heap.
    mallopt(M_MMAP_THRESHOLD, 128 * 1024);
    mallopt(M_TRIM_THRESHOLD, 256 * 1024);
    // Two dozen threads work a little each (readers, decoders, rasterisers); a heap of its own for every one of them keeps
    // what it once needed: 6 MB more with a million records and four cameras, and not a millisecond less.
    mallopt(M_ARENA_MAX, 2);
#endif
    QApplication app(argc, argv);
    std::setlocale(LC_NUMERIC, "C");
    const auto options = ioc::readOptions(app.arguments());
    if (!options) {
        std::fprintf(stderr, "%s\n", qUtf8Printable(options.error().message));
        return 2;
    }
    // Settings belong to the profile: two profiles on one machine never mix.
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, options->profile + QStringLiteral("/settings"));
    ioc::Desktop desktop(app, *options);
    desktop.start();
    return QApplication::exec();
}
