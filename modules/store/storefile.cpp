// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/faultpoint.h>
#include <store/storefile.h>
#include <wire/filepacking.h>

#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QTemporaryFile>

#include <filesystem>

namespace ioc {

Result<void> StoreFile::makeFolder() const
{
    QTemporaryFile probe(m_folder.filePath(QStringLiteral(".write-XXXXXX")));
    if (!m_folder.mkpath(QStringLiteral(".")) || !probe.open()) {
        return failure(ErrorCode::ReadOnly, QCoreApplication::translate("Store", "The folder %1 cannot be written to. Check its rights and start again.").arg(m_folder.path()),
                       probe.errorString());
    }
    return {};
}

void StoreFile::noteDamage() const
{
    QFile file(mark());
    (void)file.open(QIODevice::WriteOnly); // without it the next start meets the damage itself
}

bool StoreFile::damageNoted() const
{
    return QFile::exists(mark());
}

Result<QString> StoreFile::putAside(const Clock &clock) const
{
    const QString time = QDateTime::fromMSecsSinceEpoch(clock.nowMs(), QTimeZone::UTC).toString(QStringLiteral("yyyyMMdd-HHmmss-zzz"));
    QString aside = m_folder.filePath(QStringLiteral("store.damaged-%1.sqlite").arg(time));
    if (QFile::exists(database()) && !QFile::rename(database(), aside)) {
        return failure(ErrorCode::ReadOnly, QCoreApplication::translate("Store", "The damaged file %1 cannot be put aside. Check the rights of its folder.").arg(database()));
    }
    for (const auto &suffix : {QStringLiteral("-wal"), QStringLiteral("-shm")}) {
        QFile::remove(aside + suffix);
        QFile::rename(database() + suffix, aside + suffix);
    }
    QFile::remove(mark());
    return aside;
}

Result<void> StoreFile::replaceDatabase() const
{
    // A log left beside the old file would be taken for the new one's.
    const QFileInfo log(database() + QStringLiteral("-wal"));
    if (log.exists() && log.size() > 0)
        return failure(ErrorCode::Busy, QCoreApplication::translate("Store", "The local data are in use by another program. Close it; the file from central is then taken in."), log.filePath());
    for (const auto &suffix : {QStringLiteral("-wal"), QStringLiteral("-shm")}) {
        QFile::remove(database() + suffix);
        QFile::remove(incoming() + suffix);
    }
    if (const auto done = wire::syncToDisk(m_folder.path()); !done)
        return done;
    faultPoint("snapshot.closed");
    std::error_code problem;
    std::filesystem::rename(QFileInfo(incoming()).filesystemFilePath(), QFileInfo(database()).filesystemFilePath(), problem);
    if (problem)
        return failure(ErrorCode::ReadOnly, QCoreApplication::translate("Store", "The folder of the local data cannot be written to. Check its rights and start again."), QString::fromStdString(problem.message()));
    faultPoint("snapshot.renamed");
    const auto done = wire::syncToDisk(m_folder.path());
    faultPoint("snapshot.synced");
    return done;
}

} // namespace ioc
