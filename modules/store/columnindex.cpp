// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/zone.h>
#include <store/columnindex.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <unordered_map>

namespace ioc {

namespace {

constexpr qint64 emptyNumber = std::numeric_limits<qint64>::min();
constexpr qsizetype codeLimit = 65'000;

bool isId(const Field &field) { return field.kind == FieldKind::Unit || field.kind == FieldKind::Reference; }
bool isCoded(const Field &field) { return isId(field) || field.kind == FieldKind::Choice || field.kind == FieldKind::Date; }

qint64 dayOf(qint64 ms)
{
    const qint64 local = ms + zoneMs;
    return local >= 0 ? local / dayMs : -((-local + dayMs - 1) / dayMs);
}

} // namespace

void KeySet::intersect(const KeySet &other)
{
    for (size_t i = 0; i < m_words.size(); ++i)
        m_words[i] &= i < other.m_words.size() ? other.m_words[i] : 0;
}

qint64 KeySet::count() const
{
    qint64 sum = 0;
    for (const quint64 word : m_words)
        sum += std::popcount(word);
    return sum;
}

ColumnIndex::ColumnIndex(const TypeTable &table) : m_table(table)
{
    const auto facets = table.facets();
    for (const Field *field : facets) {
        Column column{.field = field, .coded = isCoded(*field)};
        if (column.coded)
            column.values.emplace_back();
        m_columns.push_back(std::move(column));
    }
}

QString ColumnIndex::selectSql() const
{
    QString sql = QStringLiteral("SELECT key");
    for (const Column &column : m_columns)
        sql += u',' + db::quoted(column.field->name);
    return sql + QStringLiteral(" FROM ") + m_table.name();
}

Result<void> ColumnIndex::load(db::Connection &connection)
{
    const auto last = m_table.lastKey(connection);
    if (!last)
        return std::unexpected(last.error());
    grow(*last);
    return connection.each(selectSql() + QStringLiteral(" INDEXED BY ") + m_table.walkIndex(), {}, [&](const db::Row &row) {
        put(row.integer(0), row);
        return true;
    });
}

Result<void> ColumnIndex::refresh(db::Connection &connection, const QList<qint64> &changed, const QList<qint64> &removed)
{
    for (const qint64 key : removed)
        m_live.remove(key);
    constexpr qsizetype part = 500;
    for (qsizetype from = 0; from < changed.size(); from += part) {
        QVariantList keys;
        for (const qint64 key : changed.mid(from, part)) {
            m_live.remove(key); // it may be gone already
            keys += key;
        }
        const QString marks = QStringList(keys.size(), QStringLiteral("?")).join(u',');
        const auto read = connection.each(selectSql() + QStringLiteral(" WHERE key IN (%1)").arg(marks), keys, [&](const db::Row &row) {
            put(row.integer(0), row);
            return true;
        });
        if (!read)
            return read;
    }
    return {};
}

void ColumnIndex::grow(qint64 key)
{
    const auto needed = static_cast<size_t>(key) + 1;
    if (needed <= m_size)
        return;
    m_size = m_size == 0 ? needed : needed + needed / 8;
    for (Column &column : m_columns) {
        if (column.coded)
            column.codes.resize(column.overflow ? 0 : m_size);
        else if (column.field->kind == FieldKind::Decimal)
            column.reals.resize(m_size, std::numeric_limits<double>::quiet_NaN());
        else
            column.numbers.resize(m_size, emptyNumber);
    }
}

void ColumnIndex::put(qint64 key, const db::Row &row)
{
    grow(key);
    m_live.insert(key);
    for (size_t i = 0; i < m_columns.size(); ++i)
        putOne(m_columns[i], static_cast<size_t>(key), row, static_cast<int>(i) + 1);
}

void ColumnIndex::putOne(Column &column, size_t key, const db::Row &row, int at)
{
    const bool empty = row.isNull(at);
    if (!column.coded) {
        if (column.field->kind == FieldKind::Decimal)
            column.reals[key] = empty ? std::numeric_limits<double>::quiet_NaN() : row.real(at);
        else
            column.numbers[key] = empty ? emptyNumber : row.integer(at);
        return;
    }
    if (column.overflow)
        return;
    if (empty) {
        column.codes[key] = 0;
        return;
    }
    const QByteArrayView bytes = row.view(at);
    const auto known = column.known.constFind(QByteArray::fromRawData(bytes.data(), bytes.size()));
    if (known != column.known.cend()) {
        column.codes[key] = *known;
        return;
    }
    if (static_cast<qsizetype>(column.values.size()) >= codeLimit) {
        column.overflow = true;
        column.codes = {};
        return;
    }
    const auto code = static_cast<quint16>(column.values.size());
    column.values.push_back(bytes.toByteArray());
    column.known.insert(column.values.back(), code);
    column.codes[key] = code;
}

const ColumnIndex::Column *ColumnIndex::column(const Field *field) const
{
    for (const Column &candidate : m_columns) {
        if (candidate.field == field)
            return candidate.overflow ? nullptr : &candidate;
    }
    return nullptr;
}

QByteArray ColumnIndex::storedOf(const Column &column, const QCborValue &value)
{
    if (!isId(*column.field))
        return value.toString().toUtf8();
    const auto id = Id::fromString(value.toString());
    return id ? id->toBytes() : QByteArray();
}

QCborValue ColumnIndex::valueOf(const Column &column, const QByteArray &stored)
{
    if (stored.isEmpty())
        return {};
    return isId(*column.field) ? QCborValue(Id::fromBytes(stored).value_or(Id()).toString()) : QCborValue(QString::fromUtf8(stored));
}

bool ColumnIndex::apply(const Filter &filter, KeySet &keys) const
{
    const Column *found = column(m_table.type().field(filter.field));
    if (!found)
        return false;
    const Column &column = *found;
    if (column.coded) {
        std::vector<bool> pass(column.values.size());
        for (size_t code = 0; code < pass.size(); ++code) {
            const QByteArray &stored = column.values[code];
            const auto isMember = [&](const QCborValue &value) { return storedOf(column, value) == stored; };
            switch (filter.op) {
            case Filter::Op::OneOf: pass[code] = std::ranges::any_of(filter.values, isMember); break;
            case Filter::Op::NoneOf: pass[code] = std::ranges::none_of(filter.values, isMember); break;
            case Filter::Op::AtLeast: pass[code] = code > 0 && stored >= storedOf(column, filter.values.value(0)); break;
            case Filter::Op::Below: pass[code] = code > 0 && stored < storedOf(column, filter.values.value(0)); break;
            case Filter::Op::Empty: pass[code] = code == 0; break;
            case Filter::Op::NotEmpty: pass[code] = code > 0; break;
            }
        }
        keys.filter([&](size_t key) { return pass[column.codes[key]]; });
        return true;
    }
    if (column.field->kind == FieldKind::Decimal)
        return false; // comparing doubles for equality is SQL's business
    QList<qint64> members;
    for (const QCborValue &value : filter.values) {
        if (value.isUndefined() || value.isNull())
            members += emptyNumber;
        else
            members += value.isBool() ? qint64(value.toBool()) : value.toInteger();
    }
    const auto &numbers = column.numbers;
    switch (filter.op) {
    case Filter::Op::OneOf: keys.filter([&](size_t key) { return members.contains(numbers[key]); }); break;
    case Filter::Op::NoneOf: keys.filter([&](size_t key) { return !members.contains(numbers[key]); }); break;
    case Filter::Op::AtLeast: keys.filter([&, bound = members.value(0)](size_t key) { return numbers[key] != emptyNumber && numbers[key] >= bound; }); break;
    case Filter::Op::Below: keys.filter([&, bound = members.value(0)](size_t key) { return numbers[key] != emptyNumber && numbers[key] < bound; }); break;
    case Filter::Op::Empty: keys.filter([&](size_t key) { return numbers[key] == emptyNumber; }); break;
    case Filter::Op::NotEmpty: keys.filter([&](size_t key) { return numbers[key] != emptyNumber; }); break;
    }
    return true;
}

// rank(key) gives {empty, value}: ordered by value in the direction asked for, empty ones last, ties by key in the same direction.
template <typename Rank>
QList<qint64> ColumnIndex::sortedBy(const KeySet &keys, Rank rank, bool descending, int limit)
{
    using Value = decltype(rank(size_t()).second);
    struct Item { Value value; qint64 key; };
    std::vector<Item> items;
    std::vector<qint64> empty;
    keys.forEach([&](qint64 key) {
        const auto [isEmpty, value] = rank(static_cast<size_t>(key));
        if (isEmpty)
            empty.push_back(key);
        else
            items.push_back({value, key});
    });
    const auto up = [](const Item &a, const Item &b) { return a.value != b.value ? a.value < b.value : a.key < b.key; };
    const auto down = [](const Item &a, const Item &b) { return a.value != b.value ? a.value > b.value : a.key > b.key; };
    const size_t wanted = limit < 0 ? items.size() : std::min(items.size(), static_cast<size_t>(limit));
    const auto middle = items.begin() + static_cast<std::ptrdiff_t>(wanted);
    if (wanted < items.size()) // few of many: found first, then put in order
        descending ? std::ranges::nth_element(items, middle, down) : std::ranges::nth_element(items, middle, up);
    descending ? std::sort(items.begin(), middle, down) : std::sort(items.begin(), middle, up);
    if (descending)
        std::ranges::reverse(empty);
    QList<qint64> out;
    const size_t all = items.size() + empty.size();
    out.reserve(static_cast<qsizetype>(limit < 0 ? all : std::min(all, static_cast<size_t>(limit))));
    for (auto item = items.begin(); item != middle; ++item)
        out += item->key;
    for (size_t i = 0; i < empty.size() && (limit < 0 || out.size() < limit); ++i)
        out += empty[i];
    return out;
}

QList<qint64> ColumnIndex::sorted(const KeySet &keys, const Field *field, bool descending, int limit) const
{
    const Column *found = column(field);
    if (!found)
        return sortedBy(keys, [](size_t) { return std::pair(true, quint16(0)); }, descending, limit);
    if (found->field->kind == FieldKind::Decimal)
        return sortedBy(keys, [&](size_t key) { return std::pair(std::isnan(found->reals[key]), found->reals[key]); }, descending, limit);
    if (!found->coded)
        return sortedBy(keys, [&](size_t key) { return std::pair(found->numbers[key] == emptyNumber, found->numbers[key]); }, descending, limit);
    std::vector<quint16> byValue(found->values.size());
    for (size_t i = 0; i < byValue.size(); ++i)
        byValue[i] = static_cast<quint16>(i);
    std::ranges::sort(byValue, {}, [&](quint16 code) { return found->values[code]; });
    std::vector<quint16> rank(byValue.size());
    for (size_t i = 0; i < byValue.size(); ++i)
        rank[byValue[i]] = static_cast<quint16>(i);
    return sortedBy(keys, [&](size_t key) { return std::pair(found->codes[key] == 0, rank[found->codes[key]]); }, descending, limit);
}

QList<std::pair<QCborValue, qint64>> ColumnIndex::countsBy(const KeySet &keys, const Field *field) const
{
    QList<std::pair<QCborValue, qint64>> out;
    const Column *found = column(field);
    if (found && found->coded) {
        std::vector<qint64> counts(found->values.size());
        keys.forEach([&](qint64 key) { ++counts[found->codes[static_cast<size_t>(key)]]; });
        for (size_t code = 0; code < counts.size(); ++code) {
            if (counts[code])
                out.emplaceBack(valueOf(*found, found->values[code]), counts[code]);
        }
    } else if (found) {
        std::unordered_map<qint64, qint64> counts;
        keys.forEach([&](qint64 key) { ++counts[found->numbers[static_cast<size_t>(key)]]; });
        const bool isBool = found->field->kind == FieldKind::Boolean;
        for (const auto &[number, count] : counts)
            out.emplaceBack(number == emptyNumber ? QCborValue() : isBool ? QCborValue(number != 0) : QCborValue(number), count);
    }
    return out;
}

QList<qint64> ColumnIndex::durations(const KeySet &keys, const Field *from, const Field *to) const
{
    const auto &first = column(from)->numbers;
    const auto &second = column(to)->numbers;
    QList<qint64> out;
    keys.forEach([&](qint64 key) {
        const auto at = static_cast<size_t>(key);
        if (first[at] != emptyNumber && second[at] >= first[at])
            out += second[at] - first[at];
    });
    return out;
}

QList<ColumnIndex::DayGroup> ColumnIndex::countsByDay(const KeySet &keys, const Field *field, const Field *split) const
{
    const Column *times = column(field);
    const Column *codes = split ? column(split) : nullptr;
    std::unordered_map<quint64, qint64> counts;
    keys.forEach([&](qint64 key) {
        const qint64 ms = times->numbers[static_cast<size_t>(key)];
        if (ms != emptyNumber)
            ++counts[static_cast<quint64>(dayOf(ms) + (1LL << 40)) << 16 | (codes ? codes->codes[static_cast<size_t>(key)] : 0)];
    });
    QList<DayGroup> out;
    for (const auto &[group, count] : counts)
        out += {static_cast<qint64>(group >> 16) - (1LL << 40), codes ? valueOf(*codes, codes->values[group & 0xffff]) : QCborValue(), count};
    return out;
}

} // namespace ioc
