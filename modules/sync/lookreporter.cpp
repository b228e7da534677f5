// SPDX-License-Identifier: GPL-3.0-or-later
#include <sync/lookreporter.h>
#include <sync/syncengine.h>

namespace ioc {

namespace {

constexpr qsizetype mostAtOnce = 500;
constexpr int againMs = 30'000;

} // namespace

LookReporter::LookReporter(LocalStore &store, CentralClient &client, SyncEngine &engine, QObject *parent) : QObject(parent), m_store(store), m_client(client), m_engine(engine), m_atOnce(mostAtOnce)
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
    m_store.looks(static_cast<int>(m_atOnce + m_refused.size())).then(this, [this](Result<QList<Look>> looks) {
        if (looks) {
            looks->removeIf([this](const Look &look) { return m_refused.contains(look.look); });
            looks->resize(std::min(looks->size(), m_atOnce));
        }
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
        .then(this, [this, looks](const Result<void> &done) {
            m_isReporting = false;
            if (done)
                m_atOnce = std::min(2 * m_atOnce, mostAtOnce);
            else if (done.error().code == ErrorCode::InvalidInput || done.error().code == ErrorCode::TooLarge)
                refused(looks, done.error());
            else
                return m_again.start();
            report(); // noted meanwhile, or the rest
        });
}

// A list is refused as a whole: which one is meant shows when it is halved.
void LookReporter::refused(const QList<Look> &looks, const Error &why)
{
    if (looks.size() > 1) {
        m_atOnce = looks.size() / 2;
        return;
    }
    m_refused.insert(looks.first().look);
    qWarning("Central does not take a look at personal data that was noted here: %s %s", qUtf8Printable(why.message), qUtf8Printable(why.detail));
}

} // namespace ioc
