// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/storefile.h>

#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QTemporaryFile>

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

} // namespace ioc
