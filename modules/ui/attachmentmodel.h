// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <store/filestore.h>
#include <ui/uicontext.h>

#include <QAbstractListModel>
#include <QHash>
#include <QPixmap>

namespace ioc {

/// The files of one record, each with how this device stands with it.
class AttachmentModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { SizeRole = Qt::UserRole + 1, StateRole, ToneRole, ThumbnailRole, PinnedRole };

    AttachmentModel(UiContext &context, FileStore &files, const RecordType &fileType, QObject *parent = nullptr);

    /// Whose files are shown; null: nobody's.
    void setParentRecord(const Id &parent);
    [[nodiscard]] const Id &parentRecord() const { return m_parent; }
    [[nodiscard]] Record record(int row) const;
    [[nodiscard]] HeldFile state(int row) const;
    /// Whether what is shown has been read.
    [[nodiscard]] bool isRead() const { return m_isRead; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

Q_SIGNALS:
    void wasRead();

private:
    void read();
    void take(const QList<StoredRecord> &records);
    void readStates(const QStringList &digests);
    void changed(const QString &digest);
    [[nodiscard]] QString digestAt(int row) const { return m_records[row].record.text(QStringLiteral("digest")); }
    [[nodiscard]] QString sizeText(qint64 bytes) const;
    [[nodiscard]] QString stateText(const HeldFile &file) const;
    [[nodiscard]] QPixmap thumbnail(const Record &record) const;

    UiContext &m_context;
    FileStore &m_files;
    const RecordType &m_type;
    Id m_parent;
    QList<StoredRecord> m_records;
    QHash<QString, HeldFile> m_states;
    QHash<QString, int> m_percent; ///< of what travels now
    mutable QHash<QString, QPixmap> m_thumbnails;
    bool m_isRead = false;
};

} // namespace ioc
