// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <store/typetable.h>

#include <QVariantList>

namespace ioc {

/// A piece of SQL with the values for its question marks.
struct SqlText
{
    QString sql;
    QVariantList parameters;
};

/// The condition that \a filter puts on rows of \a table. InvalidInput when the type has no such field.
Result<SqlText> conditionSql(const TypeTable &table, const Filter &filter);
/// The table to read for \a filters, with the index to walk where one is made for what they find.
QString fromSql(const TypeTable &table, const QList<Filter> &filters);
/// "WHERE …" of all of \a filters and of \a text (not empty text that has no word finds nothing); empty when there is none.
Result<SqlText> whereSql(const TypeTable &table, const QList<Filter> &filters, const QString &text);
/// How a query is sorted: by which field, or by key when it is null.
struct SortOrder
{
    const Field *field = nullptr;
    bool descending = true;
};
Result<SortOrder> sortOrder(const RecordType &type, const Query &query);
/// "ORDER BY …".
QString orderSql(const TypeTable &table, const SortOrder &order);

} // namespace ioc
