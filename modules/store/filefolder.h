// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <records/recordtype.h>
#include <store/heldfile.h>

#include <QDir>

#include <functional>

namespace ioc {

/// Files in a folder, each under the digest of its bytes; whole and on the disk, or not there. Everything blocks. Of the store.
class FileFolder
{
public:
    explicit FileFolder(const QString &path) : m_folder(path) {}

    /// Makes the folder and removes what an earlier run left half done, but for parts that are being received.
    Result<void> tidy() const;
    [[nodiscard]] QString path(const QString &digest) const;
    [[nodiscard]] QStringList digests() const;

    /// Called with how many bytes are done; stops with Cancelled when it returns false.
    using Progress = std::function<bool(qint64 done, qint64 total)>;
    /// Copies what \a fileType takes. Denied: not of such a kind; TooLarge; NotFound: cannot be read; Full.
    Result<AddedFile> add(const FileSource &source, const RecordType &fileType, const Progress &progress) const;
    /// Whether the bytes are still what they are called. NotFound, Damaged.
    Result<void> verify(const QString &digest) const;
    void remove(const QString &digest) const;
    Result<QByteArray> bytes(const QString &digest, qint64 offset, qint64 length) const;

    /// Bytes received so far of a file that is not here yet.
    [[nodiscard]] qint64 received(const QString &digest) const;
    Result<void> keepPart(const QString &digest, qint64 offset, const QByteArray &bytes) const;
    /// Makes the received part the file. Damaged, and it is gone, when it is another one.
    Result<void> finishPart(const QString &digest) const;
    void dropPart(const QString &digest) const;

    /// A copy that other programs may open: read-only, never a program, with an ending of its kind.
    Result<QString> copyToOpen(const QString &digest, const QString &name, const QString &mediaType) const;
    /// A copy at \a target, which is replaced.
    Result<void> saveAs(const QString &digest, const QString &target) const;

private:
    [[nodiscard]] QString part(const QString &digest) const { return m_folder.filePath(QStringLiteral("parts/") + digest); }
    Result<void> settle(const QString &from, const QString &digest) const;

    QDir m_folder;
};

} // namespace ioc
