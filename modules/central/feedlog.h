// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/id.h>
#include <db/connection.h>

namespace ioc {

/// The last row of the feed.
struct FeedHead
{
    qint64 sequence = 0;
    QByteArray digest; ///< SHA-256 over the digest before it and the row; before the first row: over the epoch
};

/// Where the feed ends now.
Result<FeedHead> feedHead(db::Connection &connection, const Id &epoch);
/// The digest at \a sequence; NotFound when the feed has no such row.
Result<QByteArray> feedDigest(db::Connection &connection, const Id &epoch, qint64 sequence);

/// Recomputes the digests of the rows after \a after, up to \a upTo; the first one that does not follow from those before it, 0 when all do.
/// \a firstEpoch is the one that the feed began with.
Result<qint64> firstBrokenLink(db::Connection &connection, const Id &firstEpoch, qint64 after, qint64 upTo);

/// How much was given its place.
struct Numbered
{
    int commits = 0;
    int auditEntries = 0;
};

/// Gives numbers to at most \a limit commits that wait for one, in a transaction of its own, and chains them; to at most so many entries
/// of the audit journal as well. Numbers have no
/// gaps and only committed work has one, so a cursor cannot pass by a late commit. Returns how many were numbered;
/// none while another central does it. Needs a connection of its own on PostgreSQL, so that nobody's work waits for it.
Result<Numbered> numberCommits(db::Connection &connection, const Id &epoch, int limit);

} // namespace ioc
