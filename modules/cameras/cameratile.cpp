// SPDX-License-Identifier: GPL-3.0-or-later
#include "cameratile.h"

#include "cameraaddress.h"
#include "cameratext.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace ioc {

namespace {

constexpr int padding = 6;
constexpr int dot = 9;

/// Tool tips guess whether their text is markup; names come from outside and must not be.
QString plainToolTip(const QStringList &lines) { return u"<qt>"_s + lines.join(u'\n').toHtmlEscaped().replace(u'\n', u"<br/>"_s) + u"</qt>"_s; }

} // namespace

CameraTile::CameraTile(const CameraInfo &camera, const Clock &clock, const CameraTiming &timing, QWidget *parent)
    : QWidget(parent), m_camera(camera), m_stream(clock, timing)
{
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    m_countdown.setInterval(1000);
    connect(&m_countdown, &QTimer::timeout, this, [this] { update(pictureRoom()); });
    connect(&m_stream, &CameraStream::stateChanged, this, &CameraTile::streamChanged);
    connect(&m_stream, &CameraStream::pictureReady, this, &CameraTile::pictureReady);
    m_stream.setUrl(camera.url);
    describe();
}

void CameraTile::setCamera(const CameraInfo &camera)
{
    m_camera = camera;
    m_stream.setUrl(camera.url);
    describe();
    update();
}

void CameraTile::setColors(const CameraColors &colors)
{
    m_colors = colors;
    update();
}

void CameraTile::setHighlighted(bool on)
{
    if (std::exchange(m_highlighted, on) != on)
        update();
}

void CameraTile::refresh()
{
    const QSize before = m_picture.size();
    if (!m_stream.takePicture(m_picture))
        return;
    m_taken = true;
    m_picture.setDevicePixelRatio(devicePixelRatioF());
    if (m_painted && before == m_picture.size())
        update(pictureRect()); // the caption and the margins stay as they are
    else
        update(pictureRoom());
}

int CameraTile::captionHeight() const { return fontMetrics().height() + padding; }

QRect CameraTile::pictureRoom() const { return rect().adjusted(0, 0, 0, -captionHeight()); }

QRect CameraTile::pictureRect() const
{
    if (m_picture.isNull())
        return {};
    QRect target(QPoint(0, 0), m_picture.deviceIndependentSize().toSize().boundedTo(pictureRoom().size()));
    target.moveCenter(pictureRoom().center());
    return target;
}

QSize CameraTile::sizeHint() const { return {320, 180 + captionHeight()}; }
QSize CameraTile::minimumSizeHint() const { return {96, 54 + captionHeight()}; }

QColor CameraTile::stateColor() const
{
    switch (m_stream.state()) {
    case CameraState::Live: return m_colors.live;
    case CameraState::Connecting:
    case CameraState::Stalled: return m_colors.waiting;
    case CameraState::Retrying: return m_colors.failed;
    case CameraState::Idle:
    case CameraState::Paused: break;
    }
    return m_colors.off;
}

QString CameraTile::message() const
{
    switch (m_stream.state()) {
    case CameraState::Retrying:
        return cameraFaultText(m_stream.fault()) + u'\n' + tr("Next try in %n s.", nullptr, m_stream.secondsToRetry());
    case CameraState::Stalled: return tr("No new picture for a while.");
    case CameraState::Connecting:
        if (m_stream.fault() != CameraFault::None)
            return cameraFaultText(m_stream.fault()) + u'\n' + tr("Connecting…");
        return m_painted ? QString() : tr("Connecting…");
    case CameraState::Idle:
    case CameraState::Paused:
    case CameraState::Live: break;
    }
    return {};
}

void CameraTile::paintEvent(QPaintEvent *event)
{
    QPainter painter(this);
    if (event->rect().intersects(pictureRoom())) {
        paintPicture(painter);
        paintMessage(painter);
    }
    if (event->rect().bottom() > pictureRoom().bottom())
        paintCaption(painter);
}

void CameraTile::paintPicture(QPainter &painter)
{
    const QRect target = pictureRect();
    // After a resize pictures of the old size still come for a moment: they are fitted, not cut.
    const bool fits = !target.isEmpty() && target.size() == m_picture.deviceIndependentSize().toSize();
    QRegion rest(pictureRoom());
    if (fits) {
        painter.drawImage(target.topLeft(), m_picture);
        rest -= target;
    } else if (!target.isEmpty()) {
        QRect fitted(QPoint(0, 0), m_picture.size().scaled(pictureRoom().size(), Qt::KeepAspectRatio));
        fitted.moveCenter(pictureRoom().center());
        painter.drawImage(fitted, m_picture);
        rest -= fitted;
    }
    for (const QRect &part : rest)
        painter.fillRect(part, m_colors.picture);
    m_painted = m_painted || !target.isEmpty();
    if (m_taken && !std::exchange(m_current, true))
        QMetaObject::invokeMethod(this, &CameraTile::statusChanged, Qt::QueuedConnection);
}

void CameraTile::paintMessage(QPainter &painter)
{
    const QString text = message();
    if (text.isEmpty())
        return;
    const QRect room = pictureRoom();
    QColor veil = m_colors.picture;
    veil.setAlpha(m_painted ? 190 : 255);
    painter.fillRect(room, veil);
    painter.setPen(m_colors.pictureText);
    const QRect inner = room.adjusted(padding, padding, -padding, -padding);
    constexpr int flags = Qt::AlignCenter | Qt::TextWordWrap;
    QFont font = painter.font();
    int pixels = QFontInfo(font).pixelSize();
    while (pixels > 9 && !inner.contains(QFontMetrics(font).boundingRect(inner, flags, text)))
        font.setPixelSize(--pixels);
    painter.setFont(font);
    painter.drawText(inner, flags, text);
}

void CameraTile::paintCaption(QPainter &painter)
{
    const QRect strip(0, height() - captionHeight(), width(), captionHeight());
    const bool marked = m_highlighted || hasFocus();
    painter.fillRect(strip, m_highlighted ? palette().highlight() : palette().window());
    if (hasFocus()) {
        painter.setPen(QPen(palette().highlight().color(), 2));
        painter.drawRect(strip.adjusted(1, 1, -1, -1));
    }
    const QColor text = m_highlighted ? palette().highlightedText().color() : palette().windowText().color();
    QString state = cameraStateText(m_stream.state());
    int stateWidth = fontMetrics().horizontalAdvance(state);
    const int needed = fontMetrics().horizontalAdvance(m_camera.name) + stateWidth + 5 * padding + dot;
    if (m_stream.state() == CameraState::Live && needed > width()) { // what is well is told by the dot alone; the name wants the room
        state.clear();
        stateWidth = -padding;
    }
    const QRect stateRect(strip.right() - padding - stateWidth, strip.top(), stateWidth + 1, strip.height());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(marked ? QPen(text, 1) : QPen(Qt::NoPen));
    painter.setBrush(stateColor());
    painter.drawEllipse(QRect(stateRect.left() - padding - dot, strip.center().y() - dot / 2, dot, dot));
    painter.setPen(text);
    painter.drawText(stateRect, Qt::AlignVCenter | Qt::AlignRight, state);
    const QRect nameRect(padding, strip.top(), stateRect.left() - 3 * padding - dot, strip.height());
    painter.drawText(nameRect, Qt::AlignVCenter | Qt::AlignLeft, fontMetrics().elidedText(m_camera.name, Qt::ElideRight, nameRect.width()));
}

void CameraTile::resizeEvent(QResizeEvent *) { m_stream.setBox((QSizeF(pictureRoom().size()) * devicePixelRatioF()).toSize()); }

void CameraTile::showEvent(QShowEvent *)
{
    m_stream.setBox((QSizeF(pictureRoom().size()) * devicePixelRatioF()).toSize());
    m_stream.setVisible(true);
}

void CameraTile::hideEvent(QHideEvent *) { m_stream.setVisible(false); }

void CameraTile::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange)
        resizeEvent(nullptr);
    if (event->type() == QEvent::LanguageChange)
        describe();
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::LanguageChange || event->type() == QEvent::FontChange)
        update();
    QWidget::changeEvent(event);
}

void CameraTile::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        Q_EMIT enlargeRequested(m_camera.id);
    else
        QWidget::keyPressEvent(event);
}

void CameraTile::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        Q_EMIT enlargeRequested(m_camera.id);
}

void CameraTile::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(m_enlarged ? tr("Back to the wall") : tr("Enlarge"), this, [this] { Q_EMIT enlargeRequested(m_camera.id); });
    QAction *still = menu->addAction(tr("Take still image"), this, [this] { Q_EMIT stillRequested(m_camera.id); });
    still->setEnabled(m_stream.state() == CameraState::Live);
    menu->addSeparator();
    menu->addAction(tr("Reconnect"), this, [this] { m_stream.reconnect(); });
    menu->popup(event->reason() == QContextMenuEvent::Keyboard ? mapToGlobal(pictureRoom().center()) : event->globalPos());
}

void CameraTile::focusInEvent(QFocusEvent *) { update(); }
void CameraTile::focusOutEvent(QFocusEvent *) { update(); }

void CameraTile::streamChanged()
{
    if (m_stream.state() == CameraState::Retrying)
        m_countdown.start();
    else
        m_countdown.stop();
    if (m_stream.state() != CameraState::Live && m_stream.state() != CameraState::Stalled)
        m_taken = m_current = false;
    describe();
    update();
    Q_EMIT statusChanged();
}

void CameraTile::describe()
{
    const QString state = cameraStateText(m_stream.state());
    QStringList lines{m_camera.name, shownCameraAddress(m_camera.url), state};
    if (m_stream.fault() != CameraFault::None)
        lines << cameraFaultText(m_stream.fault()) << cameraFaultAdvice(m_stream.fault());
    setToolTip(plainToolTip(lines));
    setAccessibleName(tr("Camera %1").arg(m_camera.name));
    setAccessibleDescription(m_stream.fault() == CameraFault::None ? state : state + u". "_s + cameraFaultText(m_stream.fault()));
}

} // namespace ioc
