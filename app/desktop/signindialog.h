// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/error.h>
#include <ui/theme.h>

#include <QDialog>

class QLayout;
class QLineEdit;
class QPushButton;

namespace ioc {

class MessageBar;
class ProviderWidget;

/// Asks who works here. Stays open, and says what is wrong, until central has let the person in.
class SignInDialog : public QDialog
{
    Q_OBJECT

public:
    SignInDialog(const Theme &theme, const QString &server, const QString &login, QWidget *parent = nullptr);

    /// Says why central let nobody in; what was typed stays.
    void showProblem(const QString &message);
    /// What \a error means for somebody who is not in yet.
    static QString problemText(const Error &error);
    void setBusy(bool busy);
    /// Whether the city's single sign-on is offered; \a hint is shown beside it.
    void offerProvider(bool isThere, const QString &hint = {});
    /// The browser has the word.
    void waitForProvider();
    void done(int result) override;

Q_SIGNALS:
    void signInRequested(const QString &login, const QString &password);
    void providerRequested();
    void openAgainRequested();
    void providerCancelled();

private:
    QLayout *head(const QString &server);
    void ask();
    void say(const QString &problem);
    void fit();
    void endWaiting();

    QLineEdit *m_login;
    QLineEdit *m_password;
    QPushButton *m_enter;
    MessageBar *m_message;
    ProviderWidget *m_provider;
};

} // namespace ioc
