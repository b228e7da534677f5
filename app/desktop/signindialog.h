// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ui/theme.h>

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace ioc {

class MessageBar;

/// Asks who works here. Stays open, and says what is wrong, until central has let the person in.
class SignInDialog : public QDialog
{
    Q_OBJECT

public:
    SignInDialog(const Theme &theme, const QString &server, const QString &login, QWidget *parent = nullptr);

    void showProblem(const QString &message);
    void setBusy(bool busy);

Q_SIGNALS:
    void signInRequested(const QString &login, const QString &password);

private:
    void ask();

    QLineEdit *m_login;
    QLineEdit *m_password;
    QPushButton *m_enter;
    MessageBar *m_message;
};

} // namespace ioc
