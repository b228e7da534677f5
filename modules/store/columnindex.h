// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <store/typetable.h>

#include <vector>

namespace ioc {

/// A set of keys, one bit each.
class KeySet
{
public:
    void insert(qint64 key)
    {
        const auto word = static_cast<size_t>(key) / 64;
        if (word >= m_words.size())
            m_words.resize(word + 1 + m_words.size() / 4);
        m_words[word] |= quint64(1) << (key % 64);
    }
    void remove(qint64 key)
    {
        if (static_cast<size_t>(key) / 64 < m_words.size())
            m_words[static_cast<size_t>(key) / 64] &= ~(quint64(1) << (key % 64));
    }
    [[nodiscard]] bool contains(qint64 key) const
    {
        const auto word = static_cast<size_t>(key) / 64;
        return word < m_words.size() && (m_words[word] >> (key % 64) & 1);
    }
    void intersect(const KeySet &other);
    [[nodiscard]] qint64 count() const;
    /// Calls \a each with every key, in ascending order.
    template <typename Each>
    void forEach(Each each) const
    {
        for (size_t i = 0; i < m_words.size(); ++i) {
            for (quint64 word = m_words[i]; word; word &= word - 1)
                each(static_cast<qint64>(i * 64 + static_cast<size_t>(__builtin_ctzll(word))));
        }
    }
    /// Keeps only keys for which \a keep is true.
    template <typename Keep>
    void filter(Keep keep)
    {
        for (size_t i = 0; i < m_words.size(); ++i) {
            for (quint64 word = m_words[i]; word; word &= word - 1) {
                const int bit = __builtin_ctzll(word);
                if (!keep(i * 64 + static_cast<size_t>(bit)))
                    m_words[i] &= ~(quint64(1) << bit);
            }
        }
    }

private:
    std::vector<quint64> m_words;
};

/// The small columns of one large type held in memory (some 40 bytes a row), addressed by key: any filter, sort or count
/// over half a million records is a pass over arrays. SQL answers the same, slower; a test compares the two.
class ColumnIndex
{
public:
    explicit ColumnIndex(const TypeTable &table);

    /// Reads every row, over the type's walk index.
    Result<void> load(db::Connection &connection);
    /// Reads rows again that were written.
    Result<void> refresh(db::Connection &connection, const QList<qint64> &changed, const QList<qint64> &removed);

    [[nodiscard]] const KeySet &all() const { return m_live; }
    /// Whether \a field is held.
    [[nodiscard]] bool holds(const Field *field) const { return column(field) != nullptr; }
    /// Keeps the keys of \a keys that \a filter lets pass. False when it is not for these columns to decide: ask SQL.
    bool apply(const Filter &filter, KeySet &keys) const;
    /// \a keys in order of \a field (held, or null for key order); the first \a limit when not negative.
    [[nodiscard]] QList<qint64> sorted(const KeySet &keys, const Field *field, bool descending, int limit) const;
    [[nodiscard]] QList<std::pair<QCborValue, qint64>> countsBy(const KeySet &keys, const Field *field) const;
    /// Milliseconds from \a from to \a to, both held times, where both are set and in that order.
    [[nodiscard]] QList<qint64> durations(const KeySet &keys, const Field *from, const Field *to) const;
    /// {day number UTC+7, code of \a split or 0, count}; both fields held, \a split may be null.
    struct DayGroup { qint64 day; QCborValue split; qint64 count; };
    [[nodiscard]] QList<DayGroup> countsByDay(const KeySet &keys, const Field *field, const Field *split) const;

private:
    /// Numbers as they are, texts and ids by their place in a dictionary (0: empty).
    struct Column
    {
        const Field *field = nullptr;
        bool coded = false;
        bool overflow = false;            ///< too many different values: not held any more
        std::vector<qint64> numbers;      ///< integers; emptyNumber for empty
        std::vector<double> reals;        ///< decimals; NaN for empty
        std::vector<quint16> codes;
        std::vector<QByteArray> values;   ///< by code
        QHash<QByteArray, quint16> known;
    };
    [[nodiscard]] const Column *column(const Field *field) const;
    [[nodiscard]] QString selectSql() const;
    void grow(qint64 key);
    void put(qint64 key, const db::Row &row);
    void putOne(Column &column, size_t key, const db::Row &row, int at);
    static QCborValue valueOf(const Column &column, const QByteArray &stored);
    static QByteArray storedOf(const Column &column, const QCborValue &value);
    template <typename Rank>
    static QList<qint64> sortedBy(const KeySet &keys, Rank rank, bool descending, int limit);

    const TypeTable &m_table;
    KeySet m_live;
    size_t m_size = 0;
    std::vector<Column> m_columns;
};

} // namespace ioc
