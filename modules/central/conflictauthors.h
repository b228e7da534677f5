// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <central/recordtables.h>
#include <records/merge.h>
#include <wire/operation.h>

namespace ioc {

/// Says of the values that stood against an operation who wrote them, and when: people settle a conflict by that.
class ConflictAuthors
{
public:
    ConflictAuthors(db::Connection &connection, const RecordTables &tables) : m_connection(connection), m_tables(tables) {}

    /// Fills in theirsBy and theirsMs of each of \a conflicts on \a record (aliases followed), from the operations taken since
    /// the version that the author of \a operation saw; what came otherwise (by import) counts for who touched the record last. \a key: the
    /// record's, by which the kept operations are sealed.
    Result<void> fillIn(QList<FieldConflict> &conflicts, const Operation &operation, const Id &record, const SealKey &key);

private:
    Result<QString> displayName(const Id &account);
    Result<void> fillInLastTouch(QList<FieldConflict> &conflicts, const RecordType &type, const Id &record);

    db::Connection &m_connection;
    const RecordTables &m_tables;
};

} // namespace ioc
