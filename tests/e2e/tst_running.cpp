// SPDX-License-Identifier: GPL-3.0-or-later
// Central as it is run: its log, figures and health, the end of the program, certificates that change under it.
#include <base/faultpoint.h>
#include <central/certificatewatch.h>
#include <db/connection.h>
#include <support/backendtest.h>
#include <support/centralprocess.h>
#include <support/operationmaker.h>
#include <support/testdevice.h>

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSslSocket>
#include <QTcpServer>
#include <QTest>

#include <csignal>

using namespace ioc;
using namespace Qt::StringLiterals;

namespace {

const QString secretWord = u"bến thành sáng sớm"_s;
constexpr qint64 dayMs = 24LL * 3'600'000;

QList<QByteArray> linesOf(const QByteArray &text)
{
    auto lines = text.split('\n');
    lines.removeAll(QByteArray());
    return lines;
}

} // namespace

class TestRunning : public CentralTest<CentralProcess>
{
    Q_OBJECT

protected:
    void prepare() override
    {
        QVERIFY(m_central->init());
        QVERIFY(m_central->addAccount(u"nguyenthilan"_s, u"operator"_s, secretWord));
    }

private Q_SLOTS:
    void theLogHoldsNothingPersonal_data()
    {
        QTest::addColumn<QString>("format");
        QTest::newRow("text") << u"text"_s;
        QTest::newRow("json") << u"json"_s;
    }
    void theLogHoldsNothingPersonal()
    {
        QFETCH(QString, format);
        QVERIFY(m_central->serve({u"--log-format"_s, format}));
        const auto lan = device();
        QCOMPARE(lan->signIn(u"nguyenthilan"_s, u"sai mật khẩu"_s).status, 401);
        QCOMPARE(lan->signIn(u"tranvanbinh"_s, secretWord).status, 401); // nobody
        QCOMPARE(lan->signIn(u"nguyenthilan"_s, secretWord).status, 200);
        const QString access = lan->session().accessToken;
        const QString refresh = lan->session().refreshToken;
        const OperationMaker make(lan->session().account, lan->device());
        Values values = OperationMaker::complaint(u"Taxi Mai Linh chặt chém bà Lê Thị Hồng"_s);
        values.insert(u"reporter_name"_s, u"Lê Thị Hồng"_s);
        values.insert(u"reporter_phone"_s, u"+84912345678"_s);
        QCOMPARE(lan->push({make.create(u"complaint"_s, values)}).value(0).outcome, Outcome::Applied);
        values.insert(u"category"_s, u"lethihong@example.vn"_s); // refused
        QCOMPARE(lan->push({make.create(u"complaint"_s, values)}).value(0).outcome, Outcome::Refused);
        QCOMPARE(lan->request("GET", u"/v1/lethihong@example.vn/0912345678"_s).status, 404);
        QCOMPARE(lan->request("GET", u"/v1/changes?lethihong=0912345678"_s).status, 400);
        QCOMPARE(lan->request("POST", u"/v1/operations"_s, "lethihong 0912345678").status, 400);
        QCOMPARE(lan->request("GET", u"/v1/changes?limit=5000"_s).status, 200);
        QCOMPARE(lan->renew(refresh).status, 200);
        QCOMPARE(lan->renew(refresh).status, 401); // used twice
        QCOMPARE(m_central->stop(), 0);
        const QByteArray log = m_central->log();
        for (const QString &secret : {u"nguyenthilan"_s, u"tranvanbinh"_s, u"sai mật"_s, secretWord, access, refresh, u"Bearer"_s, u"Lê Thị"_s, u"lethihong"_s, u"912345678"_s,
                                      u"Taxi"_s, lan->session().account.toString(), u"127.0.0.1"_s})
            QVERIFY2(!log.contains(secret.toUtf8()), qPrintable(secret + u" in\n"_s + QString::fromUtf8(log)));
        checkLines(log, format, 11);
    }

    void everyAnswerNamesItsLine()
    {
        QVERIFY(m_central->serve());
        const auto lan = device();
        const QByteArray first = lan->request("GET", u"/v1/health"_s).headers.value("x-request-id");
        const QByteArray second = lan->request("GET", u"/v1/changes"_s).headers.value("x-request-id");
        QCOMPARE(first.size(), 16);
        QVERIFY(first != second);
        QCOMPARE(m_central->stop(), 0);
        QVERIFY(m_central->log().contains("event=request request=" + first + " method=GET route=/v1/health status=200"));
        QVERIFY(m_central->log().contains("request=" + second + " method=GET route=/v1/changes status=401"));
    }

    void figuresCountWhatHappened()
    {
        QVERIFY(m_central->serve({u"--metrics-port"_s, u"0"_s}));
        const auto lan = device();
        QCOMPARE(lan->signIn(u"nguyenthilan"_s, secretWord).status, 200);
        QCOMPARE(lan->request("GET", u"/v1/metrics"_s).status, 404); // not among what devices reach
        const OperationMaker make(lan->session().account, lan->device());
        const auto create = make.create(u"complaint"_s, OperationMaker::complaint());
        QCOMPARE(lan->push({create, make.create(u"complaint"_s, {})}).size(), 2);
        Cursor cursor;
        QList<Change> seen; // all there is: who asks for more then has to wait
        const auto isSeen = [&] { return std::ranges::contains(seen, create.record, [](const Change &change) { return change.record.id; }); };
        QTRY_VERIFY_WITH_TIMEOUT((seen += lan->pullAll(cursor).value_or(QList<Change>()), isSeen()), 30'000);
        QNetworkReply *waiting = lan->start("GET", TestDevice::changesPath(cursor, 25, 100));
        QByteArray page;
        QTRY_VERIFY_WITH_TIMEOUT((page = metrics()).contains("\ntourism_ioc_waiters 1\n"), 30'000);
        waiting->abort();
        waiting->deleteLater();
        QFETCH_GLOBAL(QString, backend);
        for (const QByteArray &line : {QByteArray("tourism_ioc_operations_total{outcome=\"applied\"} 1"), QByteArray("tourism_ioc_operations_total{outcome=\"refused\"} 1"),
                                       QByteArray("tourism_ioc_requests_total{method=\"POST\",route=\"/v1/session\",status=\"200\"} 1"),
                                       QByteArray("tourism_ioc_requests_total{method=\"GET\",route=\"other\",status=\"404\"} 1"), QByteArray("tourism_ioc_request_duration_seconds_count{route=\"/v1/operations\"} 1"),
                                       QByteArray("tourism_ioc_database_up 1"), QByteArray("tourism_ioc_sessions 1"), QByteArray("tourism_ioc_snapshots_ready 0"), QByteArray("tourism_ioc_last_backup_seconds 0"), QByteArray("tourism_ioc_database_errors_total{code=\"busy\"} 0")})
            QVERIFY2(page.contains('\n' + line + '\n'), (line + " in\n" + page).constData());
        QVERIFY2(page.contains("database=\"" + backend.toLatin1() + "\"} 1"), page.constData());
        QTRY_VERIFY_WITH_TIMEOUT(value(metrics(), "tourism_ioc_feed_sequence") >= 2, 30'000); // the account and the complaint
        QVERIFY(value(page, "process_resident_memory_bytes") > 10e6);
        QVERIFY(value(page, "tourism_ioc_certificate_until_seconds") > 1.8e9);
        checkPage(page);
    }

    // While the database is slow, what comes in waits and is then judged together, however large a request is among it.
    void requestsThatWaitAreJudgedTogether()
    {
        QVERIFY(m_central->serve({u"--metrics-port"_s, u"0"_s}));
        const auto lan = device();
        QCOMPARE(lan->signIn(u"nguyenthilan"_s, secretWord).status, 200);
        const OperationMaker make(lan->session().account, lan->device());
        QList<QList<Operation>> requests = complaints(make);
        for (int i = 1; i < 1000; ++i)
            requests.last() += make.create(u"complaint"_s, OperationMaker::complaint());
        QList<TestDevice::Answered> all;
        askTogether(*lan, requests, all);
        QCOMPARE(all.size(), requests.size());
        for (const auto &answered : std::as_const(all)) {
            QCOMPARE(answered.status, 200);
            const auto answers = wire::decodeAnswers(answered.body);
            QVERIFY(answers && std::ranges::all_of(*answers, [](const Answer &answer) { return answer.outcome == Outcome::Applied; }));
        }
        const double groups = value(metrics(), "tourism_ioc_operation_groups_total");
        QVERIFY2(groups >= 2 && groups < double(requests.size()) / 2, qPrintable(QString::number(groups)));
    }

    // Died before or after what they asked for was on the disk: offered again, all of it is there once.
    void requestsThatDieTogether_data()
    {
        QTest::addColumn<QByteArray>("step");
        for (const char *step : groupSteps)
            QTest::newRow(step) << QByteArray(step);
    }
    void requestsThatDieTogether()
    {
        QFETCH(QByteArray, step);
        qputenv("IOC_FAULT", step);
        const bool serves = m_central->serve({u"--metrics-port"_s, u"0"_s});
        qunsetenv("IOC_FAULT");
        QVERIFY(serves);
        const auto lan = device();
        QCOMPARE(lan->signIn(u"nguyenthilan"_s, secretWord).status, 200);
        const auto requests = complaints(OperationMaker(lan->session().account, lan->device()));
        QList<TestDevice::Answered> all;
        askTogether(*lan, requests, all);
        QVERIFY(m_central->hasEnded());
        QVERIFY(std::ranges::count(all, 200, &TestDevice::Answered::status) < requests.size() / 2);
        QVERIFY(m_central->serve());
        lan->setBase(m_central->url());
        for (const auto &operations : requests) {
            const auto answers = lan->push(operations);
            QCOMPARE(answers.size(), 1);
            QCOMPARE(answers.first().outcome, Outcome::Applied);
        }
        const auto shown = [&] {
            Cursor after;
            const auto changes = lan->pullAll(after);
            return changes ? std::ranges::count_if(*changes, [](const Change &change) { return change.record.type == u"complaint"; }) : -1;
        };
        QTRY_COMPARE_WITH_TIMEOUT(shown(), requests.size(), 60'000);
    }

    // As the service is started: devices come by either family.
    void everyAddressIsServed()
    {
        QVERIFY(m_central->serve({u"--address"_s, u"::"_s}));
        QTcpSocket four;
        four.connectToHost(QHostAddress(QHostAddress::LocalHost), m_central->port());
        QVERIFY2(four.waitForConnected(5000), qPrintable(four.errorString()));
        QTcpServer own; // whether this machine has the other family at all
        if (!own.listen(QHostAddress(QHostAddress::LocalHostIPv6)))
            return;
        QTcpSocket six;
        six.connectToHost(QHostAddress(QHostAddress::LocalHostIPv6), m_central->port());
        QVERIFY2(six.waitForConnected(5000), qPrintable(six.errorString()));
    }

    void figuresAreForThisMachineAlone()
    {
        QVERIFY(m_central->serve({u"--metrics-port"_s, u"0"_s}));
        QFile table(u"/proc/net/tcp"_s);
        QVERIFY(table.open(QFile::ReadOnly));
        const QByteArray local = "0100007F:" + QByteArray::number(metricsPort(), 16).toUpper().rightJustified(4, '0');
        const QByteArray any = "00000000:" + QByteArray::number(metricsPort(), 16).toUpper().rightJustified(4, '0');
        const QByteArray sockets = table.readAll();
        QVERIFY(sockets.contains(local));
        QVERIFY(!sockets.contains(any));
    }

    void healthTellsOfTheDatabase()
    {
        QFETCH_GLOBAL(QString, backend);
        if (backend == u"sqlite"_s)
            return;
        PostgresCluster cluster;
        QString problem;
        QVERIFY2(cluster.create(&problem), qPrintable(problem));
        CentralProcess central(cluster.address());
        QVERIFY(central.init() && central.serve());
        TestDevice lan(central.url(), central.authorityFile(), OperationMaker().newId());
        QCOMPARE(lan.request("GET", u"/v1/health"_s).body, "ok\n");
        cluster.stop();
        QTRY_COMPARE_WITH_TIMEOUT(lan.request("GET", u"/v1/health"_s).status, 503, 60'000);
        QVERIFY(lan.request("GET", u"/v1/health"_s).body.startsWith("not ready: the database"));
        QVERIFY(cluster.start());
        QTRY_COMPARE_WITH_TIMEOUT(lan.request("GET", u"/v1/health"_s).status, 200, 60'000);
    }

    void stoppingAnswersWhoWaits()
    {
        QVERIFY(m_central->serve());
        const auto lan = device();
        QCOMPARE(lan->signIn(u"nguyenthilan"_s, secretWord).status, 200);
        Cursor cursor;
        QVERIFY(lan->pullAll(cursor));
        const auto minh = device();
        minh->setAccessToken(lan->session().accessToken);
        QNetworkReply *waiting = minh->start("GET", TestDevice::changesPath(cursor, 25, 100));
        QTest::qWait(0);
        QVERIFY(lan->pull(cursor)); // by now the other one waits, or is about to
        m_central->signal(SIGTERM);
        const auto answered = minh->finish(waiting);
        QVERIFY2(answered.status == 200 || answered.status == 0, QByteArray::number(answered.status).constData()); // 0: it had not arrived yet
        QVERIFY(m_central->hasEnded());
        QCOMPARE(m_central->stop(), 0);
        QVERIFY(m_central->says("event=stopped"));
        QVERIFY2(!m_central->log().contains("stop_forced"), m_central->log().constData());
        QVERIFY(QFileInfo(m_central->dataFolder() + u"/central.sqlite-wal"_s).size() == 0);
    }

    void aRequestUnderWayIsAnsweredBeforeTheEnd_data()
    {
        QTest::addColumn<int>("number");
        QTest::newRow("SIGTERM") << SIGTERM;
        QTest::newRow("SIGINT") << SIGINT;
    }
    void aRequestUnderWayIsAnsweredBeforeTheEnd()
    {
        QFETCH(int, number);
        QVERIFY(m_central->serve());
        const auto lan = device();
        QCOMPARE(lan->signIn(u"nguyenthilan"_s, secretWord).status, 200);
        const OperationMaker make(lan->session().account, lan->device());
        const QByteArray body = wire::encode(QList<Operation>{make.create(u"complaint"_s, OperationMaker::complaint())});
        QSslSocket idle;
        QSslSocket socket;
        connectTo(idle);
        connectTo(socket);
        QSignalSpy idleGone(&idle, &QSslSocket::disconnected);
        socket.write("POST /v1/operations HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + lan->session().accessToken.toLatin1() + "\r\nContent-Type: " + QByteArray(wire::mediaType)
                     + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body.first(body.size() / 2));
        QVERIFY(socket.flush() || socket.waitForBytesWritten());
        idle.write("GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n"); // answered: what was sent before has arrived
        QTRY_VERIFY_WITH_TIMEOUT(idle.peek(10'000).contains("\r\n\r\n"), 30'000);
        m_central->signal(number);
        QVERIFY(m_central->says("event=stopping"));
        QTRY_VERIFY_WITH_TIMEOUT(idleGone.size() == 1, 30'000);
        QSslSocket late;
        late.connectToHost(u"127.0.0.1"_s, m_central->port());
        QVERIFY(!late.waitForConnected(5'000));
        socket.write(body.sliced(body.size() / 2));
        QSignalSpy gone(&socket, &QSslSocket::disconnected);
        QTRY_COMPARE_WITH_TIMEOUT(gone.size(), 1, 30'000);
        QVERIFY(socket.readAll().startsWith("HTTP/1.1 200"));
        QVERIFY(m_central->hasEnded());
        QCOMPARE(m_central->stop(), 0);
    }

    void aRequestThatNeverEndsIsNotWaitedForForEver()
    {
        QVERIFY(m_central->serve({u"--stop-timeout"_s, u"1"_s}));
        const auto lan = device();
        QSslSocket socket;
        connectTo(socket);
        socket.write("POST /v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\nabc");
        QVERIFY(socket.flush() || socket.waitForBytesWritten());
        QCOMPARE(lan->request("GET", u"/v1/health"_s).status, 200);
        m_central->signal(SIGTERM);
        QVERIFY(m_central->hasEnded());
        QCOMPARE(m_central->stop(), 0);
        QVERIFY(m_central->says("event=stop_forced"));
    }

    void aCertificateNearItsEndIsRenewed()
    {
        const CertificateFiles files(m_central->dataFolder());
        QVERIFY(QDir(files.folder).removeRecursively());
        const ManualClock longAgo(SystemClock().nowMs() - 720 * dayMs);
        QVERIFY(createCertificates(files, {u"127.0.0.1"_s}, longAgo));
        QVERIFY(m_central->serve());
        QVERIFY(m_central->says("event=certificate_renewed"));
        QSslSocket socket;
        connectTo(socket);
        QVERIFY(socket.peerCertificate().expiryDate() > QDateTime::currentDateTimeUtc().addDays(700));
    }

    void aNewCertificateIsTakenWithoutARestart()
    {
        QVERIFY(m_central->serve());
        const CertificateFiles files(m_central->dataFolder());
        QSslSocket before;
        connectTo(before);
        const QSslCertificate old = before.peerCertificate();
        QVERIFY(renewServerCertificate(files, SystemClock()));
        m_central->signal(SIGHUP);
        QVERIFY(m_central->says("event=certificate_loaded"));
        QSslSocket after;
        connectTo(after);
        QVERIFY(after.peerCertificate() != old);
        QVERIFY(after.peerCertificate() == QSslCertificate::fromPath(files.serverCertificate).value(0));
        for (QSslSocket *socket : {&before, &after}) { // who was connected stays so
            socket->write("GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n");
            QTRY_VERIFY_WITH_TIMEOUT(socket->peek(10'000).contains("ok\n"), 30'000);
        }
        const QSslCertificate good = after.peerCertificate();
        QFile file(files.serverCertificate);
        QVERIFY(file.open(QFile::WriteOnly | QFile::Truncate) && file.write("half a file") > 0);
        file.close();
        m_central->signal(SIGHUP);
        QVERIFY(m_central->says("event=certificate_refused"));
        QSslSocket third;
        connectTo(third);
        QVERIFY(third.peerCertificate() == good);
    }

private:
    static QList<QList<Operation>> complaints(const OperationMaker &make)
    {
        QList<QList<Operation>> out;
        for (int i = 0; i < 20; ++i)
            out.push_back(QList<Operation>{make.create(u"complaint"_s, OperationMaker::complaint())});
        return out;
    }
    /// Sends \a requests while nothing can be written, then lets it be and waits for \a answered.
    void askTogether(const TestDevice &who, const QList<QList<Operation>> &requests, QList<TestDevice::Answered> &answered)
    {
        const auto connection = db::Connection::open({.path = m_central->dataFolder() + u"/central.sqlite"_s, .server = m_central->server()});
        QVERIFY(connection && (*connection)->exec(m_central->server() ? u"BEGIN"_s : u"BEGIN IMMEDIATE"_s));
        QVERIFY(!m_central->server() || (*connection)->exec(u"LOCK TABLE complaint IN EXCLUSIVE MODE"_s));
        std::vector<std::unique_ptr<TestDevice>> lines; // one request at a time on each
        QList<QNetworkReply *> replies;
        for (const auto &operations : requests) {
            lines.push_back(std::make_unique<TestDevice>(m_central->url(), m_central->authorityFile(), who.device()));
            lines.back()->setAccessToken(who.session().accessToken);
            replies += lines.back()->start("POST", u"/v1/operations"_s, wire::encode(operations));
        }
        QTRY_VERIFY_WITH_TIMEOUT(value(metrics(), "tourism_ioc_requests_in_progress") >= double(requests.size()), 60'000);
        QVERIFY((*connection)->exec(u"ROLLBACK"_s));
        for (qsizetype i = 0; i < replies.size(); ++i)
            answered += lines[static_cast<size_t>(i)]->finish(replies[i]);
    }

    std::unique_ptr<TestDevice> device() const { return std::make_unique<TestDevice>(m_central->url(), m_central->authorityFile(), OperationMaker().newId()); }

    void connectTo(QSslSocket &socket) const
    {
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setCaCertificates(QSslCertificate::fromPath(m_central->authorityFile()));
        tls.setProtocol(QSsl::TlsV1_3OrLater);
        socket.setSslConfiguration(tls);
        QSignalSpy ready(&socket, &QSslSocket::encrypted);
        socket.connectToHostEncrypted(u"127.0.0.1"_s, m_central->port());
        QVERIFY2(ready.size() > 0 || ready.wait(30'000), qPrintable(socket.errorString()));
    }

    int metricsPort() const
    {
        static const QRegularExpression form(u"metrics_port=([0-9]+)"_s);
        return m_central->says("metrics_port=") ? form.match(QString::fromUtf8(m_central->log())).captured(1).toInt() : 0;
    }
    QByteArray metrics() const
    {
        TestDevice scraper(QUrl(u"http://127.0.0.1:%1"_s.arg(metricsPort())), m_central->authorityFile(), OperationMaker().newId());
        return scraper.request("GET", u"/v1/metrics"_s).body;
    }
    static double value(const QByteArray &page, const QByteArray &name)
    {
        const qsizetype at = page.indexOf('\n' + name + ' ');
        return at < 0 ? -1 : page.mid(at + name.size() + 2, page.indexOf('\n', at + 1) - at - name.size() - 2).toDouble();
    }

    // Prometheus' text format: every sample belongs to the family announced before it, no sample comes twice.
    static void checkPage(const QByteArray &page)
    {
        static const QRegularExpression sample(u"^([a-z_:]+)(\\{([a-z_]+=\"[^\"]*\",?)+\\})? (-?[0-9.e+-]+|NaN|\\+Inf)$"_s);
        static const QRegularExpression type(u"^# TYPE ([a-z_:]+) (counter|gauge|histogram)$"_s);
        QString family;
        QSet<QString> seen;
        for (const QByteArray &line : linesOf(page)) {
            const QString text = QString::fromUtf8(line);
            if (const auto announced = type.match(text); announced.hasMatch())
                family = announced.captured(1);
            if (line.startsWith('#'))
                continue;
            const auto match = sample.match(text);
            QVERIFY2(match.hasMatch(), line.constData());
            QVERIFY2(match.captured(1).startsWith(family) && !family.isEmpty(), line.constData());
            QVERIFY2(!seen.contains(match.captured(1) + match.captured(2)), line.constData());
            seen += match.captured(1) + match.captured(2);
        }
        QVERIFY(seen.size() > 20);
    }

    static void checkLines(const QByteArray &log, const QString &format, int requests)
    {
        static const QRegularExpression form(u"^time=[0-9T:.Z-]+ level=[a-z]+ event=[a-z_]+( [a-z_]+=(\"[^\"]*\"|[^ \"]*))*$"_s);
        QSet<QString> ids;
        for (const QByteArray &line : linesOf(log)) {
            const QString text = QString::fromUtf8(line);
            QString id;
            if (format == u"text") {
                QVERIFY2(form.match(text).hasMatch(), line.constData());
                id = text.contains(u"event=request "_s) ? text.section(u" request="_s, 1).section(u' ', 0, 0) : QString();
            } else {
                const QJsonObject object = QJsonDocument::fromJson(line).object();
                QVERIFY2(!object[u"event"_s].toString().isEmpty() && !object[u"time"_s].toString().isEmpty(), line.constData());
                id = object[u"request"_s].toVariant().toString();
            }
            if (!id.isEmpty()) {
                QVERIFY2(!ids.contains(id), line.constData());
                ids += id;
            }
        }
        QCOMPARE(ids.size(), requests);
    }
};

QTEST_GUILESS_MAIN(TestRunning)
#include "tst_running.moc"
