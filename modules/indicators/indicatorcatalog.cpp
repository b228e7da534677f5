// SPDX-License-Identifier: GPL-3.0-or-later
#include <indicators/indicatorcatalog.h>
#include <records/jsonreader.h>

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonDocument>

#include <algorithm>

namespace ioc {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Indicators)
};

std::unexpected<Error> refusal(const QString &detail)
{
    return failure(ErrorCode::InvalidInput, Words::tr("A declaration of indicators cannot be read: %1").arg(detail), detail);
}

IndicatorFilter readFilter(JsonReader &reader)
{
    static const QStringList ops{QStringLiteral("one_of"), QStringLiteral("none_of"), QStringLiteral("at_least"),
                                 QStringLiteral("below"), QStringLiteral("empty"), QStringLiteral("not_empty")};
    IndicatorFilter out;
    out.field = reader.requiredText(QStringLiteral("field"));
    out.op = static_cast<Filter::Op>(reader.oneOf(QStringLiteral("op"), ops, 0));
    out.values = reader.texts(QStringLiteral("values"));
    return out;
}

void readFields(JsonReader &reader, IndicatorDefinition &out)
{
    out.timeField = reader.text(QStringLiteral("time_field"));
    out.endField = reader.text(QStringLiteral("end_field"));
    out.sumField = reader.text(QStringLiteral("sum_field"));
    out.flagField = reader.text(QStringLiteral("flag_field"));
    out.clock = reader.text(QStringLiteral("clock"));
    out.indicator = reader.text(QStringLiteral("indicator"));
}

// What each kind cannot do without.
void checkFields(JsonReader &reader, const IndicatorDefinition &out)
{
    const auto need = [&](const QString &value, const QString &key) {
        if (value.isEmpty())
            reader.fail(key + QStringLiteral(" is missing"));
    };
    switch (out.kind) {
    case IndicatorKind::Count: break;
    case IndicatorKind::Sum: need(out.sumField, QStringLiteral("sum_field")); break;
    case IndicatorKind::DayAgainstWeekday: need(out.timeField, QStringLiteral("time_field")); break;
    case IndicatorKind::OnTimeShare:
        need(out.flagField, QStringLiteral("flag_field"));
        need(out.clock, QStringLiteral("clock"));
        need(out.timeField, QStringLiteral("time_field"));
        break;
    case IndicatorKind::MedianHours:
    case IndicatorKind::Running:
        need(out.timeField, QStringLiteral("time_field"));
        need(out.endField, QStringLiteral("end_field"));
        break;
    case IndicatorKind::MonthAgainstLastYear:
    case IndicatorKind::YearToDate: need(out.indicator, QStringLiteral("indicator")); break;
    }
}

void checkAgainstTypes(JsonReader &reader, const IndicatorDefinition &out, const TypeCatalog &catalog)
{
    const RecordType *type = catalog.type(out.type);
    if (!type) {
        reader.fail(QStringLiteral("there is no record type ") + out.type);
        return;
    }
    QStringList names{out.timeField, out.endField, out.sumField, out.flagField};
    for (const IndicatorFilter &filter : out.filters)
        names += filter.field;
    for (const QString &name : std::as_const(names)) {
        if (!name.isEmpty() && !type->field(name))
            reader.fail(QStringLiteral("%1 has no field %2").arg(out.type, name));
    }
}

} // namespace

Result<IndicatorDefinition> readIndicator(const QByteArray &json, const TypeCatalog &catalog)
{
    static const QStringList kinds{QStringLiteral("count"), QStringLiteral("sum"), QStringLiteral("day_against_weekday"), QStringLiteral("on_time_share"),
                                   QStringLiteral("median_hours"), QStringLiteral("month_against_last_year"), QStringLiteral("year_to_date"), QStringLiteral("running")};
    QJsonParseError parsed;
    const QJsonDocument document = QJsonDocument::fromJson(json, &parsed);
    if (!document.isObject())
        return refusal(parsed.errorString());
    JsonReader reader(document.object(), document.object()[QStringLiteral("code")].toString(QStringLiteral("indicator")));
    IndicatorDefinition out;
    out.code = reader.requiredText(QStringLiteral("code"));
    out.order = reader.number(QStringLiteral("order")).value_or(0);
    out.kind = static_cast<IndicatorKind>(reader.oneOf(QStringLiteral("kind"), kinds, 0));
    out.label = reader.localText(QStringLiteral("label"), true);
    out.unit = reader.localText(QStringLiteral("unit"));
    out.explanation = reader.localText(QStringLiteral("explanation"), true);
    out.type = reader.requiredText(QStringLiteral("type"));
    readFields(reader, out);
    for (JsonReader &filter : reader.objects(QStringLiteral("filters"))) {
        out.filters += readFilter(filter);
        reader.join(filter);
    }
    for (JsonReader &tone : reader.objects(QStringLiteral("tones"))) {
        out.tones += ToneRule{tone.requiredText(QStringLiteral("tone")), tone.number(QStringLiteral("below"))};
        reader.join(tone);
    }
    checkFields(reader, out);
    checkAgainstTypes(reader, out, catalog);
    if (const auto error = reader.finish())
        return refusal(error->detail);
    return out;
}

Result<QList<IndicatorDefinition>> loadIndicators(const TypeCatalog &catalog, const QStringList &extraFolders)
{
    QList<IndicatorDefinition> out;
    for (const QString &folder : QStringList{QStringLiteral(":/indicators")} + extraFolders) {
        const QDir dir(folder);
        const QStringList names = dir.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name);
        for (const QString &name : names) {
            QFile file(dir.filePath(name));
            if (!file.open(QIODevice::ReadOnly))
                return failure(ErrorCode::NotFound, Words::tr("The file %1 cannot be read.").arg(file.fileName()), file.errorString());
            auto definition = readIndicator(file.readAll(), catalog);
            if (!definition)
                return std::unexpected(definition.error());
            out.removeIf([&](const IndicatorDefinition &known) { return known.code == definition->code; });
            out += *definition;
        }
    }
    std::ranges::stable_sort(out, {}, &IndicatorDefinition::order);
    return out;
}

} // namespace ioc
