// SPDX-License-Identifier: GPL-3.0-or-later
#include <wire/cborreader.h>
#include <wire/codec.h>
#include <wire/compression.h>
#include <wire/plaincbor.h>
#include <wire/provider.h>

#include <QCborArray>
#include <QCoreApplication>

namespace ioc::wire {

namespace {

constexpr qint64 offerItems = 200;
constexpr qsizetype longestUrl = 2000;
constexpr qsizetype longestToken = 16LL * 1024;
constexpr qsizetype mostScopes = 20;
constexpr qsizetype mostAuthorities = 20;

Result<QCborValue> openedSmall(const QByteArray &body)
{
    if (body.size() > smallLimit)
        return failure(ErrorCode::TooLarge, QCoreApplication::translate("Wire", "The message is too large. Send less at a time."));
    return decompressed(body, smallLimit).and_then([](const QByteArray &plain) { return parsedPlain(plain, offerItems); });
}

} // namespace

QByteArray encode(const ProviderOffer &offer)
{
    QCborArray authorities;
    for (const QByteArray &one : offer.authorities)
        authorities.append(one);
    return compressed(QCborMap{{1, offer.issuer}, {2, offer.clientId}, {3, QCborArray::fromStringList(offer.scopes)}, {4, offer.authorizationEndpoint},
                               {5, offer.tokenEndpoint}, {6, authorities}, {7, offer.redirectPort}}.toCborValue().toCbor());
}

Result<ProviderOffer> decodeProviderOffer(const QByteArray &body)
{
    const auto value = openedSmall(body);
    if (!value)
        return std::unexpected(value.error());
    CborReader reader(*value, QStringLiteral("a sign-in service"), CborReader::Unknown::PassedOver);
    ProviderOffer out{.issuer = reader.text(1, longestUrl), .clientId = reader.text(2, 200), .scopes = {}, .authorizationEndpoint = reader.text(4, longestUrl), .tokenEndpoint = reader.text(5, longestUrl),
                      .authorities = {}, .redirectPort = static_cast<int>(reader.integer(7, 0, 65535))};
    const auto scopes = reader.list(3, mostScopes);
    for (const QCborValue &scope : scopes) {
        if (!scope.isString())
            reader.fail(QStringLiteral("a scope"));
        out.scopes += scope.toString();
    }
    const auto authorities = reader.list(6, mostAuthorities);
    for (const QCborValue &authority : authorities) {
        if (!authority.isByteArray())
            reader.fail(QStringLiteral("a certificate"));
        out.authorities += authority.toByteArray();
    }
    return reader.finish().transform([&] { return std::move(out); });
}

QByteArray encode(const ProviderSignIn &signIn)
{
    return compressed(QCborMap{{1, signIn.idToken}, {2, signIn.secret}, {3, signIn.device.toBytes()}, {4, signIn.deviceName}}.toCborValue().toCbor());
}

Result<ProviderSignIn> decodeProviderSignIn(const QByteArray &body)
{
    const auto value = openedSmall(body);
    if (!value)
        return std::unexpected(value.error());
    CborReader reader(*value, QStringLiteral("a sign-in"));
    ProviderSignIn out{reader.text(1, longestToken), reader.text(2, 200), reader.id(3, true), reader.text(4, 200)};
    return reader.finish().transform([&] { return std::move(out); });
}

} // namespace ioc::wire
