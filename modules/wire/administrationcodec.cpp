// SPDX-License-Identifier: GPL-3.0-or-later
#include <wire/administration.h>
#include <wire/cborreader.h>
#include <wire/codec.h>
#include <wire/compression.h>
#include <wire/plaincbor.h>

#include <QCborArray>
#include <QCoreApplication>

namespace ioc::wire {

namespace {

constexpr qsizetype pageLimit = 1024LL * 1024; // bytes, as sent and unpacked
constexpr qint64 pageItems = 20'000;
constexpr qint64 smallItems = 20;

void putRowId(QCborMap &map, int key, const Id &id)
{
    if (!id.isNull())
        map.insert(key, id.toBytes());
}

void putRowText(QCborMap &map, int key, const QString &text)
{
    if (!text.isEmpty())
        map.insert(key, text);
}

QCborMap toCbor(const DeviceRow &row)
{
    QCborMap map{{1, row.device.toBytes()}, {6, row.firstMs}, {7, row.lastMs}};
    putRowText(map, 2, row.name);
    putRowId(map, 3, row.account);
    putRowText(map, 4, row.login);
    putRowText(map, 5, row.displayName);
    putRowText(map, 8, row.version);
    if (row.revokedMs != 0)
        map.insert(9, row.revokedMs);
    putRowText(map, 10, row.revokedBy);
    return map;
}

DeviceRow deviceFrom(CborReader &reader)
{
    return {.device = reader.id(1, true), .name = reader.text(2, 200), .account = reader.id(3, false), .login = reader.text(4, 200), .displayName = reader.text(5),
            .firstMs = reader.integer(6), .lastMs = reader.integer(7), .version = reader.text(8, 64), .revokedMs = reader.has(9) ? reader.integer(9) : 0, .revokedBy = reader.text(10, 200)};
}

QCborMap toCbor(const AccountRow &row)
{
    QCborMap map{{1, row.account.toBytes()}, {2, row.login}, {3, row.displayName}, {4, row.role}, {7, row.disabled}, {8, row.hasPassword},
                 {9, row.mustChangePassword}, {10, row.signedInMs}, {11, row.lockedMs}, {12, row.sessions}};
    putRowId(map, 5, row.customRole);
    putRowId(map, 6, row.unit);
    return map;
}

AccountRow accountFrom(CborReader &reader)
{
    return {.account = reader.id(1, true), .login = reader.text(2, 200), .displayName = reader.text(3), .role = reader.text(4, 64), .customRole = reader.id(5, false),
            .unit = reader.id(6, false), .disabled = reader.boolean(7), .hasPassword = reader.boolean(8), .mustChangePassword = reader.boolean(9),
            .signedInMs = reader.integer(10), .lockedMs = reader.integer(11, 0), .sessions = static_cast<int>(reader.integer(12, 0, std::numeric_limits<int>::max()))};
}

template <typename Row>
QByteArray encodedPage(const RowPage<Row> &page)
{
    QCborArray rows;
    for (const Row &row : page.rows)
        rows.append(toCbor(row));
    QCborMap map{{1, rows}};
    putRowId(map, 2, page.next);
    return compressed(map.toCborValue().toCbor());
}

Result<QCborValue> opened(const QByteArray &body, qsizetype limit, qint64 items)
{
    if (body.size() > limit)
        return failure(ErrorCode::TooLarge, QCoreApplication::translate("Wire", "The message is too large. Send less at a time."));
    return decompressed(body, limit).and_then([items](const QByteArray &plain) { return parsedPlain(plain, items); });
}

template <typename Row>
Result<RowPage<Row>> decodedPage(const QByteArray &body, Row (*read)(CborReader &))
{
    const auto value = opened(body, pageLimit, pageItems);
    if (!value)
        return std::unexpected(value.error());
    CborReader reader(*value, QStringLiteral("a list"), CborReader::Unknown::PassedOver);
    RowPage<Row> page;
    const auto rows = reader.list(1, rowsLimit);
    for (const QCborValue &row : rows) {
        CborReader inner(row, QStringLiteral("a row"), CborReader::Unknown::PassedOver);
        page.rows += read(inner);
        (void)inner.finish();
        reader.join(inner);
    }
    page.next = reader.id(2, false);
    return reader.finish().transform([&] { return std::move(page); });
}

} // namespace

QByteArray encode(const DevicePage &page)
{
    return encodedPage(page);
}

Result<DevicePage> decodeDevicePage(const QByteArray &body)
{
    return decodedPage<DeviceRow>(body, deviceFrom);
}

QByteArray encode(const AccountPage &page)
{
    return encodedPage(page);
}

Result<AccountPage> decodeAccountPage(const QByteArray &body)
{
    return decodedPage<AccountRow>(body, accountFrom);
}

QByteArray encode(const PasswordChange &change)
{
    return compressed(QCborMap{{1, change.before}, {2, change.after}}.toCborValue().toCbor());
}

Result<PasswordChange> decodePasswordChange(const QByteArray &body)
{
    const auto value = opened(body, smallLimit, smallItems);
    if (!value)
        return std::unexpected(value.error());
    CborReader reader(*value, QStringLiteral("a change of password"));
    PasswordChange out{reader.text(1, 1000), reader.text(2, 1000)};
    return reader.finish().transform([&] { return std::move(out); });
}

QByteArray encodeOneTimePassword(const QString &password)
{
    return compressed(QCborMap{{1, password}}.toCborValue().toCbor());
}

Result<QString> decodeOneTimePassword(const QByteArray &body)
{
    const auto value = opened(body, smallLimit, smallItems);
    if (!value)
        return std::unexpected(value.error());
    CborReader reader(*value, QStringLiteral("a password"), CborReader::Unknown::PassedOver);
    QString out = reader.text(1, 200);
    return reader.finish().transform([&] { return std::move(out); });
}

} // namespace ioc::wire
