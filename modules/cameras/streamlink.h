// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cameras/camerastate.h>
#include <cameras/ffmpegpointers.h>

#include <QImage>
#include <QMutex>
#include <QSize>

#include <atomic>

namespace ioc {

/// What one try's thread and its CameraStream share: orders one way, the newest picture and events the other.
/// Every try has its own, so what an abandoned thread still says reaches nobody.
class StreamLink
{
public:
    /// Takes events; called in the stream's own thread under the lock: must only pass them on.
    class Receiver
    {
    public:
        virtual ~Receiver() = default;
        virtual void streamEvent(CameraEvent event, CameraFault fault) = 0;
    };

    explicit StreamLink(Receiver *receiver) : m_receiver(receiver) {}

    // The owner's side.
    /// Ends the try: the thread stops soon and \a receiver hears no more.
    void abandon();
    void setDecoding(bool on) { m_decoding = on; }
    /// Box, in device pixels, that pictures are scaled into with their aspect kept.
    void setBox(QSize box);
    /// Swaps \a front with the newest picture not yet taken. False, and \a front untouched, when there is none.
    bool take(QImage &front);
    /// The newest decoded frame in full resolution, or null.
    [[nodiscard]] FfmpegPointer<AVFrame> newest() const;
    /// Counts pictures.
    [[nodiscard]] quint64 sequence() const { return m_sequence; }

    // The thread's side.
    [[nodiscard]] bool stopped() const { return m_stopped; }
    [[nodiscard]] bool decoding() const { return m_decoding; }
    [[nodiscard]] QSize box() const;
    /// Publishes \a picture and \a frame; \a picture comes back as a used buffer to paint over. Tells the receiver
    /// when the one before had been taken.
    void put(QImage &picture, const AVFrame &frame);
    void report(CameraEvent event, CameraFault fault = CameraFault::None);

private:
    mutable QMutex m_mutex;
    Receiver *m_receiver;
    QSize m_box;
    QImage m_picture;
    bool m_fresh = false;
    FfmpegPointer<AVFrame> m_newest;
    std::atomic<quint64> m_sequence = 0;
    std::atomic<bool> m_stopped = false;
    std::atomic<bool> m_decoding = true;
};

} // namespace ioc
