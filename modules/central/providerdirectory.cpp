// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/providerdirectory.h>

#include <QCoreApplication>
#include <QLocale>
#include <QNetworkReply>
#include <QSslConfiguration>
#include <QTimeZone>

#include <chrono>

namespace ioc {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Provider)
};

constexpr std::chrono::seconds timeout(10);
constexpr qint64 longestBody = 256LL * 1024;

template <typename T>
QFuture<Result<T>> ready(const Result<T> &value)
{
    return QtFuture::makeReadyValueFuture(value);
}

} // namespace

ProviderDirectory::ProviderDirectory(ProviderSettings settings, const Clock &clock, QObject *parent) : QObject(parent), m_settings(std::move(settings)), m_clock(clock)
{
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy); // it is what oidc.json names, or nobody
}

QNetworkRequest ProviderDirectory::request(const QUrl &url) const
{
    QNetworkRequest out(url);
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    if (!m_settings.authorities.isEmpty())
        tls.addCaCertificates(m_settings.authorities);
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
    out.setSslConfiguration(tls);
    out.setRawHeader("Accept", "application/json");
    out.setTransferTimeout(timeout);
    out.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    return out;
}

QFuture<ProviderDirectory::Answer> ProviderDirectory::published()
{
    if (m_published && m_clock.monotonicMs() - m_publishedMs < freshMs)
        return ready<Published>(*m_published);
    return fetched();
}

QFuture<ProviderDirectory::Answer> ProviderDirectory::publishedFor(const Jwt &token)
{
    return published().then(this, [this, token](const Answer &answer) -> QFuture<Answer> {
        const bool isNew = !m_published || m_clock.monotonicMs() - m_triedMs >= refetchMs;
        if (!answer || !isKeyUnknown(token, answer->keys) || !isNew)
            return ready<Published>(answer);
        return fetched();
    }).unwrap();
}

QFuture<ProviderDirectory::Answer> ProviderDirectory::fetched()
{
    if (m_fetching)
        return m_fetching->future();
    if (m_failure && m_clock.monotonicMs() - m_triedMs < failedMs)
        return ready<Published>(std::unexpected(*m_failure));
    m_fetching = std::make_shared<QPromise<Answer>>();
    m_fetching->start();
    m_triedMs = m_clock.monotonicMs();
    const auto answer = m_fetching->future();
    fetch(providerDocumentUrl(QUrl(m_settings.issuer)), &ProviderDirectory::documentCame);
    return answer;
}

void ProviderDirectory::fetch(const QUrl &url, void (ProviderDirectory::*then)(const QByteArray &))
{
    QNetworkReply *reply = m_network.get(request(url));
    connect(reply, &QNetworkReply::downloadProgress, reply, [reply](qint64 received, qint64) {
        if (received > longestBody)
            reply->abort();
    });
    connect(reply, &QNetworkReply::finished, this, [this, reply, url, then] {
        reply->deleteLater();
        const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        const QByteArray body = reply->isOpen() ? reply->read(longestBody) : QByteArray();
        noteTime(reply->rawHeader("Date"));
        if (reply->error() == QNetworkReply::SslHandshakeFailedError)
            fail({ErrorCode::Untrusted, Words::tr("The certificate that %1 shows is not trusted here.").arg(url.host()), reply->errorString()});
        else if (reply->error() != QNetworkReply::NoError || status != 200)
            fail({ErrorCode::Offline, Words::tr("%1 does not answer as it should.").arg(url.toString()), reply->errorString()});
        else
            (this->*then)(body);
    });
}

void ProviderDirectory::noteTime(const QByteArray &date)
{
    QDateTime theirs = QLocale::c().toDateTime(QString::fromLatin1(date), QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"));
    theirs.setTimeZone(QTimeZone::UTC);
    if (theirs.isValid())
        m_clockDifferenceMs = theirs.toMSecsSinceEpoch() - m_clock.nowMs();
}

void ProviderDirectory::documentCame(const QByteArray &body)
{
    const auto document = decodeProviderDocument(body, m_settings.issuer);
    if (!document)
        return fail(document.error());
    m_document = *document;
    fetch(m_document.keys, &ProviderDirectory::keysCame);
}

void ProviderDirectory::keysCame(const QByteArray &body)
{
    const auto keys = decodeKeySet(body);
    if (!keys)
        return fail(keys.error());
    if (keys->isEmpty())
        return fail({ErrorCode::InvalidInput, Words::tr("The city's sign-in service publishes no key that is of use here. Tell whoever runs it."), QStringLiteral("no key")});
    m_failure.reset();
    m_published = Published{m_document, *keys};
    m_publishedMs = m_clock.monotonicMs();
    finish(*m_published);
}

void ProviderDirectory::fail(const Error &error)
{
    qWarning("event=provider_failed code=%s detail=\"%s\"", qUtf8Printable(errorCodeName(error.code)), qUtf8Printable(QString(error.detail).replace(u'"', u'\'').simplified()));
    m_failure = error;
    finish(std::unexpected(error));
}

void ProviderDirectory::finish(const Answer &answer)
{
    const auto fetching = std::exchange(m_fetching, nullptr);
    fetching->addResult(answer);
    fetching->finish();
}

} // namespace ioc
