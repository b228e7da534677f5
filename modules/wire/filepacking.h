// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>

#include <QByteArray>
#include <QString>

#include <functional>

namespace ioc::wire {

/// A file packed with zstd.
struct PackedFile
{
    qint64 bytes = 0;
    qint64 plainBytes = 0;
    QByteArray sha256; ///< of the packed bytes
};

/// Told how many bytes of the source are done; false stops the work (Cancelled).
using FileProgress = std::function<bool(qint64 done)>;

/// Packs \a plain into \a packed, which is on the disk when this returns.
Result<PackedFile> packFile(const QString &plain, const QString &packed, const FileProgress &progress = {});
/// Unpacks \a packed into \a plain, which is on the disk when this returns. Damaged when the bytes are not those \a expected
/// tells of; \a plain is removed then.
Result<void> unpackFile(const QString &packed, const QString &plain, const PackedFile &expected, const FileProgress &progress = {});
/// Has the system put \a path, a file or a folder, on the disk.
Result<void> syncToDisk(const QString &path);

} // namespace ioc::wire
