// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cameras/cameratile.h>

#include <QHash>
#include <QSet>

class QActionGroup;
class QLabel;
class QToolButton;

namespace ioc {

class ElidedLabel;

/// What a wall shows at this moment.
struct CameraWallStatus
{
    int total = 0;       ///< cameras the wall was given
    int visible = 0;     ///< tiles on screen
    int connecting = 0;
    int live = 0;
    int stalled = 0;
    int retrying = 0;
    int framesShown = 0; ///< tiles on screen whose live picture has been painted

    /// Every tile on screen shows a live picture.
    [[nodiscard]] bool complete() const { return visible > 0 && framesShown == visible; }
    friend bool operator==(const CameraWallStatus &, const CameraWallStatus &) = default;
};

/// A wall of cameras, 1 to 16 at a time, that fills its area whatever its shape. Only what is on screen is connected and
/// decoded; further cameras are on further pages. Enter or a double click enlarges one, Esc goes back; arrows move
/// between tiles, Page Up and Page Down between pages.
class CameraWallWidget final : public QWidget
{
    Q_OBJECT

public:
    /// Tiles on one page that can be chosen.
    static constexpr std::array<int, 6> pageSizes{1, 4, 6, 9, 12, 16};

    /// \a clock must outlive the wall.
    explicit CameraWallWidget(const Clock &clock, QWidget *parent = nullptr, const CameraTiming &timing = {});
    ~CameraWallWidget() override;

    /// Shows \a cameras (ids differ) in this order. Those already on screen with the same address stay connected.
    void setCameras(const QList<CameraInfo> &cameras);
    /// Brings the cameras \a ids to the front, in that order, and marks them. An empty list restores the own order.
    void showNearest(const QList<Id> &ids);
    /// At most \a count tiles on a page; the nearest of pageSizes at or above it is taken.
    void setPageSize(int count);
    [[nodiscard]] int pageSize() const { return m_pageSize; }
    void setPage(int page);
    [[nodiscard]] int page() const { return m_page; }
    [[nodiscard]] int pageCount() const;
    /// Shows only \a camera; a null id goes back to the wall. Unknown ids are ignored.
    void enlarge(const Id &camera);
    [[nodiscard]] Id enlarged() const { return m_enlarged; }
    void setColors(const CameraColors &colors);
    /// Whether the bar with page size, state and pages is shown (it is by default).
    void setBarVisible(bool visible);

    [[nodiscard]] CameraWallStatus status() const { return m_status; }
    /// The tile of \a camera when it is on screen, else null.
    [[nodiscard]] CameraTile *tile(const Id &camera) const;
    /// The newest picture of \a camera in full resolution. NotFound: not on screen; Busy: not live.
    [[nodiscard]] QFuture<Result<QImage>> still(const Id &camera) const;

    [[nodiscard]] QSize sizeHint() const override { return {640, 420}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {240, 160}; }

Q_SIGNALS:
    void statusChanged(const ioc::CameraWallStatus &status);
    /// The user asked for a still image of \a camera, and this is it (full resolution).
    void stillTaken(const ioc::Id &camera, const QImage &image);
    /// The user asked for a still image and there is none.
    void stillFailed(const ioc::Id &camera, const ioc::Error &error);
    /// A camera was enlarged, or (null) the wall came back.
    void enlargedChanged(const ioc::Id &camera);
    /// The user chose another page size.
    void pageSizeChanged(int count);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    void buildBar();
    void retranslate();
    void updateBar();
    void reorder();
    void showPage();
    void arrange();
    CameraTile *makeTile(const CameraInfo &camera);
    [[nodiscard]] QList<Id> pageIds() const;
    [[nodiscard]] QRect stage() const;
    void moveFocus(Qt::Key key);
    void toggleEnlarged(const Id &camera);
    void takeStill(const Id &camera);
    void updateStatus();
    void refreshTiles();

    const Clock &m_clock;
    CameraTiming m_timing;
    CameraColors m_colors;
    QHash<Id, CameraInfo> m_cameras;
    QList<Id> m_own;   ///< order as given
    QList<Id> m_order; ///< order as shown
    QSet<Id> m_nearest;
    QList<Id> m_nearestOrder;
    QList<CameraTile *> m_tiles; ///< of the page, in order
    QTimer m_refresh;
    int m_pageSize = 9;
    int m_page = 0;
    Id m_enlarged;
    CameraWallStatus m_status;

    QWidget *m_bar = nullptr;
    QToolButton *m_sizeButton = nullptr;
    QActionGroup *m_sizes = nullptr;
    QToolButton *m_backButton = nullptr;
    ElidedLabel *m_statusLabel = nullptr;
    QToolButton *m_previous = nullptr;
    QLabel *m_pageLabel = nullptr;
    QToolButton *m_next = nullptr;
};

} // namespace ioc
