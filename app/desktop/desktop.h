// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <desktop/desktopoptions.h>
#include <desktop/desktopworkspace.h>
#include <desktop/statusline.h>

#include <base/clock.h>
#include <store/localstore.h>
#include <sync/filetransfer.h>
#include <sync/lookreporter.h>
#include <sync/offlinesignin.h>
#include <sync/syncengine.h>
#include <ui/referencetitles.h>
#include <ui/theme.h>
#include <ui/uicontext.h>

#include <QPointer>
#include <QTimer>
#include <QTranslator>

namespace ioc {

class BrowserSignIn;
class EntryController;
class IdleWatch;
class LockCover;
class MainWindow;
class PasswordDialog;
class PinDialog;
class SignInDialog;

/// Puts the program together: store, session, window. What is made here outlives what uses it, in the order of the members.
class Desktop : public QObject
{
    Q_OBJECT

public:
    Desktop(QApplication &app, DesktopOptions options);
    ~Desktop() override;

    void start();
    /// Null until it is opened, and on a revoked device.
    [[nodiscard]] const LocalStore *store() const { return m_store.get(); }

private:
    void chooseLanguage();
    [[nodiscard]] bool prepareEntry();
    void openStore();
    void closeStore();
    void storeOpened(const OpenReport &report);
    void openFiles();
    // Who comes in: desktop_entry.cpp
    void signIn();
    void askForSignIn(const QString &problem);
    void entered();
    void entryRefused(const Error &error);
    void entryRequested(const QString &login, const QString &password);
    void askForNewPassword();
    void watchForIdleness();
    void lock();
    void tellOfLock(const SyncState &state);
    [[nodiscard]] bool wasLocked() const;
    LockCover &cover();
    [[nodiscard]] bool isCovered() const;
    void deviceRevoked();
    void showRevoked();
    void signInRestored(const QString &login, const QString &password);
    void restored(const Result<Session> &session, const QString &password);

    // Who comes in by the city's single sign-on: desktop_provider.cpp
    void prepareProvider();
    void lookForProvider();
    void askProvider();
    void providerGranted(const QString &idToken, const QString &secret);
    void offerPin();
    void askForPin();
    void askForSecret();
    /// Came in by the city's single sign-on, not by a password.
    [[nodiscard]] bool takesPin() const;
    /// Names what is remembered of who came in by the city's single sign-on last.
    static QString pinSecret() { return QStringLiteral("provider"); }
    [[nodiscard]] bool hasPin() const;
    void noteProvider();

    void showWindow();
    void connectWindow();
    void connectionChanged(const SyncState &state);
    void showUser();
    void stop(const QString &message);
    void finishUnattended();
    [[nodiscard]] struct MapPacks mapPacks() const;
    [[nodiscard]] bool isUnattended() const { return m_options.selfTest || !m_options.screenshot.isEmpty(); }

    QApplication &m_app;
    DesktopOptions m_options;
    SystemClock m_clock;
    QTranslator m_translator;
    QString m_language;
    QString m_openNotice; ///< what opening the store has to tell, until there is a window
    Theme m_theme;
    DesktopWorkspace m_workspace;
    std::unique_ptr<CentralClient> m_client;
    std::unique_ptr<BrowserSignIn> m_browser;
    std::unique_ptr<FileSecretStore> m_secrets;
    std::unique_ptr<OfflineSignIn> m_offline;
    std::unique_ptr<LocalStore> m_store;
    std::unique_ptr<SyncEngine> m_engine;
    std::unique_ptr<EntryController> m_entry;
    std::unique_ptr<FileStore> m_files;
    std::unique_ptr<FileTransfer> m_transfer;
    std::unique_ptr<LookReporter> m_looks;
    std::unique_ptr<ReferenceTitles> m_titles;
    std::unique_ptr<UiContext> m_context;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<SignInDialog> m_dialog;
    std::unique_ptr<LockCover> m_cover;
    std::unique_ptr<IdleWatch> m_idle;
    QPointer<PasswordDialog> m_passwordDialog;
    QPointer<PinDialog> m_pinDialog;
    QTimer m_heartbeat;
    Id m_revokedDevice;                                        ///< of this device, while it is revoked
    std::optional<std::pair<Session, QString>> m_restoredEntry; ///< session and password (empty: by the city's single sign-on) with which it turned out to be restored
};

} // namespace ioc
