// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/operationcheck.h>

#include <access/sealedvalue.h>
#include <records/validation.h>

#include <QCoreApplication>
#include <QSet>

namespace ioc {

namespace {

constexpr qint64 clockToleranceMs = 60'000;
constexpr qint64 oldestMs = 90LL * 24 * 3'600'000;

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Central)
};

Result<void> checkRights(const TypeCatalog &catalog, const RecordType &type, const Scope &scope, const Operation &operation)
{
    if (!scope.mayCapture(type))
        return failure(ErrorCode::Denied, Words::tr("Your role may not change this kind of record. Ask the administrator."));
    const bool isCreation = operation.kind == OperationKind::Create;
    if (type.appendOnly && !isCreation)
        return failure(ErrorCode::Denied, Words::tr("Entries of this kind are never changed. Add a new one instead."));
    if (operation.kind != OperationKind::Transition)
        return {};
    const Workflow *workflow = catalog.workflowOf(type);
    if (!workflow)
        return failure(ErrorCode::InvalidInput, Words::tr("This kind of record has no steps."));
    if (operation.transition == u"undo")
        return {};
    const Transition *transition = workflow->transition(operation.transition);
    if (!transition)
        return failure(ErrorCode::Unsupported, Words::tr("Central does not know the step “%1”. Update the older of the two programs.").arg(operation.transition.left(60)));
    if (!transition->roles.isEmpty() && !transition->roles.contains(scope.who().role))
        return failure(ErrorCode::Denied, Words::tr("Your role may not take this step. Ask the administrator."));
    return {};
}

// Fields that people do not write: derived, assigned, read-only. The workflow's own field moves with its steps.
bool mayWrite(const TypeCatalog &catalog, const RecordType &type, const Field &field, OperationKind kind)
{
    if (!field.readOnly)
        return true;
    const Workflow *workflow = catalog.workflowOf(type);
    const bool isState = workflow && workflow->stateField == field.name;
    return isState && (kind == OperationKind::Create || kind == OperationKind::Transition);
}

Result<void> checkChange(const TypeCatalog &catalog, const RecordType &type, OperationKind kind, Disclosure disclosure, FieldChange &change)
{
    const Field *field = type.field(change.field);
    if (!field)
        return failure(ErrorCode::Unsupported, Words::tr("Central does not know the field “%1”. Update the older of the two programs.").arg(change.field.left(60)));
    if (!mayWrite(catalog, type, *field, kind))
        return failure(ErrorCode::Denied, Words::tr("The field “%1” is kept by central and cannot be written.").arg(field->name));
    if (field->sensitive && disclosure != Disclosure::Open) // what is not shown whole would be lost by writing
        return failure(ErrorCode::Denied, Words::tr("The field “%1” holds personal data, which your role may not change.").arg(field->name));
    auto value = canonical(*field, change.newValue);
    if (!value)
        return failure(ErrorCode::InvalidInput, Words::tr("%1: %2").arg(field->name, value.error().message));
    change.newValue = *value;
    if (auto old = canonical(*field, change.oldValue))
        change.oldValue = *old; // else it will not match anything, which is a conflict
    return {};
}

} // namespace

Result<void> checkOperation(const TypeCatalog &catalog, const Scope &scope, Operation &operation)
{
    const RecordType *type = catalog.type(operation.type);
    if (!type)
        return failure(ErrorCode::Unsupported, Words::tr("Central does not know the kind of record “%1”. Update the older of the two programs.").arg(operation.type.left(60)));
    if (auto allowed = checkRights(catalog, *type, scope, operation); !allowed)
        return allowed;
    const bool isMerging = operation.kind == OperationKind::Merge || operation.kind == OperationKind::Unmerge;
    if (operation.kind == OperationKind::Merge && (operation.into.isNull() || operation.into == operation.record))
        return failure(ErrorCode::InvalidInput, Words::tr("A record is merged into another one."));
    if ((operation.kind == OperationKind::Delete || isMerging) && !operation.changes.isEmpty())
        return failure(ErrorCode::InvalidInput, Words::tr("This kind of change has no fields."));
    if (const auto key = SealKey::unpacked(operation.sealKey); !key)
        return std::unexpected(key.error());
    QSet<QString> seen;
    for (FieldChange &change : operation.changes) {
        if (seen.contains(change.field))
            return failure(ErrorCode::InvalidInput, Words::tr("The field “%1” is changed twice.").arg(change.field.left(60)));
        seen.insert(change.field);
        if (auto fine = checkChange(catalog, *type, operation.kind, scope.disclosure(*type), change); !fine)
            return fine;
    }
    return {};
}

qint64 boundedTime(const Operation &operation, qint64 receivedMs, QString *note)
{
    qint64 actedMs = 0;
    const bool overflown = __builtin_sub_overflow(operation.deviceTimeMs, operation.offsetMs, &actedMs);
    if (overflown || actedMs > receivedMs + clockToleranceMs)
        *note = QStringLiteral("ahead");
    else if (actedMs < receivedMs - oldestMs)
        *note = QStringLiteral("too old");
    else
        return std::min(actedMs, receivedMs);
    return receivedMs;
}

} // namespace ioc
