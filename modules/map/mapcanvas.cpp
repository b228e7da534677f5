// SPDX-License-Identifier: GPL-3.0-or-later
#include <map/mapcanvas.h>

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QQmlComponent>
#include <QQmlEngine>
#include <QQuickItem>
#include <QWheelEvent>

#include <cmath>

using namespace Qt::StringLiterals;

namespace ioc {

namespace {

constexpr int zoomTime = 140;
constexpr int flightTime = 260;
constexpr double keyStep = 96; // pixels

} // namespace

MapCanvas::MapCanvas(MapCamera &camera, QWidget *parent)
    : QQuickWidget(parent)
    , m_camera(camera)
{
    setResizeMode(QQuickWidget::SizeRootObjectToView);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    const QUrl source(u"qrc:/ioc/map/Map.qml"_s);
    auto *component = new QQmlComponent(engine(), source, this);
    auto *root = qobject_cast<QQuickItem *>(component->createWithInitialProperties({{u"camera"_s, QVariant::fromValue<QObject *>(&camera)}}));
    if (!root)
        qFatal("The map's QML is broken: %s", qPrintable(component->errorString()));
    setContent(source, component, root);
    m_flight.setStartValue(0.0);
    m_flight.setEndValue(1.0);
    m_flight.setEasingCurve(QEasingCurve::OutCubic);
    connect(&m_flight, &QVariantAnimation::valueChanged, this, [this](const QVariant &value) { stepFlight(value.toDouble()); });
}

void MapCanvas::startFlight(WorldPoint center, double zoom, int milliseconds)
{
    m_flight.stop();
    m_from = m_camera.place();
    m_fromZoom = m_camera.zoom();
    m_to = center;
    m_toZoom = zoom;
    m_flight.setDuration(milliseconds);
    m_flight.start();
}

void MapCanvas::stepFlight(double progress)
{
    const double zoom = progress >= 1 ? m_toZoom : m_fromZoom + (m_toZoom - m_fromZoom) * progress;
    if (m_anchored)
        m_camera.zoomAround(m_anchor, zoom);
    else
        m_camera.setView({m_from.x + (m_to.x - m_from.x) * progress, m_from.y + (m_to.y - m_from.y) * progress}, zoom);
}

void MapCanvas::flyTo(WorldPoint center, double zoom)
{
    const double target = m_camera.clampedZoom(zoom);
    const QPointF distance = m_camera.toScreen(center) - QPointF(m_camera.viewport().width(), m_camera.viewport().height()) / 2;
    const double span = std::max(m_camera.viewport().width(), m_camera.viewport().height());
    m_anchored = false;
    // A long flight would load tiles that nobody looks at.
    if (!m_flights || distance.manhattanLength() > 2.5 * span || std::abs(target - m_camera.zoom()) > 3) {
        jumpTo(center, target);
        return;
    }
    startFlight(center, target, flightTime);
}

void MapCanvas::jumpTo(WorldPoint center, double zoom)
{
    m_flight.stop();
    m_camera.setView(center, zoom);
}

void MapCanvas::zoomAt(QPointF anchor, double zoom)
{
    const double target = m_camera.clampedZoom(zoom);
    if (!m_flights) {
        m_camera.zoomAround(anchor, target);
        return;
    }
    m_anchor = anchor;
    m_anchored = true;
    startFlight(m_camera.place(), target, zoomTime);
}

void MapCanvas::zoomBy(int levels)
{
    // Whole levels: between them the tiles' lettering is blurred.
    const double from = aimedZoom();
    const double target = levels > 0 ? std::floor(from + 1e-6) + levels : std::ceil(from - 1e-6) + levels;
    zoomAt(QPointF(width(), height()) / 2, target);
}

void MapCanvas::mousePressEvent(QMouseEvent *event)
{
    setFocus(Qt::MouseFocusReason);
    if (event->button() != Qt::LeftButton)
        return;
    m_pressed = m_last = event->position();
    m_dragging = false;
    event->accept();
}

void MapCanvas::mouseMoveEvent(QMouseEvent *event)
{
    Q_EMIT hovered(event->position());
    if (!(event->buttons() & Qt::LeftButton))
        return;
    if (!m_dragging && (event->position() - m_pressed).manhattanLength() < QApplication::startDragDistance())
        return;
    if (!m_dragging) {
        m_dragging = true;
        m_flight.stop();
        setCursor(Qt::ClosedHandCursor);
    }
    m_camera.pan(event->position() - m_last);
    m_last = event->position();
}

void MapCanvas::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    unsetCursor();
    if (!std::exchange(m_dragging, false))
        Q_EMIT clicked(event->position());
}

void MapCanvas::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        zoomAt(event->position(), std::floor(aimedZoom() + 1e-6) + 1);
}

void MapCanvas::wheelEvent(QWheelEvent *event)
{
    m_wheel += event->angleDelta().y();
    const int notches = m_wheel / 120;
    m_wheel -= notches * 120;
    if (notches != 0)
        zoomAt(event->position(), std::round(aimedZoom()) + notches);
    event->accept();
}

void MapCanvas::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Left: m_camera.pan({keyStep, 0}); break;
    case Qt::Key_Right: m_camera.pan({-keyStep, 0}); break;
    case Qt::Key_Up: m_camera.pan({0, keyStep}); break;
    case Qt::Key_Down: m_camera.pan({0, -keyStep}); break;
    case Qt::Key_Plus:
    case Qt::Key_Equal: zoomBy(1); break;
    case Qt::Key_Minus:
    case Qt::Key_Underscore: zoomBy(-1); break;
    case Qt::Key_Home: Q_EMIT homeRequested(); break;
    default: event->ignore(); return;
    }
    event->accept();
}

void MapCanvas::leaveEvent(QEvent *event)
{
    Q_EMIT hoverEnded();
    QQuickWidget::leaveEvent(event);
}

void MapCanvas::resizeEvent(QResizeEvent *event)
{
    m_camera.setViewport(event->size());
    QQuickWidget::resizeEvent(event);
}

} // namespace ioc
