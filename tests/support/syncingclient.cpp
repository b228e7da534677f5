// SPDX-License-Identifier: GPL-3.0-or-later
// syncing_client FOLDER URL CA LOGIN PASSWORD: a desktop without a screen that ends with 0 once it follows the feed and has
// nothing left to send. It signs in anew, once, when it has to. For tests that let it die on the way (IOC_FAULT, see base/faultpoint.h).
#include "teststore.h"

#include <sync/syncengine.h>

#include <cstdio>

using namespace ioc;
using namespace Qt::StringLiterals;

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const QStringList arguments = app.arguments();
    const SystemClock clock;
    const auto catalog = TypeCatalog::load();
    const auto authorities = arguments.size() == 6 ? CentralClient::authoritiesFrom(arguments[3]) : Result<QList<QSslCertificate>>(failure(ErrorCode::InvalidInput, {}));
    if (!authorities || !catalog)
        return 2;
    LocalStore store({.folder = arguments[1], .catalog = *catalog, .clock = &clock});
    if (const auto report = test::answered(store.open()); !report || !report->damagedFile.isEmpty()) {
        std::fprintf(stderr, "%s\n", report ? "damaged" : qUtf8Printable(report.error().message));
        return 3;
    }
    CentralClient client({.server = QUrl(arguments[2]), .authorities = *authorities});
    FileSecretStore secrets(arguments[1] + u"/secrets"_s);
    SyncEngine engine(store, client, secrets, clock);
    bool mayAsk = true; // for the password
    const auto look = [&] {
        if (engine.state().kind == SyncState::Kind::Online && store.status().outbox == 0)
            QCoreApplication::exit(0);
        if (engine.state().kind != SyncState::Kind::SignedOut || engine.state().reason.code == ErrorCode::Internal)
            return;
        if (std::exchange(mayAsk, false))
            (void)engine.signIn(arguments[4], arguments[5]);
        else
            QCoreApplication::exit(4);
    };
    QObject::connect(&engine, &SyncEngine::stateChanged, &engine, look);
    QObject::connect(&store, &LocalStore::statusChanged, &engine, look, Qt::QueuedConnection);
    if (!engine.resume()) {
        mayAsk = false;
        (void)engine.signIn(arguments[4], arguments[5]);
    }
    return QCoreApplication::exec();
}
