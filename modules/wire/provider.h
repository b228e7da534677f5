// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/id.h>
#include <base/result.h>

#include <QByteArrayList>
#include <QStringList>

namespace ioc {

/// The city's single sign-on, as central tells a desktop of it: where to send the person's browser, and whom to trust there.
struct ProviderOffer
{
    QString issuer;
    QString clientId;
    QStringList scopes;
    QString authorizationEndpoint;
    QString tokenEndpoint;
    QByteArrayList authorities; ///< certificates (DER) that the provider's may be signed by, beside those the system trusts
    int redirectPort = 0;       ///< of this machine, on which the answer is awaited; 0: any
};

/// Somebody whom the city's single sign-on let in asks central for a session.
struct ProviderSignIn
{
    QString idToken;
    QString secret; ///< what the token's nonce was made of (nonceOf())
    Id device;
    QString deviceName;
};

namespace wire {

/// As those of codec.h.
QByteArray encode(const ProviderOffer &offer);
Result<ProviderOffer> decodeProviderOffer(const QByteArray &body);
QByteArray encode(const ProviderSignIn &signIn);
Result<ProviderSignIn> decodeProviderSignIn(const QByteArray &body);

} // namespace wire

} // namespace ioc
