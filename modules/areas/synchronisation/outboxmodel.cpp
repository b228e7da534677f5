// SPDX-License-Identifier: GPL-3.0-or-later
#include <records/fieldtext.h>
#include <synchronisation/outboxmodel.h>

namespace ioc {

OutboxModel::OutboxModel(UiContext &context, QObject *parent) : QAbstractTableModel(parent), m_context(context) {}

void OutboxModel::setEntries(const QList<OutboxEntry> &entries)
{
    beginResetModel();
    m_entries = entries;
    endResetModel();
}

int OutboxModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int OutboxModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString OutboxModel::what(const Operation &operation) const
{
    const RecordType *type = m_context.catalog().type(operation.type);
    const QString label = type ? type->label.in(m_context.language) : operation.type;
    switch (operation.kind) {
    case OperationKind::Create: return tr("New: %1").arg(label);
    case OperationKind::Edit: return tr("Edit: %1").arg(label);
    case OperationKind::Delete: return tr("Delete: %1").arg(label);
    case OperationKind::Merge:
    case OperationKind::Unmerge: return tr("Merge: %1").arg(label);
    case OperationKind::Transition: break;
    }
    const Workflow *workflow = type ? m_context.catalog().workflowOf(*type) : nullptr;
    const Transition *transition = workflow ? workflow->transition(operation.transition) : nullptr;
    return transition ? QStringLiteral("%1: %2").arg(transition->label.in(m_context.language), label) : tr("Undo: %1").arg(label);
}

QString OutboxModel::changes(const Operation &operation) const
{
    const RecordType *type = m_context.catalog().type(operation.type);
    QStringList parts;
    for (const FieldChange &change : operation.changes) {
        const Field *field = type ? type->field(change.field) : nullptr;
        if (!field || !field->referenceType.isEmpty())
            continue;
        parts += QStringLiteral("%1: %2").arg(field->label.in(m_context.language), displayText(*field, change.newValue, m_context.language));
    }
    return parts.join(QStringLiteral("; "));
}

QString OutboxModel::state(const OutboxEntry &entry) const
{
    switch (entry.state) {
    case OutboxEntry::State::Waiting: return tr("Waits to be sent");
    case OutboxEntry::State::Held: return entry.message.isEmpty() ? tr("Waits for an earlier change") : entry.message;
    case OutboxEntry::State::Answered: return tr("Taken by central");
    case OutboxEntry::State::Quarantined: return entry.message;
    }
    return {};
}

QVariant OutboxModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    const OutboxEntry &entry = m_entries[index.row()];
    QString text;
    switch (index.column()) {
    case What: text = what(entry.operation); break;
    case RecordTitle: text = entry.title; break;
    case Changes: text = changes(entry.operation); break;
    case When: text = m_context.format.dateTime(entry.operation.deviceTimeMs); break;
    case State: text = state(entry); break;
    default: break;
    }
    return role == Qt::ToolTipRole ? text.toHtmlEscaped() : text; // a tooltip would take markup for markup
}

QVariant OutboxModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case What: return tr("What");
    case RecordTitle: return tr("Record");
    case Changes: return tr("Changes");
    case When: return tr("When");
    case State: return tr("State");
    default: return {};
    }
}

} // namespace ioc
