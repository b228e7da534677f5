// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/statusline.h>

#include <ui/statuschip.h>

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>

#include <cmath>

namespace ioc {

StatusLine::StatusLine(UiContext &context, QWidget *parent)
    : QWidget(parent), m_context(context), m_chip(new StatusChip(context.theme, this)), m_lastSync(new QLabel(this)), m_progress(new QProgressBar(this)), m_progressText(new QLabel(this)), m_user(new QLabel(this)),
      m_time(new QLabel(this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 2, 8, 2);
    layout->setSpacing(10);
    layout->addWidget(m_chip);
    m_lastSync->setProperty("role", QStringLiteral("muted"));
    layout->addWidget(m_lastSync);
    m_progress->setObjectName(QStringLiteral("snapshotProgress"));
    m_progress->setTextVisible(false);
    m_progress->setFixedSize(140, 10);
    m_progress->setAccessibleName(tr("Progress of fetching the records"));
    m_progressText->setObjectName(QStringLiteral("snapshotText"));
    m_progressText->setTextFormat(Qt::PlainText);
    layout->addWidget(m_progress);
    layout->addWidget(m_progressText);
    layout->addStretch(1);
    m_outbox = addCounter(QStringLiteral("outbox"), 0);
    m_conflicts = addCounter(QStringLiteral("conflict"), 1);
    m_quarantine = addCounter(QStringLiteral("quarantine"), 2);
    for (QToolButton *counter : {m_outbox, m_conflicts, m_quarantine})
        layout->addWidget(counter);
    m_user->setTextFormat(Qt::PlainText);
    layout->addWidget(m_user);
    layout->addWidget(m_time);
    connect(&context.store, &LocalStore::statusChanged, this, &StatusLine::showStore);
    m_tick.setInterval(1000);
    connect(&m_tick, &QTimer::timeout, this, &StatusLine::showTime);
    m_tick.start();
    showStore(context.store.status());
    showConnection();
    showTime();
}

QToolButton *StatusLine::addCounter(const QString &icon, int tab)
{
    auto *button = new QToolButton(this);
    button->setIcon(m_context.theme.icon(icon, Tone::Muted));
    button->setIconSize(QSize(16, 16));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setFocusPolicy(Qt::TabFocus);
    connect(button, &QToolButton::clicked, this, [this, tab] { Q_EMIT listRequested(tab); });
    return button;
}

void StatusLine::setConnection(const ConnectionState &state)
{
    m_connection = state;
    showConnection();
}

void StatusLine::showConnection()
{
    switch (m_connection.kind) {
    case ConnectionState::Kind::SignedOut: m_chip->setStatus(Tone::Warning, tr("Signed out"), QStringLiteral("offline")); break;
    case ConnectionState::Kind::Offline: m_chip->setStatus(Tone::Warning, tr("Offline: work goes on"), QStringLiteral("offline")); break;
    case ConnectionState::Kind::Connecting: m_chip->setStatus(Tone::Info, tr("Connecting…"), QStringLiteral("sync")); break;
    case ConnectionState::Kind::Syncing: m_chip->setStatus(Tone::Info, tr("Synchronising…"), QStringLiteral("sync")); break;
    case ConnectionState::Kind::Online: m_chip->setStatus(Tone::Good, tr("Connected"), QStringLiteral("online")); break;
    }
    m_chip->setToolTip(m_connection.reason.toHtmlEscaped());
    m_lastSync->setText(m_connection.lastSyncMs > 0 ? tr("Last sync: %1").arg(m_context.format.relative(m_connection.lastSyncMs, m_context.clock.nowMs()))
                                                    : m_connection.reason);
    showSnapshot();
}

void StatusLine::showSnapshot()
{
    const bool underWay = m_connection.snapshot.has_value();
    m_lastSync->setVisible(!underWay);
    m_progress->setVisible(underWay);
    m_progressText->setVisible(underWay);
    if (!underWay)
        return;
    const SnapshotProgress &progress = *m_connection.snapshot;
    constexpr int steps = 1000;
    m_progress->setRange(0, progress.total > 0 ? steps : 0); // 0: busy, without figures
    if (progress.total > 0)
        m_progress->setValue(static_cast<int>(std::min(progress.done, progress.total) * steps / progress.total));
    m_progressText->setText(snapshotText(progress));
}

QString StatusLine::snapshotText(const SnapshotProgress &progress) const
{
    const QString percent = m_context.format.percent(progress.total > 0 ? std::floor(100.0 * double(std::min(progress.done, progress.total)) / double(progress.total)) / 100 : 0, 0);
    const auto size = [this](qint64 bytes) { return m_context.format.locale().formattedDataSize(bytes, 1, QLocale::DataSizeTraditionalFormat); };
    QString text;
    switch (progress.phase) {
    case SnapshotProgress::Phase::Building: text = tr("Central prepares the records: %1").arg(percent); break;
    case SnapshotProgress::Phase::Fetching: text = tr("Fetching the records: %1 (%2 of %3)").arg(percent, size(progress.done), size(progress.total)); break;
    case SnapshotProgress::Phase::Unpacking: text = tr("Unpacking the records: %1").arg(percent); break;
    case SnapshotProgress::Phase::Adopting: return tr("Taking the records in…");
    }
    return progress.secondsLeft < 0 ? text : tr("%1, %2 left").arg(text, m_context.format.duration(progress.secondsLeft * 1000LL));
}

void StatusLine::showStore(const StoreStatus &status)
{
    const auto show = [this](QToolButton *button, qint64 count, const QString &label, const QString &icon, Tone tone) {
        button->setText(QStringLiteral("%1: %2").arg(label, m_context.format.number(double(count))));
        button->setIcon(m_context.theme.icon(icon, count > 0 ? tone : Tone::Muted));
    };
    show(m_outbox, status.outbox, tr("Outbox"), QStringLiteral("outbox"), Tone::Info);
    show(m_conflicts, status.conflicts, tr("Conflicts"), QStringLiteral("conflict"), Tone::Warning);
    show(m_quarantine, status.quarantine, tr("Quarantine"), QStringLiteral("quarantine"), Tone::Danger);
}

void StatusLine::setUser(const QString &displayName, const QString &unit)
{
    m_user->setText(unit.isEmpty() ? displayName : QStringLiteral("%1 · %2").arg(displayName, unit));
}

void StatusLine::showTime()
{
    const qint64 now = m_context.clock.nowMs();
    m_time->setText(QStringLiteral("%1 %2").arg(m_context.format.time(now), m_context.format.date(now)));
    if (m_connection.lastSyncMs > 0)
        showConnection();
}

} // namespace ioc
