// SPDX-License-Identifier: GPL-3.0-or-later
#include <wire/compression.h>

#include <QCoreApplication>

#include <memory>
#include <zstd.h>

namespace ioc::wire {

namespace {

// Making a context takes longer than a small message does: a thread keeps one for those. What a large one needs is given back.
constexpr qsizetype smallMessage = 64LL * 1024;
constexpr int level = 1;

struct FreeZstd
{
    void operator()(ZSTD_CCtx *context) const { ZSTD_freeCCtx(context); }
    void operator()(ZSTD_DCtx *context) const { ZSTD_freeDCtx(context); }
};

size_t compressInto(QByteArray &out, QByteArrayView plain)
{
    if (plain.size() > smallMessage)
        return ZSTD_compress(out.data(), static_cast<size_t>(out.size()), plain.data(), static_cast<size_t>(plain.size()), level);
    thread_local const std::unique_ptr<ZSTD_CCtx, FreeZstd> kept(ZSTD_createCCtx());
    return ZSTD_compressCCtx(kept.get(), out.data(), static_cast<size_t>(out.size()), plain.data(), static_cast<size_t>(plain.size()), level);
}

size_t decompressInto(QByteArray &out, QByteArrayView packed)
{
    if (packed.size() > smallMessage)
        return ZSTD_decompress(out.data(), static_cast<size_t>(out.size()), packed.data(), static_cast<size_t>(packed.size()));
    thread_local const std::unique_ptr<ZSTD_DCtx, FreeZstd> kept(ZSTD_createDCtx());
    return ZSTD_decompressDCtx(kept.get(), out.data(), static_cast<size_t>(out.size()), packed.data(), static_cast<size_t>(packed.size()));
}

} // namespace

QByteArray compressed(QByteArrayView plain)
{
    QByteArray out(static_cast<qsizetype>(ZSTD_compressBound(static_cast<size_t>(plain.size()))), Qt::Uninitialized);
    const size_t size = compressInto(out, plain);
    Q_ASSERT(!ZSTD_isError(size)); // the buffer is as large as zstd asks for
    out.truncate(static_cast<qsizetype>(size));
    return out;
}

Result<QByteArray> decompressed(QByteArrayView packed, qsizetype limit)
{
    const auto damaged = [] {
        return failure(ErrorCode::InvalidInput, QCoreApplication::translate("Wire", "The message is damaged. Try again; if it happens again, update the program."));
    };
    const auto tooLarge = [] {
        return failure(ErrorCode::TooLarge, QCoreApplication::translate("Wire", "The message is too large. Send less at a time."));
    };
    const unsigned long long said = ZSTD_getFrameContentSize(packed.data(), static_cast<size_t>(packed.size()));
    if (said == ZSTD_CONTENTSIZE_ERROR || said == ZSTD_CONTENTSIZE_UNKNOWN)
        return damaged(); // ours always say their size
    if (said > static_cast<unsigned long long>(limit))
        return tooLarge();
    if (ZSTD_findFrameCompressedSize(packed.data(), static_cast<size_t>(packed.size())) != static_cast<size_t>(packed.size()))
        return damaged(); // cut short, or something behind it
    QByteArray out(static_cast<qsizetype>(said), Qt::Uninitialized);
    const size_t size = decompressInto(out, packed);
    if (ZSTD_isError(size) || size != said)
        return damaged();
    return out;
}

} // namespace ioc::wire
