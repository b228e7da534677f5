// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ui/theme.h>

#include <QDialog>

class QLineEdit;

namespace ioc {

class MessageBar;

/// Somebody who came in by the city's single sign-on chooses a PIN, by which this device knows them without central and without the city.
class PinDialog : public QDialog
{
    Q_OBJECT

public:
    /// \a days: how long central lets a device go without it.
    PinDialog(const Theme &theme, const QString &login, int days, QWidget *parent = nullptr);

protected:
    void showEvent(QShowEvent *event) override;

Q_SIGNALS:
    void chosen(const QString &pin);

private:
    QLineEdit *addField(const QString &name);
    void ask();
    void say(const QString &problem);
    void fit();

    QString m_account;
    MessageBar *m_message;
    QLineEdit *m_pin;
    QLineEdit *m_again;
};

} // namespace ioc
