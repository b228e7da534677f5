// SPDX-License-Identifier: GPL-3.0-or-later
#include <wire/filepacking.h>

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QFile>

#include <memory>
#include <zstd.h>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <unistd.h>
#endif

namespace ioc::wire {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Wire)
};

constexpr size_t pieceSize = 1'048'576;

struct FreeContext
{
    void operator()(ZSTD_CCtx *context) const { ZSTD_freeCCtx(context); }
    void operator()(ZSTD_DCtx *context) const { ZSTD_freeDCtx(context); }
};

std::unexpected<Error> cannotRead(const QFile &file)
{
    return failure(ErrorCode::NotFound, Words::tr("The file %1 cannot be read. Check the rights of its folder.").arg(file.fileName()), file.errorString());
}

std::unexpected<Error> cannotWrite(const QFile &file)
{
    if (file.error() == QFileDevice::OpenError || file.error() == QFileDevice::PermissionsError)
        return failure(ErrorCode::ReadOnly, Words::tr("The file %1 cannot be written. Check the rights of its folder.").arg(file.fileName()), file.errorString());
    return failure(ErrorCode::Full, Words::tr("There is no space left for the file %1. Free some space and try again.").arg(file.fileName()), file.errorString());
}

std::unexpected<Error> damagedPacking(const QString &detail)
{
    return failure(ErrorCode::Damaged, Words::tr("The file from central is damaged. It is fetched again."), detail);
}

std::unexpected<Error> stopped()
{
    return failure(ErrorCode::Cancelled, Words::tr("Stopped."));
}

/// Source and target, a piece at a time.
struct Pieces
{
    explicit Pieces(const QString &from, const QString &to) : source(from), target(to) {}
    Result<void> open()
    {
        if (!source.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
            return cannotRead(source);
        if (!target.open(QIODevice::WriteOnly | QIODevice::Truncate | QIODevice::Unbuffered))
            return cannotWrite(target);
        return {};
    }
    /// The next piece of the source in \c in; 0 at its end.
    Result<qint64> next()
    {
        const qint64 size = source.read(in.data(), in.size());
        return size < 0 ? Result<qint64>(cannotRead(source)) : size;
    }
    Result<void> put(const QByteArray &bytes, size_t size)
    {
        return target.write(bytes.constData(), static_cast<qint64>(size)) == static_cast<qint64>(size) ? Result<void>() : cannotWrite(target);
    }
    Result<void> finish()
    {
        target.close();
        return target.error() == QFileDevice::NoError ? syncToDisk(target.fileName()) : cannotWrite(target);
    }

    QFile source;
    QFile target;
    QByteArray in = QByteArray(pieceSize, Qt::Uninitialized);
};

Result<PackedFile> pack(Pieces &pieces, const FileProgress &progress)
{
    const std::unique_ptr<ZSTD_CCtx, FreeContext> context(ZSTD_createCCtx());
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, 1);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
    QByteArray out(static_cast<qsizetype>(ZSTD_CStreamOutSize()), Qt::Uninitialized);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    PackedFile made;
    for (bool last = false; !last;) {
        const auto size = pieces.next();
        if (!size)
            return std::unexpected(size.error());
        last = *size == 0;
        made.plainBytes += *size;
        ZSTD_inBuffer input{pieces.in.constData(), static_cast<size_t>(*size), 0};
        for (size_t left = 1; last ? left != 0 : input.pos < input.size;) {
            ZSTD_outBuffer output{out.data(), static_cast<size_t>(out.size()), 0};
            left = ZSTD_compressStream2(context.get(), &output, &input, last ? ZSTD_e_end : ZSTD_e_continue);
            if (ZSTD_isError(left))
                return failure(ErrorCode::Internal, Words::tr("The file from central is damaged. It is fetched again."), QString::fromLatin1(ZSTD_getErrorName(left)));
            hash.addData(QByteArrayView(out.constData(), static_cast<qsizetype>(output.pos)));
            made.bytes += static_cast<qint64>(output.pos);
            if (const auto put = pieces.put(out, output.pos); !put)
                return std::unexpected(put.error());
        }
        if (progress && !progress(made.plainBytes))
            return stopped();
    }
    made.sha256 = hash.result();
    return pieces.finish().transform([&] { return made; });
}

Result<void> unpack(Pieces &pieces, const PackedFile &expected, const FileProgress &progress)
{
    const std::unique_ptr<ZSTD_DCtx, FreeContext> context(ZSTD_createDCtx());
    QByteArray out(static_cast<qsizetype>(pieceSize), Qt::Uninitialized);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    qint64 read = 0;
    qint64 written = 0;
    for (;;) {
        const auto size = pieces.next();
        if (!size)
            return std::unexpected(size.error());
        if (*size == 0)
            break;
        read += *size;
        hash.addData(QByteArrayView(pieces.in.constData(), static_cast<qsizetype>(*size)));
        ZSTD_inBuffer input{pieces.in.constData(), static_cast<size_t>(*size), 0};
        for (bool full = true; input.pos < input.size || full;) {
            ZSTD_outBuffer output{out.data(), static_cast<size_t>(out.size()), 0};
            const size_t left = ZSTD_decompressStream(context.get(), &output, &input);
            if (ZSTD_isError(left))
                return damagedPacking(QString::fromLatin1(ZSTD_getErrorName(left)));
            full = output.pos == output.size;
            written += static_cast<qint64>(output.pos);
            if (written > expected.plainBytes) // a bomb, or not what was told
                return damagedPacking(QStringLiteral("larger than told"));
            if (const auto put = pieces.put(out, output.pos); !put)
                return put;
        }
        if (progress && !progress(read))
            return stopped();
    }
    if (read != expected.bytes || written != expected.plainBytes || hash.result() != expected.sha256)
        return damagedPacking(QStringLiteral("%1 bytes, %2 unpacked, another SHA-256").arg(read).arg(written));
    return pieces.finish();
}

} // namespace

Result<PackedFile> packFile(const QString &plain, const QString &packed, const FileProgress &progress)
{
    Pieces pieces(plain, packed);
    auto done = pieces.open().and_then([&] { return pack(pieces, progress); });
    if (!done && pieces.target.exists())
        pieces.target.remove();
    return done;
}

Result<void> unpackFile(const QString &packed, const QString &plain, const PackedFile &expected, const FileProgress &progress)
{
    Pieces pieces(packed, plain);
    auto done = pieces.open().and_then([&] { return unpack(pieces, expected, progress); });
    if (!done && pieces.target.exists())
        pieces.target.remove();
    return done;
}

Result<void> syncToDisk(const QString &path)
{
#ifdef Q_OS_UNIX
    const int handle = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC);
    const bool done = handle >= 0 && ::fsync(handle) == 0;
    const QString detail = done ? QString() : qt_error_string();
    if (handle >= 0)
        ::close(handle);
    if (!done)
        return failure(ErrorCode::Full, Words::tr("The disk does not take the file %1. Check that it has space and is healthy, then try again.").arg(path), detail);
#else
    Q_UNUSED(path); // the system puts renamed files on the disk in order
#endif
    return {};
}

} // namespace ioc::wire
