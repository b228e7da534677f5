// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <wire/feed.h>

namespace ioc {

/// Answer to GET /v1/snapshot: the file a device may start from, or how far it has been built.
struct Snapshot
{
    bool ready = false;
    qint64 records = 0; ///< it holds; while being built: it will hold, as estimated
    qint64 done = 0;    ///< of them, while being built

    // Once ready.
    QString id;                ///< names it in GET /v1/snapshot/ID
    qint64 bytes = 0;          ///< as sent, packed with zstd
    qint64 unpackedBytes = 0;
    QByteArray sha256;         ///< of the bytes as sent
    Cursor cursor;             ///< follow the feed from here
    QByteArray vault;          ///< VaultSecrets that open personal data in the file

    friend bool operator==(const Snapshot &, const Snapshot &) = default;
};

namespace wire {

/// The most that one GET /v1/snapshot/ID answers with, in bytes.
inline constexpr qint64 snapshotPartLimit = 4 * 1024 * 1024;

} // namespace wire
} // namespace ioc
