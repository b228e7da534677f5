// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clipfeed.h"

#include <base/result.h>

#include <gst/rtsp-server/rtsp-server.h>

#include <map>
#include <memory>
#include <mutex>
#include <vector>

namespace ioc {

/// An RTSP server whose cameras /cam1 … /camN play clips round and round. Viewers of one camera share its stream.
class CameraServer
{
    Q_DECLARE_TR_FUNCTIONS(ioc::CameraServer)

public:
    /// \a clips must not be empty; camera i plays clip i modulo their number.
    CameraServer(std::vector<std::shared_ptr<const Clip>> clips, int count);
    ~CameraServer();
    Q_DISABLE_COPY_MOVE(CameraServer)

    /// Listens on \a address and \a port (0: any free one) in the default main context; returns the port.
    Result<int> listen(const QByteArray &address, int port);

private:
    struct Mount
    {
        CameraServer *server;
        std::shared_ptr<const Clip> clip;
        qsizetype start;
    };

    void addCamera(int number);
    static void mediaConfigured(GstRTSPMediaFactory *factory, GstRTSPMedia *media, gpointer mount);
    static void mediaUnprepared(GstRTSPMedia *media, gpointer server);
    static gboolean feedAll(gpointer server);

    std::vector<std::shared_ptr<const Clip>> m_clips;
    std::vector<std::unique_ptr<Mount>> m_mounts;
    GstRTSPServer *m_server;
    guint m_source = 0;
    guint m_timer = 0;
    std::mutex m_mutex; ///< media come and go in the server's own threads
    std::map<GstRTSPMedia *, std::unique_ptr<ClipFeed>> m_feeds;
};

} // namespace ioc
