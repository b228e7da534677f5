// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/snapshotshelf.h>
#include <wire/codec.h>
#include <wire/filepacking.h>

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QSaveFile>

#include <algorithm>

namespace ioc {

namespace {

std::unexpected<Error> cannotKeep(const QString &folder, const QString &detail)
{
    return failure(ErrorCode::ReadOnly, QCoreApplication::translate("Central", "The folder %1 cannot be written to. Check its rights and the space on the disk.").arg(folder), detail);
}

} // namespace

Result<QList<Snapshot>> SnapshotShelf::tidied(const Id &epoch, qint64 schemaVersion) const
{
    QDir folder(m_folder);
    if (!folder.mkpath(QStringLiteral(".")))
        return cannotKeep(m_folder, {});
    QList<Snapshot> whole;
    const auto infos = folder.entryList({QStringLiteral("*.info")}, QDir::Files);
    for (const QString &name : infos) {
        QFile written(folder.filePath(name));
        const auto snapshot = written.open(QIODevice::ReadOnly) ? wire::decodeSnapshot(written.readAll()) : Result<Snapshot>(failure(ErrorCode::NotFound, {}));
        const bool usable = snapshot && snapshot->ready && snapshot->id.endsWith(kind()) && name == snapshot->id + QStringLiteral(".info") && snapshot->cursor.epoch == epoch
                            && snapshot->cursor.schemaVersion == schemaVersion && QFileInfo(file(snapshot->id)).size() == snapshot->bytes;
        if (usable)
            whole += *snapshot;
    }
    const auto names = folder.entryList(QDir::Files);
    for (const QString &name : names) {
        const bool known = std::ranges::any_of(whole, [&](const Snapshot &one) { return name == one.id + QStringLiteral(".zst") || name == one.id + QStringLiteral(".info"); });
        if (!known)
            folder.remove(name);
    }
    std::ranges::sort(whole, std::greater{}, [](const Snapshot &one) { return one.cursor.sequence; });
    return whole;
}

Result<void> SnapshotShelf::put(const QString &source, const Snapshot &snapshot) const
{
    QFile::remove(file(snapshot.id));
    if (!QFile::rename(source, file(snapshot.id)))
        return cannotKeep(m_folder, source);
    QSaveFile written(info(snapshot.id)); // last: the file counts from here on
    if (!written.open(QIODevice::WriteOnly) || written.write(wire::encode(snapshot)) < 0 || !written.commit())
        return cannotKeep(m_folder, written.errorString());
    return wire::syncToDisk(m_folder);
}

void SnapshotShelf::remove(const Snapshot &snapshot) const
{
    QFile::remove(info(snapshot.id));
    QFile::remove(file(snapshot.id));
}

Result<QByteArray> SnapshotShelf::part(const QString &id, qint64 from, qint64 length) const
{
    QFile source(file(id));
    if (!source.open(QIODevice::ReadOnly) || !source.seek(from))
        return failure(ErrorCode::NotFound, QCoreApplication::translate("Central", "This file is no longer offered. Ask which one is."), source.errorString());
    QByteArray bytes = source.read(length);
    if (bytes.isEmpty())
        return failure(ErrorCode::Damaged, QCoreApplication::translate("Central", "This file is no longer offered. Ask which one is."), source.errorString());
    return bytes;
}

qint64 SnapshotShelf::builtMs(const Snapshot &snapshot) const
{
    return QFileInfo(info(snapshot.id)).lastModified(QTimeZone::UTC).toMSecsSinceEpoch();
}

} // namespace ioc
