// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/clock.h>
#include <base/result.h>

#include <QStringList>

namespace ioc {

/// The files of a deployment's own certificate authority, below its data folder.
struct CertificateFiles
{
    explicit CertificateFiles(const QString &dataFolder);
    QString folder;
    QString authorityKey;         ///< 0600; to be kept off the server once devices have certificates of their own
    QString authorityCertificate; ///< what clients pin
    QString serverKey;            ///< 0600
    QString serverCertificate;
};

/// Makes a certificate authority (P-256, 20 years) and a server certificate (2 years) for \a hosts: names or addresses.
/// Conflict when one of the files is there already: nothing is ever overwritten.
Result<void> createCertificates(const CertificateFiles &files, const QStringList &hosts, const Clock &clock);

/// Makes a certificate of a device's own, called \a name, and puts into the new folder \a folder what the device needs: device.pem,
/// device.key (0600) and ca.pem. For two years. Denied when the authority's key is not here, InvalidInput when the name is of no use,
/// Conflict when one of the files is there already.
Result<void> createDeviceCertificate(const CertificateFiles &files, const QString &name, const QString &folder, const Clock &clock);

/// What the server's certificate says, as far as running central depends on it.
struct CertificateState
{
    qint64 fromMs = 0;
    qint64 untilMs = 0;
    bool isOwn = false;      ///< signed by the authority in the folder, as clients demand
    bool fitsKey = false;    ///< the key beside it is its own
    bool isRenewable = false; ///< the authority's key is here and valid itself
};
/// NotFound when a file cannot be read, Damaged when it is none of its kind.
Result<CertificateState> certificateState(const CertificateFiles &files, const Clock &clock);

/// Signs the server's certificate anew for two years, for the same names and the same key, so that one file alone is replaced, at once.
/// Denied when the authority's key is not here.
Result<void> renewServerCertificate(const CertificateFiles &files, const Clock &clock);

} // namespace ioc
