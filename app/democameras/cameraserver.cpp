// SPDX-License-Identifier: GPL-3.0-or-later
#include "cameraserver.h"

#include <gst/app/gstappsrc.h>

namespace ioc {

namespace {

constexpr guint feedIntervalMs = 15;

/// Packs coded pictures into RTP; parameter sets go out again with every key frame, for those who join later.
const char *pipelineFor(Clip::Codec codec)
{
    switch (codec) {
    case Clip::Codec::H264:
        return "( appsrc name=clip is-live=true format=time ! h264parse ! rtph264pay name=pay0 pt=96 config-interval=-1 )";
    case Clip::Codec::Hevc:
        return "( appsrc name=clip is-live=true format=time ! h265parse ! rtph265pay name=pay0 pt=96 config-interval=-1 )";
    case Clip::Codec::MotionJpeg:
        return "( appsrc name=clip is-live=true format=time ! jpegparse ! rtpjpegpay name=pay0 pt=26 )";
    }
    return "";
}

GstRTSPFilterResult dropClient(GstRTSPServer *, GstRTSPClient *, gpointer) { return GST_RTSP_FILTER_REMOVE; }

} // namespace

CameraServer::CameraServer(std::vector<std::shared_ptr<const Clip>> clips, int count)
    : m_clips(std::move(clips)), m_server(gst_rtsp_server_new())
{
    // One slow viewer must not hold up the others.
    GstRTSPThreadPool *pool = gst_rtsp_server_get_thread_pool(m_server);
    gst_rtsp_thread_pool_set_max_threads(pool, -1);
    g_object_unref(pool);
    for (int number = 1; number <= count; ++number)
        addCamera(number);
    m_timer = g_timeout_add(feedIntervalMs, &CameraServer::feedAll, this);
}

CameraServer::~CameraServer()
{
    g_source_remove(m_timer);
    if (m_source != 0)
        g_source_remove(m_source);
    gst_rtsp_server_client_filter(m_server, dropClient, nullptr);
    g_object_unref(m_server);
    const std::scoped_lock lock(m_mutex);
    for (const auto &[media, feed] : m_feeds)
        g_signal_handlers_disconnect_by_data(media, this);
}

void CameraServer::addCamera(int number)
{
    const auto clips = int(m_clips.size());
    const int clipIndex = (number - 1) % clips;
    const int round = (number - 1) / clips;
    const std::shared_ptr<const Clip> clip = m_clips[size_t(clipIndex)];
    // Golden steps through the clip: cameras that share one never look alike.
    const double share = round * 0.382 - int(round * 0.382);
    m_mounts.push_back(std::make_unique<Mount>(Mount{this, clip, clip->keyFrameNear(share)}));

    GstRTSPMediaFactory *factory = gst_rtsp_media_factory_new();
    gst_rtsp_media_factory_set_launch(factory, pipelineFor(clip->codec()));
    gst_rtsp_media_factory_set_shared(factory, TRUE);
    gst_rtsp_media_factory_set_latency(factory, 0);
    g_signal_connect(factory, "media-configure", G_CALLBACK(&CameraServer::mediaConfigured), m_mounts.back().get());
    GstRTSPMountPoints *mounts = gst_rtsp_server_get_mount_points(m_server);
    gst_rtsp_mount_points_add_factory(mounts, QByteArray("/cam" + QByteArray::number(number)).constData(), factory);
    g_object_unref(mounts);
}

Result<int> CameraServer::listen(const QByteArray &address, int port)
{
    gst_rtsp_server_set_address(m_server, address.constData());
    gst_rtsp_server_set_service(m_server, QByteArray::number(port).constData());
    m_source = gst_rtsp_server_attach(m_server, nullptr);
    if (m_source == 0) {
        return failure(ErrorCode::Busy, tr("Port %1 cannot be listened on. Stop the program that uses it or choose another port.").arg(port));
    }
    return gst_rtsp_server_get_bound_port(m_server);
}

void CameraServer::mediaConfigured(GstRTSPMediaFactory *, GstRTSPMedia *media, gpointer data)
{
    const Mount &mount = *static_cast<Mount *>(data);
    GstElement *element = gst_rtsp_media_get_element(media);
    GstElement *source = gst_bin_get_by_name_recurse_up(GST_BIN(element), "clip");
    {
        const std::scoped_lock lock(mount.server->m_mutex);
        auto feed = std::make_unique<ClipFeed>(mount.clip, mount.start, GST_APP_SRC(source));
        feed->pushDue();
        mount.server->m_feeds.insert_or_assign(media, std::move(feed));
    }
    g_signal_connect(media, "unprepared", G_CALLBACK(&CameraServer::mediaUnprepared), mount.server);
    gst_object_unref(source);
    gst_object_unref(element);
}

void CameraServer::mediaUnprepared(GstRTSPMedia *media, gpointer data)
{
    auto *server = static_cast<CameraServer *>(data);
    const std::scoped_lock lock(server->m_mutex);
    server->m_feeds.erase(media);
}

gboolean CameraServer::feedAll(gpointer data)
{
    auto *server = static_cast<CameraServer *>(data);
    const std::scoped_lock lock(server->m_mutex);
    for (const auto &[media, feed] : server->m_feeds)
        feed->pushDue();
    return G_SOURCE_CONTINUE;
}

} // namespace ioc
