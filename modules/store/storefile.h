// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/clock.h>
#include <base/result.h>

#include <QDir>

namespace ioc {

/// The files of a local store in its folder.
class StoreFile
{
public:
    explicit StoreFile(const QString &folder) : m_folder(folder) {}

    /// Makes the folder when lacking. ReadOnly when it cannot be made or written to.
    Result<void> makeFolder() const;
    [[nodiscard]] QString database() const { return m_folder.filePath(QStringLiteral("store.sqlite")); }
    [[nodiscard]] QString journal() const { return m_folder.filePath(QStringLiteral("operations.journal")); }

    /// Notes that the database was found damaged while in use: the next opening puts it aside.
    void noteDamage() const;
    [[nodiscard]] bool damageNoted() const;
    /// Renames the database to store.damaged-<time>.sqlite; the new path.
    Result<QString> putAside(const Clock &clock) const;

    /// Where a snapshot is unpacked to and made this device's before it takes the database's place.
    [[nodiscard]] QString incoming() const { return m_folder.filePath(QStringLiteral("snapshot.sqlite")); }
    /// Puts the incoming file in the place of the database, in one step. Nobody may have either open. Busy when another program has.
    Result<void> replaceDatabase() const;

private:
    [[nodiscard]] QString mark() const { return m_folder.filePath(QStringLiteral("store.damaged")); }
    QDir m_folder;
};

} // namespace ioc
