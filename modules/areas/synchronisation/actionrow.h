// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAction;
class QHBoxLayout;
class QKeySequence;

namespace ioc {

class Theme;

/// A row of buttons that the keyboard reaches as well: each has a shortcut that holds in the whole pane, told in its tooltip.
class ActionRow : public QWidget
{
    Q_OBJECT

public:
    /// The shortcuts hold in \a pane and all within it.
    ActionRow(const Theme &theme, QWidget *pane);

    enum class Look { Plain, Primary };
    /// The action behind a new button; switching it off switches off the button.
    QAction *add(const QString &icon, const QString &text, const QKeySequence &keys, Look look = Look::Plain);
    void addStretch();

private:
    const Theme &m_theme;
    QWidget *m_pane;
    QHBoxLayout *m_layout;
};

} // namespace ioc
