// SPDX-License-Identifier: GPL-3.0-or-later
#include <support/desk.h>

#include <administration/administrationpage.h>
#include <map/mapwidget.h>
#include <store/workflowsteps.h>

#include <QCborArray>
#include <QDir>
#include <QScreen>
#include <QSettings>
#include <QTranslator>

namespace ioc {

Desk::Desk(Theme &theme, const QUrl &server, const QString &authorityFile, std::shared_ptr<const TypeCatalog> catalog)
    : m_catalog(std::move(catalog)), m_theme(theme)
{
    m_store = std::make_unique<LocalStore>(LocalStore::Options{m_folder.filePath(QStringLiteral("store")), m_catalog, &m_clock});
    m_client = std::make_unique<CentralClient>(
        CentralClient::Options{server, CentralClient::authoritiesFrom(authorityFile).value_or(QList<QSslCertificate>()), QStringLiteral("vi")});
    m_secrets = std::make_unique<FileSecretStore>(m_folder.filePath(QStringLiteral("secrets")));
    m_engine = std::make_unique<SyncEngine>(*m_store, *m_client, *m_secrets, m_clock);
    m_looks = std::make_unique<LookReporter>(*m_store, *m_client, *m_engine);
    m_files = std::make_unique<FileStore>(FileStore::Options{.folder = m_folder.filePath(QStringLiteral("files")), .clock = &m_clock});
    m_transfer = std::make_unique<FileTransfer>(*m_files, *m_store, CentralClient::Options{server, CentralClient::authoritiesFrom(authorityFile).value_or(QList<QSslCertificate>()), QStringLiteral("vi")}, m_clock);
    m_transfer->follow(*m_engine);
    m_titles = std::make_unique<ReferenceTitles>(*m_store, QStringLiteral("vi"));
    m_context = std::make_unique<UiContext>(UiContext{*m_store, m_theme, m_clock, Format(), QStringLiteral("vi"), *m_titles, m_workspace});
}

Desk::~Desk() = default;

bool Desk::open()
{
    const auto files = m_files->open();
    return wait(m_store->open()).has_value() && QTest::qWaitFor([&] { return files.isFinished(); }, 20'000) && files.result();
}

bool Desk::signIn(const QString &login, const QString &password)
{
    return wait(m_engine->signIn(login, password)).has_value();
}

void Desk::show(const QSize &size)
{
    const QString base = QStringLiteral(IOC_BINARY_DIR "/share/tourism-ioc/basemap-%1.mbtiles");
    m_window = std::make_unique<MainWindow>(*m_context, m_workspace, MapPacks{{base.arg(QStringLiteral("light"))}, {base.arg(QStringLiteral("dark"))}}, m_folder.path());
    AdministrationPage &administration = m_window->administration();
    administration.setAccess({m_client.get(), [this] { return m_engine->session().accessToken; }});
    const auto tell = [&administration](const SyncState &state) { administration.setOnline(state.kind == SyncState::Kind::Online || state.kind == SyncState::Kind::Syncing); };
    QObject::connect(m_engine.get(), &SyncEngine::stateChanged, m_window.get(), tell);
    tell(m_engine->state());
    m_window->setFiles(*m_files);
    m_window->resize(size);
    m_window->show();
}

Id Desk::addComplaint(const QString &title, double latitude, double longitude, const QString &category)
{
    const Id id = Id::create(m_clock);
    const WorkflowSteps steps(*m_catalog, m_store->author(), m_clock);
    const auto drafts = steps.create(QStringLiteral("complaint"), id,
                                     {{QStringLiteral("title"), title},
                                      {QStringLiteral("category"), category},
                                      {QStringLiteral("priority"), QStringLiteral("2_high")},
                                      {QStringLiteral("received_at"), m_clock.nowMs()},
                                      {QStringLiteral("place"), QCborArray{latitude, longitude}}});
    if (!drafts || !wait(m_store->save(*drafts)))
        return {};
    return id;
}

Id Desk::addRecord(const QString &type, const Values &values, const Id &id)
{
    Draft draft{.kind = OperationKind::Create, .type = type, .record = id.isNull() ? Id::create(m_clock) : id};
    for (const auto &[field, value] : values.asKeyValueRange())
        draft.changes += {field, {}, value};
    return wait(m_store->save({draft})) ? draft.record : Id();
}

StoredRecord Desk::stored(const QString &type, const Id &record)
{
    const auto found = wait(m_store->record(type, record));
    return found && *found ? **found : StoredRecord();
}

void Desk::useOwnSettings(const QString &program)
{
    QCoreApplication::setOrganizationName(QStringLiteral("tourism-ioc-tests"));
    QCoreApplication::setApplicationName(program);
    QSettings::setDefaultFormat(QSettings::IniFormat);
    static const QTemporaryDir settings;
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
    // As it is delivered: Vietnamese.
    static QTranslator translator;
    if (!translator.load(QStringLiteral(":/i18n/tourism-ioc_vi.qm")) || !QCoreApplication::installTranslator(&translator))
        qFatal("no Vietnamese texts");
    QLocale::setDefault(QLocale(QLocale::Vietnamese, QLocale::Vietnam));
}

void Desk::keepPicture(QWidget &window, const QString &name)
{
    const QString folder = qEnvironmentVariable("IOC_PICTURES");
    if (folder.isEmpty())
        return;
    window.raise();
    const QPoint at = window.mapToGlobal(QPoint());
    QTest::qWait(100); // painting is not waited for in any test: only the picture needs it
    if (!QDir().mkpath(folder) || !window.screen()->grabWindow(0, at.x(), at.y(), window.width(), window.height()).save(folder + u'/' + name + QStringLiteral(".png")))
        qWarning("cannot keep the picture %s", qPrintable(name));
}

} // namespace ioc
