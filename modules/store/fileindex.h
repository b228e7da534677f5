// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <db/connection.h>
#include <store/heldfile.h>

namespace ioc {

/// What a device knows of files, in a SQLite file of its own beside them: losing it costs nothing but that central is asked again.
class FileIndex
{
public:
    explicit FileIndex(db::Connection &connection) : m_connection(connection) {}

    Result<void> bring();
    Result<QList<HeldFile>> states(const QStringList &digests);
    Result<HeldFile> state(const QString &digest); ///< a fresh one when it is not known
    Result<void> put(const HeldFile &file);
    Result<void> forget(const QString &digest);

    Result<QList<HeldFile>> toSend(const Id &epoch, qint64 limit); ///< oldest look first
    Result<QList<HeldFile>> toFetch(qint64 limit);                 ///< newest look first
    Result<QStringList> here();
    /// What has to go, longest not looked at first, so that files not pinned take \a bytes at most. Only what central has in \a epoch.
    Result<QStringList> toLetGo(const Id &epoch, qint64 bytes);

private:
    Result<QList<HeldFile>> list(const QString &rest, const QVariantList &parameters);

    db::Connection &m_connection;
};

} // namespace ioc
