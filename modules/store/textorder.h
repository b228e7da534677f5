// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <store/columnindex.h>

#include <vector>

namespace ioc {

/// Roughly where each row of a large type stands in the order of one text field: which of some thousand neighbouring parts of that order
/// it is in (two bytes a row). The first rows of any set are among those in its first parts, so only these need be read and compared,
/// however large the set is and wherever in the order it lies.
class TextOrder
{
public:
    /// \a field: one with a sort column of \a table.
    TextOrder(const TypeTable &table, const Field &field) : m_table(table), m_field(field) {}
    [[nodiscard]] QString type() const { return m_table.type().name; }

    /// Reads every row, in order, from the sort column's index; once, into an order with nothing in it.
    Result<void> load(db::Connection &connection);
    /// Reads rows again that were written.
    Result<void> refresh(db::Connection &connection, const QList<qint64> &changed);

    /// Keys of \a keys among which its first \a limit stand, in no order; empty texts stand last in either direction.
    [[nodiscard]] QList<qint64> firstAmong(const KeySet &keys, bool descending, int limit) const;
    /// So many rows came into one part since it was read that looking through it takes long: time for a new one.
    [[nodiscard]] bool isUneven() const { return m_most > 20 * m_width; }

private:
    struct Start { QByteArray text; qint64 key; };
    void put(qint64 key, quint16 part);
    [[nodiscard]] quint16 partOf(QByteArrayView text, qint64 key) const;

    const TypeTable &m_table;
    const Field &m_field;
    std::vector<Start> m_starts;  ///< of each part but the first
    std::vector<quint16> m_parts; ///< by key
    std::vector<int> m_written;   ///< since it was read, by part
    int m_most = 0;               ///< of m_written
    qint64 m_width = 0;           ///< rows of a part when it was read
};

} // namespace ioc
