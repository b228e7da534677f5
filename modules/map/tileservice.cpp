// SPDX-License-Identifier: GPL-3.0-or-later
#include <map/tileservice.h>

#include <map/tilesource.h>

#include <QCoreApplication>
#include <QHttpHeaders>
#include <QHttpServer>
#include <QHttpServerRequest>
#include <QHttpServerResponse>
#include <QTcpServer>

using namespace Qt::StringLiterals;

namespace ioc {

/// The part of the service that lives on its thread.
class TileService::Server : public QObject
{
public:
    explicit Server(TileService *service)
        : m_service(service)
    {
    }

    void start();
    void open(const QStringList &packs, QColor background);

private:
    QHttpServerResponse answer(const QString &version, TileId id, const QHttpServerRequest &request);

    TileService *m_service;
    TileSource m_source;
    QHttpServer *m_http = nullptr;
    quint16 m_port = 0;
    int m_turn = 0;
};

void TileService::Server::start()
{
    m_http = new QHttpServer(this);
    m_http->route(u"/<arg>/<arg>/<arg>/<arg>"_s, this,
                  [this](const QString &version, int z, int x, const QString &file, const QHttpServerRequest &request) {
                      bool ok = false;
                      const int y = file.section(u'.', 0, 0).toInt(&ok);
                      return answer(version, ok ? TileId{z, x, y} : TileId{-1, 0, 0}, request);
                  });
    auto tcp = std::make_unique<QTcpServer>();
    if (tcp->listen(QHostAddress::LocalHost) && m_http->bind(tcp.get())) {
        m_port = tcp->serverPort();
        tcp.release(); // the HTTP server owns it now
    }
}

void TileService::Server::open(const QStringList &packs, QColor background)
{
    if (!m_http)
        start();
    Opened result;
    result.failures = m_source.open(packs, background);
    result.attributions = m_source.attributions();
    result.infos = m_source.infos();
    result.version = m_source.version() + u'-' + QString::number(++m_turn);
    result.address.setUrl(u"http://127.0.0.1:%1/%2/"_s.arg(m_port).arg(result.version));
    if (m_port == 0)
        result.failures.append({ErrorCode::Internal,
                                QCoreApplication::translate("ioc::TileService", "The map cannot be shown: no local port is free. "
                                                                                "Close other programs and start again."),
                                {}});
    m_service->m_answered = 0;
    QMetaObject::invokeMethod(m_service, [service = m_service, result] { Q_EMIT service->opened(result); });
}

QHttpServerResponse TileService::Server::answer(const QString &version, TileId id, const QHttpServerRequest &request)
{
    const QByteArray tag = '"' + version.toLatin1() + '"';
    QHttpHeaders headers;
    headers.append(QHttpHeaders::WellKnownHeader::ETag, tag);
    if (request.headers().value(QHttpHeaders::WellKnownHeader::IfNoneMatch) == tag) {
        QHttpServerResponse unchanged(QHttpServerResponse::StatusCode::NotModified);
        unchanged.setHeaders(headers);
        return unchanged;
    }
    const QByteArray picture = m_source.tile(id);
    QHttpServerResponse response(picture.startsWith('\xff') ? "image/jpeg"_ba : "image/png"_ba, picture);
    headers.append(QHttpHeaders::WellKnownHeader::ContentType, response.mimeType());
    response.setHeaders(headers);
    ++m_service->m_answered;
    QMetaObject::invokeMethod(m_service, [service = m_service, id] { Q_EMIT service->answeredTile(id); });
    return response;
}

TileService::TileService(QObject *parent)
    : QObject(parent)
    , m_server(new Server(this))
{
    m_thread.setObjectName(u"map tiles"_s);
    m_server->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_server, &QObject::deleteLater);
    m_thread.start();
}

TileService::~TileService()
{
    m_thread.quit();
    m_thread.wait();
}

void TileService::setPacks(const QStringList &packs, QColor background)
{
    QMetaObject::invokeMethod(m_server, [server = m_server, packs, background] { server->open(packs, background); });
}

} // namespace ioc
