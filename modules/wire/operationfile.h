// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <wire/operation.h>

#include <QHash>

namespace ioc {

/// Operations carried from one desktop to another by hand: a file of the outbox or of the quarantine.
struct OperationFile
{
    struct Entry
    {
        Operation operation;
        bool refused = false; ///< by central; \c reason says why
        QString reason;

        friend bool operator==(const Entry &, const Entry &) = default;
    };
    Id epoch;                  ///< of the central database it is meant for; null: the device had never been connected
    Id device;                 ///< that wrote it
    QString writtenBy;         ///< display name of who was signed in
    qint64 writtenMs = 0;      ///< UTC
    QHash<Id, QString> names;  ///< display names of the operations' authors, as far as known
    QList<Entry> entries;      ///< in the order in which they were saved

    friend bool operator==(const OperationFile &, const OperationFile &) = default;
};

namespace wire {

/// Ending of such a file's name.
inline constexpr char operationFileSuffix[] = "tioc-changes";
/// Bytes of a file at most.
inline constexpr qsizetype operationFileLimit = 256LL * 1024 * 1024;

/// The file: a line that names format and version, then frames (length, CBOR compressed with zstd), the first a header, each
/// other one up to a thousand entries, then the SHA-256 of it all.
QByteArray encode(const OperationFile &file);
/// Damaged: cut off or changed since it was written. Unsupported: of a newer version. InvalidInput: not such a file at all.
Result<OperationFile> decodeOperationFile(QByteArrayView bytes);

} // namespace wire

} // namespace ioc
