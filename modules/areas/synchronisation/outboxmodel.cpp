// SPDX-License-Identifier: GPL-3.0-or-later
#include <synchronisation/outboxmodel.h>

namespace ioc {

int OutboxModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

std::optional<EntryQuery::Sort> OutboxModel::sortOf(int column) const
{
    switch (column) {
    case What: return EntryQuery::Sort::Kind;
    case RecordTitle: return EntryQuery::Sort::Title;
    case When: return EntryQuery::Sort::Saved;
    default: return {};
    }
}

QString OutboxModel::state(const OutboxEntry &entry) const
{
    switch (entry.state) {
    case OutboxEntry::State::Waiting: return tr("Waits to be sent");
    case OutboxEntry::State::Held: return entry.message.isEmpty() ? tr("Waits for an earlier change") : entry.message;
    case OutboxEntry::State::Answered: return tr("Taken by central");
    case OutboxEntry::State::Quarantined: return entry.message.isEmpty() ? tr("Refused by central, which gave no reason") : entry.message;
    }
    return {};
}

QVariant OutboxModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || role != Qt::DisplayRole)
        return {};
    const qint64 key = keyAt(index.row());
    const OutboxEntry *entry = m_rows.object(key);
    if (!entry || isStale(key))
        want(key);
    if (!entry)
        return QStringLiteral("…");
    switch (index.column()) {
    case What: return m_text.what(entry->operation);
    case RecordTitle: return entry->title;
    case Changes: return m_text.changes(entry->operation).simplified();
    case Who: return m_text.who(entry->operation.author);
    case When: return m_context.format.dateTime(entry->operation.deviceTimeMs);
    case State: return state(*entry).simplified();
    default: return {};
    }
}

QVariant OutboxModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case What: return tr("What");
    case RecordTitle: return tr("Record");
    case Changes: return tr("Changes");
    case Who: return tr("Who");
    case When: return tr("When");
    case State: return query().list == EntryQuery::List::Quarantine ? tr("Why it was refused") : tr("State");
    default: return {};
    }
}

void OutboxModel::readRows(const QList<qint64> &keys)
{
    m_context.store.outboxEntries(keys).then(this, [this](const Result<QList<OutboxEntry>> &entries) {
        if (!entries)
            return;
        QList<qint64> read;
        for (const OutboxEntry &entry : *entries) {
            m_rows.insert(entry.key, new OutboxEntry(entry));
            read += entry.key;
        }
        rowsRead(read);
    });
}

} // namespace ioc
