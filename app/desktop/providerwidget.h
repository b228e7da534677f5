// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ui/theme.h>

#include <QWidget>

class QLabel;
class QPushButton;

namespace ioc {

/// The part of a sign-in screen that leads to the city's single sign-on: hidden where there is none, one button where there is, and while the
/// browser has the word what to do there and a way back.
class ProviderWidget : public QWidget
{
    Q_OBJECT

public:
    explicit ProviderWidget(QWidget *parent = nullptr);

    enum class State { Hidden, Offered, Waiting };
    void setState(State state);
    [[nodiscard]] State state() const { return m_state; }
    /// What else the person should know; empty: nothing.
    void setHint(const QString &hint);

Q_SIGNALS:
    void requested();
    void openAgainRequested();
    void cancelled();

private:
    State m_state = State::Hidden;
    QPushButton *m_enter;
    QLabel *m_hint;
    QLabel *m_waiting;
    QPushButton *m_again;
    QPushButton *m_cancel;
};

} // namespace ioc
