// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/zone.h>
#include <indicators/indicatorquery.h>
#include <records/fieldtext.h>

#include <QDateTime>
#include <QTimeZone>

namespace ioc {

namespace {

// "@now", "@now+4h", "@today-7d"; nothing when \a text is none of these.
std::optional<qint64> moment(const QString &text, qint64 nowMs)
{
    static const QRegularExpression expression(QStringLiteral(R"(^@(now|today)(?:([+-]\d+)([hd]))?$)"));
    const auto match = expression.match(text);
    if (!match.hasMatch())
        return {};
    const qint64 base = match.captured(1) == u"now" ? nowMs : startOfDay(nowMs);
    return base + match.captured(2).toLongLong() * (match.captured(3) == u"d" ? dayMs : hourMs);
}

Result<QList<QCborValue>> values(const TypeCatalog &catalog, const RecordType &type, const Field &field, const QString &text, qint64 nowMs)
{
    QList<QCborValue> out;
    if (text == u"@open") {
        const Workflow *workflow = catalog.workflowOf(type);
        const QStringList states = workflow ? workflow->openStates() : QStringList();
        for (const QString &state : states)
            out += QCborValue(state);
        return out;
    }
    if (const auto at = moment(text, nowMs)) {
        out += field.kind == FieldKind::Date ? QCborValue(dayOf(*at).toString(Qt::ISODate)) : QCborValue(*at);
        return out;
    }
    return parsedText(field, text).transform([&](const QCborValue &value) { return QList{value}; });
}

} // namespace

qint64 startOfDay(qint64 ms)
{
    const qint64 local = ms + zoneMs;
    return local - ((local % dayMs) + dayMs) % dayMs - zoneMs;
}

QDate dayOf(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms + zoneMs, QTimeZone::UTC).date();
}

Query with(Query query, const QString &field, Filter::Op op, const QList<QCborValue> &values)
{
    query.filters += Filter{field, op, values};
    return query;
}

Result<Query> indicatorQuery(const TypeCatalog &catalog, const IndicatorDefinition &definition, qint64 nowMs)
{
    Query out{.type = definition.type};
    const RecordType *type = catalog.type(definition.type);
    for (const IndicatorFilter &filter : definition.filters) {
        const Field *field = type ? type->field(filter.field) : nullptr;
        if (!field)
            return failure(ErrorCode::InvalidInput, {}, QStringLiteral("%1.%2").arg(definition.type, filter.field));
        Filter made{filter.field, filter.op, {}};
        for (const QString &text : filter.values) {
            const auto read = values(catalog, *type, *field, text, nowMs);
            if (!read)
                return std::unexpected(read.error());
            made.values += *read;
        }
        out.filters += made;
    }
    return out;
}

} // namespace ioc
