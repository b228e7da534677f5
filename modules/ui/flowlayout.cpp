// SPDX-License-Identifier: GPL-3.0-or-later
#include <ui/flowlayout.h>

#include <algorithm>

namespace ioc {

FlowLayout::FlowLayout(QWidget *parent, int gap) : QLayout(parent), m_gap(gap)
{
    setContentsMargins(0, 0, 0, 0);
}

FlowLayout::~FlowLayout()
{
    qDeleteAll(m_items);
}

void FlowLayout::addItem(QLayoutItem *item)
{
    m_items.append(item);
}

QLayoutItem *FlowLayout::itemAt(int index) const
{
    return m_items.value(index);
}

QLayoutItem *FlowLayout::takeAt(int index)
{
    return index >= 0 && index < m_items.size() ? m_items.takeAt(index) : nullptr;
}

int FlowLayout::heightForWidth(int width) const
{
    return arrange(QRect(0, 0, width, 0), false);
}

QSize FlowLayout::minimumSize() const
{
    QSize size;
    for (const QLayoutItem *item : m_items)
        size = size.expandedTo(item->minimumSize());
    return size.grownBy(contentsMargins());
}

void FlowLayout::setGeometry(const QRect &rect)
{
    QLayout::setGeometry(rect);
    arrange(rect, true);
}

int FlowLayout::arrange(const QRect &rect, bool apply) const
{
    const QRect inner = rect.marginsRemoved(contentsMargins());
    QPoint at = inner.topLeft();
    int rowHeight = 0;
    QList<std::pair<QLayoutItem *, QRect>> row;
    // Items of a row stand on its middle line, which is known when the row is complete.
    const auto place = [&] {
        for (auto &[item, where] : row) {
            if (apply)
                item->setGeometry(where.translated(0, (rowHeight - where.height()) / 2));
        }
        row.clear();
    };
    for (QLayoutItem *item : m_items) {
        if (item->isEmpty())
            continue;
        const QSize size = item->sizeHint();
        if (at.x() > inner.left() && at.x() + size.width() > inner.right() + 1) {
            place();
            at = {inner.left(), at.y() + rowHeight + m_gap};
            rowHeight = 0;
        }
        row.append({item, QRect(at, size)});
        at.rx() += size.width() + m_gap;
        rowHeight = std::max(rowHeight, size.height());
    }
    place();
    return at.y() + rowHeight - rect.top() + contentsMargins().bottom();
}

} // namespace ioc
