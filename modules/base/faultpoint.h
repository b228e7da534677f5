// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTypes>

namespace ioc {

/// A place where tests let the program die as by kill -9: when the environment variable IOC_FAULT names \a step, the process ends
/// here at once. Nothing otherwise.
void faultPoint(const char *step);

/// The steps of starting from a snapshot, in order.
inline constexpr const char *snapshotSteps[] = {"snapshot.chosen", "snapshot.part", "snapshot.fetched", "snapshot.unpacked", "snapshot.carried",
                                                "snapshot.closed", "snapshot.renamed", "snapshot.synced", "snapshot.reopened"};

} // namespace ioc
