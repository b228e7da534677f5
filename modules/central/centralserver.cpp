// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/centralserver.h>
#include <central/requesttext.h>

#include <wire/codec.h>

#include <QCoreApplication>

namespace ioc {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Central)
};

} // namespace

Result<void> CentralServer::listen(const CertificateFiles &files, const QHostAddress &address, quint16 port, const ConnectionLimits &limits, const FileLimits &fileLimits, const std::optional<ProviderSettings> &provider)
{
    m_certificate = std::make_unique<CertificateWatch>(files, m_storage.clock());
    const auto tls = m_certificate->load();
    if (!tls)
        return std::unexpected(tls.error());
    const QByteArray tooLarge = [] {
        const LanguageScope language(QStringLiteral("vi")); // of the one answer that is made before its request is read
        return wire::encode(Error{ErrorCode::TooLarge, Words::tr("The message is too large. Send less at a time."), {}});
    }();
    auto server = std::make_unique<GuardedServer>(*tls, limits, tooLarge);
    if (!server->listen(address, port)) {
        if (server->serverError() == QAbstractSocket::AddressInUseError)
            return failure(ErrorCode::Conflict, Words::tr("Port %1 is taken by another program. Stop that program or choose another port with --port.").arg(port));
        return failure(ErrorCode::Denied, Words::tr("Central cannot listen on %1, port %2: %3").arg(address.toString()).arg(port).arg(server->errorString()));
    }
    m_sequencer = std::make_unique<Sequencer>(m_storage);
    m_routes = std::make_unique<Routes>(m_storage, *m_sequencer, *server, SnapshotLimits(), fileLimits, provider);
    m_server = server.release();
    m_routes->bind(m_server);
    QObject::connect(m_certificate.get(), &CertificateWatch::changed, m_server, &GuardedServer::setCertificate);
    return {};
}

Result<void> CentralServer::listenForMetrics(quint16 port)
{
    m_metrics = std::make_unique<MetricsServer>(MetricsSources{m_storage, *m_sequencer, *m_routes, *m_server, *m_certificate});
    return m_metrics->listen(port);
}

void CentralServer::reloadCertificate()
{
    if (m_certificate)
        m_certificate->look();
}

void CentralServer::stop()
{
    if (m_server)
        m_server->stop();
    if (m_routes)
        m_routes->stop();
}

CentralServer::~CentralServer()
{
    stop();
    // Answers that came too late hold their way back, which needs what ends with the routes.
    if (m_routes)
        QCoreApplication::removePostedEvents(m_routes.get());
}

} // namespace ioc
