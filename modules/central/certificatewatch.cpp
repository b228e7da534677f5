// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/certificatewatch.h>

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDateTime>
#include <QFile>
#include <QSslCertificate>
#include <QSslKey>
#include <QTimeZone>

namespace ioc {

namespace {

constexpr int watchEveryMs = 3'600'000;

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Central)
};

Result<QByteArray> contentOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QFile::ReadOnly))
        return failure(ErrorCode::NotFound, Words::tr("The file %1 cannot be read. Make the certificates with “init” or check its rights.").arg(path), file.errorString());
    return file.readAll();
}

Result<QSslConfiguration> configuration(const CertificateFiles &files)
{
    const auto certificatePem = contentOf(files.serverCertificate);
    const auto keyPem = contentOf(files.serverKey);
    if (!certificatePem || !keyPem)
        return std::unexpected(!certificatePem ? certificatePem.error() : keyPem.error());
    const QList<QSslCertificate> chain = QSslCertificate::fromData(*certificatePem, QSsl::Pem);
    QSslKey key(*keyPem, QSsl::Ec);
    if (key.isNull())
        key = QSslKey(*keyPem, QSsl::Rsa);
    if (chain.isEmpty() || key.isNull())
        return failure(ErrorCode::Damaged, Words::tr("The server's certificate or key is damaged. Make new ones with “init” in another folder."));
    QSslConfiguration out = QSslConfiguration::defaultConfiguration();
    out.setLocalCertificateChain(chain);
    out.setCaCertificates(QSslCertificate::fromPath(files.authorityCertificate)); // whose devices' certificates count
    out.setPrivateKey(key);
    return out;
}

QByteArray day(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms, QTimeZone::UTC).toString(Qt::ISODate).toLatin1();
}

} // namespace

CertificateWatch::CertificateWatch(const CertificateFiles &files, const Clock &clock, QObject *parent) : QObject(parent), m_files(files), m_clock(clock)
{
    m_timer.setInterval(watchEveryMs);
    connect(&m_timer, &QTimer::timeout, this, &CertificateWatch::look);
}

Result<QByteArray> CertificateWatch::fingerprint() const
{
    return contentOf(m_files.serverCertificate).and_then([this](const QByteArray &certificate) {
        return contentOf(m_files.serverKey).transform([&](const QByteArray &key) { return QCryptographicHash::hash(certificate + key, QCryptographicHash::Sha256); });
    });
}

Result<QSslConfiguration> CertificateWatch::load()
{
    renewIfDue();
    const auto print = fingerprint();
    const auto state = certificateState(m_files, m_clock);
    if (!print || !state)
        return std::unexpected(!print ? print.error() : state.error());
    if (!state->fitsKey)
        return failure(ErrorCode::Damaged, Words::tr("The server's certificate and its key in %1 do not belong together. Put the pair there that does.").arg(m_files.folder));
    if (state->untilMs <= m_clock.nowMs())
        qWarning("event=certificate_expired until=%s", day(state->untilMs).constData());
    return configuration(m_files).transform([&](const QSslConfiguration &out) {
        m_loaded = *print;
        m_untilMs = state->untilMs;
        m_timer.start();
        return out;
    });
}

void CertificateWatch::renewIfDue()
{
    const auto state = certificateState(m_files, m_clock);
    if (!state || state->untilMs - m_clock.nowMs() > renewBeforeMs)
        return;
    const auto renewed = renewServerCertificate(m_files, m_clock);
    if (renewed)
        qInfo("event=certificate_renewed was_until=%s", day(state->untilMs).constData());
    else
        qWarning("event=certificate_not_renewed until=%s code=%s", day(state->untilMs).constData(), qUtf8Printable(errorCodeName(renewed.error().code)));
}

void CertificateWatch::look()
{
    renewIfDue();
    if (const auto print = fingerprint(); print && *print == m_loaded)
        return;
    const auto state = certificateState(m_files, m_clock);
    const bool isUsable = state && state->fitsKey && state->untilMs > m_clock.nowMs();
    const auto loaded = isUsable ? load() : Result<QSslConfiguration>(state ? failure(ErrorCode::Damaged, {}, QStringLiteral("the certificate is not of this key, or over its time")) : std::unexpected(state.error()));
    if (!loaded) { // half a pair, perhaps, while it is being copied
        qWarning("event=certificate_refused code=%s detail=\"%s\"", qUtf8Printable(errorCodeName(loaded.error().code)), qUtf8Printable(loaded.error().detail));
        return;
    }
    qInfo("event=certificate_loaded until=%s", day(m_untilMs).constData());
    Q_EMIT changed(*loaded);
}

} // namespace ioc
