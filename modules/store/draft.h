// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <records/rights.h>
#include <wire/operation.h>

namespace ioc {

/// What somebody wants to do, before the store makes an operation of it.
struct Draft
{
    OperationKind kind = OperationKind::Edit;
    QString type;
    Id record; ///< for Create: the new record's id, made by the caller
    QList<FieldChange> changes;
    QString transition;
    Id into;
};

/// What was saved: on the disk by the time the answer arrives.
struct Saved
{
    QList<Id> operations; ///< one for each draft, in order
};

/// Who works on this device; goes into every operation.
struct Author
{
    Id account;
    QString displayName;
    Rights rights; ///< what the role may do, as central granted it
    Id unit;
    Id device;
    qint64 offsetMs = 0; ///< device clock − central clock at last contact
};

} // namespace ioc
