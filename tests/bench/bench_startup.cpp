// SPDX-License-Identifier: GPL-3.0-or-later
// The real program from its start to a usable screen on a store of 500,000 complaints (a million: bench_desktop) with sixteen cameras running and no
// network: the store alone carries the screen. Signed in once before, as a desktop is in daily use.
#include "filler.h"

#include <support/centralprocess.h>
#include <support/democameras.h>
#include <sync/syncengine.h>

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSettings>

#include <algorithm>
#include <cstdio>
#include <unistd.h>

using namespace ioc;
using namespace ioc::bench;
using namespace Qt::StringLiterals;

namespace {

#ifdef IOC_MILLION
constexpr int complaints = 1'000'000;
#else
constexpr int complaints = 500'000;
#endif
constexpr int cameras = 16;
constexpr int starts = 3;
const QString password = u"bến thành sáng sớm"_s;

/// A profile on the filled store, with a session kept in it; central is gone when the program starts.
bool makeProfile(const QString &profile, const QString &filled, const DemoCameras &demo, const Clock &clock)
{
    QDir().mkpath(profile);
    QFile::remove(profile + u"/store"_s);
    if (!QFile::link(filled, profile + u"/store"_s))
        return false;
    {
        const auto store = openedStore(filled, clock);
        const auto cursor = store ? answered(store->cursor()) : Result<Cursor>(failure(ErrorCode::Internal, {}));
        if (!cursor)
            return false;
        ChangePage page{.next = *cursor, .changes = demo.records(cameras)};
        page.next.sequence += cameras;
        if (!answered(store->applyPage(page)))
            return false;
    }
    CentralProcess central;
    QTemporaryDir scratch;
    const auto store = openedStore(scratch.path(), clock);
    if (!store || !central.init() || !central.addAccount(u"lan"_s, u"operator"_s, password) || !central.serve())
        return false;
    CentralClient client({.server = central.url(), .authorities = *CentralClient::authoritiesFrom(central.authorityFile())});
    FileSecretStore secrets(profile + u"/secrets"_s);
    SyncEngine engine(*store, client, secrets, clock);
    if (!answered(engine.signIn(u"lan"_s, password)))
        return false;
    QFile::remove(profile + u"/ca.pem"_s);
    QSettings settings(profile + u"/settings/tourism-ioc/tourism-ioc.ini"_s, QSettings::IniFormat);
    settings.setValue(u"server"_s, central.url());
    settings.setValue(u"ca"_s, profile + u"/ca.pem"_s);
    settings.setValue(u"cameras/page_size"_s, cameras);
    return QFile::copy(central.authorityFile(), profile + u"/ca.pem"_s);
}

/// Forgets what the system keeps of files in memory; false where that is not allowed.
bool dropPageCache()
{
    sync();
    QFile file(u"/proc/sys/vm/drop_caches"_s);
    return file.open(QIODevice::WriteOnly | QIODevice::Unbuffered) && file.write("3") == 1;
}

struct Start
{
    double usableMs = 0;
    double completeMs = 0;
    double residentMb = 0;
};

std::optional<Start> start(const QString &profile, const QString &picture, const Clock &clock)
{
    QFile::remove(picture);
    QProcess desktop;
    desktop.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    const qint64 began = clock.nowMs();
    desktop.start(QStringLiteral(IOC_BINARY_DIR "/bin/tourism-ioc"), {u"--profile"_s, profile, u"--screenshot"_s, picture, u"--size"_s, u"1920x1080"_s});
    if (!desktop.waitForFinished(180'000) || desktop.exitCode() != 0)
        return {};
    QFile file(QString(picture).replace(u".png"_s, u".json"_s));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QJsonObject report = QJsonDocument::fromJson(file.readAll()).object();
    return Start{report[u"usable_at_ms"].toDouble() - double(began), report[u"complete_at_ms"].toDouble() - double(began),
                 report[u"resident_bytes"].toDouble() / 1024 / 1024};
}

double median(QList<double> values)
{
    std::ranges::sort(values);
    return values[values.size() / 2];
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const SystemClock clock;
    DemoCameras demo;
    const QString filled = filledFolder(complaints);
    const QTemporaryDir folder;
    const QString profile = folder.filePath(u"profile"_s);
    if (filled.isEmpty() || !demo.start(cameras) || !makeProfile(profile, filled, demo, clock)) {
        std::fputs("bench_startup: the profile could not be made\n", stderr);
        return 1;
    }
    QList<double> usable;
    QList<double> complete;
    QList<double> resident;
    for (int i = 0; i < starts; ++i) {
        if (!dropPageCache())
            std::fputs("the page cache may not be dropped here: these are warm starts\n", stderr);
        const auto took = start(profile, folder.filePath(u"screen.png"_s), clock);
        if (!took)
            return 1;
        std::fprintf(stderr, "start %d: usable %.0f ms, all pictures %.0f ms, %.0f MB\n", i + 1, took->usableMs, took->completeMs, took->residentMb);
        usable += took->usableMs;
        complete += took->completeMs;
        resident += took->residentMb;
    }
    const auto warm = start(profile, folder.filePath(u"screen.png"_s), clock); // what of it is the disk's
    if (!warm)
        return 1;
#ifdef IOC_MILLION
    std::printf("desktop.usable_1m\t%.0f\tms\n", median(usable));
    std::printf("desktop.rss_1m\t%.0f\tMB\n", median(resident));
#else
    std::printf("startup.usable_500k\t%.0f\tms\n", median(usable));
    std::printf("startup.warm_500k\t%.0f\tms\n", warm->usableMs);
    std::printf("startup.complete_500k\t%.0f\tms\n", median(complete));
    std::printf("startup.rss_500k\t%.0f\tMB\n", median(resident));
#endif
    return 0;
}
