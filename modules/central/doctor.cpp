// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/certificatewatch.h>
#include <central/doctor.h>

#include <base/format.h>

#include <QCoreApplication>
#include <QDir>
#include <QEventLoop>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QStorageInfo>

#include <sys/timex.h>
#include <unistd.h>

namespace ioc {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Doctor)
};

using Level = Finding::Level;
constexpr auto forOthers = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
constexpr qint64 mebibyte = 1024LL * 1024;
constexpr qint64 earliestMs = 1'767'225'600'000; // 2026-01-01: this program did not exist before

} // namespace

void Doctor::add(const char *check, Level level, const QString &text, const QString &advice)
{
    m_findings += Finding{QString::fromLatin1(check), level, text, advice};
}

QList<Finding> Doctor::examine()
{
    m_findings.clear();
    const bool isOurs = examineFolder();
    examineKeys();
    examineCertificate();
    examineDisk();
    examineClock();
    if (isOurs || m_options.server) // another's SQLite file is not even opened: that would make files beside it that he could not use
        DatabaseExamination(m_options, m_findings).run();
    examineProvider();
    if (!m_options.running.isEmpty())
        examineServing();
    return m_findings;
}

bool Doctor::examineFolder()
{
    const QFileInfo folder(m_options.folder);
    if (!folder.isDir()) {
        add("folder", Level::Fault, Words::tr("There is no folder %1.").arg(m_options.folder), Words::tr("Make a central with “init”, or name its folder with --data."));
        return false;
    }
    if (folder.ownerId() != ::geteuid()) {
        add("folder", Level::Fault, Words::tr("The data folder belongs to %1, not to who runs this program.").arg(folder.owner()), Words::tr("Run every command as that user: sudo -u %1 tourism-ioc-central …").arg(folder.owner()));
        return false;
    }
    if (!folder.isReadable() || !folder.isWritable() || !folder.isExecutable())
        add("folder", Level::Fault, Words::tr("The data folder cannot be written to."), Words::tr("Give its owner all rights: chmod 700 %1").arg(m_options.folder));
    else if (folder.permissions() & forOthers)
        add("folder", Level::Warning, Words::tr("The data folder is open to other users of this machine."), Words::tr("Close it: chmod 700 %1").arg(m_options.folder));
    else
        add("folder", Level::Fine, Words::tr("The data folder is the owner's alone and can be written to."));
    return true;
}

void Doctor::examineKeys()
{
    const CertificateFiles files(m_options.folder);
    QStringList open;
    for (const QString &key : {files.serverKey, files.authorityKey, QDir(m_options.folder).filePath(Sealing::fileName())}) {
        if (QFile::exists(key) && (QFile::permissions(key) & forOthers))
            open += key;
    }
    if (!open.isEmpty())
        add("keys", Level::Fault, Words::tr("Other users may read a private key: %1.").arg(open.join(QStringLiteral(", "))), Words::tr("Close it: chmod 600 %1. If others may have read it, make new certificates.").arg(open.join(u' ')));
    else
        add("keys", Level::Fine, Words::tr("Private keys are the owner's alone."));
}

void Doctor::examineCertificate()
{
    const CertificateFiles files(m_options.folder);
    const auto state = certificateState(files, *m_options.clock);
    if (!state)
        return add("certificate", Level::Fault, state.error().message, Words::tr("Put the files of the deployment into %1, from a backup if need be.").arg(files.folder));
    const qint64 now = m_options.clock->nowMs();
    const QString until = Format().date(state->untilMs);
    if (!state->fitsKey)
        add("certificate", Level::Fault, Words::tr("The server's certificate and its key do not belong together."), Words::tr("Put the pair that does into %1.").arg(files.folder));
    else if (!state->isOwn)
        add("certificate", Level::Fault, Words::tr("The server's certificate was not signed by the authority that devices trust."), Words::tr("Sign it with the key of %1, or give devices the authority that did.").arg(files.authorityCertificate));
    else if (state->fromMs > now)
        add("certificate", Level::Fault, Words::tr("The server's certificate is not valid yet."), Words::tr("Set this machine's clock."));
    else if (state->untilMs <= now)
        add("certificate", Level::Fault, Words::tr("The server's certificate ended on %1.").arg(until), Words::tr("Start central where the authority's key is, or put a new certificate into %1 and send it SIGHUP.").arg(files.folder));
    else if (state->untilMs - now <= CertificateWatch::renewBeforeMs && !state->isRenewable)
        add("certificate", Level::Warning, Words::tr("The server's certificate ends on %1, and the authority's key is not here to renew it.").arg(until), Words::tr("Have a new one signed, put it into %1 and send central SIGHUP.").arg(files.folder));
    else
        add("certificate", Level::Fine, state->isRenewable ? Words::tr("The server's certificate is valid until %1 and renews itself.").arg(until) : Words::tr("The server's certificate is valid until %1.").arg(until));
}

void Doctor::examineDisk()
{
    const QStorageInfo disk(m_options.folder);
    const qint64 used = QFileInfo(QDir(m_options.folder).filePath(QStringLiteral("central.sqlite"))).size();
    const qint64 wanted = std::max<qint64>(2048 * mebibyte, 2 * used); // a snapshot and a backup beside the database
    const QString free = QLocale::c().formattedDataSize(disk.bytesAvailable());
    if (!disk.isValid())
        return;
    if (disk.bytesAvailable() < 256 * mebibyte)
        add("disk", Level::Fault, Words::tr("The disk is full but for %1.").arg(free), Words::tr("Free some space: central takes no changes without."));
    else if (disk.bytesAvailable() < wanted)
        add("disk", Level::Warning, Words::tr("%1 are free on the disk; a backup and a snapshot may not fit.").arg(free), Words::tr("Free some space, up to %1.").arg(QLocale::c().formattedDataSize(wanted)));
    else
        add("disk", Level::Fine, Words::tr("%1 are free on the disk.").arg(free));
}

void Doctor::examineClock()
{
    timex state{};
    const bool isKept = ::adjtimex(&state) != TIME_ERROR && (state.status & STA_UNSYNC) == 0;
    if (m_options.clock->nowMs() < earliestMs)
        add("clock", Level::Fault, Words::tr("This machine's clock is wrong: it says %1.").arg(Format().dateTime(m_options.clock->nowMs())), Words::tr("Set it: timedatectl set-ntp true"));
    else if (!isKept)
        add("clock", Level::Warning, Words::tr("Nothing keeps this machine's clock right."), Words::tr("Let it follow a time server: apt-get install systemd-timesyncd, then timedatectl set-ntp true"));
    else
        add("clock", Level::Fine, Words::tr("The clock follows a time server."));
}

void Doctor::examineServing()
{
    QNetworkAccessManager network;
    QNetworkRequest request(m_options.running.resolved(QUrl(QStringLiteral("/v1/health"))));
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setCaCertificates(QSslCertificate::fromPath(CertificateFiles(m_options.folder).authorityCertificate));
    request.setSslConfiguration(tls);
    request.setTransferTimeout(std::chrono::seconds(10));
    const std::unique_ptr<QNetworkReply> reply(network.get(request));
    QSslCertificate shown;
    QEventLoop loop;
    QObject::connect(reply.get(), &QNetworkReply::encrypted, &loop, [&] { shown = reply->sslConfiguration().peerCertificate(); });
    QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
    if (!reply->isFinished())
        loop.exec();
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const QString at = m_options.running.toString(QUrl::RemoveUserInfo);
    if (status == 0)
        return add("server", Level::Fault, Words::tr("Central does not answer at %1: %2").arg(at, reply->errorString()), Words::tr("See whether it runs and what it says: systemctl status tourism-ioc-central"));
    if (status != 200)
        return add("server", Level::Fault, Words::tr("Central at %1 is not ready: %2").arg(at, QString::fromUtf8(reply->readAll()).simplified().left(200)), Words::tr("See its log: journalctl -u tourism-ioc-central"));
    const auto onDisk = QSslCertificate::fromPath(CertificateFiles(m_options.folder).serverCertificate);
    if (!onDisk.isEmpty() && !shown.isNull() && shown != onDisk.first())
        return add("server", Level::Warning, Words::tr("Central at %1 serves with another certificate than the one in the folder.").arg(at), Words::tr("Let it take the new one: systemctl reload tourism-ioc-central"));
    add("server", Level::Fine, Words::tr("Central answers at %1.").arg(at));
}

} // namespace ioc
