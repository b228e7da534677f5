// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/browsersignin.h>
#include <desktop/desktop.h>
#include <desktop/entrycontroller.h>
#include <desktop/lockcover.h>
#include <desktop/mainwindow.h>
#include <desktop/pindialog.h>
#include <desktop/signindialog.h>

#include <QSysInfo>

namespace ioc {

namespace {

/// The person who would rather have no PIN.
QString noPinSecret() { return QStringLiteral("nopin"); }

bool names(const std::optional<QByteArray> &kept, const Id &account)
{
    return kept && !account.isNull() && *kept == account.toString().toLatin1();
}

} // namespace

void Desktop::prepareProvider()
{
    m_browser = std::make_unique<BrowserSignIn>(*m_client);
    connect(m_browser.get(), &BrowserSignIn::offered, this, [this](bool isThere) {
        const bool mayHavePin = m_secrets->read(pinSecret()) && !m_secrets->read(noPinSecret());
        if (m_dialog)
            m_dialog->offerProvider(isThere, mayHavePin ? tr("Without a connection, sign in with your account's name and the PIN of this device.") : QString());
        if (m_cover)
            m_cover->offerProvider(isThere);
    });
    connect(m_browser.get(), &BrowserSignIn::granted, this, &Desktop::providerGranted);
    connect(m_browser.get(), &BrowserSignIn::failed, this, &Desktop::entryRefused);
}

void Desktop::lookForProvider()
{
    if (!isUnattended() && !m_options.server.isEmpty())
        m_browser->look();
}

void Desktop::askProvider()
{
    if (isCovered())
        m_cover->waitForProvider();
    else if (m_dialog)
        m_dialog->waitForProvider();
    m_browser->start();
}

void Desktop::providerGranted(const QString &idToken, const QString &secret)
{
    QWidget *asking = isCovered() ? static_cast<QWidget *>(m_cover.get()) : m_dialog.get();
    if (isCovered())
        m_cover->setBusy(true);
    else if (m_dialog)
        m_dialog->setBusy(true);
    if (asking) { // in front of the browser again
        asking->raise();
        asking->activateWindow();
    }
    if (m_revokedDevice.isNull()) {
        m_entry->signInByProvider(idToken, secret);
        return;
    }
    m_client->signIn(ProviderSignIn{.idToken = idToken, .secret = secret, .device = m_revokedDevice, .deviceName = QSysInfo::machineHostName()})
        .then(this, [this](const Result<Session> &session) { restored(session, {}); });
}

void Desktop::noteProvider()
{
    (void)m_secrets->write(pinSecret(), m_engine->session().account.toString().toLatin1());
    if (m_window)
        m_window->setHasPin(true);
}

bool Desktop::takesPin() const
{
    return names(m_secrets->read(pinSecret()), m_engine->session().account);
}

bool Desktop::hasPin() const
{
    return takesPin() && !names(m_secrets->read(noPinSecret()), m_engine->session().account);
}

// Once; whoever wants none finds it in the menu.
void Desktop::offerPin()
{
    if (!isUnattended() && !names(m_secrets->read(noPinSecret()), m_engine->session().account) && !m_engine->session().mustChangePassword)
        askForPin();
}

void Desktop::askForSecret()
{
    if (takesPin())
        askForPin();
    else
        askForNewPassword();
}

void Desktop::askForPin()
{
    if (m_pinDialog || !m_window)
        return;
    const Session &session = m_engine->session();
    if (session.offlineDays == 0) {
        m_window->tell(tr("Your center does not allow signing in without central, so this device keeps no PIN."), {}, {});
        return;
    }
    m_pinDialog = new PinDialog(m_theme, session.login, session.offlineDays, m_window.get());
    m_pinDialog->setAttribute(Qt::WA_DeleteOnClose);
    const QByteArray account = session.account.toString().toLatin1();
    connect(m_pinDialog, &PinDialog::chosen, this, [this, account](const QString &pin) {
        m_entry->setPin(pin);
        m_secrets->remove(noPinSecret());
        m_window->tell(tr("The PIN of this device is set."), {}, {});
    });
    connect(m_pinDialog, &QDialog::rejected, this, [this, account] { (void)m_secrets->write(noPinSecret(), account); });
    m_pinDialog->open();
}

} // namespace ioc
