// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace ioc {

class Theme;

/// Stands where there is nothing to show yet: an icon, a sentence that says what to do, and perhaps the
/// button that does it.
class EmptyStateWidget : public QWidget
{
    Q_OBJECT

public:
    /// \a theme must outlive the widget.
    explicit EmptyStateWidget(const Theme &theme, QWidget *parent = nullptr);

    /// \a action is the button's text; without it there is no button.
    void setContent(const QString &icon, const QString &sentence, const QString &action = {});
    [[nodiscard]] QString sentence() const;

Q_SIGNALS:
    void actionTriggered();

private:
    const Theme &m_theme;
    QLabel *m_icon;
    QLabel *m_sentence;
    QPushButton *m_action;
    QString m_iconName;

    void drawIcon();
};

} // namespace ioc
