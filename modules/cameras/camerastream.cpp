// SPDX-License-Identifier: GPL-3.0-or-later
#include "camerastream.h"

#include "cameraaddress.h"
#include "streamlink.h"
#include "streamreader.h"
#include "streamthread.h"

#include <QDeadlineTimer>
#include <QPromise>
#include <QThread>
#include <QThreadPool>

#include <algorithm>

namespace ioc {

namespace {

/// The longest the end of the program waits for threads; only a name lookup can take longer, and that thread ends by itself.
constexpr int goodbyeMs = 400;

Result<QImage> converted(const AVFrame &frame)
{
    FrameScaler scaler;
    QImage picture;
    if (!scaler.scale(frame, {}, picture))
        return failure(ErrorCode::Internal, CameraStream::tr("The picture could not be converted. Try again."));
    return picture;
}

} // namespace

/// Carries events from a stream's thread into the CameraStream's.
class CameraStream::Receiver final : public StreamLink::Receiver
{
public:
    explicit Receiver(CameraStream *stream) : m_stream(stream) {}
    void streamEvent(CameraEvent event, CameraFault fault) override
    {
        // An event of an earlier try may already be on its way when the next begins: its link tells them apart.
        QMetaObject::invokeMethod(
            m_stream,
            [stream = m_stream, event, fault, link = std::weak_ptr(m_link)] {
                if (!link.expired() && link.lock() == stream->m_link)
                    stream->handle(event, fault);
            },
            Qt::QueuedConnection);
    }
    void setLink(const std::shared_ptr<StreamLink> &link) { m_link = link; }

private:
    CameraStream *m_stream;
    std::weak_ptr<StreamLink> m_link;
};

CameraStream::CameraStream(const Clock &clock, const CameraTiming &timing, QObject *parent)
    : QObject(parent), m_clock(clock), m_machine(clock, timing)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &CameraStream::timedOut);
}

CameraStream::~CameraStream()
{
    close();
    // While an event loop runs the threads end and delete themselves; only without one, at the program's end,
    // are they waited for, so that none outlives what it uses.
    if (thread()->loopLevel() > 0)
        return;
    const QDeadlineTimer deadline(goodbyeMs);
    for (const QPointer<StreamThread> &thread : std::as_const(m_threads)) {
        if (thread && thread->wait(deadline))
            delete thread.data();
    }
}

void CameraStream::setUrl(const QUrl &url)
{
    if (url == m_url)
        return;
    m_url = url;
    reconnect();
}

void CameraStream::setVisible(bool visible)
{
    handle(visible ? CameraEvent::Show : CameraEvent::Hide);
}

void CameraStream::setBox(QSize box)
{
    m_box = box;
    if (m_link)
        m_link->setBox(box);
}

void CameraStream::reconnect() { handle(CameraEvent::Reconnect); }

void CameraStream::stop()
{
    handle(CameraEvent::Hide);
    if (m_machine.state() == CameraState::Paused)
        handle(CameraEvent::Deadline);
}

int CameraStream::secondsToRetry() const
{
    if (m_machine.state() != CameraState::Retrying)
        return 0;
    return int(std::max<qint64>(1, (m_machine.deadlineMs() - m_clock.monotonicMs() + 999) / 1000));
}

bool CameraStream::takePicture(QImage &picture) { return m_link && m_link->take(picture); }

QFuture<Result<QImage>> CameraStream::still() const
{
    QPromise<Result<QImage>> promise;
    QFuture<Result<QImage>> future = promise.future();
    promise.start();
    FfmpegPointer<AVFrame> frame = m_machine.state() == CameraState::Live && m_link ? m_link->newest() : nullptr;
    if (!frame) {
        promise.addResult(failure(ErrorCode::Busy, tr("The camera shows no picture now. Try again when it is live.")));
        promise.finish();
        return future;
    }
    QThreadPool::globalInstance()->start([promise = std::move(promise), frame = std::move(frame)]() mutable {
        promise.addResult(converted(*frame));
        promise.finish();
    });
    return future;
}

void CameraStream::handle(CameraEvent event, CameraFault fault)
{
    const CameraState state = m_machine.state();
    const CameraFault before = m_machine.fault();
    act(m_machine.handle(event, fault));
    armTimer();
    if (state != m_machine.state() || before != m_machine.fault())
        Q_EMIT stateChanged();
    if (event == CameraEvent::Picture && m_link)
        Q_EMIT pictureReady();
}

void CameraStream::act(CameraAction action)
{
    switch (action) {
    case CameraAction::None: break;
    case CameraAction::Open: open(); break;
    case CameraAction::Close: close(); break;
    case CameraAction::Reopen:
        close();
        open();
        break;
    case CameraAction::Mute:
    case CameraAction::Unmute:
        if (m_link)
            m_link->setDecoding(action == CameraAction::Unmute);
        break;
    }
}

void CameraStream::open()
{
    m_receiver = std::make_unique<Receiver>(this);
    m_link = std::make_shared<StreamLink>(m_receiver.get());
    m_receiver->setLink(m_link);
    m_link->setBox(m_box);
    m_seen = 0;
    const Result<QUrl> address = checkedCameraAddress(m_url);
    if (!address) {
        m_link->report(CameraEvent::Failed, CameraFault::BadAddress);
        return;
    }
    m_threads.removeIf([](const QPointer<StreamThread> &thread) { return thread.isNull(); });
    m_threads.append(new StreamThread(*address, m_link)); // deletes itself when it has ended
    m_threads.last()->start();
}

void CameraStream::close()
{
    if (m_link)
        m_link->abandon();
    m_link.reset();
}

/// The timer is let run rather than set again for every picture: on time-out it looks whether the deadline has moved.
void CameraStream::armTimer()
{
    const qint64 deadline = m_machine.deadlineMs();
    if (deadline < 0) {
        m_timer.stop();
        return;
    }
    const qint64 rest = std::max<qint64>(0, deadline - m_clock.monotonicMs());
    if (!m_timer.isActive() || m_timer.remainingTime() > rest)
        m_timer.start(int(rest));
}

void CameraStream::timedOut()
{
    // Pictures that nobody takes (a covered window) are pictures all the same.
    if (m_link && m_link->sequence() != m_seen) {
        m_seen = m_link->sequence();
        if (m_machine.state() == CameraState::Live || m_machine.state() == CameraState::Stalled)
            handle(CameraEvent::Picture);
    }
    if (m_machine.deadlineMs() >= 0 && m_clock.monotonicMs() >= m_machine.deadlineMs())
        handle(CameraEvent::Deadline);
    armTimer();
}

} // namespace ioc
