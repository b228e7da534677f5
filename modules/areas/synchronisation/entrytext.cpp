// SPDX-License-Identifier: GPL-3.0-or-later
#include <synchronisation/entrytext.h>

#include <ui/personalcover.h>
#include <ui/referencetitles.h>

namespace ioc {

QString EntryText::typeLabel(const QString &type) const
{
    const RecordType *declared = m_context.catalog().type(type);
    return declared ? declared->label.in(m_context.language) : type;
}

QString EntryText::fieldLabel(const QString &type, const QString &field) const
{
    if (field.isEmpty())
        return tr("The whole record");
    const RecordType *declared = m_context.catalog().type(type);
    const Field *known = declared ? declared->field(field) : nullptr;
    return known ? known->label.in(m_context.language) : field;
}

QString EntryText::value(const QString &type, const QString &field, const QCborValue &value) const
{
    const RecordType *declared = m_context.catalog().type(type);
    const Field *known = declared ? declared->field(field) : nullptr;
    QString text;
    if (!known)
        text = value.toString();
    else if (known->referenceType.isEmpty())
        text = coveredText(m_context, *declared, *known, value);
    else
        text = m_context.titles.title(known->referenceType, Id::fromString(value.toString()).value_or(Id()));
    return text.isEmpty() ? tr("(empty)") : text;
}

QString EntryText::what(const Operation &operation) const
{
    const QString label = typeLabel(operation.type);
    switch (operation.kind) {
    case OperationKind::Create: return tr("New: %1").arg(label);
    case OperationKind::Edit: return tr("Edit: %1").arg(label);
    case OperationKind::Delete: return tr("Delete: %1").arg(label);
    case OperationKind::Merge:
    case OperationKind::Unmerge: return tr("Merge: %1").arg(label);
    case OperationKind::Transition: break;
    }
    const RecordType *type = m_context.catalog().type(operation.type);
    const Workflow *workflow = type ? m_context.catalog().workflowOf(*type) : nullptr;
    const Transition *transition = workflow ? workflow->transition(operation.transition) : nullptr;
    return transition ? QStringLiteral("%1: %2").arg(transition->label.in(m_context.language), label) : tr("Undo: %1").arg(label);
}

QString EntryText::changes(const Operation &operation) const
{
    const RecordType *type = m_context.catalog().type(operation.type);
    QStringList parts;
    for (const FieldChange &change : operation.changes) {
        const Field *field = type ? type->field(change.field) : nullptr;
        if (field && field->referenceType.isEmpty())
            parts += QStringLiteral("%1: %2").arg(field->label.in(m_context.language), coveredText(m_context, *type, *field, change.newValue));
    }
    return parts.join(QStringLiteral("; "));
}

QString EntryText::changesInFull(const Operation &operation) const
{
    QStringList lines;
    for (const FieldChange &change : operation.changes) {
        const QString after = value(operation.type, change.field, change.newValue);
        const QString label = fieldLabel(operation.type, change.field);
        lines += operation.kind == OperationKind::Create ? QStringLiteral("%1: %2").arg(label, after)
                                                         : tr("%1: %2 → %3", "field: value before → value after").arg(label, value(operation.type, change.field, change.oldValue), after);
    }
    return lines.join(u'\n');
}

QString EntryText::who(const Id &account, const QString &known) const
{
    if (!known.isEmpty())
        return known;
    const QString title = m_context.titles.title(QStringLiteral("account"), account);
    if (!title.isEmpty())
        return title;
    return account == m_context.store.author().account ? m_context.store.author().displayName : QString();
}

QString EntryText::whoAndWhen(const QString &name, qint64 ms) const
{
    if (ms == 0)
        return name.isEmpty() ? tr("not known") : name;
    const QString at = m_context.format.dateTime(ms);
    return name.isEmpty() ? at : QStringLiteral("%1, %2").arg(name, at);
}

} // namespace ioc
