// SPDX-License-Identifier: GPL-3.0-or-later
#include "streamreader.h"

#include "streamlink.h"

#include <algorithm>
#include <cerrno>
#include <chrono>

using namespace Qt::StringLiterals;

namespace ioc {

namespace {

/// Pictures later than this are left out, up to the next key frame after the queue has run empty.
constexpr qint64 lateMs = 700;
/// A read that had to wait this long found nothing queued.
constexpr qint64 drainedMs = 4;
/// Damaged packets in a row after which the video is taken for garbage (some 4 s).
constexpr int damagedMost = 60;
/// Larger than any camera's picture: keeps a hostile stream from asking for gigabytes.
constexpr qint64 mostPixels = 24'000'000;

qint64 nowMs()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

CameraFault faultOf(int code, bool opening)
{
    switch (code) {
    case AVERROR(ECONNREFUSED): return CameraFault::Refused;
    case AVERROR(ETIMEDOUT): return CameraFault::TimedOut;
    case AVERROR(EHOSTUNREACH):
    case AVERROR(ENETUNREACH):
    case AVERROR(EADDRNOTAVAIL):
    case AVERROR(EIO): return opening ? CameraFault::Unreachable : CameraFault::ConnectionLost; // EIO: the name is not known
    case AVERROR_HTTP_NOT_FOUND: return CameraFault::NotFound;
    case AVERROR_HTTP_UNAUTHORIZED:
    case AVERROR_HTTP_FORBIDDEN: return CameraFault::Unauthorized;
    case AVERROR_STREAM_NOT_FOUND: return CameraFault::NoVideo;
    case AVERROR_DECODER_NOT_FOUND:
    case AVERROR_PATCHWELCOME: return CameraFault::UnsupportedCodec;
    case AVERROR_INVALIDDATA:
    case AVERROR_HTTP_BAD_REQUEST:
    case AVERROR_HTTP_OTHER_4XX:
    case AVERROR_HTTP_SERVER_ERROR: return opening ? CameraFault::Garbage : CameraFault::ConnectionLost;
    default: return CameraFault::ConnectionLost;
    }
}

struct Dictionary
{
    Dictionary() = default;
    ~Dictionary() { av_dict_free(&entries); }
    Q_DISABLE_COPY_MOVE(Dictionary)
    AVDictionary *entries = nullptr;
};

/// Options that keep the time to the first picture and the delay short.
void setOptions(AVDictionary **options, bool rtsp)
{
    av_dict_set(options, "fflags", "nobuffer", 0);
    av_dict_set(options, "probesize", "65536", 0);
    av_dict_set(options, "analyzeduration", "0", 0);
    if (rtsp) {
        av_dict_set(options, "rtsp_transport", "tcp", 0);
        av_dict_set(options, "allowed_media_types", "video", 0);
        av_dict_set(options, "reorder_queue_size", "0", 0);
        av_dict_set(options, "protocol_whitelist", "rtp,tcp,tls,udp", 0);
    } else {
        av_dict_set(options, "protocol_whitelist", "http,https,tcp,tls", 0);
    }
}

} // namespace

int StreamReader::interrupted(void *link) { return static_cast<const StreamLink *>(link)->stopped() ? 1 : 0; }

std::expected<void, CameraFault> StreamReader::open(const QUrl &url)
{
    m_packet.reset(av_packet_alloc());
    m_frame.reset(av_frame_alloc());
    m_received.reset(av_frame_alloc());
    if (const auto opened = openInput(url); !opened)
        return opened;
    return openDecoder();
}

std::expected<void, CameraFault> StreamReader::openInput(const QUrl &url)
{
    const bool rtsp = url.scheme().startsWith(u"rtsp"_s);
    AVFormatContext *context = avformat_alloc_context();
    if (!context)
        return std::unexpected(CameraFault::ConnectionLost);
    context->interrupt_callback = {&StreamReader::interrupted, const_cast<StreamLink *>(&m_link)};
    context->flags |= AVFMT_FLAG_NOBUFFER;
    Dictionary options;
    setOptions(&options.entries, rtsp);
    // The container is named, so that nothing else FFmpeg knows is ever tried on a stranger's bytes.
    const AVInputFormat *format = av_find_input_format(rtsp ? "rtsp" : "mpjpeg");
    const int code = avformat_open_input(&context, url.toEncoded().constData(), format, &options.entries);
    if (code < 0)
        return std::unexpected(faultOf(code, true));
    m_input.reset(context);
    return {};
}

std::expected<void, CameraFault> StreamReader::openDecoder()
{
    m_stream = av_find_best_stream(m_input.get(), AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
    if (m_stream < 0 && m_input->nb_streams == 1 && m_input->streams[0]->codecpar->codec_type == AVMEDIA_TYPE_VIDEO)
        m_stream = 0;
    if (m_stream < 0)
        return std::unexpected(CameraFault::NoVideo);
    const AVCodecParameters *parameters = m_input->streams[m_stream]->codecpar;
    const AVCodec *codec = avcodec_find_decoder(parameters->codec_id);
    if (!codec)
        return std::unexpected(CameraFault::UnsupportedCodec);
    m_decoder.reset(avcodec_alloc_context3(codec));
    if (!m_decoder || avcodec_parameters_to_context(m_decoder.get(), parameters) < 0)
        return std::unexpected(CameraFault::Garbage);
    m_decoder->thread_count = 1; // threads would hold back frames and cost memory
    m_decoder->flags |= AV_CODEC_FLAG_LOW_DELAY;
    m_decoder->max_pixels = mostPixels;
    if (codec->id == AV_CODEC_ID_MJPEG)
        m_decoder->err_recognition |= AV_EF_EXPLODE; // it would hand out a broken picture without a word
    m_decoder->pkt_timebase = m_input->streams[m_stream]->time_base;
    if (avcodec_open2(m_decoder.get(), codec, nullptr) < 0)
        return std::unexpected(CameraFault::UnsupportedCodec);
    return {};
}

std::expected<const AVFrame *, CameraFault> StreamReader::next()
{
    av_packet_unref(m_packet.get());
    const qint64 before = nowMs();
    const int code = av_read_frame(m_input.get(), m_packet.get());
    if (code == AVERROR(EAGAIN))
        return nullptr;
    if (code < 0)
        return std::unexpected(faultOf(code, false));
    if (m_packet->stream_index != m_stream)
        return nullptr;
    if (!m_link.decoding()) {
        m_awaitsKey = true;
        m_lag.reset();
        return nullptr;
    }
    if (leaveOut(nowMs() - before))
        return nullptr;
    return decode();
}

bool StreamReader::leaveOut(qint64 waitedMs)
{
    const int64_t time = m_packet->dts != AV_NOPTS_VALUE ? m_packet->dts : m_packet->pts;
    if (m_behind && waitedMs >= drainedMs) {
        m_behind = false;
        m_lag.reset();
    } else if (!m_behind && time != AV_NOPTS_VALUE) {
        const qint64 pictureMs = av_rescale_q(time, m_decoder->pkt_timebase, AVRational{1, 1000});
        m_behind = m_lag.late(pictureMs, nowMs()) > lateMs && waitedMs < drainedMs;
    }
    m_awaitsKey = m_awaitsKey || m_behind;
    if (m_awaitsKey && (m_behind || (m_packet->flags & AV_PKT_FLAG_KEY) == 0))
        return true;
    m_awaitsKey = false;
    return false;
}

std::expected<const AVFrame *, CameraFault> StreamReader::decode()
{
    const int sent = avcodec_send_packet(m_decoder.get(), m_packet.get());
    if (sent < 0 && sent != AVERROR(EAGAIN))
        return damaged();
    bool shown = false;
    while (avcodec_receive_frame(m_decoder.get(), m_received.get()) >= 0) { // more than one: only the newest counts
        std::swap(m_frame, m_received);
        shown = true;
    }
    if (!shown)
        return nullptr;
    if ((m_frame->flags & AV_FRAME_FLAG_CORRUPT) != 0 || m_frame->decode_error_flags != 0)
        return damaged();
    m_damagedInRow = 0;
    return m_frame.get();
}

std::expected<const AVFrame *, CameraFault> StreamReader::damaged()
{
    if (++m_damagedInRow >= damagedMost)
        return std::unexpected(CameraFault::Garbage);
    return nullptr;
}

bool FrameScaler::scale(const AVFrame &frame, QSize box, QImage &picture)
{
    QSize size(frame.width, frame.height);
    if (frame.sample_aspect_ratio.num > 0 && frame.sample_aspect_ratio.den > 0)
        size.setWidth(int(av_rescale(frame.width, frame.sample_aspect_ratio.num, frame.sample_aspect_ratio.den)));
    if (!box.isEmpty())
        size.scale(box, Qt::KeepAspectRatio);
    size.setWidth(size.width() / 8 * 8); // libswscale's fast code; an odd width costs three times as much
    size = size.expandedTo(QSize(8, 2)).boundedTo(QSize(8192, 8192));
    if (picture.size() != size || picture.format() != QImage::Format_RGB32 || !picture.isDetached())
        picture = QImage(size, QImage::Format_RGB32);
    if (picture.isNull())
        return false;
    m_context.reset(sws_getCachedContext(m_context.release(), frame.width, frame.height, AVPixelFormat(frame.format), size.width(),
                                         size.height(), AV_PIX_FMT_RGB32, SWS_FAST_BILINEAR, nullptr, nullptr, nullptr));
    if (!m_context)
        return false;
    uint8_t *planes[4] = {picture.bits(), nullptr, nullptr, nullptr};
    const int strides[4] = {int(picture.bytesPerLine()), 0, 0, 0};
    return sws_scale(m_context.get(), frame.data, frame.linesize, 0, frame.height, planes, strides) > 0;
}

} // namespace ioc
