// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/basestate.h>
#include <wire/codec.h>

namespace ioc {

Result<std::optional<BaseState>> BaseStates::find(const Id &record)
{
    std::optional<BaseState> found;
    Result<void> unreadable;
    const auto done = m_connection.each(QStringLiteral("SELECT type, present, version, packed, feed FROM _base_state WHERE record=?"), {record.toBytes()},
                                        [&](const db::Row &row) {
                                            auto values = wire::unpackedValues(row.bytes(3));
                                            if (!values)
                                                unreadable = failure(ErrorCode::Damaged, values.error().message, values.error().detail);
                                            else
                                                found = {.type = row.text(0), .record = record, .present = row.integer(1) != 0, .version = row.integer(2), .values = std::move(*values), .feed = row.integer(4)};
                                            return false;
                                        });
    if (!unreadable)
        return std::unexpected(unreadable.error());
    return done.transform([&] { return found; });
}

Result<void> BaseStates::put(const BaseState &state)
{
    return m_connection
        .exec(QStringLiteral("INSERT OR REPLACE INTO _base_state (record, type, present, version, packed, feed) VALUES (?,?,?,?,?,?)"),
              {state.record.toBytes(), state.type, state.present ? 1 : 0, state.version, wire::packed(state.values), state.feed})
        .transform([](qint64) {});
}

Result<QList<Id>> BaseStates::records()
{
    QList<Id> out;
    return m_connection.each(QStringLiteral("SELECT record FROM _base_state"), {}, [&](const db::Row &row) {
        out += Id::fromBytes(row.bytes(0)).value_or(Id());
        return true;
    }).transform([&] { return std::move(out); });
}

Result<void> BaseStates::remove(const Id &record)
{
    return m_connection.exec(QStringLiteral("DELETE FROM _base_state WHERE record=?"), {record.toBytes()}).transform([](qint64) {});
}

} // namespace ioc
