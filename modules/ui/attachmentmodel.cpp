// SPDX-License-Identifier: GPL-3.0-or-later
#include <ui/attachmentmodel.h>
#include <ui/thumbnail.h>

#include <cmath>

namespace ioc {

AttachmentModel::AttachmentModel(UiContext &context, FileStore &files, const RecordType &fileType, QObject *parent)
    : QAbstractListModel(parent), m_context(context), m_files(files), m_type(fileType)
{
    connect(&context.store, &LocalStore::changed, this, [this](const StoreChange &change) {
        if (change.everything || change.changed.contains(m_type.name) || change.removed.contains(m_type.name))
            read();
    });
    connect(&files, &FileStore::changed, this, [this](const QString &digest) {
        if (m_states.contains(digest))
            readStates({digest});
    });
    connect(&files, &FileStore::progressed, this, [this](const QString &digest, qint64 done, qint64 total) {
        if (!m_states.contains(digest))
            return;
        m_percent[digest] = total > 0 ? static_cast<int>(done * 100 / total) : 0;
        changed(digest);
    });
}

void AttachmentModel::setParentRecord(const Id &parent)
{
    if (parent == m_parent)
        return;
    beginResetModel();
    m_parent = parent;
    m_records.clear();
    m_states.clear();
    m_percent.clear();
    m_thumbnails.clear();
    m_isRead = false;
    endResetModel();
    read();
}

void AttachmentModel::read()
{
    if (m_parent.isNull())
        return;
    m_context.store.children(m_type.name, m_parent).then(this, [this, parent = m_parent](const Result<QList<StoredRecord>> &records) {
        if (parent == m_parent && records)
            take(*records);
    });
}

void AttachmentModel::take(const QList<StoredRecord> &records)
{
    const bool same = m_isRead && records == m_records;
    m_isRead = true;
    if (!same) {
        beginResetModel();
        m_records = records;
        endResetModel();
        QStringList digests;
        for (const StoredRecord &one : records)
            digests += one.record.text(QStringLiteral("digest"));
        readStates(digests);
    }
    Q_EMIT wasRead();
}

void AttachmentModel::readStates(const QStringList &digests)
{
    m_files.states(digests).then(this, [this](const Result<QList<HeldFile>> &states) {
        if (!states)
            return;
        for (const HeldFile &state : *states) {
            m_states.insert(state.digest, state);
            if (state.here ? !state.confirmed.isNull() : !state.wanted)
                m_percent.remove(state.digest);
            changed(state.digest);
        }
    });
}

void AttachmentModel::changed(const QString &digest)
{
    for (int row = 0; row < m_records.size(); ++row) {
        if (digestAt(row) == digest)
            Q_EMIT dataChanged(index(row), index(row));
    }
}

Record AttachmentModel::record(int row) const
{
    return m_records.value(row).record;
}

HeldFile AttachmentModel::state(int row) const
{
    return row >= 0 && row < m_records.size() ? m_states.value(digestAt(row)) : HeldFile();
}

int AttachmentModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_records.size());
}

QVariant AttachmentModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_records.size())
        return {};
    const Record &record = m_records[index.row()].record;
    const HeldFile state = m_states.value(digestAt(index.row()));
    const QString name = record.text(QStringLiteral("name"));
    const QString size = sizeText(record.integer(QStringLiteral("size")));
    switch (role) {
    case Qt::DisplayRole: return name;
    case Qt::ToolTipRole: return (state.refusal.isEmpty() ? name : name + u'\n' + state.refusal).toHtmlEscaped(); // markup in it stays text
    case Qt::AccessibleTextRole: return QStringLiteral("%1, %2, %3").arg(name, size, stateText(state));
    case SizeRole: return size;
    case StateRole: return stateText(state);
    case ToneRole: return static_cast<int>(state.damaged || !state.refusal.isEmpty() ? Tone::Danger : state.waitsToBeSent() ? Tone::Warning : state.here ? Tone::Good : Tone::Muted);
    case ThumbnailRole: return thumbnail(record);
    case PinnedRole: return state.pinned;
    default: return {};
    }
}

QString AttachmentModel::sizeText(qint64 bytes) const
{
    constexpr double kilo = 1024;
    if (bytes < kilo * kilo)
        return tr("%1 KB").arg(m_context.format.number(std::max(1.0, std::round(static_cast<double>(bytes) / kilo))));
    const double mega = static_cast<double>(bytes) / (kilo * kilo);
    return tr("%1 MB").arg(m_context.format.number(mega, mega < 10 ? 1 : 0));
}

QString AttachmentModel::stateText(const HeldFile &file) const
{
    const auto percent = m_percent.constFind(file.digest);
    const QString travelled = percent == m_percent.cend() ? QString() : m_context.format.percent(*percent / 100.0, 0);
    if (!file.refusal.isEmpty())
        return tr("not taken by central");
    if (file.damaged)
        return tr("damaged on this device");
    if (file.waitsToBeSent())
        return travelled.isEmpty() ? tr("waiting to be sent") : tr("sending, %1").arg(travelled);
    if (file.here)
        return file.pinned ? tr("kept for work without a network") : tr("on this device");
    if (file.wanted)
        return travelled.isEmpty() ? tr("waiting to be fetched") : tr("fetching, %1").arg(travelled);
    return tr("at central only");
}

QPixmap AttachmentModel::thumbnail(const Record &record) const
{
    const QString digest = record.text(QStringLiteral("digest"));
    const auto known = m_thumbnails.constFind(digest);
    if (known != m_thumbnails.cend())
        return *known;
    return *m_thumbnails.insert(digest, QPixmap::fromImage(thumbnailImage(record.text(QStringLiteral("thumbnail")))));
}

} // namespace ioc
