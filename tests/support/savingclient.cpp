// SPDX-License-Identifier: GPL-3.0-or-later
// saving_client FOLDER [URL CA LOGIN PASSWORD]: a desktop without a screen that makes complaints as fast as they are saved and
// prints the id of each once it is, and only then; with an address it syncs, too. For tests that kill it, fill its disk or
// close its folder. IOC_SAVES is how many it makes, IOC_AUTHOR the account that it works for. Exit code 3: a change could not be saved; the reason's code and words go to stderr.
#include "teststore.h"

#include <store/workflowsteps.h>
#include <sync/syncengine.h>

#include <QTextStream>

#include <cstdio>

using namespace ioc;
using namespace Qt::StringLiterals;

namespace {

class SavingClient : public QObject
{
public:
    SavingClient(LocalStore &store, const Clock &clock, int count) : m_store(store), m_clock(clock), m_left(count) {}

    void saveNext()
    {
        if (m_left-- == 0) {
            QCoreApplication::exit(0);
            return;
        }
        const WorkflowSteps steps(m_store.catalog(), m_store.author(), m_clock);
        const Id id = Id::create(m_clock);
        const auto drafts = steps.create(u"complaint"_s, id, {{u"title"_s, u"Phản ánh %1"_s.arg(id.toString())}, {u"category"_s, u"price"_s}, {u"priority"_s, u"3_normal"_s},
                                                               {u"received_at"_s, m_clock.nowMs()}, {u"description"_s, QString(2000, u'x')}});
        m_store.save(*drafts).then(this, [this, id](const Result<Saved> &saved) {
            if (!saved) {
                std::fprintf(stderr, "%s %s\n", qPrintable(errorCodeName(saved.error().code)), qUtf8Printable(saved.error().message));
                QCoreApplication::exit(3);
                return;
            }
            std::printf("%s\n", qPrintable(id.toString()));
            std::fflush(stdout);
            saveNext();
        });
    }

private:
    LocalStore &m_store;
    const Clock &m_clock;
    int m_left;
};

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const QStringList arguments = app.arguments();
    const SystemClock clock;
    const auto catalog = TypeCatalog::load();
    if (arguments.size() < 2 || !catalog)
        return 2;
    LocalStore store({.folder = arguments[1], .catalog = *catalog, .clock = &clock});
    const auto report = test::answered(store.open());
    if (!report) {
        std::fprintf(stderr, "%s %s\n", qPrintable(errorCodeName(report.error().code)), qUtf8Printable(report.error().message));
        return 3;
    }
    const Id author = Id::fromString(qEnvironmentVariable("IOC_AUTHOR")).value_or(Id::derived(Id(), u"nobody"));
    store.setAuthor({.account = author, .displayName = u"Lan"_s, .rights = Rights(u"operator"_s), .device = store.device()});

    std::unique_ptr<CentralClient> client;
    std::unique_ptr<FileSecretStore> secrets;
    std::unique_ptr<SyncEngine> engine;
    if (arguments.size() == 6) {
        const auto authorities = CentralClient::authoritiesFrom(arguments[3]);
        if (!authorities)
            return 2;
        client = std::make_unique<CentralClient>(CentralClient::Options{.server = QUrl(arguments[2]), .authorities = *authorities});
        secrets = std::make_unique<FileSecretStore>(arguments[1] + u"/secrets"_s);
        engine = std::make_unique<SyncEngine>(store, *client, *secrets, clock);
        if (!engine->resume() && !test::answered(engine->signIn(arguments[4], arguments[5])))
            return 2;
    }
    SavingClient saving(store, clock, qEnvironmentVariableIntValue("IOC_SAVES") > 0 ? qEnvironmentVariableIntValue("IOC_SAVES") : -1);
    QMetaObject::invokeMethod(&saving, &SavingClient::saveNext, Qt::QueuedConnection);
    return QCoreApplication::exec();
}
