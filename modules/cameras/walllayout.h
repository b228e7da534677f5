// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QRect>

namespace ioc {

/// Cells for \a count pictures of 16:9, each with a caption of \a captionHeight below, that fill \a area to the last pixel but
/// for \a spacing between them. Rows and columns are chosen so that the pictures come out largest, with a
/// preference for rows of equal length; a last row with fewer cells has wider ones. In reading order.
QList<QRect> wallCells(int count, const QRect &area, int captionHeight, int spacing);

} // namespace ioc
