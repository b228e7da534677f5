// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <central/backup.h>

namespace ioc {

/// A folder in which the backups of every day lie side by side, each in a folder named by when it was made, in the local time
/// ("2026-11-24_023000"; with ".part" behind it until it is whole). What has another name there is never touched, nor what is of another central.
class BackupShelf
{
public:
    struct Added
    {
        Backup backup;
        QString folder;     ///< of the new one
        Result<void> noted; ///< Backup::note(): the backup is whole even where it fails
        int removed = 0;    ///< older ones, as there were more than wanted
    };

    explicit BackupShelf(QString folder) : m_folder(std::move(folder)) {}
    /// Makes a backup, reads it again, has it noted, and only then removes this central's oldest ones but \a keep (at least 1, with the new one). What a
    /// backup that was cut off has left there goes first. Busy while another is made there; a failure leaves those before as they were.
    Result<Added> add(const Backup::Place &central, int keep);

private:
    [[nodiscard]] QStringList dated(const QString &ending) const;
    [[nodiscard]] QString freeName(qint64 nowMs) const;
    void removeCutOff() const;
    [[nodiscard]] int removeOlder(const Added &added, int keep, qint64 nowMs) const;

    QString m_folder;
};

} // namespace ioc
