// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/passworddialog.h>

#include <access/password.h>
#include <desktop/entrylook.h>
#include <ui/messagebar.h>

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace ioc {

PasswordDialog::PasswordDialog(const Theme &theme, const QString &login, bool isRequired, QWidget *parent)
    : QDialog(parent), m_account(login), m_message(new MessageBar(theme, this))
{
    setWindowTitle(tr("Change the password"));
    setFixedWidth(entryDialogWidth);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(12);
    auto *why = new QLabel(isRequired ? tr("This password is good for one sign-in. Choose one of your own to go on.") : tr("Other devices where you are signed in will ask for the new password."), this);
    why->setWordWrap(true);
    layout->addWidget(why);
    m_message->dismiss();
    layout->addWidget(m_message);
    m_before = addField(tr("Present password"));
    m_after = addField(tr("New password"));
    m_again = addField(tr("New password again"));
    auto *rule = new QLabel(tr("At least 12 characters; several words make a good password. It may not be your account's name or a common one."), this);
    rule->setWordWrap(true);
    rule->setProperty("role", QStringLiteral("muted"));
    layout->addWidget(rule);
    auto *buttons = new QDialogButtonBox(this);
    m_save = buttons->addButton(tr("Change the password"), QDialogButtonBox::AcceptRole);
    m_save->setProperty("look", QStringLiteral("primary"));
    buttons->addButton(isRequired ? tr("Later") : tr("Cancel"), QDialogButtonBox::RejectRole);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &PasswordDialog::ask);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

QLineEdit *PasswordDialog::addField(const QString &name)
{
    auto *label = new QLabel(name, this);
    auto *field = new QLineEdit(this);
    field->setEchoMode(QLineEdit::Password);
    field->setAccessibleName(name);
    field->setMinimumHeight(entryFieldHeight);
    label->setBuddy(field);
    layout()->addWidget(label);
    layout()->addWidget(field);
    return field;
}

void PasswordDialog::ask()
{
    if (m_after->text() != m_again->text()) {
        showProblem(tr("The new password is not the same both times."));
        return;
    }
    if (const auto good = checkedPassword(m_after->text(), m_account); !good) {
        showProblem(good.error().message);
        return;
    }
    setBusy(true);
    Q_EMIT changeRequested(m_before->text(), m_after->text());
}

void PasswordDialog::setBusy(bool busy)
{
    for (QLineEdit *field : {m_before, m_after, m_again})
        field->setReadOnly(busy);
    m_save->setEnabled(!busy);
}

void PasswordDialog::showProblem(const QString &message)
{
    setBusy(false);
    m_message->say(Tone::Danger, message);
    layout()->activate();
    resize(width(), layout()->totalHeightForWidth(width()));
}

} // namespace ioc
