// SPDX-License-Identifier: GPL-3.0-or-later
#include "scenes.h"

#include <QLinearGradient>
#include <QPainter>
#include <QPainterPath>

#include <array>
#include <cmath>
#include <numbers>

using namespace Qt::StringLiterals;

namespace ioc {

namespace {

constexpr double w = sceneWidth;
constexpr double h = sceneHeight;
constexpr double circle = 2 * std::numbers::pi;

/// Position 0 to 1 of something that makes \a rounds rounds a clip, begun at \a phase.
double lap(double turn, int rounds, double phase)
{
    const double value = turn * rounds + phase;
    return value - std::floor(value);
}

/// x of something \a margin wide that crosses the picture; leftwards when \a rounds is negative.
double crossing(double turn, int rounds, double phase, double margin)
{
    return lap(turn, rounds, phase) * (w + 2 * margin) - margin;
}

void sky(QPainter &p, QColor top, QColor bottom, double horizon)
{
    QLinearGradient gradient(0, 0, 0, horizon);
    gradient.setColorAt(0, top);
    gradient.setColorAt(1, bottom);
    p.fillRect(QRectF(0, 0, w, horizon), gradient);
}

void fill(QPainter &p, QRectF rect, QColor color) { p.fillRect(rect, color); }

void round(QPainter &p, QRectF rect, double radius, QColor color)
{
    p.setPen(Qt::NoPen);
    p.setBrush(color);
    p.drawRoundedRect(rect, radius, radius);
}

void disc(QPainter &p, double x, double y, double radius, QColor color)
{
    p.setPen(Qt::NoPen);
    p.setBrush(color);
    p.drawEllipse(QPointF(x, y), radius, radius);
}

/// A person who stands with the feet at (x, y), \a tall high; \a step swings the legs.
void person(QPainter &p, double x, double y, double tall, QColor shirt, double step, bool conicalHat)
{
    const double swing = std::sin(step) * tall * 0.14;
    p.setPen(Qt::NoPen);
    p.setBrush(QColor(0, 0, 0, 40));
    p.drawEllipse(QPointF(x, y), tall * 0.2, tall * 0.05);
    p.setPen(QPen(QColor(45, 50, 66), tall * 0.11, Qt::SolidLine, Qt::RoundCap));
    p.drawLine(QPointF(x, y - tall * 0.46), QPointF(x - swing, y));
    p.drawLine(QPointF(x, y - tall * 0.46), QPointF(x + swing, y));
    round(p, QRectF(x - tall * 0.13, y - tall * 0.82, tall * 0.26, tall * 0.42), tall * 0.1, shirt);
    disc(p, x, y - tall * 0.9, tall * 0.1, QColor(224, 178, 140));
    if (!conicalHat)
        return;
    p.setBrush(QColor(236, 217, 160));
    p.drawPolygon(QPolygonF{{x - tall * 0.22, y - tall * 0.9}, {x, y - tall * 1.08}, {x + tall * 0.22, y - tall * 0.9}});
}

const QColor &shirt(int index)
{
    static const std::array<QColor, 7> colors{QColor(200, 70, 62), QColor(58, 120, 190), QColor(240, 240, 236), QColor(238, 180, 60),
                                              QColor(84, 150, 96), QColor(130, 92, 160), QColor(70, 76, 92)};
    return colors[size_t(index) % colors.size()];
}

/// \a count people who walk across at different depths between \a far and \a near (y of their feet).
void walkers(QPainter &p, double turn, int count, double far, double near)
{
    for (int i = 0; i < count; ++i) {
        const double depth = (i + 0.5) / count;
        const double tall = 34 + depth * 52;
        const int direction = i % 2 == 0 ? 1 : -1;
        const double x = crossing(turn, direction, i * 0.618, 40);
        person(p, x, far + (near - far) * depth, tall, shirt(i), turn * circle * 14 + i, i % 4 == 1);
    }
}

void tree(QPainter &p, double x, double ground, double tall, double turn)
{
    const double sway = std::sin(turn * circle * 3 + x) * 2;
    fill(p, QRectF(x - 4, ground - tall * 0.5, 8, tall * 0.5), QColor(96, 74, 56));
    disc(p, x + sway, ground - tall * 0.72, tall * 0.28, QColor(62, 122, 70));
    disc(p, x - tall * 0.18 + sway, ground - tall * 0.58, tall * 0.2, QColor(74, 136, 80));
    disc(p, x + tall * 0.2 + sway, ground - tall * 0.56, tall * 0.19, QColor(54, 110, 64));
}

void tower(QPainter &p, QRectF rect, QColor wall, QColor window)
{
    fill(p, rect, wall);
    for (double y = rect.top() + 8; y < rect.bottom() - 8; y += 14) {
        for (double x = rect.left() + 6; x < rect.right() - 8; x += 13)
            fill(p, QRectF(x, y, 7, 8), window);
    }
}

void water(QPainter &p, double top, double bottom, double turn)
{
    QLinearGradient gradient(0, top, 0, bottom);
    gradient.setColorAt(0, QColor(120, 164, 184));
    gradient.setColorAt(1, QColor(58, 104, 128));
    p.fillRect(QRectF(0, top, w, bottom - top), gradient);
    p.setPen(QPen(QColor(255, 255, 255, 60), 1.6));
    for (int i = 0; i < 26; ++i) {
        const double y = top + 6 + (bottom - top - 10) * (i / 26.0);
        const double x = crossing(turn, i % 2 == 0 ? 1 : -1, i * 0.377, 60);
        p.drawLine(QPointF(x, y), QPointF(x + 18 + i, y));
    }
}

void boat(QPainter &p, double x, double y, double scale, QColor hull, double turn)
{
    const double bob = std::sin(turn * circle * 4 + x * 0.01) * 2;
    p.save();
    p.translate(x, y + bob);
    p.scale(scale, scale);
    round(p, QRectF(-44, -34, 74, 20), 4, QColor(244, 242, 236));
    for (int i = 0; i < 5; ++i)
        fill(p, QRectF(-38 + i * 13, -29, 8, 8), QColor(86, 126, 150));
    p.setBrush(hull);
    p.drawPolygon(QPolygonF{{-62, -14}, {62, -14}, {46, 6}, {-50, 6}});
    p.restore();
}

void car(QPainter &p, double x, double y, double scale, QColor color)
{
    p.save();
    p.translate(x, y);
    p.scale(scale, scale);
    round(p, QRectF(-36, -24, 72, 18), 6, color);
    round(p, QRectF(-20, -38, 42, 20), 8, color.darker(112));
    fill(p, QRectF(-13, -34, 12, 10), QColor(190, 214, 226));
    fill(p, QRectF(3, -34, 12, 10), QColor(190, 214, 226));
    disc(p, -20, -6, 8, QColor(36, 38, 44));
    disc(p, 20, -6, 8, QColor(36, 38, 44));
    p.restore();
}

void motorbike(QPainter &p, double x, double y, double scale, int index, bool leftwards)
{
    p.save();
    p.translate(x, y);
    p.scale(leftwards ? -scale : scale, scale);
    disc(p, -12, -5, 6, QColor(36, 38, 44));
    disc(p, 12, -5, 6, QColor(36, 38, 44));
    round(p, QRectF(-14, -14, 26, 7), 3, shirt(index + 3));
    round(p, QRectF(-7, -32, 11, 20), 5, shirt(index));
    disc(p, 0, -37, 5.5, shirt(index + 5));
    p.restore();
}

void promenade(QPainter &p, double turn)
{
    sky(p, QColor(122, 176, 214), QColor(226, 226, 206), 150);
    for (int i = 0; i < 9; ++i)
        tower(p, QRectF(20 + i * 70, 60 + (i * 37) % 52, 46, 100), QColor(150, 164, 178), QColor(196, 208, 214));
    water(p, 150, 236, turn);
    boat(p, crossing(turn, 1, 0.1, 90), 190, 0.8, QColor(40, 92, 132), turn);
    boat(p, crossing(turn, -1, 0.45, 120), 222, 1.1, QColor(168, 66, 56), turn);
    fill(p, QRectF(0, 236, w, h - 236), QColor(206, 196, 178));
    for (int i = 0; i < 17; ++i)
        fill(p, QRectF(i * 40, 226, 4, 22), QColor(98, 104, 110));
    fill(p, QRectF(0, 226, w, 4), QColor(98, 104, 110));
    for (const double x : {70.0, 330.0, 570.0})
        tree(p, x, 262, 96, turn);
    walkers(p, turn, 9, 270, 350);
}

void street(QPainter &p, double turn)
{
    sky(p, QColor(150, 190, 222), QColor(232, 232, 220), 176);
    const std::array<QColor, 5> walls{QColor(226, 204, 160), QColor(206, 150, 124), QColor(180, 190, 176), QColor(230, 222, 206),
                                      QColor(170, 176, 192)};
    for (int i = 0; i < 8; ++i) {
        const double top = 34 + (i * 29) % 48;
        tower(p, QRectF(i * 82, top, 78, 176 - top), walls[size_t(i) % walls.size()], QColor(96, 116, 130));
        fill(p, QRectF(i * 82, 150, 78, 10), shirt(i));
    }
    fill(p, QRectF(0, 176, w, 26), QColor(190, 186, 178));
    for (const double x : {110.0, 270.0, 430.0, 590.0})
        tree(p, x, 192, 78, turn);
    fill(p, QRectF(0, 202, w, h - 202), QColor(92, 96, 102));
    for (int i = 0; i < 9; ++i)
        fill(p, QRectF(i * 80 + 10, 274, 40, 4), QColor(236, 232, 214));
    car(p, crossing(turn, -3, 0.2, 60), 238, 0.9, QColor(232, 232, 230));
    car(p, crossing(turn, -3, 0.75, 60), 240, 0.9, QColor(56, 128, 92));
    for (int i = 0; i < 7; ++i)
        motorbike(p, crossing(turn, -4, i * 0.147 + 0.05, 30), 256 + i % 3 * 5, 0.95, i, true);
    car(p, crossing(turn, 3, 0.05, 70), 312, 1.25, QColor(190, 60, 54));
    car(p, crossing(turn, 3, 0.6, 70), 310, 1.25, QColor(64, 88, 128));
    for (int i = 0; i < 8; ++i)
        motorbike(p, crossing(turn, 4, i * 0.131, 40), 326 + i % 4 * 8, 1.25, i + 2, false);
}

void market(QPainter &p, double turn)
{
    sky(p, QColor(214, 208, 196), QColor(232, 222, 202), 70);
    fill(p, QRectF(0, 40, w, 120), QColor(222, 196, 130));
    fill(p, QRectF(270, 0, 100, 160), QColor(230, 206, 142));
    disc(p, 320, 40, 26, QColor(250, 248, 240));
    p.setPen(QPen(QColor(60, 60, 66), 3));
    p.drawLine(QPointF(320, 40), QPointF(320 + std::sin(turn * circle) * 18, 40 - std::cos(turn * circle) * 18));
    for (int i = 0; i < 3; ++i)
        round(p, QRectF(278 + i * 30, 92, 24, 70), 11, QColor(112, 84, 62));
    fill(p, QRectF(0, 160, w, h - 160), QColor(186, 178, 166));
    for (int stall = 0; stall < 5; ++stall) {
        const double left = 8 + stall * 128;
        fill(p, QRectF(left + 6, 176, 100, 44), QColor(134, 104, 78));
        for (int i = 0; i < 9; ++i)
            disc(p, left + 14 + i * 11, 176, 7, shirt(i + stall));
        const double flutter = std::sin(turn * circle * 4 + stall) * 2;
        for (int i = 0; i < 8; ++i) {
            const QRectF strip(left + i * 14, 128, 14, 26 + flutter);
            fill(p, strip, i % 2 == 0 ? shirt(stall) : QColor(250, 246, 238));
        }
    }
    walkers(p, turn, 12, 240, 352);
}

void harbour(QPainter &p, double turn)
{
    sky(p, QColor(240, 188, 140), QColor(250, 226, 186), 140);
    disc(p, 486, 96, 30, QColor(255, 240, 206));
    QPainterPath hills;
    hills.moveTo(0, 140);
    hills.cubicTo(110, 84, 210, 126, 300, 112);
    hills.cubicTo(410, 92, 520, 130, w, 106);
    hills.lineTo(w, 140);
    hills.closeSubpath();
    p.setPen(Qt::NoPen);
    p.setBrush(QColor(128, 136, 148));
    p.drawPath(hills);
    water(p, 140, 316, turn);
    boat(p, crossing(turn, 1, 0.3, 60), 168, 0.6, QColor(84, 84, 96), turn);
    boat(p, crossing(turn, -1, 0.6, 120), 214, 1.2, QColor(34, 104, 112), turn);
    boat(p, crossing(turn, 1, 0.8, 160), 276, 1.8, QColor(190, 74, 52), turn);
    const double swing = std::sin(turn * circle) * 60;
    fill(p, QRectF(96, 70, 10, 250), QColor(206, 150, 46));
    fill(p, QRectF(40, 78, 190, 8), QColor(206, 150, 46));
    p.setPen(QPen(QColor(60, 62, 70), 2));
    p.drawLine(QPointF(160 + swing, 86), QPointF(160 + swing, 178));
    round(p, QRectF(136 + swing, 178, 48, 24), 2, QColor(54, 110, 160));
    fill(p, QRectF(0, 312, w, h - 312), QColor(150, 146, 140));
    walkers(p, turn, 5, 326, 352);
}

void square(QPainter &p, double turn)
{
    sky(p, QColor(118, 168, 214), QColor(214, 228, 232), 200);
    const QColor brick(178, 98, 72);
    for (const double x : {226.0, 366.0}) {
        fill(p, QRectF(x, 50, 48, 150), brick);
        p.setPen(Qt::NoPen);
        p.setBrush(QColor(120, 128, 138));
        p.drawPolygon(QPolygonF{{x, 50}, {x + 24, 4}, {x + 48, 50}});
        round(p, QRectF(x + 15, 74, 18, 36), 9, QColor(76, 56, 52));
    }
    fill(p, QRectF(274, 96, 92, 104), brick.lighter(108));
    disc(p, 320, 128, 18, QColor(240, 226, 200));
    round(p, QRectF(306, 158, 28, 44), 13, QColor(76, 56, 52));
    for (const double x : {60.0, 150.0, 490.0, 585.0})
        tree(p, x, 210, 110, turn);
    fill(p, QRectF(0, 200, w, h - 200), QColor(198, 190, 180));
    p.setBrush(QColor(112, 158, 96));
    p.setPen(Qt::NoPen);
    p.drawEllipse(QPointF(320, 238), 118, 22);
    for (int i = 0; i < 12; ++i) { // pigeons that circle once a clip
        const double angle = circle * (lap(turn, 1, i / 12.0 * 0.4));
        disc(p, 320 + std::cos(angle) * (150 + i * 6), 60 + std::sin(angle) * 26 + i * 2, 2.4, QColor(70, 74, 84));
    }
    car(p, crossing(turn, 1, 0.4, 60), 272, 0.8, QColor(238, 238, 234));
    walkers(p, turn, 10, 282, 352);
}

} // namespace

QList<Scene> allScenes()
{
    return {{u"promenade"_s, u"TRÌNH DIỄN · BẾN SÔNG"_s, promenade},
            {u"street"_s, u"TRÌNH DIỄN · ĐƯỜNG PHỐ"_s, street},
            {u"market"_s, u"TRÌNH DIỄN · CHỢ"_s, market},
            {u"harbour"_s, u"TRÌNH DIỄN · BẾN CẢNG"_s, harbour},
            {u"square"_s, u"TRÌNH DIỄN · QUẢNG TRƯỜNG"_s, square}};
}

} // namespace ioc
