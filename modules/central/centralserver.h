// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <central/certificatewatch.h>
#include <central/metricsserver.h>
#include <central/routes.h>

namespace ioc {

/// Central as it serves: the storage, its sequencer and the HTTPS face, on one thread beside the database's.
class CentralServer
{
public:
    explicit CentralServer(CentralStorage &storage) : m_storage(storage) {}
    ~CentralServer();

    /// Takes the certificate and listens. Conflict when the port is taken, Denied when it may not be used, Damaged or NotFound when the certificate
    /// cannot be read. \a provider: where people may sign in by a city's single sign-on as well.
    Result<void> listen(const CertificateFiles &files, const QHostAddress &address, quint16 port, const ConnectionLimits &limits = {}, const FileLimits &fileLimits = {}, const std::optional<ProviderSettings> &provider = {});
    [[nodiscard]] quint16 port() const { return m_server ? m_server->serverPort() : 0; }
    /// Serves figures as well, see MetricsServer; after listen().
    Result<void> listenForMetrics(quint16 port);
    [[nodiscard]] quint16 metricsPort() const { return m_metrics ? m_metrics->port() : 0; }
    /// Looks for a new certificate now, not only at the hour.
    void reloadCertificate();
    /// No new connections; who waits is answered, and requests under way are.
    void stop();
    /// After stop(): nobody is connected any more.
    [[nodiscard]] bool isQuiet() const { return !m_server || m_server->isQuiet(); }

private:
    CentralStorage &m_storage;
    std::unique_ptr<Sequencer> m_sequencer;
    std::unique_ptr<CertificateWatch> m_certificate;
    GuardedServer *m_server = nullptr; // owned by m_routes, which it is bound to
    std::unique_ptr<Routes> m_routes;
    std::unique_ptr<MetricsServer> m_metrics;
};

} // namespace ioc
