// SPDX-License-Identifier: GPL-3.0-or-later
#include <cameras/cameraaddress.h>
#include <cameras/camerastate.h>
#include <cameras/cameratext.h>
#include <cameras/lagmeter.h>
#include <cameras/walllayout.h>

#include <QSize>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace ioc;

namespace {

using S = CameraState;
using E = CameraEvent;
using A = CameraAction;
using F = CameraFault;

/// Brings a new machine into \a state.
void bringTo(CameraStateMachine &machine, CameraState state)
{
    if (state == S::Idle)
        return;
    machine.handle(E::Show);
    if (state == S::Retrying)
        machine.handle(E::Failed, F::Refused);
    if (state == S::Live || state == S::Stalled || state == S::Paused)
        machine.handle(E::Picture);
    if (state == S::Stalled)
        machine.handle(E::Deadline);
    if (state == S::Paused)
        machine.handle(E::Hide);
    QCOMPARE(machine.state(), state);
}

} // namespace

class TestCameras : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stateTable_data();
    void stateTable();
    void silenceBecomesNoPictureOnceOpened();
    void waitsGrowAndBeginAnew();
    void waitsGrowWhenPicturesComeOnlyBriefly();
    void faultsToMendAreNotRetriedAtOnce();
    void everyFaultSaysWhatAndWhatToDo();
    void addresses_data();
    void addresses();
    void shownAddressHidesSecrets();
    void cellsFillTheArea_data();
    void cellsFillTheArea();
    void layoutFollowsTheShape();
    void lateness();
};

void TestCameras::stateTable_data()
{
    QTest::addColumn<CameraState>("from");
    QTest::addColumn<CameraEvent>("event");
    QTest::addColumn<CameraState>("to");
    QTest::addColumn<CameraAction>("action");
    QTest::addColumn<CameraFault>("fault");
    const auto row = [](const char *name, S from, E event, S to, A action, F fault = F::None) {
        QTest::newRow(name) << from << event << to << action << fault;
    };
    row("idle show", S::Idle, E::Show, S::Connecting, A::Open);
    row("idle hide", S::Idle, E::Hide, S::Idle, A::None);
    row("idle opened", S::Idle, E::Opened, S::Idle, A::None);
    row("idle picture", S::Idle, E::Picture, S::Idle, A::None);
    row("idle failed", S::Idle, E::Failed, S::Idle, A::None);
    row("idle deadline", S::Idle, E::Deadline, S::Idle, A::None);
    row("idle reconnect", S::Idle, E::Reconnect, S::Idle, A::None);

    row("connecting show", S::Connecting, E::Show, S::Connecting, A::None);
    row("connecting hide", S::Connecting, E::Hide, S::Idle, A::Close);
    row("connecting opened", S::Connecting, E::Opened, S::Connecting, A::None);
    row("connecting picture", S::Connecting, E::Picture, S::Live, A::None);
    row("connecting failed", S::Connecting, E::Failed, S::Retrying, A::Close, F::Garbage);
    row("connecting deadline", S::Connecting, E::Deadline, S::Retrying, A::Close, F::TimedOut);
    row("connecting reconnect", S::Connecting, E::Reconnect, S::Connecting, A::Reopen);

    row("live show", S::Live, E::Show, S::Live, A::None);
    row("live hide", S::Live, E::Hide, S::Paused, A::Mute);
    row("live opened", S::Live, E::Opened, S::Live, A::None);
    row("live picture", S::Live, E::Picture, S::Live, A::None);
    row("live failed", S::Live, E::Failed, S::Retrying, A::Close, F::Garbage);
    row("live deadline", S::Live, E::Deadline, S::Stalled, A::None);
    row("live reconnect", S::Live, E::Reconnect, S::Connecting, A::Reopen);

    row("stalled show", S::Stalled, E::Show, S::Stalled, A::None);
    row("stalled hide", S::Stalled, E::Hide, S::Idle, A::Close);
    row("stalled opened", S::Stalled, E::Opened, S::Stalled, A::None);
    row("stalled picture", S::Stalled, E::Picture, S::Live, A::None);
    row("stalled failed", S::Stalled, E::Failed, S::Retrying, A::Close, F::Garbage);
    row("stalled deadline", S::Stalled, E::Deadline, S::Retrying, A::Close, F::ConnectionLost);
    row("stalled reconnect", S::Stalled, E::Reconnect, S::Connecting, A::Reopen);

    row("retrying show", S::Retrying, E::Show, S::Retrying, A::None, F::Refused);
    row("retrying hide", S::Retrying, E::Hide, S::Idle, A::None);
    row("retrying opened", S::Retrying, E::Opened, S::Retrying, A::None, F::Refused);
    row("retrying picture", S::Retrying, E::Picture, S::Retrying, A::None, F::Refused);
    row("retrying failed", S::Retrying, E::Failed, S::Retrying, A::None, F::Refused);
    row("retrying deadline", S::Retrying, E::Deadline, S::Connecting, A::Open, F::Refused);
    row("retrying reconnect", S::Retrying, E::Reconnect, S::Connecting, A::Open, F::Refused);

    row("paused show", S::Paused, E::Show, S::Connecting, A::Unmute);
    row("paused hide", S::Paused, E::Hide, S::Paused, A::None);
    row("paused opened", S::Paused, E::Opened, S::Paused, A::None);
    row("paused picture", S::Paused, E::Picture, S::Paused, A::None);
    row("paused failed", S::Paused, E::Failed, S::Idle, A::Close);
    row("paused deadline", S::Paused, E::Deadline, S::Idle, A::Close);
    row("paused reconnect", S::Paused, E::Reconnect, S::Idle, A::Close);
}

void TestCameras::stateTable()
{
    QFETCH(CameraState, from);
    QFETCH(CameraEvent, event);
    QFETCH(CameraState, to);
    QFETCH(CameraAction, action);
    QFETCH(CameraFault, fault);
    const ManualClock clock(0);
    CameraStateMachine machine(clock);
    bringTo(machine, from);
    QCOMPARE(machine.handle(event, event == E::Failed ? F::Garbage : F::None), action);
    QCOMPARE(machine.state(), to);
    QCOMPARE(machine.fault(), fault);
    QCOMPARE(machine.deadlineMs() < 0, to == S::Idle);
}

void TestCameras::silenceBecomesNoPictureOnceOpened()
{
    const ManualClock clock(0);
    CameraStateMachine machine(clock);
    machine.handle(E::Show);
    const qint64 connectDeadline = machine.deadlineMs();
    machine.handle(E::Opened);
    QVERIFY(machine.deadlineMs() > connectDeadline);
    machine.handle(E::Deadline);
    QCOMPARE(machine.fault(), F::NoPicture);
}

void TestCameras::waitsGrowAndBeginAnew()
{
    ManualClock clock(0);
    const CameraTiming timing;
    CameraStateMachine machine(clock, timing);
    machine.handle(E::Show);
    for (const qint64 wait : timing.waitMs) {
        machine.handle(E::Failed, F::Refused);
        QCOMPARE(machine.deadlineMs() - clock.monotonicMs(), wait);
        clock.advance(wait);
        machine.handle(E::Deadline);
    }
    machine.handle(E::Failed, F::Refused);
    QCOMPARE(machine.deadlineMs() - clock.monotonicMs(), timing.waitMs.back());
    machine.handle(E::Deadline);
    machine.handle(E::Picture);
    clock.advance(timing.steadyMs);
    machine.handle(E::Failed, F::ConnectionLost);
    QCOMPARE(machine.deadlineMs() - clock.monotonicMs(), timing.waitMs.front());
}

void TestCameras::waitsGrowWhenPicturesComeOnlyBriefly()
{
    ManualClock clock(0);
    const CameraTiming timing;
    CameraStateMachine machine(clock, timing);
    machine.handle(E::Show);
    for (const qint64 wait : timing.waitMs) {
        machine.handle(E::Picture);
        clock.advance(timing.steadyMs - 1);
        machine.handle(E::Failed, F::ConnectionLost);
        QCOMPARE(machine.deadlineMs() - clock.monotonicMs(), wait);
        machine.handle(E::Deadline);
    }
}

void TestCameras::faultsToMendAreNotRetriedAtOnce()
{
    const ManualClock clock(0);
    const CameraTiming timing;
    for (const F fault : {F::Unauthorized, F::NotFound, F::NoVideo, F::UnsupportedCodec, F::BadAddress}) {
        CameraStateMachine machine(clock, timing);
        machine.handle(E::Show);
        machine.handle(E::Failed, fault);
        QCOMPARE(machine.deadlineMs(), timing.waitMs[3]);
    }
}

void TestCameras::everyFaultSaysWhatAndWhatToDo()
{
    QSet<QString> sentences;
    for (int fault = int(F::BadAddress); fault <= int(F::ConnectionLost); ++fault) {
        QVERIFY(!cameraFaultAdvice(F(fault)).isEmpty());
        sentences << cameraFaultText(F(fault));
    }
    QCOMPARE(sentences.size(), int(F::ConnectionLost));
    QVERIFY(!sentences.contains(QString()));
}

void TestCameras::addresses_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("ok");
    QTest::newRow("rtsp") << u"rtsp://10.0.0.5:554/stream1"_s << true;
    QTest::newRow("rtsps with password") << u"rtsps://user:pass@camera.example/1"_s << true;
    QTest::newRow("http") << u"http://camera.example/video.mjpg"_s << true;
    QTest::newRow("file") << u"file:///etc/passwd"_s << false;
    QTest::newRow("path") << u"/etc/passwd"_s << false;
    QTest::newRow("concat") << u"concat:/etc/passwd|/etc/hosts"_s << false;
    QTest::newRow("pipe") << u"pipe:0"_s << false;
    QTest::newRow("udp") << u"udp://239.0.0.1:1234"_s << false;
    QTest::newRow("no host") << u"rtsp:///stream"_s << false;
    QTest::newRow("lavfi") << u"lavfi:testsrc"_s << false;
    QTest::newRow("empty") << QString() << false;
}

void TestCameras::addresses()
{
    QFETCH(QString, url);
    QFETCH(bool, ok);
    const Result<QUrl> checked = checkedCameraAddress(QUrl(url));
    QCOMPARE(checked.has_value(), ok);
    if (!ok) {
        QCOMPARE(checked.error().code, ErrorCode::InvalidInput);
        QVERIFY(!checked.error().message.isEmpty());
    }
}

void TestCameras::shownAddressHidesSecrets()
{
    const QString shown = shownCameraAddress(QUrl(u"rtsp://admin:s3cret@10.0.0.5:554/cam?token=abc#x"_s));
    QCOMPARE(shown, u"rtsp://10.0.0.5:554/cam"_s);
    const Result<QUrl> refused = checkedCameraAddress(QUrl(u"ftp://admin:s3cret@10.0.0.5/x"_s));
    QVERIFY(!refused.error().detail.contains(u"s3cret"_s));
}

void TestCameras::cellsFillTheArea_data()
{
    QTest::addColumn<QRect>("area");
    QTest::newRow("wide") << QRect(0, 30, 1600, 870);
    QTest::newRow("square") << QRect(10, 20, 701, 703);
    QTest::newRow("strip") << QRect(0, 0, 1900, 190);
    QTest::newRow("column") << QRect(0, 0, 300, 1000);
}

void TestCameras::cellsFillTheArea()
{
    QFETCH(QRect, area);
    for (int count = 1; count <= 16; ++count) {
        const QList<QRect> cells = wallCells(count, area, 20, 3);
        QCOMPARE(cells.size(), count);
        QRegion covered;
        for (const QRect &cell : cells) {
            QVERIFY(area.contains(cell));
            QVERIFY(!covered.intersects(cell));
            covered += cell;
            // Its spacing to the right and below is all that a cell leaves free.
        }
        QRegion withSpacing;
        for (const QRect &cell : cells)
            withSpacing += cell.adjusted(0, 0, 3, 3);
        QVERIFY((QRegion(area) - withSpacing).isEmpty());
    }
}

void TestCameras::layoutFollowsTheShape()
{
    const auto rows = [](int count, QSize size) {
        QSet<int> tops;
        for (const QRect &cell : wallCells(count, QRect(QPoint(0, 0), size), 20, 3))
            tops << cell.top();
        return int(tops.size());
    };
    QCOMPARE(rows(16, {1600, 900}), 4);
    QCOMPARE(rows(4, {1600, 900}), 2);
    QCOMPARE(rows(4, {1600, 240}), 1);
    QCOMPARE(rows(4, {300, 1000}), 4);
    QCOMPARE(rows(6, {1200, 520}), 2);
    QCOMPARE(rows(5, {1200, 520}), 2);
}

void TestCameras::lateness()
{
    LagMeter meter;
    QCOMPARE(meter.late(0, 5'000), 0);
    QCOMPARE(meter.late(66, 5'066), 0);
    QCOMPARE(meter.late(133, 5'333), 200);
    QCOMPARE(meter.late(200, 5'190), 0);    // quicker than any before: the new measure
    QCOMPARE(meter.late(266, 5'366), 110);
    QCOMPARE(meter.late(900'000, 5'400), 0); // the stream's clock jumped
    meter.reset();
    QCOMPARE(meter.late(900'066, 9'000), 0);
    qint64 late = 0; // a clock that runs 0.05 % slow is not taken for delay
    for (int second = 1; second <= 3600; ++second)
        late = meter.late(900'066 + second * 1000, 9'000 + second * 1000 + second / 2);
    QVERIFY2(late < 700, qPrintable(QString::number(late)));
}

QTEST_GUILESS_MAIN(TestCameras)
#include "tst_cameras.moc"
