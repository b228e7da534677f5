// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace ioc {

/// The steps of a file's way where a program may be killed (see faultpoint.h), in order: on the device that adds it, on central, and on the
/// device that fetches it.
inline constexpr const char *fileAddingSteps[] = {"file.copied", "file.renamed", "file.indexed"};
inline constexpr const char *fileSendingSteps[] = {"file.offered", "file.sent", "file.confirmed"};
inline constexpr const char *fileTakingSteps[] = {"files.piece", "files.checked", "files.settled"};
inline constexpr const char *fileFetchingSteps[] = {"file.part", "file.received", "file.kept"};

} // namespace ioc
