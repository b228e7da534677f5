// SPDX-License-Identifier: GPL-3.0-or-later
#include <ui/thumbnail.h>

#include <QBuffer>
#include <QImageReader>
#include <QPromise>
#include <QThreadPool>

namespace ioc {

namespace {

constexpr QSize largest(160, 120);
constexpr int largestTaken = 512;
constexpr qsizetype bytesLimit = 8 * 1024;
constexpr qsizetype textLimit = 12 * 1024;
constexpr int readerLimitMib = 256;
constexpr int stillQuality = 92;

QByteArray asJpeg(const QImage &image, int quality)
{
    QBuffer out;
    if (!out.open(QIODevice::WriteOnly) || !image.save(&out, "JPEG", quality))
        return {};
    return out.data();
}

QString made(const QString &path)
{
    QImageReader reader(path);
    reader.setDecideFormatFromContent(true); // files are named by their digest
    reader.setAutoTransform(true);
    reader.setAllocationLimit(readerLimitMib);
    const QSize size = reader.size();
    if (size.isValid() && (size.width() > largest.width() || size.height() > largest.height()))
        reader.setScaledSize(size.scaled(2 * largest, Qt::KeepAspectRatio));
    QImage image = reader.read();
    if (image.isNull())
        return {};
    image = image.scaled(largest, Qt::KeepAspectRatio, Qt::SmoothTransformation).convertToFormat(QImage::Format_RGB888);
    for (int quality = 80; quality >= 20; quality -= 15) {
        const QByteArray bytes = asJpeg(image, quality);
        if (!bytes.isEmpty() && bytes.size() <= bytesLimit)
            return QString::fromLatin1(bytes.toBase64());
    }
    return {};
}

template <typename T, typename Work>
QFuture<T> elsewhere(Work work)
{
    auto promise = std::make_shared<QPromise<T>>();
    promise->start();
    QThreadPool::globalInstance()->start([promise, work = std::move(work)] {
        promise->addResult(work());
        promise->finish();
    });
    return promise->future();
}

} // namespace

QFuture<QString> thumbnailOf(const QString &path)
{
    return elsewhere<QString>([path] { return made(path); });
}

QImage thumbnailImage(const QString &thumbnail)
{
    if (thumbnail.isEmpty() || thumbnail.size() > textLimit)
        return {};
    QByteArray bytes = QByteArray::fromBase64(thumbnail.toLatin1());
    QBuffer buffer(&bytes);
    QImageReader reader(&buffer, "JPEG");
    reader.setAutoDetectImageFormat(false);
    const QSize size = reader.size();
    if (!size.isValid() || size.width() > largestTaken || size.height() > largestTaken)
        return {};
    return reader.read();
}

QFuture<QByteArray> encoded(const QImage &image, bool exactly)
{
    return elsewhere<QByteArray>([image, exactly] {
        if (!exactly)
            return asJpeg(image, stillQuality);
        QBuffer out;
        return out.open(QIODevice::WriteOnly) && image.save(&out, "PNG") ? out.data() : QByteArray();
    });
}

} // namespace ioc
