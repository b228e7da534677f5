// SPDX-License-Identifier: GPL-3.0-or-later
// A new device's first sync from the real central over TLS on this machine: 18,000 complaints and 1,000,000 records, both with
// central's file ready, and how long central takes to make the large one. bench_snapshot [RECORDS]: another number than 1,000,000.
#include "filler.h"

#include <central/centralstorage.h>
#include <support/centralprocess.h>
#include <support/testdevice.h>
#include <sync/syncengine.h>

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTimer>

#include <cstdio>

using namespace ioc;
using namespace ioc::bench;
using namespace Qt::StringLiterals;

namespace {

const QString password = u"bến thành sáng sớm"_s;
constexpr int part = 50'000;

/// Units, complaints and the ledger rows of open ones, \a records in all, at central.
bool fillCentral(const QString &folder, const Clock &clock, int records)
{
    const auto catalog = TypeCatalog::load();
    const auto storage = catalog ? CentralStorage::open({.folder = folder, .catalog = *catalog, .clock = &clock}) : Result<std::unique_ptr<CentralStorage>>(failure(ErrorCode::Internal, {}));
    if (!storage)
        return false;
    ComplaintMaker maker(clock.nowMs(), records);
    QList<Record> waiting;
    qint64 made = 0;
    const auto take = [&](const QList<Change> &list) {
        for (const Change &change : list) {
            Record record = change.record;
            if (record.type == u"complaint") {
                for (const auto &derived : {u"due_at"_s, u"answered_at"_s, u"answered_on_time"_s, u"number"_s})
                    record.values.remove(derived);
            }
            waiting += record;
        }
    };
    take(maker.units());
    while (made < records) {
        while (waiting.size() < std::min<qint64>(part, records - made))
            take(maker.next());
        waiting.resize(std::min<qint64>(waiting.size(), records - made));
        const auto report = (*storage)->importRecords(waiting, {}).result();
        if (!report || report->added != waiting.size()) {
            std::fprintf(stderr, "import: %s\n", qUtf8Printable(!report ? report.error().message : report->problems.isEmpty() ? u"not all"_s : report->problems.first().message));
            return false;
        }
        made += std::exchange(waiting, {}).size();
    }
    return true;
}

/// Asks until central has its file; ms until then, or nothing.
std::optional<double> snapshotReady(const CentralProcess &central, Snapshot &snapshot)
{
    TestDevice device(central.url(), central.authorityFile(), Id::create(SystemClock()));
    if (device.signIn(u"lan"_s, password).status != 200)
        return {};
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < 600'000) {
        const auto answer = device.request("GET", u"/v1/snapshot"_s);
        const auto offer = wire::decodeSnapshot(answer.body);
        if (answer.status == 200 && offer) {
            snapshot = *offer;
            return static_cast<double>(timer.elapsed());
        }
        if (answer.status != 202)
            return {};
        QEventLoop loop;
        QTimer::singleShot(50, &loop, &QEventLoop::quit);
        loop.exec();
    }
    return {};
}

/// From sign-in of a new device until it follows the feed.
std::optional<double> firstSync(const CentralProcess &central, bool &bySnapshot)
{
    const SystemClock clock;
    const QTemporaryDir folder;
    const auto store = openedStore(folder.path(), clock);
    CentralClient client({.server = central.url(), .authorities = *CentralClient::authoritiesFrom(central.authorityFile())});
    FileSecretStore secrets(folder.path() + u"/secrets"_s);
    SyncEngine engine(*store, client, secrets, clock);
    QEventLoop loop;
    QElapsedTimer timer;
    SnapshotProgress::Phase last = SnapshotProgress::Phase::Building;
    bySnapshot = false;
    QObject::connect(&engine, &SyncEngine::stateChanged, &loop, [&](const SyncState &state) {
        if (state.snapshot && state.snapshot->phase != last) {
            last = state.snapshot->phase;
            std::fprintf(stderr, "  %lld ms: phase %d\n", static_cast<long long>(timer.elapsed()), static_cast<int>(last));
            bySnapshot = true;
        }
        if (state.kind == SyncState::Kind::Online)
            loop.quit();
    });
    QTimer::singleShot(600'000, &loop, [&] { loop.exit(1); });
    timer.start();
    (void)engine.signIn(u"lan"_s, password);
    if (loop.exec() != 0)
        return {};
    const double took = static_cast<double>(timer.nsecsElapsed()) / 1e6;
    std::fprintf(stderr, "  %lld complaints\n", static_cast<long long>(*answered(store->count({.type = u"complaint"_s}))));
    return took;
}

bool measure(int records, const char *first, const char *build)
{
    const SystemClock clock;
    CentralProcess central;
    QElapsedTimer filling;
    filling.start();
    if (!central.init() || !central.addAccount(u"lan"_s, u"operator"_s, password) || !fillCentral(central.dataFolder(), clock, records) || !central.serve())
        return false;
    std::fprintf(stderr, "%d records imported in %lld ms\n", records, static_cast<long long>(filling.elapsed()));
    Snapshot snapshot;
    const auto built = snapshotReady(central, snapshot);
    if (!built)
        return false;
    std::fprintf(stderr, "built in %.0f ms: %lld bytes, %lld unpacked\n", *built, static_cast<long long>(snapshot.bytes), static_cast<long long>(snapshot.unpackedBytes));
    bool bySnapshot = false;
    const auto took = firstSync(central, bySnapshot);
    if (!took || !bySnapshot)
        return false;
    if (build)
        std::printf("%s\t%.0f\tms\n", build, *built);
    std::printf("%s\t%.0f\tms\n", first, *took);
    std::fflush(stdout);
    return true;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const int large = app.arguments().size() > 1 ? app.arguments()[1].toInt() : 1'000'000;
    return measure(18'000, "sync.first_18k", nullptr) && measure(large, "sync.first_1m", "sync.snapshot_build_1m") ? 0 : 1;
}
