// SPDX-License-Identifier: GPL-3.0-or-later
#include <access/jwt.h>

#include <QCoreApplication>
#include <QJsonDocument>

namespace ioc {

namespace {

constexpr auto urlAlphabet = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
constexpr qsizetype longestName = 200; // of an algorithm or a key

std::unexpected<Error> notAToken(const char *why)
{
    return failure(ErrorCode::InvalidInput, QCoreApplication::translate("Access", "What the city's sign-in service gave is not a token. Tell the administrator of your center."), QString::fromLatin1(why));
}

std::optional<QJsonObject> objectIn(QByteArrayView part)
{
    const auto json = fromBase64Url(part);
    const QJsonDocument document = json ? QJsonDocument::fromJson(*json) : QJsonDocument();
    return document.isObject() ? std::optional(document.object()) : std::nullopt;
}

} // namespace

std::optional<QByteArray> fromBase64Url(QByteArrayView text)
{
    const auto decoded = QByteArray::fromBase64Encoding(text.toByteArray(), urlAlphabet | QByteArray::AbortOnBase64DecodingErrors);
    if (decoded.decodingStatus != QByteArray::Base64DecodingStatus::Ok || decoded.decoded.toBase64(urlAlphabet) != text)
        return {};
    return decoded.decoded;
}

QByteArray toBase64Url(const QByteArray &bytes)
{
    return bytes.toBase64(urlAlphabet);
}

Result<Jwt> decodeJwt(QByteArrayView text)
{
    if (text.size() > jwtLimit)
        return notAToken("too long");
    const qsizetype first = text.indexOf('.');
    const qsizetype second = first < 0 ? -1 : text.indexOf('.', first + 1);
    if (second < 0 || text.indexOf('.', second + 1) >= 0)
        return notAToken("not three parts");
    const auto header = objectIn(text.first(first));
    const auto claims = objectIn(text.sliced(first + 1, second - first - 1));
    const auto signature = fromBase64Url(text.sliced(second + 1));
    if (!header || !claims || !signature)
        return notAToken("a part cannot be read");
    if (header->contains(u"crit"))
        return notAToken("a critical extension");
    const QJsonValue keyId = header->value(u"kid");
    Jwt out{.algorithm = header->value(u"alg").toString(), .keyId = keyId.toString(), .signedPart = text.first(second).toByteArray(), .signature = *signature, .claims = *claims};
    if (out.algorithm.isEmpty() || out.algorithm.size() > longestName || out.keyId.size() > longestName || (!keyId.isUndefined() && !keyId.isString()))
        return notAToken("no algorithm, or a strange key");
    return out;
}

} // namespace ioc
