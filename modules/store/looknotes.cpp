// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/looknotes.h>

namespace ioc {

Result<void> LookNotes::add(const Look &look)
{
    auto transaction = db::Transaction::begin(m_connection, db::Transaction::Durability::Full);
    if (!transaction)
        return std::unexpected(transaction.error());
    return m_connection.exec(QStringLiteral("INSERT INTO _look (look, type, record, fields, author, device_ms, offset_ms) VALUES (?,?,?,?,?,?,?)"),
                             {look.look.toBytes(), look.type, look.record.toBytes(), look.fields.join(u','), look.author.toBytes(), look.deviceTimeMs, look.offsetMs}).and_then([&](qint64) { return transaction->commit(); });
}

Result<QList<Look>> LookNotes::first(int limit)
{
    QList<Look> out;
    const auto idIn = [](const db::Row &row, int column) { return Id::fromBytes(row.bytes(column)).value_or(Id()); };
    return m_connection.each(QStringLiteral("SELECT look, type, record, fields, author, device_ms, offset_ms FROM _look ORDER BY look LIMIT ?"), {limit}, [&](const db::Row &row) {
        out += Look{.look = idIn(row, 0), .type = row.text(1), .record = idIn(row, 2), .fields = row.text(3).split(u','), .author = idIn(row, 4), .deviceTimeMs = row.integer(5), .offsetMs = row.integer(6)};
        return true;
    }).transform([&] { return std::move(out); });
}

Result<void> LookNotes::forget(const QList<Look> &looks)
{
    auto transaction = db::Transaction::begin(m_connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    for (const Look &look : looks) {
        if (const auto gone = m_connection.exec(QStringLiteral("DELETE FROM _look WHERE look=?"), {look.look.toBytes()}); !gone)
            return std::unexpected(gone.error());
    }
    return transaction->commit();
}

} // namespace ioc
