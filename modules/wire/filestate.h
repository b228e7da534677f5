// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/id.h>
#include <base/result.h>

#include <QList>

namespace ioc {

/// How central stands with the bytes of one file.
struct FileState
{
    enum class Standing {
        Unknown, ///< no record that the account sees names it
        Wanted,  ///< it lacks some
        Whole,
    };
    QString digest;
    Standing standing = Standing::Unknown;
    qint64 held = 0; ///< bytes, from the first one on

    friend bool operator==(const FileState &, const FileState &) = default;
};

/// What central says of files; one that went back in time says so by another epoch: what it had taken it may lack.
struct FileStates
{
    Id epoch;
    QList<FileState> files; ///< in the order in which they were asked for

    friend bool operator==(const FileStates &, const FileStates &) = default;
};

namespace wire {

/// Bytes of each piece sent to central; the last one is smaller.
inline constexpr qint64 filePieceBytes = 1024LL * 1024;
/// The most that one GET /v1/files/DIGEST answers with, in bytes.
inline constexpr qint64 filePartLimit = 4 * filePieceBytes;
/// Files in one question.
inline constexpr qsizetype filesLimit = 1000;

/// Of POST /v1/files, the question and its answer; see codec.h.
QByteArray encodeDigests(const QStringList &digests);
Result<QStringList> decodeDigests(const QByteArray &body);
QByteArray encode(const FileStates &states);
Result<FileStates> decodeFileStates(const QByteArray &body);

} // namespace wire
} // namespace ioc
