// SPDX-License-Identifier: GPL-3.0-or-later
#include <records/merge.h>
#include <records/validation.h>
#include <store/operationbuilder.h>
#include <store/seals.h>

#include <QCoreApplication>

#include <algorithm>

namespace ioc {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Store)
};

// The language of the program's texts: "en" is translated by its code.
QString language()
{
    return QCoreApplication::translate("Records", "en", "code of the language of these texts");
}

std::unexpected<Error> refusal(const RecordType &type, const QList<Problem> &problems)
{
    QStringList lines;
    for (const Problem &problem : problems) {
        const Field *field = type.field(problem.field);
        lines += field ? field->label.in(language()) + QStringLiteral(": ") + problem.message : problem.message;
    }
    return failure(ErrorCode::InvalidInput, lines.join(u'\n'), type.name);
}

// What is computed on both ends or given by central is never sent; the workflow's own field moves with its steps.
bool isSent(const Field &field, const Workflow *workflow, OperationKind kind)
{
    const bool isState = workflow && workflow->stateField == field.name;
    return isState ? kind == OperationKind::Create || kind == OperationKind::Transition : !field.readOnly;
}

} // namespace

Result<QList<FieldChange>> OperationBuilder::newValues(const RecordType &type, const Draft &draft) const
{
    const Workflow *workflow = m_tables.catalog().workflowOf(type);
    Values values;
    for (const FieldChange &change : draft.changes) {
        const Field *field = type.field(change.field);
        if (!field || isSent(*field, workflow, draft.kind))
            values.insert(change.field, change.newValue);
    }
    if (const QList<Problem> problems = validate(type, values); !problems.isEmpty())
        return refusal(type, problems);
    QList<FieldChange> out;
    for (const auto &[name, value] : values.asKeyValueRange())
        out += {name, {}, value};
    return out;
}

Result<QList<FieldChange>> OperationBuilder::editedValues(const RecordType &type, const Record &now, const Draft &draft) const
{
    QList<FieldChange> out;
    QList<Problem> problems;
    const Workflow *workflow = m_tables.catalog().workflowOf(type);
    for (const FieldChange &change : draft.changes) {
        const Field *field = type.field(change.field);
        if (field && !isSent(*field, workflow, draft.kind))
            continue;
        auto value = field ? canonical(*field, change.newValue) : failure(ErrorCode::InvalidInput, Words::tr("There is no field “%1” in this kind of record.").arg(change.field.left(60)));
        if (!value)
            problems += {change.field, value.error().message};
        else if (value->isUndefined() && field->required)
            problems += {change.field, Words::tr("This field must be filled in.")};
        else if (!sameValue(*value, change.oldValue))
            out += {change.field, change.oldValue, *value};
    }
    const Values after = merged(type, now.values, out).values;
    const QList<Problem> before = brokenRules(type, now.values);
    const QList<Problem> broken = brokenRules(type, after);
    for (const Problem &problem : broken) { // a rule broken by somebody before is not this author's fault
        if (std::ranges::none_of(before, [&](const Problem &old) { return old.field == problem.field && old.message == problem.message; }))
            problems += problem;
    }
    if (!problems.isEmpty())
        return refusal(type, problems);
    return out;
}

Result<void> OperationBuilder::checkStep(const RecordType &type, const Record &now, const Draft &draft) const
{
    const Workflow *workflow = m_tables.catalog().workflowOf(type);
    if (!workflow)
        return failure(ErrorCode::InvalidInput, Words::tr("This kind of record has no steps."), type.name);
    if (draft.transition == u"undo")
        return {};
    const Transition *transition = workflow->transition(draft.transition);
    if (!transition)
        return failure(ErrorCode::InvalidInput, Words::tr("There is no such step."), draft.transition);
    if (!transition->roles.isEmpty() && !transition->roles.contains(m_author.rights.role()))
        return failure(ErrorCode::Denied, Words::tr("Your account may not take this step."), draft.transition);
    if (!transition->from.contains(now.text(workflow->stateField)))
        return failure(ErrorCode::Conflict, Words::tr("This step cannot be taken any more: the record has moved on. Look at its timeline."), now.text(workflow->stateField));
    const Values after = merged(type, now.values, draft.changes).values;
    for (const QString &name : transition->requiresFields) {
        if (!after.contains(name))
            return refusal(type, {{name, Words::tr("This field must be filled in.")}});
    }
    return {};
}

Result<QList<Id>> OperationBuilder::needs(const RecordType &type, const Operation &operation)
{
    QList<Id> out;
    const auto add = [&](const Id &id) {
        if (!id.isNull() && !out.contains(id))
            out += id;
    };
    const auto previous = m_outbox.newest(operation.record);
    if (!previous)
        return std::unexpected(previous.error());
    add(*previous);
    QList<Id> referred{operation.into};
    for (const FieldChange &change : operation.changes) {
        const Field *field = type.field(change.field);
        if (field->kind == FieldKind::Reference || field->kind == FieldKind::Unit)
            referred += Id::fromString(change.newValue.toString()).value_or(Id());
    }
    for (const Id &target : std::as_const(referred)) {
        if (target.isNull() || target == operation.record)
            continue;
        add(m_saved.value(target));
        const auto creation = m_outbox.creation(target);
        if (!creation)
            return std::unexpected(creation.error());
        add(*creation);
    }
    return out;
}

Result<std::optional<Operation>> OperationBuilder::build(const Draft &draft)
{
    const TypeTable *table = m_tables.table(draft.type);
    if (!table || draft.record.isNull())
        return failure(ErrorCode::InvalidInput, Words::tr("There is no such kind of record."), draft.type);
    const RecordType &type = table->type();
    if (!m_author.rights.mayCapture(type))
        return failure(ErrorCode::Denied, Words::tr("Your account may not change this kind of record."), draft.type);
    Seals seals(m_connection, m_tables);
    if (std::ranges::any_of(draft.changes, [&](const FieldChange &change) { return seals.isSealedAway(draft.type, change.field, change.newValue); }))
        return lockedAway();
    auto now = table->find(m_connection, draft.record);
    if (!now)
        return std::unexpected(now.error());
    const Values kept = *now ? (*now)->record.values : Values();
    if (*now)
        seals.open((*now)->record);
    const bool creates = draft.kind == OperationKind::Create;
    if (creates && *now)
        return failure(ErrorCode::Conflict, Words::tr("This record exists already."), draft.record.toString());
    if (!creates && !*now && draft.kind != OperationKind::Unmerge)
        return failure(ErrorCode::NotFound, Words::tr("This record does not exist any more."), draft.record.toString());
    if (!creates && type.appendOnly)
        return failure(ErrorCode::InvalidInput, Words::tr("Entries of this kind are never changed. Add a new one."), draft.type);

    Operation operation{.op = Id::create(m_moment), .kind = draft.kind, .type = draft.type, .record = draft.record, .transition = draft.transition, .into = draft.into,
                        .unit = m_author.unit, .author = m_author.account, .device = m_author.device, .deviceTimeMs = m_moment.nowMs(),
                        .offsetMs = m_author.offsetMs, .bootId = m_moment.bootId(), .monotonicMs = m_moment.monotonicMs()};
    if (*now)
        operation.baseVersion = (*now)->record.version;
    if (creates || draft.kind == OperationKind::Edit || draft.kind == OperationKind::Transition) {
        if (draft.kind == OperationKind::Transition) {
            if (const auto allowed = checkStep(type, (*now)->record, draft); !allowed)
                return std::unexpected(allowed.error());
        }
        auto changes = creates ? newValues(type, draft) : editedValues(type, (*now)->record, draft);
        if (!changes)
            return std::unexpected(changes.error());
        if (changes->isEmpty() && draft.kind == OperationKind::Edit)
            return std::optional<Operation>();
        operation.changes = std::move(*changes);
    }
    auto after = needs(type, operation);
    if (!after)
        return std::unexpected(after.error());
    operation.after = std::move(*after);
    auto sealed = seals.sealed(std::move(operation), kept);
    if (!sealed)
        return std::unexpected(sealed.error());
    m_saved.insert(sealed->record, sealed->op);
    return std::move(*sealed);
}

} // namespace ioc
