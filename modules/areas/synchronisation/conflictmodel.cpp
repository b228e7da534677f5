// SPDX-License-Identifier: GPL-3.0-or-later
#include <synchronisation/conflictmodel.h>

namespace ioc {

int ConflictModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

std::optional<EntryQuery::Sort> ConflictModel::sortOf(int column) const
{
    switch (column) {
    case RecordTitle: return EntryQuery::Sort::Title;
    case FieldName: return EntryQuery::Sort::Kind;
    case TheirsBy: return EntryQuery::Sort::Theirs;
    case MineBy: return EntryQuery::Sort::Mine;
    default: return {};
    }
}

QString ConflictModel::theirs(const Conflict &conflict) const
{
    if (conflict.isWhole())
        return tr("Kept: somebody else works on it");
    return m_text.value(conflict.type, conflict.values.field, conflict.values.theirs);
}

QString ConflictModel::mine(const Conflict &conflict) const
{
    if (conflict.isWhole())
        return conflict.kind == OperationKind::Delete ? tr("Deleted") : tr("Merged with another record");
    return m_text.value(conflict.type, conflict.values.field, conflict.values.mine);
}

QVariant ConflictModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || role != Qt::DisplayRole)
        return {};
    const qint64 key = keyAt(index.row());
    const Conflict *conflict = m_rows.object(key);
    if (!conflict || isStale(key))
        want(key);
    if (!conflict)
        return QStringLiteral("…");
    switch (index.column()) {
    case RecordTitle: return conflict->title;
    case FieldName: return m_text.fieldLabel(conflict->type, conflict->values.field);
    case Theirs: return theirs(*conflict).simplified();
    case TheirsBy: return m_text.whoAndWhen(conflict->values.theirsBy, conflict->values.theirsMs);
    case Mine: return mine(*conflict).simplified();
    case MineBy: return m_text.whoAndWhen(m_text.who(conflict->mineBy), conflict->mineMs);
    case Newer:
        if (conflict->isState)
            return tr("Central's stands");
        return conflict->newer() > 0 ? tr("Mine") : conflict->newer() < 0 ? tr("Central's") : tr("not known");
    default: return {};
    }
}

QVariant ConflictModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case RecordTitle: return tr("Record");
    case FieldName: return tr("Field");
    case Theirs: return tr("At central");
    case TheirsBy: return tr("Written there");
    case Mine: return tr("Mine");
    case MineBy: return tr("Written here");
    case Newer: return tr("Newer");
    default: return {};
    }
}

void ConflictModel::readRows(const QList<qint64> &keys)
{
    m_context.store.conflicts(keys).then(this, [this](const Result<QList<Conflict>> &conflicts) {
        if (!conflicts)
            return;
        QList<qint64> read;
        for (const Conflict &conflict : *conflicts) {
            m_rows.insert(conflict.key, new Conflict(conflict));
            read += conflict.key;
        }
        rowsRead(read);
    });
}

} // namespace ioc
