// SPDX-License-Identifier: GPL-3.0-or-later
// The real wall on the real demonstration server.
#include <cameras/camerawallwidget.h>

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace ioc;

namespace {

constexpr int patience = 20'000;

/// The demonstration server as a program of its own.
class Server
{
public:
    bool start(const QStringList &clips, int count, int port = 0)
    {
        const QString portFile = m_directory.filePath(u"port"_s);
        QFile::remove(portFile);
        m_process.start(QStringLiteral(IOC_BINARY_DIR "/bin/tourism-ioc-demo-cameras"),
                        QStringList{u"--port"_s, QString::number(port), u"--port-file"_s, portFile, u"--count"_s, QString::number(count)} + clips);
        if (!QTest::qWaitFor([&] { return QFile::exists(portFile) || m_process.state() == QProcess::NotRunning; }, patience))
            return false;
        QFile file(portFile);
        m_port = file.open(QIODevice::ReadOnly) ? file.readAll().trimmed().toInt() : 0;
        return m_port > 0;
    }
    void kill()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    [[nodiscard]] int port() const { return m_port; }
    [[nodiscard]] QProcess &process() { return m_process; }
    ~Server()
    {
        m_process.terminate();
        m_process.waitForFinished();
    }

private:
    QTemporaryDir m_directory;
    QProcess m_process;
    int m_port = 0;
};

QStringList demoClips()
{
    const QDir directory(QStringLiteral(IOC_BINARY_DIR "/share/tourism-ioc/clips"));
    QStringList paths;
    for (const QString &name : directory.entryList({u"*.mp4"_s}, QDir::Files, QDir::Name))
        paths << directory.filePath(name);
    return paths;
}

CameraTiming quick()
{
    CameraTiming timing;
    timing.stallMs = 700;
    timing.waitMs = {300, 300, 300, 300, 300, 300};
    return timing;
}

} // namespace

class TestCameraWall : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QCOMPARE(demoClips().size(), 5); }
    void showsMovingPictures();
    void serverGoesAndComesBack();
    void stalledStreamSaysSo();
    void onlyWhatIsSeenIsConnected();
    void keyboardReachesEverything();
    void nearestComeFirst();
    void stillImages();
    void nothingSecretIsShown();
    void everyKindOfClip();
    void serverNamesBrokenClips();
    void serverEndsCleanly();

private:
    QList<CameraInfo> cameras(int count, int port)
    {
        QList<CameraInfo> list;
        for (int i = 1; i <= count; ++i)
            list.append({Id::create(m_clock), u"Bến Bạch Đằng <b>%1</b>"_s.arg(i), QUrl(u"rtsp://operator:s3cret@127.0.0.1:%1/cam%2"_s.arg(port).arg(i))});
        return list;
    }
    static void open(CameraWallWidget &wall)
    {
        wall.resize(900, 560);
        wall.show();
        wall.activateWindow();
        QVERIFY(QTest::qWaitForWindowExposed(&wall));
    }

    SystemClock m_clock;
};

void TestCameraWall::showsMovingPictures()
{
    Server server;
    QVERIFY(server.start(demoClips(), 4));
    CameraWallWidget wall(m_clock);
    open(wall);
    const QList<CameraInfo> list = cameras(4, server.port());
    wall.setCameras(list);
    QTRY_VERIFY_WITH_TIMEOUT(wall.status().complete(), patience);
    QCOMPARE(wall.status().live, 4);
    for (const CameraInfo &camera : list) {
        CameraTile *tile = wall.tile(camera.id);
        const QImage first = tile->grab(tile->pictureRect()).toImage();
        QTRY_VERIFY_WITH_TIMEOUT(tile->grab(tile->pictureRect()).toImage() != first, patience);
        const double aspect = double(tile->pictureRect().width()) / tile->pictureRect().height();
        QVERIFY2(std::abs(aspect - 16.0 / 9) < 0.06, qPrintable(QString::number(aspect)));
    }
}

void TestCameraWall::serverGoesAndComesBack()
{
    auto server = std::make_unique<Server>();
    QVERIFY(server->start(demoClips(), 2));
    CameraWallWidget wall(m_clock, nullptr, quick());
    open(wall);
    wall.setCameras(cameras(2, server->port()));
    QTRY_VERIFY_WITH_TIMEOUT(wall.status().complete(), patience);
    const int port = server->port();
    server->kill();
    QTRY_COMPARE_WITH_TIMEOUT(wall.status().retrying + wall.status().connecting, 2, patience);
    QTRY_VERIFY_WITH_TIMEOUT(wall.findChildren<CameraTile *>().first()->stream().fault() != CameraFault::None, patience);
    QVERIFY(!wall.status().complete());
    QVERIFY(server->start(demoClips(), 2, port));
    QTRY_VERIFY_WITH_TIMEOUT(wall.status().complete(), patience);
}

void TestCameraWall::stalledStreamSaysSo()
{
    Server server;
    QVERIFY(server.start(demoClips(), 1));
    CameraWallWidget wall(m_clock, nullptr, quick());
    open(wall);
    wall.setCameras(cameras(1, server.port()));
    QTRY_VERIFY_WITH_TIMEOUT(wall.status().complete(), patience);
    const QString pid = QString::number(server.process().processId());
    QCOMPARE(QProcess::execute(u"kill"_s, {u"-STOP"_s, pid}), 0);
    QTRY_COMPARE_WITH_TIMEOUT(wall.status().stalled, 1, patience);
    QCOMPARE(QProcess::execute(u"kill"_s, {u"-CONT"_s, pid}), 0);
    QTRY_VERIFY_WITH_TIMEOUT(wall.status().complete(), patience);
}

void TestCameraWall::onlyWhatIsSeenIsConnected()
{
    Server server;
    QVERIFY(server.start(demoClips(), 10));
    CameraWallWidget wall(m_clock);
    open(wall);
    wall.setPageSize(4);
    const QList<CameraInfo> list = cameras(10, server.port());
    wall.setCameras(list);
    QCOMPARE(wall.pageCount(), 3);
    QTRY_VERIFY_WITH_TIMEOUT(wall.status().complete(), patience);
    QCOMPARE(wall.status().visible, 4);
    QCOMPARE(wall.status().total, 10);
    QVERIFY(wall.tile(list[3].id));
    QVERIFY(!wall.tile(list[4].id));
    wall.setPage(2);
    QCOMPARE(wall.status().visible, 2);
    QTRY_VERIFY_WITH_TIMEOUT(wall.status().complete(), patience);
    QVERIFY(!wall.tile(list[3].id));

    wall.enlarge(list[8].id);
    QCOMPARE(wall.status().visible, 1);
    QCOMPARE(wall.tile(list[9].id)->stream().state(), CameraState::Paused);
    wall.enlarge({});
    QTRY_VERIFY_WITH_TIMEOUT(wall.status().complete(), patience);
    QCOMPARE(wall.status().visible, 2);
    wall.hide();
    QCOMPARE(wall.tile(list[9].id)->stream().state(), CameraState::Paused);
}

void TestCameraWall::keyboardReachesEverything()
{
    CameraWallWidget wall(m_clock);
    open(wall);
    wall.setPageSize(4);
    const QList<CameraInfo> list = cameras(6, 1);
    wall.setCameras(list);
    wall.tile(list[0].id)->setFocus();
    QTRY_VERIFY(wall.tile(list[0].id)->hasFocus());
    QTest::keyClick(wall.focusWidget(), Qt::Key_Right);
    QVERIFY(wall.tile(list[1].id)->hasFocus());
    QTest::keyClick(wall.focusWidget(), Qt::Key_Down);
    QVERIFY(wall.tile(list[3].id)->hasFocus());
    QTest::keyClick(wall.focusWidget(), Qt::Key_Return);
    QCOMPARE(wall.enlarged(), list[3].id);
    QTest::keyClick(wall.focusWidget(), Qt::Key_Escape);
    QVERIFY(wall.enlarged().isNull());
    QVERIFY(wall.tile(list[3].id)->hasFocus());
    QTest::keyClick(wall.focusWidget(), Qt::Key_PageDown);
    QCOMPARE(wall.page(), 1);
    QTest::keyClick(&wall, Qt::Key_PageUp);
    QCOMPARE(wall.page(), 0);
    QTest::mouseDClick(wall.tile(list[2].id), Qt::LeftButton);
    QCOMPARE(wall.enlarged(), list[2].id);
    wall.setPageSize(5);
    QCOMPARE(wall.pageSize(), 6);
}

void TestCameraWall::nearestComeFirst()
{
    Server server;
    QVERIFY(server.start(demoClips(), 8));
    CameraWallWidget wall(m_clock);
    open(wall);
    wall.setPageSize(4);
    const QList<CameraInfo> list = cameras(8, server.port());
    wall.setCameras(list);
    QTRY_VERIFY_WITH_TIMEOUT(wall.status().complete(), patience);
    const CameraTile *kept = wall.tile(list[0].id);
    wall.setPage(1);
    wall.setPage(0);
    kept = wall.tile(list[0].id);
    wall.showNearest({list[6].id, Id::create(m_clock), list[0].id});
    QVERIFY(wall.tile(list[6].id));
    QCOMPARE(wall.tile(list[0].id), kept); // still connected
    QVERIFY(!wall.tile(list[2].id) || wall.tile(list[1].id));
    QTRY_VERIFY_WITH_TIMEOUT(wall.status().complete(), patience);
    wall.showNearest({});
    QVERIFY(wall.tile(list[3].id));
    QVERIFY(!wall.tile(list[6].id));
}

void TestCameraWall::stillImages()
{
    Server server;
    QVERIFY(server.start(demoClips(), 1));
    CameraWallWidget wall(m_clock);
    open(wall);
    const QList<CameraInfo> list = cameras(1, server.port());
    wall.setCameras(list);
    QFuture<Result<QImage>> early = wall.still(list[0].id);
    QVERIFY(!early.result());
    QCOMPARE(early.result().error().code, ErrorCode::Busy);
    QTRY_VERIFY_WITH_TIMEOUT(wall.status().complete(), patience);
    QSignalSpy taken(&wall, &CameraWallWidget::stillTaken);
    Q_EMIT wall.tile(list[0].id)->stillRequested(list[0].id);
    QTRY_COMPARE_WITH_TIMEOUT(taken.size(), 1, patience);
    QCOMPARE(taken[0][1].value<QImage>().size(), QSize(640, 360)); // the camera's, not the tile's
    QCOMPARE(wall.still(Id::create(m_clock)).result().error().code, ErrorCode::NotFound);
}

void TestCameraWall::nothingSecretIsShown()
{
    CameraWallWidget wall(m_clock);
    open(wall);
    const QList<CameraInfo> list = cameras(1, 1);
    wall.setCameras(list);
    const CameraTile *tile = wall.tile(list[0].id);
    QTRY_COMPARE_WITH_TIMEOUT(tile->stream().state(), CameraState::Retrying, patience);
    const QString texts = tile->toolTip() + tile->accessibleName() + tile->accessibleDescription();
    QVERIFY(!texts.contains(u"s3cret"_s));
    QVERIFY(!texts.contains(u"operator"_s));
    QVERIFY(!tile->toolTip().contains(u"<b>"_s)); // a name is text, never markup
}

void TestCameraWall::everyKindOfClip()
{
    const QString configured = qEnvironmentVariable("IOC_SHARED_DATA");
    const QDir directory(configured.isEmpty() ? QStringLiteral(IOC_SOURCE_DIR "/../shared/data/media") : configured + u"/media"_s);
    const QStringList names = directory.entryList({u"*.mp4"_s, u"*.ts"_s, u"*.avi"_s}, QDir::Files, QDir::Name);
    if (names.isEmpty())
        QSKIP("needs the shared data folder's media (IOC_SHARED_DATA)");
    QStringList paths;
    for (const QString &name : names) {
        if (!name.startsWith(u"BROKEN"_s))
            paths << directory.filePath(name);
    }
    Server server;
    QVERIFY(server.start(paths, int(paths.size())));
    CameraWallWidget wall(m_clock);
    open(wall);
    wall.setCameras(cameras(int(paths.size()), server.port()));
    QTRY_VERIFY_WITH_TIMEOUT(wall.status().complete(), patience);
    QCOMPARE(wall.status().live, int(paths.size()));
}

void TestCameraWall::serverNamesBrokenClips()
{
    QTemporaryDir directory;
    QFile whole(demoClips().first());
    QVERIFY(whole.open(QIODevice::ReadOnly));
    QFile broken(directory.filePath(u"broken.mp4"_s));
    QVERIFY(broken.open(QIODevice::WriteOnly));
    const QByteArray bytes = whole.readAll();
    QVERIFY(broken.write(bytes.mid(bytes.size() / 2)) > 0);
    broken.close();
    Server server;
    QVERIFY(server.start({broken.fileName(), demoClips().first()}, 1));
    QByteArray said;
    QTRY_VERIFY((said += server.process().readAllStandardError()).contains("broken.mp4"));

    Server none;
    QVERIFY(!none.start({broken.fileName()}, 1));
    QTRY_COMPARE(none.process().state(), QProcess::NotRunning);
    QCOMPARE(none.process().exitCode(), 1);
}

void TestCameraWall::serverEndsCleanly()
{
    Server server;
    QVERIFY(server.start(demoClips(), 2));
    CameraWallWidget wall(m_clock);
    open(wall);
    wall.setCameras(cameras(2, server.port()));
    QTRY_VERIFY_WITH_TIMEOUT(wall.status().complete(), patience);
    server.process().terminate(); // with viewers connected
    QTRY_COMPARE_WITH_TIMEOUT(server.process().state(), QProcess::NotRunning, patience);
    QCOMPARE(server.process().exitStatus(), QProcess::NormalExit);
    QCOMPARE(server.process().exitCode(), 0);
}

QTEST_MAIN(TestCameraWall)
#include "tst_camerawall.moc"
