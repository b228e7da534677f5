// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <records/record.h>

namespace ioc {

/// How far a device has followed central's feed.
struct Cursor
{
    Id epoch;               ///< of the central database; another one: central went back in time
    qint64 sequence = 0;    ///< last number seen
    QByteArray digest;      ///< of the feed's chain at that number; up to 64 bytes
    qint64 scopeVersion = 0;
    qint64 schemaVersion = 0;

    [[nodiscard]] bool isNull() const { return epoch.isNull(); }
    /// URL-safe text for the query of GET /v1/changes.
    [[nodiscard]] QString toString() const;
    static Result<Cursor> fromString(QStringView text);
    friend bool operator==(const Cursor &, const Cursor &) = default;
};

/// One row of the feed.
struct Change
{
    enum class Kind {
        State,     ///< the record's state now (not at that number: a record changed ten times comes once)
        Deleted,   ///< deleted at central; \c record holds its last version
        Withdrawn, ///< left this account's scope: to be removed from the device
    };
    qint64 sequence = 0;
    Kind kind = Kind::State;
    Record record;        ///< without values when they are packed
    QByteArray packed;    ///< the values as they travel (wire::packed()), when nobody has had to look into them yet
    qint64 changedMs = 0; ///< when central took the change, UTC
    QByteArray sealKey;   ///< SealKey that opens the sealed values of the record, before it was deleted too; empty when central has none, and when they may not be opened

    friend bool operator==(const Change &, const Change &) = default;
};

/// Answer to GET /v1/changes.
struct ChangePage
{
    Cursor next;
    QList<Change> changes;
    bool more = false; ///< ask again at once
    qint64 serverTimeMs = 0; ///< when it is answered; 0: not told

    friend bool operator==(const ChangePage &, const ChangePage &) = default;
};

} // namespace ioc
