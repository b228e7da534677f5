// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map/mappoint.h>

#include <QFont>
#include <QHash>
#include <QImage>
#include <QRectF>
#include <QSizeF>

namespace ioc {

/// One picture with the digits of cluster counts and the icons of the layers, so that all markers are drawn from a
/// single texture.
class MarkerAtlas
{
public:
    struct Sprite
    {
        QRectF source; ///< in the picture, 0…1
        QSizeF size;   ///< on the screen, in device-independent pixels
        double advance = 0;
    };

    static constexpr int iconSize = 14;

    MarkerAtlas() = default;
    MarkerAtlas(const QList<MapLayer> &layers, const QFont &font, QColor ink, double pixelRatio);

    const QImage &image() const { return m_image; }
    Sprite glyph(QChar character) const { return m_glyphs.value(character); }
    /// Empty where the layer has no icon.
    Sprite icon(int layer) const { return m_icons.value(layer); }
    double textWidth(const QString &text) const;

private:
    QImage m_image;
    QHash<QChar, Sprite> m_glyphs;
    QList<Sprite> m_icons;
};

} // namespace ioc
