// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <db/connection.h>
#include <records/record.h>

#include <optional>

namespace ioc {

/// Central's state of a record that has live operations.
struct BaseState
{
    QString type;
    Id record;
    bool present = false; ///< false: central does not have it, or not that we know
    qint64 version = 0;
    Values values;
    qint64 feed = 0; ///< the reading of the feed that brought it
};

/// The table _base_state, on the connection of whoever asks.
class BaseStates
{
public:
    explicit BaseStates(db::Connection &connection) : m_connection(connection) {}
    Result<std::optional<BaseState>> find(const Id &record);
    Result<void> put(const BaseState &state);
    Result<void> remove(const Id &record);
    Result<QList<Id>> records();

private:
    db::Connection &m_connection;
};

} // namespace ioc
