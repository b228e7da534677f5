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

} // namespace ioc
