// SPDX-License-Identifier: GPL-3.0-or-later
#include <ui/attachmentdelegate.h>
#include <ui/attachmentmodel.h>

#include <QApplication>
#include <QPainter>
#include <QStyle>

namespace ioc {

namespace {
constexpr QSize pictureBox(60, 45);
constexpr int room = 6;
constexpr int signSide = 22;
constexpr int pinSide = 14;
} // namespace

QSize AttachmentDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    return {QStyledItemDelegate::sizeHint(option, index).width(), rowHeight};
}

void AttachmentDelegate::paintPicture(QPainter &painter, const QRect &box, const QModelIndex &index, qreal ratio) const
{
    painter.fillRect(box, m_theme.colour(Surface::Sunken));
    const QPixmap picture = index.data(AttachmentModel::ThumbnailRole).value<QPixmap>();
    if (picture.isNull()) {
        const QPixmap sign = m_theme.pixmap(QStringLiteral("attachment"), signSide, ratio, m_theme.colour(Surface::MutedText));
        painter.drawPixmap(QStyle::alignedRect(Qt::LeftToRight, Qt::AlignCenter, {signSide, signSide}, box), sign);
        return;
    }
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawPixmap(QStyle::alignedRect(Qt::LeftToRight, Qt::AlignCenter, picture.size().scaled(box.size(), Qt::KeepAspectRatio), box), picture);
}

void AttachmentDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem row = option;
    initStyleOption(&row, index);
    const QStyle *style = row.widget ? row.widget->style() : QApplication::style();
    painter->save();
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &row, painter, row.widget);
    const QRect inside = option.rect.adjusted(room, 0, -room, 0);
    const QRect box(inside.left(), inside.top() + (rowHeight - pictureBox.height()) / 2, pictureBox.width(), pictureBox.height());
    paintPicture(*painter, box, index, painter->device()->devicePixelRatioF());
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const int left = box.right() + 1 + 2 * room;
    const QFontMetrics body(m_theme.font(FontRole::Body));
    const QFontMetrics small(m_theme.font(FontRole::Small));
    const int top = inside.top() + (rowHeight - body.height() - small.height() - 2) / 2;
    int right = inside.right();
    if (index.data(AttachmentModel::PinnedRole).toBool()) {
        const QColor colour = m_theme.colour(selected ? Surface::SelectionText : Surface::MutedText);
        painter->drawPixmap(right - pinSide, top + (body.height() - pinSide) / 2, m_theme.pixmap(QStringLiteral("pin"), pinSide, painter->device()->devicePixelRatioF(), colour));
        right -= pinSide + room;
    }
    painter->setFont(m_theme.font(FontRole::Body));
    painter->setPen(m_theme.colour(selected ? Surface::SelectionText : Surface::Text));
    painter->drawText(QRect(left, top, right - left, body.height()), Qt::AlignLeft | Qt::AlignVCenter, body.elidedText(index.data().toString(), Qt::ElideMiddle, right - left));
    const QString size = index.data(AttachmentModel::SizeRole).toString() + QStringLiteral(" · ");
    const int second = top + body.height() + 2;
    painter->setFont(m_theme.font(FontRole::Small));
    painter->setPen(m_theme.colour(selected ? Surface::SelectionText : Surface::MutedText));
    painter->drawText(QRect(left, second, inside.right() - left, small.height()), Qt::AlignLeft | Qt::AlignVCenter, size);
    const int stateLeft = left + small.horizontalAdvance(size);
    if (!selected)
        painter->setPen(m_theme.colour(static_cast<Tone>(index.data(AttachmentModel::ToneRole).toInt())));
    painter->drawText(QRect(stateLeft, second, inside.right() - stateLeft, small.height()), Qt::AlignLeft | Qt::AlignVCenter,
                      small.elidedText(index.data(AttachmentModel::StateRole).toString(), Qt::ElideRight, inside.right() - stateLeft));
    painter->restore();
}

} // namespace ioc
