// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/browsersignin.h>
#include <desktop/desktop.h>
#include <desktop/entrycontroller.h>
#include <desktop/idlewatch.h>
#include <desktop/lockcover.h>
#include <desktop/mainwindow.h>
#include <desktop/passworddialog.h>
#include <desktop/screenreport.h>
#include <desktop/selftest.h>
#include <desktop/signindialog.h>

#include <administration/administrationpage.h>
#include <base/refusal.h>
#include <map/mapwidget.h>

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QMessageBox>
#include <QSettings>
#include <QTimer>

namespace ioc {

namespace {
constexpr int completeTimeoutMs = 90'000;

// Beside the program when built, in /usr/share when installed.
QString shareFile(const QString &name)
{
    for (const QString &folder : {QCoreApplication::applicationDirPath() + QStringLiteral("/../share/tourism-ioc/"), QStringLiteral("/usr/share/tourism-ioc/")}) {
        if (QFile::exists(folder + name))
            return QDir::cleanPath(folder + name);
    }
    return {};
}

ConnectionState::Kind kindOf(SyncState::Kind kind)
{
    switch (kind) {
    case SyncState::Kind::SignedOut: return ConnectionState::Kind::SignedOut;
    case SyncState::Kind::Connecting: return ConnectionState::Kind::Connecting;
    case SyncState::Kind::Offline: return ConnectionState::Kind::Offline;
    case SyncState::Kind::Syncing: return ConnectionState::Kind::Syncing;
    case SyncState::Kind::Online: return ConnectionState::Kind::Online;
    }
    return ConnectionState::Kind::Offline;
}
} // namespace

Desktop::Desktop(QApplication &app, DesktopOptions options) : m_app(app), m_options(std::move(options)), m_theme(app)
{
    chooseLanguage();
    QSettings settings;
    if (!m_options.theme.isEmpty())
        m_theme.setDark(m_options.theme == u"dark");
    else
        m_theme.setMode(static_cast<Theme::Mode>(settings.value(QStringLiteral("theme"), 0).toInt()));
    if (!m_options.server.isEmpty())
        settings.setValue(QStringLiteral("server"), m_options.server);
    if (!m_options.authorityFile.isEmpty())
        settings.setValue(QStringLiteral("ca"), QFileInfo(m_options.authorityFile).absoluteFilePath());
    if (!m_options.mapPacks.isEmpty())
        settings.setValue(QStringLiteral("map_packs"), m_options.mapPacks);
    m_options.server = settings.value(QStringLiteral("server")).toUrl();
    m_options.authorityFile = settings.value(QStringLiteral("ca")).toString();
    m_options.mapPacks = settings.value(QStringLiteral("map_packs")).toStringList();
}

Desktop::~Desktop() = default;

void Desktop::chooseLanguage()
{
    m_language = m_options.language.isEmpty() ? QSettings().value(QStringLiteral("language"), QStringLiteral("vi")).toString() : m_options.language;
    if (m_translator.load(QStringLiteral(":/i18n/tourism-ioc_%1.qm").arg(m_language)))
        QCoreApplication::installTranslator(&m_translator);
    QLocale::setDefault(m_language == u"vi" ? QLocale(QLocale::Vietnamese, QLocale::Vietnam) : QLocale(QLocale::English, QLocale::UnitedKingdom));
}

void Desktop::start()
{
    if (!prepareEntry())
        return;
    if (m_revokedDevice.isNull())
        openStore();
    else if (isUnattended())
        stop(refusalError(Refusal::DeviceRevoked).message);
    else
        showRevoked();
}

void Desktop::openStore()
{
    // A deployment's own kinds of record, each one file; central has the same.
    const QString ownTypes = m_options.profile + QStringLiteral("/types");
    auto catalog = TypeCatalog::load(QFileInfo::exists(ownTypes) ? QStringList{ownTypes} : QStringList());
    if (!catalog) {
        stop(catalog.error().message);
        return;
    }
    m_store = std::make_unique<LocalStore>(LocalStore::Options{m_options.profile + QStringLiteral("/store"), *catalog, &m_clock});
    m_store->open().then(this, [this](const Result<OpenReport> &report) {
        if (report)
            storeOpened(*report);
        else
            stop(report.error().message);
    });
}

void Desktop::storeOpened(const OpenReport &report)
{
    m_engine = std::make_unique<SyncEngine>(*m_store, *m_client, *m_secrets, m_clock);
    m_looks = std::make_unique<LookReporter>(*m_store, *m_client, *m_engine);
    connect(m_engine.get(), &SyncEngine::stateChanged, this, &Desktop::connectionChanged);
    connect(m_engine.get(), &SyncEngine::sessionChanged, this, &Desktop::showUser);
    m_entry = std::make_unique<EntryController>(*m_engine, *m_offline);
    connect(m_entry.get(), &EntryController::entered, this, &Desktop::entered);
    connect(m_entry.get(), &EntryController::refused, this, &Desktop::entryRefused);
    connect(m_entry.get(), &EntryController::pinMissing, this, &Desktop::offerPin);
    connect(m_entry.get(), &EntryController::providerTaken, this, &Desktop::noteProvider);
    connect(m_entry.get(), &EntryController::passwordTaken, this, [this] { m_secrets->remove(pinSecret()); });
    openFiles();
    m_titles = std::make_unique<ReferenceTitles>(*m_store, m_language);
    m_context = std::make_unique<UiContext>(UiContext{*m_store, m_theme, m_clock, Format(QLocale()), m_language, *m_titles, m_workspace});
    if (!report.damagedFile.isEmpty())
        m_openNotice = tr("The local data were damaged and are fetched anew from central. %n change(s) not yet sent were rescued.", nullptr, report.rescuedOperations);
    signIn();
}

void Desktop::openFiles()
{
    const qint64 cacheMb = QSettings().value(QStringLiteral("files/cache_mb"), 1024).toLongLong();
    m_files = std::make_unique<FileStore>(FileStore::Options{m_options.profile + QStringLiteral("/files"), &m_clock, cacheMb * 1024 * 1024});
    m_files->open().then(this, [this](const Result<void> &opened) {
        if (!opened)
            m_openNotice = opened.error().message;
    });
    m_transfer = std::make_unique<FileTransfer>(*m_files, *m_store, m_client->options(), m_clock);
    m_transfer->follow(*m_engine);
}

// Everything of the person and of the store goes from the screen and from memory; the files stay as they are.
void Desktop::closeStore()
{
    m_dialog.reset();
    m_idle.reset();
    m_heartbeat.stop();
    m_window.reset();
    m_context.reset();
    m_titles.reset();
    m_transfer.reset();
    m_looks.reset();
    m_entry.reset();
    m_engine.reset();
    m_files.reset();
    m_store.reset();
}

MapPacks Desktop::mapPacks() const
{
    MapPacks packs;
    for (const QString &pack : m_options.mapPacks) {
        const QString name = QFileInfo(pack).completeBaseName();
        if (!name.endsWith(QStringLiteral("-dark")))
            packs.light += pack;
        if (!name.endsWith(QStringLiteral("-light")))
            packs.dark += pack;
    }
    if (const QString base = shareFile(QStringLiteral("basemap-light.mbtiles")); !base.isEmpty())
        packs.light += base;
    if (const QString base = shareFile(QStringLiteral("basemap-dark.mbtiles")); !base.isEmpty())
        packs.dark += base;
    return packs;
}

void Desktop::showWindow()
{
    if (m_window)
        return;
    m_window = std::make_unique<MainWindow>(*m_context, m_workspace, mapPacks(), m_options.profile);
    m_window->setFiles(*m_files);
    connectWindow();
    m_window->administration().setAccess({m_client.get(), [this] { return m_engine ? m_engine->session().accessToken : QString(); }});
    connectionChanged(m_engine->state());
    showUser();
    if (m_options.size.isValid())
        m_window->resize(m_options.size);
    if (isUnattended())
        m_window->move(0, 0);
    m_window->show();
    if (!isUnattended())
        watchForIdleness();
    if (!m_openNotice.isEmpty()) // however long signing in took
        m_window->tell(std::exchange(m_openNotice, {}), {}, {});
    if (isUnattended())
        finishUnattended();
}

void Desktop::connectWindow()
{
    connect(m_window.get(), &MainWindow::themeChosen, this, [this](int mode) {
        QSettings().setValue(QStringLiteral("theme"), mode);
        m_theme.setMode(static_cast<Theme::Mode>(mode));
    });
    connect(m_window.get(), &MainWindow::languageChosen, this, [this](const QString &language) {
        QSettings().setValue(QStringLiteral("language"), language);
        m_window->tell(tr("The language changes when the program is started again."), {}, {});
    });
    connect(m_window.get(), &MainWindow::syncRequested, m_engine.get(), &SyncEngine::syncNow);
    connect(m_window.get(), &MainWindow::signOutRequested, this, [this] {
        m_engine->signOut();
        m_window->close();
    });
    connect(m_window.get(), &MainWindow::lockRequested, this, &Desktop::lock);
    connect(m_window.get(), &MainWindow::passwordChangeRequested, this, &Desktop::askForSecret);
    connect(m_window.get(), &MainWindow::lockMinutesChosen, this, [this](int minutes) {
        QSettings().setValue(QStringLiteral("lock/minutes"), minutes);
        if (m_idle)
            m_idle->setLimitMs(minutes * 60'000LL);
    });
}

void Desktop::finishUnattended()
{
    if (m_options.selfTest) {
        QTimer::singleShot(0, this, [this] { m_app.exit(selfTest(*m_window) ? 0 : 1); });
        return;
    }
    auto *report = new ScreenReport(*m_window, m_options.screenshot, completeTimeoutMs, this);
    connect(report, &ScreenReport::finished, this, [this, report](bool complete) {
        if (!complete)
            qCritical("The screen is not complete: %s", qUtf8Printable(report->missing().join(QStringLiteral(", "))));
        m_app.exit(complete ? 0 : 1);
    });
}

void Desktop::connectionChanged(const SyncState &state)
{
    if (refusalOf(state.reason) == Refusal::DeviceRevoked) {
        deviceRevoked();
        return;
    }
    if (!m_window)
        return;
    m_window->statusLine().setConnection({kindOf(state.kind), state.reason.message, state.lastSyncMs, state.snapshot});
    m_window->administration().setOnline(state.kind == SyncState::Kind::Online || state.kind == SyncState::Kind::Syncing);
    if (state.kind == SyncState::Kind::SignedOut && state.reason.code == ErrorCode::Unauthenticated && !isUnattended() && !isCovered())
        askForSignIn(state.reason.message);
}

void Desktop::showUser()
{
    if (!m_window)
        return;
    m_window->statusLine().setUser(m_engine->session().displayName, {});
    m_window->setHasPin(takesPin());
    if (m_engine->session().mustChangePassword && !isUnattended())
        askForNewPassword();
}

void Desktop::stop(const QString &message)
{
    qCritical("%s", qUtf8Printable(message));
    if (!isUnattended())
        QMessageBox::critical(nullptr, tr("Tourism IOC"), message);
    QTimer::singleShot(0, &m_app, [] { QCoreApplication::exit(1); });
}

} // namespace ioc
