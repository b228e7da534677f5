// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map/mapcamera.h>

#include <QElapsedTimer>
#include <QQuickWidget>
#include <QVariantAnimation>

namespace ioc {

/// The map's surface: shows the QML component and turns mouse, wheel and keys into movements of the camera.
class MapCanvas : public QQuickWidget
{
    Q_OBJECT

public:
    explicit MapCanvas(MapCamera &camera, QWidget *parent = nullptr);

    /// Goes there in a short flight, or at once when it is far away or flights are off.
    void flyTo(WorldPoint center, double zoom);
    void jumpTo(WorldPoint center, double zoom);
    void zoomBy(int levels);
    /// Without flights every movement is done at once; tests and measurements want that.
    void setFlights(bool on) { m_flights = on; }
    bool isFlying() const { return m_flight.state() == QVariantAnimation::Running; }

Q_SIGNALS:
    void clicked(QPointF position);
    void hovered(QPointF position);
    void hoverEnded();
    void homeRequested();

protected:
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void startFlight(WorldPoint center, double zoom, int milliseconds);
    void stepFlight(double progress);
    void zoomAt(QPointF anchor, double zoom);
    double aimedZoom() const { return isFlying() ? m_toZoom : m_camera.zoom(); }

    MapCamera &m_camera;
    QVariantAnimation m_flight;
    WorldPoint m_from;
    WorldPoint m_to;
    double m_fromZoom = 0;
    double m_toZoom = 0;
    QPointF m_anchor; ///< of a zooming flight, viewport pixels
    bool m_anchored = false;
    bool m_flights = true;
    QPointF m_pressed;
    QPointF m_last;
    bool m_dragging = false;
    int m_wheel = 0;
};

} // namespace ioc
