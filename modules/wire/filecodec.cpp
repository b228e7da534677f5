// SPDX-License-Identifier: GPL-3.0-or-later
#include <wire/cborreader.h>
#include <wire/compression.h>
#include <wire/filestate.h>
#include <wire/plaincbor.h>

#include <QCborArray>
#include <QCoreApplication>

#include <algorithm>

namespace ioc::wire {

namespace {

constexpr qsizetype sizeLimit = 256LL * 1024; // as sent and unpacked
constexpr qint64 itemsLimit = 10'000;

Result<QCborValue> openedFiles(const QByteArray &body)
{
    if (body.size() > sizeLimit)
        return failure(ErrorCode::TooLarge, QCoreApplication::translate("Wire", "The message is too large. Send less at a time."));
    return decompressed(body, sizeLimit).and_then([](const QByteArray &plain) { return parsedPlain(plain, itemsLimit); });
}

QString digestFrom(const QByteArray &bytes, CborReader &reader)
{
    if (bytes.size() != 32)
        reader.fail(QStringLiteral("a digest"));
    return QString::fromLatin1(bytes.toHex());
}

} // namespace

QByteArray encodeDigests(const QStringList &digests)
{
    QCborArray list;
    for (const QString &digest : digests)
        list.append(QByteArray::fromHex(digest.toLatin1()));
    return compressed(QCborMap{{1, list}}.toCborValue().toCbor());
}

Result<QStringList> decodeDigests(const QByteArray &body)
{
    const auto value = openedFiles(body);
    if (!value)
        return std::unexpected(value.error());
    CborReader reader(*value, QStringLiteral("digests"));
    QStringList out;
    const auto items = reader.list(1, filesLimit);
    for (const QCborValue &item : items)
        out += digestFrom(item.toByteArray(), reader);
    return reader.finish().transform([&] { return std::move(out); });
}

QByteArray encode(const FileStates &states)
{
    QCborArray list;
    for (const FileState &state : states.files)
        list.append(QCborMap{{1, QByteArray::fromHex(state.digest.toLatin1())}, {2, static_cast<int>(state.standing)}, {3, state.held}});
    return compressed(QCborMap{{1, list}, {2, states.epoch.toBytes()}}.toCborValue().toCbor());
}

Result<FileStates> decodeFileStates(const QByteArray &body)
{
    const auto value = openedFiles(body);
    if (!value)
        return std::unexpected(value.error());
    CborReader reader(*value, QStringLiteral("states of files"), CborReader::Unknown::PassedOver);
    FileStates out{.epoch = reader.id(2, true), .files = {}};
    const auto items = reader.list(1, filesLimit);
    for (const QCborValue &item : items) {
        CborReader one(item, QStringLiteral("the state of a file"), CborReader::Unknown::PassedOver);
        FileState state{.digest = digestFrom(one.bytes(1, 32), one), .standing = static_cast<FileState::Standing>(one.integer(2, 0, 2)), .held = one.integer(3, 0)};
        (void)one.finish();
        reader.join(one);
        out.files += state;
    }
    return reader.finish().transform([&] { return std::move(out); });
}

} // namespace ioc::wire
