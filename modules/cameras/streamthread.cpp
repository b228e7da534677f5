// SPDX-License-Identifier: GPL-3.0-or-later
#include "streamthread.h"

#include "streamlink.h"
#include "streamreader.h"

#include <mutex>

namespace ioc {

namespace {

constexpr uint stackBytes = 1024 * 1024;

/// FFmpeg writes to stderr, with addresses and their passwords in them; what matters comes as a CameraFault.
void silenceFfmpeg()
{
    static std::once_flag once;
    std::call_once(once, [] { av_log_set_level(AV_LOG_PANIC); });
}

} // namespace

StreamThread::StreamThread(QUrl url, std::shared_ptr<StreamLink> link) : m_url(std::move(url)), m_link(std::move(link))
{
    setObjectName(QStringLiteral("camera"));
    setStackSize(stackBytes);
    connect(this, &QThread::finished, this, &QObject::deleteLater);
}

void StreamThread::run()
{
    silenceFfmpeg();
    StreamReader reader(*m_link);
    if (const auto opened = reader.open(m_url); !opened) {
        m_link->report(CameraEvent::Failed, opened.error());
        return;
    }
    m_link->report(CameraEvent::Opened);
    FrameScaler scaler;
    QImage picture;
    while (!m_link->stopped()) {
        const auto frame = reader.next();
        if (!frame) {
            m_link->report(CameraEvent::Failed, frame.error());
            return;
        }
        if (*frame && scaler.scale(**frame, m_link->box(), picture))
            m_link->put(picture, **frame);
    }
}

} // namespace ioc
