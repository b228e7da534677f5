// SPDX-License-Identifier: GPL-3.0-or-later
#include <ui/iconset.h>

#include <QDir>
#include <QFileInfo>
#include <QPainter>
#include <QSvgRenderer>

namespace ioc {

using namespace Qt::StringLiterals;

namespace {

/// Two themes, a dozen tones and a few sizes of some sixty icons stay far below this; a runaway caller does not.
constexpr qsizetype mostKept = 2000;

} // namespace

QStringList IconSet::names()
{
    QStringList names;
    const QStringList files = QDir(u":/ioc/icons"_s).entryList({u"*.svg"_s}, QDir::Files, QDir::Name);
    for (const QString &file : files) {
        if (file != u"app.svg")
            names << file.chopped(4);
    }
    return names;
}

QImage IconSet::draw(const QString &name, int pixels, const QColor &colour)
{
    const QString path = u":/ioc/icons/%1.svg"_s.arg(name);
    if (pixels <= 0 || !QFileInfo::exists(path))
        return {};
    QImage image(pixels, pixels, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QSvgRenderer renderer(path);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    renderer.render(&painter, QRectF(0, 0, pixels, pixels));
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(image.rect(), colour);
    return image;
}

QPixmap IconSet::pixmap(const QString &name, int side, qreal devicePixelRatio, const QColor &colour)
{
    const Key key{name, qRound(side * devicePixelRatio), colour.rgba()};
    auto found = m_drawn.constFind(key);
    if (found == m_drawn.constEnd()) {
        if (m_drawn.size() >= mostKept)
            m_drawn.clear();
        QPixmap drawn = QPixmap::fromImage(draw(name, key.pixels, colour));
        drawn.setDevicePixelRatio(devicePixelRatio);
        found = m_drawn.insert(key, drawn);
    }
    return *found;
}

} // namespace ioc
