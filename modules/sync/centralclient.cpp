// SPDX-License-Identifier: GPL-3.0-or-later
#include <sync/centralclient.h>

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QNetworkReply>
#include <QPromise>
#include <QSslConfiguration>
#include <QUrlQuery>
#include <QtConcurrent>

#include <algorithm>

namespace ioc {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Sync)
};

constexpr int shortTimeoutMs = 30'000;
constexpr int waitGraceMs = 15'000; // beyond the long wait itself

// Unpacking a page of thousands of records takes tens of milliseconds: not on the screen's thread.
template <typename T>
QFuture<Result<T>> unpacked(QFuture<Result<QByteArray>> body, Result<T> (*decode)(const QByteArray &))
{
    return body.then(QtFuture::Launch::Async, [decode](const Result<QByteArray> &bytes) -> Result<T> {
        if (!bytes)
            return std::unexpected(bytes.error());
        return decode(*bytes);
    });
}

void nameAnswered(QNetworkRequest &request, const Id &answered)
{
    if (!answered.isNull())
        request.setRawHeader(wire::answeredHeader, answered.toString().toLatin1());
}

} // namespace

Result<QList<QSslCertificate>> CentralClient::authoritiesFrom(const QString &file)
{
    QFile pem(file);
    if (!pem.open(QIODevice::ReadOnly))
        return failure(ErrorCode::NotFound, Words::tr("The certificate of your center (%1) cannot be read. Ask the administrator for the file ca.pem.").arg(file), pem.errorString());
    auto certificates = QSslCertificate::fromData(pem.readAll(), QSsl::Pem);
    if (certificates.isEmpty())
        return failure(ErrorCode::Damaged, Words::tr("%1 holds no certificate. Ask the administrator for the file ca.pem.").arg(file));
    return certificates;
}

Result<std::optional<CentralClient::DeviceCertificate>> CentralClient::deviceCertificateBeside(const QString &authorityFile)
{
    const QDir folder = QFileInfo(authorityFile).dir();
    QFile certificate(folder.filePath(QStringLiteral("device.pem")));
    QFile key(folder.filePath(QStringLiteral("device.key")));
    if (!certificate.exists() && !key.exists())
        return std::nullopt;
    DeviceCertificate out;
    if (certificate.open(QIODevice::ReadOnly) && key.open(QIODevice::ReadOnly))
        out = {QSslCertificate::fromData(certificate.readAll(), QSsl::Pem), QSslKey(key.readAll(), QSsl::Ec)};
    if (out.chain.isEmpty() || out.key.isNull())
        return failure(ErrorCode::Damaged, Words::tr("The certificate of this device (device.pem and device.key in %1) cannot be read. Ask the administrator for a new one.").arg(folder.path()));
    return out;
}

CentralClient::CentralClient(Options options, QNetworkAccessManager *network, QObject *parent)
    : QObject(parent), m_options(std::move(options)), m_network(network ? network : new QNetworkAccessManager(this))
{
    m_network->setAutoDeleteReplies(false);
    m_network->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy); // a central never sends anybody elsewhere
}

QNetworkRequest CentralClient::request(const QString &path, const QString &token, int timeoutMs) const
{
    QUrl url = m_options.server;
    url.setPath(path);
    QNetworkRequest out(url);
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setCaCertificates(m_options.authorities);
    tls.setProtocol(QSsl::TlsV1_3OrLater);
    tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
    if (m_options.device) {
        tls.setLocalCertificateChain(m_options.device->chain);
        tls.setPrivateKey(m_options.device->key);
    }
    out.setSslConfiguration(tls);
    out.setHeader(QNetworkRequest::ContentTypeHeader, QByteArray(wire::mediaType));
    out.setRawHeader("Accept-Language", m_options.language.toLatin1());
    if (!token.isEmpty())
        out.setRawHeader("Authorization", "Bearer " + token.toLatin1());
    out.setRawHeader("User-Agent", "tourism-ioc/" + QCoreApplication::applicationVersion().toLatin1());
    out.setTransferTimeout(timeoutMs);
    out.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    out.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    return out;
}

QFuture<Result<QByteArray>> CentralClient::bodyOf(QNetworkReply *reply)
{
    auto promise = std::make_shared<QPromise<Result<QByteArray>>>();
    promise->start();
    m_replies += reply;
    connect(reply, &QNetworkReply::downloadProgress, this, [reply](qint64 received, qint64) {
        if (received > wire::bodyLimit)
            reply->abort(); // no central sends that much
    });
    connect(reply, &QNetworkReply::finished, this, [this, reply, promise] {
        m_replies.removeOne(reply);
        const QByteArray body = !reply->isOpen() || reply->bytesAvailable() > wire::bodyLimit ? QByteArray() : reply->readAll();
        m_retryAfterMs = std::clamp<qint64>(reply->rawHeader("Retry-After").toLongLong(), 0, 3600) * 1000;
        const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        if (status == 200 || status == 202 || status == 206)
            promise->addResult(Result<QByteArray>(body));
        else
            promise->addResult(Result<QByteArray>(std::unexpected(errorOf(*reply, body))));
        promise->finish();
        reply->deleteLater();
    });
    return promise->future();
}

Error CentralClient::errorOf(QNetworkReply &reply, const QByteArray &body) const
{
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status > 0) {
        if (auto told = wire::decodeError(body)) {
            if (status == 500)
                told->code = ErrorCode::Busy; // a fault over there, which says nothing of what was asked
            return *told;
        }
        return {ErrorCode::Busy, Words::tr("Central does not answer as it should. It is tried again."), QString::number(status)};
    }
    switch (reply.error()) {
    case QNetworkReply::SslHandshakeFailedError:
        return {ErrorCode::Untrusted, Words::tr("The server is not your center's: its certificate is another one. Nothing was sent. Tell the administrator."), reply.errorString()};
    case QNetworkReply::TimeoutError:
    case QNetworkReply::OperationCanceledError:
        return {ErrorCode::Timeout, Words::tr("Central does not answer. Work goes on; it is tried again."), reply.errorString()};
    case QNetworkReply::HostNotFoundError:
        return {ErrorCode::Offline, Words::tr("The server %1 is not found. Work goes on; it is tried again.").arg(m_options.server.host()), reply.errorString()};
    default:
        return {ErrorCode::Offline, Words::tr("No connection to central. Work goes on; it is tried again."), reply.errorString()};
    }
}

QFuture<Result<Session>> CentralClient::signIn(const SignIn &signIn)
{
    return unpacked<Session>(bodyOf(m_network->post(request(QStringLiteral("/v1/session"), {}, shortTimeoutMs), wire::encode(signIn))), wire::decodeSession);
}

QFuture<Result<ProviderOffer>> CentralClient::providerOffer()
{
    return unpacked<ProviderOffer>(bodyOf(m_network->get(request(QStringLiteral("/v1/sign-in/provider"), {}, shortTimeoutMs))), wire::decodeProviderOffer);
}

QFuture<Result<Session>> CentralClient::signIn(const ProviderSignIn &signIn)
{
    return unpacked<Session>(bodyOf(m_network->post(request(QStringLiteral("/v1/sign-in/provider"), {}, shortTimeoutMs), wire::encode(signIn))), wire::decodeSession);
}

QFuture<Result<void>> CentralClient::signOut(const QString &token)
{
    return bodyOf(m_network->deleteResource(request(QStringLiteral("/v1/session"), token, shortTimeoutMs))).then([](const Result<QByteArray> &body) {
        return body.transform([](const QByteArray &) {});
    });
}

QFuture<Result<QList<Answer>>> CentralClient::push(const QString &token, const QList<Operation> &operations, const Id &answered)
{
    QNetworkRequest post = request(QStringLiteral("/v1/operations"), token, shortTimeoutMs);
    nameAnswered(post, answered);
    return unpacked<QList<Answer>>(bodyOf(m_network->post(post, wire::encode(operations))), wire::decodeAnswers);
}

QFuture<Result<ChangePage>> CentralClient::pull(const QString &token, const Cursor &cursor, int waitSeconds, const Id &answered)
{
    QNetworkRequest get = request(QStringLiteral("/v1/changes"), token, waitSeconds * 1000 + waitGraceMs);
    QUrl url = get.url();
    QUrlQuery query;
    if (!cursor.isNull())
        query.addQueryItem(QStringLiteral("after"), cursor.toString());
    query.addQueryItem(QStringLiteral("wait"), QString::number(waitSeconds));
    url.setQuery(query);
    get.setUrl(url);
    nameAnswered(get, answered);
    return unpacked<ChangePage>(bodyOf(m_network->get(get)), wire::decodePackedPage);
}

QFuture<Result<Snapshot>> CentralClient::snapshot(const QString &token, const Id &answered)
{
    QNetworkRequest get = request(QStringLiteral("/v1/snapshot"), token, shortTimeoutMs);
    nameAnswered(get, answered);
    return unpacked<Snapshot>(bodyOf(m_network->get(get)), wire::decodeSnapshot);
}

QFuture<Result<QByteArray>> CentralClient::snapshotPart(const QString &token, const QString &id, qint64 from)
{
    return partOf(QStringLiteral("/v1/snapshot/") + id, token, from, {});
}

QFuture<Result<QByteArray>> CentralClient::partOf(const QString &path, const QString &token, qint64 from, std::optional<qint64> last)
{
    QNetworkRequest get = request(path, token, shortTimeoutMs);
    get.setRawHeader("Range", "bytes=" + QByteArray::number(from) + '-' + (last ? QByteArray::number(*last) : QByteArray()));
    get.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    return bodyOf(m_network->get(get));
}

QFuture<Result<void>> CentralClient::done(const QString &path, const QString &token, const QByteArray &body)
{
    return bodyOf(m_network->post(request(path, token, shortTimeoutMs), body)).then([](const Result<QByteArray> &answer) { return answer.transform([](const QByteArray &) {}); });
}

QFuture<Result<void>> CentralClient::changePassword(const QString &token, const PasswordChange &change)
{
    return done(QStringLiteral("/v1/password"), token, wire::encode(change));
}

QFuture<Result<void>> CentralClient::reportLooks(const QString &token, const QList<Look> &looks)
{
    return done(QStringLiteral("/v1/looks"), token, wire::encode(looks));
}

QNetworkRequest CentralClient::listRequest(const QString &path, const QString &token, const Id &after) const
{
    QNetworkRequest get = request(path, token, shortTimeoutMs);
    if (!after.isNull()) {
        QUrl url = get.url();
        url.setQuery(QStringLiteral("after=") + after.toString());
        get.setUrl(url);
    }
    return get;
}

QFuture<Result<AccountPage>> CentralClient::accounts(const QString &token, const Id &after)
{
    return unpacked<AccountPage>(bodyOf(m_network->get(listRequest(QStringLiteral("/v1/accounts"), token, after))), wire::decodeAccountPage);
}

QFuture<Result<DevicePage>> CentralClient::devices(const QString &token, const Id &after)
{
    return unpacked<DevicePage>(bodyOf(m_network->get(listRequest(QStringLiteral("/v1/devices"), token, after))), wire::decodeDevicePage);
}

QFuture<Result<void>> CentralClient::changeAccount(const QString &token, const Id &account, const QString &verb)
{
    return done(QStringLiteral("/v1/accounts/%1/%2").arg(account.toString(), verb), token, {});
}

QFuture<Result<QString>> CentralClient::newPassword(const QString &token, const Id &account)
{
    return unpacked<QString>(bodyOf(m_network->post(request(QStringLiteral("/v1/accounts/%1/password").arg(account.toString()), token, shortTimeoutMs), QByteArray())), wire::decodeOneTimePassword);
}

QFuture<Result<void>> CentralClient::changeDevice(const QString &token, const Id &device, const QString &verb)
{
    return done(QStringLiteral("/v1/devices/%1/%2").arg(device.toString(), verb), token, {});
}

QFuture<Result<FileStates>> CentralClient::fileStates(const QString &token, const QStringList &digests)
{
    return unpacked<FileStates>(bodyOf(m_network->post(request(QStringLiteral("/v1/files"), token, shortTimeoutMs), wire::encodeDigests(digests))), wire::decodeFileStates);
}

QFuture<Result<FileStates>> CentralClient::sendFilePiece(const QString &token, const QString &digest, qint64 offset, const QByteArray &bytes)
{
    QNetworkRequest put = request(QStringLiteral("/v1/files/") + digest, token, shortTimeoutMs);
    QUrl url = put.url();
    url.setQuery(QStringLiteral("offset=%1").arg(offset));
    put.setUrl(url);
    put.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/octet-stream"));
    return unpacked<FileStates>(bodyOf(m_network->put(put, bytes)), wire::decodeFileStates);
}

QFuture<Result<QByteArray>> CentralClient::filePart(const QString &token, const QString &digest, qint64 from)
{
    return partOf(QStringLiteral("/v1/files/") + digest, token, from, from + wire::filePieceBytes - 1);
}

void CentralClient::abortAll()
{
    const auto replies = m_replies;
    for (QNetworkReply *reply : replies)
        reply->abort();
}

} // namespace ioc
