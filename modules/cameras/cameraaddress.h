// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>

#include <QUrl>

namespace ioc {

/// \a url when it is one a camera may have: rtsp, rtsps, http or https with a host. InvalidInput otherwise: nothing
/// else FFmpeg could open (files, pipes, playlists …) ever reaches it.
Result<QUrl> checkedCameraAddress(const QUrl &url);

/// \a url for people and logs: without user, password, query and fragment.
QString shownCameraAddress(const QUrl &url);

} // namespace ioc
