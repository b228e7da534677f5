// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <records/typecatalog.h>

namespace ioc {

/// Record types whose every record is a file of the record in their parentField. They have the fields "name", "media_type" and "digest" (text)
/// and "size" (bytes); limits are declared there: the pattern of media_type lists what is taken, the maximum of size how large it may be.
/// The bytes themselves travel apart, named by their digest (SHA-256, 64 hexadecimal digits in lower case).
[[nodiscard]] bool holdsFile(const RecordType &type);
[[nodiscard]] QList<const RecordType *> fileTypes(const TypeCatalog &catalog);
/// The type of \a parent's files; null when it carries none.
[[nodiscard]] const RecordType *fileTypeOf(const TypeCatalog &catalog, const RecordType &parent);

/// The largest file that \a fileType takes, in bytes.
[[nodiscard]] qint64 fileSizeLimit(const RecordType &fileType);
[[nodiscard]] bool takesMediaType(const RecordType &fileType, const QString &mediaType);

[[nodiscard]] bool isDigest(QStringView text);

/// How many of a file's first bytes tell what it is.
inline constexpr qint64 mediaHeadBytes = 16'384;
/// What a file called \a name that starts with \a head is.
[[nodiscard]] QString mediaTypeOf(const QString &name, const QByteArray &head);
/// Whether what starts with \a head may be a \a mediaType: a program that calls itself a picture is none.
[[nodiscard]] bool mediaTypeFits(const QString &mediaType, const QByteArray &head);
/// \a name as a file may be called on any system: no folders or signs of their own meaning, with an ending of its \a mediaType.
[[nodiscard]] QString safeFileName(const QString &name, const QString &mediaType);

} // namespace ioc
