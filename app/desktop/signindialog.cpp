// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/signindialog.h>

#include <desktop/entrylook.h>
#include <desktop/providerwidget.h>
#include <ui/messagebar.h>

#include <QAction>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace ioc {

namespace {
constexpr int signInIconSide = 44;
constexpr int signInWidth = 460;
} // namespace

SignInDialog::SignInDialog(const Theme &theme, const QString &server, const QString &login, QWidget *parent)
    : QDialog(parent), m_login(new QLineEdit(login, this)), m_password(new QLineEdit(this)), m_enter(new QPushButton(tr("Sign in"), this)),
      m_message(new MessageBar(theme, this)), m_provider(new ProviderWidget(this))
{
    setWindowTitle(tr("Tourism IOC: sign in"));
    setFixedWidth(signInWidth);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(28, 24, 28, 24);
    layout->setSpacing(14);
    layout->addLayout(head(server));
    m_message->dismiss();
    layout->addWidget(m_message);
    auto *form = new QGridLayout;
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(10);
    form->setColumnStretch(1, 1);
    const auto add = [&](const QString &name, QLineEdit *field) {
        auto *label = new QLabel(name, this);
        label->setBuddy(field);
        field->setAccessibleName(name);
        field->setMinimumHeight(entryFieldHeight);
        form->addWidget(label, form->rowCount(), 0);
        form->addWidget(field, form->rowCount() - 1, 1);
    };
    add(tr("Account"), m_login);
    add(tr("Password"), m_password);
    layout->addLayout(form);
    m_login->setInputMethodHints(Qt::ImhNoAutoUppercase | Qt::ImhNoPredictiveText);
    m_password->setEchoMode(QLineEdit::Password);
    QAction *reveal = m_password->addAction(theme.icon(QStringLiteral("reveal"), Tone::Muted), QLineEdit::TrailingPosition);
    reveal->setCheckable(true);
    reveal->setToolTip(tr("Show the password"));
    connect(reveal, &QAction::toggled, this, [this](bool shown) { m_password->setEchoMode(shown ? QLineEdit::Normal : QLineEdit::Password); });
    m_enter->setProperty("look", QStringLiteral("primary"));
    m_enter->setMinimumHeight(entryFieldHeight);
    m_enter->setDefault(true);
    layout->addWidget(m_enter);
    layout->addWidget(m_provider);
    connect(m_provider, &ProviderWidget::requested, this, &SignInDialog::providerRequested);
    connect(m_provider, &ProviderWidget::openAgainRequested, this, &SignInDialog::openAgainRequested);
    connect(m_provider, &ProviderWidget::cancelled, this, [this] {
        setBusy(false);
        Q_EMIT providerCancelled();
    });
    connect(m_enter, &QPushButton::clicked, this, &SignInDialog::ask);
    (login.isEmpty() ? m_login : m_password)->setFocus();
}

QLayout *SignInDialog::head(const QString &server)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(14);
    auto *icon = new QLabel(this);
    icon->setPixmap(Theme::appIcon().pixmap(signInIconSide, signInIconSide));
    row->addWidget(icon);
    auto *column = new QVBoxLayout;
    column->setSpacing(2);
    auto *title = new QLabel(tr("Tourism operations center"), this);
    title->setProperty("role", QStringLiteral("title"));
    auto *where = new QLabel(tr("Central server: %1").arg(server), this);
    where->setTextFormat(Qt::PlainText);
    where->setProperty("role", QStringLiteral("muted"));
    column->addWidget(title);
    column->addWidget(where);
    row->addLayout(column, 1);
    return row;
}

void SignInDialog::ask()
{
    for (QLineEdit *field : {m_login, m_password}) {
        if (!field->text().trimmed().isEmpty())
            continue;
        say(field == m_login ? tr("Enter your account.") : tr("Enter your password."));
        field->setFocus();
        return;
    }
    setBusy(true);
    Q_EMIT signInRequested(m_login->text().trimmed(), m_password->text());
}

// Without a connection work goes on later, but nobody gets in for the first time.
QString SignInDialog::problemText(const Error &error)
{
    return error.code == ErrorCode::Offline || error.code == ErrorCode::Timeout
               ? tr("The central server cannot be reached. Check the network, then try again; if it lasts, call the administrator.")
               : error.message;
}

void SignInDialog::setBusy(bool busy)
{
    m_login->setReadOnly(busy); // keeps its text and focus
    m_password->setReadOnly(busy);
    m_enter->setEnabled(!busy);
    m_enter->setText(busy ? tr("Signing in…") : tr("Sign in"));
    endWaiting();
}

void SignInDialog::offerProvider(bool isThere, const QString &hint)
{
    m_provider->setHint(hint);
    if (m_provider->state() != ProviderWidget::State::Waiting)
        m_provider->setState(isThere ? ProviderWidget::State::Offered : ProviderWidget::State::Hidden);
    fit();
}

void SignInDialog::waitForProvider()
{
    setBusy(true);
    m_enter->setText(tr("Sign in"));
    m_message->dismiss();
    m_provider->setState(ProviderWidget::State::Waiting);
    fit();
}

void SignInDialog::endWaiting()
{
    if (m_provider->state() != ProviderWidget::State::Waiting)
        return;
    m_provider->setState(ProviderWidget::State::Offered);
    fit();
}

void SignInDialog::fit()
{
    m_message->layout()->activate();
    layout()->activate();
    resize(width(), layout()->totalHeightForWidth(width())); // a long message wraps: nothing is cut
}

void SignInDialog::say(const QString &problem)
{
    m_message->say(Tone::Danger, problem);
    fit();
}

void SignInDialog::showProblem(const QString &message)
{
    setBusy(false);
    say(message);
    m_password->selectAll();
    m_password->setFocus();
}

// Opened again later, it asks for the password anew.
void SignInDialog::done(int result)
{
    m_password->clear();
    m_message->dismiss();
    setBusy(false);
    QDialog::done(result);
}

} // namespace ioc
