// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>

#include <QByteArray>
#include <QCoreApplication>
#include <QList>
#include <QSize>
#include <QString>

namespace ioc {

/// One coded picture of a clip; times in nanoseconds from the clip's first decoding time.
struct ClipPacket
{
    QByteArray data;
    qint64 pts = 0;
    qint64 dts = 0;
    qint64 duration = 0;
    bool key = false;
};

/// The video of one clip, taken out of its container and held in memory as it was coded.
class Clip
{
    Q_DECLARE_TR_FUNCTIONS(ioc::Clip)

public:
    enum class Codec { H264, Hevc, MotionJpeg };

    /// Reads the first video stream of \a path. Damaged: it cannot be read; Unsupported: neither H.264, HEVC nor
    /// motion JPEG; TooLarge: more than 256 MB of video.
    static Result<Clip> read(const QString &path);

    [[nodiscard]] Codec codec() const { return m_codec; }
    [[nodiscard]] QSize size() const { return m_size; }
    /// Parameter sets as the container gives them; empty when they stand in the stream (Annex B).
    [[nodiscard]] QByteArray parameterSets() const { return m_parameterSets; }
    [[nodiscard]] const QList<ClipPacket> &packets() const { return m_packets; }
    /// Nanoseconds from the first packet to where the next round's first one follows.
    [[nodiscard]] qint64 length() const { return m_length; }
    /// Index of the key frame nearest to the \a share (0 to 1) of the clip.
    [[nodiscard]] qsizetype keyFrameNear(double share) const;

private:
    Result<void> settleTimes(const QString &path);

    Codec m_codec = Codec::H264;
    QSize m_size;
    QByteArray m_parameterSets;
    QList<ClipPacket> m_packets;
    qint64 m_length = 0;
};

} // namespace ioc
