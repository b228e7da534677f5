// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QObject>
#include <QTimer>

namespace ioc {

class MainWindow;

/// Knows when the operations screen is complete (tiles, points, camera pictures, series, rows all shown), saves a picture
/// of it and beside it what each pane shows.
class ScreenReport : public QObject
{
    Q_OBJECT

public:
    /// \a picture: file to write; its JSON goes beside it.
    ScreenReport(MainWindow &window, const QString &picture, int timeoutMs, QObject *parent = nullptr);
    /// Each pane's rectangle and contents, and what is missing.
    [[nodiscard]] QJsonObject panes() const;
    [[nodiscard]] QStringList missing() const;
    /// What is missing before an operator can work: all but the cameras' pictures.
    [[nodiscard]] QStringList missingForWork() const;

Q_SIGNALS:
    void finished(bool complete);

private:
    void look();
    void noteUsable();
    void save();

    MainWindow &m_window;
    QString m_picture;
    QTimer m_look;
    qint64 m_deadlineMs;
    qint64 m_usableAtMs = 0;   ///< UTC
    qint64 m_restAtMs = 0;     ///< UTC; when all but the map was there
    qint64 m_completeAtMs = 0; ///< UTC, before a complaint was chosen
    qint64 m_residentBytes = 0; ///< then
    bool m_chosen = false;
};

} // namespace ioc
