// SPDX-License-Identifier: GPL-3.0-or-later
#include <support/desk.h>

#include <map/mapwidget.h>
#include <store/workflowsteps.h>

#include <QCborArray>

namespace ioc {

Desk::Desk(Theme &theme, const QUrl &server, const QString &authorityFile, std::shared_ptr<const TypeCatalog> catalog)
    : m_catalog(std::move(catalog)), m_theme(theme)
{
    m_store = std::make_unique<LocalStore>(LocalStore::Options{m_folder.filePath(QStringLiteral("store")), m_catalog, &m_clock});
    m_client = std::make_unique<CentralClient>(
        CentralClient::Options{server, CentralClient::authoritiesFrom(authorityFile).value_or(QList<QSslCertificate>()), QStringLiteral("vi")});
    m_secrets = std::make_unique<FileSecretStore>(m_folder.filePath(QStringLiteral("secrets")));
    m_engine = std::make_unique<SyncEngine>(*m_store, *m_client, *m_secrets, m_clock);
    m_titles = std::make_unique<ReferenceTitles>(*m_store, QStringLiteral("vi"));
    m_context = std::make_unique<UiContext>(UiContext{*m_store, m_theme, m_clock, Format(), QStringLiteral("vi"), *m_titles, m_workspace});
}

Desk::~Desk() = default;

bool Desk::open()
{
    return wait(m_store->open()).has_value();
}

bool Desk::signIn(const QString &login, const QString &password)
{
    return wait(m_engine->signIn(login, password)).has_value();
}

void Desk::show(const QSize &size)
{
    const QString base = QStringLiteral(IOC_BINARY_DIR "/share/tourism-ioc/basemap-light.mbtiles");
    m_window = std::make_unique<MainWindow>(*m_context, m_workspace, MapPacks{{base}, {base}}, m_folder.path());
    m_window->resize(size);
    m_window->show();
}

Id Desk::addComplaint(const QString &title, double latitude, double longitude)
{
    const Id id = Id::create(m_clock);
    const WorkflowSteps steps(*m_catalog, m_store->author(), m_clock);
    const auto drafts = steps.create(QStringLiteral("complaint"), id,
                                     {{QStringLiteral("title"), title},
                                      {QStringLiteral("category"), QStringLiteral("price")},
                                      {QStringLiteral("priority"), QStringLiteral("2_high")},
                                      {QStringLiteral("received_at"), m_clock.nowMs()},
                                      {QStringLiteral("place"), QCborArray{latitude, longitude}}});
    if (!drafts || !wait(m_store->save(*drafts)))
        return {};
    return id;
}

} // namespace ioc
