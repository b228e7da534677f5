// SPDX-License-Identifier: GPL-3.0-or-later
#include <map/tilesource.h>

#include <QBuffer>
#include <QCryptographicHash>
#include <QImage>
#include <QImageReader>

namespace ioc {

namespace {

QByteArray pngOf(const QImage &image)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG", 75); // little compression: made to be read once, in this process
    return bytes;
}

QByteArray square(QColor color)
{
    QImage image(tileSize, tileSize, QImage::Format_Indexed8);
    image.setColorTable({color.rgb()});
    image.fill(0);
    return pngOf(image);
}

/// The picture if it really is one of a tile's size; a pack may hold anything.
QImage decoded(const QByteArray &bytes)
{
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    const QSize size = reader.size();
    if (size.width() < 64 || size.width() > 1024 || size.height() != size.width())
        return {};
    return reader.read();
}

/// The part of \a image, a tile \a levels above, that \a id shows.
QByteArray cut(const QImage &image, TileId id, int levels)
{
    const double side = double(image.width()) / (1 << levels);
    const int inTile = (1 << levels) - 1;
    const QRectF part((id.x & inTile) * side, (id.y & inTile) * side, side, side);
    if (side < 4) // nothing left to see but a colour
        return square(image.pixelColor(int(part.center().x()), int(part.center().y())));
    // A pixel more on each side, or neighbouring tiles would not meet smoothly.
    const QRect source = part.toAlignedRect().adjusted(-1, -1, 1, 1).intersected(image.rect());
    const double scale = tileSize / side;
    const QImage piece = image.copy(source).convertToFormat(QImage::Format_RGB32);
    const QImage large = piece.scaled(qRound(piece.width() * scale), qRound(piece.height() * scale), Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    const QPoint offset(qRound((part.x() - source.x()) * scale), qRound((part.y() - source.y()) * scale));
    return pngOf(large.copy(QRect(offset, QSize(tileSize, tileSize))));
}

qint64 cacheKey(TileId id)
{
    return qint64(id.z) << 56 | qint64(id.x) << 28 | id.y;
}

} // namespace

QList<Error> TileSource::open(const QStringList &paths, QColor background)
{
    QList<Error> failures;
    m_packs.clear();
    m_cache.clear();
    m_blank = square(background);
    QCryptographicHash hash(QCryptographicHash::Sha1);
    for (const QString &path : paths) {
        auto pack = TilePack::open(path);
        if (!pack) {
            failures.append(pack.error());
            continue;
        }
        hash.addData(path.toUtf8());
        hash.addData(pack->info().version.toUtf8());
        m_packs.push_back(*std::move(pack));
    }
    m_version = QString::fromLatin1(hash.result().toHex().first(12));
    return failures;
}

QStringList TileSource::attributions() const
{
    QStringList texts;
    for (const TilePack &pack : m_packs) {
        if (const QString &text = pack.info().attribution; !text.isEmpty() && !texts.contains(text))
            texts.append(text);
    }
    return texts;
}

QList<TilePackInfo> TileSource::infos() const
{
    QList<TilePackInfo> all;
    for (const TilePack &pack : m_packs)
        all += pack.info();
    return all;
}

QByteArray TileSource::tile(TileId id)
{
    if (!id.isValid())
        return m_blank;
    if (const QByteArray *known = m_cache.object(cacheKey(id)))
        return *known;
    auto picture = find(id);
    if (!picture)
        picture = enlarged(id);
    const QByteArray answer = picture.value_or(m_blank);
    m_cache.insert(cacheKey(id), new QByteArray(answer), answer.size() + 64);
    return answer;
}

std::optional<QByteArray> TileSource::find(TileId id)
{
    for (TilePack &pack : m_packs) {
        if (auto picture = pack.tile(id))
            return picture;
    }
    return {};
}

std::optional<QByteArray> TileSource::enlarged(TileId id)
{
    for (TilePack &pack : m_packs) {
        // A street map is enlarged from its deepest level only: above that, the packs below it know better.
        for (int levels = std::max(1, id.z - pack.info().maxZoom); levels <= id.z - pack.info().minZoom; ++levels) {
            const TileId above = id.ancestor(levels);
            auto bytes = pack.plainTile(above);
            if (!bytes && (above.z == pack.info().maxZoom || pack.info().minZoom == 0))
                bytes = pack.tile(above);
            if (!bytes)
                continue;
            if (const QImage image = decoded(*bytes); !image.isNull())
                return cut(image, id, levels);
        }
    }
    return {};
}

} // namespace ioc
