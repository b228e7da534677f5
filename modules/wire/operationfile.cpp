// SPDX-License-Identifier: GPL-3.0-or-later
#include <wire/cborreader.h>
#include <wire/codec.h>
#include <wire/compression.h>
#include <wire/operationfile.h>
#include <wire/plaincbor.h>

#include <QCborArray>
#include <QCoreApplication>
#include <QCryptographicHash>
#include <QtEndian>

namespace ioc::wire {

namespace {

constexpr QByteArrayView fileFormat = "tourism-ioc changes ";
constexpr QByteArrayView fileVersion = "1\n";
constexpr qsizetype digestSize = 32;
constexpr qsizetype lengthSize = 4;
constexpr qsizetype frameEntries = 1000;
constexpr qsizetype frameBytes = 4'194'304; // of operations, after which a frame ends
constexpr qsizetype namesLimit = 20'000;
constexpr qint64 frameItems = 100'000;

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Wire)
};

std::unexpected<Error> damagedChanges(const QString &detail)
{
    return failure(ErrorCode::Damaged, Words::tr("The file is damaged or was not copied whole. Copy it again, or export it again on the other desktop."), detail);
}

void putFrame(QByteArray &out, const QCborMap &map)
{
    const QByteArray body = compressed(map.toCborValue().toCbor());
    QByteArray length(lengthSize, Qt::Uninitialized);
    qToLittleEndian<quint32>(static_cast<quint32>(body.size()), length.data());
    out += length + body;
}

QCborMap headerMap(const OperationFile &file)
{
    QCborArray names;
    for (const auto &[account, name] : file.names.asKeyValueRange())
        names.append(QCborMap{{1, account.toBytes()}, {2, name}});
    QCborMap map{{3, file.writtenBy}, {4, file.writtenMs}, {5, names}, {6, file.entries.size()}};
    if (!file.epoch.isNull())
        map.insert(1, file.epoch.toBytes());
    if (!file.device.isNull())
        map.insert(2, file.device.toBytes());
    return map;
}

QCborMap entryMap(const OperationFile::Entry &entry)
{
    QCborMap map{{1, packed(entry.operation)}};
    if (entry.refused) {
        map.insert(2, true);
        map.insert(3, entry.reason);
    }
    return map;
}

/// The next frame of \a rest, taken off it.
Result<QCborValue> takeFrame(QByteArrayView &rest)
{
    if (rest.size() < lengthSize)
        return damagedChanges(QStringLiteral("no frame"));
    const qsizetype length = qFromLittleEndian<quint32>(rest.data());
    if (length > bodyLimit || length > rest.size() - lengthSize)
        return damagedChanges(QStringLiteral("a frame of %1 bytes").arg(length));
    const QByteArrayView body = rest.sliced(lengthSize, length);
    rest = rest.sliced(lengthSize + length);
    return decompressed(body, unpackedLimit).and_then([](const QByteArray &plain) { return parsedPlain(plain, frameItems); });
}

Result<qint64> readHeader(const QCborValue &value, OperationFile &file)
{
    CborReader reader(value, QStringLiteral("the header of a file of changes"));
    file.epoch = reader.id(1, false);
    file.device = reader.id(2, false);
    file.writtenBy = reader.text(3, 200);
    file.writtenMs = reader.integer(4);
    const auto names = reader.list(5, namesLimit);
    for (const QCborValue &item : names) {
        CborReader name(item, QStringLiteral("an author"));
        file.names.insert(name.id(1, true), name.text(2, 200));
        (void)name.finish();
        reader.join(name);
    }
    const qint64 count = reader.integer(6, 0);
    return reader.finish().transform([&] { return count; });
}

Result<OperationFile::Entry> readEntry(const QCborValue &value)
{
    CborReader reader(value, QStringLiteral("an entry of a file of changes"));
    const QByteArray operation = reader.bytes(1, unpackedLimit);
    OperationFile::Entry entry{.refused = reader.has(2) && reader.boolean(2), .reason = reader.text(3)};
    if (!entry.refused)
        entry.reason.clear(); // of nothing
    if (const auto whole = reader.finish(); !whole)
        return std::unexpected(whole.error());
    return unpackedOperation(operation).transform([&](Operation &&read) {
        entry.operation = std::move(read);
        return std::move(entry);
    });
}

} // namespace

QByteArray encode(const OperationFile &file)
{
    QByteArray out = fileFormat.toByteArray() + fileVersion.toByteArray();
    putFrame(out, headerMap(file));
    QCborArray list;
    qsizetype size = 0;
    const auto flush = [&] {
        if (!list.isEmpty())
            putFrame(out, {{1, std::exchange(list, {})}});
        size = 0;
    };
    for (const OperationFile::Entry &entry : file.entries) {
        const QCborMap map = entryMap(entry);
        list.append(map);
        size += map.value(1).toByteArray().size();
        if (list.size() == frameEntries || size > frameBytes)
            flush();
    }
    flush();
    return out + QCryptographicHash::hash(out, QCryptographicHash::Sha256);
}

Result<OperationFile> decodeOperationFile(QByteArrayView bytes)
{
    if (!bytes.startsWith(fileFormat))
        return failure(ErrorCode::InvalidInput, Words::tr("This is not a file of changes exported from this program. Choose another file."));
    if (!bytes.sliced(fileFormat.size()).startsWith(fileVersion))
        return failure(ErrorCode::Unsupported, Words::tr("The file was written by a newer version of this program. Update this desktop and import it again."));
    const qsizetype start = fileFormat.size() + fileVersion.size();
    if (bytes.size() > operationFileLimit)
        return failure(ErrorCode::TooLarge, Words::tr("The file is too large. Export fewer changes at a time."));
    if (bytes.size() < start + digestSize)
        return damagedChanges(QStringLiteral("ends in its head"));
    if (QCryptographicHash::hash(bytes.chopped(digestSize), QCryptographicHash::Sha256) != bytes.last(digestSize))
        return damagedChanges(QStringLiteral("another digest"));
    QByteArrayView rest = bytes.chopped(digestSize).sliced(start);
    OperationFile file;
    const auto header = takeFrame(rest);
    if (!header)
        return std::unexpected(header.error());
    const auto count = readHeader(*header, file);
    if (!count)
        return std::unexpected(count.error());
    while (!rest.isEmpty()) {
        const auto frame = takeFrame(rest);
        if (!frame)
            return std::unexpected(frame.error());
        CborReader reader(*frame, QStringLiteral("a frame of a file of changes"));
        const auto items = reader.list(1, frameEntries);
        if (const auto whole = reader.finish(); !whole)
            return std::unexpected(whole.error());
        for (const QCborValue &item : items) {
            auto entry = readEntry(item);
            if (!entry)
                return std::unexpected(entry.error());
            file.entries += std::move(*entry);
        }
    }
    if (file.entries.size() != *count)
        return damagedChanges(QStringLiteral("%1 entries of %2").arg(file.entries.size()).arg(*count));
    return file;
}

} // namespace ioc::wire
