// SPDX-License-Identifier: GPL-3.0-or-later
#include <ui/emptystatewidget.h>

#include <ui/theme.h>

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace ioc {

namespace {

constexpr int emptyIconSide = 40;
constexpr int widestSentence = 420;

} // namespace

EmptyStateWidget::EmptyStateWidget(const Theme &theme, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_icon(new QLabel(this)), m_sentence(new QLabel(this)),
      m_action(new QPushButton(this))
{
    auto *column = new QVBoxLayout(this);
    column->setSpacing(Theme::spacing(Space::Large));
    m_icon->setAlignment(Qt::AlignCenter);
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setAlignment(Qt::AlignCenter);
    m_sentence->setWordWrap(true);
    m_sentence->setMaximumWidth(widestSentence);
    m_sentence->setProperty("role", QStringLiteral("muted"));
    m_action->hide();
    column->addStretch();
    column->addWidget(m_icon, 0, Qt::AlignHCenter);
    // A wrapping label aligned in a box layout would take its narrow size hint: centre it between stretches.
    auto *row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(m_sentence, 100);
    row->addStretch(1);
    column->addLayout(row);
    column->addWidget(m_action, 0, Qt::AlignHCenter);
    column->addStretch();
    connect(m_action, &QPushButton::clicked, this, &EmptyStateWidget::actionTriggered);
    connect(&theme, &Theme::changed, this, &EmptyStateWidget::drawIcon);
}

void EmptyStateWidget::setContent(const QString &icon, const QString &sentence, const QString &action)
{
    m_iconName = icon;
    m_sentence->setText(sentence);
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    drawIcon();
}

QString EmptyStateWidget::sentence() const
{
    return m_sentence->text();
}

void EmptyStateWidget::drawIcon()
{
    m_icon->setPixmap(m_theme.pixmap(m_iconName, emptyIconSide, devicePixelRatioF(), m_theme.colour(Surface::DisabledText)));
}

} // namespace ioc
