// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <records/recordtype.h>
#include <records/workflow.h>

namespace ioc {

/// Reads one declaration. A key it does not know is an error: a misspelt rule must not be passed over.
Result<RecordType> readRecordType(const QByteArray &json);
Result<Workflow> readWorkflow(const QByteArray &json);

} // namespace ioc
