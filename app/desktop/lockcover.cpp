// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/lockcover.h>

#include <desktop/entrylook.h>
#include <desktop/providerwidget.h>
#include <ui/messagebar.h>

#include <QApplication>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace ioc {

namespace {
constexpr int lockIconSide = 56;
constexpr int cardWidth = 440;

QLabel *centred(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setAlignment(Qt::AlignHCenter);
    return label;
}
} // namespace

LockCover::LockCover(const Theme &theme)
    : m_heading(centred(this)), m_sentence(centred(this)), m_login(new QLineEdit(this)), m_password(new QLineEdit(this)), m_enter(new QPushButton(this)),
      m_other(new QPushButton(tr("Sign in as another person"), this)), m_message(new MessageBar(theme, this)), m_provider(new ProviderWidget(this))
{
    setWindowTitle(tr("Tourism IOC"));
    setWindowIcon(Theme::appIcon());
    setAttribute(Qt::WA_StyledBackground);
    auto *layout = new QVBoxLayout(this);
    layout->addStretch(2);
    auto *middle = new QHBoxLayout; // between stretches, so that the card's height is that of its own width
    middle->addStretch();
    middle->addWidget(makeCard(theme));
    middle->addStretch();
    layout->addLayout(middle);
    layout->addStretch(3);
    connect(m_enter, &QPushButton::clicked, this, &LockCover::ask);
    connect(m_password, &QLineEdit::returnPressed, this, &LockCover::ask);
    connect(m_login, &QLineEdit::returnPressed, this, [this] { m_password->setFocus(); });
    connect(m_other, &QPushButton::clicked, this, &LockCover::askForAnother);
    connect(m_provider, &ProviderWidget::requested, this, &LockCover::providerRequested);
    connect(m_provider, &ProviderWidget::openAgainRequested, this, &LockCover::openAgainRequested);
    connect(m_provider, &ProviderWidget::cancelled, this, [this] {
        setBusy(false);
        Q_EMIT providerCancelled();
    });
}

LockCover::~LockCover() = default;

QWidget *LockCover::makeCard(const Theme &theme)
{
    auto *card = new QWidget(this);
    card->setFixedWidth(cardWidth);
    auto *column = new QVBoxLayout(card);
    column->setSpacing(12);
    auto *icon = new QLabel(card);
    icon->setPixmap(Theme::appIcon().pixmap(lockIconSide, lockIconSide));
    icon->setFixedSize(lockIconSide, lockIconSide); // the wrapped text below would take its height
    m_heading->setFont(theme.font(FontRole::Title));
    m_sentence->setProperty("role", QStringLiteral("muted"));
    m_login->setAccessibleName(tr("Account"));
    m_login->setPlaceholderText(tr("Account"));
    m_login->setInputMethodHints(Qt::ImhNoAutoUppercase | Qt::ImhNoPredictiveText);
    m_password->setAccessibleName(tr("Password"));
    m_password->setPlaceholderText(tr("Password"));
    m_password->setEchoMode(QLineEdit::Password);
    m_enter->setProperty("look", QStringLiteral("primary"));
    m_enter->setAutoDefault(true);
    m_message->dismiss();
    column->addWidget(icon, 0, Qt::AlignHCenter);
    column->addWidget(m_heading);
    column->addWidget(m_sentence);
    column->addWidget(m_message);
    for (QWidget *each : QList<QWidget *>{m_login, m_password, m_enter, m_other}) {
        each->setMinimumHeight(entryFieldHeight);
        column->addWidget(each);
    }
    column->insertWidget(column->indexOf(m_other), m_provider);
    return card;
}

void LockCover::lock(const QString &login, const QString &name)
{
    m_isRevoked = false;
    m_heading->setText(tr("Locked"));
    m_sentence->setText((m_takesPin ? tr("%1, enter the PIN of this device or your password to go on. Synchronisation continues meanwhile.") : tr("%1, enter your password to go on. Synchronisation continues meanwhile.")).arg(name));
    m_login->setVisible(false);
    m_other->setVisible(true);
    cover(login);
}

void LockCover::showRevoked(const QString &login)
{
    m_isRevoked = true;
    m_heading->setText(tr("This device has been revoked"));
    m_sentence->setText(tr("An administrator has revoked this device, so that nobody works on it. Nothing was deleted: what is not sent yet stays here and is sent once the device is restored.\n\n"
                           "Ask an administrator of your center to restore it; then sign in."));
    m_login->setVisible(true);
    m_other->setVisible(false);
    cover(login);
}

void LockCover::cover(const QString &login)
{
    m_login->setText(login);
    m_password->clear();
    m_message->dismiss();
    setBusy(false);
    QWidget *window = QApplication::activeWindow();
    for (QWidget *each : QApplication::topLevelWidgets()) {
        if (each != this && each->isVisible() && each->inherits("QMainWindow"))
            window = each;
    }
    if (!m_isCovering && window && window != this) {
        setGeometry(window->geometry());
        setWindowState(window->windowState() & ~Qt::WindowMinimized);
    } else if (!m_isCovering) {
        resize(900, 640);
    }
    if (!m_isCovering)
        qApp->installEventFilter(this);
    m_isCovering = true;
    show(); // first, so that there is never no window at all
    hideOthers();
    raise();
    activateWindow();
    (m_login->isVisible() && login.isEmpty() ? m_login : m_password)->setFocus();
}

void LockCover::hideOthers()
{
    for (QWidget *popup = QApplication::activePopupWidget(); popup && popup->close(); popup = QApplication::activePopupWidget()) { }
    const auto all = QApplication::topLevelWidgets();
    for (QWidget *each : all) {
        if (each == this || !each->isVisible() || each->windowType() == Qt::ToolTip)
            continue;
        m_hidden += each;
        each->hide();
    }
    // Parents first, as they come back.
    std::ranges::stable_sort(m_hidden, {}, [](const QPointer<QWidget> &window) {
        int depth = 0;
        for (const QWidget *at = window; at; at = at->parentWidget())
            ++depth;
        return depth;
    });
}

// Whatever the program opens meanwhile waits behind.
bool LockCover::eventFilter(QObject *watched, QEvent *event)
{
    if (m_isCovering && event->type() == QEvent::Show && watched != this && watched->isWidgetType()) {
        const auto *window = static_cast<QWidget *>(watched);
        if (window->isWindow() && window->windowType() != Qt::ToolTip && window->windowType() != Qt::Popup)
            QTimer::singleShot(0, this, [this] {
                if (m_isCovering)
                    hideOthers();
            });
    }
    return QWidget::eventFilter(watched, event);
}

void LockCover::open()
{
    if (!std::exchange(m_isCovering, false))
        return;
    qApp->removeEventFilter(this);
    m_password->clear();
    m_isRevoked = false;
    const auto hidden = std::exchange(m_hidden, {});
    for (const QPointer<QWidget> &window : hidden) {
        if (window)
            window->show();
    }
    hide();
}

void LockCover::askForAnother()
{
    m_login->setVisible(true);
    m_login->clear();
    m_other->setVisible(false);
    m_message->dismiss();
    m_sentence->setText(tr("What is open stays open for whoever signs in. Work not yet sent by the person before waits for that person."));
    m_login->setFocus();
}

void LockCover::ask()
{
    const QString login = m_login->text().trimmed();
    if (login.isEmpty() || m_password->text().isEmpty()) {
        m_message->say(Tone::Danger, login.isEmpty() ? tr("Enter your account.") : tr("Enter your password."));
        (login.isEmpty() ? m_login : m_password)->setFocus();
        return;
    }
    setBusy(true);
    Q_EMIT entryRequested(login, m_password->text());
}

void LockCover::showProblem(const QString &message)
{
    setBusy(false);
    m_message->say(Tone::Danger, message);
    m_password->selectAll();
    m_password->setFocus();
}

void LockCover::setBusy(bool busy)
{
    m_login->setReadOnly(busy);
    m_password->setReadOnly(busy);
    m_enter->setEnabled(!busy);
    m_other->setEnabled(!busy);
    m_enter->setText(busy ? tr("Checking…") : m_isRevoked ? tr("Sign in") : tr("Unlock"));
    if (m_provider->state() == ProviderWidget::State::Waiting)
        m_provider->setState(ProviderWidget::State::Offered);
}

void LockCover::offerProvider(bool isThere)
{
    if (m_provider->state() != ProviderWidget::State::Waiting)
        m_provider->setState(isThere ? ProviderWidget::State::Offered : ProviderWidget::State::Hidden);
}

void LockCover::waitForProvider()
{
    setBusy(true);
    m_enter->setText(m_isRevoked ? tr("Sign in") : tr("Unlock"));
    m_message->dismiss();
    m_provider->setState(ProviderWidget::State::Waiting);
}

void LockCover::setTakesPin(bool takesPin)
{
    m_takesPin = takesPin;
    const QString name = takesPin ? tr("PIN or password") : tr("Password");
    m_password->setAccessibleName(name);
    m_password->setPlaceholderText(name);
}

void LockCover::closeEvent(QCloseEvent *event)
{
    QWidget::closeEvent(event);
    Q_EMIT closed();
}

} // namespace ioc
