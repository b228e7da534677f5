// SPDX-License-Identifier: GPL-3.0-or-later
#include <administration/passwordshown.h>
#include <ui/theme.h>

#include <QClipboard>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace ioc {

namespace {
constexpr int dialogWidth = 460;
}

PasswordShown::PasswordShown(const Theme &theme, const QString &login, const QString &password, QWidget *parent) : QDialog(parent), m_password(password)
{
    setWindowTitle(tr("New password"));
    setFixedWidth(dialogWidth);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(12);
    auto *what = new QLabel(tr("New password of the account “%1”. It is shown only now, is good for one sign-in, and has to be changed then. All devices of this account are signed out.").arg(login), this);
    what->setTextFormat(Qt::PlainText);
    what->setWordWrap(true);
    layout->addWidget(what);
    auto *field = new QLineEdit(password, this);
    field->setReadOnly(true);
    field->setAccessibleName(tr("New password"));
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setPointSizeF(theme.font(FontRole::Title).pointSizeF());
    field->setFont(fixed);
    field->setAlignment(Qt::AlignHCenter);
    layout->addWidget(field);
    auto *buttons = new QDialogButtonBox(this);
    QPushButton *copy = buttons->addButton(tr("Copy"), QDialogButtonBox::ActionRole);
    copy->setProperty("look", QStringLiteral("primary"));
    buttons->addButton(tr("Close"), QDialogButtonBox::RejectRole);
    layout->addWidget(buttons);
    connect(copy, &QPushButton::clicked, this, [this, copy] {
        QGuiApplication::clipboard()->setText(m_password);
        copy->setText(tr("Copied"));
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

PasswordShown::~PasswordShown() = default;

} // namespace ioc
