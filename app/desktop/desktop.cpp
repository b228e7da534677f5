// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/desktop.h>
#include <desktop/mainwindow.h>
#include <desktop/screenreport.h>
#include <desktop/selftest.h>
#include <desktop/signindialog.h>

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

QString firstLine(const QString &file)
{
    QFile in(file);
    return in.open(QIODevice::ReadOnly) ? QString::fromUtf8(in.readLine(4096)).trimmed() : QString();
}

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
    openStore();
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
    QList<QSslCertificate> authorities;
    if (!m_options.authorityFile.isEmpty()) {
        const auto read = CentralClient::authoritiesFrom(m_options.authorityFile);
        if (!read) {
            stop(read.error().message);
            return;
        }
        authorities = *read;
    }
    const CentralClient::Options central{m_options.server, authorities, m_language};
    m_client = std::make_unique<CentralClient>(central);
    m_secrets = std::make_unique<FileSecretStore>(m_options.profile + QStringLiteral("/secrets"));
    m_engine = std::make_unique<SyncEngine>(*m_store, *m_client, *m_secrets, m_clock);
    connect(m_engine.get(), &SyncEngine::stateChanged, this, &Desktop::connectionChanged);
    connect(m_engine.get(), &SyncEngine::sessionChanged, this, &Desktop::showUser);
    openFiles(central);
    m_titles = std::make_unique<ReferenceTitles>(*m_store, m_language);
    m_context = std::make_unique<UiContext>(UiContext{*m_store, m_theme, m_clock, Format(QLocale()), m_language, *m_titles, m_workspace});
    if (!report.damagedFile.isEmpty())
        m_openNotice = tr("The local data were damaged and are fetched anew from central. %n change(s) not yet sent were rescued.", nullptr, report.rescuedOperations);
    signIn();
}

void Desktop::openFiles(const CentralClient::Options &central)
{
    const qint64 cacheMb = QSettings().value(QStringLiteral("files/cache_mb"), 1024).toLongLong();
    m_files = std::make_unique<FileStore>(FileStore::Options{m_options.profile + QStringLiteral("/files"), &m_clock, cacheMb * 1024 * 1024});
    m_files->open().then(this, [this](const Result<void> &opened) {
        if (!opened)
            m_openNotice = opened.error().message;
    });
    m_transfer = std::make_unique<FileTransfer>(*m_files, *m_store, central, m_clock);
    m_transfer->follow(*m_engine);
}

void Desktop::signIn()
{
    if (m_engine->resume()) { // works with no network
        showWindow();
        return;
    }
    if (m_options.server.isEmpty()) {
        if (m_options.selfTest)
            showWindow();
        else
            stop(tr("This device does not know its center yet. Start once with --server https://host:port --ca ca.pem."));
        return;
    }
    if (m_options.account.isEmpty()) {
        if (isUnattended()) // nobody is there to answer
            stop(tr("Nobody is signed in on this device. Give --account and --password-file."));
        else
            askForSignIn({});
        return;
    }
    m_engine->signIn(m_options.account, firstLine(m_options.passwordFile)).then(this, [this](const Result<Session> &session) {
        if (session)
            showWindow();
        else if (isUnattended())
            stop(session.error().message);
        else
            askForSignIn(SignInDialog::problemText(session.error()));
    });
}

void Desktop::askForSignIn(const QString &problem)
{
    if (!m_dialog) {
        m_dialog = std::make_unique<SignInDialog>(m_theme, m_options.server.authority(), m_options.account);
        connect(m_dialog.get(), &SignInDialog::signInRequested, this, [this](const QString &login, const QString &password) {
            m_engine->signIn(login, password).then(this, [this](const Result<Session> &session) {
                if (!session) {
                    m_dialog->showProblem(SignInDialog::problemText(session.error()));
                    return;
                }
                m_dialog->accept();
                showWindow();
            });
        });
        connect(m_dialog.get(), &QDialog::rejected, this, [this] {
            if (!m_window)
                m_app.quit();
        });
    }
    m_dialog->setBusy(false);
    m_dialog->show();
    if (!problem.isEmpty())
        m_dialog->showProblem(problem);
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
    connectionChanged(m_engine->state());
    showUser();
    if (m_options.size.isValid())
        m_window->resize(m_options.size);
    if (isUnattended())
        m_window->move(0, 0);
    m_window->show();
    if (!m_openNotice.isEmpty()) // however long signing in took
        m_window->tell(std::exchange(m_openNotice, {}), {}, {});
    if (isUnattended())
        finishUnattended();
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
    if (!m_window)
        return;
    m_window->statusLine().setConnection({kindOf(state.kind), state.reason.message, state.lastSyncMs, state.snapshot});
    if (state.kind == SyncState::Kind::SignedOut && state.reason.code == ErrorCode::Unauthenticated && !isUnattended())
        askForSignIn(state.reason.message);
}

void Desktop::showUser()
{
    if (m_window)
        m_window->statusLine().setUser(m_engine->session().displayName, {});
}

void Desktop::stop(const QString &message)
{
    qCritical("%s", qUtf8Printable(message));
    if (!isUnattended())
        QMessageBox::critical(nullptr, tr("Tourism IOC"), message);
    QTimer::singleShot(0, &m_app, [] { QCoreApplication::exit(1); });
}

} // namespace ioc
