// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/cbor.h>
#include <central/auditoperation.h>

#include <QCborArray>
#include <QCryptographicHash>

namespace ioc {

namespace {

void appendId(cbor::Writer &writer, const Id &id)
{
    if (id.isNull())
        writer.null();
    else
        writer.bytes(id.toBytes());
}

void appendValue(cbor::Writer &writer, const QCborValue &value)
{
    if (value.isUndefined())
        writer.null();
    else
        writer.value(value);
}

void appendChange(cbor::Writer &writer, const FieldChange &change, bool withValues)
{
    writer.array(withValues ? 3 : 1);
    writer.text(change.field);
    if (withValues) {
        appendValue(writer, change.oldValue);
        appendValue(writer, change.newValue);
    }
}

void putNonEmpty(QCborMap &map, const QString &key, const QString &text)
{
    if (!text.isEmpty())
        map.insert(key, text);
}

} // namespace

QByteArray operationDigest(const Operation &operation, const QStringList &fields)
{
    QByteArray encoded;
    cbor::Writer writer(encoded);
    writer.array(16);
    appendId(writer, operation.op);
    writer.array(operation.after.size());
    for (const Id &op : operation.after)
        appendId(writer, op);
    writer.integer(static_cast<int>(operation.kind));
    writer.text(operation.type);
    appendId(writer, operation.record);
    writer.integer(operation.baseVersion);
    writer.array(operation.changes.size());
    for (const FieldChange &change : operation.changes)
        appendChange(writer, change, fields.contains(change.field));
    writer.text(operation.transition);
    appendId(writer, operation.into);
    appendId(writer, operation.unit);
    appendId(writer, operation.author);
    appendId(writer, operation.device);
    writer.integer(operation.deviceTimeMs);
    writer.integer(operation.offsetMs);
    writer.text(operation.bootId);
    writer.integer(operation.monotonicMs);
    return QCryptographicHash::hash(encoded, QCryptographicHash::Sha256);
}

AuditEntry auditOf(const TypeCatalog &catalog, const Operation &operation, const Answer &answer, const OperationNote &note)
{
    const RecordType *type = catalog.type(operation.type);
    QStringList shown;
    QCborArray fields;
    QCborArray withheld;
    for (const FieldChange &change : operation.changes) {
        const Field *field = type ? type->field(change.field) : nullptr;
        if (!field)
            continue; // refused; who knows what is in it
        fields.append(field->name);
        const RecordType &root = catalog.rootOf(*type);
        if (isKeptOtherwise(root, *field, change.newValue) || isKeptOtherwise(root, *field, change.oldValue))
            withheld.append(field->name);
        else
            shown += field->name;
    }
    const bool refused = answer.outcome == Outcome::Refused;
    QCborMap details{{QStringLiteral("outcome"), outcomeName(answer.outcome)}, {QStringLiteral("version"), note.version}, {QStringLiteral("operation"), operationKindName(operation.kind)},
                     {QStringLiteral("fields"), fields}, {QStringLiteral("digest"), operationDigest(operation, shown)}, {QStringLiteral("acted_ms"), note.actedMs}};
    if (!withheld.isEmpty())
        details.insert(QStringLiteral("withheld"), withheld);
    putNonEmpty(details, QStringLiteral("time_note"), note.timeNote);
    putNonEmpty(details, QStringLiteral("transition"), type ? operation.transition : QString());
    putNonEmpty(details, QStringLiteral("from"), note.fromState);
    putNonEmpty(details, QStringLiteral("to"), note.toState);
    if (refused)
        details.insert(QStringLiteral("reason"), errorCodeName(answer.reason));
    return {.kind = refused ? AuditKind::OperationRefused : AuditKind::OperationTaken, .atMs = note.receivedMs, .who = {.account = note.author, .device = note.device, .console = {}},
            .type = type ? type->name : QString(), .record = note.record, .op = operation.op, .details = details};
}

} // namespace ioc
