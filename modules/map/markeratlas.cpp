// SPDX-License-Identifier: GPL-3.0-or-later
#include <map/markeratlas.h>

#include <QFontMetricsF>
#include <QPainter>

#include <cmath>

using namespace Qt::StringLiterals;

namespace ioc {

namespace {

constexpr int columns = 16;

/// The shape of \a icon in white: on a layer's colour its own colours would not be seen.
QPixmap whiteIcon(const QIcon &icon, double pixelRatio)
{
    QPixmap pixmap = icon.pixmap(QSize(MarkerAtlas::iconSize, MarkerAtlas::iconSize), pixelRatio);
    if (pixmap.isNull())
        return pixmap;
    QPainter painter(&pixmap);
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(QRect(QPoint(), pixmap.deviceIndependentSize().toSize()), Qt::white);
    return pixmap;
}

} // namespace

MarkerAtlas::MarkerAtlas(const QList<MapLayer> &layers, const QFont &font, QColor ink, double pixelRatio)
{
    // Counts are written with digits, the locales' separators and a "k".
    const QString characters = u"0123456789.,k\u00a0\u202f\u2019"_s;
    const QFontMetricsF metrics(font);
    const int cell = int(std::ceil(std::max({metrics.height(), metrics.maxWidth() > 40 ? 20.0 : metrics.maxWidth(), double(iconSize)}))) + 2;
    const qsizetype count = characters.size() + layers.size();
    const int rows = int(count + columns - 1) / columns;
    m_image = QImage(QSize(columns * cell, rows * cell) * pixelRatio, QImage::Format_RGBA8888_Premultiplied);
    m_image.setDevicePixelRatio(pixelRatio);
    m_image.fill(Qt::transparent);
    QPainter painter(&m_image);
    painter.setFont(font);
    painter.setPen(ink);
    const QSizeF whole(columns * cell, rows * cell);
    int at = 0;
    const auto place = [&](QSizeF size, double advance) {
        const QPointF corner((at % columns) * cell + 1, (at / columns) * cell + 1);
        ++at;
        return Sprite{{corner.x() / whole.width(), corner.y() / whole.height(), size.width() / whole.width(), size.height() / whole.height()},
                      size, advance};
    };
    for (const QChar character : characters) {
        const QPointF corner((at % columns) * cell + 1, (at / columns) * cell + 1);
        painter.drawText(corner + QPointF(0, metrics.ascent()), QString(character));
        m_glyphs.insert(character, place({std::ceil(metrics.horizontalAdvance(character)), std::ceil(metrics.height())}, metrics.horizontalAdvance(character)));
    }
    for (const MapLayer &layer : layers) {
        const QPixmap pixmap = whiteIcon(layer.icon, pixelRatio);
        const QPointF corner((at % columns) * cell + 1, (at / columns) * cell + 1);
        if (!pixmap.isNull())
            painter.drawPixmap(corner, pixmap);
        const Sprite sprite = place(pixmap.deviceIndependentSize(), 0);
        m_icons.append(pixmap.isNull() ? Sprite{} : sprite);
    }
}

double MarkerAtlas::textWidth(const QString &text) const
{
    double width = 0;
    for (const QChar character : text)
        width += m_glyphs.value(character).advance;
    return width;
}

} // namespace ioc
