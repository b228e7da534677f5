// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFutureWatcher>
#include <QTimer>
#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace ioc {

/// Tells how far work has come that takes longer than a second, and stops it.
class WorkBar : public QWidget
{
    Q_OBJECT

public:
    explicit WorkBar(QWidget *parent = nullptr);

    /// Follows \a work until it is done; cancelling stops it.
    void follow(const QFuture<void> &work, const QString &what);
    [[nodiscard]] bool isWorking() const { return m_watcher.isRunning(); }

Q_SIGNALS:
    void finished(bool stopped);

private:
    QLabel *m_what;
    QProgressBar *m_progress;
    QPushButton *m_stop;
    QFutureWatcher<void> m_watcher;
    QTimer m_patience;
};

} // namespace ioc
