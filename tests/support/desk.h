// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <desktop/desktopworkspace.h>
#include <desktop/mainwindow.h>
#include <store/localstore.h>
#include <sync/filetransfer.h>
#include <sync/lookreporter.h>
#include <sync/syncengine.h>
#include <ui/referencetitles.h>
#include <ui/theme.h>
#include <ui/uicontext.h>

#include <QTemporaryDir>
#include <QTest>

namespace ioc {

/// One operator's desktop, put together as the program does it, on a folder of its own.
class Desk
{
public:
    Desk(Theme &theme, const QUrl &server, const QString &authorityFile, std::shared_ptr<const TypeCatalog> catalog);
    ~Desk();

    bool open();
    bool signIn(const QString &login, const QString &password);
    void show(const QSize &size);
    /// The answer of a future of the store, waited for in the event loop.
    template <typename T>
    static std::optional<T> wait(const QFuture<Result<T>> &future)
    {
        if (!QTest::qWaitFor([&] { return future.isFinished(); }, 20'000) || !future.result())
            return {};
        return *future.result();
    }
    /// Saves a new complaint at a place in degrees; its id.
    Id addComplaint(const QString &title, double latitude, double longitude, const QString &category = QStringLiteral("price"));
    /// Saves a new record of a type without workflow; its id, null when it was not saved.
    Id addRecord(const QString &type, const Values &values, const Id &id = {});
    /// The record as this desk shows it now; empty when it has none.
    StoredRecord stored(const QString &type, const Id &record);

    /// Settings of this test program go to a folder that ends with it; before the first desk.
    static void useOwnSettings(const QString &program);
    /// Keeps what the monitor shows of \a window as IOC_PICTURES/\a name.png, to be looked at; nothing without that variable.
    static void keepPicture(QWidget &window, const QString &name);

    UiContext &context() { return *m_context; }
    LocalStore &store() { return *m_store; }
    SyncEngine &engine() { return *m_engine; }
    FileStore &files() { return *m_files; }
    [[nodiscard]] QString folder() const { return m_folder.path(); }
    MainWindow &window() { return *m_window; }

private:
    QTemporaryDir m_folder;
    SystemClock m_clock;
    std::shared_ptr<const TypeCatalog> m_catalog;
    DesktopWorkspace m_workspace;
    std::unique_ptr<LocalStore> m_store;
    std::unique_ptr<CentralClient> m_client;
    std::unique_ptr<FileSecretStore> m_secrets;
    std::unique_ptr<SyncEngine> m_engine;
    std::unique_ptr<FileStore> m_files;
    std::unique_ptr<FileTransfer> m_transfer;
    std::unique_ptr<LookReporter> m_looks;
    std::unique_ptr<ReferenceTitles> m_titles;
    std::unique_ptr<UiContext> m_context;
    std::unique_ptr<MainWindow> m_window;
    Theme &m_theme;
};

} // namespace ioc
