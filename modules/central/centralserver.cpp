// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/centralserver.h>
#include <central/requesttext.h>

#include <wire/codec.h>

#include <QCoreApplication>
#include <QFile>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>

namespace ioc {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Central)
};

Result<QByteArray> content(const QString &path)
{
    QFile file(path);
    if (!file.open(QFile::ReadOnly))
        return failure(ErrorCode::NotFound, Words::tr("The file %1 cannot be read. Make the certificates with “init” or check its rights.").arg(path), file.errorString());
    return file.readAll();
}

Result<QSslConfiguration> configuration(const CertificateFiles &files)
{
    const auto certificatePem = content(files.serverCertificate);
    const auto keyPem = content(files.serverKey);
    if (!certificatePem || !keyPem)
        return std::unexpected(!certificatePem ? certificatePem.error() : keyPem.error());
    const QSslCertificate certificate(*certificatePem, QSsl::Pem);
    const QSslKey key(*keyPem, QSsl::Ec);
    if (certificate.isNull() || key.isNull())
        return failure(ErrorCode::Damaged, Words::tr("The server's certificate or key is damaged. Make new ones with “init” in another folder."));
    QSslConfiguration out = QSslConfiguration::defaultConfiguration();
    out.setLocalCertificate(certificate);
    out.setPrivateKey(key);
    return out;
}

} // namespace

Result<void> CentralServer::listen(const CertificateFiles &files, const QHostAddress &address, quint16 port, const ConnectionLimits &limits)
{
    const auto tls = configuration(files);
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
    m_routes = std::make_unique<Routes>(m_storage, *m_sequencer, *server);
    m_server = server.release();
    m_routes->bind(m_server);
    return {};
}

void CentralServer::stop()
{
    if (m_server)
        m_server->close();
    if (m_routes)
        m_routes->stop();
}

CentralServer::~CentralServer()
{
    stop();
}

} // namespace ioc
