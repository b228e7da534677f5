// SPDX-License-Identifier: GPL-3.0-or-later
#include "centralfixture.h"

#include <central/centralserver.h>
#include <central/proxyheader.h>
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
        QVERIFY(createCertificates(CertificateFiles(m_central->options.folder), {QStringLiteral("127.0.0.1")}, m_central->clock));
        listen({.connections = 3, .bodyBytes = 100'000, .requestMs = 1'500, .answerMs = 1'500, .idleMs = 1'500});
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

    void headersOfBalancersAreRead_data()
    {
        const QByteArray signature("\r\n\r\n\0\r\nQUIT\n", 12);
        const QByteArray four = QByteArray::fromHex("0a000009" "0a000001" "c350" "20fb");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("length"); // -1: no such header; 0: more is needed
        QTest::addColumn<QString>("source");
        QTest::newRow("IPv4") << signature + QByteArray::fromHex("2111000c") + four << 28 << QStringLiteral("10.0.0.9");
        QTest::newRow("IPv4 and more") << signature + QByteArray::fromHex("2111000f") + four + "abc" + "TLS" << 31 << QStringLiteral("10.0.0.9");
        QTest::newRow("IPv6") << signature + QByteArray::fromHex("21210024" "20010db8000000000000000000000007") + QByteArray(20, 'x') << 52 << QStringLiteral("2001:db8::7");
        QTest::newRow("a check") << signature + QByteArray::fromHex("20000000") << 16 << QString();
        QTest::newRow("nothing yet") << QByteArray() << 0 << QString();
        QTest::newRow("half a signature") << signature.first(7) << 0 << QString();
        QTest::newRow("without addresses yet") << signature + QByteArray::fromHex("2111000c") + four.first(5) << 0 << QString();
        QTest::newRow("TLS") << QByteArray::fromHex("160301020001") << -1 << QString();
        QTest::newRow("other command") << signature + QByteArray::fromHex("2211000c") + four << -1 << QString();
        QTest::newRow("UDP") << signature + QByteArray::fromHex("2112000c") + four << -1 << QString();
        QTest::newRow("too short for its kind") << signature + QByteArray::fromHex("21110004") + four << -1 << QString();
        QTest::newRow("too long") << signature + QByteArray::fromHex("2111ffff") << -1 << QString();
    }
    void headersOfBalancersAreRead()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, length);
        QFETCH(QString, source);
        const auto header = ProxyHeader::read(bytes);
        QCOMPARE(header.has_value(), length >= 0);
        if (length < 0)
            return;
        QCOMPARE(header->has_value(), length > 0);
        if (length > 0) {
            QCOMPARE((*header)->length, length);
            QCOMPARE((*header)->source.toString(), source);
        }
    }

    // Behind a balancer everybody has its address: without the header one guesser would lock all others out.
    void guessersAreToldApartBehindABalancer()
    {
        listen({.balancers = {QHostAddress(QHostAddress::LocalHost)}});
        const auto guess = [this](const QByteArray &client, int number) {
            const SignIn wrong{QStringLiteral("nobody%1").arg(number), QStringLiteral("wrong"), {}, Id::create(m_central->clock), {}};
            return throughBalancer(client, "POST /v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: ", wire::encode(wrong));
        };
        int number = 0;
        while (number < 40 && !guess("0a000009", number).startsWith("HTTP/1.1 429"))
            ++number;
        QVERIFY(number > 5 && number < 40);
        QVERIFY(guess("0a00000a", number + 1).startsWith("HTTP/1.1 401"));
    }

    void withoutItsHeaderABalancerIsNotHeard()
    {
        listen({.balancers = {QHostAddress(QHostAddress::LocalHost)}});
        QSslSocket socket;
        socket.setPeerVerifyMode(QSslSocket::VerifyNone);
        QSignalSpy failed(&socket, &QSslSocket::errorOccurred);
        socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), m_server->port());
        QVERIFY(failed.count() > 0 || failed.wait(20'000));
        QVERIFY(throughBalancer("0a000009", "GET /v1/health HTTP/1.1\r\nHost: x\r\nContent-Length: ", {}).contains("ok\n"));
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
    void listen(const ConnectionLimits &limits)
    {
        m_server = std::make_unique<CentralServer>(*m_central->storage);
        QVERIFY(m_server->listen(CertificateFiles(m_central->options.folder), QHostAddress::LocalHost, 0, limits));
    }

    // The answer to a request that a balancer passes on for \a client (hexadecimal IPv4); the header comes in two pieces.
    QByteArray throughBalancer(const QByteArray &client, const QByteArray &head, const QByteArray &body)
    {
        const QByteArray header = QByteArray("\r\n\r\n\0\r\nQUIT\n", 12) + QByteArray::fromHex("2111000c" + client + "7f000001c35020fb");
        QSslSocket socket;
        socket.setPeerVerifyMode(QSslSocket::VerifyNone);
        QSignalSpy connected(&socket, &QSslSocket::connected);
        QSignalSpy encrypted(&socket, &QSslSocket::encrypted);
        socket.connectToHost(QHostAddress::LocalHost, m_server->port());
        if (!connected.wait(20'000))
            return {};
        socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
        socket.write(header.first(9));
        socket.flush();
        QTest::qWait(1);
        socket.write(header.sliced(9));
        socket.flush();
        socket.startClientEncryption();
        if (!encrypted.wait(20'000))
            return {};
        socket.write(head + QByteArray::number(body.size()) + "\r\n\r\n" + body);
        return QTest::qWaitFor([&] { return socket.peek(10'000).contains("\r\n\r\n"); }, 20'000) ? socket.readAll() : QByteArray();
    }

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
