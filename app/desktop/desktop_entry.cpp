// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/browsersignin.h>
#include <desktop/desktop.h>
#include <desktop/entrycontroller.h>
#include <desktop/idlewatch.h>
#include <desktop/lockcover.h>
#include <desktop/mainwindow.h>
#include <desktop/passworddialog.h>
#include <desktop/signindialog.h>

#include <base/refusal.h>

#include <QApplication>
#include <QFile>
#include <QSysInfo>

namespace ioc {

namespace {

constexpr int heartbeatMs = 60'000;

// What is remembered between two starts beside the session: whom the program is locked for, and that this device is revoked.
QString lockedSecret() { return QStringLiteral("locked"); }
QString revokedSecret() { return QStringLiteral("revoked"); }

QString firstLine(const QString &file)
{
    QFile in(file);
    return in.open(QIODevice::ReadOnly) ? QString::fromUtf8(in.readLine(4096)).trimmed() : QString();
}

} // namespace

bool Desktop::prepareEntry()
{
    QList<QSslCertificate> authorities;
    if (!m_options.authorityFile.isEmpty()) {
        const auto read = CentralClient::authoritiesFrom(m_options.authorityFile);
        if (!read) {
            stop(read.error().message);
            return false;
        }
        authorities = *read;
    }
    const auto device = CentralClient::deviceCertificateBeside(m_options.authorityFile);
    if (!device) {
        stop(device.error().message);
        return false;
    }
    m_client = std::make_unique<CentralClient>(CentralClient::Options{m_options.server, authorities, m_language, *device});
    prepareProvider();
    m_secrets = std::make_unique<FileSecretStore>(m_options.profile + QStringLiteral("/secrets"));
    m_offline = std::make_unique<OfflineSignIn>(*m_secrets, m_clock);
    if (const auto revoked = m_secrets->read(revokedSecret()))
        m_revokedDevice = Id::fromString(QString::fromLatin1(*revoked)).value_or(Id());
    connect(&m_heartbeat, &QTimer::timeout, this, [this] {
        if (!isCovered())
            m_offline->noteTime();
    });
    return true;
}

// Ending the program does not open what was locked, nor does leaving it alone while it does not run.
bool Desktop::wasLocked() const
{
    if (m_secrets->read(lockedSecret()))
        return true;
    const auto last = m_offline->lastNotedMs();
    return last && std::abs(m_clock.nowMs() - *last) > MainWindow::lockMinutes() * 60'000LL;
}

void Desktop::signIn()
{
    if (m_restoredEntry) {
        const auto [session, password] = *std::exchange(m_restoredEntry, {});
        if (!password.isEmpty())
            m_offline->remember(session, password);
        m_engine->adopt(session);
        if (password.isEmpty())
            m_entry->enteredByProvider(session);
        else
            entered();
        return;
    }
    if (!wasLocked() && m_engine->resume()) { // works with no network
        showWindow();
        connect(m_engine.get(), &SyncEngine::stateChanged, this, &Desktop::tellOfLock);
        return;
    }
    if (m_options.server.isEmpty()) {
        if (m_options.selfTest)
            showWindow();
        else
            stop(tr("This device does not know its center yet. Start once with --server https://host:port --ca ca.pem."));
        return;
    }
    if (!m_options.account.isEmpty() && !m_options.passwordFile.isEmpty())
        m_entry->signIn(m_options.account, firstLine(m_options.passwordFile));
    else if (isUnattended()) // nobody is there to answer
        stop(tr("Nobody is signed in on this device. Give --account and --password-file."));
    else
        askForSignIn({});
}

// Central opens personal data with the session it renews; without it somebody's password does.
void Desktop::tellOfLock(const SyncState &state)
{
    if (state.kind == SyncState::Kind::Connecting || state.kind == SyncState::Kind::Syncing || !m_window)
        return;
    disconnect(m_engine.get(), &SyncEngine::stateChanged, this, &Desktop::tellOfLock);
    const bool wouldSee = std::ranges::any_of(m_store->catalog().types(), [this](const RecordType *type) {
        return m_store->author().rights.of(*type).sensitive == Disclosure::Open && std::ranges::any_of(type->fields, &Field::sensitive);
    });
    if (state.kind == SyncState::Kind::Offline && m_store->isLocked() && wouldSee)
        m_window->tell(tr("Central cannot be reached: personal data stay locked until you sign in."), tr("Sign in"), [this] { lock(); });
}

void Desktop::askForSignIn(const QString &problem)
{
    if (!m_dialog) {
        const QString login = m_options.account.isEmpty() ? QString::fromUtf8(m_secrets->read(lockedSecret()).value_or(QByteArray())) : m_options.account;
        m_dialog = std::make_unique<SignInDialog>(m_theme, m_options.server.authority(), login);
        connect(m_dialog.get(), &SignInDialog::signInRequested, this, [this](const QString &account, const QString &password) { m_entry->signIn(account, password); });
        connect(m_dialog.get(), &SignInDialog::providerRequested, this, &Desktop::askProvider);
        connect(m_dialog.get(), &SignInDialog::openAgainRequested, m_browser.get(), &BrowserSignIn::openAgain);
        connect(m_dialog.get(), &SignInDialog::providerCancelled, m_browser.get(), &BrowserSignIn::cancel);
        connect(m_dialog.get(), &QDialog::rejected, this, [this] {
            m_browser->cancel();
            if (!m_window)
                m_app.quit();
        });
    }
    m_browser->cancel();
    m_dialog->setBusy(false);
    m_dialog->show();
    lookForProvider();
    if (!problem.isEmpty())
        m_dialog->showProblem(problem);
}

void Desktop::entered()
{
    m_secrets->remove(lockedSecret());
    m_offline->noteTime();
    if (m_idle)
        m_idle->touch();
    if (m_dialog)
        m_dialog->accept();
    if (isCovered())
        m_cover->open();
    showWindow();
    if (m_engine->session().mustChangePassword && !isUnattended())
        askForNewPassword();
}

void Desktop::entryRefused(const Error &error)
{
    if (refusalOf(error) == Refusal::DeviceRevoked)
        deviceRevoked();
    else if (isUnattended())
        stop(error.message);
    else if (isCovered())
        m_cover->showProblem(SignInDialog::problemText(error));
    else
        askForSignIn(SignInDialog::problemText(error));
}

void Desktop::askForNewPassword()
{
    if (m_passwordDialog || !m_window)
        return;
    const Session &session = m_engine->session();
    m_passwordDialog = new PasswordDialog(m_theme, session.login, session.mustChangePassword, m_window.get());
    m_passwordDialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_passwordDialog, &PasswordDialog::changeRequested, this, [this](const QString &before, const QString &after) {
        m_entry->changePassword(before, after).then(this, [this](const Result<void> &changed) {
            if (!m_passwordDialog)
                return;
            if (!changed) {
                m_passwordDialog->showProblem(SignInDialog::problemText(changed.error()));
                return;
            }
            m_passwordDialog->accept();
            m_window->tell(tr("Your password is changed."), {}, {});
        });
    });
    m_passwordDialog->open();
}

void Desktop::watchForIdleness()
{
    m_idle = std::make_unique<IdleWatch>(m_app, m_clock);
    m_idle->setLimitMs(MainWindow::lockMinutes() * 60'000LL);
    connect(m_idle.get(), &IdleWatch::idle, this, &Desktop::lock);
    m_heartbeat.start(heartbeatMs);
    m_offline->noteTime();
}

void Desktop::lock()
{
    if (!m_window || isCovered() || isUnattended())
        return;
    const Session &session = m_engine->session();
    (void)m_secrets->write(lockedSecret(), session.login.toUtf8());
    cover().setTakesPin(hasPin());
    lookForProvider();
    cover().lock(session.login, session.displayName);
}

LockCover &Desktop::cover()
{
    if (!m_cover) {
        m_cover = std::make_unique<LockCover>(m_theme);
        connect(m_cover.get(), &LockCover::entryRequested, this, &Desktop::entryRequested);
        connect(m_cover.get(), &LockCover::providerRequested, this, &Desktop::askProvider);
        connect(m_cover.get(), &LockCover::openAgainRequested, m_browser.get(), &BrowserSignIn::openAgain);
        connect(m_cover.get(), &LockCover::providerCancelled, m_browser.get(), &BrowserSignIn::cancel);
        connect(m_cover.get(), &LockCover::closed, this, [this] {
            if (m_window)
                m_window->close();
            m_app.quit();
        });
    }
    return *m_cover;
}

bool Desktop::isCovered() const
{
    return m_cover && m_cover->isVisible();
}

void Desktop::entryRequested(const QString &login, const QString &password)
{
    if (m_revokedDevice.isNull())
        m_entry->unlock(login, password);
    else
        signInRestored(login, password);
}

// From here on the store is not opened, in this run and the next ones, until central lets somebody in from this device again.
void Desktop::deviceRevoked()
{
    if (!m_revokedDevice.isNull())
        return;
    m_browser->cancel();
    m_revokedDevice = m_store->device();
    (void)m_secrets->write(revokedSecret(), m_revokedDevice.toString().toLatin1());
    m_secrets->remove(lockedSecret());
    m_offline->forget();
    if (isUnattended()) {
        stop(refusalError(Refusal::DeviceRevoked).message);
        return;
    }
    QTimer::singleShot(0, this, [this] { // what told of it is part of what is closed now
        showRevoked();
        closeStore();
    });
}

void Desktop::showRevoked()
{
    lookForProvider();
    cover().showRevoked(m_engine ? m_engine->session().login : m_options.account);
}

void Desktop::signInRestored(const QString &login, const QString &password)
{
    const SignIn request{.login = login, .password = password, .device = m_revokedDevice, .deviceName = QSysInfo::machineHostName()};
    m_client->signIn(request).then(this, [this, password](const Result<Session> &session) { restored(session, password); });
}

void Desktop::restored(const Result<Session> &session, const QString &password)
{
    if (!session) {
        cover().showProblem(SignInDialog::problemText(session.error()));
        return;
    }
    m_secrets->remove(revokedSecret());
    m_revokedDevice = {};
    m_restoredEntry = std::pair(*session, password);
    openStore();
}

} // namespace ioc
