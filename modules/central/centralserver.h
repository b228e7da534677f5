// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <central/certificates.h>
#include <central/routes.h>

namespace ioc {

/// Central as it serves: the storage, its sequencer and the HTTPS face, on one thread beside the database's.
class CentralServer
{
public:
    explicit CentralServer(CentralStorage &storage) : m_storage(storage) {}
    ~CentralServer();

    /// Takes the certificate and listens. Conflict when the port is taken, Denied when it may not be used, Damaged or NotFound when the certificate
    /// cannot be read.
    Result<void> listen(const CertificateFiles &files, const QHostAddress &address, quint16 port, const ConnectionLimits &limits = {});
    [[nodiscard]] quint16 port() const { return m_server ? m_server->serverPort() : 0; }
    /// No new connections; who waits is answered.
    void stop();

private:
    CentralStorage &m_storage;
    std::unique_ptr<Sequencer> m_sequencer;
    GuardedServer *m_server = nullptr; // owned by m_routes, which it is bound to
    std::unique_ptr<Routes> m_routes;
};

} // namespace ioc
