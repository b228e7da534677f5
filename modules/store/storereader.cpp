// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/outbox.h>
#include <store/querysql.h>
#include <store/seals.h>
#include <store/searchtext.h>
#include <store/storereader.h>

#include <QCoreApplication>

#include <algorithm>
#include <limits>
#include <cmath>
#include <numbers>

namespace ioc {

namespace {

constexpr qint64 heldFrom = 5000; // rows from which a type's columns are held in memory

// Good enough to order what is near: the earth taken as a ball.
double distanceKm(double latitudeA, double longitudeA, double latitudeB, double longitudeB)
{
    constexpr double radian = std::numbers::pi / 180;
    const double north = (latitudeB - latitudeA) * radian;
    const double east = std::remainder(longitudeB - longitudeA, 360) * radian * std::cos((latitudeA + latitudeB) / 2 * radian);
    return 6371.0 * std::hypot(north, east);
}

} // namespace

Result<const TypeTable *> StoreReader::table(const QString &type) const
{
    const TypeTable *found = m_tables.table(type);
    if (!found)
        return failure(ErrorCode::InvalidInput, QCoreApplication::translate("Store", "There is no such kind of record."), type);
    return found;
}

Result<ColumnIndex *> StoreReader::columns(db::Connection &connection, const TypeTable &table)
{
    const auto known = m_columns.find(table.type().name);
    if (known != m_columns.end())
        return known->second.get();
    auto loaded = loadColumns(connection, table);
    if (!loaded)
        return std::unexpected(loaded.error());
    return *loaded ? m_columns.emplace(table.type().name, std::move(*loaded)).first->second.get() : nullptr;
}

Result<std::unique_ptr<ColumnIndex>> StoreReader::loadColumns(db::Connection &connection, const TypeTable &table)
{
    if (table.walkIndex().isEmpty())
        return nullptr;
    const auto last = table.lastKey(connection);
    if (!last)
        return std::unexpected(last.error());
    if (*last < heldFrom)
        return nullptr;
    auto index = std::make_unique<ColumnIndex>(table);
    return index->load(connection).transform([&] { return std::move(index); });
}

Result<QList<StoredRecord>> StoreReader::select(db::Connection &connection, const TypeTable &table, const QString &rest, const QVariantList &parameters)
{
    QList<StoredRecord> out;
    return connection
        .each(QStringLiteral("SELECT %1 FROM %2 ").arg(table.columns(), table.name()) + rest, parameters,
              [&](const db::Row &row) {
                  out += table.read(row);
                  return true;
              })
        .transform([&] {
            Seals(connection, m_tables).open(out);
            return std::move(out);
        });
}

Result<std::optional<StoredRecord>> StoreReader::record(db::Connection &connection, const QString &type, const Id &id)
{
    const auto found = table(type);
    if (!found)
        return std::unexpected(found.error());
    const auto resolved = Outbox(connection).resolved(id);
    return resolved.and_then([&](const Id &target) { return (*found)->find(connection, target); }).transform([&](std::optional<StoredRecord> &&row) {
        if (row)
            Seals(connection, m_tables).open(row->record);
        return std::move(row);
    });
}

Result<QList<StoredRecord>> StoreReader::rows(db::Connection &connection, const QString &type, const QList<qint64> &keys)
{
    const auto found = table(type);
    if (!found)
        return std::unexpected(found.error());
    QList<StoredRecord> out;
    out.reserve(keys.size());
    const QString one = QStringLiteral("SELECT %1 FROM %2 WHERE key=?").arg((*found)->columns(), (*found)->name());
    for (const qint64 key : keys) {
        const auto read = connection.each(one, {key}, [&](const db::Row &row) {
            out += (*found)->read(row);
            return false;
        });
        if (!read)
            return std::unexpected(read.error());
    }
    Seals(connection, m_tables).open(out);
    return out;
}

Result<QList<qint64>> StoreReader::keysFromSql(db::Connection &connection, const TypeTable &table, const Query &query, int limit)
{
    const auto where = whereSql(table, query.filters, query.text);
    const auto order = sortOrder(table.type(), query);
    if (!where || !order)
        return std::unexpected(!where ? where.error() : order.error());
    QList<qint64> out;
    const QString end = limit < 0 ? QString() : QStringLiteral(" LIMIT %1").arg(limit);
    return connection
        .each(QStringLiteral("SELECT key FROM %1").arg(fromSql(table, query.filters)) + where->sql + orderSql(table, *order) + end, where->parameters,
              [&](const db::Row &row) {
                  out += row.integer(0);
                  return true;
              })
        .transform([&] { return std::move(out); });
}

// What SQL answers from a small part of an index: records that are still somebody's work, or those since some time.
bool StoreReader::isSmallForSql(const TypeTable &table, const Query &query)
{
    if (table.findsOnlyOpen(query.filters))
        return true;
    return query.text.trimmed().isEmpty()
           && std::ranges::any_of(query.filters, [&](const Filter &filter) { return filter.op == Filter::Op::AtLeast && table.hasTimeIndex(filter.field); });
}

Result<std::optional<KeySet>> StoreReader::matching(db::Connection &connection, const TypeTable &table, const Query &query)
{
    // What SQL would refuse is refused here too.
    if (const auto valid = whereSql(table, query.filters, query.text); !valid)
        return std::unexpected(valid.error());
    if (!m_columns.contains(table.type().name) && isSmallForSql(table, query))
        return std::optional<KeySet>(); // need not wait for the columns
    const auto index = columns(connection, table);
    if (!index)
        return std::unexpected(index.error());
    if (!*index)
        return std::optional<KeySet>();
    KeySet set = (*index)->all();
    QList<Filter> others;
    for (const Filter &filter : query.filters) {
        if (!(*index)->apply(filter, set))
            others += filter;
    }
    if (!others.isEmpty()) {
        const auto where = whereSql(table, others, {});
        KeySet passed;
        const auto read = connection.each(QStringLiteral("SELECT key FROM %1").arg(table.name()) + where->sql, where->parameters, [&](const db::Row &row) {
            passed.insert(row.integer(0));
            return true;
        });
        if (!read)
            return std::unexpected(read.error());
        set.intersect(passed);
    }
    if (!query.text.trimmed().isEmpty()) {
        const auto found = wordMatches(connection, table, query.text);
        if (!found)
            return std::unexpected(found.error());
        set.intersect(**found);
    }
    return set;
}

Result<const KeySet *> StoreReader::wordMatches(db::Connection &connection, const TypeTable &table, const QString &text)
{
    const QString match = searchtext::match(text, {}, table.coder());
    if (m_lastSearch.type == table.type().name && m_lastSearch.match == match && !match.isEmpty())
        return &m_lastSearch.keys;
    KeySet keys;
    if (!match.isEmpty() && table.isSearchable()) {
        const auto read = connection.each(QStringLiteral("SELECT rowid FROM %1 WHERE %1 MATCH ?").arg(table.search().name()), {match}, [&](const db::Row &row) {
            keys.insert(row.integer(0));
            return true;
        });
        if (!read)
            return std::unexpected(read.error());
    }
    m_lastSearch = {table.type().name, match, std::move(keys)};
    return &m_lastSearch.keys;
}

Result<QList<qint64>> StoreReader::orderedKeys(db::Connection &connection, const TypeTable &table, const Query &query, int limit)
{
    const auto order = sortOrder(table.type(), query);
    if (!order)
        return std::unexpected(order.error());
    const bool loaded = m_columns.contains(table.type().name);
    const bool walks = order->field && !table.facets().isEmpty() && table.facets().first() == order->field;
    if (!loaded && limit >= 0 && walks && query.text.trimmed().isEmpty())
        return keysFromSql(connection, table, query, limit); // the first screen after a start need not wait for the columns
    if (loaded && limit >= 0 && !query.text.trimmed().isEmpty()) {
        auto first = firstWithWords(connection, table, query, *order, limit);
        if (!first || *first)
            return first.transform([](std::optional<QList<qint64>> &keys) { return std::move(*keys); });
    }
    const auto set = matching(connection, table, query);
    if (!set)
        return std::unexpected(set.error());
    if (!*set)
        return keysFromSql(connection, table, query, limit);
    const ColumnIndex &index = *m_columns.at(table.type().name);
    if (!order->field || index.holds(order->field))
        return index.sorted(**set, order->field, order->descending, limit);
    if (auto first = firstOfSet(connection, table, **set, *order, limit); !first || *first)
        return first.transform([](std::optional<QList<qint64>> &keys) { return std::move(*keys); });
    QList<qint64> out;
    const auto read = connection.each(QStringLiteral("SELECT key FROM %1").arg(table.name()) + orderSql(table, *order), {}, [&](const db::Row &row) {
        if (const qint64 key = row.integer(0); (*set)->contains(key))
            out += key;
        return limit < 0 || out.size() < limit;
    });
    return read.transform([&] { return std::move(out); });
}

// Of few it is quicker to read what they are sorted by than to look for them in its index; of many, first those are found that can be
// among the first at all.
Result<std::optional<QList<qint64>>> StoreReader::firstOfSet(db::Connection &connection, const TypeTable &table, const KeySet &set, const SortOrder &order, int limit)
{
    constexpr qint64 few = 500;
    constexpr qint64 some = 5000;
    const qint64 count = set.count();
    const auto known = m_orders.find(order.field);
    const bool ofMany = limit >= 0 && count > few && table.sortedTexts().contains(order.field);
    if (ofMany && (known == m_orders.end() || known->second->isUneven()))
        wantOrder(table, *order.field);
    QList<qint64> candidates;
    if (ofMany && known != m_orders.end()) {
        candidates = known->second->firstAmong(set, order.descending, limit);
    } else if (count > some) {
        return std::optional<QList<qint64>>();
    } else {
        set.forEach([&](qint64 key) { candidates += key; });
    }
    return sortedBySql(connection, table, candidates, order, limit).transform([](QList<qint64> &&keys) { return std::optional(std::move(keys)); });
}

void StoreReader::wantOrder(const TypeTable &table, const Field &field)
{
    if (m_wantedOrders.emplace(&field, &table).second && m_orderWanted)
        m_orderWanted();
}

// The first rows of a search in the order of time, without listing all that it finds: records near in time are near in key,
// so the words' keys are listed from that end and no further than the first few thousand records reach, if that is enough.
// Else all of them are listed, and kept. Nothing: this way is not for this query.
Result<std::optional<QList<qint64>>> StoreReader::firstWithWords(db::Connection &connection, const TypeTable &table, const Query &query, const SortOrder &order, int limit)
{
    constexpr int first = 4000;
    const QString match = searchtext::match(query.text, {}, table.coder());
    const ColumnIndex &index = *m_columns.at(table.type().name);
    const bool isKept = m_lastSearch.type == table.type().name && m_lastSearch.match == match;
    if (match.isEmpty() || isKept || !table.isSearchable() || !order.field || table.facets().first() != order.field)
        return std::optional<QList<qint64>>();
    Query filtered = query;
    filtered.text.clear();
    const auto set = matching(connection, table, filtered);
    if (!set)
        return std::unexpected(set.error());
    const QList<qint64> candidates = index.sorted(**set, order.field, order.descending, first);
    if (candidates.isEmpty())
        return std::optional(candidates);
    if (auto common = firstAmong(connection, table, candidates, query.text, limit); !common || *common)
        return common;
    const auto [low, high] = std::ranges::minmax_element(candidates);
    KeySet found;
    QList<qint64> out;
    const auto take = [&] {
        out.clear();
        for (const qint64 key : candidates) {
            if (found.contains(key) && out.size() < limit)
                out += key;
        }
        return out.size() == limit || candidates.size() < first;
    };
    bool beyond = false;
    bool enough = false;
    const auto read = connection.each(QStringLiteral("SELECT rowid FROM %1 WHERE %1 MATCH ? ORDER BY rowid %2").arg(table.search().name(), order.descending ? QStringLiteral("DESC") : QStringLiteral("ASC")),
                                      {match}, [&](const db::Row &row) {
                                          const qint64 key = row.integer(0);
                                          if (!beyond && (order.descending ? key < *low : key > *high)) {
                                              beyond = true;
                                              enough = take();
                                          }
                                          found.insert(key);
                                          return !enough;
                                      });
    if (!read)
        return std::unexpected(read.error());
    if (enough)
        return std::optional(out);
    m_lastSearch = {table.type().name, match, std::move(found)};
    return std::optional<QList<qint64>>();
}

// What many records hold is found sooner by reading the first records than by listing all that hold it.
Result<std::optional<QList<qint64>>> StoreReader::firstAmong(db::Connection &connection, const TypeTable &table, const QList<qint64> &candidates, const QString &text, int limit)
{
    constexpr qsizetype batch = 128;
    constexpr qsizetype most = 1000; // rows read; beyond that the index is quicker
    const searchtext::Pattern pattern(text, table.coder());
    QList<qint64> out;
    for (qsizetype from = 0; from < candidates.size(); from += batch) {
        const bool hopeless = from > 0 && out.size() * most < limit * from; // at this rate it takes more than that
        if (hopeless || from >= most)
            return std::optional<QList<qint64>>();
        const QList<qint64> part = candidates.mid(from, batch);
        const auto found = table.foundAmong(connection, part, pattern);
        if (!found)
            return std::unexpected(found.error());
        for (const qint64 key : part) {
            if (found->contains(key))
                out += key;
            if (out.size() == limit)
                return std::optional(out);
        }
    }
    return std::optional<QList<qint64>>(); // fewer records than are looked at: the index tells as quickly
}

Result<QList<qint64>> StoreReader::sortedBySql(db::Connection &connection, const TypeTable &table, const QList<qint64> &keys, const SortOrder &order, int limit)
{
    QStringList list;
    for (const qint64 key : keys)
        list += QString::number(key);
    QList<qint64> out;
    const auto read = connection.each(QStringLiteral("SELECT key FROM %1 NOT INDEXED WHERE key IN (SELECT value FROM json_each(?))").arg(table.name())
                                          + orderSql(table, order) + (limit < 0 ? QString() : QStringLiteral(" LIMIT %1").arg(limit)),
                                      {QString(u'[' + list.join(u',') + u']')}, [&](const db::Row &row) {
                                          out += row.integer(0);
                                          return true;
                                      });
    return read.transform([&] { return std::move(out); });
}

Result<QList<StoredRecord>> StoreReader::firstPage(db::Connection &connection, const Query &query, int count)
{
    const auto found = table(query.type);
    if (!found)
        return std::unexpected(found.error());
    return orderedKeys(connection, **found, query, std::max(count, 0)).and_then([&](const QList<qint64> &keys) { return rows(connection, query.type, keys); });
}

Result<QList<qint64>> StoreReader::keys(db::Connection &connection, const Query &query)
{
    const auto found = table(query.type);
    if (!found)
        return std::unexpected(found.error());
    return orderedKeys(connection, **found, query, -1);
}

Result<qint64> StoreReader::count(db::Connection &connection, const Query &query)
{
    const auto found = table(query.type);
    if (!found)
        return std::unexpected(found.error());
    const auto set = matching(connection, **found, query);
    if (!set)
        return std::unexpected(set.error());
    if (*set)
        return (*set)->count();
    const auto where = whereSql(**found, query.filters, query.text);
    return connection.integer(QStringLiteral("SELECT count(*) FROM %1").arg(fromSql(**found, query.filters)) + where->sql, where->parameters);
}

Result<QList<StoredRecord>> StoreReader::children(db::Connection &connection, const QString &type, const Id &parent)
{
    const auto found = table(type);
    if (!found)
        return std::unexpected(found.error());
    const RecordType &kind = (*found)->type();
    if (kind.parentField.isEmpty())
        return failure(ErrorCode::InvalidInput, QCoreApplication::translate("Store", "There is no such kind of record."), type);
    const auto resolved = Outbox(connection).resolved(parent);
    if (!resolved)
        return std::unexpected(resolved.error());
    const QString order = kind.sortField.isEmpty() ? QStringLiteral("key") : db::quoted(kind.sortField) + (kind.sortDescending ? QStringLiteral(" DESC, id DESC") : QStringLiteral(", id"));
    return select(connection, **found, QStringLiteral("WHERE %1=? ORDER BY %2").arg(db::quoted(kind.parentField), order), {resolved->toBytes()});
}

Result<QList<PlacedRecord>> StoreReader::places(db::Connection &connection, const Query &query)
{
    const auto found = table(query.type);
    if (!found)
        return std::unexpected(found.error());
    const Field *place = (*found)->type().placeField();
    if (!place)
        return QList<PlacedRecord>();
    std::optional<KeySet> set;
    if (!(*found)->findsOnlyOpen(query.filters) && (!query.filters.isEmpty() || !query.text.trimmed().isEmpty())) {
        auto matched = matching(connection, **found, query);
        if (!matched)
            return std::unexpected(matched.error());
        set = std::move(*matched);
    }
    const auto where = set ? Result<SqlText>(SqlText{}) : whereSql(**found, query.filters, query.text);
    if (!where)
        return std::unexpected(where.error());
    const QString latitude = db::quoted(place->name + QStringLiteral("_lat"));
    const QString sql = QStringLiteral("SELECT key, %1, %2 FROM %3%4 %5 %1 IS NOT NULL")
                            .arg(latitude, db::quoted(place->name + QStringLiteral("_lon")), fromSql(**found, query.filters), where->sql, where->sql.isEmpty() ? QStringLiteral("WHERE") : QStringLiteral("AND"));
    QList<PlacedRecord> out;
    const auto read = connection.each(sql, where->parameters, [&](const db::Row &row) {
        if (!set || set->contains(row.integer(0)))
            out += {row.integer(0), row.real(1), row.real(2)};
        return true;
    });
    return read.transform([&] { return std::move(out); });
}

Result<QList<StoredRecord>> StoreReader::nearest(db::Connection &connection, const QString &type, double latitude, double longitude, int count)
{
    const auto found = table(type);
    if (!found)
        return std::unexpected(found.error());
    const Field *place = (*found)->type().placeField();
    if (!place || count <= 0)
        return QList<StoredRecord>();
    const QString sql = QStringLiteral("SELECT key, %1, %2 FROM %3 WHERE %1 BETWEEN ? AND ? AND %2 BETWEEN ? AND ?")
                            .arg(db::quoted(place->name + QStringLiteral("_lat")), db::quoted(place->name + QStringLiteral("_lon")), (*found)->name());
    constexpr double kmPerDegree = 111.2;
    QList<std::pair<double, qint64>> near;
    for (double km = 1;; km *= 4) { // a larger square until enough lie within its inner circle
        const bool whole = km > 20'000;
        const double up = km / kmPerDegree;
        const double aside = up / std::max(0.01, std::cos(latitude * std::numbers::pi / 180));
        near.clear();
        const auto read = connection.each(sql,
                                          whole ? QVariantList{-90.0, 90.0, -180.0, 180.0}
                                                : QVariantList{latitude - up, latitude + up, longitude - aside, longitude + aside},
                                          [&](const db::Row &row) {
                                              near.emplaceBack(distanceKm(latitude, longitude, row.real(1), row.real(2)), row.integer(0));
                                              return true;
                                          });
        if (!read)
            return std::unexpected(read.error());
        if (whole || std::ranges::count_if(near, [&](const auto &one) { return one.first <= km; }) >= count)
            break;
    }
    std::ranges::sort(near);
    QList<qint64> keys;
    for (const auto &[distance, key] : near.first(std::min<qsizetype>(near.size(), count)))
        keys += key;
    return rows(connection, type, keys);
}

Result<QList<SearchHit>> StoreReader::search(db::Connection &connection, const QString &text, int limit, bool withPlaceOnly)
{
    const QString asked = searchtext::words(text);
    QList<std::pair<int, SearchHit>> hits; // the lower the better
    if (asked.isEmpty() || limit <= 0)
        return QList<SearchHit>();
    const auto all = m_tables.all();
    for (const TypeTable *table : all) {
        const RecordType &type = table->type();
        if (!table->isSearchable() || (withPlaceOnly && !type.placeField()))
            continue;
        const QString place = withPlaceOnly ? QStringLiteral(" AND %1 IS NOT NULL").arg(db::quoted(type.placeField()->name + QStringLiteral("_lat"))) : QString();
        const int penalty = !type.parentField.isEmpty() ? 3 : type.group == RecordType::Group::Catalogue ? 0 : 1;
        QSet<qint64> seen;
        for (const QString &column : {QStringLiteral("title"), QString()}) { // names before texts
            QList<qint64> keys;
            const auto found = connection.each(QStringLiteral("SELECT rowid FROM %1 WHERE %1 MATCH ? ORDER BY rowid DESC LIMIT ?").arg(table->search().name()),
                                               {searchtext::match(text, column, table->coder()), qint64(limit) * 2}, [&](const db::Row &row) {
                                                   if (!seen.contains(row.integer(0)))
                                                       keys += row.integer(0);
                                                   return true;
                                               });
            if (!found)
                return std::unexpected(found.error());
            for (const qint64 key : std::as_const(keys)) {
                auto row = select(connection, *table, QStringLiteral("WHERE key=?") + place, {key});
                if (!row)
                    return std::unexpected(row.error());
                if (row->isEmpty())
                    continue;
                seen.insert(key);
                const QString title = searchtext::words(type.title(row->first().record.values, u"vi"));
                const bool asOne = QString(u' ' + title).contains(u' ' + asked); // "ben thanh" in "cho ben thanh", not in "ben tau thanh da"
                const int score = title == asked ? 0 : title.startsWith(asked) ? 1 : asOne ? 2 : !column.isEmpty() ? 3 : 4;
                hits.emplaceBack(score * 4 + penalty, SearchHit{type.name, key, row->first().record});
            }
            if (seen.size() >= limit)
                break;
        }
    }
    std::ranges::stable_sort(hits, {}, [](const auto &hit) { return hit.first; });
    QList<SearchHit> out;
    for (auto &[score, hit] : hits.first(std::min<qsizetype>(hits.size(), limit)))
        out += std::move(hit);
    return out;
}

StoreReader::ReadAhead StoreReader::beginReadingAhead()
{
    ReadAhead out;
    for (const TypeTable *table : m_tables.all()) {
        if (!table->walkIndex().isEmpty() && !m_columns.contains(table->type().name))
            out.columns += table->type().name;
    }
    for (const auto &[field, table] : std::exchange(m_wantedOrders, {})) { // wanted again if it cannot be read
        if (const auto known = m_orders.find(field); known == m_orders.end() || known->second->isUneven())
            out.orders.emplaceBack(table, field);
    }
    m_sinceBegun.emplace();
    return out;
}

Result<std::map<QString, std::unique_ptr<ColumnIndex>>> StoreReader::loadColumns(db::Connection &connection, const QStringList &types) const
{
    std::map<QString, std::unique_ptr<ColumnIndex>> out;
    for (const QString &type : types) {
        auto loaded = loadColumns(connection, *m_tables.table(type));
        if (!loaded)
            return std::unexpected(loaded.error());
        if (*loaded)
            out.emplace(type, std::move(*loaded));
    }
    return out;
}

Result<void> StoreReader::takeColumns(db::Connection &connection, std::map<QString, std::unique_ptr<ColumnIndex>> columns)
{
    const Touched since = m_sinceBegun.value_or(Touched());
    for (auto &[type, index] : columns) {
        if (const auto done = index->refresh(connection, since.changed.value(type), since.removed.value(type)); !done)
            return done;
    }
    m_columns.merge(columns); // those a query could not wait for are there already
    return {};
}

Result<StoreReader::TextOrders> StoreReader::loadOrders(db::Connection &connection, const ReadAhead &lacking)
{
    TextOrders out;
    for (const auto &[table, field] : lacking.orders) {
        auto order = std::make_unique<TextOrder>(*table, *field);
        if (const auto read = order->load(connection); !read)
            return std::unexpected(read.error());
        out.emplace(field, std::move(order));
    }
    return out;
}

Result<void> StoreReader::takeOrders(db::Connection &connection, TextOrders orders)
{
    const Touched since = std::exchange(m_sinceBegun, std::nullopt).value_or(Touched());
    for (auto &[field, order] : orders) {
        if (const auto done = order->refresh(connection, since.changed.value(order->type())); !done)
            return done;
        m_orders.insert_or_assign(field, std::move(order));
    }
    return {};
}

Result<void> StoreReader::refresh(db::Connection &connection, const Touched &touched)
{
    if (!touched.isEmpty())
        m_lastSearch = {};
    if (m_sinceBegun)
        m_sinceBegun->merge(touched);
    Result<void> out;
    const auto isBehind = [&](const Result<void> &done) { // and is read anew when it is asked for
        if (!done)
            out = done;
        return !done;
    };
    std::erase_if(m_columns, [&](const auto &held) {
        return isBehind(held.second->refresh(connection, touched.changed.value(held.first), touched.removed.value(held.first)));
    });
    std::erase_if(m_orders, [&](const auto &held) { return isBehind(held.second->refresh(connection, touched.changed.value(held.second->type()))); });
    return out;
}

} // namespace ioc
