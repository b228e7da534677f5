// SPDX-License-Identifier: GPL-3.0-or-later
// tourism-ioc itself, started as installers and scripts start it, with a real central or without one.
#include <support/centralprocess.h>
#include <support/democameras.h>

#include <QFile>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpServer>
#include <QTest>

using namespace ioc;
using namespace Qt::StringLiterals;

namespace {
const QString password = u"bến thành sáng sớm"_s;
constexpr int patienceMs = 150'000;
}

class TestProgram : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void selfTestLoadsEveryWorkspace();
    void screenshotIsWhole_data();
    void screenshotIsWhole();
    void centralThatIsGoneIsSaid();
    void anotherCentralIsRefused();
    void wrongPasswordIsSaid();
    void nobodySignedInIsSaid();
    void authorityFileThatIsNone_data();
    void authorityFileThatIsNone();
    void wrongOptionsAreSaid_data();
    void wrongOptionsAreSaid();
    void afterOneSignInItWorksWithoutCentral();
    void cleanupTestCase();

private:
    struct Ended
    {
        int code = -1; ///< -1: crashed, or did not end
        QByteArray errors;
    };
    Ended run(const QStringList &arguments);
    [[nodiscard]] QStringList signedIn(const QUrl &server, const QString &authorityFile) const
    {
        return {u"--server"_s, server.toString(), u"--ca"_s, authorityFile, u"--account"_s, u"lan"_s, u"--password-file"_s, m_passwordFile, u"--language"_s, u"en"_s};
    }
    [[nodiscard]] QString newProfile() { return m_folder.filePath(u"profile%1"_s.arg(++m_profiles)); }

    QTemporaryDir m_folder;
    QString m_passwordFile;
    int m_profiles = 0;
    DemoCameras m_cameras;
    std::unique_ptr<CentralProcess> m_central;
};

/// Warnings of Qt and of the program stand out by their first word.
TestProgram::Ended TestProgram::run(const QStringList &arguments)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"QT_MESSAGE_PATTERN"_s, u"%{type}: %{message}"_s);
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(IOC_BINARY_DIR "/bin/tourism-ioc"), arguments);
    if (!process.waitForFinished(patienceMs) || process.exitStatus() != QProcess::NormalExit) {
        process.kill();
        process.waitForFinished();
        return {-1, process.readAllStandardError()};
    }
    return {process.exitCode(), process.readAllStandardError()};
}

void TestProgram::initTestCase()
{
    m_passwordFile = m_folder.filePath(u"password"_s);
    QFile file(m_passwordFile);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(password.toUtf8() + '\n') > 0);
    m_central = std::make_unique<CentralProcess>();
    QVERIFY(m_central->init());
    QVERIFY(m_central->addAccount(u"lan"_s, u"operator"_s, password));
    QVERIFY(m_cameras.start(4));
    const auto demo = m_central->run({u"demo"_s, u"--complaints"_s, u"300"_s, u"--cameras"_s, u"4"_s, u"--camera-base"_s, m_cameras.url(1).toString(QUrl::RemoveFilename)});
    QVERIFY2(demo.code == 0, demo.errors.constData());
    QVERIFY(m_central->serve());
}

void TestProgram::selfTestLoadsEveryWorkspace()
{
    const Ended ended = run({u"--self-test"_s, u"--profile"_s, newProfile(), u"--language"_s, u"en"_s});
    QVERIFY2(ended.code == 0, ended.errors.constData());
    QVERIFY2(!ended.errors.contains("warning:") && !ended.errors.contains("critical:"), ended.errors.constData());
}

void TestProgram::screenshotIsWhole_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<QString>("theme");
    QTest::newRow("full HD, light") << QSize(1920, 1080) << u"light"_s;
    QTest::newRow("laptop, dark") << QSize(1366, 768) << u"dark"_s;
}

void TestProgram::screenshotIsWhole()
{
    QFETCH(QSize, size);
    QFETCH(QString, theme);
    const QString picture = m_folder.filePath(u"screen-%1.png"_s.arg(theme));
    const Ended ended = run(signedIn(m_central->url(), m_central->authorityFile())
                            + QStringList{u"--profile"_s, newProfile(), u"--screenshot"_s, picture, u"--theme"_s, theme, u"--size"_s, u"%1x%2"_s.arg(size.width()).arg(size.height())});
    QVERIFY2(ended.code == 0, ended.errors.constData());
    QVERIFY2(!ended.errors.contains("warning:") && !ended.errors.contains("critical:"), ended.errors.constData());
    const QImage image(picture);
    QCOMPARE(image.size(), size);
    QFile beside(m_folder.filePath(u"screen-%1.json"_s.arg(theme)));
    QVERIFY(beside.open(QIODevice::ReadOnly));
    const QJsonObject json = QJsonDocument::fromJson(beside.readAll()).object();
    QCOMPARE(json[u"complete"_s], true);
    QCOMPARE(json[u"missing"_s].toArray(), QJsonArray());
    QVERIFY(json[u"map"_s][u"tiles"_s].toInt() > 0);
    QVERIFY(json[u"map"_s][u"points"_s].toInt() > 0);
    QCOMPARE(json[u"cameras"_s][u"pictures"_s].toInt(), 4);
    QVERIFY(json[u"queue"_s][u"rows"_s].toInt() > 0);
    QVERIFY(json[u"complaint"_s][u"timeline"_s].toInt() > 0);
    for (const auto &pane : {u"map"_s, u"cameras"_s, u"indicators"_s, u"queue"_s, u"complaint"_s}) {
        const QJsonArray rect = json[pane][u"rect"_s].toArray();
        const QRect place(rect[0].toInt(), rect[1].toInt(), rect[2].toInt(), rect[3].toInt());
        QVERIFY2(QRect(QPoint(), size).contains(place) && place.width() > 200 && place.height() > 100, qPrintable(pane));
        // Something is drawn in it: no grey area.
        QSet<QRgb> colours;
        for (int y = place.top(); y < place.bottom(); y += 2) {
            for (int x = place.left(); x < place.right(); x += 2)
                colours += image.pixel(x, y);
        }
        QVERIFY2(colours.size() > 20, qPrintable(pane));
    }
}

void TestProgram::centralThatIsGoneIsSaid()
{
    QTcpServer taken; // nobody speaks TLS at this port, and once closed nobody speaks at all
    QVERIFY(taken.listen(QHostAddress::LocalHost));
    QUrl nobody = m_central->url();
    nobody.setPort(taken.serverPort());
    taken.close();
    const QString picture = m_folder.filePath(u"nothing.png"_s);
    const Ended ended = run(signedIn(nobody, m_central->authorityFile()) + QStringList{u"--profile"_s, newProfile(), u"--screenshot"_s, picture});
    QCOMPARE(ended.code, 1);
    QVERIFY2(ended.errors.contains("No connection to central."), ended.errors.constData());
    QVERIFY(!QFile::exists(picture));
}

void TestProgram::anotherCentralIsRefused()
{
    CentralProcess stranger;
    QVERIFY(stranger.init());
    const QString picture = m_folder.filePath(u"nothing.png"_s);
    const Ended ended = run(signedIn(m_central->url(), stranger.authorityFile()) + QStringList{u"--profile"_s, newProfile(), u"--screenshot"_s, picture});
    QCOMPARE(ended.code, 1);
    QVERIFY2(ended.errors.contains("its certificate is another one. Nothing was sent."), ended.errors.constData());
    QVERIFY(!QFile::exists(picture));
    QVERIFY(!ended.errors.contains(password.toUtf8()));
}

void TestProgram::wrongPasswordIsSaid()
{
    QFile file(m_folder.filePath(u"wrong"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("something else\n") > 0);
    file.close();
    const Ended ended = run({u"--server"_s, m_central->url().toString(), u"--ca"_s, m_central->authorityFile(), u"--account"_s, u"lan"_s, u"--password-file"_s, file.fileName(),
                             u"--language"_s, u"en"_s, u"--profile"_s, newProfile(), u"--self-test"_s});
    QCOMPARE(ended.code, 1);
    QVERIFY2(ended.errors.contains("password"), ended.errors.constData());
    QVERIFY(!ended.errors.contains("something else"));
}

void TestProgram::nobodySignedInIsSaid()
{
    const Ended ended = run({u"--server"_s, m_central->url().toString(), u"--ca"_s, m_central->authorityFile(), u"--language"_s, u"en"_s, u"--profile"_s, newProfile(),
                             u"--screenshot"_s, m_folder.filePath(u"nobody.png"_s)});
    QCOMPARE(ended.code, 1); // and no dialog that waits for somebody
    QVERIFY2(ended.errors.contains("Nobody is signed in on this device."), ended.errors.constData());
}

void TestProgram::authorityFileThatIsNone_data()
{
    QTest::addColumn<QByteArray>("contents");
    QTest::addColumn<QByteArray>("said");
    QTest::newRow("not there") << QByteArray() << QByteArray("cannot be read. Ask the administrator for the file ca.pem.");
    QTest::newRow("no certificate") << QByteArray("-----BEGIN CERTIFICATE-----\nnothing\n") << QByteArray("holds no certificate. Ask the administrator for the file ca.pem.");
}

void TestProgram::authorityFileThatIsNone()
{
    QFETCH(QByteArray, contents);
    QFETCH(QByteArray, said);
    const QString name = m_folder.filePath(u"ca-%1.pem"_s.arg(contents.size()));
    if (QFile file(name); !contents.isEmpty())
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(contents) > 0);
    const Ended ended = run(signedIn(m_central->url(), name) + QStringList{u"--profile"_s, newProfile(), u"--self-test"_s});
    QCOMPARE(ended.code, 1);
    QVERIFY2(ended.errors.contains(said), ended.errors.constData());
}

void TestProgram::wrongOptionsAreSaid_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QByteArray>("said");
    QTest::newRow("address") << QStringList{u"--server"_s, u"http://10.0.0.1"_s} << QByteArray("The address of central must look like https://host:port.");
    QTest::newRow("size") << QStringList{u"--size"_s, u"big"_s} << QByteArray("The size must look like 1920x1080.");
    QTest::newRow("theme") << QStringList{u"--theme"_s, u"pink"_s} << QByteArray("The theme is light or dark.");
    QTest::newRow("language") << QStringList{u"--language"_s, u"fr"_s} << QByteArray("The language is vi or en.");
}

void TestProgram::wrongOptionsAreSaid()
{
    QFETCH(QStringList, options);
    QFETCH(QByteArray, said);
    const QString profile = newProfile();
    const Ended ended = run(options + QStringList{u"--profile"_s, profile});
    QCOMPARE(ended.code, 2);
    QVERIFY2(ended.errors.contains(said), ended.errors.constData());
    QVERIFY(!QFile::exists(profile)); // nothing half made
}

void TestProgram::afterOneSignInItWorksWithoutCentral()
{
    const QString profile = newProfile();
    const QString picture = m_folder.filePath(u"offline.png"_s);
    const QStringList arguments{u"--profile"_s, profile, u"--screenshot"_s, picture, u"--size"_s, u"1366x768"_s};
    const Ended first = run(signedIn(m_central->url(), m_central->authorityFile()) + arguments);
    QVERIFY2(first.code == 0, first.errors.constData());
    QVERIFY(QFile::remove(picture));
    m_central->kill();
    const Ended second = run(arguments); // server, authority and session come from the profile
    QVERIFY(m_central->serve());
    QVERIFY2(second.code == 0, second.errors.constData());
    QCOMPARE(QImage(picture).size(), QSize(1366, 768));
}

void TestProgram::cleanupTestCase()
{
    if (m_central)
        QCOMPARE(m_central->stop(), 0);
}

QTEST_GUILESS_MAIN(TestProgram)
#include "tst_program.moc"
