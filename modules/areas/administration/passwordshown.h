// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace ioc {

class Theme;

/// Shows a password for one use, this once, with a button that copies it.
class PasswordShown : public QDialog
{
    Q_OBJECT

public:
    PasswordShown(const Theme &theme, const QString &login, const QString &password, QWidget *parent = nullptr);
    ~PasswordShown() override;

private:
    QString m_password;
};

} // namespace ioc
