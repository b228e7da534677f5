// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sync/snapshotfetch.h>
#include <ui/uicontext.h>

#include <QTimer>
#include <QWidget>

class QLabel;
class QProgressBar;
class QToolButton;

namespace ioc {

class StatusChip;

/// How the connection to central stands, in words for people.
struct ConnectionState
{
    enum class Kind { SignedOut, Offline, Connecting, Syncing, Online } kind = Kind::Offline;
    QString reason;      ///< why offline
    qint64 lastSyncMs = 0;
    std::optional<SnapshotProgress> snapshot; ///< while all records are fetched in one file
};

/// The foot of the window: connection, last sync, outbox, conflicts, quarantine, user, time.
class StatusLine : public QWidget
{
    Q_OBJECT

public:
    StatusLine(UiContext &context, QWidget *parent = nullptr);

    void setConnection(const ConnectionState &state);
    [[nodiscard]] const ConnectionState &connection() const { return m_connection; }
    void setUser(const QString &displayName, const QString &unit);

Q_SIGNALS:
    /// A figure was clicked; \a tab as in SynchronisationPage::Tab.
    void listRequested(int tab);
    void syncRequested();

private:
    void showConnection();
    void showSnapshot();
    [[nodiscard]] QString snapshotText(const SnapshotProgress &progress) const;
    void showStore(const StoreStatus &status);
    void showTime();
    QToolButton *addCounter(const QString &icon, int tab);

    UiContext &m_context;
    ConnectionState m_connection;
    StatusChip *m_chip;
    QLabel *m_lastSync;
    QProgressBar *m_progress;
    QLabel *m_progressText;
    QToolButton *m_outbox;
    QToolButton *m_conflicts;
    QToolButton *m_quarantine;
    QLabel *m_user;
    QLabel *m_time;
    QTimer m_tick;
};

} // namespace ioc
