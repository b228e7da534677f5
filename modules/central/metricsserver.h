// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <central/fileshelf.h>
#include <central/centralmetrics.h>
#include <central/centralstorage.h>

#include <QAbstractHttpServer>

namespace ioc {

class CertificateWatch;
class Routes;
class Sequencer;
class GuardedServer;

/// What a page of figures is made of, beside the database.
struct MetricsSources
{
    CentralStorage &storage;
    const Sequencer &sequencer;
    const Routes &routes;
    const GuardedServer &connections;
    const CertificateWatch &certificate;
};

/// GET /v1/metrics over plain HTTP, on this machine's own address alone: figures are nobody's business outside. Lives on the HTTP thread.
class MetricsServer : public QAbstractHttpServer
{
    Q_OBJECT

public:
    explicit MetricsServer(const MetricsSources &sources, QObject *parent = nullptr) : QAbstractHttpServer(parent), m_sources(sources) {}

    /// Conflict when the port is taken; 0 takes a free one.
    Result<void> listen(quint16 port);
    [[nodiscard]] quint16 port() const;

protected:
    bool handleRequest(const QHttpServerRequest &request, QHttpServerResponder &responder) override;
    void missingHandler(const QHttpServerRequest &request, QHttpServerResponder &responder) override;

private:
    struct Counts ///< from the database
    {
        qint64 commitsWaiting = 0;
        qint64 sessions = 0;
        qint64 lastBackupMs = 0;
        FileShelf::Totals files;
    };
    QByteArray page(const Result<Counts> &counts) const;

    MetricsSources m_sources;
};

} // namespace ioc
