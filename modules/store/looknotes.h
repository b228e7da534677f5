// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <db/connection.h>
#include <wire/look.h>

namespace ioc {

/// Looks at personal data that central has yet to hear of: kept until it has, whatever happens here meanwhile.
class LookNotes
{
public:
    explicit LookNotes(db::Connection &connection) : m_connection(connection) {}

    Result<void> add(const Look &look);
    /// The oldest \a limit.
    Result<QList<Look>> first(int limit);
    Result<void> forget(const QList<Look> &looks);

private:
    db::Connection &m_connection;
};

} // namespace ioc
