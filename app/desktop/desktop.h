// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <desktop/desktopoptions.h>
#include <desktop/desktopworkspace.h>
#include <desktop/statusline.h>

#include <base/clock.h>
#include <store/localstore.h>
#include <sync/filetransfer.h>
#include <sync/syncengine.h>
#include <ui/referencetitles.h>
#include <ui/theme.h>
#include <ui/uicontext.h>

#include <QTranslator>

namespace ioc {

class MainWindow;
class SignInDialog;

/// Puts the program together: store, session, window. What is made here outlives what uses it, in the order of the members.
class Desktop : public QObject
{
    Q_OBJECT

public:
    Desktop(QApplication &app, DesktopOptions options);
    ~Desktop() override;

    void start();

private:
    void chooseLanguage();
    void openStore();
    void storeOpened(const OpenReport &report);
    void openFiles(const CentralClient::Options &central);
    void signIn();
    void askForSignIn(const QString &problem);
    void showWindow();
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
    std::unique_ptr<LocalStore> m_store;
    std::unique_ptr<CentralClient> m_client;
    std::unique_ptr<FileSecretStore> m_secrets;
    std::unique_ptr<SyncEngine> m_engine;
    std::unique_ptr<FileStore> m_files;
    std::unique_ptr<FileTransfer> m_transfer;
    std::unique_ptr<ReferenceTitles> m_titles;
    std::unique_ptr<UiContext> m_context;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<SignInDialog> m_dialog;
};

} // namespace ioc
