// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ui/workspace.h>

namespace ioc {

class MainWindow;

/// Hands what areas ask for to the main window, once there is one.
class DesktopWorkspace final : public Workspace
{
    Q_OBJECT

public:
    using Workspace::Workspace;
    void setWindow(MainWindow *window) { m_window = window; }

    void selectRecord(const QString &type, const Id &record) override;
    void focusPlace(double latitude, double longitude, double zoom) override;
    void showCameras(const QList<Id> &cameras, bool enlarge) override;
    void showRecords(const Query &query, const QString &title) override;
    void editRecord(const QString &type, const Id &record, const Values &values) override;
    void tell(const QString &message, const QString &actionText, const std::function<void()> &action) override;

private:
    MainWindow *m_window = nullptr;
};

} // namespace ioc
