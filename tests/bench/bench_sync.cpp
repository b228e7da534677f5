// SPDX-License-Identifier: GPL-3.0-or-later
// 100,000 changes from the real central into an empty store, beside a bare insert of the same rows; one change from desk to desk; and how
// long the GUI thread is held by our own slots while an operations screen takes in the 100,000; over TLS on this machine.
#include "filler.h"
#include "guimeter.h"
#include "rawstore.h"

#include <central/centralstorage.h>
#include <store/workflowsteps.h>
#include <support/centralprocess.h>
#include <support/desk.h>
#include <sync/syncengine.h>

#include <QElapsedTimer>
#include <QSettings>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <cstdio>

using namespace ioc;
using namespace ioc::bench;
using namespace Qt::StringLiterals;

namespace {

constexpr int changes = 100'000;
const QString password = u"bến thành sáng sớm"_s;

double ms(const QElapsedTimer &timer) { return static_cast<double>(timer.nsecsElapsed()) / 1e6; }

/// Central with so many changes in its feed, some of them units, ledger rows and the rest complaints.
bool fillCentral(const QString &folder, const Clock &clock)
{
    const auto catalog = TypeCatalog::load();
    const auto storage = catalog ? CentralStorage::open({.folder = folder, .catalog = *catalog, .clock = &clock}) : Result<std::unique_ptr<CentralStorage>>(failure(ErrorCode::Internal, {}));
    if (!storage)
        return false;
    ComplaintMaker maker(clock.nowMs(), changes);
    QList<Record> records;
    const auto take = [&](const QList<Change> &list) {
        for (const Change &change : list) {
            if (records.size() == changes)
                return;
            Record record = change.record;
            if (record.type == u"complaint") {
                for (const auto &derived : {u"due_at"_s, u"answered_at"_s, u"answered_on_time"_s, u"number"_s})
                    record.values.remove(derived);
            }
            records += record;
        }
    };
    take(maker.units());
    while (records.size() < changes)
        take(maker.next());
    const auto report = (*storage)->importRecords(records, {}).result();
    if (!report || report->added != records.size()) {
        std::fprintf(stderr, "import: %s\n", qUtf8Printable(!report ? report.error().message : report->problems.isEmpty() ? u"not all"_s : report->problems.first().message));
        return false;
    }
    return true;
}

struct Client
{
    explicit Client(const CentralProcess &central)
    {
        store = openedStore(folder.path(), clock);
        client = std::make_unique<CentralClient>(CentralClient::Options{.server = central.url(), .authorities = *CentralClient::authoritiesFrom(central.authorityFile())});
        secrets = std::make_unique<FileSecretStore>(folder.path() + u"/secrets"_s);
        engine = std::make_unique<SyncEngine>(*store, *client, *secrets, clock);
    }
    /// Signs in and waits until the feed is followed; the ms from sign-in, or nothing.
    std::optional<double> connect(const QString &login)
    {
        QElapsedTimer timer;
        timer.start();
        if (!answered(engine->signIn(login, password)))
            return {};
        QEventLoop loop;
        QObject::connect(engine.get(), &SyncEngine::stateChanged, &loop, [&](const SyncState &state) {
            if (state.kind == SyncState::Kind::Online)
                loop.quit();
        });
        QTimer::singleShot(300'000, &loop, [&] { loop.exit(1); });
        if (engine->state().kind != SyncState::Kind::Online && loop.exec() != 0)
            return {};
        return ms(timer);
    }

    SystemClock clock;
    QTemporaryDir folder;
    std::unique_ptr<LocalStore> store;
    std::unique_ptr<CentralClient> client;
    std::unique_ptr<FileSecretStore> secrets;
    std::unique_ptr<SyncEngine> engine;
};

/// From the moment somebody saves until it can be read at the other desk.
double deskToDesk(Client &from, Client &to)
{
    const WorkflowSteps steps(from.store->catalog(), from.store->author(), from.clock);
    const Id id = Id::create(from.clock);
    const auto drafts = steps.create(u"complaint"_s, id, {{u"title"_s, u"Đo thời gian"_s}, {u"category"_s, u"price"_s}, {u"priority"_s, u"3_normal"_s}, {u"received_at"_s, from.clock.nowMs()}});
    QElapsedTimer timer;
    timer.start();
    QEventLoop loop;
    double seen = 0;
    QObject::connect(to.store.get(), &LocalStore::changed, &loop, [&] {
        to.store->record(u"complaint"_s, id).then(&loop, [&](const Result<std::optional<StoredRecord>> &found) {
            if (!found || !*found)
                return;
            seen = ms(timer);
            loop.quit();
        });
    });
    QTimer::singleShot(30'000, &loop, &QEventLoop::quit);
    (void)from.store->save(*drafts);
    loop.exec();
    return seen;
}

/// The longest hold while an empty operations screen, shown, signs in and takes everything in; negative when it did not.
double longestHold(MeteredApplication &app, const CentralProcess &central)
{
    const QTemporaryDir settings;
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
    Theme theme(app);
    const auto catalog = TypeCatalog::load();
    Desk desk(theme, central.url(), central.authorityFile(), *catalog);
    if (!desk.open())
        return -1;
    desk.show({1920, 1080});
    QEventLoop shown;
    QTimer::singleShot(2000, &shown, &QEventLoop::quit); // the first frames are drawn
    shown.exec();
    app.setMeasuring(true);
    QEventLoop loop;
    QObject::connect(&desk.engine(), &SyncEngine::stateChanged, &loop, [&](const SyncState &state) {
        if (state.kind == SyncState::Kind::Online)
            QTimer::singleShot(3000, &loop, &QEventLoop::quit); // figures, map and queue follow what came last
    });
    QTimer::singleShot(300'000, &loop, [&] { loop.exit(1); });
    (void)desk.engine().signIn(u"lan"_s, password);
    const bool online = loop.exec() == 0;
    app.setMeasuring(false);
    for (const MeteredApplication::Hold &hold : app.longest())
        std::fprintf(stderr, "held %.1f ms (worked %.1f) by %s (event %d)\n", hold.ms, hold.cpuMs, hold.receiver.constData(), hold.event);
    return online && !app.longest().isEmpty() ? app.longest().first().ms : -1;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication::setOrganizationName(u"tourism-ioc-bench"_s);
    QSettings::setDefaultFormat(QSettings::IniFormat);
    MeteredApplication app(argc, argv);
    const SystemClock clock;
    CentralProcess central;
    if (!central.init() || !central.addAccount(u"lan"_s, u"operator"_s, password) || !central.addAccount(u"minh"_s, u"operator"_s, password))
        return 1;
    if (!fillCentral(central.dataFolder(), clock) || !central.serve())
        return 1;
    Client lan(central);
    const auto pulled = lan.connect(u"lan"_s);
    if (!pulled)
        return 1;
    std::fprintf(stderr, "pulled in %.0f ms\n", *pulled);
    QElapsedTimer indexing;
    indexing.start();
    const qint64 complaints = *answered(lan.store->count({.type = u"complaint"_s}));
    while (*answered(lan.store->count({.type = u"complaint"_s, .text = u"duong"_s})) < complaints) {
        QEventLoop loop;
        QTimer::singleShot(100, &loop, &QEventLoop::quit);
        loop.exec();
    }
    const double indexed = ms(indexing);
    std::fprintf(stderr, "%lld complaints; searchable %.0f ms later\n", static_cast<long long>(complaints), indexed);
    const auto raw = rawInsertMs(lan.folder.path(), lan.engine->session().vault);
    const auto overhead = syncOverhead(lan.folder.path());
    if (!raw || !overhead)
        return 1;
    std::fprintf(stderr, "the same rows with nothing but SQLite: %.0f ms\n", *raw);
    Client minh(central);
    if (!minh.connect(u"minh"_s))
        return 1;
    QList<double> times;
    for (int i = 0; i < 15; ++i)
        times += deskToDesk(lan, minh);
    std::ranges::sort(times);
    if (times.first() == 0)
        return 1;
    std::fprintf(stderr, "desk to desk: median %.0f ms, worst %.0f ms\n", times[7], times.last());
    std::printf("sync.pull_100k\t%.0f\tms\n", *pulled);
    std::printf("sync.pull_vs_raw\t%.2f\tratio\n", (*pulled + indexed) / *raw);
    std::printf("sync.overhead\t%.3f\tratio\n", *overhead);
    std::printf("sync.desk_to_desk\t%.0f\tms\n", times[13]);
    const double hold = longestHold(app, central);
    if (hold < 0)
        return 1;
    std::printf("sync.gui_block_max\t%.1f\tms\n", hold);
    return 0;
}
