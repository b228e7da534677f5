// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>

#include <QFuture>
#include <QImage>

namespace ioc {

/// A small JPEG of the picture in the file at \a path, in Base64, as an attachment's record carries it; empty when it is no picture that can be
/// read. Made on another thread.
[[nodiscard]] QFuture<QString> thumbnailOf(const QString &path);
/// The picture of such a text; null when there is none. What claims to be larger than a thumbnail is not unpacked.
[[nodiscard]] QImage thumbnailImage(const QString &thumbnail);
/// \a image as the bytes of a file: JPEG, or PNG when \a exactly. Made on another thread; empty when that failed.
[[nodiscard]] QFuture<QByteArray> encoded(const QImage &image, bool exactly);

} // namespace ioc
