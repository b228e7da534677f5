// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ui/uicontext.h>

#include <QHash>
#include <QMainWindow>

class QActionGroup;
class QLabel;
class QMenu;
class QStackedWidget;
class QToolButton;

namespace ioc {

class AdministrationPage;
class AttachmentController;
class CameraPane;
class CataloguePage;
class ComplaintDetailWidget;
class ComplaintQueueWidget;
class DesktopWorkspace;
class FileStore;
class IndicatorPane;
class MapPane;
class MessageBar;
class StatusLine;
class SynchronisationPage;
struct MapPacks;

/// The window: workspaces side by side in a stack, the operations workspace made of docks around the map. Puts areas together
/// and carries what they ask of each other; no logic of its own.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    enum WorkspacePage { Operations, Catalogue, Synchronisation, Administration, PageCount };

    MainWindow(UiContext &context, DesktopWorkspace &workspace, const MapPacks &packs, const QString &profileFolder);
    ~MainWindow() override;
    /// Files of records are shown and kept from now on; \a files must outlive the window.
    void setFiles(FileStore &files);

    /// Minutes without input after which the program locks itself, as somebody chose on this device.
    static int lockMinutes();
    /// Whether the person has a PIN of this device to change, in place of a password.
    void setHasPin(bool hasPin);
    void openPage(WorkspacePage page);
    /// Opens the table of every kind of record in the catalogue; false when one did not come up.
    bool openEveryType();
    [[nodiscard]] WorkspacePage page() const;
    [[nodiscard]] MapPane &mapPane() { return *m_map; }
    [[nodiscard]] CameraPane &cameraPane() { return *m_cameras; }
    [[nodiscard]] IndicatorPane &indicatorPane() { return *m_indicators; }
    [[nodiscard]] ComplaintQueueWidget &queue() { return *m_queue; }
    [[nodiscard]] ComplaintDetailWidget &detail() { return *m_detail; }
    [[nodiscard]] AdministrationPage &administration() { return *m_administration; }
    [[nodiscard]] StatusLine &statusLine() { return *m_statusLine; }

    // What areas ask for through the workspace
    void selectRecord(const QString &type, const Id &record);
    void showRecords(const Query &query, const QString &title);
    void editRecord(const QString &type, const Id &record, const Values &values);
    void tell(const QString &message, const QString &actionText, const std::function<void()> &action);
    void saveStill(const Id &camera, const QImage &image);

Q_SIGNALS:
    void themeChosen(int mode);
    void languageChosen(const QString &language);
    void signOutRequested();
    void lockRequested();
    void lockMinutesChosen(int minutes);
    void passwordChangeRequested();
    void syncRequested();

protected:
    void closeEvent(QCloseEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    QDockWidget *addDock(const QString &name, const QString &title, QWidget *content, Qt::DockWidgetArea area);
    void buildOperations(const MapPacks &packs);
    void buildToolBar();
    void buildSettingsMenu(QToolButton &button);
    void addAccountActions(QMenu &menu);
    void arrangeDocks();
    void showAllowedPages();
    [[nodiscard]] QString layoutKey() const;
    void showComplaint(const StoredRecord &complaint);
    void undoEdit(const QString &type, const Id &record, const QList<FieldChange> &changes);

    void adoptStills();

    UiContext &m_context;
    QString m_profileFolder;
    AttachmentController *m_files = nullptr;
    QStackedWidget *m_pages;
    QMainWindow *m_operations;
    MapPane *m_map = nullptr;
    CameraPane *m_cameras = nullptr;
    IndicatorPane *m_indicators = nullptr;
    ComplaintQueueWidget *m_queue = nullptr;
    ComplaintDetailWidget *m_detail = nullptr;
    CataloguePage *m_catalogue = nullptr;
    SynchronisationPage *m_synchronisation = nullptr;
    AdministrationPage *m_administration = nullptr;
    StatusLine *m_statusLine = nullptr;
    MessageBar *m_told;
    std::function<void()> m_toldAction;
    QTimer *m_toldTimer;
    QList<QDockWidget *> m_docks;
    QActionGroup *m_pageActions = nullptr;
    QAction *m_passwordAction = nullptr;
    bool m_arranged = false;
};

} // namespace ioc
