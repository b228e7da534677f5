// SPDX-License-Identifier: GPL-3.0-or-later
#include <charts/chartcanvas.h>

#include <QChart>
#include <QGraphicsLayout>
#include <QGraphicsScene>
#include <QKeyEvent>
#include <QLegend>
#include <QMouseEvent>
#include <QPainter>
#include <QValueAxis>

namespace ioc {

ChartCanvas::ChartCanvas(const Theme &theme, const Format &format, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_format(format), m_scene(std::make_unique<QGraphicsScene>()),
      m_chart(new QChart), m_xAxis(new QValueAxis), m_yAxis(new QValueAxis), m_tooltip(new ChartTooltip(theme, this))
{
    m_scene->setItemIndexMethod(QGraphicsScene::NoIndex);
    m_scene->addItem(m_chart);
    m_chart->setAnimationOptions(QChart::NoAnimation);
    m_chart->setBackgroundVisible(false);
    m_chart->setMargins({});
    m_chart->layout()->setContentsMargins(0, 0, 0, 0);
    m_chart->legend()->hide();
    m_chart->addAxis(m_xAxis, Qt::AlignBottom);
    m_chart->addAxis(m_yAxis, Qt::AlignLeft);
    m_xAxis->hide();
    m_yAxis->hide();
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    connect(&m_theme, &Theme::changed, this, &ChartCanvas::markOld);
}

ChartCanvas::~ChartCanvas() = default;

void ChartCanvas::setEmptyText(const QString &text)
{
    m_emptyText = text;
    update();
}

ChartStatus ChartCanvas::status() const
{
    ChartStatus status = counted();
    status.rendered = !m_old && !m_picture.isNull();
    return status;
}

void ChartCanvas::setCurrent(int slot)
{
    if (slot == m_current)
        return;
    m_current = slot >= 0 && slot < slotCount() ? slot : -1;
    if (m_current < 0)
        m_tooltip->hide();
    else
        showTooltip();
    update();
}

void ChartCanvas::showTooltip()
{
    if (m_current < 0 || !isVisible() || m_old)
        return;
    const QString title = slotTitle(m_current);
    const QList<ChartTooltip::Row> rows = slotRows(m_current);
    QStringList spoken{title};
    for (const ChartTooltip::Row &row : rows)
        spoken << row.name + u' ' + row.value;
    setAccessibleDescription(spoken.join(u", "));
    const QRectF slot = slotRect(m_current);
    m_tooltip->showAt(mapToGlobal(QPointF(slot.right(), slot.center().y())).toPoint(), title, rows);
}

void ChartCanvas::markOld()
{
    m_old = true;
    if (m_current >= slotCount())
        clearHighlight();
    update();
}

void ChartCanvas::addSeries(QAbstractSeries *series)
{
    m_chart->addSeries(series);
    series->attachAxis(m_xAxis);
    series->attachAxis(m_yAxis);
}

void ChartCanvas::clearHighlight()
{
    m_current = -1;
    m_tooltip->hide();
    update();
}

void ChartCanvas::draw()
{
    const qreal scale = devicePixelRatioF();
    emptySeries();
    m_chart->resize(size());
    m_plot = arrange();
    if (m_chart->plotArea() != m_plot)
        m_chart->setPlotArea(m_plot);
    fillSeries();
    if (m_picture.size() != (QSizeF(size()) * scale).toSize())
        m_picture = QPixmap((QSizeF(size()) * scale).toSize());
    m_picture.setDevicePixelRatio(scale);
    m_picture.fill(Qt::transparent);
    QPainter painter(&m_picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(m_theme.font(FontRole::Small));
    paintAxes(painter);
    m_scene->render(&painter, rect(), rect());
    m_old = false;
}

void ChartCanvas::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    if (counted().points == 0) {
        m_old = false;
        m_picture = {};
        painter.setPen(m_theme.colour(Surface::MutedText));
        painter.drawText(rect().adjusted(16, 8, -16, -8), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
        return;
    }
    if (m_old || m_picture.devicePixelRatio() != devicePixelRatioF())
        draw();
    painter.drawPixmap(0, 0, m_picture);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_current >= 0)
        paintHighlight(painter);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(m_theme.colour(Surface::Focus), 2));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 4, 4);
    }
}

bool ChartCanvas::event(QEvent *event)
{
    // Arrow keys move the highlight; without this a surrounding view would take them as shortcuts.
    if (event->type() == QEvent::ShortcutOverride) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == moveKeys().first || key == moveKeys().second || key == Qt::Key_Return || key == Qt::Key_Enter) {
            event->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

void ChartCanvas::resizeEvent(QResizeEvent *)
{
    markOld();
    m_tooltip->hide();
}

void ChartCanvas::mouseMoveEvent(QMouseEvent *event)
{
    const int slot = m_old ? -1 : slotAt(event->position());
    setCurrent(slot);
    setCursor(slot >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void ChartCanvas::mousePressEvent(QMouseEvent *event)
{
    m_pressed = event->button() == Qt::LeftButton && !m_old ? slotAt(event->position()) : -1;
}

void ChartCanvas::mouseReleaseEvent(QMouseEvent *event)
{
    const int slot = m_old ? -1 : slotAt(event->position());
    const bool clicked = event->button() == Qt::LeftButton && slot >= 0 && slot == m_pressed;
    m_pressed = -1;
    const QPointF position = event->position();
    if (clicked)
        activate(slot, &position);
}

void ChartCanvas::leaveEvent(QEvent *)
{
    clearHighlight();
}

void ChartCanvas::keyPressEvent(QKeyEvent *event)
{
    const int last = slotCount() - 1;
    const auto [next, previous] = moveKeys();
    const int key = event->key();
    if (last < 0)
        return QWidget::keyPressEvent(event);
    if (key == next)
        setCurrent(m_current < 0 ? 0 : std::min(m_current + 1, last));
    else if (key == previous)
        setCurrent(m_current < 0 ? last : std::max(m_current - 1, 0));
    else if (key == Qt::Key_Home)
        setCurrent(0);
    else if (key == Qt::Key_End)
        setCurrent(last);
    else if (key == Qt::Key_Escape && m_current >= 0)
        clearHighlight();
    else if ((key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Space) && m_current >= 0)
        activate(m_current, nullptr);
    else if (!handleKey(key))
        QWidget::keyPressEvent(event);
}

void ChartCanvas::focusOutEvent(QFocusEvent *event)
{
    clearHighlight();
    QWidget::focusOutEvent(event);
}

void ChartCanvas::hideEvent(QHideEvent *event)
{
    clearHighlight();
    QWidget::hideEvent(event);
}

} // namespace ioc
