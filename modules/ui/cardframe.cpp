// SPDX-License-Identifier: GPL-3.0-or-later
#include <ui/cardframe.h>

#include <ui/elidedlabel.h>
#include <ui/theme.h>

#include <QHBoxLayout>
#include <QPainter>

namespace ioc {

CardFrame::CardFrame(const Theme &theme, QWidget *parent)
    : QFrame(parent), m_theme(theme), m_titleRow(new QWidget(this)), m_title(new ElidedLabel({}, m_titleRow)),
      m_content(new QVBoxLayout)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 8, 12, 10);
    column->setSpacing(Theme::spacing(Space::Small));
    auto *row = new QHBoxLayout(m_titleRow);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Theme::spacing(Space::Small));
    m_title->setFont(theme.font(FontRole::Strong));
    row->addWidget(m_title, 1);
    m_titleRow->hide();
    column->addWidget(m_titleRow);
    m_content->setSpacing(Theme::spacing(Space::Small));
    column->addLayout(m_content, 1);
}

void CardFrame::setTitle(const QString &title)
{
    m_title->setText(title);
    m_titleRow->setVisible(!title.isEmpty());
}

void CardFrame::addToTitle(QWidget *widget)
{
    m_titleRow->layout()->addWidget(widget);
    m_titleRow->show();
}

void CardFrame::setUnderTitleBar(bool under)
{
    m_underTitleBar = under;
    layout()->setContentsMargins(under ? QMargins(8, 4, 8, 8) : QMargins(12, 8, 12, 10));
    update();
}

void CardFrame::paint(QPainter &painter, const QRect &rect, const Theme &theme, bool hovered, bool focused)
{
    const qreal width = focused ? 2.0 : 1.0;
    const QColor edge = theme.colour(focused ? Surface::Focus : hovered ? Surface::BorderStrong : Surface::Border);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(edge, width));
    painter.setBrush(theme.colour(Surface::Surface));
    painter.drawRoundedRect(QRectF(rect).adjusted(width / 2, width / 2, -width / 2, -width / 2), 7, 7);
}

void CardFrame::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    // The upper edge is drawn out of sight, so that only sides and bottom remain.
    paint(painter, m_underTitleBar ? rect().adjusted(0, -12, 0, 0) : rect(), m_theme, false, false);
}

} // namespace ioc
