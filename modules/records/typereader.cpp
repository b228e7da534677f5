// SPDX-License-Identifier: GPL-3.0-or-later
#include <records/jsonreader.h>
#include <records/typereader.h>

#include <QCoreApplication>
#include <QJsonDocument>

#include <algorithm>
#include <cmath>

namespace ioc {

namespace {

QString key(const char *name) { return QString::fromLatin1(name); }

QStringList names(std::initializer_list<const char *> list)
{
    QStringList out;
    for (const char *name : list)
        out += key(name);
    return out;
}

const QStringList &kindNames()
{
    static const QStringList list = names({"text", "note", "integer", "decimal", "money", "boolean", "date", "datetime",
        "choice", "choices", "reference", "unit", "phone", "email", "url", "place", "files", "translated"});
    return list;
}

const QStringList &toneNames()
{
    static const QStringList list = names({"neutral", "accent", "good", "warning", "danger", "info", "muted"});
    return list;
}

// Becomes a table's or a column's name, so nothing but these characters may pass.
bool isName(const QString &text)
{
    static const QRegularExpression pattern(QStringLiteral(R"(\A[a-z][a-z0-9_]{0,47}\z)"));
    return pattern.match(text).hasMatch();
}

// Names that tables of every type need for themselves.
bool isReserved(const QString &name)
{
    static const QStringList reserved = names({"id", "key", "version", "deleted", "rowid", "oid"});
    return reserved.contains(name);
}

// Kept in records and written by people in files, several parted by ";".
bool isCode(const QString &text)
{
    static const QRegularExpression pattern(QStringLiteral(R"(\A[a-z0-9][a-z0-9_.-]{0,63}\z)"));
    return pattern.match(text).hasMatch();
}

template <typename List>
void refuseTwice(const List &list, JsonReader &reader)
{
    QSet<QString> seen;
    for (const auto &item : list) {
        if (seen.contains(item.code))
            reader.fail(QStringLiteral("declared twice: ") + item.code);
        seen.insert(item.code);
    }
}

QString readTone(JsonReader &reader)
{
    return toneNames().at(reader.oneOf(key("tone"), toneNames(), 0));
}

Choice readChoice(JsonReader reader, JsonReader &parent)
{
    Choice choice{reader.requiredText(key("code")), reader.localText(key("label"), true), readTone(reader)};
    if (!isCode(choice.code))
        reader.fail(QStringLiteral("code must be lower-case letters, digits, _ . or -"));
    parent.join(reader);
    return choice;
}

bool isNumeric(FieldKind kind)
{
    return kind == FieldKind::Integer || kind == FieldKind::Decimal || kind == FieldKind::Money;
}

bool isOrdered(FieldKind kind)
{
    return isNumeric(kind) || kind == FieldKind::Date || kind == FieldKind::DateTime;
}

void readLimits(JsonReader &reader, Field &field)
{
    field.minimum = reader.number(key("minimum"));
    field.maximum = reader.number(key("maximum"));
    if ((field.minimum || field.maximum) && !isNumeric(field.kind))
        reader.fail(QStringLiteral("minimum and maximum belong to numbers"));
    if (field.minimum && field.maximum && *field.minimum > *field.maximum)
        reader.fail(QStringLiteral("minimum is above maximum"));
    const double length = reader.number(key("maximum_length")).value_or(0);
    if (length < 0 || length > 1'000'000 || length != std::floor(length))
        reader.fail(QStringLiteral("maximum_length must be a whole number up to 1000000"));
    else
        field.maximumLength = static_cast<int>(length);
    field.patternText = reader.text(key("pattern"));
    if (field.patternText.isEmpty())
        return;
    field.pattern.setPattern(QRegularExpression::anchoredPattern(field.patternText));
    if (!field.pattern.isValid())
        reader.fail(QStringLiteral("pattern cannot be read"));
}

void readOrigin(JsonReader &reader, Field &field)
{
    field.derived = reader.text(key("derived"));
    field.assigned = reader.text(key("assigned"));
    const bool computed = !field.derived.isEmpty() || !field.assigned.isEmpty();
    field.readOnly = reader.boolean(key("read_only")) || computed;
    static const QRegularExpression times(QStringLiteral(R"(\A(?:next_due|stopped \S+)\z)"));
    static const QRegularExpression verdict(QStringLiteral(R"(\Aon_time \S+\z)"));
    if (!field.derived.isEmpty() && !(field.kind == FieldKind::DateTime && times.match(field.derived).hasMatch())
        && !(field.kind == FieldKind::Boolean && verdict.match(field.derived).hasMatch()))
        reader.fail(QStringLiteral("derived must be \"next_due\" or \"stopped CLOCK\" in a datetime, \"on_time CLOCK\" in a boolean"));
    if (!field.assigned.isEmpty() && (field.kind != FieldKind::Text || !field.assigned.contains(QStringLiteral("{sequence}"))))
        reader.fail(QStringLiteral("assigned must be a text with {sequence} in it"));
    if (computed && field.required)
        reader.fail(QStringLiteral("a field that is derived or assigned cannot be required"));
}

Field readField(JsonReader reader, JsonReader &parent)
{
    Field field;
    field.name = reader.requiredText(key("name"));
    if (!isName(field.name))
        reader.fail(QStringLiteral("name must be lower_case"));
    if (isReserved(field.name))
        reader.fail(QStringLiteral("this name is taken by the table itself"));
    field.kind = static_cast<FieldKind>(reader.oneOf(key("kind"), kindNames(), 0));
    field.label = reader.localText(key("label"), true);
    field.help = reader.localText(key("help"));
    field.unitOfMeasure = reader.text(key("unit_of_measure"));
    for (const JsonReader &choice : reader.objects(key("choices")))
        field.choices += readChoice(choice, reader);
    field.referenceType = reader.text(key("references"), field.kind == FieldKind::Unit ? key("unit") : QString());
    field.required = reader.boolean(key("required"));
    field.sensitive = reader.boolean(key("sensitive"));
    field.holdsFormerValues = reader.boolean(key("holds_former_values"));
    field.searchable = reader.boolean(key("searchable"));
    field.indexed = reader.boolean(key("indexed"));
    field.inTable = reader.boolean(key("in_table"));
    readLimits(reader, field);
    readOrigin(reader, field);
    const bool chooses = field.kind == FieldKind::Choice || field.kind == FieldKind::Choices;
    if (chooses == field.choices.isEmpty())
        reader.fail(QStringLiteral("choices belong to choice and choices, and to no other kind"));
    refuseTwice(field.choices, reader);
    const bool isText = field.kind == FieldKind::Text || field.kind == FieldKind::Note || field.kind == FieldKind::Phone || field.kind == FieldKind::Email || field.kind == FieldKind::Url;
    if (field.sensitive && !isText)
        reader.fail(QStringLiteral("sensitive belongs to text, note, phone, email and url, and to no other kind"));
    const bool refers = field.kind == FieldKind::Reference || field.kind == FieldKind::Unit;
    if (refers == field.referenceType.isEmpty())
        reader.fail(QStringLiteral("references belongs to reference and unit, and to no other kind"));
    parent.join(reader);
    return field;
}

Rule readRule(JsonReader reader, JsonReader &parent)
{
    Rule rule;
    rule.kind = static_cast<Rule::Kind>(reader.oneOf(key("kind"), names({"order", "requires"}), 0));
    rule.first = reader.requiredText(key("first"));
    rule.second = reader.requiredText(key("second"));
    rule.message = reader.localText(key("message"), true);
    parent.join(reader);
    return rule;
}

QStringList titleFields(const QString &expression)
{
    static const QRegularExpression braces(QStringLiteral(R"(\{([^}]*)\})"));
    QStringList fields;
    for (const auto &match : braces.globalMatch(expression))
        fields += match.captured(1).isEmpty() ? QStringLiteral("{}") : match.captured(1);
    return fields;
}

// What clockEntry() reads from such a record.
void checkLedger(const RecordType &type, JsonReader &reader)
{
    if (type.parentField.isEmpty())
        reader.fail(QStringLiteral("a clock ledger needs a parent"));
    const QList<std::pair<QString, FieldKind>> needed{
        {key("clock"), FieldKind::Text}, {key("act"), FieldKind::Choice}, {key("at"), FieldKind::DateTime}, {key("due"), FieldKind::DateTime}};
    for (const auto &[name, kind] : needed) {
        const Field *field = type.field(name);
        if (!field || field->kind != kind)
            reader.fail(QStringLiteral("a clock ledger needs a field %1 of kind %2").arg(name, kindNames().at(static_cast<int>(kind))));
    }
}

void checkNames(const RecordType &type, JsonReader &reader)
{
    QSet<QString> seen;
    for (const Field &field : type.fields) {
        if (seen.contains(field.name))
            reader.fail(QStringLiteral("field declared twice: ") + field.name);
        seen.insert(field.name);
        if (names({"key", "id", "version", "pending", "feed", "deleted", "rowid"}).contains(field.name))
            reader.fail(QStringLiteral("this name is a column that every table has: ") + field.name);
    }
    if (const Field *placed = type.placeField()) { // its two columns
        for (const QString &column : {placed->name + QStringLiteral("_lat"), placed->name + QStringLiteral("_lon")}) {
            if (seen.contains(column))
                reader.fail(QStringLiteral("field named like a column of the place: ") + column);
        }
    }
    QStringList used = titleFields(type.titleExpression);
    for (const Rule &rule : type.rules)
        used << rule.first << rule.second;
    for (const QStringList &unique : type.uniqueKeys) {
        used += unique;
        if (unique.isEmpty())
            reader.fail(QStringLiteral("unique needs fields"));
    }
    used << type.parentField << type.sortField;
    for (const QString &name : std::as_const(used)) {
        if (!name.isEmpty() && !seen.contains(name))
            reader.fail(QStringLiteral("no such field: ") + name);
    }
    const QStringList shown = titleFields(type.titleExpression) + QStringList{type.sortField};
    for (const Field &field : type.fields) { // titles stand in many places, and what is sealed has no order
        if (field.sensitive && shown.contains(field.name))
            reader.fail(QStringLiteral("a sensitive field is neither in the title nor sorted by: ") + field.name);
    }
    if (std::ranges::count(type.fields, FieldKind::Place, &Field::kind) > 1)
        reader.fail(QStringLiteral("a record has at most one place"));
    for (const Rule &rule : type.rules) {
        const Field *first = type.field(rule.first);
        const Field *second = type.field(rule.second);
        const bool comparable = first && second && isOrdered(first->kind)
                                && (first->kind == second->kind || (isNumeric(first->kind) && isNumeric(second->kind)));
        if (rule.kind == Rule::Kind::Order && !comparable)
            reader.fail(QStringLiteral("order compares two numbers or two times: ") + rule.first);
    }
    const Field *parent = type.field(type.parentField);
    if (parent && parent->referenceType.isEmpty())
        reader.fail(QStringLiteral("parent must be a reference: ") + type.parentField);
    if (type.clockLedger)
        checkLedger(type, reader);
}

constexpr qsizetype declarationLimit = 1024LL * 1024;
constexpr qsizetype fieldsLimit = 500; // a table takes some 2000 columns, a statement as many parameters

Result<QJsonObject> object(const QByteArray &json)
{
    if (json.size() > declarationLimit)
        return failure(ErrorCode::TooLarge, QCoreApplication::translate("Records", "A declaration of record types is larger than 1 MiB."));
    QJsonParseError error; // nesting past 1024 is one, too
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (!document.isObject())
        return failure(ErrorCode::InvalidInput,
                       QCoreApplication::translate("Records", "A declaration of record types cannot be read: %1").arg(error.error ? error.errorString() : QStringLiteral("it is not an object")));
    return document.object();
}

ClockEffect readEffect(JsonReader reader, JsonReader &parent)
{
    ClockEffect effect;
    effect.clock = reader.requiredText(key("clock"));
    effect.act = static_cast<ClockAct>(reader.oneOf(key("act"), names({"started", "paused", "resumed", "extended", "stopped"}), 0));
    if (effect.act == ClockAct::Extended)
        reader.fail(QStringLiteral("a transition cannot extend a clock: people do, and say until when"));
    parent.join(reader);
    return effect;
}

QList<ClockEffect> readEffects(JsonReader &reader, const QString &name, const Workflow &workflow)
{
    QList<ClockEffect> out;
    for (const JsonReader &effect : reader.objects(name)) {
        out += readEffect(effect, reader);
        if (!workflow.clock(out.last().clock))
            reader.fail(QStringLiteral("no such clock: ") + out.last().clock);
    }
    return out;
}

void checkCode(const QString &code, JsonReader &reader)
{
    if (!isCode(code))
        reader.fail(QStringLiteral("code must be lower-case letters, digits, _ . or -"));
}

void readStates(JsonReader &reader, Workflow &workflow)
{
    for (JsonReader state : reader.objects(key("states"))) {
        workflow.states += {state.requiredText(key("code")), state.localText(key("label"), true), readTone(state),
                            state.boolean(key("open"), true)};
        checkCode(workflow.states.last().code, state);
        reader.join(state);
    }
    for (JsonReader clock : reader.objects(key("clocks"))) {
        workflow.clocks += {clock.requiredText(key("code")), clock.localText(key("label"), true), clock.number(key("hours")).value_or(0)};
        const double hours = workflow.clocks.last().hours;
        if (!(hours > 0 && hours <= 87'600))
            clock.fail(QStringLiteral("hours must be more than 0 and at most ten years"));
        checkCode(workflow.clocks.last().code, clock);
        reader.join(clock);
    }
    refuseTwice(workflow.states, reader);
    refuseTwice(workflow.clocks, reader);
}

void readTransitions(JsonReader &reader, Workflow &workflow)
{
    for (JsonReader item : reader.objects(key("transitions"))) {
        Transition transition{.code = item.requiredText(key("code")),
                              .label = item.localText(key("label"), true),
                              .from = item.texts(key("from")),
                              .to = item.requiredText(key("to")),
                              .requiresFields = item.texts(key("requires")),
                              .clocks = readEffects(item, key("clocks"), workflow),
                              .roles = item.texts(key("roles")),
                              .needsComment = item.boolean(key("needs_comment"))};
        for (const QString &from : std::as_const(transition.from)) {
            if (!workflow.state(from))
                item.fail(QStringLiteral("no such state: ") + from);
        }
        if (!workflow.state(transition.to))
            item.fail(QStringLiteral("no such state: ") + transition.to);
        if (transition.from.isEmpty())
            item.fail(QStringLiteral("from is missing"));
        checkCode(transition.code, item);
        if (transition.code == u"undo")
            item.fail(QStringLiteral("undo is what taking back the last step is called"));
        reader.join(item);
        workflow.transitions += transition;
    }
    refuseTwice(workflow.transitions, reader);
}

} // namespace

Result<RecordType> readRecordType(const QByteArray &json)
{
    const auto root = object(json);
    if (!root)
        return std::unexpected(root.error());
    JsonReader reader(*root, root->value(key("name")).toString(key("type")));
    RecordType type;
    type.name = reader.requiredText(key("name"));
    if (!isName(type.name) || type.name.startsWith(QStringLiteral("sqlite_")) || type.name == u"schema_version")
        reader.fail(QStringLiteral("name must be lower_case, and not one that the database keeps for itself"));
    type.label = reader.localText(key("label"), true);
    type.plural = reader.localText(key("plural"), true);
    type.help = reader.localText(key("help"));
    type.icon = reader.text(key("icon"), type.name);
    type.colour = reader.text(key("colour"), QStringLiteral("#5b7083"));
    static const QRegularExpression colour(QStringLiteral(R"(\A#[0-9a-fA-F]{6}\z)"));
    if (!colour.match(type.colour).hasMatch())
        reader.fail(QStringLiteral("colour must be written like #d1493f"));
    type.group = static_cast<RecordType::Group>(reader.oneOf(key("group"), names({"catalogue", "operations", "system"}), 0));
    type.titleExpression = reader.requiredText(key("title"));
    for (const JsonReader &field : reader.objects(key("fields")))
        type.fields += readField(field, reader);
    if (type.fields.isEmpty() || type.fields.size() > fieldsLimit)
        reader.fail(QStringLiteral("fields must be a list of 1 to %1").arg(fieldsLimit));
    for (const JsonReader &rule : reader.objects(key("rules")))
        type.rules += readRule(rule, reader);
    for (JsonReader unique : reader.objects(key("unique"))) {
        type.uniqueKeys += unique.texts(key("fields"));
        reader.join(unique);
    }
    type.workflow = reader.text(key("workflow"));
    type.parentField = reader.text(key("parent"));
    type.sortField = reader.text(key("sort"));
    type.sortDescending = reader.boolean(key("sort_descending"));
    type.clockLedger = reader.boolean(key("clock_ledger"));
    type.appendOnly = reader.boolean(key("append_only"));
    type.changeRoles = reader.texts(key("change_roles"));
    checkNames(type, reader);
    if (auto error = reader.finish())
        return std::unexpected(*error);
    return type;
}

Result<Workflow> readWorkflow(const QByteArray &json)
{
    const auto root = object(json);
    if (!root)
        return std::unexpected(root.error());
    JsonReader reader(*root, root->value(key("name")).toString(key("workflow")));
    Workflow workflow;
    workflow.name = reader.requiredText(key("name"));
    if (!isName(workflow.name))
        reader.fail(QStringLiteral("name must be lower_case"));
    workflow.stateField = reader.requiredText(key("state_field"));
    workflow.initialState = reader.requiredText(key("initial_state"));
    readStates(reader, workflow);
    readTransitions(reader, workflow);
    workflow.initialClocks = readEffects(reader, key("initial_clocks"), workflow);
    if (!workflow.state(workflow.initialState))
        reader.fail(QStringLiteral("no such state: ") + workflow.initialState);
    if (auto error = reader.finish())
        return std::unexpected(*error);
    return workflow;
}

} // namespace ioc
