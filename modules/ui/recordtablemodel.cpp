// SPDX-License-Identifier: GPL-3.0-or-later
#include <ui/personalcover.h>
#include <ui/recordtablemodel.h>
#include <ui/referencetitles.h>
#include <ui/uicontext.h>

namespace ioc {

namespace {
constexpr int firstRows = 60;        // more than a tall screen shows
constexpr int askDelayMs = 120;      // a burst of changes asks once
} // namespace

RecordTableModel::RecordTableModel(UiContext &context, const RecordType &type, QObject *parent)
    : QAbstractTableModel(parent), m_context(context), m_type(type)
{
    QStringList shown;
    for (const Field &field : type.fields) {
        if (field.inTable)
            shown += field.name;
    }
    setFields(shown);
    m_readTimer.setSingleShot(true);
    m_readTimer.setInterval(0);
    connect(&m_readTimer, &QTimer::timeout, this, &RecordTableModel::readWanted);
    m_askTimer.setSingleShot(true);
    m_askTimer.setInterval(askDelayMs);
    connect(&m_askTimer, &QTimer::timeout, this, [this] { ask(false); });
    connect(&context.store, &LocalStore::changed, this, &RecordTableModel::storeChanged);
    connect(&context.titles, &ReferenceTitles::titlesRead, this, [this] {
        if (!m_keys.isEmpty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1), {Qt::DisplayRole});
    });
}

void RecordTableModel::setFields(const QStringList &fields)
{
    beginResetModel();
    m_fields.clear();
    for (const QString &name : fields) {
        if (const Field *field = m_type.field(name))
            m_fields += field;
    }
    endResetModel();
}

void RecordTableModel::setQuery(const Query &query)
{
    if (query == m_query)
        return;
    m_query = query;
    ask(true);
}

void RecordTableModel::ask(bool fromTheStart)
{
    if (m_query.type.isEmpty())
        return;
    if (!fromTheStart && m_asking) { // one at a time; what changed meanwhile is asked for after it
        m_askAgain = true;
        return;
    }
    const quint64 generation = ++m_generation;
    m_asking = true;
    m_askAgain = false;
    m_complete = false;
    if (fromTheStart) {
        m_context.store.firstPage(m_query, firstRows).then(this, [this, generation](const Result<QList<StoredRecord>> &page) {
            if (generation != m_generation)
                return;
            if (page)
                takeFirstPage(*page);
            else if (page.error().code != ErrorCode::Cancelled)
                Q_EMIT failed(page.error().message);
        });
    }
    m_context.store.keys(m_query).then(this, [this, generation](const Result<QList<qint64>> &keys) {
        if (generation != m_generation)
            return;
        m_asking = false;
        if (keys)
            takeKeys(*keys);
        else if (keys.error().code != ErrorCode::Cancelled)
            Q_EMIT failed(keys.error().message);
        if (m_askAgain)
            m_askTimer.start();
    });
}

void RecordTableModel::takeFirstPage(const QList<StoredRecord> &page)
{
    beginResetModel();
    m_keys.clear();
    for (const StoredRecord &row : page) {
        m_keys += row.key;
        m_rows.insert(row.key, new StoredRecord(row));
    }
    endResetModel();
}

// Only what differs between the old keys and the new ones is taken out and put in, so that selection and place stay.
void RecordTableModel::takeKeys(const QList<qint64> &keys)
{
    const auto [oldEnd, newEnd] = std::mismatch(m_keys.cbegin(), m_keys.cend(), keys.cbegin(), keys.cend());
    const qsizetype head = oldEnd - m_keys.cbegin();
    qsizetype tail = 0;
    while (tail < m_keys.size() - head && tail < keys.size() - head && m_keys[m_keys.size() - 1 - tail] == keys[keys.size() - 1 - tail])
        ++tail;
    const qsizetype gone = m_keys.size() - head - tail;
    const qsizetype come = keys.size() - head - tail;
    if (gone > 0) {
        beginRemoveRows({}, static_cast<int>(head), static_cast<int>(head + gone - 1));
        m_keys.remove(head, gone);
        endRemoveRows();
    }
    if (come > 0) {
        beginInsertRows({}, static_cast<int>(head), static_cast<int>(head + come - 1));
        m_keys = keys;
        endInsertRows();
    }
    m_complete = true;
    Q_EMIT completed();
}

int RecordTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_keys.size());
}

int RecordTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_fields.size());
}

QVariant RecordTableModel::text(const StoredRecord &row, const Field &field) const
{
    const QCborValue value = row.record.value(field.name);
    if (field.kind == FieldKind::Reference || field.kind == FieldKind::Unit)
        return m_context.titles.title(field.referenceType, row.record.reference(field.name));
    if (value.isUndefined() && !field.assigned.isEmpty())
        return tr("(provisional)");
    return coveredText(m_context, m_type, field, value);
}

QVariant RecordTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Field &field = *m_fields[index.column()];
    const qint64 key = m_keys[index.row()];
    if (role == KeyRole)
        return key;
    if (role == FieldRole)
        return field.name;
    if (role == Qt::TextAlignmentRole) {
        const bool number = field.kind == FieldKind::Integer || field.kind == FieldKind::Decimal || field.kind == FieldKind::Money;
        return QVariant::fromValue(Qt::Alignment(Qt::AlignVCenter | (number ? Qt::AlignRight : Qt::AlignLeft)));
    }
    if (role != Qt::DisplayRole && role != ToneRole && role != RecordRole)
        return {};
    const StoredRecord *row = m_rows.object(key);
    if (!row) {
        want(key);
        return role == Qt::DisplayRole ? QVariant(QStringLiteral("…")) : QVariant();
    }
    if (role == RecordRole)
        return QVariant::fromValue(*row);
    if (role == ToneRole) {
        const Choice *choice = field.kind == FieldKind::Choice ? field.choice(row->record.text(field.name)) : nullptr;
        return choice ? choice->tone : QString();
    }
    return text(*row, field);
}

QVariant RecordTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= m_fields.size())
        return {};
    const Field &field = *m_fields[section];
    if (role == Qt::DisplayRole) {
        const QString label = field.label.in(m_context.language);
        return field.unitOfMeasure.isEmpty() ? label : QStringLiteral("%1 (%2)").arg(label, field.unitOfMeasure);
    }
    if (role == Qt::ToolTipRole && !field.help.isEmpty())
        return field.help.in(m_context.language);
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignVCenter | Qt::AlignLeft));
    return {};
}

void RecordTableModel::sort(int column, Qt::SortOrder order)
{
    if (column < 0 || column >= m_fields.size() || m_fields[column]->sensitive) // sealed: in no order
        return;
    Query query = m_query;
    query.sortField = m_fields[column]->name;
    query.descending = order == Qt::DescendingOrder;
    setQuery(query);
}

void RecordTableModel::want(qint64 key) const
{
    m_wanted.insert(key);
    if (!m_readTimer.isActive())
        m_readTimer.start();
}

void RecordTableModel::readWanted()
{
    const QSet<qint64> wanted = std::exchange(m_wanted, {});
    m_context.store.rows(m_type.name, QList<qint64>(wanted.begin(), wanted.end())).then(this, [this](const Result<QList<StoredRecord>> &rows) {
        if (!rows)
            return;
        QSet<qint64> read;
        for (const StoredRecord &row : *rows) {
            m_rows.insert(row.key, new StoredRecord(row));
            read.insert(row.key);
        }
        qsizetype first = -1;
        qsizetype last = -1;
        for (qsizetype i = 0; i < m_keys.size() && !read.isEmpty(); ++i) {
            if (read.remove(m_keys[i])) {
                first = first < 0 ? i : first;
                last = i;
            }
        }
        if (first >= 0)
            Q_EMIT dataChanged(index(static_cast<int>(first), 0), index(static_cast<int>(last), columnCount() - 1));
    });
}

void RecordTableModel::storeChanged(const StoreChange &change)
{
    const QList<qint64> changedKeys = change.changed.value(m_type.name);
    if (!change.everything && changedKeys.isEmpty() && !change.removed.contains(m_type.name))
        return;
    if (change.everything)
        m_rows.clear();
    QSet<qint64> again;
    for (const qint64 key : changedKeys) {
        if (m_rows.contains(key))
            again.insert(key);
    }
    // Rows in memory are read again before they are shown anew, so that nothing flickers.
    if (!again.isEmpty()) {
        m_wanted.unite(again);
        if (!m_readTimer.isActive())
            m_readTimer.start();
    }
    if (change.everything && !m_keys.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    if (!m_askTimer.isActive())
        m_askTimer.start();
}

} // namespace ioc
