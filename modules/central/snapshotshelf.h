// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <wire/snapshot.h>

#include <QList>

namespace ioc {

/// The folder in which central keeps its snapshots: beside each file (ID.zst) what is known of it (ID.info). A file without
/// that is not whole.
class SnapshotShelf
{
public:
    explicit SnapshotShelf(QString folder) : m_folder(std::move(folder)) {}

    /// Makes the folder and removes what is half built or of another epoch or schema; what is left, newest first.
    Result<QList<Snapshot>> tidied(const Id &epoch, qint64 schemaVersion) const;
    /// Moves \a file in. Its info is on the disk when this returns, and so is the file.
    Result<void> put(const QString &file, const Snapshot &snapshot) const;
    void remove(const Snapshot &snapshot) const;
    /// At most \a length bytes from \a from on. NotFound when the file is gone.
    Result<QByteArray> part(const QString &id, qint64 from, qint64 length) const;
    /// When it was put here, UTC ms.
    [[nodiscard]] qint64 builtMs(const Snapshot &snapshot) const;
    /// What names end in since personal data are sealed in the files; others are removed like those of another schema.
    static QString kind() { return QStringLiteral("-sealed"); }
    /// Name of the file being built for a scope; removed at the next start.
    static QString unfinished(const QString &scopeKey) { return scopeKey + QStringLiteral(".building"); }

private:
    [[nodiscard]] QString file(const QString &id) const { return m_folder + u'/' + id + QStringLiteral(".zst"); }
    [[nodiscard]] QString info(const QString &id) const { return m_folder + u'/' + id + QStringLiteral(".info"); }
    QString m_folder;
};

} // namespace ioc
