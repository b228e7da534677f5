// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/devices.h>

#include <QCoreApplication>

namespace ioc {

Result<DevicePage> Devices::page(const Id &after, int limit) const
{
    DevicePage out;
    const QString sql = QStringLiteral("SELECT d.id, d.name, d.account, a.login, a.display_name, d.first_ms, d.last_ms, d.version, coalesce(d.revoked_ms, 0), r.login FROM access_device d "
                                       "LEFT JOIN account a ON a.shard = ? AND a.id = d.account LEFT JOIN account r ON r.shard = ? AND r.id = d.revoked_by "
                                       "WHERE d.id > ? ORDER BY d.id LIMIT ?");
    const auto read = m_connection.each(sql, {m_shard, m_shard, after.toBytes(), limit + 1}, [&](const db::Row &row) {
        const auto id = [&](int column) { return Id::fromBytes(row.bytes(column)).value_or(Id()); };
        out.rows += DeviceRow{.device = id(0), .name = row.text(1), .account = id(2), .login = row.text(3), .displayName = row.text(4), .firstMs = row.integer(5),
                              .lastMs = row.integer(6), .version = row.text(7), .revokedMs = row.integer(8), .revokedBy = row.text(9)};
        return true;
    });
    if (!read)
        return std::unexpected(read.error());
    if (out.rows.size() > limit) {
        out.rows.removeLast();
        out.next = out.rows.constLast().device;
    }
    return out;
}

Result<void> Devices::revoke(const Id &device)
{
    return change(device, AuditKind::DeviceRevoked);
}

Result<void> Devices::restore(const Id &device)
{
    return change(device, AuditKind::DeviceRestored);
}

Result<void> Devices::change(const Id &device, AuditKind kind)
{
    const bool isRevoked = kind == AuditKind::DeviceRevoked;
    auto transaction = db::Transaction::begin(m_connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    const auto name = m_connection.one<QString>(QStringLiteral("SELECT name FROM access_device WHERE id = ?"), {device.toBytes()}, [](const db::Row &row) { return row.text(0); });
    if (!name && name.error().code == ErrorCode::NotFound)
        return failure(ErrorCode::NotFound, QCoreApplication::translate("Central", "There is no such device."));
    if (!name)
        return std::unexpected(name.error());
    const QVariant by = m_actor.account.isNull() ? QVariant(QMetaType::fromType<QByteArray>()) : QVariant(m_actor.account.toBytes());
    const auto changed = isRevoked
        ? m_connection.exec(QStringLiteral("UPDATE access_device SET revoked_ms = ?, revoked_by = ? WHERE id = ? AND revoked_ms IS NULL"), {m_clock.nowMs(), by, device.toBytes()})
        : m_connection.exec(QStringLiteral("UPDATE access_device SET revoked_ms = NULL, revoked_by = NULL WHERE id = ? AND revoked_ms IS NOT NULL"), {device.toBytes()});
    if (!changed || *changed == 0)
        return changed.transform([](qint64) {});
    // Until then they told the device why it is not let in.
    const auto ended = isRevoked ? Result<qint64>(0) : m_connection.exec(QStringLiteral("DELETE FROM access_session WHERE device = ?"), {device.toBytes()});
    if (!ended)
        return std::unexpected(ended.error());
    return AuditJournal(m_connection).add({.kind = kind, .atMs = m_clock.nowMs(), .who = m_actor, .type = {}, .record = {}, .op = {},
                                           .details = {{QStringLiteral("device"), device.toBytes()}, {QStringLiteral("name"), *name}}})
        .and_then([&] { return transaction->commit(); });
}

} // namespace ioc
