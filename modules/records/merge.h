// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <records/recordtype.h>

namespace ioc {

/// A field that two people changed to different values.
struct FieldConflict
{
    QString field;
    QCborValue base;   ///< what the author of the operation saw
    QCborValue mine;   ///< what they wrote
    QCborValue theirs; ///< what central holds
    QString theirsBy = {};  ///< display name of who wrote that; empty: not known
    qint64 theirsMs = 0;    ///< when, UTC by central's clock; 0: not known

    friend bool operator==(const FieldConflict &, const FieldConflict &) = default;
};

struct MergeResult
{
    Values values;                   ///< current values with what could be applied
    QStringList applied;             ///< fields that changed
    QList<FieldConflict> conflicts;  ///< fields left as they are
    bool othersChanged = false;      ///< some changed field had moved on since the author saw it, without conflict
};

/// Puts \a changes on \a current, field by field, on old and new values and never on clocks: a field conflicts when the
/// current value is neither the old nor the new one. Choices and files merge by members added and removed.
/// Pure: the same on the device (rebase) and on central.
MergeResult merged(const RecordType &type, const Values &current, const QList<FieldChange> &changes);

} // namespace ioc
