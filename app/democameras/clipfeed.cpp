// SPDX-License-Identifier: GPL-3.0-or-later
#include "clipfeed.h"

#include <gst/app/gstappsrc.h>

#include <algorithm>

namespace ioc {

namespace {

/// What may wait in the appsrc before pictures are left out.
constexpr quint64 maxQueuedBytes = 4U * 1024 * 1024;

GstCaps *capsOf(const Clip &clip)
{
    GstCaps *caps = nullptr;
    switch (clip.codec()) {
    case Clip::Codec::H264: caps = gst_caps_new_empty_simple("video/x-h264"); break;
    case Clip::Codec::Hevc: caps = gst_caps_new_empty_simple("video/x-h265"); break;
    case Clip::Codec::MotionJpeg: caps = gst_caps_new_empty_simple("image/jpeg"); break;
    }
    gst_caps_set_simple(caps, "width", G_TYPE_INT, clip.size().width(), "height", G_TYPE_INT, clip.size().height(), nullptr);
    if (clip.codec() == Clip::Codec::MotionJpeg)
        return caps;
    gst_caps_set_simple(caps, "alignment", G_TYPE_STRING, "au", nullptr);
    const QByteArray sets = clip.parameterSets();
    if (sets.isEmpty()) {
        gst_caps_set_simple(caps, "stream-format", G_TYPE_STRING, "byte-stream", nullptr);
        return caps;
    }
    GstBuffer *data = gst_buffer_new_memdup(sets.constData(), gsize(sets.size()));
    gst_caps_set_simple(caps, "stream-format", G_TYPE_STRING, clip.codec() == Clip::Codec::H264 ? "avc" : "hvc1",
                        "codec_data", GST_TYPE_BUFFER, data, nullptr);
    gst_buffer_unref(data);
    return caps;
}

void releaseBytes(gpointer bytes) { delete static_cast<QByteArray *>(bytes); }

} // namespace

ClipFeed::ClipFeed(std::shared_ptr<const Clip> clip, qsizetype start, GstAppSrc *source)
    : m_clip(std::move(clip)), m_source(source), m_next(start), m_shift(-m_clip->packets()[start].dts)
{
    gst_object_ref(m_source);
    GstCaps *caps = capsOf(*m_clip);
    gst_app_src_set_caps(m_source, caps);
    gst_caps_unref(caps);
}

ClipFeed::~ClipFeed() { gst_object_unref(m_source); }

void ClipFeed::pushDue()
{
    const GstClockTime running = gst_element_get_current_running_time(GST_ELEMENT(m_source));
    if (!GST_CLOCK_TIME_IS_VALID(running)) {
        if (!m_begun)
            pushNext();
        return;
    }
    while (m_clip->packets()[m_next].dts + m_shift <= qint64(running))
        pushNext();
}

void ClipFeed::pushNext()
{
    m_begun = true;
    const ClipPacket &packet = m_clip->packets()[m_next];
    m_skipping = (m_skipping && !packet.key) || gst_app_src_get_current_level_bytes(m_source) > maxQueuedBytes;
    if (!m_skipping) {
        auto *bytes = new QByteArray(packet.data); // shares the clip's bytes; GStreamer lets go of it when sent
        GstBuffer *buffer = gst_buffer_new_wrapped_full(GST_MEMORY_FLAG_READONLY, const_cast<char *>(bytes->constData()),
                                                        gsize(bytes->size()), 0, gsize(bytes->size()), bytes, releaseBytes);
        GST_BUFFER_PTS(buffer) = GstClockTime(std::max<qint64>(0, packet.pts + m_shift));
        GST_BUFFER_DTS(buffer) = GstClockTime(packet.dts + m_shift);
        if (!packet.key)
            GST_BUFFER_FLAG_SET(buffer, GST_BUFFER_FLAG_DELTA_UNIT);
        gst_app_src_push_buffer(m_source, buffer);
    }
    if (++m_next == m_clip->packets().size()) {
        m_next = 0;
        m_shift += m_clip->length();
    }
}

} // namespace ioc
