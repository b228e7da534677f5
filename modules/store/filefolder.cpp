// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/faultpoint.h>
#include <records/filetype.h>
#include <store/filefolder.h>
#include <wire/filepacking.h>

#include <QBuffer>
#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDirIterator>
#include <QFile>
#include <QSaveFile>
#include <QTemporaryFile>

#include <filesystem>

namespace ioc {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Files)
};

constexpr qint64 block = 1024LL * 1024;

std::unexpected<Error> cannotKeep(const QString &detail)
{
    return failure(ErrorCode::Full, Words::tr("The file could not be kept on this device. Check that the disk has space."), detail);
}

std::unexpected<Error> cannotRead(const QString &detail)
{
    return failure(ErrorCode::NotFound, Words::tr("The file cannot be read. Check that it is still there and that you may open it."), detail);
}

Error notThatKind(const QString &mediaType)
{
    return {ErrorCode::Denied, Words::tr("Files of this kind (%1) are not taken. Pictures, video, sound, PDF, text and office documents are.").arg(mediaType), {}};
}

Result<QString> digestOf(QIODevice &device)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (!hash.addData(&device))
        return cannotRead(device.errorString());
    return QString::fromLatin1(hash.result().toHex());
}

Result<QString> copied(QIODevice &from, QFileDevice &to, qint64 size, const FileFolder::Progress &progress)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    qint64 done = 0;
    while (done < size) {
        const QByteArray bytes = from.read(std::min(block, size - done));
        if (bytes.isEmpty())
            return cannotRead(from.errorString());
        if (to.write(bytes) != bytes.size())
            return cannotKeep(to.errorString());
        hash.addData(bytes);
        done += bytes.size();
        if (progress && !progress(done, size))
            return failure(ErrorCode::Cancelled, Words::tr("Stopped. Nothing was added."));
    }
    return QString::fromLatin1(hash.result().toHex());
}

} // namespace

Result<void> FileFolder::tidy() const
{
    for (const auto &left : {QStringLiteral("incoming"), QStringLiteral("open")})
        QDir(m_folder.filePath(left)).removeRecursively();
    if (!m_folder.mkpath(QStringLiteral("incoming")) || !m_folder.mkpath(QStringLiteral("parts")))
        return failure(ErrorCode::ReadOnly, Words::tr("The folder %1 cannot be written to. Check its rights and start again.").arg(m_folder.path()));
    (void)QFile::setPermissions(m_folder.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner); // personal data
    return {};
}

QString FileFolder::path(const QString &digest) const
{
    return m_folder.filePath(digest.first(2) + u'/' + digest);
}

QStringList FileFolder::digests() const
{
    QStringList out;
    for (QDirIterator it(m_folder.path(), QDir::Files, QDirIterator::Subdirectories); it.hasNext();) {
        const QFileInfo file = it.nextFileInfo();
        if (isDigest(file.fileName()) && file.dir().dirName() == file.fileName().first(2))
            out += file.fileName();
    }
    return out;
}

Result<AddedFile> FileFolder::add(const FileSource &source, const RecordType &fileType, const Progress &progress) const
{
    QByteArray given = source.bytes;
    QBuffer buffer(&given);
    QFile file(source.path);
    QIODevice &from = source.path.isEmpty() ? static_cast<QIODevice &>(buffer) : file;
    if ((!source.path.isEmpty() && !QFileInfo(source.path).isFile()) || !from.open(QIODevice::ReadOnly))
        return cannotRead(source.path);
    AddedFile out{.digest = {}, .name = source.name.isEmpty() ? QFileInfo(source.path).fileName() : source.name, .mediaType = {}, .size = from.size()};
    if (out.size > fileSizeLimit(fileType))
        return failure(ErrorCode::TooLarge, Words::tr("“%1” is too large: at most %2 MB are taken.").arg(out.name).arg(fileSizeLimit(fileType) / block));
    if (out.size == 0)
        return failure(ErrorCode::InvalidInput, Words::tr("“%1” is empty.").arg(out.name));
    const QByteArray head = from.peek(mediaHeadBytes);
    out.mediaType = mediaTypeOf(out.name, head);
    if (!takesMediaType(fileType, out.mediaType) || !mediaTypeFits(out.mediaType, head))
        return std::unexpected(notThatKind(out.mediaType));
    QTemporaryFile to(m_folder.filePath(QStringLiteral("incoming/XXXXXX")));
    if (!to.open())
        return cannotKeep(to.errorString());
    const auto digest = copied(from, to, out.size, progress);
    if (!digest)
        return std::unexpected(digest.error());
    if (!to.flush() || !wire::syncToDisk(to.fileName()))
        return cannotKeep(to.errorString());
    faultPoint("file.copied");
    to.setAutoRemove(false);
    out.digest = *digest;
    return settle(to.fileName(), *digest).transform([&] { return out; });
}

// One rename, and the folder on the disk.
Result<void> FileFolder::settle(const QString &from, const QString &digest) const
{
    const QFileInfo target(path(digest));
    std::error_code problem;
    if (!m_folder.mkpath(digest.first(2)))
        return cannotKeep(target.path());
    (void)QFile::setPermissions(from, QFile::ReadOwner | QFile::WriteOwner);
    std::filesystem::rename(QFileInfo(from).filesystemFilePath(), target.filesystemFilePath(), problem);
    if (problem)
        return cannotKeep(QString::fromStdString(problem.message()));
    faultPoint("file.renamed");
    return wire::syncToDisk(target.path());
}

Result<void> FileFolder::verify(const QString &digest) const
{
    QFile file(path(digest));
    if (!file.open(QIODevice::ReadOnly))
        return cannotRead(file.errorString());
    return digestOf(file).and_then([&](const QString &now) {
        return now == digest ? Result<void>() : Result<void>(failure(ErrorCode::Damaged, Words::tr("The copy on this device is damaged. It is fetched anew from central.")));
    });
}

void FileFolder::remove(const QString &digest) const
{
    QFile::remove(path(digest));
}

Result<QByteArray> FileFolder::bytes(const QString &digest, qint64 offset, qint64 length) const
{
    QFile file(path(digest));
    if (!file.open(QIODevice::ReadOnly) || !file.seek(offset))
        return cannotRead(file.errorString());
    return file.read(length);
}

qint64 FileFolder::received(const QString &digest) const
{
    return QFileInfo(part(digest)).size();
}

Result<void> FileFolder::keepPart(const QString &digest, qint64 offset, const QByteArray &bytes) const
{
    QFile file(part(digest));
    if (!file.open(QIODevice::ReadWrite | QIODevice::Unbuffered) || !file.seek(offset) || file.write(bytes) != bytes.size())
        return cannotKeep(file.errorString());
    faultPoint("file.part");
    return {};
}

Result<void> FileFolder::finishPart(const QString &digest) const
{
    QFile file(part(digest));
    if (!file.open(QIODevice::ReadOnly))
        return cannotRead(file.errorString());
    const auto now = digestOf(file);
    file.close();
    faultPoint("file.received");
    if (!now)
        return std::unexpected(now.error());
    if (*now != digest) {
        file.remove();
        return failure(ErrorCode::Damaged, Words::tr("The file did not arrive whole. It is fetched again."));
    }
    return wire::syncToDisk(file.fileName()).and_then([&] { return settle(file.fileName(), digest); });
}

void FileFolder::dropPart(const QString &digest) const
{
    QFile::remove(part(digest));
}

Result<QString> FileFolder::copyToOpen(const QString &digest, const QString &name, const QString &mediaType) const
{
    const auto head = bytes(digest, 0, mediaHeadBytes);
    if (!head)
        return std::unexpected(head.error());
    if (!mediaTypeFits(mediaType, *head))
        return std::unexpected(notThatKind(mediaType));
    const QString folder = QStringLiteral("open/") + digest.first(16);
    const QString target = m_folder.filePath(folder + u'/' + safeFileName(name, mediaType));
    if (!m_folder.mkpath(folder))
        return cannotKeep(folder);
    QFile::remove(target);
    if (!QFile::copy(path(digest), target) || !QFile::setPermissions(target, QFile::ReadOwner))
        return cannotKeep(target);
    return QString(target);
}

Result<void> FileFolder::saveAs(const QString &digest, const QString &target) const
{
    QFile from(path(digest));
    QSaveFile to(target);
    if (!from.open(QIODevice::ReadOnly))
        return cannotRead(from.errorString());
    if (!to.open(QIODevice::WriteOnly))
        return failure(ErrorCode::ReadOnly, Words::tr("The file %1 cannot be written. Choose another folder.").arg(target), to.errorString());
    if (const auto written = copied(from, to, from.size(), {}); !written)
        return std::unexpected(written.error());
    if (!to.commit())
        return cannotKeep(to.errorString());
    return {};
}

} // namespace ioc
