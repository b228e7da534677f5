// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/auditoperation.h>

#include <QCborArray>
#include <QCborStreamWriter>
#include <QCryptographicHash>

namespace ioc {

namespace {

void appendId(QCborStreamWriter &writer, const Id &id)
{
    if (id.isNull())
        writer.appendNull();
    else
        writer.append(id.toBytes());
}

void appendValue(QCborStreamWriter &writer, const QCborValue &value)
{
    if (value.isUndefined() || value.isNull())
        writer.appendNull();
    else
        value.toCbor(writer);
}

void appendChange(QCborStreamWriter &writer, const FieldChange &change, bool withValues)
{
    writer.startArray(withValues ? 3 : 1);
    writer.append(change.field);
    if (withValues) {
        appendValue(writer, change.oldValue);
        appendValue(writer, change.newValue);
    }
    writer.endArray();
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
    QCborStreamWriter writer(&encoded);
    writer.startArray(16);
    appendId(writer, operation.op);
    writer.startArray(static_cast<quint64>(operation.after.size()));
    for (const Id &op : operation.after)
        appendId(writer, op);
    writer.endArray();
    writer.append(static_cast<int>(operation.kind));
    writer.append(operation.type);
    appendId(writer, operation.record);
    writer.append(operation.baseVersion);
    writer.startArray(static_cast<quint64>(operation.changes.size()));
    for (const FieldChange &change : operation.changes)
        appendChange(writer, change, fields.contains(change.field));
    writer.endArray();
    writer.append(operation.transition);
    appendId(writer, operation.into);
    appendId(writer, operation.unit);
    appendId(writer, operation.author);
    appendId(writer, operation.device);
    writer.append(operation.deviceTimeMs);
    writer.append(operation.offsetMs);
    writer.append(operation.bootId);
    writer.append(operation.monotonicMs);
    writer.endArray();
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
