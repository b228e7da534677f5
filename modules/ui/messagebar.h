// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ui/theme.h>

#include <QFrame>

class QLabel;
class QPushButton;
class QToolButton;

namespace ioc {

/// A message in the flow of the page, never modal: what happened, what to do, perhaps a button that does it.
/// Hidden until it has something to say; long text wraps.
class MessageBar : public QFrame
{
    Q_OBJECT

public:
    /// \a theme must outlive the bar.
    explicit MessageBar(const Theme &theme, QWidget *parent = nullptr);

    /// Shows \a text; \a action is the text of the button that emits actionTriggered(), if any.
    void say(Tone tone, const QString &text, const QString &action = {});
    /// Hides the bar.
    void dismiss();
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    void actionTriggered();
    /// The user closed the bar.
    void dismissed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void recolour();

    const Theme &m_theme;
    Tone m_tone = Tone::Info;
    QLabel *m_icon;
    QLabel *m_text;
    QPushButton *m_action;
    QToolButton *m_close;
};

} // namespace ioc
