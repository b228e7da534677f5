// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>

#include <QSslCertificate>
#include <QStringList>

#include <optional>

namespace ioc {

/// A city's single sign-on, as the deployment's file oidc.json names it.
struct ProviderSettings
{
    QString issuer; ///< https, exactly as it calls itself
    QString clientId;
    QStringList scopes{QStringLiteral("openid"), QStringLiteral("profile")};
    QString loginClaim = QStringLiteral("preferred_username"); ///< which claim is the login of an account here
    QString requiredClaim; ///< empty: whoever has an account
    QString requiredValue;
    QList<QSslCertificate> authorities; ///< beside those the system trusts
    int redirectPort = 0;               ///< 0: any
};

/// Its name in the data folder.
QString providerFileName();

/// What the file in \a dataFolder says; nothing where there is none. InvalidInput names the file and what is wrong with it.
Result<std::optional<ProviderSettings>> readProviderSettings(const QString &dataFolder);

} // namespace ioc
