// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ui/theme.h>

#include <QWidget>

class QDockWidget;
class QLabel;
class QToolButton;

namespace ioc {

/// The title of a dock, with buttons large enough to be hit and reached by keyboard: float or put back, and close. A double
/// click floats, dragging moves, as with the system's own.
class DockTitle : public QWidget
{
    Q_OBJECT

public:
    DockTitle(const Theme &theme, QDockWidget &dock);

private:
    QToolButton *addButton(const QString &icon);
    void showState();

    const Theme &m_theme;
    QDockWidget &m_dock;
    QLabel *m_text;
    QToolButton *m_float;
    QToolButton *m_close;
};

} // namespace ioc
