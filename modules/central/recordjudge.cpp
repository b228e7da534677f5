// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/recordjudge.h>

#include <records/validation.h>

#include <QCoreApplication>

#include <algorithm>

namespace ioc {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Central)
};

constexpr int longestAliasChain = 32;

QString joined(const QList<Problem> &problems)
{
    QStringList lines;
    for (const Problem &problem : problems)
        lines += problem.field.isEmpty() ? problem.message : Words::tr("%1: %2").arg(problem.field, problem.message);
    return lines.join(u' ');
}

// A record that was kept before its declaration grew stricter may still be edited elsewhere.
QList<Problem> newProblems(const RecordType &type, const Values &before, const Values &after, const QStringList &applied)
{
    Values next = after;
    QList<Problem> problems = validate(type, next);
    if (problems.isEmpty())
        return problems;
    Values previous = before;
    const QList<Problem> known = validate(type, previous);
    problems.removeIf([&](const Problem &problem) {
        return !applied.contains(problem.field) && std::ranges::contains(known, problem.field, &Problem::field);
    });
    return problems;
}

// All of an operation's fields, when central's state as a whole stands against it.
QList<FieldConflict> everyField(const Operation &operation, const Values &theirs)
{
    QList<FieldConflict> out;
    for (const FieldChange &change : operation.changes)
        out += {change.field, change.oldValue, change.newValue, theirs.value(change.field)};
    return out;
}

Verdict conflict(qint64 version, QList<FieldConflict> fields)
{
    return {.outcome = Outcome::Conflict, .version = version, .conflicts = std::move(fields)};
}

// The author meant a record that was merged: the answer tells what it has become.
Verdict aboutAlias(Verdict verdict, bool followed, const Id &final)
{
    if (followed && verdict.duplicateOf.isNull() && verdict.outcome != Outcome::Refused)
        verdict.duplicateOf = final;
    if (followed && verdict.changedVersion > 0)
        verdict.changedRecord = final;
    return verdict;
}

Error elsewhere()
{
    return {ErrorCode::Denied, Words::tr("The record does not belong to your unit's area of work. Check its unit, or ask the administrator."), {}};
}

Error keptElsewhere()
{
    return {ErrorCode::Conflict, Words::tr("The same record is kept outside your unit's area of work. Ask the administrator."), {}};
}

Verdict missing()
{
    return Verdict::refused(ErrorCode::NotFound, Words::tr("Central does not have this record."));
}

} // namespace

Result<Verdict> RecordJudge::judge(const Operation &operation)
{
    return judgeKind(operation).transform([this](Verdict verdict) {
        verdict.key = m_key;
        verdict.keyRecord = m_keyRecord;
        verdict.fresh = m_fresh;
        return verdict;
    });
}

void RecordJudge::holdKey(const CentralRecord &state)
{
    m_key = state.key;
    m_keyRecord = state.record.id;
    m_fresh = state.fresh;
}

Result<Verdict> RecordJudge::judgeKind(const Operation &operation)
{
    m_type = m_tables.catalog().type(operation.type);
    m_offered = SealKey::unpacked(operation.sealKey).value_or(SealKey());
    m_offeredFor = operation.record;
    switch (operation.kind) {
    case OperationKind::Create: return create(operation);
    case OperationKind::Merge: return merge(operation);
    case OperationKind::Unmerge: return unmerge(operation);
    case OperationKind::Edit:
    case OperationKind::Delete:
    case OperationKind::Transition: break;
    }
    auto found = target(operation.record);
    if (!found)
        return found.error().code == ErrorCode::NotFound ? Result<Verdict>(missing()) : std::unexpected(found.error());
    if (const auto stopped = outOfReach(*found); !stopped || *stopped)
        return stopped ? Result<Verdict>(Verdict::refused(**stopped)) : std::unexpected(stopped.error());
    auto judged = operation.kind == OperationKind::Edit     ? edit(operation, *found)
                  : operation.kind == OperationKind::Delete ? remove(operation, *found)
                                                            : step(operation, *found);
    return judged.transform([&](Verdict verdict) { return aboutAlias(std::move(verdict), found->followed, found->state.record.id); });
}

Result<RecordJudge::Target> RecordJudge::target(const Id &id)
{
    Id at = id;
    for (int hop = 0; hop < longestAliasChain; ++hop) {
        auto found = m_tables.find(m_connection, *m_type, at, RecordTables::Purpose::Change);
        if (!found)
            return std::unexpected(found.error());
        if (found->aliasOf.isNull()) {
            holdKey(*found);
            if (at == m_offeredFor)
                found->offered = m_offered;
            return m_tables.unitsOf(m_connection, *m_type, at, found->record.values).transform([&](const QList<Id> &units) {
                return Target{std::move(*found), hop > 0, units};
            });
        }
        at = found->aliasOf;
    }
    return failure(ErrorCode::Damaged, Words::tr("The database reports a fault. Please report it to the administrator."), QStringLiteral("aliases in a circle"));
}

Result<Verdict> RecordJudge::create(const Operation &operation)
{
    // One that somebody else makes meanwhile is met when it is put in.
    const auto known = m_notThere.contains(operation.record) ? Result<bool>(false) : m_tables.exists(m_connection, *m_type, operation.record);
    if (!known)
        return std::unexpected(known.error());
    if (*known)
        return createAgain(operation);
    Values values;
    for (const FieldChange &change : operation.changes) {
        if (!change.newValue.isUndefined())
            values.insert(change.field, change.newValue);
    }
    if (const Workflow *workflow = m_tables.catalog().workflowOf(*m_type)) {
        if (values.value(workflow->stateField, QCborValue(workflow->initialState)) != QCborValue(workflow->initialState))
            return Verdict::refused(ErrorCode::InvalidInput, Words::tr("A new record starts in its first state."));
        values.insert(workflow->stateField, workflow->initialState);
    }
    const QList<Problem> problems = validate(*m_type, values);
    if (!problems.isEmpty())
        return Verdict::refused(ErrorCode::InvalidInput, joined(problems));
    const auto dangling = danglingReference(values, values.keys());
    if (!dangling)
        return std::unexpected(dangling.error());
    if (*dangling)
        return Verdict::refused(**dangling);
    if (const auto stopped = outOfReach(operation.record, values); !stopped || *stopped)
        return stopped ? Result<Verdict>(Verdict::refused(**stopped)) : std::unexpected(stopped.error());
    return insert(operation, values);
}

Result<Verdict> RecordJudge::insert(const Operation &operation, Values values)
{
    if (const auto done = followParent(values); !done)
        return std::unexpected(done.error());
    const auto duplicate = m_tables.duplicate(m_connection, *m_type, operation.record, values);
    if (!duplicate)
        return std::unexpected(duplicate.error());
    const auto hidden = isHidden(*duplicate);
    if (!hidden)
        return std::unexpected(hidden.error());
    if (*hidden)
        return Verdict::refused(keptElsewhere());
    CentralRecord state{.record = {.type = m_type->name, .id = operation.record, .version = 1, .values = values}, .offered = m_offered};
    if (duplicate->isNull()) {
        if (const auto done = m_numbers.assign(*m_type, state.record.values, m_nowMs); !done)
            return std::unexpected(done.error());
    } else { // kept beside the other one, as its alias: what both sides wrote stays
        state.record.deleted = true;
        state.aliasOf = *duplicate;
    }
    const Touch touch{m_who.account, m_nowMs};
    const bool mayWait = m_notThere.remove(operation.record); // together with those of the other requests
    const auto done = mayWait ? m_tables.insertLater(m_connection, *m_type, state, touch).transform([] { return true; }) : m_tables.insert(m_connection, *m_type, state, touch);
    if (!done)
        return std::unexpected(done.error());
    if (!*done) // somebody else made it meanwhile
        return createAgain(operation);
    holdKey(state);
    if (const auto noted = m_journal.commit(*m_type, state.record, m_nowMs); !noted)
        return std::unexpected(noted.error());
    if (const auto derived = recomputeParent(state.record); !derived)
        return std::unexpected(derived.error());
    return Verdict{.outcome = duplicate->isNull() ? Outcome::Applied : Outcome::Duplicate, .version = 1, .changedVersion = 1, .duplicateOf = *duplicate};
}

// The same record offered by another operation (a device that tries again after quarantine, or after central went back in time).
Result<Verdict> RecordJudge::createAgain(const Operation &operation)
{
    auto found = target(operation.record);
    if (!found)
        return std::unexpected(found.error());
    const Record &record = found->state.record;
    if (const auto stopped = outOfReach(*found); !stopped || *stopped)
        return stopped ? Result<Verdict>(Verdict::refused(**stopped)) : std::unexpected(stopped.error());
    if (m_type->appendOnly) {
        const bool same = std::ranges::all_of(operation.changes, [&](const FieldChange &change) {
            return change.field == m_type->parentField || sameValue(record.value(change.field), change.newValue);
        });
        return same ? Verdict{.version = record.version} : Verdict::refused(ErrorCode::Conflict, Words::tr("Another entry has this identifier already."));
    }
    Operation again = operation;
    again.kind = OperationKind::Edit;
    if (const Workflow *workflow = m_tables.catalog().workflowOf(*m_type))
        again.changes.removeIf([&](const FieldChange &change) { return change.field == workflow->stateField; });
    return edit(again, *found).transform([&](Verdict verdict) { return aboutAlias(std::move(verdict), found->followed, record.id); });
}

Result<Verdict> RecordJudge::edit(const Operation &operation, Target target)
{
    Record &record = target.state.record;
    if (record.deleted)
        return conflict(record.version, everyField(operation, {}));
    const MergeResult result = merged(*m_type, record.values, operation.changes);
    const auto stopped = obstacle(operation, target, result.values, result.applied);
    if (!stopped)
        return std::unexpected(stopped.error());
    if (*stopped)
        return **stopped;
    const auto others = changedByOthers(operation, target);
    if (!others)
        return std::unexpected(others.error());
    Verdict verdict{.outcome = !result.conflicts.isEmpty() ? Outcome::Conflict : result.othersChanged || *others ? Outcome::Merged : Outcome::Applied,
                    .conflicts = result.conflicts};
    if (!result.applied.isEmpty()) {
        record.values = result.values;
        if (const auto written = write(target.state, target.units); !written)
            return std::unexpected(written.error());
        verdict.changedVersion = record.version;
    }
    verdict.version = record.version;
    return verdict;
}

Result<Verdict> RecordJudge::remove(const Operation &operation, Target target)
{
    Record &record = target.state.record;
    if (target.followed)
        return conflict(record.version, {}); // the record meant is gone; the one it became is not to go with it
    if (record.deleted)
        return Verdict{.version = record.version};
    const auto others = changedByOthers(operation, target);
    if (!others)
        return std::unexpected(others.error());
    if (*others)
        return conflict(record.version, {}); // somebody still works on it
    record.deleted = true;
    if (const auto written = write(target.state, target.units); !written)
        return std::unexpected(written.error());
    return Verdict{.version = record.version, .changedVersion = record.version};
}

Result<Verdict> RecordJudge::step(const Operation &operation, Target target)
{
    const Workflow &workflow = *m_tables.catalog().workflowOf(*m_type);
    const Record &record = target.state.record;
    if (record.deleted)
        return conflict(record.version, everyField(operation, {}));
    if (operation.transition == u"undo")
        return undo(operation, std::move(target));
    const Transition &transition = *workflow.transition(operation.transition);
    const QString state = record.text(workflow.stateField);
    if (!transition.from.contains(state)) {
        const auto others = changedByOthers(operation, target);
        if (!others)
            return std::unexpected(others.error());
        if (!*others)
            return Verdict::refused(ErrorCode::InvalidInput, Words::tr("This step cannot be taken from the record's present state."));
        QList<FieldConflict> fields = everyField(operation, record.values);
        if (!std::ranges::contains(fields, workflow.stateField, &FieldConflict::field))
            fields.prepend({workflow.stateField, {}, transition.to, state});
        return conflict(record.version, fields);
    }
    return finishStep(operation, std::move(target), transition.to, transition.requiresFields);
}

Result<Verdict> RecordJudge::undo(const Operation &operation, Target target)
{
    const Workflow &workflow = *m_tables.catalog().workflowOf(*m_type);
    const Record &record = target.state.record;
    const auto last = m_journal.lastStep(record.id);
    if (!last && last.error().code != ErrorCode::NotFound)
        return std::unexpected(last.error());
    if (!last || last->transition == u"undo" || last->toState != record.text(workflow.stateField))
        return Verdict::refused(ErrorCode::InvalidInput, Words::tr("There is no step to take back."));
    if (last->author != m_who.account)
        return Verdict::refused(ErrorCode::Denied, Words::tr("Only who took the last step may take it back."));
    return finishStep(operation, std::move(target), last->fromState, {});
}

Result<Verdict> RecordJudge::finishStep(const Operation &operation, Target target, const QString &to, const QStringList &required)
{
    const QString stateField = m_tables.catalog().workflowOf(*m_type)->stateField;
    Record &record = target.state.record;
    const QString from = record.text(stateField);
    QList<FieldChange> changes = operation.changes;
    for (const FieldChange &change : std::as_const(changes)) {
        if (change.field == stateField && change.newValue != QCborValue(to))
            return Verdict::refused(ErrorCode::InvalidInput, Words::tr("This step does not lead to the state that was asked for."));
    }
    changes.removeIf([&](const FieldChange &change) { return change.field == stateField; });
    MergeResult result = merged(*m_type, record.values, changes);
    result.values.insert(stateField, to);
    if (from != to)
        result.applied += stateField;
    if (!result.conflicts.isEmpty()) // a step is one thing: whole or not at all
        return conflict(record.version, result.conflicts);
    for (const QString &name : required) {
        if (result.values.value(name).isUndefined())
            return Verdict::refused(ErrorCode::InvalidInput, Words::tr("The field “%1” must be filled in before this step.").arg(name));
    }
    const auto stopped = obstacle(operation, target, result.values, result.applied);
    if (!stopped)
        return std::unexpected(stopped.error());
    if (*stopped)
        return **stopped;
    const auto others = changedByOthers(operation, target);
    if (!others)
        return std::unexpected(others.error());
    record.values = result.values;
    if (const auto written = write(target.state, target.units); !written)
        return std::unexpected(written.error());
    return Verdict{.outcome = *others || result.othersChanged ? Outcome::Merged : Outcome::Applied, .version = record.version, .changedVersion = record.version,
                   .fromState = from, .toState = to};
}

Result<Verdict> RecordJudge::merge(const Operation &operation)
{
    auto mine = m_tables.find(m_connection, *m_type, operation.record, RecordTables::Purpose::Change);
    auto into = target(operation.into);
    for (const auto *error : {mine ? nullptr : &mine.error(), into ? nullptr : &into.error()}) {
        if (error)
            return error->code == ErrorCode::NotFound ? Result<Verdict>(missing()) : std::unexpected(*error);
    }
    const auto units = m_tables.unitsOf(m_connection, *m_type, operation.record, mine->record.values);
    if (!units)
        return std::unexpected(units.error());
    for (const Target &each : {Target{*mine, false, *units}, *into}) {
        if (const auto stopped = outOfReach(each); !stopped || *stopped)
            return stopped ? Result<Verdict>(Verdict::refused(**stopped)) : std::unexpected(stopped.error());
    }
    const Id final = into->state.record.id;
    if (!mine->aliasOf.isNull()) {
        const auto now = target(operation.record);
        if (!now)
            return std::unexpected(now.error());
        return now->state.record.id == final ? Verdict{.version = mine->record.version, .duplicateOf = final} : conflict(mine->record.version, {});
    }
    if (mine->record.deleted || into->state.record.deleted)
        return conflict(mine->record.version, {});
    if (final == operation.record)
        return Verdict::refused(ErrorCode::InvalidInput, Words::tr("A record is merged into another one."));
    mine->record.deleted = true;
    mine->aliasOf = final;
    if (const auto written = write(*mine, *units); !written)
        return std::unexpected(written.error());
    return Verdict{.version = mine->record.version, .changedVersion = mine->record.version, .duplicateOf = final};
}

Result<Verdict> RecordJudge::unmerge(const Operation &operation)
{
    auto mine = m_tables.find(m_connection, *m_type, operation.record, RecordTables::Purpose::Change);
    if (!mine)
        return mine.error().code == ErrorCode::NotFound ? Result<Verdict>(missing()) : std::unexpected(mine.error());
    const auto units = m_tables.unitsOf(m_connection, *m_type, operation.record, mine->record.values);
    if (!units)
        return std::unexpected(units.error());
    if (const auto stopped = outOfReach(Target{*mine, false, *units}); !stopped || *stopped)
        return stopped ? Result<Verdict>(Verdict::refused(**stopped)) : std::unexpected(stopped.error());
    if (mine->aliasOf.isNull())
        return mine->record.deleted ? conflict(mine->record.version, {}) : Verdict{.version = mine->record.version};
    const auto duplicate = m_tables.duplicate(m_connection, *m_type, operation.record, mine->record.values);
    if (!duplicate)
        return std::unexpected(duplicate.error());
    if (!duplicate->isNull()) // it would be the same record again
        return Verdict{.outcome = Outcome::Duplicate, .version = mine->record.version, .duplicateOf = *duplicate};
    mine->record.deleted = false;
    mine->aliasOf = Id();
    if (const auto done = m_numbers.assign(*m_type, mine->record.values, m_nowMs); !done)
        return std::unexpected(done.error());
    if (const auto written = write(*mine, *units); !written)
        return std::unexpected(written.error());
    return Verdict{.version = mine->record.version, .changedVersion = mine->record.version};
}

Result<bool> RecordJudge::changedByOthers(const Operation &operation, const Target &target) const
{
    const Record &record = target.state.record;
    if (target.followed)
        return true;
    if (record.version <= operation.baseVersion)
        return false;
    return m_journal.versionsBy(m_who.device, record.id, operation.baseVersion, record.version)
        .transform([&](qint64 own) { return own < record.version - operation.baseVersion; });
}

// What keeps \a next from being written: fields or rules that do not hold (a conflict when others had a part in it), a reference
// to nothing, a uniqueness key that is taken.
Result<std::optional<Verdict>> RecordJudge::obstacle(const Operation &operation, const Target &target, const Values &next, const QStringList &applied) const
{
    const Record &record = target.state.record;
    if (const auto stopped = outOfReach(record.id, next); !stopped || *stopped)
        return stopped.transform([](const std::optional<Error> &error) { return std::optional(Verdict::refused(*error)); });
    const QList<Problem> problems = newProblems(*m_type, record.values, next, applied);
    if (!problems.isEmpty()) {
        return changedByOthers(operation, target).transform([&](bool others) -> std::optional<Verdict> {
            return others ? conflict(record.version, everyField(operation, record.values)) : Verdict::refused(ErrorCode::InvalidInput, joined(problems));
        });
    }
    const auto dangling = danglingReference(next, applied);
    if (!dangling)
        return std::unexpected(dangling.error());
    if (*dangling)
        return Verdict::refused(**dangling);
    const bool touchesKey = std::ranges::any_of(m_type->uniqueKeys, [&](const QStringList &key) {
        return std::ranges::any_of(key, [&](const QString &name) { return applied.contains(name); });
    });
    if (!touchesKey)
        return std::nullopt;
    const auto duplicate = m_tables.duplicate(m_connection, *m_type, record.id, next);
    if (!duplicate)
        return std::unexpected(duplicate.error());
    return isHidden(*duplicate).transform([&](bool hidden) -> std::optional<Verdict> {
        if (duplicate->isNull())
            return std::nullopt;
        return hidden ? Verdict::refused(keptElsewhere()) : Verdict{.outcome = Outcome::Duplicate, .version = record.version, .duplicateOf = *duplicate};
    });
}

Result<std::optional<Error>> RecordJudge::danglingReference(const Values &values, const QStringList &fields) const
{
    for (const QString &name : fields) {
        const Field *field = m_type->field(name);
        if (!field || field->referenceType.isEmpty() || values.value(name).isUndefined())
            continue;
        const RecordType *referred = m_tables.catalog().type(field->referenceType);
        const auto there = m_tables.exists(m_connection, *referred, Id::fromString(values.value(name).toString()).value_or(Id()));
        if (!there)
            return std::unexpected(there.error());
        if (!*there)
            return Error{ErrorCode::NotFound, Words::tr("The field “%1” names a record that central does not have.").arg(name), {}};
    }
    return std::nullopt;
}

// A row made for a record that was merged meanwhile belongs to what that became. Nobody moves the record to another unit until the row is there: it
// would not be taken along.
Result<void> RecordJudge::followParent(Values &values) const
{
    const Field *field = m_type->field(m_type->parentField);
    const RecordType *parentType = field ? m_tables.catalog().type(field->referenceType) : nullptr;
    for (int hop = 0; parentType && hop < longestAliasChain; ++hop) {
        const auto parent = m_tables.find(m_connection, *parentType, Id::fromString(values.value(field->name).toString()).value_or(Id()), RecordTables::Purpose::Change);
        if (!parent && parent.error().code != ErrorCode::NotFound)
            return std::unexpected(parent.error());
        if (!parent || parent->aliasOf.isNull())
            break;
        values.insert(field->name, parent->aliasOf.toString());
    }
    return {};
}

// A record is changed by who sees it and may change what belongs to its units.
Result<std::optional<Error>> RecordJudge::outOfReach(const Target &target) const
{
    const Id record = target.state.record.id;
    if (m_scope.sees(*m_type, record, target.units) && m_scope.mayCapture(*m_type, record, target.units))
        return std::nullopt;
    return elsewhere();
}

// The same of what is to be written: nobody makes records in another's area, or moves them there.
Result<std::optional<Error>> RecordJudge::outOfReach(const Id &record, const Values &values) const
{
    const auto judged = [&](const QList<Id> &units) {
        return m_scope.sees(*m_type, record, units) && m_scope.mayCapture(*m_type, record, units) ? std::nullopt : std::optional(elsewhere());
    };
    if (!m_scope.asksForUnitsToCapture(*m_type))
        return judged({});
    return m_tables.unitsOf(m_connection, *m_type, record, values).transform(judged);
}

// Whether the record that a new one would double is one that its author does not know of.
Result<bool> RecordJudge::isHidden(const Id &record) const
{
    if (record.isNull())
        return false;
    const auto found = m_tables.find(m_connection, *m_type, record);
    if (!found)
        return std::unexpected(found.error());
    return m_tables.unitsOf(m_connection, *m_type, record, found->record.values).transform([&](const QList<Id> &units) { return !m_scope.sees(*m_type, record, units); });
}

Result<void> RecordJudge::write(CentralRecord &state, const QList<Id> &unitsBefore)
{
    ++state.record.version;
    if (auto done = m_tables.update(m_connection, *m_type, state, {m_who.account, m_nowMs}); !done)
        return done;
    holdKey(state);
    return m_journal.commitMoved(m_tables, *m_type, state.record, m_nowMs, unitsBefore);
}

Result<void> RecordJudge::recomputeParent(const Record &row)
{
    const RecordType *parentType = m_tables.ledgerParent(*m_type);
    return parentType ? m_tables.recompute(m_connection, *parentType, row.reference(m_type->parentField)) : Result<void>();
}

} // namespace ioc
