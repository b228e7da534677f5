// SPDX-License-Identifier: GPL-3.0-or-later
#include "camerawallwidget.h"

#include "walllayout.h"

#include <ui/elidedlabel.h>

#include <QActionGroup>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QPromise>
#include <QToolButton>
#include <QWheelEvent>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ioc {

namespace {

constexpr int tileSpacing = 3;
constexpr int wallEdge = 6;
/// Pictures of all tiles are painted together, at most so often: one pass over the window instead of sixteen.
constexpr int refreshMs = 45;

QFuture<Result<QImage>> ready(Result<QImage> result)
{
    QPromise<Result<QImage>> promise;
    promise.start();
    promise.addResult(std::move(result));
    promise.finish();
    return promise.future();
}

} // namespace

CameraWallWidget::CameraWallWidget(const Clock &clock, QWidget *parent, const CameraTiming &timing)
    : QWidget(parent), m_clock(clock), m_timing(timing)
{
    setFocusPolicy(Qt::StrongFocus);
    // A window that also holds a QQuickWidget (the map) is composed anew as a whole for whatever changes in it: with
    // sixteen cameras that doubles their cost in software. A native window of its own is painted apart.
    setAttribute(Qt::WA_DontCreateNativeAncestors);
    setAttribute(Qt::WA_NativeWindow);
    m_refresh.setSingleShot(true);
    m_refresh.setInterval(refreshMs);
    connect(&m_refresh, &QTimer::timeout, this, &CameraWallWidget::refreshTiles);
    buildBar();
    retranslate();
    updateBar();
}

CameraWallWidget::~CameraWallWidget()
{
    // All threads are told first: then they end together, not one after the other.
    for (CameraTile *tile : std::as_const(m_tiles)) {
        disconnect(tile, nullptr, this, nullptr);
        tile->stream().stop();
    }
    qDeleteAll(m_tiles);
}

void CameraWallWidget::buildBar()
{
    m_bar = new QWidget(this);
    auto *layout = new QHBoxLayout(m_bar);
    layout->setContentsMargins(2, 2, 2, 2);
    layout->setSpacing(4);
    const auto button = [&] {
        auto *made = new QToolButton(m_bar);
        made->setAutoRaise(true);
        made->setFocusPolicy(Qt::StrongFocus);
        return made;
    };
    m_sizeButton = button();
    m_sizeButton->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(m_sizeButton);
    m_sizes = new QActionGroup(this);
    for (const int size : pageSizes) {
        QAction *action = menu->addAction(QString());
        action->setCheckable(true);
        action->setData(size);
        m_sizes->addAction(action);
    }
    m_sizeButton->setMenu(menu);
    m_backButton = button();
    m_statusLabel = new ElidedLabel({}, m_bar);
    m_statusLabel->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_previous = button();
    m_previous->setArrowType(Qt::LeftArrow);
    m_pageLabel = new QLabel(m_bar);
    m_pageLabel->setTextFormat(Qt::PlainText);
    m_next = button();
    m_next->setArrowType(Qt::RightArrow);
    for (QWidget *widget : {static_cast<QWidget *>(m_backButton), static_cast<QWidget *>(m_sizeButton)})
        layout->addWidget(widget);
    layout->addWidget(m_statusLabel, 1);
    for (QWidget *widget : {static_cast<QWidget *>(m_previous), static_cast<QWidget *>(m_pageLabel), static_cast<QWidget *>(m_next)})
        layout->addWidget(widget);

    connect(m_sizes, &QActionGroup::triggered, this, [this](QAction *action) {
        setPageSize(action->data().toInt());
        Q_EMIT pageSizeChanged(m_pageSize);
    });
    connect(m_backButton, &QToolButton::clicked, this, [this] { enlarge({}); });
    connect(m_previous, &QToolButton::clicked, this, [this] { setPage(m_page - 1); });
    connect(m_next, &QToolButton::clicked, this, [this] { setPage(m_page + 1); });
}

void CameraWallWidget::retranslate()
{
    for (QAction *action : m_sizes->actions())
        action->setText(tr("%n cameras on a page", nullptr, action->data().toInt()));
    m_sizeButton->setToolTip(tr("How many cameras a page shows"));
    m_sizeButton->setAccessibleName(m_sizeButton->toolTip());
    m_backButton->setText(tr("Back to the wall"));
    m_backButton->setToolTip(tr("Back to the wall (Esc)"));
    m_previous->setToolTip(tr("Previous cameras (Page Up)"));
    m_previous->setAccessibleName(m_previous->toolTip());
    m_next->setToolTip(tr("Next cameras (Page Down)"));
    m_next->setAccessibleName(m_next->toolTip());
}

void CameraWallWidget::updateBar()
{
    for (QAction *action : m_sizes->actions())
        action->setChecked(action->data().toInt() == m_pageSize);
    m_sizeButton->setText(tr("%n cameras", nullptr, m_pageSize));
    m_sizeButton->setVisible(m_enlarged.isNull());
    m_backButton->setVisible(!m_enlarged.isNull());
    const bool paged = m_enlarged.isNull() && pageCount() > 1;
    for (QWidget *widget : {static_cast<QWidget *>(m_previous), static_cast<QWidget *>(m_pageLabel), static_cast<QWidget *>(m_next)})
        widget->setVisible(paged);
    m_previous->setEnabled(m_page > 0);
    m_next->setEnabled(m_page + 1 < pageCount());
    const qsizetype first = qsizetype(m_page) * m_pageSize;
    m_pageLabel->setText(tr("%1–%2 of %3").arg(first + 1).arg(std::min<qsizetype>(first + m_pageSize, m_order.size())).arg(m_order.size()));
    QStringList parts{tr("%n live", nullptr, m_status.live)};
    if (m_status.connecting > 0)
        parts << tr("%n connecting", nullptr, m_status.connecting);
    if (m_status.stalled > 0)
        parts << tr("%n stalled", nullptr, m_status.stalled);
    if (m_status.retrying > 0)
        parts << tr("%n retrying", nullptr, m_status.retrying);
    m_statusLabel->setText(parts.join(u" · "_s));
}

void CameraWallWidget::setCameras(const QList<CameraInfo> &cameras)
{
    m_cameras.clear();
    m_own.clear();
    for (const CameraInfo &camera : cameras) {
        m_own.append(camera.id);
        m_cameras.insert(camera.id, camera);
    }
    for (CameraTile *tile : std::as_const(m_tiles)) {
        if (const auto found = m_cameras.constFind(tile->camera().id); found != m_cameras.cend() && *found != tile->camera())
            tile->setCamera(*found);
    }
    reorder();
}

void CameraWallWidget::showNearest(const QList<Id> &ids)
{
    m_nearestOrder = ids;
    m_nearest = QSet<Id>(ids.begin(), ids.end());
    m_page = 0;
    reorder();
}

void CameraWallWidget::reorder()
{
    m_order.clear();
    for (const Id &id : std::as_const(m_nearestOrder)) {
        if (m_cameras.contains(id) && !m_order.contains(id))
            m_order.append(id);
    }
    for (const Id &id : std::as_const(m_own)) {
        if (!m_nearest.contains(id))
            m_order.append(id);
    }
    if (!m_cameras.contains(m_enlarged))
        m_enlarged = {};
    m_page = std::clamp(m_page, 0, pageCount() - 1);
    showPage();
}

void CameraWallWidget::setPageSize(int count)
{
    const auto *size = std::ranges::find_if(pageSizes, [count](int each) { return each >= count; });
    const qsizetype first = qsizetype(m_page) * m_pageSize;
    m_pageSize = size == pageSizes.end() ? pageSizes.back() : *size;
    m_page = int(first / m_pageSize);
    showPage();
}

int CameraWallWidget::pageCount() const { return std::max(1, int((m_order.size() + m_pageSize - 1) / m_pageSize)); }

void CameraWallWidget::setPage(int page)
{
    const int wanted = std::clamp(page, 0, pageCount() - 1);
    if (wanted == m_page)
        return;
    m_page = wanted;
    showPage();
}

void CameraWallWidget::enlarge(const Id &camera)
{
    if (camera == m_enlarged || (!camera.isNull() && !m_cameras.contains(camera)))
        return;
    const Id before = m_enlarged;
    m_enlarged = camera;
    if (const qsizetype index = m_order.indexOf(camera); index >= 0)
        m_page = int(index / m_pageSize);
    showPage();
    if (CameraTile *focused = tile(camera.isNull() ? before : camera))
        focused->setFocus();
    Q_EMIT enlargedChanged(camera);
}

void CameraWallWidget::toggleEnlarged(const Id &camera) { enlarge(m_enlarged.isNull() ? camera : Id()); }

QList<Id> CameraWallWidget::pageIds() const { return m_order.mid(qsizetype(m_page) * m_pageSize, m_pageSize); }

CameraTile *CameraWallWidget::makeTile(const CameraInfo &camera)
{
    auto *tile = new CameraTile(camera, m_clock, m_timing, this);
    tile->setColors(m_colors);
    connect(tile, &CameraTile::enlargeRequested, this, &CameraWallWidget::toggleEnlarged);
    connect(tile, &CameraTile::stillRequested, this, &CameraWallWidget::takeStill);
    connect(tile, &CameraTile::statusChanged, this, &CameraWallWidget::updateStatus);
    connect(tile, &CameraTile::pictureReady, this, [this] {
        if (!m_refresh.isActive())
            m_refresh.start();
    });
    return tile;
}

/// Makes the tiles of the page; those of the page before that stay keep their connection, the others go.
void CameraWallWidget::showPage()
{
    QHash<Id, CameraTile *> kept;
    for (CameraTile *tile : std::exchange(m_tiles, {}))
        kept.insert(tile->camera().id, tile);
    const QList<Id> ids = pageIds();
    for (const Id &id : ids) {
        CameraTile *tile = kept.take(id);
        m_tiles.append(tile ? tile : makeTile(m_cameras[id]));
        m_tiles.last()->setHighlighted(m_nearest.contains(id));
        m_tiles.last()->setEnlarged(id == m_enlarged);
    }
    for (CameraTile *tile : std::as_const(kept)) {
        disconnect(tile, nullptr, this, nullptr);
        tile->stream().stop();
        tile->hide();
        tile->deleteLater(); // perhaps called from one of its own signals
    }
    QWidget *before = m_next;
    for (CameraTile *tile : std::as_const(m_tiles)) {
        setTabOrder(before, tile);
        before = tile;
    }
    arrange();
    updateStatus();
    updateBar();
    update(); // what stood between or instead of tiles
}

QRect CameraWallWidget::stage() const
{
    const int top = m_bar->isVisibleTo(this) ? m_bar->sizeHint().height() : 0;
    return rect().adjusted(wallEdge, top, -wallEdge, -wallEdge);
}

void CameraWallWidget::arrange()
{
    m_bar->setGeometry(0, 0, width(), m_bar->sizeHint().height());
    if (m_tiles.isEmpty())
        return;
    if (CameraTile *alone = m_enlarged.isNull() ? nullptr : tile(m_enlarged)) {
        for (CameraTile *each : std::as_const(m_tiles))
            each->setVisible(each == alone);
        alone->setGeometry(stage());
        return;
    }
    const QList<QRect> cells = wallCells(int(m_tiles.size()), stage(), m_tiles.first()->captionHeight(), tileSpacing);
    for (qsizetype i = 0; i < m_tiles.size(); ++i) {
        m_tiles[i]->setGeometry(cells[i]);
        m_tiles[i]->show();
    }
}

void CameraWallWidget::setColors(const CameraColors &colors)
{
    m_colors = colors;
    for (CameraTile *tile : std::as_const(m_tiles))
        tile->setColors(colors);
}

void CameraWallWidget::setBarVisible(bool visible)
{
    m_bar->setVisible(visible);
    arrange();
}

CameraTile *CameraWallWidget::tile(const Id &camera) const
{
    const auto found = std::ranges::find_if(m_tiles, [&](const CameraTile *tile) { return tile->camera().id == camera; });
    return found == m_tiles.end() ? nullptr : *found;
}

QFuture<Result<QImage>> CameraWallWidget::still(const Id &camera) const
{
    if (const CameraTile *found = tile(camera))
        return found->stream().still();
    return ready(failure(ErrorCode::NotFound, tr("This camera is not on screen. Open it and try again.")));
}

void CameraWallWidget::takeStill(const Id &camera)
{
    still(camera).then(this, [this, camera](const Result<QImage> &image) {
        if (image)
            Q_EMIT stillTaken(camera, *image);
        else
            Q_EMIT stillFailed(camera, image.error());
    });
}

void CameraWallWidget::updateStatus()
{
    CameraWallStatus status;
    status.total = int(m_order.size());
    for (const CameraTile *tile : std::as_const(m_tiles)) {
        if (!tile->isVisibleTo(this))
            continue;
        ++status.visible;
        const CameraState state = tile->stream().state();
        status.connecting += state == CameraState::Connecting ? 1 : 0;
        status.live += state == CameraState::Live ? 1 : 0;
        status.stalled += state == CameraState::Stalled ? 1 : 0;
        status.retrying += state == CameraState::Retrying ? 1 : 0;
        status.framesShown += tile->showsPicture() ? 1 : 0;
    }
    if (std::exchange(m_status, status) == status)
        return;
    updateBar();
    Q_EMIT statusChanged(m_status);
}

void CameraWallWidget::refreshTiles()
{
    for (CameraTile *tile : std::as_const(m_tiles)) {
        if (tile->isVisible())
            tile->refresh();
    }
}

void CameraWallWidget::moveFocus(Qt::Key key)
{
    auto *from = qobject_cast<CameraTile *>(focusWidget());
    if (!from || !m_tiles.contains(from)) {
        if (!m_tiles.isEmpty())
            m_tiles.first()->setFocus();
        return;
    }
    const QPoint step = key == Qt::Key_Left ? QPoint(-1, 0) : key == Qt::Key_Right ? QPoint(1, 0) : key == Qt::Key_Up ? QPoint(0, -1) : QPoint(0, 1);
    const QPoint wanted = from->geometry().center()
                          + QPoint(step.x() * (from->width() + tileSpacing), step.y() * (from->height() + tileSpacing));
    for (CameraTile *tile : std::as_const(m_tiles)) {
        if (tile->isVisible() && tile->geometry().adjusted(-tileSpacing, -tileSpacing, tileSpacing, tileSpacing).contains(wanted))
            return tile->setFocus();
    }
}

void CameraWallWidget::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Escape:
        if (m_enlarged.isNull())
            return QWidget::keyPressEvent(event);
        return enlarge({});
    case Qt::Key_PageUp: return setPage(m_page - 1);
    case Qt::Key_PageDown: return setPage(m_page + 1);
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down: return moveFocus(Qt::Key(event->key()));
    default: QWidget::keyPressEvent(event);
    }
}

void CameraWallWidget::wheelEvent(QWheelEvent *event)
{
    if (!m_enlarged.isNull() || pageCount() < 2 || event->angleDelta().y() == 0)
        return QWidget::wheelEvent(event);
    setPage(m_page + (event->angleDelta().y() < 0 ? 1 : -1));
}

void CameraWallWidget::resizeEvent(QResizeEvent *) { arrange(); }

void CameraWallWidget::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        updateBar();
    }
    if (event->type() == QEvent::FontChange)
        arrange();
    QWidget::changeEvent(event);
}

void CameraWallWidget::paintEvent(QPaintEvent *)
{
    if (!m_tiles.isEmpty())
        return;
    QPainter painter(this);
    painter.setPen(palette().placeholderText().color());
    painter.drawText(stage(), Qt::AlignCenter | Qt::TextWordWrap, tr("No cameras yet. Add cameras in the catalogue and they appear here."));
}

} // namespace ioc
