// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/docktitle.h>

#include <QDockWidget>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace ioc {

namespace {
constexpr int titleHeight = 28;
constexpr int iconSize = 14;
} // namespace

DockTitle::DockTitle(const Theme &theme, QDockWidget &dock)
    : QWidget(&dock), m_theme(theme), m_dock(dock), m_text(new QLabel(dock.windowTitle(), this)), m_float(nullptr), m_close(nullptr)
{
    setFixedHeight(titleHeight);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 2, 4, 2);
    layout->setSpacing(0);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setFont(theme.font(FontRole::Strong));
    m_text->setAttribute(Qt::WA_TransparentForMouseEvents); // the dock is dragged by its title
    layout->addWidget(m_text, 1);
    m_float = addButton(QStringLiteral("enlarge"));
    m_close = addButton(QStringLiteral("close"));
    m_close->setToolTip(tr("Close this pane; Settings, Panes brings it back"));
    m_close->setAccessibleName(tr("Close “%1”").arg(dock.windowTitle()));
    connect(m_float, &QToolButton::clicked, &dock, [this] { m_dock.setFloating(!m_dock.isFloating()); });
    connect(m_close, &QToolButton::clicked, &dock, &QDockWidget::close);
    connect(&dock, &QDockWidget::topLevelChanged, this, &DockTitle::showState);
    connect(&dock, &QDockWidget::windowTitleChanged, m_text, &QLabel::setText);
    showState();
}

QToolButton *DockTitle::addButton(const QString &icon)
{
    auto *button = new QToolButton(this);
    button->setIcon(m_theme.icon(icon));
    button->setIconSize(QSize(iconSize, iconSize));
    button->setFixedSize(titleHeight - 4, titleHeight - 4);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    layout()->addWidget(button);
    return button;
}

void DockTitle::showState()
{
    const bool floats = m_dock.isFloating();
    m_float->setIcon(m_theme.icon(floats ? QStringLiteral("minus") : QStringLiteral("enlarge")));
    m_float->setToolTip(floats ? tr("Put back into the window") : tr("Show in a window of its own"));
    m_float->setAccessibleName(m_float->toolTip());
}

} // namespace ioc
