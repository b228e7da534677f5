// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/mainwindow.h>
#include <desktop/desktopworkspace.h>
#include <desktop/docktitle.h>
#include <desktop/statusline.h>

#include <administration/administrationpage.h>
#include <catalogue/cataloguepage.h>
#include <complaints/complaintdetailwidget.h>
#include <complaints/complaintqueuewidget.h>
#include <leadership/indicatorpane.h>
#include <situation/camerapane.h>
#include <situation/mappane.h>
#include <synchronisation/synchronisationpage.h>
#include <ui/attachmentcontroller.h>
#include <ui/messagebar.h>
#include <ui/recorddialog.h>
#include <ui/recordtablewidget.h>

#include <QActionGroup>
#include <QCborArray>
#include <QCloseEvent>
#include <QDirIterator>
#include <QDockWidget>
#include <QMenu>
#include <QScreen>
#include <QSettings>
#include <QShortcut>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTimer>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace ioc {

namespace {
constexpr int toldMs = 8000;
constexpr std::array lockChoices{5, 10, 15, 30, 60};
constexpr int defaultLockMinutes = 15;
QString complaintType() { return QStringLiteral("complaint"); }
} // namespace

MainWindow::MainWindow(UiContext &context, DesktopWorkspace &workspace, const MapPacks &packs, const QString &profileFolder)
    : m_context(context), m_profileFolder(profileFolder), m_pages(new QStackedWidget(this)), m_operations(new QMainWindow(this, Qt::Widget)),
      m_told(new MessageBar(context.theme, this)), m_toldTimer(new QTimer(this))
{
    setWindowTitle(tr("Tourism IOC"));
    setWindowIcon(Theme::appIcon());
    auto *centre = new QWidget(this);
    auto *layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_told->dismiss();
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_told);
    setCentralWidget(centre);

    buildOperations(packs);
    m_catalogue = new CataloguePage(context, this);
    m_synchronisation = new SynchronisationPage(context, this);
    m_pages->addWidget(m_operations);
    m_pages->addWidget(m_catalogue);
    m_administration = new AdministrationPage(context, this);
    m_pages->addWidget(m_synchronisation);
    m_pages->addWidget(m_administration);
    m_statusLine = new StatusLine(context, this);
    statusBar()->addWidget(m_statusLine, 1);
    statusBar()->setSizeGripEnabled(false);
    buildToolBar();
    m_toldTimer->setSingleShot(true);
    m_toldTimer->setInterval(toldMs);
    connect(m_toldTimer, &QTimer::timeout, m_told, &MessageBar::dismiss);
    connect(m_told, &MessageBar::actionTriggered, this, [this] {
        const auto action = std::exchange(m_toldAction, {});
        m_told->dismiss();
        if (action)
            action();
    });
    connect(m_statusLine, &StatusLine::listRequested, this, [this](int tab) {
        openPage(Synchronisation);
        m_synchronisation->showTab(static_cast<SynchronisationPage::Tab>(tab));
    });
    connect(&workspace, &Workspace::stillTaken, this, &MainWindow::saveStill);
    connect(new QShortcut(QKeySequence::New, this), &QShortcut::activated, this, [this] { editRecord(complaintType(), {}, {}); });
    workspace.setWindow(this);
    resize(QSettings().value(QStringLiteral("window/size"), QSize(1600, 960)).toSize());
}

MainWindow::~MainWindow() = default;

QDockWidget *MainWindow::addDock(const QString &name, const QString &title, QWidget *content, Qt::DockWidgetArea area)
{
    auto *dock = new QDockWidget(title, m_operations);
    dock->setObjectName(name);
    dock->setWidget(content);
    dock->setTitleBarWidget(new DockTitle(m_context.theme, *dock));
    dock->setFeatures(QDockWidget::DockWidgetMovable | QDockWidget::DockWidgetFloatable | QDockWidget::DockWidgetClosable);
    m_operations->addDockWidget(area, dock);
    m_docks += dock;
    return dock;
}

void MainWindow::buildOperations(const MapPacks &packs)
{
    m_operations->setDockNestingEnabled(true);
    m_map = new MapPane(m_context, packs, m_operations);
    m_operations->setCentralWidget(m_map);
    m_indicators = new IndicatorPane(m_context, m_operations);
    m_cameras = new CameraPane(m_context, m_operations);
    m_queue = new ComplaintQueueWidget(m_context, m_operations);
    m_detail = new ComplaintDetailWidget(m_context, m_operations);
    m_operations->setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    m_operations->setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    addDock(QStringLiteral("indicators"), tr("Indicators"), m_indicators, Qt::LeftDockWidgetArea);
    addDock(QStringLiteral("cameras"), tr("Cameras"), m_cameras, Qt::RightDockWidgetArea);
    addDock(QStringLiteral("detail"), tr("Complaint"), m_detail, Qt::RightDockWidgetArea);
    addDock(QStringLiteral("queue"), tr("Complaint queue"), m_queue, Qt::BottomDockWidgetArea);
    connect(m_queue, &ComplaintQueueWidget::complaintChosen, this, &MainWindow::showComplaint);
    connect(m_queue, &ComplaintQueueWidget::newRequested, this, [this] { editRecord(complaintType(), {}, {}); });
}

void MainWindow::buildToolBar()
{
    auto *bar = addToolBar(tr("Workspaces"));
    bar->setObjectName(QStringLiteral("workspaces"));
    bar->setMovable(false);
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    m_pageActions = new QActionGroup(this);
    const std::array<std::pair<QString, QString>, PageCount> pages{{{QStringLiteral("map"), tr("Operations")},
                                                                    {QStringLiteral("table"), tr("Catalogue")},
                                                                    {QStringLiteral("sync"), tr("Synchronisation")},
                                                                    {QStringLiteral("account"), tr("Administration")}}};
    for (int page = 0; page < PageCount; ++page) {
        QAction *action = bar->addAction(m_context.theme.icon(pages[page].first), pages[page].second);
        action->setCheckable(true);
        action->setShortcut(QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + page)));
        action->setToolTip(QStringLiteral("%1 (Ctrl+%2)").arg(pages[page].second).arg(page + 1));
        m_pageActions->addAction(action);
        connect(action, &QAction::triggered, this, [this, page] { openPage(static_cast<WorkspacePage>(page)); });
    }
    m_pageActions->actions().first()->setChecked(true);
    showAllowedPages();
    connect(&m_context.store, &LocalStore::authorChanged, this, &MainWindow::showAllowedPages);
    auto *stretch = new QWidget(bar);
    stretch->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(stretch);
    auto *settings = new QToolButton(bar);
    settings->setIcon(m_context.theme.icon(QStringLiteral("settings")));
    settings->setText(tr("Settings"));
    settings->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    settings->setPopupMode(QToolButton::InstantPopup);
    settings->setFocusPolicy(Qt::TabFocus);
    buildSettingsMenu(*settings);
    bar->addWidget(settings);
}

// An action that is not seen answers to no key either.
void MainWindow::showAllowedPages()
{
    const bool administers = AdministrationPage::isFor(m_context);
    m_pageActions->actions().at(Administration)->setVisible(administers);
    if (!administers && page() == Administration)
        openPage(Operations);
}

void MainWindow::buildSettingsMenu(QToolButton &button)
{
    auto *menu = new QMenu(&button);
    QMenu *theme = menu->addMenu(m_context.theme.icon(QStringLiteral("theme")), tr("Theme"));
    const std::array<QString, 3> modes{tr("As the system"), tr("Light"), tr("Dark")};
    auto *themes = new QActionGroup(theme);
    for (int mode = 0; mode < 3; ++mode) {
        QAction *action = themes->addAction(theme->addAction(modes[mode]));
        action->setCheckable(true);
        action->setChecked(mode == static_cast<int>(m_context.theme.mode()));
        connect(action, &QAction::triggered, this, [this, mode] { Q_EMIT themeChosen(mode); });
    }
    QMenu *language = menu->addMenu(m_context.theme.icon(QStringLiteral("language")), tr("Language"));
    auto *languages = new QActionGroup(language);
    for (const auto &[code, name] : {std::pair(QStringLiteral("vi"), QStringLiteral("Tiếng Việt")), std::pair(QStringLiteral("en"), QStringLiteral("English"))}) {
        QAction *action = languages->addAction(language->addAction(name));
        action->setCheckable(true);
        action->setChecked(m_context.language == code);
        connect(action, &QAction::triggered, this, [this, language = code] { Q_EMIT languageChosen(language); });
    }
    QMenu *panes = menu->addMenu(m_context.theme.icon(QStringLiteral("layers")), tr("Panes"));
    for (QDockWidget *dock : std::as_const(m_docks))
        panes->addAction(dock->toggleViewAction());
    panes->addSeparator();
    connect(panes->addAction(tr("Arrange as at first")), &QAction::triggered, this, [this] { arrangeDocks(); });
    menu->addSeparator();
    connect(menu->addAction(m_context.theme.icon(QStringLiteral("refresh")), tr("Synchronise now")), &QAction::triggered, this, &MainWindow::syncRequested);
    addAccountActions(*menu);
    button.setMenu(menu);
}

void MainWindow::addAccountActions(QMenu &menu)
{
    menu.addSeparator();
    QMenu *minutes = menu.addMenu(m_context.theme.icon(QStringLiteral("clock")), tr("Lock after"));
    auto *choices = new QActionGroup(minutes);
    const int chosen = lockMinutes();
    for (const int each : lockChoices) {
        QAction *action = choices->addAction(minutes->addAction(tr("%n minute(s)", nullptr, each)));
        action->setCheckable(true);
        action->setChecked(each == chosen);
        connect(action, &QAction::triggered, this, [this, each] { Q_EMIT lockMinutesChosen(each); });
    }
    QAction *lock = menu.addAction(m_context.theme.icon(QStringLiteral("lock")), tr("Lock now"));
    lock->setShortcut(Qt::CTRL | Qt::Key_L);
    addAction(lock); // wherever the focus is
    connect(lock, &QAction::triggered, this, &MainWindow::lockRequested);
    m_passwordAction = menu.addAction(m_context.theme.icon(QStringLiteral("edit")), tr("Change the password…"));
    connect(m_passwordAction, &QAction::triggered, this, &MainWindow::passwordChangeRequested);
    connect(menu.addAction(m_context.theme.icon(QStringLiteral("user")), tr("Sign out")), &QAction::triggered, this, &MainWindow::signOutRequested);
}

void MainWindow::setHasPin(bool hasPin)
{
    m_passwordAction->setText(hasPin ? tr("PIN of this device…") : tr("Change the password…"));
}

int MainWindow::lockMinutes()
{
    const int kept = QSettings().value(QStringLiteral("lock/minutes"), defaultLockMinutes).toInt();
    return std::ranges::contains(lockChoices, kept) ? kept : defaultLockMinutes;
}

// Apart for each person and each arrangement of monitors: a wall of screens is not a laptop.
QString MainWindow::layoutKey() const
{
    QStringList screens;
    const auto all = QGuiApplication::screens();
    for (const QScreen *each : all)
        screens += QStringLiteral("%1x%2").arg(each->geometry().width()).arg(each->geometry().height());
    return QStringLiteral("layout/%1/%2").arg(m_context.store.author().account.toString(), screens.join(u'+'));
}

void MainWindow::arrangeDocks()
{
    const auto dock = [this](const char *name) { return m_operations->findChild<QDockWidget *>(QString::fromLatin1(name)); };
    for (QDockWidget *each : std::as_const(m_docks)) {
        each->setFloating(false);
        each->show();
    }
    m_operations->addDockWidget(Qt::LeftDockWidgetArea, dock("indicators"));
    m_operations->addDockWidget(Qt::RightDockWidgetArea, dock("cameras"));
    m_operations->splitDockWidget(dock("cameras"), dock("detail"), Qt::Vertical);
    m_operations->addDockWidget(Qt::BottomDockWidgetArea, dock("queue"));
    const int width = m_operations->width();
    const int height = m_operations->height();
    m_operations->resizeDocks({dock("indicators"), dock("cameras")}, {width * 22 / 100, width * 26 / 100}, Qt::Horizontal);
    // On a small screen the queue keeps five rows; the map gives way.
    m_operations->resizeDocks({dock("queue")}, {std::max(height * 36 / 100, std::min(340, height / 2))}, Qt::Vertical);
    m_operations->resizeDocks({dock("cameras"), dock("detail")}, {height * 44 / 100, height * 56 / 100}, Qt::Vertical);
}

void MainWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    if (std::exchange(m_arranged, true))
        return;
    const QByteArray state = QSettings().value(layoutKey()).toByteArray();
    if (state.isEmpty() || !m_operations->restoreState(state))
        QTimer::singleShot(0, this, [this] { arrangeDocks(); }); // sizes are known once the window has its own
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    QSettings().setValue(layoutKey(), m_operations->saveState());
    if (!isMaximized() && !isFullScreen())
        QSettings().setValue(QStringLiteral("window/size"), size());
    QMainWindow::closeEvent(event);
}

void MainWindow::openPage(WorkspacePage page)
{
    m_pages->setCurrentIndex(page);
    m_pageActions->actions().at(page)->setChecked(true);
}

bool MainWindow::openEveryType()
{
    bool all = true;
    openPage(Catalogue);
    const QStringList types = m_catalogue->types();
    for (const QString &type : types) {
        m_catalogue->showType(type);
        QCoreApplication::processEvents();
        all = all && m_catalogue->table(type) != nullptr;
    }
    return all;
}

MainWindow::WorkspacePage MainWindow::page() const
{
    return static_cast<WorkspacePage>(m_pages->currentIndex());
}

void MainWindow::selectRecord(const QString &type, const Id &record)
{
    m_context.store.record(type, record).then(this, [this](const Result<std::optional<StoredRecord>> &found) {
        if (!found || !*found)
            return;
        const StoredRecord &row = **found;
        if (row.record.type == complaintType()) {
            m_queue->select(row.key);
            showComplaint(row);
        } else {
            m_map->show(row);
            if (row.record.type == u"camera")
                m_cameras->showCameras({row.record.id}, false);
        }
    });
}

void MainWindow::showComplaint(const StoredRecord &complaint)
{
    m_detail->show(complaint);
    m_map->show(complaint);
    const RecordType &type = *m_context.catalog().type(complaintType());
    const QCborArray place = complaint.record.value(type.placeField()->name).toArray();
    if (place.size() == 2)
        m_cameras->showNearest(place[0].toDouble(), place[1].toDouble());
}

void MainWindow::showRecords(const Query &query, const QString &title)
{
    if (query.type == complaintType()) {
        openPage(Operations);
        m_queue->showQuery(query);
        return;
    }
    openPage(Catalogue);
    m_catalogue->showQuery(query, title);
}

void MainWindow::editRecord(const QString &typeName, const Id &id, const Values &values)
{
    const RecordType *type = m_context.catalog().type(typeName);
    if (!type)
        return;
    const auto open = [this, type](const Record &record, bool isNew) {
        auto *dialog = new RecordDialog(m_context, *type, record, isNew, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &RecordDialog::saved, this, [this, type, isNew](const Id &saved, const QList<FieldChange> &changes) {
            if (isNew) // is taken back by nobody: others may have it already
                tell(tr("Saved on this device"), {}, {});
            else
                tell(tr("Saved on this device"), tr("Undo"), [this, type, saved, changes] { undoEdit(type->name, saved, changes); });
            if (!type->workflow.isEmpty())
                selectRecord(type->name, saved);
        });
        dialog->open();
    };
    if (id.isNull()) {
        Record fresh{.type = typeName, .id = Id::create(m_context.clock), .values = values};
        if (type->field(u"received_at"))
            fresh.values.insert(QStringLiteral("received_at"), m_context.clock.nowMs());
        open(fresh, true);
        return;
    }
    m_context.store.record(typeName, id).then(this, [open](const Result<std::optional<StoredRecord>> &found) {
        if (found && *found)
            open((*found)->record, false);
    });
}

// An edit of its own, which others see as such: history is never rewritten.
void MainWindow::undoEdit(const QString &type, const Id &record, const QList<FieldChange> &changes)
{
    QList<FieldChange> back;
    for (const FieldChange &change : changes)
        back += {change.field, change.newValue, change.oldValue};
    m_context.store.save({Draft{OperationKind::Edit, type, record, back, {}, {}}}).then(this, [this](const Result<Saved> &saved) {
        tell(saved ? tr("The earlier values are back") : saved.error().message, {}, {});
    });
}

void MainWindow::tell(const QString &message, const QString &actionText, const std::function<void()> &action)
{
    m_toldAction = action;
    m_told->say(Tone::Info, message, actionText);
    m_toldTimer->start();
}

void MainWindow::setFiles(FileStore &files)
{
    m_files = new AttachmentController(m_context, files, this);
    m_detail->setFiles(*m_files);
    adoptStills();
}

// Pictures that were kept on this device while files did not travel yet: folder by complaint.
void MainWindow::adoptStills()
{
    const RecordType &type = *m_context.catalog().type(complaintType());
    connect(m_files, &AttachmentController::added, this, [this](const Id &parent, const Record &attachment) {
        QFile::remove(QStringLiteral("%1/stills/%2/%3").arg(m_profileFolder, parent.toString(), attachment.text(QStringLiteral("name"))));
    });
    for (QDirIterator it(m_profileFolder + QStringLiteral("/stills"), {QStringLiteral("*.jpg")}, QDir::Files, QDirIterator::Subdirectories); it.hasNext();) {
        const QFileInfo still = it.nextFileInfo();
        const auto complaint = Id::fromString(still.dir().dirName());
        if (complaint && !complaint->isNull())
            m_files->add(type, *complaint, {FileSource{.path = still.filePath(), .bytes = {}, .name = {}}}, {.takenMs = still.lastModified().toMSecsSinceEpoch(), .camera = {}});
    }
}

void MainWindow::saveStill(const Id &camera, const QImage &image)
{
    const Record complaint = m_detail->complaint();
    if (complaint.id.isNull()) {
        tell(tr("Choose a complaint first: the image is kept with it."), {}, {});
        return;
    }
    if (!m_files)
        return;
    const qint64 now = m_context.clock.nowMs();
    const QString name = m_cameras->cameraName(camera);
    const QString stem = QStringLiteral("%1 %2").arg(name, m_context.format.dateTime(now)).replace(u'/', u'-').replace(u':', u'.');
    m_files->addImage(*m_context.catalog().type(complaintType()), complaint.id, image, stem, false, {.takenMs = now, .camera = camera});
    m_detail->noteStill(complaint, tr("Image from camera “%1”: %2").arg(name, stem + QStringLiteral(".jpg")));
    tell(tr("Image saved to the complaint"), {}, {});
}

} // namespace ioc
