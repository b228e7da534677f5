// SPDX-License-Identifier: GPL-3.0-or-later
#include <synchronisation/actionrow.h>
#include <ui/theme.h>

#include <QAction>
#include <QHBoxLayout>
#include <QPushButton>

namespace ioc {

ActionRow::ActionRow(const Theme &theme, QWidget *pane) : QWidget(pane), m_theme(theme), m_pane(pane), m_layout(new QHBoxLayout(this))
{
    m_layout->setContentsMargins(8, 6, 8, 2);
    m_layout->setSpacing(6);
}

QAction *ActionRow::add(const QString &icon, const QString &text, const QKeySequence &keys, Look look)
{
    const bool primary = look == Look::Primary;
    auto *action = new QAction(primary ? m_theme.iconOnAccent(icon) : m_theme.icon(icon), text, m_pane);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_pane->addAction(action);
    auto *button = new QPushButton(action->icon(), text, this);
    button->setToolTip(QStringLiteral("%1 (%2)").arg(text, keys.toString(QKeySequence::NativeText)));
    if (primary)
        button->setProperty("look", QStringLiteral("primary"));
    m_layout->addWidget(button);
    connect(button, &QPushButton::clicked, action, &QAction::trigger);
    connect(action, &QAction::enabledChanged, button, &QWidget::setEnabled);
    return action;
}

void ActionRow::addStretch()
{
    m_layout->addStretch(1);
}

} // namespace ioc
