// SPDX-License-Identifier: GPL-3.0-or-later
#include <records/jsonreader.h>
#include <records/typereader.h>

#include <QCoreApplication>
#include <QJsonDocument>

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
    static const QRegularExpression pattern(QStringLiteral("^[a-z][a-z0-9_]{0,47}$"));
    return pattern.match(text).hasMatch();
}

QString readTone(JsonReader &reader)
{
    return toneNames().at(reader.oneOf(key("tone"), toneNames(), 0));
}

Choice readChoice(JsonReader reader, JsonReader &parent)
{
    Choice choice{reader.requiredText(key("code")), reader.localText(key("label"), true), readTone(reader)};
    parent.join(reader);
    return choice;
}

Field readField(JsonReader reader, JsonReader &parent)
{
    Field field;
    field.name = reader.requiredText(key("name"));
    if (!isName(field.name))
        reader.fail(QStringLiteral("name must be lower_case"));
    field.kind = static_cast<FieldKind>(reader.oneOf(key("kind"), kindNames(), 0));
    field.label = reader.localText(key("label"), true);
    field.help = reader.localText(key("help"));
    field.unitOfMeasure = reader.text(key("unit_of_measure"));
    for (const JsonReader &choice : reader.objects(key("choices")))
        field.choices += readChoice(choice, reader);
    field.referenceType = reader.text(key("references"), field.kind == FieldKind::Unit ? key("unit") : QString());
    field.minimum = reader.number(key("minimum"));
    field.maximum = reader.number(key("maximum"));
    field.maximumLength = static_cast<int>(reader.number(key("maximum_length")).value_or(0));
    field.patternText = reader.text(key("pattern"));
    field.required = reader.boolean(key("required"));
    field.sensitive = reader.boolean(key("sensitive"));
    field.searchable = reader.boolean(key("searchable"));
    field.indexed = reader.boolean(key("indexed"));
    field.readOnly = reader.boolean(key("read_only"));
    field.inTable = reader.boolean(key("in_table"));
    field.derived = reader.text(key("derived"));
    field.assigned = reader.text(key("assigned"));
    field.readOnly = field.readOnly || !field.derived.isEmpty() || !field.assigned.isEmpty();
    if (!field.patternText.isEmpty()) {
        field.pattern.setPattern(QRegularExpression::anchoredPattern(field.patternText));
        if (!field.pattern.isValid())
            reader.fail(QStringLiteral("pattern cannot be read"));
    }
    const bool chooses = field.kind == FieldKind::Choice || field.kind == FieldKind::Choices;
    if (chooses == field.choices.isEmpty())
        reader.fail(QStringLiteral("choices belong to choice and choices, and to no other kind"));
    if ((field.kind == FieldKind::Reference) && field.referenceType.isEmpty())
        reader.fail(QStringLiteral("references is missing"));
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
    QStringList used;
    for (const Rule &rule : type.rules)
        used << rule.first << rule.second;
    for (const QStringList &unique : type.uniqueKeys)
        used += unique;
    used << type.parentField << type.sortField;
    for (const QString &name : std::as_const(used)) {
        if (!name.isEmpty() && !seen.contains(name))
            reader.fail(QStringLiteral("no such field: ") + name);
    }
    if (std::ranges::count(type.fields, FieldKind::Place, &Field::kind) > 1)
        reader.fail(QStringLiteral("a record has at most one place"));
}

Result<QJsonObject> object(const QByteArray &json)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (!document.isObject())
        return failure(ErrorCode::InvalidInput,
                       QCoreApplication::translate("Records", "A declaration of record types cannot be read: %1").arg(error.errorString()));
    return document.object();
}

ClockEffect readEffect(JsonReader reader, JsonReader &parent)
{
    ClockEffect effect;
    effect.clock = reader.requiredText(key("clock"));
    effect.act = static_cast<ClockAct>(reader.oneOf(key("act"), names({"started", "paused", "resumed", "extended", "stopped"}), 0));
    parent.join(reader);
    return effect;
}

QList<ClockEffect> readEffects(JsonReader &reader, const QString &name)
{
    QList<ClockEffect> out;
    for (const JsonReader &effect : reader.objects(name))
        out += readEffect(effect, reader);
    return out;
}

void readStates(JsonReader &reader, Workflow &workflow)
{
    for (JsonReader state : reader.objects(key("states"))) {
        workflow.states += {state.requiredText(key("code")), state.localText(key("label"), true), readTone(state),
                            state.boolean(key("open"), true)};
        reader.join(state);
    }
    for (JsonReader clock : reader.objects(key("clocks"))) {
        workflow.clocks += {clock.requiredText(key("code")), clock.localText(key("label"), true), clock.number(key("hours")).value_or(0)};
        reader.join(clock);
    }
}

void readTransitions(JsonReader &reader, Workflow &workflow)
{
    for (JsonReader item : reader.objects(key("transitions"))) {
        Transition transition{.code = item.requiredText(key("code")),
                              .label = item.localText(key("label"), true),
                              .from = item.texts(key("from")),
                              .to = item.requiredText(key("to")),
                              .requiresFields = item.texts(key("requires")),
                              .clocks = readEffects(item, key("clocks")),
                              .roles = item.texts(key("roles")),
                              .needsComment = item.boolean(key("needs_comment"))};
        for (const QString &from : std::as_const(transition.from)) {
            if (!workflow.state(from))
                item.fail(QStringLiteral("no such state: ") + from);
        }
        if (!workflow.state(transition.to))
            item.fail(QStringLiteral("no such state: ") + transition.to);
        for (const ClockEffect &effect : std::as_const(transition.clocks)) {
            if (!workflow.clock(effect.clock))
                item.fail(QStringLiteral("no such clock: ") + effect.clock);
        }
        reader.join(item);
        workflow.transitions += transition;
    }
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
    if (!isName(type.name))
        reader.fail(QStringLiteral("name must be lower_case"));
    type.label = reader.localText(key("label"), true);
    type.plural = reader.localText(key("plural"), true);
    type.help = reader.localText(key("help"));
    type.icon = reader.text(key("icon"), type.name);
    type.colour = reader.text(key("colour"), QStringLiteral("#5b7083"));
    type.group = static_cast<RecordType::Group>(reader.oneOf(key("group"), names({"catalogue", "operations", "system"}), 0));
    type.titleExpression = reader.requiredText(key("title"));
    for (const JsonReader &field : reader.objects(key("fields")))
        type.fields += readField(field, reader);
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
    workflow.stateField = reader.requiredText(key("state_field"));
    workflow.initialState = reader.requiredText(key("initial_state"));
    readStates(reader, workflow);
    readTransitions(reader, workflow);
    workflow.initialClocks = readEffects(reader, key("initial_clocks"));
    if (!workflow.state(workflow.initialState))
        reader.fail(QStringLiteral("no such state: ") + workflow.initialState);
    if (auto error = reader.finish())
        return std::unexpected(*error);
    return workflow;
}

} // namespace ioc
