// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <cameras/camerastate.h>

#include <QFuture>
#include <QImage>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QTimer>
#include <QUrl>

#include <memory>

namespace ioc {

class StreamLink;
class StreamThread;

/// One camera's live pictures. Connects while it is to be visible, keeps trying when that fails, and hands over the newest
/// picture only: what is not taken in time is replaced, so delay never grows. Nothing here blocks.
class CameraStream final : public QObject
{
    Q_OBJECT

public:
    /// \a clock must outlive the stream.
    explicit CameraStream(const Clock &clock, const CameraTiming &timing = {}, QObject *parent = nullptr);
    /// Returns at once while an event loop runs; at the program's end as soon as its threads have let go (some 0.1 s,
    /// never over 0.4 s).
    ~CameraStream() override;

    /// Address of the camera. One that is refused by checkedCameraAddress shows as Retrying with BadAddress.
    void setUrl(const QUrl &url);
    /// Whether anybody looks: connects, or stops decoding and some time later disconnects.
    void setVisible(bool visible);
    /// Box in device pixels that pictures are scaled into.
    void setBox(QSize box);
    /// Drops the connection, if any, and tries at once; nothing while not visible.
    void reconnect();
    /// Asks the thread to end without waiting: makes the destruction of many streams quick. Shows again with setVisible.
    void stop();

    [[nodiscard]] CameraState state() const { return m_machine.state(); }
    [[nodiscard]] CameraFault fault() const { return m_machine.fault(); }
    /// Whole seconds until the next try, at least 1 while Retrying; 0 otherwise.
    [[nodiscard]] int secondsToRetry() const;
    /// Swaps \a picture with the newest one, if there is one that was not taken before. The one given is used as a buffer.
    bool takePicture(QImage &picture);
    /// The newest picture in full resolution; Busy while the camera is not live.
    [[nodiscard]] QFuture<Result<QImage>> still() const;

Q_SIGNALS:
    /// state() or fault() changed.
    void stateChanged();
    /// A picture waits to be taken. Comes again only after it was.
    void pictureReady();

private:
    class Receiver;

    void handle(CameraEvent event, CameraFault fault = CameraFault::None);
    void act(CameraAction action);
    void open();
    void close();
    void armTimer();
    void timedOut();

    const Clock &m_clock;
    CameraStateMachine m_machine;
    QTimer m_timer;
    QUrl m_url;
    QSize m_box;
    std::unique_ptr<Receiver> m_receiver;
    std::shared_ptr<StreamLink> m_link; ///< of the try that is on; null when none is
    QList<QPointer<StreamThread>> m_threads; ///< the running one and those that are ending
    quint64 m_seen = 0;
};

} // namespace ioc
