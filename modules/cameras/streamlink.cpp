// SPDX-License-Identifier: GPL-3.0-or-later
#include "streamlink.h"

#include <utility>

namespace ioc {

void StreamLink::abandon()
{
    const QMutexLocker lock(&m_mutex);
    m_stopped = true;
    m_receiver = nullptr;
    m_newest.reset();
}

void StreamLink::setBox(QSize box)
{
    const QMutexLocker lock(&m_mutex);
    m_box = box;
}

QSize StreamLink::box() const
{
    const QMutexLocker lock(&m_mutex);
    return m_box;
}

bool StreamLink::take(QImage &front)
{
    const QMutexLocker lock(&m_mutex);
    if (!m_fresh)
        return false;
    m_fresh = false;
    std::swap(front, m_picture);
    return true;
}

FfmpegPointer<AVFrame> StreamLink::newest() const
{
    const QMutexLocker lock(&m_mutex);
    return FfmpegPointer<AVFrame>(m_newest ? av_frame_clone(m_newest.get()) : nullptr);
}

void StreamLink::put(QImage &picture, const AVFrame &frame)
{
    FfmpegPointer<AVFrame> kept(av_frame_clone(&frame));
    const QMutexLocker lock(&m_mutex);
    if (m_stopped)
        return;
    std::swap(picture, m_picture);
    std::swap(m_newest, kept);
    ++m_sequence;
    if (!std::exchange(m_fresh, true) && m_receiver)
        m_receiver->streamEvent(CameraEvent::Picture, CameraFault::None);
}

void StreamLink::report(CameraEvent event, CameraFault fault)
{
    const QMutexLocker lock(&m_mutex);
    if (m_receiver)
        m_receiver->streamEvent(event, fault);
}

} // namespace ioc
