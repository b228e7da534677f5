// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/textfold.h>
#include <exchange/importmapping.h>
#include <records/jsonreader.h>

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace ioc {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Exchange)
};

std::unexpected<Error> refusal(const QString &detail)
{
    return failure(ErrorCode::InvalidInput, Words::tr("The import mapping cannot be read: %1").arg(detail), detail);
}

FieldRule readRule(JsonReader &reader)
{
    FieldRule rule;
    rule.field = reader.requiredText(QStringLiteral("field"));
    rule.columns = reader.texts(QStringLiteral("columns"));
    if (const QString column = reader.text(QStringLiteral("column")); !column.isEmpty())
        rule.columns.prepend(column);
    rule.constant = reader.text(QStringLiteral("constant"));
    rule.pattern = reader.text(QStringLiteral("pattern"));
    rule.expression = QRegularExpression(rule.pattern);
    if (!rule.expression.isValid())
        reader.fail(QStringLiteral("pattern: ") + rule.expression.errorString());
    rule.text = reader.text(QStringLiteral("text"));
    for (JsonReader &entry : reader.objects(QStringLiteral("values"))) {
        QStringList from;
        for (const QString &value : entry.texts(QStringLiteral("from")))
            from += folded(value);
        rule.values += {from, entry.requiredText(QStringLiteral("to"))};
        reader.join(entry);
    }
    if (const QString otherwise = reader.text(QStringLiteral("otherwise")); !otherwise.isEmpty())
        rule.otherwise = otherwise;
    rule.prefix = reader.text(QStringLiteral("prefix"));
    rule.leaveEmptyWhenWrong = reader.oneOf(QStringLiteral("when_wrong"), {QStringLiteral("refuse"), QStringLiteral("leave_empty")}, 0) == 1;
    if (rule.columns.isEmpty() && rule.constant.isEmpty())
        reader.fail(QStringLiteral("a field takes a column, columns or a constant"));
    return rule;
}

RowCondition readCondition(JsonReader &reader)
{
    RowCondition out{reader.requiredText(QStringLiteral("column")), reader.texts(QStringLiteral("is")), reader.texts(QStringLiteral("is_not"))};
    if (out.is.isEmpty() == out.isNot.isEmpty())
        reader.fail(QStringLiteral("a condition has either is or is_not"));
    return out;
}

Result<ImportMapping> readMapping(const QJsonObject &object, const QString &path, const TypeCatalog &catalog)
{
    JsonReader reader(object, path);
    ImportMapping out;
    out.type = reader.requiredText(QStringLiteral("type"));
    (void)reader.text(QStringLiteral("about")); // for people who read the file
    out.key = reader.texts(QStringLiteral("key"));
    out.keyPrefix = reader.text(QStringLiteral("key_prefix"));
    for (JsonReader &condition : reader.objects(QStringLiteral("where"))) {
        out.where += readCondition(condition);
        reader.join(condition);
    }
    for (JsonReader &rule : reader.objects(QStringLiteral("fields"))) {
        out.fields += readRule(rule);
        reader.join(rule);
    }
    const RecordType *type = catalog.type(out.type);
    if (!type)
        reader.fail(QStringLiteral("there is no record type “%1”").arg(out.type.left(60)));
    for (const FieldRule &rule : std::as_const(out.fields)) {
        const Field *field = type ? type->field(rule.field) : nullptr;
        if (type && !field)
            reader.fail(QStringLiteral("“%1” has no field “%2”").arg(out.type, rule.field.left(60)));
        else if (field && !field->derived.isEmpty())
            reader.fail(QStringLiteral("“%1” is computed and cannot be imported").arg(rule.field));
    }
    if (const auto error = reader.finish())
        return refusal(error->detail);
    return out;
}

bool isHeadingOf(const Field &field, const QString &heading)
{
    return heading == folded(field.name) || heading == folded(QString(field.name).replace(u'_', u' ')) || heading == folded(field.label.vi)
           || heading == folded(field.label.en) || (!field.label.zh.isEmpty() && heading == folded(field.label.zh));
}

qsizetype headingAmong(const QStringList &header, const QStringList &wanted)
{
    for (qsizetype i = 0; i < header.size(); ++i) {
        if (wanted.contains(folded(header[i])))
            return i;
    }
    return -1;
}

void addPlace(const RecordType &type, const QStringList &header, ImportMapping &mapping)
{
    static const QStringList latitudes{QStringLiteral("lat"), QStringLiteral("latitude"), QStringLiteral("vi do"), QStringLiteral("纬度")};
    static const QStringList longitudes{QStringLiteral("lon"), QStringLiteral("lng"), QStringLiteral("long"), QStringLiteral("longitude"),
                                        QStringLiteral("kinh do"), QStringLiteral("经度")};
    const Field *place = type.placeField();
    const qsizetype latitude = headingAmong(header, latitudes);
    const qsizetype longitude = headingAmong(header, longitudes);
    if (place && latitude >= 0 && longitude >= 0)
        mapping.fields += FieldRule{.field = place->name, .columns = {header[latitude], header[longitude]}};
}

// The record's own key when the file has it, so that the same file imported again updates.
void addKey(const RecordType &type, ImportMapping &mapping)
{
    for (const QStringList &unique : type.uniqueKeys) {
        QStringList columns;
        for (const QString &name : unique) {
            const auto rule = std::ranges::find(mapping.fields, name, &FieldRule::field);
            if (rule != mapping.fields.end())
                columns += rule->columns;
        }
        if (columns.size() == unique.size()) {
            mapping.key = columns;
            return;
        }
    }
}

} // namespace

Result<QList<ImportMapping>> ImportMapping::read(const QByteArray &json, const TypeCatalog &catalog)
{
    QJsonParseError parsed;
    const QJsonDocument document = QJsonDocument::fromJson(json, &parsed);
    if (!document.isObject())
        return refusal(parsed.error != QJsonParseError::NoError ? parsed.errorString() : QStringLiteral("an object is expected"));
    const QJsonObject object = document.object();
    QJsonArray several = object.value(QStringLiteral("mappings")).toArray();
    if (several.isEmpty())
        several = {object};
    QList<ImportMapping> out;
    for (qsizetype i = 0; i < several.size(); ++i) {
        auto mapping = readMapping(several[i].toObject(), several.size() > 1 ? QStringLiteral("mappings[%1]").arg(i) : QStringLiteral("mapping"), catalog);
        if (!mapping)
            return std::unexpected(mapping.error());
        out += *mapping;
    }
    return out;
}

Result<ImportMapping> ImportMapping::fromHeader(const RecordType &type, const QStringList &header)
{
    ImportMapping out;
    out.type = type.name;
    addPlace(type, header, out);
    for (const QString &column : header) {
        const QString heading = folded(column);
        const auto field = std::ranges::find_if(type.fields, [&](const Field &candidate) { return isHeadingOf(candidate, heading); });
        const bool taken = field == type.fields.end() || std::ranges::contains(out.fields, field->name, &FieldRule::field);
        if (!heading.isEmpty() && !taken && field->derived.isEmpty())
            out.fields += FieldRule{.field = field->name, .columns = {column}};
    }
    if (out.fields.isEmpty()) {
        QStringList names;
        for (const Field &field : type.fields)
            names += field.name;
        return failure(ErrorCode::InvalidInput, Words::tr("No column of the file is named like a field of this kind of record. Its fields are: %1.").arg(names.join(QStringLiteral(", "))));
    }
    for (const Field &field : type.fields) {
        if (field.required && !field.readOnly && !std::ranges::contains(out.fields, field.name, &FieldRule::field))
            return failure(ErrorCode::InvalidInput, Words::tr("The file has no column for the field “%1” (%2), which must be filled in.").arg(field.name, field.label.vi));
    }
    addKey(type, out);
    return out;
}

} // namespace ioc
