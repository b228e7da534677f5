// SPDX-License-Identifier: GPL-3.0-or-later
#include <ui/statuschip.h>

#include <QPainter>

namespace ioc {

namespace {

constexpr int chipHeight = 22;
constexpr int chipSideRoom = 8;
constexpr int chipIconSide = 14;
constexpr int iconGap = 4;

} // namespace

StatusChip::StatusChip(const Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void StatusChip::setStatus(Tone tone, const QString &text, const QString &icon)
{
    if (tone == m_tone && text == m_text && icon == m_icon)
        return;
    m_tone = tone;
    m_text = text;
    m_icon = icon;
    setAccessibleName(text);
    updateGeometry();
    update();
}

QSize StatusChip::sizeHint() const
{
    const int icon = m_icon.isEmpty() ? 0 : chipIconSide + iconGap;
    return {fontMetrics().horizontalAdvance(m_text) + icon + 2 * chipSideRoom, chipHeight};
}

int StatusChip::paint(QPainter &painter, const QRect &rect, const Theme &theme, Tone tone, const QString &text)
{
    const int height = std::min(chipHeight, rect.height());
    const int width = std::min(painter.fontMetrics().horizontalAdvance(text) + 2 * chipSideRoom, rect.width());
    const QRect chip(rect.left(), rect.top() + (rect.height() - height) / 2, width, height);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.background(tone));
    painter.drawRoundedRect(chip, 5, 5);
    painter.setPen(theme.colour(tone));
    const QRect inner = chip.adjusted(chipSideRoom, 0, -chipSideRoom + 1, 0);
    painter.drawText(inner, Qt::AlignVCenter | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(text, Qt::ElideRight, inner.width()));
    return width;
}

void StatusChip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.background(m_tone));
    painter.drawRoundedRect(rect(), 5, 5);
    int left = chipSideRoom;
    if (!m_icon.isEmpty()) {
        painter.drawPixmap(left, (height() - chipIconSide) / 2,
                           m_theme.pixmap(m_icon, chipIconSide, devicePixelRatioF(), m_theme.colour(m_tone)));
        left += chipIconSide + iconGap;
    }
    painter.setPen(m_theme.colour(m_tone));
    painter.drawText(rect().adjusted(left, 0, 0, 0), Qt::AlignVCenter | Qt::TextSingleLine, m_text);
}

} // namespace ioc
