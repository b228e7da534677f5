// SPDX-License-Identifier: GPL-3.0-or-later
#include "centralfixture.h"

#include <central/centralserver.h>
#include <wire/codec.h>

#include <QSignalSpy>
#include <QSslSocket>
#include <QTest>

using namespace ioc;

/// The limits of one connection, made small here: bytes, time, number.
class TestGuardedServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_central = std::make_unique<CentralFixture>();
        const CertificateFiles files(m_central->options.folder);
        QVERIFY(createCertificates(files, {QStringLiteral("127.0.0.1")}, m_central->clock));
        m_server = std::make_unique<CentralServer>(*m_central->storage);
        QVERIFY(m_server->listen(files, QHostAddress::LocalHost, 0, {.connections = 3, .bodyBytes = 100'000, .requestMs = 1'500, .answerMs = 1'500, .idleMs = 1'500}));
    }
    void cleanup()
    {
        m_server.reset();
        m_central.reset();
    }

    void certificatesAreMadeOnce()
    {
        const auto again = createCertificates(CertificateFiles(m_central->options.folder), {}, m_central->clock);
        QVERIFY(!again);
        QCOMPARE(again.error().code, ErrorCode::Conflict);
        QTemporaryDir folder;
        QCOMPARE(createCertificates(CertificateFiles(folder.path()), {QStringLiteral("a,DNS:evil")}, m_central->clock).error().code, ErrorCode::InvalidInput);
    }

    void aRequestIsAnswered()
    {
        QSslSocket socket;
        open(socket);
        for (int i = 0; i < 3; ++i) { // on one connection
            socket.write("GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n");
            QTRY_VERIFY(socket.peek(10'000).contains("ok\n"));
            QVERIFY(socket.readAll().startsWith("HTTP/1.1 200"));
        }
    }

    void slowPeersAreDropped_data()
    {
        QTest::addColumn<QByteArray>("sent");
        QTest::newRow("nothing at all") << QByteArray();
        QTest::newRow("half a head") << QByteArray("GET /v1/health HTTP/1.1\r\nHo");
        QTest::newRow("half a body") << QByteArray("POST /v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\nabc");
    }
    void slowPeersAreDropped()
    {
        QFETCH(QByteArray, sent);
        QSslSocket socket;
        open(socket);
        QSignalSpy gone(&socket, &QSslSocket::disconnected);
        socket.write(sent);
        QVERIFY(gone.wait(30'000));
        QVERIFY(!socket.readAll().startsWith("HTTP/1.1 200"));
    }

    void dripFeedingDoesNotHelp()
    {
        QSslSocket socket;
        open(socket);
        QSignalSpy gone(&socket, &QSslSocket::disconnected);
        QTimer drip;
        connect(&drip, &QTimer::timeout, &socket, [&] { socket.write("a"); });
        socket.write("GET /v1/health HTTP/1.1\r\nX-Slow: ");
        drip.start(100);
        QVERIFY(gone.wait(30'000));
    }

    void bodiesTooLarge_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<qsizetype>("size");
        QTest::newRow("announced") << QByteArray("Content-Length: 100001\r\n") << qsizetype(100'001);
        QTest::newRow("announced, endless") << QByteArray("Content-Length: 99999999999999999999\r\n") << qsizetype(0);
        QTest::newRow("announced, nothing sent") << QByteArray("Content-Length: 5000000\r\n") << qsizetype(0);
    }
    void bodiesTooLarge()
    {
        QFETCH(QByteArray, head);
        QFETCH(qsizetype, size);
        QSslSocket socket;
        open(socket);
        socket.write("POST /v1/session HTTP/1.1\r\nHost: x\r\n" + head + "\r\n" + QByteArray(size, 'x'));
        QTRY_VERIFY_WITH_TIMEOUT(socket.peek(10'000).contains("\r\n\r\n"), 20'000);
        const QByteArray answer = socket.readAll();
        QVERIFY2(answer.startsWith("HTTP/1.1 413"), answer.left(100).constData());
        const auto error = wire::decodeError(answer.mid(answer.indexOf("\r\n\r\n") + 4));
        QVERIFY(error);
        QCOMPARE(error->code, ErrorCode::TooLarge);
    }

    void moreThanWasAnnounced()
    {
        QSslSocket socket;
        open(socket);
        QSignalSpy gone(&socket, &QSslSocket::disconnected);
        socket.write("GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n" + QByteArray(300'000, 'x'));
        QVERIFY(gone.count() > 0 || gone.wait(30'000));
    }

    void oneConnectionTooMany()
    {
        std::array<QSslSocket, 3> sockets;
        for (QSslSocket &socket : sockets) {
            open(socket);
            socket.write("GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n");
            QTRY_VERIFY(socket.peek(10'000).contains("ok\n"));
        }
        QSslSocket fourth;
        fourth.setPeerVerifyMode(QSslSocket::VerifyNone);
        QSignalSpy failed(&fourth, &QSslSocket::errorOccurred);
        fourth.connectToHostEncrypted(QStringLiteral("127.0.0.1"), m_server->port());
        QVERIFY(failed.count() > 0 || failed.wait(20'000));
        sockets[0].disconnectFromHost();
        QTRY_COMPARE(sockets[0].state(), QAbstractSocket::UnconnectedState);
        const auto opensNow = [&] { // once the server has heard of it
            QSslSocket again;
            again.setPeerVerifyMode(QSslSocket::VerifyNone);
            QSignalSpy encrypted(&again, &QSslSocket::encrypted);
            again.connectToHostEncrypted(QStringLiteral("127.0.0.1"), m_server->port());
            return encrypted.wait(2000);
        };
        QVERIFY(QTest::qWaitFor(opensNow, 20'000));
    }

    void aTakenPort()
    {
        CentralServer second(*m_central->storage);
        const auto listening = second.listen(CertificateFiles(m_central->options.folder), QHostAddress::LocalHost, m_server->port());
        QVERIFY(!listening);
        QCOMPARE(listening.error().code, ErrorCode::Conflict);
    }

    void withoutACertificate()
    {
        CentralServer second(*m_central->storage);
        QTemporaryDir empty;
        QCOMPARE(second.listen(CertificateFiles(empty.path()), QHostAddress::LocalHost, 0).error().code, ErrorCode::NotFound);
    }

private:
    void open(QSslSocket &socket)
    {
        socket.setPeerVerifyMode(QSslSocket::VerifyNone);
        QSignalSpy encrypted(&socket, &QSslSocket::encrypted);
        socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), m_server->port());
        QVERIFY(encrypted.wait(20'000));
    }

    std::unique_ptr<CentralFixture> m_central;
    std::unique_ptr<CentralServer> m_server;
};

QTEST_GUILESS_MAIN(TestGuardedServer)
#include "tst_guardedserver.moc"
