// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/signindialog.h>

#include <ui/messagebar.h>

#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace ioc {

SignInDialog::SignInDialog(const Theme &theme, const QString &server, const QString &login, QWidget *parent)
    : QDialog(parent), m_login(new QLineEdit(login, this)), m_password(new QLineEdit(this)), m_enter(new QPushButton(tr("Sign in"), this)),
      m_message(new MessageBar(theme, this))
{
    setWindowTitle(tr("Tourism IOC: sign in"));
    setMinimumWidth(420);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(12);
    auto *title = new QLabel(tr("Tourism operations center"), this);
    title->setFont(theme.font(FontRole::Title));
    auto *where = new QLabel(server, this);
    where->setTextFormat(Qt::PlainText);
    where->setProperty("role", QStringLiteral("muted"));
    layout->addWidget(title);
    layout->addWidget(where);
    m_message->dismiss();
    layout->addWidget(m_message);
    auto *form = new QFormLayout;
    m_password->setEchoMode(QLineEdit::Password);
    form->addRow(tr("Account"), m_login);
    form->addRow(tr("Password"), m_password);
    layout->addLayout(form);
    m_enter->setProperty("look", QStringLiteral("primary"));
    m_enter->setDefault(true);
    layout->addWidget(m_enter);
    connect(m_enter, &QPushButton::clicked, this, &SignInDialog::ask);
    (login.isEmpty() ? m_login : m_password)->setFocus();
}

void SignInDialog::ask()
{
    if (m_login->text().trimmed().isEmpty()) {
        m_login->setFocus();
        return;
    }
    setBusy(true);
    Q_EMIT signInRequested(m_login->text().trimmed(), m_password->text());
}

void SignInDialog::setBusy(bool busy)
{
    m_enter->setEnabled(!busy);
    m_enter->setText(busy ? tr("Signing in…") : tr("Sign in"));
}

void SignInDialog::showProblem(const QString &message)
{
    setBusy(false);
    m_message->say(Tone::Danger, message);
    m_password->selectAll();
    m_password->setFocus();
}

} // namespace ioc
