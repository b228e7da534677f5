// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/querysql.h>
#include <store/searchtext.h>

#include <QCborArray>
#include <QCoreApplication>

namespace ioc {

namespace {

std::unexpected<Error> noField(const QString &name)
{
    return failure(ErrorCode::InvalidInput, QCoreApplication::translate("Store", "There is no field “%1” in this kind of record.").arg(name.left(60)));
}

bool isSet(const Field &field)
{
    return field.kind == FieldKind::Choices || field.kind == FieldKind::Files;
}

QString columnOf(const Field &field)
{
    return db::quoted(field.kind == FieldKind::Place ? field.name + QStringLiteral("_lat") : field.name);
}

QVariant parameter(const Field &field, const QCborValue &value)
{
    if (isSet(field))
        return value.toString();
    RecordType one; // bound() knows how a field's value is written
    one.fields = {field};
    return db::bound(one, {{field.name, value}}).first();
}

QString marks(qsizetype count)
{
    return QStringList(count, QStringLiteral("?")).join(u',');
}

SqlText memberSql(const Field &field, const QList<QCborValue> &values)
{
    const QString column = columnOf(field);
    SqlText out;
    bool orEmpty = false;
    for (const QCborValue &value : values) {
        if (value.isUndefined() || value.isNull())
            orEmpty = true;
        else
            out.parameters += parameter(field, value);
    }
    const QString list = marks(out.parameters.size());
    if (out.parameters.isEmpty())
        out.sql = QStringLiteral("0");
    else
        out.sql = isSet(field) ? QStringLiteral("EXISTS (SELECT 1 FROM json_each(%1) WHERE value IN (%2))").arg(column, list)
                               : QStringLiteral("ifnull(%1 IN (%2), 0)").arg(column, list);
    if (orEmpty)
        out.sql = QStringLiteral("(%1 OR %2 IS NULL)").arg(out.sql, column);
    // Written plainly where an index may serve.
    else if (!isSet(field) && !out.parameters.isEmpty())
        out.sql = QStringLiteral("%1 IN (%2)").arg(column, list);
    return out;
}

} // namespace

Result<SqlText> conditionSql(const TypeTable &table, const Filter &filter)
{
    const Field *field = table.type().field(filter.field);
    if (!field)
        return noField(filter.field);
    const QString column = columnOf(*field);
    if (field->sensitive && filter.op != Filter::Op::Empty && filter.op != Filter::Op::NotEmpty)
        return failure(ErrorCode::InvalidInput, QCoreApplication::translate("Store", "Personal data are sealed: search for whole words of them instead."), filter.field);
    const bool needsOne = filter.op == Filter::Op::AtLeast || filter.op == Filter::Op::Below;
    if (needsOne && (filter.values.size() != 1 || isSet(*field)))
        return failure(ErrorCode::InvalidInput, QCoreApplication::translate("Store", "This filter needs one value."), filter.field);
    switch (filter.op) {
    case Filter::Op::OneOf: return memberSql(*field, filter.values);
    case Filter::Op::NoneOf: {
        SqlText out = memberSql(*field, filter.values);
        out.sql = QStringLiteral("NOT ifnull(%1, 0)").arg(out.sql);
        return out;
    }
    case Filter::Op::AtLeast: return SqlText{column + QStringLiteral(">=?"), {parameter(*field, filter.values.first())}};
    case Filter::Op::Below: return SqlText{column + QStringLiteral("<?"), {parameter(*field, filter.values.first())}};
    case Filter::Op::Empty: return SqlText{column + QStringLiteral(" IS NULL"), {}};
    case Filter::Op::NotEmpty: return SqlText{column + QStringLiteral(" IS NOT NULL"), {}};
    }
    return SqlText{};
}

QString fromSql(const TypeTable &table, const QList<Filter> &filters)
{
    return table.findsOnlyOpen(filters) ? table.name() + QStringLiteral(" INDEXED BY ") + table.openIndex() : table.name();
}

Result<SqlText> whereSql(const TypeTable &table, const QList<Filter> &filters, const QString &text)
{
    SqlText out;
    QStringList parts;
    for (const Filter &filter : filters) {
        auto part = conditionSql(table, filter);
        if (!part)
            return part;
        parts += part->sql;
        out.parameters += part->parameters;
    }
    if (table.findsOnlyOpen(filters))
        parts += table.openCondition(); // word for word, or the index cannot be used
    if (!text.trimmed().isEmpty()) {
        const QString match = searchtext::match(text, {}, table.coder());
        if (match.isEmpty() || !table.isSearchable()) {
            parts += QStringLiteral("0");
        } else {
            parts += QStringLiteral("key IN (SELECT rowid FROM %1 WHERE %1 MATCH ?)").arg(table.search().name());
            out.parameters += match;
        }
    }
    if (!parts.isEmpty())
        out.sql = QStringLiteral(" WHERE ") + parts.join(QStringLiteral(" AND "));
    return out;
}

Result<SortOrder> sortOrder(const RecordType &type, const Query &query)
{
    if (query.sortField.isEmpty()) { // newest first: by the type's own time when it has one, else as they came
        const Field *own = type.sortDescending ? type.field(type.sortField) : nullptr;
        return SortOrder{own, true};
    }
    const Field *field = type.field(query.sortField);
    if (!field)
        return noField(query.sortField);
    if (field->sensitive)
        return failure(ErrorCode::InvalidInput, QCoreApplication::translate("Store", "Records cannot be sorted by personal data, which are sealed."), query.sortField);
    return SortOrder{field, query.descending};
}

QString orderSql(const TypeTable &table, const SortOrder &order)
{
    const QString direction = order.descending ? QStringLiteral("DESC") : QStringLiteral("ASC");
    if (!order.field)
        return QStringLiteral(" ORDER BY key ") + direction;
    return QStringLiteral(" ORDER BY %1 %2 NULLS LAST, key %2").arg(table.sortColumn(*order.field), direction);
}

} // namespace ioc
