// SPDX-License-Identifier: GPL-3.0-or-later
#include <map/mapcard.h>

#include <QVBoxLayout>

namespace ioc {

MapCardWidget::MapCardWidget(QWidget *parent)
    : MapPanel(parent)
    , m_title(new QLabel(this))
    , m_kind(new QLabel(this))
    , m_lines(new QLabel(this))
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(10, 7, 10, 8);
    layout->setSpacing(2);
    for (QLabel *label : {m_kind, m_title, m_lines}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        layout->addWidget(label);
    }
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    m_title->setFont(bold);
    hide();
}

void MapCardWidget::setTheme(const MapTheme &theme)
{
    MapPanel::setTheme(theme);
    QPalette faint = palette();
    faint.setColor(QPalette::WindowText, theme.faint);
    m_kind->setPalette(faint);
}

void MapCardWidget::showCard(const MapCard &card, QPointF marker, double radius)
{
    m_title->setText(card.title);
    m_kind->setText(card.kind);
    m_kind->setVisible(!card.kind.isEmpty());
    m_lines->setText(card.lines.join(u'\n'));
    m_lines->setVisible(!card.lines.isEmpty());
    m_title->ensurePolished(); // its fonts are the theme's only then
    int widest = 0;
    const QFontMetrics metrics = m_title->fontMetrics(); // the bold one is the widest
    for (const QString &line : QStringList(card.lines) << card.title << card.kind)
        widest = std::max(widest, metrics.horizontalAdvance(line));
    setFixedWidth(std::clamp(widest + 26, 160, 300));
    setFixedHeight(layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(width()) : sizeHint().height());
    const int gap = int(radius) + 6;
    int x = int(marker.x()) + gap;
    if (x + width() > parentWidget()->width() - 4)
        x = int(marker.x()) - gap - width();
    const int y = std::clamp(int(marker.y()) - height() / 2, 4, std::max(4, parentWidget()->height() - height() - 4));
    move(std::max(4, x), y);
    raise();
    show();
}

} // namespace ioc
