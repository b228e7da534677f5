// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <central/administrationdesk.h>
#include <central/changewaiter.h>
#include <central/filedesk.h>
#include <central/operationdesk.h>
#include <central/providerdesk.h>
#include <central/sessiondesk.h>
#include <central/snapshotdesk.h>

#include <QAbstractHttpServer>

namespace ioc {

/// Which request goes where; see README.md for the contract. Parses, hands over to the database's threads, answers.
class Routes : public QAbstractHttpServer
{
    Q_OBJECT

public:
    Routes(CentralStorage &storage, Sequencer &sequencer, GuardedServer &server, const SnapshotLimits &snapshots = {}, const FileLimits &files = {}, const std::optional<ProviderSettings> &provider = {}, QObject *parent = nullptr);

    /// Long waits end now; health says so.
    void stop();
    [[nodiscard]] const CentralMetrics &metrics() const { return *m_metrics; }
    [[nodiscard]] size_t waiting() const { return m_changes.waiting(); }
    [[nodiscard]] const FileDesk &files() const { return m_files; }
    [[nodiscard]] SnapshotDesk::State snapshots() const { return m_snapshots.state(); }

protected:
    bool handleRequest(const QHttpServerRequest &request, QHttpServerResponder &responder) override;
    void missingHandler(const QHttpServerRequest &request, QHttpServerResponder &responder) override;

private:
    using Method = QHttpServerRequest::Method;
    struct Route
    {
        QString path; ///< one that ends with "/" stands for everything below it
        Method method;
        std::function<void(const QHttpServerRequest &, const HttpReplyPointer &)> handler;
    };
    void addAdministration();
    void health(const HttpReplyPointer &reply);
    void takeReported(const HttpReplyPointer &reply, const QString &token, const QByteArray &body);

    CentralStorage &m_storage;
    Sequencer &m_sequencer;
    GuardedServer &m_server;
    SessionDesk m_sessions;
    ProviderDesk m_provider;
    AdministrationDesk m_administration;
    ChangeWaiter m_changes;
    SnapshotDesk m_snapshots;
    FileDesk m_files;
    std::shared_ptr<CentralMetrics> m_metrics = std::make_shared<CentralMetrics>();
    OperationDesk m_operations;
    QList<Route> m_routes;
    bool m_isStopping = false;
};

} // namespace ioc
