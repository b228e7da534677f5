// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ui/theme.h>

#include <QPointer>
#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace ioc {

class MessageBar;
class ProviderWidget;

/// Stands in the place of all the program's windows while nobody may see them: after a while without input, or when central has revoked this
/// device. What was open stays open behind it, hidden, so that nothing of it is drawn or reached by keys.
class LockCover : public QWidget
{
    Q_OBJECT

public:
    explicit LockCover(const Theme &theme);
    ~LockCover() override;

    /// Hides every other window until open(); \a name is whom the password is asked of.
    void lock(const QString &login, const QString &name);
    /// Says that this device is revoked, and asks for a sign-in, which tells whether it is restored.
    void showRevoked(const QString &login);
    /// Shows again what lock() hid.
    void open();
    [[nodiscard]] bool isRevoked() const { return m_isRevoked; }

    void showProblem(const QString &message);
    void setBusy(bool busy);
    /// Whether the city's single sign-on is offered.
    void offerProvider(bool isThere);
    /// The browser has the word.
    void waitForProvider();
    /// lock() asks for a PIN or a password from now on.
    void setTakesPin(bool takesPin);

Q_SIGNALS:
    void entryRequested(const QString &login, const QString &password);
    void providerRequested();
    void openAgainRequested();
    void providerCancelled();
    /// Somebody closed it: the program ends.
    void closed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;

private:
    QWidget *makeCard(const Theme &theme);
    void cover(const QString &login);
    void hideOthers();
    void askForAnother();
    void ask();

    QLabel *m_heading;
    QLabel *m_sentence;
    QLineEdit *m_login;
    QLineEdit *m_password;
    QPushButton *m_enter;
    QPushButton *m_other;
    MessageBar *m_message;
    ProviderWidget *m_provider;
    QList<QPointer<QWidget>> m_hidden; ///< in the order of their windows, the last on top
    bool m_takesPin = false;
    bool m_isRevoked = false;
    bool m_isCovering = false;
};

} // namespace ioc
