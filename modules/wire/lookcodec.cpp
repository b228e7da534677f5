// SPDX-License-Identifier: GPL-3.0-or-later
#include <wire/cborreader.h>
#include <wire/codec.h>
#include <wire/compression.h>
#include <wire/plaincbor.h>

#include <QCborArray>
#include <QCoreApplication>

namespace ioc::wire {

namespace {

constexpr int fieldsLimit = 200;
constexpr qint64 lookItems = 50'000;

QCborMap lookMap(const Look &look)
{
    QCborMap map{{1, look.look.toBytes()}, {2, look.type}, {3, look.record.toBytes()}, {4, QCborArray::fromStringList(look.fields)}, {6, look.deviceTimeMs}, {7, look.offsetMs}};
    if (!look.author.isNull())
        map.insert(5, look.author.toBytes());
    return map;
}

Look lookFrom(const QCborValue &value, CborReader &parent)
{
    CborReader reader(value, QStringLiteral("a look"));
    Look look{.look = reader.id(1, true), .type = reader.text(2, 64), .record = reader.id(3, true), .fields = {}, .author = reader.id(5, false),
              .deviceTimeMs = reader.integer(6), .offsetMs = reader.integer(7)};
    const auto fields = reader.list(4, fieldsLimit);
    for (const QCborValue &field : fields) {
        if (!field.isString() || field.toString().size() > 64)
            reader.fail(QStringLiteral("a field's name"));
        look.fields += field.toString();
    }
    if (look.fields.isEmpty())
        reader.fail(QStringLiteral("no fields"));
    (void)reader.finish();
    parent.join(reader);
    return look;
}

} // namespace

QByteArray encode(const QList<Look> &looks)
{
    QCborArray list;
    for (const Look &look : looks)
        list.append(lookMap(look));
    return compressed(QCborMap{{1, list}}.toCborValue().toCbor());
}

Result<QList<Look>> decodeLooks(const QByteArray &body)
{
    if (body.size() > bodyLimit)
        return failure(ErrorCode::TooLarge, QCoreApplication::translate("Wire", "The message is too large. Send less at a time."));
    const auto value = decompressed(body, bodyLimit).and_then([](const QByteArray &plain) { return parsedPlain(plain, lookItems); });
    if (!value)
        return std::unexpected(value.error());
    CborReader reader(*value, QStringLiteral("looks"));
    QList<Look> out;
    const auto items = reader.list(1, looksLimit);
    for (const QCborValue &item : items)
        out += lookFrom(item, reader);
    return reader.finish().transform([&] { return std::move(out); });
}

} // namespace ioc::wire
