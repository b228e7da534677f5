// SPDX-License-Identifier: GPL-3.0-or-later
#include <sync/lookreporter.h>
#include <sync/syncengine.h>

namespace ioc {

namespace {

constexpr int atOnce = 500;
constexpr int againMs = 30'000;

} // namespace

LookReporter::LookReporter(LocalStore &store, CentralClient &client, SyncEngine &engine, QObject *parent) : QObject(parent), m_store(store), m_client(client), m_engine(engine)
{
    m_again.setSingleShot(true);
    m_again.setInterval(againMs);
    connect(&m_again, &QTimer::timeout, this, &LookReporter::report);
    connect(&store, &LocalStore::lookNoted, this, &LookReporter::report);
    connect(&engine, &SyncEngine::stateChanged, this, [this, was = SyncState::Kind::SignedOut](const SyncState &state) mutable {
        if (std::exchange(was, state.kind) != SyncState::Kind::Online)
            report();
    });
    report();
}

void LookReporter::report()
{
    if (m_isReporting || m_engine.state().kind != SyncState::Kind::Online)
        return;
    m_isReporting = true;
    m_again.stop();
    m_store.looks(atOnce).then(this, [this](const Result<QList<Look>> &looks) {
        if (looks && !looks->isEmpty())
            send(*looks);
        else
            m_isReporting = false;
    });
}

void LookReporter::send(const QList<Look> &looks)
{
    m_client.reportLooks(m_engine.session().accessToken, looks)
        .then(this, [this, looks](const Result<void> &taken) { return taken ? m_store.looksTaken(looks) : QtFuture::makeReadyValueFuture(taken); })
        .unwrap()
        .then(this, [this](const Result<void> &done) {
            m_isReporting = false;
            if (done)
                report(); // noted meanwhile
            else
                m_again.start();
        });
}

} // namespace ioc
