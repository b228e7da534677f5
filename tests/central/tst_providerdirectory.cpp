// SPDX-License-Identifier: GPL-3.0-or-later
// What central keeps of a sign-in service, and when it asks again.
#include <central/providerdirectory.h>
#include <support/testprovider.h>

#include <QTest>

using namespace ioc;
using namespace ioc::test;
using namespace Qt::StringLiterals;

namespace {
constexpr int patienceMs = 30'000;
}

class TestProviderDirectory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_provider = std::make_unique<TestProvider>();
        m_settings = {};
        m_settings.issuer = m_provider->issuer();
        m_settings.clientId = u"ioc"_s;
        m_settings.authorities = QSslCertificate::fromPath(m_provider->authorityFile());
        m_directory = std::make_unique<ProviderDirectory>(m_settings, m_clock);
    }
    void cleanup()
    {
        m_directory.reset();
        m_provider.reset();
    }

    void manyWhoAskAtOnceCauseOneFetch()
    {
        const QList<QFuture<Answer>> asked{m_directory->published(), m_directory->published(), m_directory->publishedFor(token())};
        for (const auto &each : asked)
            QVERIFY(waited(each));
        QCOMPARE(m_provider->keyRequests(), 1);
        QVERIFY(waited(m_directory->published()));
        QCOMPARE(m_provider->keyRequests(), 1);
        m_clock.advance(ProviderDirectory::freshMs);
        QVERIFY(waited(m_directory->published()));
        QCOMPARE(m_provider->keyRequests(), 2);
    }

    void aNewKeyIsFetchedOnceAMinuteAtMost()
    {
        QVERIFY(waited(m_directory->publishedFor(token())));
        m_provider->rotate();
        const Jwt next = token();
        QVERIFY(isKeyUnknown(next, waited(m_directory->publishedFor(next))->keys)); // fetched just now
        QCOMPARE(m_provider->keyRequests(), 1);
        m_clock.advance(ProviderDirectory::refetchMs);
        QVERIFY(!isKeyUnknown(next, waited(m_directory->publishedFor(next))->keys));
        QCOMPARE(m_provider->keyRequests(), 2);
        const Jwt strange = decodeJwt(SigningKey::p256(u"strange"_s).token({}, u"ES256"_s)).value();
        for (int i = 0; i < 10; ++i)
            QVERIFY(waited(m_directory->publishedFor(strange)));
        QCOMPARE(m_provider->keyRequests(), 2); // nobody makes central ask all the time
        m_clock.advance(ProviderDirectory::refetchMs);
        QVERIFY(waited(m_directory->publishedFor(strange)));
        QVERIFY(waited(m_directory->publishedFor(strange)));
        QCOMPARE(m_provider->keyRequests(), 3);
    }

    void aServiceThatIsAwayIsTriedAgain()
    {
        m_provider->stop();
        QCOMPARE(waited(m_directory->published()).error().code, ErrorCode::Offline);
        m_provider->start();
        QCOMPARE(waited(m_directory->published()).error().code, ErrorCode::Offline); // not at once
        m_clock.advance(ProviderDirectory::failedMs);
        QVERIFY(waited(m_directory->published()));
        m_provider->stop();
        m_clock.advance(ProviderDirectory::refetchMs);
        m_provider->rotate();
        QVERIFY(!waited(m_directory->publishedFor(token())));
        QVERIFY(waited(m_directory->published())); // what is known goes on
        m_provider->start();
    }

    void whomNobodyTrustsIsNotAsked()
    {
        m_settings.authorities.clear();
        ProviderDirectory directory(m_settings, m_clock);
        QCOMPARE(waited(directory.published()).error().code, ErrorCode::Untrusted);
        QCOMPARE(m_provider->keyRequests(), 0);
    }

    void anotherIssuerIsNotTaken()
    {
        m_settings.issuer += u'/';
        ProviderDirectory directory(m_settings, m_clock);
        QCOMPARE(waited(directory.published()).error().code, ErrorCode::InvalidInput);
    }

private:
    using Answer = Result<ProviderDirectory::Published>;
    static Answer waited(const QFuture<Answer> &future)
    {
        if (!QTest::qWaitFor([&] { return future.isFinished(); }, patienceMs))
            qFatal("no answer");
        return future.result();
    }
    Jwt token() const { return decodeJwt(m_provider->key().token(m_provider->claims(u"n"_s), m_provider->key().id() == u"first" ? u"RS256"_s : u"ES256"_s)).value(); }

    ManualClock m_clock{1'780'000'000'000};
    ProviderSettings m_settings;
    std::unique_ptr<TestProvider> m_provider;
    std::unique_ptr<ProviderDirectory> m_directory;
};

QTEST_GUILESS_MAIN(TestProviderDirectory)
#include "tst_providerdirectory.moc"
