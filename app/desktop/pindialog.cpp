// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/pindialog.h>

#include <access/pin.h>
#include <desktop/entrylook.h>
#include <ui/messagebar.h>

#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace ioc {

PinDialog::PinDialog(const Theme &theme, const QString &login, int days, QWidget *parent) : QDialog(parent), m_account(login), m_message(new MessageBar(theme, this))
{
    setWindowTitle(tr("PIN of this device"));
    setFixedWidth(entryDialogWidth);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(12);
    const auto addText = [&](const QString &text, bool muted) {
        auto *label = new QLabel(text, this);
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        if (muted)
            label->setProperty("role", QStringLiteral("muted"));
        layout->addWidget(label);
    };
    addText(tr("With a PIN you unlock this device and, for up to %n day(s), sign in on it when the network is away: enter it in place of a password. It is good on this device alone.", nullptr, days), false);
    m_message->dismiss();
    layout->addWidget(m_message);
    m_pin = addField(tr("PIN"));
    m_again = addField(tr("PIN again"));
    addText(tr("At least %1 digits or letters; no date, nothing in a row.").arg(shortestPin), true);
    auto *buttons = new QDialogButtonBox(this);
    QPushButton *save = buttons->addButton(tr("Set the PIN"), QDialogButtonBox::AcceptRole);
    save->setProperty("look", QStringLiteral("primary"));
    buttons->addButton(tr("Not now"), QDialogButtonBox::RejectRole);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &PinDialog::ask);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

QLineEdit *PinDialog::addField(const QString &name)
{
    auto *label = new QLabel(name, this);
    auto *field = new QLineEdit(this);
    field->setEchoMode(QLineEdit::Password);
    field->setInputMethodHints(Qt::ImhPreferNumbers | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText);
    field->setAccessibleName(name);
    field->setMinimumHeight(entryFieldHeight);
    label->setBuddy(field);
    layout()->addWidget(label);
    layout()->addWidget(field);
    return field;
}

void PinDialog::ask()
{
    if (m_pin->text() != m_again->text())
        return say(tr("The PIN is not the same both times."));
    if (const auto good = checkedPin(m_pin->text(), m_account); !good)
        return say(good.error().message);
    Q_EMIT chosen(m_pin->text());
    accept();
}

void PinDialog::say(const QString &problem)
{
    m_message->say(Tone::Danger, problem);
    fit();
}

// Texts wrap: nothing is cut, however long they are in whatever language.
void PinDialog::fit()
{
    m_message->layout()->activate();
    layout()->activate();
    resize(width(), layout()->totalHeightForWidth(width()));
}

void PinDialog::showEvent(QShowEvent *event)
{
    fit();
    QDialog::showEvent(event);
}

} // namespace ioc
