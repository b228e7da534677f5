// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/error.h>
#include <records/merge.h>
#include <records/record.h>

namespace ioc {

enum class OperationKind {
    Create,
    Edit,
    Delete,
    Transition, ///< a step of the workflow, with the field changes that belong to it
    Merge,      ///< the record becomes an alias of \c into
    Unmerge,
};

/// One thing an author did on a device. Idempotent by \c op: central answers it once and remembers the answer for ever.
struct Operation
{
    Id op;
    QList<Id> after; ///< operations it builds on: earlier ones on the same record, creations of records it refers to
    OperationKind kind = OperationKind::Edit;
    QString type;
    Id record;
    qint64 baseVersion = 0; ///< version of the state the author saw; 0: central had not seen the record yet
    QList<FieldChange> changes;
    QString transition; ///< for Transition: its code, or "undo" for taking back the author's own last one
    Id into;            ///< for Merge and Unmerge
    Id unit;            ///< unit of the author at that time
    Id author;          ///< account
    Id device;
    qint64 deviceTimeMs = 0; ///< the device's clock, UTC
    qint64 offsetMs = 0;     ///< device clock − central clock at last contact
    QString bootId;
    qint64 monotonicMs = 0;
    /// What opens the personal data in it where only this device knows: on its way to central the SealKey, should central have none for the
    /// record; in the store and the journal of the device wrapped by its vault; in files and at central never.
    QByteArray sealKey;

    friend bool operator==(const Operation &, const Operation &) = default;
};

enum class Outcome {
    Applied,   ///< taken as it is
    Merged,    ///< taken beside other people's changes
    Conflict,  ///< some fields (in \c conflicts) kept central's value
    Duplicate, ///< the same record exists already as \c duplicateOf
    Refused,   ///< for good; \c reason says why
    Later,     ///< cannot be judged yet (an operation in \c after is missing): offer it again
};

/// Central's answer to one operation.
struct Answer
{
    Id op;
    Outcome outcome = Outcome::Applied;
    qint64 version = 0; ///< the record's version after it; 0 when refused or later
    Id duplicateOf;
    QList<FieldConflict> conflicts;
    ErrorCode reason = ErrorCode::Internal; ///< for Refused and Later
    QString message;                        ///< for Refused and Later: for people, in the language asked for

    friend bool operator==(const Answer &, const Answer &) = default;
};

QString operationKindName(OperationKind kind);
QString outcomeName(Outcome outcome);

} // namespace ioc
