// SPDX-License-Identifier: GPL-3.0-or-later
#include <charts/charttooltip.h>

#include <ui/theme.h>

#include <QPainter>
#include <QScreen>

namespace ioc {

namespace {

constexpr int room = 10;
constexpr int swatch = 9;
constexpr int columnGap = 18;
constexpr int away = 14;

} // namespace

ChartTooltip::ChartTooltip(const Theme &theme, QWidget *parent) : QWidget(parent, Qt::ToolTip), m_theme(theme)
{
    setAttribute(Qt::WA_ShowWithoutActivating);
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
}

void ChartTooltip::showAt(const QPoint &anchor, const QString &title, const QList<Row> &rows)
{
    m_title = title;
    m_rows = rows;
    const QSize needed = neededSize();
    const QRect screen = parentWidget()->screen()->availableGeometry();
    QPoint corner(anchor.x() + away, anchor.y() - needed.height() / 2);
    if (corner.x() + needed.width() > screen.right())
        corner.setX(anchor.x() - away - needed.width());
    corner.setY(std::clamp(corner.y(), screen.top(), std::max(screen.top(), screen.bottom() - needed.height())));
    setGeometry(QRect(corner, needed));
    show();
    update();
}

QSize ChartTooltip::neededSize() const
{
    const QFontMetrics plain(m_theme.font(FontRole::Body));
    const QFontMetrics strong(m_theme.font(FontRole::Strong));
    int width = strong.horizontalAdvance(m_title);
    for (const Row &row : m_rows) {
        width = std::max(width, swatch + 6 + strong.horizontalAdvance(row.name) + columnGap
                                    + strong.horizontalAdvance(row.value));
    }
    return {width + 2 * room, strong.height() + int(m_rows.size()) * (plain.height() + 2) + 2 * room - 4};
}

void ChartTooltip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.colour(Surface::Tooltip));
    painter.setFont(m_theme.font(FontRole::Strong));
    painter.setPen(m_theme.colour(Surface::TooltipText));
    int top = room - 2;
    painter.drawText(QRect(room, top, width() - 2 * room, painter.fontMetrics().height()), Qt::AlignLeft, m_title);
    top += painter.fontMetrics().height() + 2;
    for (const Row &row : m_rows) {
        painter.setFont(m_theme.font(row.strong ? FontRole::Strong : FontRole::Body));
        const int height = painter.fontMetrics().height();
        if (row.colour.isValid())
            painter.fillRect(QRect(room, top + (height - swatch) / 2 + 1, swatch, swatch), row.colour);
        const QRect line(room + swatch + 6, top, width() - 2 * room - swatch - 6, height);
        painter.drawText(line, Qt::AlignLeft | Qt::TextSingleLine, row.name);
        painter.drawText(line, Qt::AlignRight | Qt::TextSingleLine, row.value);
        top += height + 2;
    }
}

} // namespace ioc
