// SPDX-License-Identifier: GPL-3.0-or-later
#include <wire/feed.h>
#include <wire/plaincbor.h>

#include <QCborArray>
#include <QCoreApplication>

namespace ioc {

QString Cursor::toString() const
{
    const QCborArray fields{epoch.toBytes(), sequence, digest, scopeVersion, schemaVersion};
    return QString::fromLatin1(fields.toCborValue().toCbor().toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

Result<Cursor> Cursor::fromString(QStringView text)
{
    const auto refuse = [] {
        return failure(ErrorCode::InvalidInput, QCoreApplication::translate("Wire", "The place in the feed cannot be read. The device has to start again."));
    };
    if (text.size() > 400)
        return refuse();
    const auto bytes = QByteArray::fromBase64Encoding(text.toLatin1(), QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    if (!bytes)
        return refuse();
    const auto value = wire::parsedPlain(*bytes, 6);
    const QCborArray fields = value ? value->toArray() : QCborArray();
    if (fields.size() != 5 || !fields[0].isByteArray() || !fields[1].isInteger() || !fields[2].isByteArray() || !fields[3].isInteger() || !fields[4].isInteger())
        return refuse();
    const auto epoch = Id::fromBytes(fields[0].toByteArray());
    if (!epoch || fields[1].toInteger() < 0 || fields[3].toInteger() < 0 || fields[4].toInteger() < 0 || fields[2].toByteArray().size() > 64)
        return refuse();
    return Cursor{*epoch, fields[1].toInteger(), fields[2].toByteArray(), fields[3].toInteger(), fields[4].toInteger()};
}

} // namespace ioc
