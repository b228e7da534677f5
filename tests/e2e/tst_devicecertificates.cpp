// SPDX-License-Identifier: GPL-3.0-or-later
// A deployment whose central serves only devices with a certificate of its own authority.
#include "../support/headlessdesk.h"

#include <central/certificates.h>
#include <support/testdevice.h>

#include <csignal>

using namespace ioc;
using namespace ioc::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int patienceMs = 60'000;

} // namespace

class TestDeviceCertificates : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_central = std::make_unique<CentralProcess>();
        QVERIFY(m_central->init());
        QVERIFY(m_central->addAccount(u"lan"_s, u"operator"_s, operatorPassword));
        QVERIFY(m_central->serve({u"--device-certificates"_s}));
    }
    void cleanup() { m_central.reset(); }

    void whoHasOneIsServed()
    {
        const QTemporaryDir folder;
        const auto made = m_central->run({u"device"_s, u"certificate"_s, u"--name"_s, u"Phường Bến Thành 1"_s, folder.filePath(u"device"_s)});
        QVERIFY2(made.code == 0, made.errors.constData());
        const QFile key(folder.filePath(u"device/device.key"_s));
        QCOMPARE(key.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        HeadlessDesk lan(*m_central, u"lan"_s);
        lan.client = client(folder.filePath(u"device/ca.pem"_s));
        lan.connect();
        const Id id = lan.makeComplaint(u"Có chứng chỉ"_s);
        QTRY_VERIFY_WITH_TIMEOUT(lan.isQuiet(id), patienceMs);
        // A new certificate of the server changes nothing of it.
        QVERIFY(renewServerCertificate(CertificateFiles(m_central->dataFolder()), lan.clock));
        m_central->signal(SIGHUP);
        QVERIFY(m_central->says("event=certificate_loaded"));
        TestDevice without(m_central->url(), m_central->authorityFile(), Id::create(lan.clock));
        QCOMPARE(without.signIn(u"lan"_s, operatorPassword).status, 403);
        const Id next = lan.makeComplaint(u"Vẫn được"_s);
        QTRY_VERIFY_WITH_TIMEOUT(lan.isQuiet(next), patienceMs);
    }

    void whoHasNoneIsToldSo()
    {
        const SystemClock clock;
        TestDevice device(m_central->url(), m_central->authorityFile(), Id::create(clock));
        const auto refused = device.signIn(u"lan"_s, operatorPassword);
        QCOMPARE(refused.status, 403);
        const auto why = wire::decodeError(refused.body);
        QVERIFY(why);
        QCOMPARE(why->code, ErrorCode::Denied);
        QVERIFY(why->message.contains(u"device.pem"_s));
        QCOMPARE(device.request("GET", u"/v1/health"_s).status, 200);
        for (const auto &path : {u"/v1/changes"_s, u"/v1/snapshot"_s, u"/v1/nothing"_s})
            QCOMPARE(device.request("GET", path).status, 403);

    }

    void anotherAuthoritysIsRefused()
    {
        const SystemClock clock;
        const QTemporaryDir other;
        const QTemporaryDir folder;
        const CertificateFiles files(other.path());
        QVERIFY(createCertificates(files, {u"127.0.0.1"_s}, clock));
        QVERIFY(createDeviceCertificate(files, u"Lạ"_s, folder.filePath(u"device"_s), clock));
        QVERIFY(QFile::remove(folder.filePath(u"device/ca.pem"_s)));
        QVERIFY(QFile::copy(m_central->authorityFile(), folder.filePath(u"device/ca.pem"_s)));
        const auto stranger = client(folder.filePath(u"device/ca.pem"_s));
        const auto session = answered(stranger->signIn({.login = u"lan"_s, .password = operatorPassword, .refreshToken = {}, .device = Id::create(clock), .deviceName = u"Lạ"_s}));
        QVERIFY(!session);
        QVERIFY(session.error().code != ErrorCode::Denied); // it came as far as no answer

    }

    void whatCannotBeReadIsSaid()
    {
        const QTemporaryDir folder;
        QFile half(folder.filePath(u"device.pem"_s));
        QVERIFY(half.open(QFile::WriteOnly) && half.write("no certificate") > 0);
        half.close();
        const auto read = CentralClient::deviceCertificateBeside(folder.filePath(u"ca.pem"_s));
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::Damaged);
        QVERIFY(CentralClient::deviceCertificateBeside(m_central->authorityFile()).value() == std::nullopt);
    }

    void namesAndPlacesAreChecked_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("none") << u"  "_s;
        QTest::newRow("long") << QString(65, u'a');
        QTest::newRow("control") << u"a\nb"_s;
    }
    void namesAndPlacesAreChecked()
    {
        QFETCH(QString, name);
        const SystemClock clock;
        const QTemporaryDir folder;
        const CertificateFiles files(m_central->dataFolder());
        const auto made = createDeviceCertificate(files, name, folder.path(), clock);
        QVERIFY(!made);
        QCOMPARE(made.error().code, ErrorCode::InvalidInput);
        QVERIFY(createDeviceCertificate(files, u"một"_s, folder.path(), clock));
        QCOMPARE(createDeviceCertificate(files, u"hai"_s, folder.path(), clock).error().code, ErrorCode::Conflict);
    }

private:
    [[nodiscard]] std::unique_ptr<CentralClient> client(const QString &authorityFile) const
    {
        const auto authorities = CentralClient::authoritiesFrom(authorityFile);
        const auto device = CentralClient::deviceCertificateBeside(authorityFile);
        if (!authorities || !device || !*device)
            qFatal("no certificate");
        return std::make_unique<CentralClient>(CentralClient::Options{.server = m_central->url(), .authorities = *authorities, .device = *device});
    }

    std::unique_ptr<CentralProcess> m_central;
};

QTEST_GUILESS_MAIN(TestDeviceCertificates)
#include "tst_devicecertificates.moc"
