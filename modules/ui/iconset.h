// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QHash>
#include <QImage>
#include <QPixmap>
#include <QStringList>

namespace ioc {

/// Draws the product's one-coloured icons (resources/icons/NAME.svg) in any colour and size, and keeps
/// what it drew.
class IconSet
{
public:
    /// Names of all icons, sorted.
    static QStringList names();
    /// The icon called \a name, \a pixels wide and high, in \a colour. Null when there is no such icon. Reentrant.
    static QImage draw(const QString &name, int pixels, const QColor &colour);

    /// As draw(), kept for the next time; \a side is in logical pixels. GUI thread only.
    QPixmap pixmap(const QString &name, int side, qreal devicePixelRatio, const QColor &colour);

private:
    struct Key
    {
        QString name;
        int pixels;
        QRgb colour;
        bool operator==(const Key &) const = default;
        friend size_t qHash(const Key &key, size_t seed) { return qHashMulti(seed, key.name, key.pixels, key.colour); }
    };
    QHash<Key, QPixmap> m_drawn;
};

} // namespace ioc
