// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "teststore.h"

#include <store/workflowsteps.h>
#include <support/centralprocess.h>
#include <sync/syncengine.h>

namespace ioc::test {

const QString operatorPassword = QStringLiteral("bến thành sáng sớm");

/// A desktop without a screen: store, client and engine, and what an operator does with them.
struct HeadlessDesk
{
    HeadlessDesk(const CentralProcess &central, const QString &name, const QUrl &url = {}) : login(name)
    {
        if (!local.open())
            qFatal("cannot open");
        const auto authorities = CentralClient::authoritiesFrom(central.authorityFile());
        client = std::make_unique<CentralClient>(CentralClient::Options{.server = url.isEmpty() ? central.url() : url, .authorities = *authorities});
        secrets = std::make_unique<FileSecretStore>(local.folder + QStringLiteral("/secrets"));
    }
    void connect()
    {
        engine = std::make_unique<SyncEngine>(*local.store, *client, *secrets, clock);
        if (engine->resume())
            return;
        const auto session = answered(engine->signIn(login, operatorPassword));
        if (!session)
            qFatal("%s", qPrintable(session.error().message));
    }
    void disconnect() { engine.reset(); }

    Id makeComplaint(const QString &title)
    {
        const WorkflowSteps steps(*local.catalog, local.store->author(), clock);
        const Id id = Id::create(clock);
        const auto drafts = steps.create(QStringLiteral("complaint"), id, {{QStringLiteral("title"), title}, {QStringLiteral("category"), QStringLiteral("price")}, {QStringLiteral("priority"), QStringLiteral("3_normal")}, {QStringLiteral("received_at"), clock.nowMs()}});
        const auto saved = answered(local.store->save(*drafts));
        if (!saved)
            qFatal("%s", qPrintable(saved.error().message));
        return id;
    }
    bool step(const Id &id, const QString &transition, const Values &values = {})
    {
        const WorkflowSteps steps(*local.catalog, local.store->author(), clock);
        const auto drafts = steps.step(complaint(id), transition, values, {});
        return drafts && answered(local.store->save(*drafts));
    }
    bool has(const Id &id) { return local.record(QStringLiteral("complaint"), id).has_value(); }
    Record complaint(const Id &id)
    {
        const auto row = local.record(QStringLiteral("complaint"), id);
        return row ? row->record : Record();
    }
    bool isQuiet(const Id &id)
    {
        const auto row = local.record(QStringLiteral("complaint"), id);
        return row && !row->pending && local.store->status().outbox == 0;
    }

    SystemClock clock;
    TestStore local;
    QString login;
    std::unique_ptr<CentralClient> client;
    std::unique_ptr<FileSecretStore> secrets;
    std::unique_ptr<SyncEngine> engine;
};

} // namespace ioc::test
