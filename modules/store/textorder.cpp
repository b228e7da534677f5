// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/textorder.h>

#include <algorithm>

namespace ioc {

namespace {

constexpr quint16 emptyPart = 0xffff;
constexpr qint64 mostParts = 1000; // of a large type: half a million rows in parts of five hundred
constexpr qint64 smallestPart = 64;

int compared(QByteArrayView a, QByteArrayView b)
{
    const int order = std::memcmp(a.data(), b.data(), static_cast<size_t>(std::min(a.size(), b.size()))); // as SQLite's BINARY
    return order != 0 ? order : a.size() < b.size() ? -1 : a.size() > b.size();
}

} // namespace

Result<void> TextOrder::load(db::Connection &connection)
{
    const auto rows = m_table.lastKey(connection); // no fewer than there are
    if (!rows)
        return std::unexpected(rows.error());
    m_parts.assign(static_cast<size_t>(*rows) + 1, emptyPart);
    qint64 loaded = 0;
    m_width = std::max(*rows / mostParts + 1, smallestPart);
    const QString column = m_table.sortColumn(m_field);
    const auto read = connection.each(QStringLiteral("SELECT key, %1 FROM %2 WHERE %1 IS NOT NULL ORDER BY %1, key").arg(column, m_table.name()), {}, [&](const db::Row &row) {
        const qint64 key = row.integer(0);
        if (loaded > 0 && loaded % m_width == 0)
            m_starts.push_back({row.view(1).toByteArray(), key});
        put(key, static_cast<quint16>(m_starts.size()));
        ++loaded;
        return true;
    });
    m_written.assign(m_starts.size() + 1, 0);
    return read;
}

Result<void> TextOrder::refresh(db::Connection &connection, const QList<qint64> &changed)
{
    constexpr qsizetype atOnce = 500;
    const QString sql = QStringLiteral("SELECT key, %1 FROM %2 WHERE key IN (%3)").arg(m_table.sortColumn(m_field), m_table.name());
    for (qsizetype from = 0; from < changed.size(); from += atOnce) {
        QVariantList keys;
        for (const qint64 key : changed.mid(from, atOnce))
            keys += key;
        const auto read = connection.each(sql.arg(QStringList(keys.size(), QStringLiteral("?")).join(u',')), keys, [&](const db::Row &row) {
            const qint64 key = row.integer(0);
            const quint16 part = row.isNull(1) ? emptyPart : partOf(row.view(1), key);
            put(key, part);
            if (part != emptyPart)
                m_most = std::max(m_most, ++m_written[part]);
            return true;
        });
        if (!read)
            return read;
    }
    return {};
}

void TextOrder::put(qint64 key, quint16 part)
{
    const auto at = static_cast<size_t>(key);
    if (at >= m_parts.size())
        m_parts.resize(at + 1 + at / 8, emptyPart);
    m_parts[at] = part;
}

quint16 TextOrder::partOf(QByteArrayView text, qint64 key) const
{
    const auto after = std::ranges::upper_bound(m_starts, 0, {}, [&](const Start &start) {
        const int order = compared(start.text, text);
        return order != 0 ? order : start.key < key ? -1 : start.key > key;
    });
    return static_cast<quint16>(after - m_starts.begin());
}

QList<qint64> TextOrder::firstAmong(const KeySet &keys, bool descending, int limit) const
{
    const size_t parts = m_starts.size() + 1;
    std::vector<int> counts(parts);
    const auto partAt = [&](qint64 key) { return static_cast<size_t>(key) < m_parts.size() ? m_parts[static_cast<size_t>(key)] : emptyPart; };
    keys.forEach([&](qint64 key) {
        if (const quint16 part = partAt(key); part != emptyPart)
            ++counts[part];
    });
    int sum = 0;
    size_t taken = 0;
    for (; taken < parts && sum < limit; ++taken)
        sum += counts[descending ? parts - 1 - taken : taken];
    const auto isIn = [&](quint16 part) { return part != emptyPart && (descending ? part >= parts - taken : part < taken); };
    QList<qint64> out;
    QList<qint64> empty; // in order of their keys, as among equals
    keys.forEach([&](qint64 key) {
        const quint16 part = partAt(key);
        if (isIn(part))
            out += key;
        else if (part == emptyPart && sum < limit)
            empty += key;
    });
    const qsizetype lacking = std::clamp<qsizetype>(limit - sum, 0, empty.size());
    return out + (descending ? empty.last(lacking) : empty.first(lacking));
}

} // namespace ioc
