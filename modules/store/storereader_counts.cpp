// SPDX-License-Identifier: GPL-3.0-or-later
// What indicators and charts ask: how many, by value and by day, and how long.
#include <base/zone.h>
#include <store/querysql.h>
#include <store/storereader.h>

#include <QCoreApplication>

#include <algorithm>

namespace ioc {

Result<QList<std::pair<QCborValue, qint64>>> StoreReader::countsBy(db::Connection &connection, const Query &query, const QString &fieldName)
{
    const auto found = table(query.type);
    if (!found)
        return std::unexpected(found.error());
    const Field *field = (*found)->type().field(fieldName);
    if (!field || field->kind == FieldKind::Place)
        return failure(ErrorCode::InvalidInput, QCoreApplication::translate("Store", "There is no field “%1” in this kind of record.").arg(fieldName));
    const auto set = matching(connection, **found, query);
    if (!set)
        return std::unexpected(set.error());
    if (*set && m_columns.at(query.type)->holds(field) && field->kind != FieldKind::Decimal)
        return m_columns.at(query.type)->countsBy(**set, field);
    const auto where = whereSql(**found, query.filters, query.text);
    QList<std::pair<QCborValue, qint64>> out;
    RecordType one; // readValues() knows how a field is read
    one.fields = {*field};
    const bool isSet = field->kind == FieldKind::Choices || field->kind == FieldKind::Files;
    if (isSet) { // a member counts for itself
        const auto read = connection.each(QStringLiteral("SELECT m.value, count(*) FROM %1 LEFT JOIN json_each(%1.%2) AS m%3 GROUP BY 1")
                                              .arg((*found)->name(), db::quoted(fieldName), QString(where->sql).replace(QStringLiteral("key IN"), (*found)->name() + QStringLiteral(".key IN"))),
                                          where->parameters, [&](const db::Row &row) {
                                              out.emplaceBack(row.isNull(0) ? QCborValue() : QCborValue(row.text(0)), row.integer(1));
                                              return true;
                                          });
        return read.transform([&] { return std::move(out); });
    }
    const auto read = connection.each(QStringLiteral("SELECT %2, count(*) FROM %1%3 GROUP BY 1").arg(fromSql(**found, query.filters), db::quoted(fieldName), where->sql), where->parameters,
                                      [&](const db::Row &row) {
                                          out.emplaceBack(db::readValues(one, row, 0).value(fieldName), row.integer(1));
                                          return true;
                                      });
    return read.transform([&] { return std::move(out); });
}

Result<QList<LocalStore::DayCount>> StoreReader::countsByDay(db::Connection &connection, const Query &query, const QString &fieldName, const QString &splitName)
{
    const auto found = table(query.type);
    if (!found)
        return std::unexpected(found.error());
    const Field *field = (*found)->type().field(fieldName);
    const Field *split = splitName.isEmpty() ? nullptr : (*found)->type().field(splitName);
    if (!field || field->kind != FieldKind::DateTime || (!split && !splitName.isEmpty()) || (split && split->kind != FieldKind::Choice))
        return failure(ErrorCode::InvalidInput, QCoreApplication::translate("Store", "There is no field “%1” in this kind of record.").arg(fieldName + u' ' + splitName));
    const auto set = matching(connection, **found, query);
    if (!set)
        return std::unexpected(set.error());
    QList<LocalStore::DayCount> out;
    const auto add = [&](qint64 day, const QString &part, qint64 count) { out += {day * dayMs - zoneMs, part, count}; };
    const ColumnIndex *index = *set ? m_columns.at(query.type).get() : nullptr;
    if (index && index->holds(field) && (!split || index->holds(split))) {
        const auto groups = index->countsByDay(**set, field, split);
        for (const auto &group : groups)
            add(group.day, group.split.toString(), group.count);
    } else {
        QList<Filter> filters = query.filters;
        filters += Filter{.field = fieldName, .op = Filter::Op::NotEmpty};
        const auto where = whereSql(**found, filters, query.text);
        // Integer division rounds towards zero: times before 1970 are moved up by whole days first.
        const QString sql = QStringLiteral("SELECT (%2+%4)/%5-40000 AS day, %3 AS part, count(*) FROM %1%6 GROUP BY 1, 2")
                                .arg(fromSql(**found, filters), db::quoted(fieldName), split ? db::quoted(splitName) : QStringLiteral("''"))
                                .arg(zoneMs + 40000 * dayMs).arg(dayMs).arg(where->sql);
        const auto read = connection.each(sql, where->parameters, [&](const db::Row &row) { add(row.integer(0), row.text(1), row.integer(2)); return true; });
        if (!read)
            return std::unexpected(read.error());
    }
    std::ranges::sort(out, {}, [](const LocalStore::DayCount &one) { return std::pair(one.dayMs, one.split); });
    return out;
}

Result<QList<qint64>> StoreReader::durations(db::Connection &connection, const Query &query, const QString &from, const QString &to)
{
    const auto found = table(query.type);
    if (!found)
        return std::unexpected(found.error());
    const Field *first = (*found)->type().field(from);
    const Field *second = (*found)->type().field(to);
    if (!first || !second || first->kind != FieldKind::DateTime || second->kind != FieldKind::DateTime)
        return failure(ErrorCode::InvalidInput, QCoreApplication::translate("Store", "There is no field “%1” in this kind of record.").arg(from + u' ' + to));
    const auto set = matching(connection, **found, query);
    if (!set)
        return std::unexpected(set.error());
    if (*set && m_columns.at(query.type)->holds(first) && m_columns.at(query.type)->holds(second))
        return m_columns.at(query.type)->durations(**set, first, second);
    const auto where = whereSql(**found, query.filters, query.text);
    QList<qint64> out;
    const auto read = connection.each(QStringLiteral("SELECT %1-%2 FROM %3%4 %5 %1>=%2")
                                          .arg(db::quoted(to), db::quoted(from), fromSql(**found, query.filters), where->sql, where->sql.isEmpty() ? QStringLiteral("WHERE") : QStringLiteral("AND")),
                                      where->parameters, [&](const db::Row &row) {
                                          out += row.integer(0);
                                          return true;
                                      });
    return read.transform([&] { return std::move(out); });
}

} // namespace ioc
