// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/desktopworkspace.h>
#include <desktop/mainwindow.h>

#include <situation/camerapane.h>
#include <situation/mappane.h>

namespace ioc {

void DesktopWorkspace::selectRecord(const QString &type, const Id &record)
{
    if (m_window)
        m_window->selectRecord(type, record);
    Q_EMIT recordSelected(type, record);
}

void DesktopWorkspace::focusPlace(double latitude, double longitude, double zoom)
{
    if (m_window)
        m_window->mapPane().map().flyTo(QGeoCoordinate(latitude, longitude), zoom > 0 ? zoom : m_window->mapPane().map().zoom());
}

void DesktopWorkspace::showCameras(const QList<Id> &cameras, bool enlarge)
{
    if (m_window)
        m_window->cameraPane().showCameras(cameras, enlarge);
}

void DesktopWorkspace::showRecords(const Query &query, const QString &title)
{
    if (m_window)
        m_window->showRecords(query, title);
}

void DesktopWorkspace::editRecord(const QString &type, const Id &record, const Values &values)
{
    if (m_window)
        m_window->editRecord(type, record, values);
}

void DesktopWorkspace::tell(const QString &message, const QString &actionText, const std::function<void()> &action)
{
    if (m_window)
        m_window->tell(message, actionText, action);
}

} // namespace ioc
