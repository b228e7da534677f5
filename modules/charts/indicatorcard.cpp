// SPDX-License-Identifier: GPL-3.0-or-later
#include <charts/indicatorcard.h>

#include <ui/cardframe.h>

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace ioc {

using namespace Qt::StringLiterals;

namespace {

constexpr int cardSideRoom = 10;
constexpr int cardTopRoom = 9;
constexpr int arrowSide = 12;
constexpr int historyWidth = 64;
constexpr int historyHeight = 26;
constexpr double stillness = 0.0005; ///< changes below are shown as none

} // namespace

IndicatorCard::IndicatorCard(const Theme &theme, const Format &format, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_format(format)
{
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum); // as high as its row
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void IndicatorCard::setFigure(const IndicatorFigure &figure)
{
    m_figure = figure;
    m_state = figure.value ? State::Ready : State::NoData;
    describe();
    updateGeometry();
    update();
}

void IndicatorCard::setLoading()
{
    m_state = State::Loading;
    update();
}

void IndicatorCard::describe()
{
    setAccessibleName(m_figure.label);
    QStringList parts{valueText() + u' ' + m_figure.unit};
    if (!changeText().isEmpty())
        parts << (*m_figure.change < 0 ? tr("down %1").arg(changeText()) : tr("up %1").arg(changeText()));
    setAccessibleDescription(parts.join(u", "));
}

QString IndicatorCard::valueText() const
{
    if (!m_figure.value)
        return QStringLiteral("—");
    const double value = *m_figure.value;
    switch (m_figure.kind) {
    case FigureKind::Number:
        return m_format.number(value, value == std::floor(value) ? 0 : 1);
    case FigureKind::Compact:
        return m_format.compact(value);
    case FigureKind::Percent:
        return m_format.percent(value);
    case FigureKind::Money:
        return m_format.compact(value) + QChar(0x00a0) + QChar(0x20ab);
    }
    return {};
}

QString IndicatorCard::changeText() const
{
    if (!m_figure.change || !m_figure.value)
        return {};
    return m_format.percent(std::abs(*m_figure.change)) + u' ' + m_figure.comparedWith;
}

Tone IndicatorCard::changeTone() const
{
    if (!m_figure.change || m_figure.changeIsNeutral || std::abs(*m_figure.change) < stillness)
        return Tone::Muted;
    return (*m_figure.change > 0) == m_figure.moreIsGood ? Tone::Good : Tone::Danger;
}

QSize IndicatorCard::sizeHint() const
{
    const int width = std::max(neededWidth(), 180);
    return {width, heightForWidth(width)};
}

QSize IndicatorCard::minimumSizeHint() const
{
    const int width = std::max(neededWidth(), 120);
    return {width, heightForWidth(width)};
}

int IndicatorCard::heightForWidth(int width) const
{
    return labelHeight(width - 2 * cardSideRoom) + QFontMetrics(m_theme.font(FontRole::Figure)).height()
           + QFontMetrics(m_theme.font(FontRole::Small)).height() + 2 * cardTopRoom;
}

int IndicatorCard::labelHeight(int room) const
{
    const QFontMetrics metrics(m_theme.font(FontRole::Body));
    return std::max(metrics.height(), metrics.boundingRect(QRect(0, 0, room, 1000), Qt::TextWordWrap, m_figure.label).height());
}

int IndicatorCard::neededWidth() const
{
    // Value and label are never cut; the unit goes below where it has no room, the comparison may be left to the tooltip.
    const QFontMetrics metrics(m_theme.font(FontRole::Body));
    const int value = QFontMetrics(m_theme.font(FontRole::Figure)).horizontalAdvance(valueText());
    int label = 0;
    const QStringList words = m_figure.label.split(u' ');
    for (const QString &word : words)
        label = std::max(label, metrics.horizontalAdvance(word));
    return std::max(value, label + 1) + 2 * cardSideRoom;
}

bool IndicatorCard::hasRoomForUnit(int room) const
{
    const int value = QFontMetrics(m_theme.font(FontRole::Figure)).horizontalAdvance(valueText());
    return value + 6 + QFontMetrics(m_theme.font(FontRole::Body)).horizontalAdvance(m_figure.unit) <= room;
}

void IndicatorCard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    CardFrame::paint(painter, rect(), m_theme, underMouse(), hasFocus());
    if (m_state == State::Loading) {
        paintSkeleton(painter);
        return;
    }
    const QRect room = rect().adjusted(cardSideRoom, cardTopRoom, -cardSideRoom, -cardTopRoom);
    painter.setFont(m_theme.font(FontRole::Body));
    painter.setPen(m_theme.colour(Surface::MutedText));
    painter.drawText(room, Qt::AlignTop | Qt::TextWordWrap, m_figure.label);
    // From the foot up, so that the figures of a row stand on one line whatever their labels need.
    const int below = QFontMetrics(m_theme.font(FontRole::Figure)).height() + QFontMetrics(m_theme.font(FontRole::Small)).height();
    paintFigure(painter, QRect(room.left(), room.bottom() + 1 - below, room.width(), below));
    paintFoot(painter, room);
}

void IndicatorCard::paintFigure(QPainter &painter, const QRect &room) const
{
    painter.setFont(m_theme.font(FontRole::Figure));
    const bool plain = m_figure.tone == Tone::Neutral || m_state == State::NoData;
    painter.setPen(plain ? m_theme.colour(Surface::Text) : m_theme.colour(m_figure.tone));
    const QString value = valueText();
    const QFontMetrics metrics = painter.fontMetrics();
    const int baseline = room.top() + metrics.ascent();
    painter.drawText(room.left(), baseline, value);
    int used = metrics.horizontalAdvance(value);
    if (!m_figure.unit.isEmpty() && hasRoomForUnit(room.width())) {
        painter.setFont(m_theme.font(FontRole::Body));
        painter.setPen(m_theme.colour(Surface::MutedText));
        painter.drawText(room.left() + used + 6, baseline, m_figure.unit);
        used += 6 + painter.fontMetrics().horizontalAdvance(m_figure.unit);
    }
    if (m_figure.history.size() >= 2 && room.width() - used >= historyWidth + 8) {
        paintHistory(painter, QRectF(room.right() - historyWidth, room.top() + (metrics.height() - historyHeight) / 2.0,
                                     historyWidth, historyHeight));
    }
}

void IndicatorCard::paintFoot(QPainter &painter, const QRect &room) const
{
    painter.setFont(m_theme.font(FontRole::Small));
    const QFontMetrics metrics = painter.fontMetrics();
    QRect line(room.left(), room.bottom() - metrics.height() + 1, room.width(), metrics.height());
    if (m_state == State::NoData) {
        painter.setPen(m_theme.colour(Surface::MutedText));
        painter.drawText(line, Qt::TextSingleLine,
                         metrics.elidedText(m_figure.missingReason, Qt::ElideRight, line.width()));
        return;
    }
    if (!m_figure.unit.isEmpty() && !hasRoomForUnit(room.width())) { // stands here instead
        const QString unit = m_figure.unit + QStringLiteral("  ");
        painter.setPen(m_theme.colour(Surface::MutedText));
        painter.drawText(line, Qt::TextSingleLine, unit);
        line.setLeft(line.left() + metrics.horizontalAdvance(unit));
    }
    if (m_figure.change) {
        const bool still = std::abs(*m_figure.change) < stillness;
        const QString icon = still ? QStringLiteral("minus")
                                   : *m_figure.change > 0 ? QStringLiteral("up") : QStringLiteral("down");
        const QColor colour = m_theme.colour(changeTone());
        painter.drawPixmap(line.left(), line.center().y() - arrowSide / 2,
                           m_theme.pixmap(icon, arrowSide, devicePixelRatioF(), colour));
        line.setLeft(line.left() + arrowSide + 3);
        // The figure in its colour, what it is compared with beside it in the quiet one.
        const QString ratio = m_format.percent(std::abs(*m_figure.change)) + u' ';
        painter.setPen(colour);
        painter.drawText(line, Qt::TextSingleLine, ratio);
        line.setLeft(line.left() + metrics.horizontalAdvance(ratio));
        painter.setPen(m_theme.colour(Surface::MutedText));
        // Half a comparison says less than none; the tooltip has it whole.
        if (metrics.horizontalAdvance(m_figure.comparedWith) <= line.width())
            painter.drawText(line, Qt::TextSingleLine, m_figure.comparedWith);
    } else if (m_figure.asOfMs > 0) {
        painter.setPen(m_theme.colour(Surface::MutedText));
        painter.drawText(line, Qt::TextSingleLine, asOfText(line.width()));
    }
}

// The longest that fits; nothing rather than half of it: the tooltip has it whole.
QString IndicatorCard::asOfText(int room) const
{
    const QFontMetrics metrics(m_theme.font(FontRole::Small));
    const QString moment = m_format.dateTime(m_figure.asOfMs);
    for (const QString &text : {tr("as of %1").arg(moment), moment, m_format.date(m_figure.asOfMs)}) {
        if (metrics.horizontalAdvance(text) <= room)
            return text;
    }
    return {};
}

void IndicatorCard::paintHistory(QPainter &painter, const QRectF &room) const
{
    const auto [least, most] = std::minmax_element(m_figure.history.begin(), m_figure.history.end());
    const double low = *least;
    const double span = std::max(*most - *least, 1e-9);
    QPolygonF curve;
    for (qsizetype i = 0; i < m_figure.history.size(); ++i) {
        const double share = (m_figure.history.at(i) - low) / span;
        curve << QPointF(room.left() + room.width() * double(i) / double(m_figure.history.size() - 1),
                         room.bottom() - 2 - share * (room.height() - 4));
    }
    const QColor colour = m_theme.category(0);
    QPolygonF area = curve;
    area << room.bottomRight() << room.bottomLeft();
    QColor soft = colour;
    soft.setAlphaF(0.14f);
    painter.setPen(Qt::NoPen);
    painter.setBrush(soft);
    painter.drawPolygon(area);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colour, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(curve);
    painter.setBrush(colour);
    painter.setPen(Qt::NoPen);
    painter.drawEllipse(curve.constLast(), 2.2, 2.2);
}

void IndicatorCard::paintSkeleton(QPainter &painter) const
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.colour(Surface::Border));
    const int width = this->width() - 2 * cardSideRoom;
    painter.drawRoundedRect(cardSideRoom, cardTopRoom + 4, width * 6 / 10, 10, 3, 3);
    painter.drawRoundedRect(cardSideRoom, height() / 2 - 9, width * 4 / 10, 20, 4, 4);
    painter.drawRoundedRect(cardSideRoom, height() - cardTopRoom - 11, width * 7 / 10, 8, 3, 3);
}

QString IndicatorCard::explanation() const
{
    QStringList lines{m_figure.label};
    QString value = valueText();
    if (!m_figure.unit.isEmpty())
        value += QChar(0x00a0) + m_figure.unit;
    lines << value;
    if (!m_figure.value && !m_figure.missingReason.isEmpty())
        lines << m_figure.missingReason;
    if (!changeText().isEmpty())
        lines << (*m_figure.change < 0 ? QStringLiteral("▼ ") : QStringLiteral("▲ ")) + changeText();
    if (!m_figure.definition.isEmpty())
        lines << m_figure.definition;
    if (m_figure.asOfMs > 0)
        lines << tr("as of %1").arg(m_format.dateTime(m_figure.asOfMs));
    for (QString &line : lines)
        line = line.toHtmlEscaped();
    lines[0] = u"<b>%1</b>"_s.arg(lines.at(0));
    return u"<div style='max-width:340px'>%1</div>"_s.arg(lines.join(u"<br>"));
}

bool IndicatorCard::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const QPoint at = static_cast<QHelpEvent *>(event)->globalPos();
        QToolTip::showText(at, m_state == State::Loading ? QString() : explanation(), this);
        return true;
    }
    return QWidget::event(event);
}

void IndicatorCard::mousePressEvent(QMouseEvent *event)
{
    event->setAccepted(event->button() == Qt::LeftButton);
}

void IndicatorCard::mouseReleaseEvent(QMouseEvent *event)
{
    const bool clicked = event->button() == Qt::LeftButton && rect().contains(event->position().toPoint());
    if (clicked && m_state != State::Loading)
        Q_EMIT activated(m_figure.id);
}

void IndicatorCard::keyPressEvent(QKeyEvent *event)
{
    const int key = event->key();
    const bool opens = key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Space;
    if (opens && m_state != State::Loading)
        Q_EMIT activated(m_figure.id);
    else
        QWidget::keyPressEvent(event);
}

} // namespace ioc
