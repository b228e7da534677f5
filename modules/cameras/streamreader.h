// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cameras/camerastate.h>
#include <cameras/ffmpegpointers.h>
#include <cameras/lagmeter.h>

#include <QImage>
#include <QUrl>

#include <expected>

namespace ioc {

class StreamLink;

/// Opens one camera's stream and decodes its video, frame by frame, in the caller's thread.
/// Every wait ends when the link is stopped.
class StreamReader
{
public:
    explicit StreamReader(const StreamLink &link) : m_link(link) {}

    /// Connects to \a url (checked) and prepares the decoder.
    std::expected<void, CameraFault> open(const QUrl &url);
    /// Waits for the next packet and decodes it; the frame that is to be shown, or null when there is none yet: before
    /// the first key frame, while decoding is off, or while late pictures are left out. The frame lasts until the next call.
    std::expected<const AVFrame *, CameraFault> next();

private:
    std::expected<void, CameraFault> openInput(const QUrl &url);
    std::expected<void, CameraFault> openDecoder();
    std::expected<const AVFrame *, CameraFault> decode();
    bool leaveOut(qint64 waitedMs);
    std::expected<const AVFrame *, CameraFault> damaged();
    static int interrupted(void *link);

    const StreamLink &m_link;
    FfmpegPointer<AVFormatContext> m_input;
    FfmpegPointer<AVCodecContext> m_decoder;
    FfmpegPointer<AVPacket> m_packet;
    FfmpegPointer<AVFrame> m_frame;
    FfmpegPointer<AVFrame> m_received;
    int m_stream = -1;
    int m_damagedInRow = 0;
    bool m_awaitsKey = true;
    bool m_behind = false; ///< packets wait in the socket: read on without decoding until none does
    LagMeter m_lag;
};

/// \a frame as an RGB picture of its own size, in display aspect.
class FrameScaler
{
public:
    /// Scales \a frame into \a picture, which gets the largest size that fits \a box with the aspect kept
    /// (the frame's own size when \a box is empty). False when the frame cannot be converted.
    bool scale(const AVFrame &frame, QSize box, QImage &picture);

private:
    FfmpegPointer<SwsContext> m_context;
};

} // namespace ioc
