// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/doctor.h>
#include <central/providerdirectory.h>

#include <QCoreApplication>
#include <QEventLoop>
#include <QFutureWatcher>

namespace ioc {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Doctor)
};

using Level = Finding::Level;

} // namespace

// Only where there is one: a deployment without is whole.
void Doctor::examineProvider()
{
    const auto settings = readProviderSettings(m_options.folder);
    if (!settings)
        return add("provider", Level::Fault, settings.error().message, Words::tr("Mend the file, or take it away: central does not start with it."));
    if (!*settings)
        return;
    ProviderDirectory directory(**settings, *m_options.clock);
    QFutureWatcher<Result<ProviderDirectory::Published>> watcher;
    QEventLoop loop;
    QObject::connect(&watcher, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
    watcher.setFuture(directory.published());
    if (!watcher.isFinished())
        loop.exec();
    const auto published = watcher.result();
    const QString issuer = (*settings)->issuer;
    const qint64 apartMs = std::abs(directory.clockDifferenceMs().value_or(0));
    if (!published && published.error().code == ErrorCode::Untrusted)
        add("provider", Level::Fault, published.error().message, Words::tr("Put the authority that signed it into a file and name that as “ca_file” in %1.").arg(providerFileName()));
    else if (!published && published.error().code == ErrorCode::Offline)
        add("provider", Level::Fault, Words::tr("The sign-in service %1 cannot be reached: %2").arg(issuer, published.error().message), Words::tr("Check the address in %1, the network and the firewall of this machine.").arg(providerFileName()));
    else if (!published)
        add("provider", Level::Fault, published.error().message, Words::tr("See what %1 publishes.").arg(providerDocumentUrl(QUrl(issuer)).toString()));
    else if (apartMs > idTokenLeewayMs)
        add("provider", Level::Fault, Words::tr("The clocks of this machine and of %1 are %n second(s) apart: nobody could sign in there.", nullptr, static_cast<int>(std::min<qint64>(apartMs / 1000, 1'000'000'000))).arg(issuer), Words::tr("Let both follow a time server."));
    else
        add("provider", Level::Fine, Words::tr("The sign-in service %1 answers, with %n key(s) of use.", nullptr, static_cast<int>(published->keys.size())).arg(issuer));
}

} // namespace ioc
