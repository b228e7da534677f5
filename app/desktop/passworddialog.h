// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ui/theme.h>

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace ioc {

class MessageBar;

/// Somebody chooses a new password of their own. Stays open, and says what is wrong, until central has taken it.
class PasswordDialog : public QDialog
{
    Q_OBJECT

public:
    /// \a isRequired: central serves nothing else until it is done.
    PasswordDialog(const Theme &theme, const QString &login, bool isRequired, QWidget *parent = nullptr);

    void showProblem(const QString &message);

Q_SIGNALS:
    void changeRequested(const QString &before, const QString &after);

private:
    QLineEdit *addField(const QString &name);
    void ask();
    void setBusy(bool busy);

    QString m_account;
    MessageBar *m_message;
    QLineEdit *m_before;
    QLineEdit *m_after;
    QLineEdit *m_again;
    QPushButton *m_save;
};

} // namespace ioc
