// SPDX-License-Identifier: GPL-3.0-or-later
#include "clip.h"

#include <QFile>

extern "C" {
#include <libavcodec/packet.h>
#include <libavformat/avformat.h>
}

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <optional>

namespace ioc {

namespace {

constexpr qint64 maxBytes = 256LL * 1024 * 1024;
constexpr AVRational nanoseconds{1, 1'000'000'000};

struct CloseInput
{
    void operator()(AVFormatContext *context) const { avformat_close_input(&context); }
};
struct FreePacket
{
    void operator()(AVPacket *packet) const { av_packet_free(&packet); }
};
using Input = std::unique_ptr<AVFormatContext, CloseInput>;
using Packet = std::unique_ptr<AVPacket, FreePacket>;

QString reason(int code)
{
    std::array<char, AV_ERROR_MAX_STRING_SIZE> text{};
    av_strerror(code, text.data(), text.size());
    return QString::fromUtf8(text.data());
}

std::unexpected<Error> unreadable(const QString &path, int code)
{
    return failure(ErrorCode::Damaged,
                   Clip::tr("The clip %1 cannot be read and is left out. Record it again or give another one.").arg(path),
                   reason(code));
}

Result<Input> opened(const QString &path)
{
    AVFormatContext *raw = nullptr;
    if (const int code = avformat_open_input(&raw, QFile::encodeName(path).constData(), nullptr, nullptr); code < 0)
        return unreadable(path, code);
    Input input(raw);
    if (const int code = avformat_find_stream_info(raw, nullptr); code < 0)
        return unreadable(path, code);
    return input;
}

std::optional<Clip::Codec> codecOf(const AVCodecParameters &parameters)
{
    switch (parameters.codec_id) {
    case AV_CODEC_ID_H264: return Clip::Codec::H264;
    case AV_CODEC_ID_HEVC: return Clip::Codec::Hevc;
    case AV_CODEC_ID_MJPEG: return Clip::Codec::MotionJpeg;
    default: return std::nullopt;
    }
}

bool isAnnexB(const QByteArray &parameterSets)
{
    return parameterSets.startsWith(QByteArrayView("\0\0\0\1", 4)) || parameterSets.startsWith(QByteArrayView("\0\0\1", 3));
}

// Number of codes of each length in the tables of ITU-T T.81, annex K.3: those that RFC 2435 takes for granted. Another
// encoder's own tables do not travel, and its pictures arrive as garbage.
constexpr std::array<std::array<uint8_t, 16>, 4> usualTables{{{0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0},
                                                              {0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0},
                                                              {0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 0x7d},
                                                              {0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 0x77}}};

bool hasUsualTables(QByteArrayView jpeg)
{
    const auto byte = [&](qsizetype at) { return at < jpeg.size() ? static_cast<uint8_t>(jpeg[at]) : uint8_t(0); };
    for (qsizetype at = 2; at + 4 <= jpeg.size() && byte(at) == 0xff && byte(at + 1) != 0xda;) {
        const qsizetype end = at + 2 + (byte(at + 2) << 8 | byte(at + 3));
        for (qsizetype table = at + 4; byte(at + 1) == 0xc4 && table + 17 <= std::min(end, jpeg.size());) {
            const auto counts = jpeg.sliced(table + 1, 16);
            const bool usual = std::ranges::any_of(usualTables, [&](const auto &one) {
                return std::ranges::equal(one, counts, [](uint8_t a, char b) { return a == static_cast<uint8_t>(b); });
            });
            if (!usual)
                return false;
            table += 17;
            for (const char count : counts)
                table += static_cast<uint8_t>(count);
        }
        at = std::max(end, at + 4);
    }
    return true;
}

ClipPacket packetOf(const AVPacket &packet, AVRational timeBase)
{
    const auto time = [&](int64_t value) { return av_rescale_q(value, timeBase, nanoseconds); };
    ClipPacket result{.data = QByteArray(reinterpret_cast<const char *>(packet.data), packet.size),
                      .pts = time(packet.pts != AV_NOPTS_VALUE ? packet.pts : packet.dts),
                      .dts = time(packet.dts != AV_NOPTS_VALUE ? packet.dts : packet.pts),
                      .duration = time(packet.duration),
                      .key = (packet.flags & AV_PKT_FLAG_KEY) != 0};
    return result;
}

} // namespace

Result<Clip> Clip::read(const QString &path)
{
    const Result<Input> input = opened(path);
    if (!input)
        return std::unexpected(input.error());
    const int index = av_find_best_stream(input->get(), AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
    if (index < 0)
        return unreadable(path, index);
    const AVStream &stream = *(*input)->streams[index];
    const std::optional<Codec> codec = codecOf(*stream.codecpar);
    if (!codec)
        return failure(ErrorCode::Unsupported, tr("The clip %1 is left out: only H.264, HEVC and motion JPEG are played.").arg(path));

    Clip clip;
    clip.m_codec = *codec;
    clip.m_size = QSize(stream.codecpar->width, stream.codecpar->height);
    clip.m_parameterSets = QByteArray(reinterpret_cast<const char *>(stream.codecpar->extradata), stream.codecpar->extradata_size);
    if (isAnnexB(clip.m_parameterSets))
        clip.m_parameterSets.clear();

    const Packet packet(av_packet_alloc());
    qint64 bytes = 0;
    while (av_read_frame(input->get(), packet.get()) >= 0) {
        // A clip can only be begun, and begun again, at a key frame.
        const bool wanted = packet->stream_index == index && packet->size > 0
                            && (!clip.m_packets.isEmpty() || (packet->flags & AV_PKT_FLAG_KEY) != 0);
        if (wanted && *codec == Codec::MotionJpeg && !hasUsualTables({packet->data, packet->size})) {
            av_packet_unref(packet.get());
            return failure(ErrorCode::Unsupported, tr("The clip %1 is left out: its pictures have Huffman tables of their own, which a motion JPEG camera cannot send. Record it with the usual tables.").arg(path));
        }
        if (wanted) {
            clip.m_packets.append(packetOf(*packet, stream.time_base));
            bytes += packet->size;
        }
        av_packet_unref(packet.get());
        if (bytes > maxBytes)
            return failure(ErrorCode::TooLarge, tr("The clip %1 is left out: it holds more than 256 MB of video. Cut it shorter.").arg(path));
    }
    if (const Result<void> settled = clip.settleTimes(path); !settled)
        return std::unexpected(settled.error());
    return clip;
}

Result<void> Clip::settleTimes(const QString &path)
{
    if (m_packets.size() < 2)
        return unreadable(path, AVERROR_INVALIDDATA);
    const qint64 start = m_packets.first().dts;
    qint64 last = -1;
    for (ClipPacket &packet : m_packets) {
        packet.dts -= start;
        packet.pts -= start;
        if (packet.dts <= last) // times that stand still or go back would stop the pay-loader's clock
            packet.dts = last + 1;
        last = packet.dts;
    }
    const qint64 mean = last / (m_packets.size() - 1);
    m_length = last + (m_packets.last().duration > 0 ? m_packets.last().duration : mean);
    return {};
}

qsizetype Clip::keyFrameNear(double share) const
{
    const auto wanted = qint64(double(m_length) * share);
    qsizetype best = 0;
    for (qsizetype i = 0; i < m_packets.size(); ++i) {
        if (m_packets[i].key && std::abs(m_packets[i].dts - wanted) < std::abs(m_packets[best].dts - wanted))
            best = i;
    }
    return best;
}

} // namespace ioc
