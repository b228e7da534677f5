// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cameras/camerawallwidget.h>
#include <ui/uicontext.h>

#include <QTimer>
#include <QWidget>

class QStackedWidget;

namespace ioc {

class EmptyStateWidget;

/// The camera wall of the operations screen, fed by the camera records in use.
class CameraPane : public QWidget
{
    Q_OBJECT

public:
    CameraPane(UiContext &context, QWidget *parent = nullptr);

    [[nodiscard]] CameraWallWidget &wall() { return *m_wall; }
    void showCameras(const QList<Id> &cameras, bool enlarge);
    /// Marks and brings forward the cameras nearest to a point in degrees.
    void showNearest(double latitude, double longitude);
    [[nodiscard]] QString cameraName(const Id &camera) const { return m_names.value(camera); }
    [[nodiscard]] bool isRead() const { return m_read; }

private:
    void read();
    void restyle();

    UiContext &m_context;
    CameraWallWidget *m_wall;
    EmptyStateWidget *m_empty;
    QStackedWidget *m_stack;
    QTimer m_again;
    QHash<Id, QString> m_names;
    bool m_read = false;
};

} // namespace ioc
