// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/certificatewatch.h>

#include <QSignalSpy>
#include <QSslCertificate>
#include <QSslKey>
#include <QTemporaryDir>
#include <QTest>

using namespace ioc;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 dayMs = 24LL * 3'600'000;
constexpr qint64 madeMs = 1'790'000'000'000;

void put(const QString &path, const QByteArray &content)
{
    QFile file(path);
    if (!file.open(QFile::WriteOnly | QFile::Truncate) || file.write(content) != content.size())
        qFatal("%s", qPrintable(path));
}

} // namespace

/// The server's certificate over the years: what is known of it, and how it stays valid.
class TestCertificates : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_files = std::make_unique<CertificateFiles>(m_folder->path());
        m_clock.setNowMs(madeMs);
        QVERIFY(createCertificates(*m_files, {u"central.example.vn"_s, u"10.0.0.7"_s}, m_clock));
    }

    void aFreshOneIsFine()
    {
        const auto state = certificateState(*m_files, m_clock);
        QVERIFY(state);
        QVERIFY(state->isOwn && state->fitsKey && state->isRenewable);
        QCOMPARE(state->untilMs, madeMs + 730 * dayMs);
    }

    void whatDoesNotBelongTogetherIsSeen()
    {
        QTemporaryDir other;
        const CertificateFiles others(other.path());
        QVERIFY(createCertificates(others, {u"x"_s}, m_clock));
        QVERIFY(QFile::remove(m_files->serverKey));
        QVERIFY(QFile::copy(others.serverKey, m_files->serverKey));
        QVERIFY(!certificateState(*m_files, m_clock)->fitsKey);
        QCOMPARE(CertificateWatch(*m_files, m_clock).load().error().code, ErrorCode::Damaged);
        QVERIFY(QFile::remove(m_files->serverCertificate));
        QVERIFY(QFile::copy(others.serverCertificate, m_files->serverCertificate));
        const auto foreign = certificateState(*m_files, m_clock);
        QVERIFY(foreign->fitsKey);
        QVERIFY(!foreign->isOwn);
        QVERIFY(!foreign->isRenewable);
        put(m_files->serverCertificate, "nothing");
        QCOMPARE(certificateState(*m_files, m_clock).error().code, ErrorCode::Damaged);
        QVERIFY(QFile::remove(m_files->serverCertificate));
        QCOMPARE(certificateState(*m_files, m_clock).error().code, ErrorCode::NotFound);
    }

    void renewedForTheSameNames()
    {
        const auto before = QSslCertificate::fromPath(m_files->serverCertificate).value(0);
        m_clock.advance(720 * dayMs);
        QVERIFY(renewServerCertificate(*m_files, m_clock));
        const auto after = QSslCertificate::fromPath(m_files->serverCertificate).value(0);
        QCOMPARE(after.subjectAlternativeNames(), before.subjectAlternativeNames());
        QCOMPARE(after.subjectAlternativeNames().size(), 2);
        QVERIFY(after.serialNumber() != before.serialNumber());
        QCOMPARE(after.publicKey(), before.publicKey());
        const auto state = certificateState(*m_files, m_clock);
        QVERIFY(state->isOwn && state->fitsKey && state->isRenewable);
        QCOMPARE(state->untilMs, m_clock.nowMs() + 730 * dayMs);
    }

    void withoutTheAuthoritysKeyItCannotBe()
    {
        const auto before = QSslCertificate::fromPath(m_files->serverCertificate).value(0);
        QVERIFY(QFile::remove(m_files->authorityKey));
        QCOMPARE(renewServerCertificate(*m_files, m_clock).error().code, ErrorCode::Denied);
        QCOMPARE(QSslCertificate::fromPath(m_files->serverCertificate).value(0), before);
        QVERIFY(!certificateState(*m_files, m_clock)->isRenewable);
    }

    void theWatchRenewsWhenTheEndIsNear()
    {
        CertificateWatch watch(*m_files, m_clock);
        QSignalSpy changed(&watch, &CertificateWatch::changed);
        const auto first = watch.load();
        QVERIFY(first);
        m_clock.advance(690 * dayMs);
        watch.look();
        QCOMPARE(changed.size(), 0); // forty days are left
        m_clock.advance(11 * dayMs);
        watch.look();
        QCOMPARE(changed.size(), 1);
        const auto now = changed[0][0].value<QSslConfiguration>();
        QVERIFY(now.localCertificate() != first->localCertificate());
        QCOMPARE(watch.untilMs(), m_clock.nowMs() + 730 * dayMs);
        watch.look();
        QCOMPARE(changed.size(), 1);
    }

    void theWatchTakesOnlyWhatIsOfUse()
    {
        CertificateWatch watch(*m_files, m_clock);
        QSignalSpy changed(&watch, &CertificateWatch::changed);
        QVERIFY(watch.load());
        QFile file(m_files->serverCertificate);
        QVERIFY(file.open(QFile::ReadOnly));
        const QByteArray good = file.readAll();
        put(m_files->serverCertificate, good.first(good.size() / 2));
        watch.look();
        QCOMPARE(changed.size(), 0);
        QTemporaryDir other;
        QVERIFY(createCertificates(CertificateFiles(other.path()), {u"x"_s}, m_clock));
        const CertificateFiles others(other.path());
        QVERIFY(QFile::remove(m_files->serverKey));
        QVERIFY(QFile::copy(others.serverKey, m_files->serverKey)); // the key came first, its certificate follows
        watch.look();
        QCOMPARE(changed.size(), 0);
        QVERIFY(QFile::remove(m_files->serverCertificate));
        QVERIFY(QFile::copy(others.serverCertificate, m_files->serverCertificate));
        watch.look();
        QCOMPARE(changed.size(), 1);
    }

private:
    ManualClock m_clock{madeMs};
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<CertificateFiles> m_files;
};

QTEST_GUILESS_MAIN(TestCertificates)
#include "tst_certificates.moc"
