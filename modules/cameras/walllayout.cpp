// SPDX-License-Identifier: GPL-3.0-or-later
#include "walllayout.h"

#include <QSize>

namespace ioc {

namespace {

/// Start of part \a index when \a length is divided into \a parts with \a spacing between them.
int partStart(int length, int parts, int index, int spacing) { return index * (length + spacing) / parts; }

QList<QRect> cellsInColumns(int count, int columns, const QRect &area, int spacing)
{
    const int rows = (count + columns - 1) / columns;
    QList<QRect> cells;
    for (int row = 0; row < rows; ++row) {
        const int inRow = qMin(columns, count - row * columns);
        const int top = partStart(area.height(), rows, row, spacing);
        const int bottom = partStart(area.height(), rows, row + 1, spacing) - spacing;
        for (int column = 0; column < inRow; ++column) {
            const int left = partStart(area.width(), inRow, column, spacing);
            const int right = partStart(area.width(), inRow, column + 1, spacing) - spacing;
            cells.append(QRect(area.left() + left, area.top() + top, right - left, bottom - top));
        }
    }
    return cells;
}

qint64 pictureArea(const QList<QRect> &cells, int captionHeight)
{
    qint64 sum = 0;
    for (const QRect &cell : cells) {
        const QSize room(cell.width(), cell.height() - captionHeight);
        if (room.width() < 16 || room.height() < 9)
            return 0;
        const QSize picture = QSize(16, 9).scaled(room, Qt::KeepAspectRatio);
        sum += qint64(picture.width()) * picture.height();
    }
    return sum;
}

} // namespace

QList<QRect> wallCells(int count, const QRect &area, int captionHeight, int spacing)
{
    QList<QRect> best;
    qint64 most = -1;
    for (int columns = 1; columns <= count; ++columns) {
        const QList<QRect> cells = cellsInColumns(count, columns, area, spacing);
        // Even rows look calmer: an uneven grid must show a good deal more.
        const qint64 pictures = pictureArea(cells, captionHeight) * (count % columns == 0 ? 4 : 3);
        if (pictures > most) {
            most = pictures;
            best = cells;
        }
    }
    return best;
}

} // namespace ioc
