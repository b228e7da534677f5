// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/id.h>
#include <cameras/camerastream.h>

#include <QColor>
#include <QWidget>

namespace ioc {

/// A camera as the wall knows it. \c url may hold a user and password: it is never shown.
struct CameraInfo
{
    Id id;
    QString name;
    QUrl url;
    friend bool operator==(const CameraInfo &, const CameraInfo &) = default;
};

/// Colours that mean something; all others come from the palette.
struct CameraColors
{
    QColor live = QColor(0x2e, 0xa0, 0x5c);
    QColor waiting = QColor(0xe0, 0x96, 0x14); ///< connecting or stalled
    QColor failed = QColor(0xd9, 0x4a, 0x3f);
    QColor off = QColor(0x8a, 0x93, 0x9c);
    QColor picture = QColor(0x12, 0x17, 0x1c);     ///< behind and beside pictures, in both themes
    QColor pictureText = QColor(0xf0, 0xf3, 0xf5);
};

/// One camera: its picture, and below it a caption with its name and state. Pictures are fetched when refresh() is called.
class CameraTile final : public QWidget
{
    Q_OBJECT

public:
    CameraTile(const CameraInfo &camera, const Clock &clock, const CameraTiming &timing, QWidget *parent);

    [[nodiscard]] const CameraInfo &camera() const { return m_camera; }
    /// Takes a new name or address of the same camera; the connection is kept unless the address changed.
    void setCamera(const CameraInfo &camera);
    void setColors(const CameraColors &colors);
    /// Marks the camera as one that was asked for (near the selected place).
    void setHighlighted(bool on);
    void setEnlarged(bool on) { m_enlarged = on; }

    [[nodiscard]] CameraStream &stream() { return m_stream; }
    [[nodiscard]] const CameraStream &stream() const { return m_stream; }
    /// A picture of this connection has been painted.
    [[nodiscard]] bool showsPicture() const { return m_current && m_stream.state() == CameraState::Live; }
    /// Takes over the newest picture, if a new one waits, and schedules its painting.
    void refresh();
    /// Height of the caption in pixels.
    [[nodiscard]] int captionHeight() const;
    /// Where the picture is painted, in the tile's coordinates; empty before the first one.
    [[nodiscard]] QRect pictureRect() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// Enter or double click, or the menu's entry: enlarge, or back.
    void enlargeRequested(const ioc::Id &camera);
    void stillRequested(const ioc::Id &camera);
    /// The stream's state, or showsPicture(), changed.
    void statusChanged();
    /// A picture waits: call refresh().
    void pictureReady();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void streamChanged();
    void describe();
    void paintPicture(QPainter &painter);
    void paintMessage(QPainter &painter);
    void paintCaption(QPainter &painter);
    [[nodiscard]] QString message() const;
    [[nodiscard]] QColor stateColor() const;
    [[nodiscard]] QRect pictureRoom() const;

    CameraInfo m_camera;
    CameraStream m_stream;
    CameraColors m_colors;
    QTimer m_countdown;
    QImage m_picture;
    bool m_painted = false; ///< some picture is on screen
    bool m_taken = false;   ///< a picture of this connection was fetched …
    bool m_current = false; ///< … and painted
    bool m_highlighted = false;
    bool m_enlarged = false;
};

} // namespace ioc
