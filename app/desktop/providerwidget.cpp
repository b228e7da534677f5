// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/providerwidget.h>

#include <desktop/browsersignin.h>
#include <desktop/entrylook.h>

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace ioc {

namespace {

QLabel *hint(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setProperty("role", QStringLiteral("muted"));
    return label;
}

} // namespace

ProviderWidget::ProviderWidget(QWidget *parent)
    : QWidget(parent), m_enter(new QPushButton(tr("Sign in with the city's account"), this)), m_hint(hint(this)), m_waiting(hint(this)),
      m_again(new QPushButton(tr("Open the browser again"), this)), m_cancel(new QPushButton(tr("Cancel"), this))
{
    m_waiting->setText(tr("Sign in in the browser that has opened, within %n minute(s). This window then goes on by itself.", nullptr, BrowserSignIn::limitMs / 60'000));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    column->addWidget(m_enter);
    column->addWidget(m_hint);
    column->addWidget(m_waiting);
    auto *row = new QHBoxLayout;
    row->setSpacing(10);
    row->addWidget(m_again, 1);
    row->addWidget(m_cancel, 1);
    column->addLayout(row);
    for (QPushButton *button : {m_enter, m_again, m_cancel}) {
        button->setMinimumHeight(entryFieldHeight);
        button->setAutoDefault(false); // Enter is for the password
    }
    connect(m_enter, &QPushButton::clicked, this, &ProviderWidget::requested);
    connect(m_again, &QPushButton::clicked, this, &ProviderWidget::openAgainRequested);
    connect(m_cancel, &QPushButton::clicked, this, &ProviderWidget::cancelled);
    setState(State::Hidden);
}

void ProviderWidget::setState(State state)
{
    m_state = state;
    m_enter->setVisible(state == State::Offered);
    m_hint->setVisible(state == State::Offered && !m_hint->text().isEmpty());
    for (QWidget *each : QList<QWidget *>{m_waiting, m_again, m_cancel})
        each->setVisible(state == State::Waiting);
    setVisible(state != State::Hidden);
}

void ProviderWidget::setHint(const QString &hint)
{
    m_hint->setText(hint);
    setState(m_state);
}

} // namespace ioc
