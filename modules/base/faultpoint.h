// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTypes>

namespace ioc {

/// A place where tests let the program die as by kill -9: when the environment variable IOC_FAULT names \a step, the process ends
/// here at once. Nothing otherwise.
void faultPoint(const char *step);

/// A desktop's steps: of saving, of sending what was saved, of following the feed, and of beginning anew with it.
inline constexpr const char *saveSteps[] = {"save.journalled", "save.committed"};
inline constexpr const char *pushSteps[] = {"push.chosen", "push.answered", "push.noted"};
inline constexpr const char *pullSteps[] = {"pull.received", "pull.written", "pull.finished"};
inline constexpr const char *restartStep = "feed.restarted";
/// Central's steps: of taking operations, of numbering them, and of telling them; of taking those of several requests as one; of
/// building a snapshot.
inline constexpr const char *centralSteps[] = {"operations.judged", "operations.committed", "sequencer.chained", "sequencer.numbered", "feed.read"};
inline constexpr const char *groupSteps[] = {"group.judged", "group.committed"};
inline constexpr const char *buildSteps[] = {"build.read", "build.written", "build.packed", "build.shelved"};
/// Of bringing a database's schema up to the program's, on either side.
inline constexpr const char *schemaSteps[] = {"schema.changed", "schema.committed"};
inline constexpr const char *restoreSteps[] = {"restore.files", "restore.database"};
/// The steps of starting from a snapshot, in order.
inline constexpr const char *snapshotSteps[] = {"snapshot.chosen", "snapshot.part", "snapshot.fetched", "snapshot.unpacked", "snapshot.carried",
                                                "snapshot.closed", "snapshot.renamed", "snapshot.synced", "snapshot.reopened"};

} // namespace ioc
