// SPDX-License-Identifier: GPL-3.0-or-later
// Cameras that are none, on the loopback: whatever the other side does, the stream says what is wrong and tries again.
#include <cameras/camerastream.h>

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <functional>

using namespace Qt::StringLiterals;
using namespace ioc;

namespace {

/// A peer that answers each RTSP request, and each new connection (an empty request), as a function says.
class Peer : public QTcpServer
{
    Q_OBJECT

public:
    using Answer = std::function<void(QTcpSocket &, const QByteArray &request)>;
    explicit Peer(Answer answer) : m_answer(std::move(answer))
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket *socket = nextPendingConnection()) {
                ++connections;
                connect(socket, &QTcpSocket::disconnected, this, [this] { ++disconnections; });
                m_answer(*socket, {});
                connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(*socket); });
            }
        });
    }
    [[nodiscard]] QUrl url() const { return QUrl(u"rtsp://user:pw@127.0.0.1:%1/cam"_s.arg(serverPort())); }
    int connections = 0;
    int disconnections = 0;

private:
    void read(QTcpSocket &socket)
    {
        QByteArray &buffer = m_buffers[&socket];
        buffer += socket.readAll();
        for (qsizetype end = buffer.indexOf("\r\n\r\n"); end >= 0; end = buffer.indexOf("\r\n\r\n")) {
            const QByteArray request = buffer.left(end);
            buffer.remove(0, end + 4);
            m_answer(socket, request);
        }
    }

    Answer m_answer;
    QHash<QTcpSocket *, QByteArray> m_buffers;
};

QByteArray sequenceOf(const QByteArray &request)
{
    for (const QByteArray &line : request.split('\n')) {
        if (line.toLower().startsWith("cseq:"))
            return line.mid(5).trimmed();
    }
    return "0";
}

void reply(QTcpSocket &socket, const QByteArray &request, const QByteArray &status, const QByteArray &headers = {}, const QByteArray &body = {})
{
    QByteArray text = "RTSP/1.0 " + status + "\r\nCSeq: " + sequenceOf(request) + "\r\n" + headers;
    if (!body.isEmpty())
        text += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
    socket.write(text + "\r\n" + body);
}

const QByteArray videoSdp = "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=cam\r\nt=0 0\r\nm=video 0 RTP/AVP 96\r\n"
                            "a=rtpmap:96 H264/90000\r\na=fmtp:96 packetization-mode=1\r\na=control:track1\r\n";

/// An answer that goes through the handshake with \a sdp and calls \a playing once pictures should come.
Peer::Answer camera(const QByteArray &sdp, std::function<void(QTcpSocket &)> playing)
{
    return [sdp, playing = std::move(playing)](QTcpSocket &socket, const QByteArray &request) {
        if (request.startsWith("OPTIONS"))
            reply(socket, request, "200 OK", "Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN\r\n");
        else if (request.startsWith("DESCRIBE"))
            reply(socket, request, "200 OK", "Content-Type: application/sdp\r\n", sdp);
        else if (request.startsWith("SETUP"))
            reply(socket, request, "200 OK", "Session: 1\r\nTransport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n");
        else if (request.startsWith("PLAY")) {
            reply(socket, request, "200 OK", "Session: 1\r\n");
            playing(socket);
        } else if (!request.isEmpty())
            reply(socket, request, "200 OK", "Session: 1\r\n");
    };
}

QByteArray interleaved(const QByteArray &rtp, qsizetype claimed = -1)
{
    const qsizetype size = claimed < 0 ? rtp.size() : claimed;
    return QByteArray("$\0", 2) + char(size >> 8) + char(size & 0xff) + rtp;
}

QByteArray rtpPacket(quint16 sequence, const QByteArray &payload)
{
    return QByteArray("\x80\xe0", 2) + char(sequence >> 8) + char(sequence & 0xff) + QByteArray(4, char(sequence)) + QByteArray("\1\2\3\4") + payload;
}

CameraTiming quick()
{
    CameraTiming timing;
    timing.connectMs = 1'500;
    timing.pictureMs = 1'500;
    timing.waitMs = {200, 200, 200, 200, 200, 200};
    return timing;
}

} // namespace

class TestCameraPeers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refused();
    void faults_data();
    void faults();
    void otherSchemesNeverReachFfmpeg();
    void redirectToFileIsRefused();
    void destructionWhileConnecting();
    void hiddenAndShownAgain();
};

void TestCameraPeers::refused()
{
    quint16 port = 0;
    {
        QTcpServer gone;
        QVERIFY(gone.listen(QHostAddress::LocalHost));
        port = gone.serverPort();
    }
    const SystemClock clock;
    CameraStream stream(clock, quick());
    stream.setUrl(QUrl(u"rtsp://127.0.0.1:%1/cam"_s.arg(port)));
    stream.setVisible(true);
    QTRY_COMPARE(stream.state(), CameraState::Retrying);
    QCOMPARE(stream.fault(), CameraFault::Refused);
    QVERIFY(stream.secondsToRetry() >= 1);
}

void TestCameraPeers::faults_data()
{
    QTest::addColumn<Peer::Answer>("answer");
    QTest::addColumn<CameraFault>("expected");
    using F = CameraFault;
    const auto row = [](const char *name, Peer::Answer answer, F expected) {
        QTest::newRow(name) << std::move(answer) << expected;
    };
    const auto always = [](const QByteArray &status, const QByteArray &headers = {}) -> Peer::Answer {
        return [=](QTcpSocket &socket, const QByteArray &request) {
            if (!request.isEmpty())
                reply(socket, request, status, headers);
        };
    };
    row("says nothing", [](QTcpSocket &, const QByteArray &) {}, F::TimedOut);
    row("closes at once", [](QTcpSocket &socket, const QByteArray &) { socket.close(); }, F::Garbage);
    row("answers garbage lines", [](QTcpSocket &socket, const QByteArray &) { socket.write(QByteArray("%$#@!\xff\xfe garbage\r\n\r\n").repeated(500)); },
        F::TimedOut);
    row("answers zeros without end of line", [](QTcpSocket &socket, const QByteArray &) { socket.write(QByteArray(200'000, '\0')); },
        F::TimedOut);
    row("speaks HTTP", [](QTcpSocket &socket, const QByteArray &request) {
        if (!request.isEmpty()) {
            socket.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno");
            socket.disconnectFromHost();
        } }, F::Garbage);
    row("not found", always("404 Not Found"), F::NotFound);
    row("unauthorized", always("401 Unauthorized", "WWW-Authenticate: Basic realm=\"cam\"\r\n"), F::Unauthorized);
    row("server error", always("500 Internal Server Error"), F::Garbage);
    row("audio only", camera("v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=a\r\nt=0 0\r\nm=audio 0 RTP/AVP 0\r\na=control:track1\r\n", [](QTcpSocket &) {}),
        F::NoVideo);
    row("description makes no sense", camera(QByteArray(3000, '='), [](QTcpSocket &) {}), F::NoVideo);
    row("unknown codec", camera("v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=a\r\nt=0 0\r\nm=video 0 RTP/AVP 97\r\na=rtpmap:97 NEVERHEARD/90000\r\na=control:track1\r\n",
                                [](QTcpSocket &) {}), F::UnsupportedCodec);
    row("plays nothing", camera(videoSdp, [](QTcpSocket &) {}), F::NoPicture);
    row("closes midway", camera(videoSdp, [](QTcpSocket &socket) { socket.write(interleaved(rtpPacket(1, "\x65\x88\x84"))); socket.disconnectFromHost(); }),
        F::ConnectionLost);
    row("truncated RTP", camera(videoSdp, [](QTcpSocket &socket) {
            for (quint16 i = 1; i < 400; ++i)
                socket.write(interleaved(rtpPacket(i, i % 3 == 0 ? QByteArray() : QByteArray("\x7c\x85", i % 2 + 1)).left(1 + i % 14)));
        }), F::NoPicture);
    row("packet shorter than it says", camera(videoSdp, [](QTcpSocket &socket) { socket.write(interleaved(rtpPacket(1, "abc"), 60'000)); }), F::NoPicture);
    row("pictures that cannot be decoded", camera(videoSdp, [](QTcpSocket &socket) {
            socket.write(interleaved(rtpPacket(1, QByteArray::fromHex("6742c01e da0280bfe5c044000003000400000300c83c58ba80"))));
            socket.write(interleaved(rtpPacket(2, QByteArray::fromHex("68ce3c80"))));
            for (quint16 i = 3; i < 500; ++i)
                socket.write(interleaved(rtpPacket(i, '\x65' + QByteArray(300, char(i * 37)))));
        }), F::Garbage);
    // Type 1, quality 50, 640×360, then a scan that ends much too early.
    row("motion JPEG with damaged pictures", camera("v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=a\r\nt=0 0\r\nm=video 0 RTP/AVP 26\r\na=control:track1\r\n", [](QTcpSocket &socket) {
            for (quint16 i = 1; i < 500; ++i) {
                QByteArray packet = rtpPacket(i, QByteArray::fromHex("00000000 01 32 50 2d") + QByteArray(300, char(i * 37)));
                packet[1] = char(0x80 | 26);
                socket.write(interleaved(packet));
            }
        }), F::Garbage);
}

void TestCameraPeers::faults()
{
    QFETCH(Peer::Answer, answer);
    QFETCH(CameraFault, expected);
    Peer peer(std::move(answer));
    const SystemClock clock;
    CameraStream stream(clock, quick());
    QList<CameraFault> seen;
    connect(&stream, &CameraStream::stateChanged, this, [&] {
        if (stream.state() == CameraState::Retrying)
            seen << stream.fault();
    });
    stream.setUrl(peer.url());
    stream.setVisible(true);
    QTRY_VERIFY_WITH_TIMEOUT(!seen.isEmpty(), 10'000);
    QCOMPARE(seen.first(), expected);
    // … and it comes again by itself.
    const int connections = peer.connections;
    QTRY_VERIFY_WITH_TIMEOUT(peer.connections > connections, 10'000);
}

void TestCameraPeers::otherSchemesNeverReachFfmpeg()
{
    const SystemClock clock;
    CameraStream stream(clock, quick());
    stream.setUrl(QUrl::fromLocalFile(QStringLiteral(IOC_BINARY_DIR "/share/tourism-ioc/clips/street.mp4")));
    stream.setVisible(true);
    QTRY_COMPARE(stream.state(), CameraState::Retrying);
    QCOMPARE(stream.fault(), CameraFault::BadAddress);
}

void TestCameraPeers::redirectToFileIsRefused()
{
    Peer peer([](QTcpSocket &socket, const QByteArray &request) {
        if (request.isEmpty())
            return;
        socket.write("HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n");
        socket.disconnectFromHost();
    });
    const SystemClock clock;
    CameraStream stream(clock, quick());
    stream.setUrl(QUrl(u"http://127.0.0.1:%1/video"_s.arg(peer.serverPort())));
    stream.setVisible(true);
    QTRY_COMPARE_WITH_TIMEOUT(stream.state(), CameraState::Retrying, 10'000);
    QVERIFY(stream.fault() != CameraFault::NoPicture);
}

void TestCameraPeers::destructionWhileConnecting()
{
    Peer peer([](QTcpSocket &, const QByteArray &) {});
    const SystemClock clock;
    for (int round = 0; round < 5; ++round) {
        auto stream = std::make_unique<CameraStream>(clock, CameraTiming{});
        stream->setUrl(peer.url());
        stream->setVisible(true);
        QTRY_VERIFY(peer.connections > round);
        stream.reset();
        QTRY_COMPARE(peer.disconnections, round + 1); // long before the connection would have given up by itself
    }
}

void TestCameraPeers::hiddenAndShownAgain()
{
    Peer peer([](QTcpSocket &, const QByteArray &) {});
    const SystemClock clock;
    CameraStream stream(clock);
    stream.setUrl(peer.url());
    QCOMPARE(stream.state(), CameraState::Idle);
    stream.setVisible(true);
    QTRY_COMPARE(peer.connections, 1);
    stream.setVisible(false);
    QCOMPARE(stream.state(), CameraState::Idle);
    stream.setVisible(true);
    QCOMPARE(stream.state(), CameraState::Connecting);
    QTRY_COMPARE(peer.connections, 2);
}

QTEST_GUILESS_MAIN(TestCameraPeers)
#include "tst_camerapeers.moc"
