// SPDX-License-Identifier: GPL-3.0-or-later
// Files between two desktops over the real central: bytes arrive whole, whatever dies or breaks on the way, and only where they are looked at.
#include "../support/filingdesk.h"

#include <base/filesteps.h>
#include <support/badlink.h>
#include <support/centralprocess.h>
#include <support/backendtest.h>

#include <QProcess>
#include <QSignalSpy>
#include <QTest>

#include <span>

using namespace ioc;
using namespace ioc::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int patienceMs = 60'000;
constexpr qint64 large = 3 * wire::filePieceBytes + 12'345;
const QString password = u"bến thành sáng sớm"_s;

} // namespace

class TestFileTransfer : public CentralTest<CentralProcess>
{
    Q_OBJECT

protected:
    void prepare() override
    {
        QVERIFY(m_central->init());
        for (const auto &login : {u"lan"_s, u"minh"_s})
            QVERIFY(m_central->addAccount(login, u"operator"_s, password));
        QVERIFY(m_central->serve());
    }
    void end() override
    {
        m_lan.reset();
        m_minh.reset();
        CentralTest::end();
    }

private Q_SLOTS:
    void whatOneAddsTheOtherSeesAndFetchesWhenLookedAt()
    {
        QVERIFY(connectBoth());
        const QByteArray bytes = picture(large, 1);
        const auto added = m_lan->add(m_complaint, bytes);
        QVERIFY2(added, qPrintable(added ? QString() : added.error().message));
        QCOMPARE(added->mediaType, u"image/png"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_minh->names(added->digest), patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(m_lan->sent(added->digest), patienceMs);
        QVERIFY(!m_minh->state(added->digest).here); // nobody has looked
        QCOMPARE(answered(m_minh->files.look(added->digest, added->size)).error().code, ErrorCode::NotFound);
        QTRY_VERIFY_WITH_TIMEOUT(m_minh->state(added->digest).here, patienceMs);
        QCOMPARE(m_minh->bytes(added->digest), bytes);
        QCOMPARE(*answered(m_minh->files.look(added->digest, added->size)), m_minh->files.path(added->digest));
        QVERIFY(m_minh->sent(added->digest)); // it need not send what it has from central
    }

    void addedWithoutALineItGoesWhenThereIsOne()
    {
        QVERIFY(connectBoth());
        m_lan->disconnect();
        const QByteArray bytes = picture(large, 2);
        const auto added = m_lan->add(m_complaint, bytes);
        QVERIFY(added);
        QVERIFY(m_lan->state(added->digest).waitsToBeSent());
        (void)answered(m_minh->files.setPinned(added->digest, added->size, true)); // wanted before central has it
        QVERIFY(m_lan->connect(u"lan"_s, password));
        QTRY_VERIFY_WITH_TIMEOUT(m_lan->sent(added->digest), patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(m_minh->state(added->digest).here, patienceMs);
        QCOMPARE(m_minh->bytes(added->digest), bytes);
    }

    void centralDiesWhileItTakes_data()
    {
        QTest::addColumn<QByteArray>("step");
        for (const char *step : fileTakingSteps)
            QTest::newRow(step) << QByteArray(step);
    }
    void centralDiesWhileItTakes()
    {
        QFETCH(QByteArray, step);
        QVERIFY(connectBoth());
        m_central->kill();
        qputenv("IOC_FAULT", step);
        QVERIFY(m_central->serve());
        qunsetenv("IOC_FAULT");
        const QByteArray bytes = picture(large, 3);
        const auto added = m_lan->add(m_complaint, bytes);
        QVERIFY(added);
        QTRY_COMPARE_WITH_TIMEOUT(m_central->processId(), 0, patienceMs);
        QVERIFY(m_central->serve());
        QTRY_VERIFY_WITH_TIMEOUT(m_lan->sent(added->digest), patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(m_minh->names(added->digest), patienceMs);
        (void)answered(m_minh->files.look(added->digest, added->size));
        QTRY_VERIFY_WITH_TIMEOUT(m_minh->state(added->digest).here, patienceMs);
        QCOMPARE(m_minh->bytes(added->digest), bytes);
    }

    void theDeviceDies_data()
    {
        QTest::addColumn<QByteArray>("step");
        for (const auto &steps : {std::span<const char *const>(fileAddingSteps), std::span<const char *const>(fileSendingSteps), std::span<const char *const>(fileFetchingSteps)}) {
            for (const char *step : steps)
                QTest::newRow(step) << QByteArray(step);
        }
    }
    void theDeviceDies()
    {
        QFETCH(QByteArray, step);
        QVERIFY(connectBoth());
        const QByteArray bytes = picture(large, 4);
        const QString digest = digestOf(bytes);
        const QTemporaryDir folder;
        const QString file = folder.filePath(u"biên bản.png"_s);
        QFile out(file);
        QVERIFY(out.open(QIODevice::WriteOnly) && out.write(bytes) == bytes.size());
        out.close();
        const bool fetches = std::ranges::any_of(fileFetchingSteps, [&](const char *one) { return step == one; });
        const QStringList adding{u"add"_s, m_complaint.toString(), file};
        const QStringList fetching{u"fetch"_s, digest, QString::number(bytes.size())};
        QCOMPARE(runClient(folder.filePath(u"a"_s), adding, fetches ? QByteArray() : step), fetches ? 0 : -1);
        if (!fetches)
            QCOMPARE(runClient(folder.filePath(u"a"_s), adding, {}), 0);
        QCOMPARE(runClient(folder.filePath(u"b"_s), fetching, fetches ? step : QByteArray()), fetches ? -1 : 0);
        if (fetches)
            QCOMPARE(runClient(folder.filePath(u"b"_s), fetching, {}), 0);
        QFile there(folder.filePath(u"b/files/"_s + digest.first(2) + u'/' + digest));
        QVERIFY(there.open(QIODevice::ReadOnly));
        QCOMPARE(there.readAll(), bytes);
        const QDir left(folder.filePath(u"b/files/parts"_s));
        QVERIFY(left.isEmpty());
    }

    void theLineIsCutAgainAndAgain()
    {
        BadLink link(m_central->port(), {.delayMs = 20, .loss = 0.02, .cutEveryMs = 1500}, 20'261'122);
        QUrl url = m_central->url();
        url.setPort(link.serverPort());
        QVERIFY(connectBoth(url));
        const QByteArray bytes = picture(large, 5);
        const auto added = m_lan->add(m_complaint, bytes);
        QVERIFY(added);
        link.cut(); // once at least
        QTRY_VERIFY_WITH_TIMEOUT(m_lan->sent(added->digest), patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(m_minh->names(added->digest), patienceMs);
        (void)answered(m_minh->files.look(added->digest, added->size));
        QTRY_VERIFY_WITH_TIMEOUT(m_minh->state(added->digest).here, patienceMs);
        QCOMPARE(m_minh->bytes(added->digest), bytes);
        QVERIFY(link.cuts() > 0);
    }

    void piecesSentOnceAreNotSentAgain()
    {
        QVERIFY(connectBoth());
        const QByteArray bytes = picture(large, 6);
        QSignalSpy progress(&m_lan->files, &FileStore::progressed);
        const auto added = m_lan->add(m_complaint, bytes);
        QVERIFY(added);
        QTRY_VERIFY_WITH_TIMEOUT(std::ranges::any_of(progress, [](const QVariantList &one) { return one[1].toLongLong() >= wire::filePieceBytes; }), patienceMs);
        m_lan->disconnect();
        progress.clear();
        QVERIFY(m_lan->connect(u"lan"_s, password));
        QTRY_VERIFY_WITH_TIMEOUT(m_lan->sent(added->digest), patienceMs);
        for (const QVariantList &one : std::as_const(progress))
            QVERIFY(one[1].toLongLong() >= wire::filePieceBytes);
    }

    void whatWasDamagedHereIsNotSentAndComesAnew()
    {
        QVERIFY(connectBoth());
        m_lan->disconnect();
        const QByteArray unsent = picture(2000, 7);
        const auto lost = m_lan->add(m_complaint, unsent);
        QVERIFY(lost);
        damage(m_lan->files.path(lost->digest));
        QVERIFY(m_lan->connect(u"lan"_s, password));
        QTRY_VERIFY_WITH_TIMEOUT(m_lan->state(lost->digest).damaged, patienceMs);
        QVERIFY(!m_lan->state(lost->digest).here);
        const auto again = answered(m_lan->files.add({.path = {}, .bytes = unsent, .name = u"ảnh.png"_s}, *m_lan->local.catalog->type(attachmentType)));
        QVERIFY(again && again->digest == lost->digest); // who has it still may add it once more
        QTRY_VERIFY_WITH_TIMEOUT(m_lan->sent(lost->digest), patienceMs);
        damage(m_lan->files.path(lost->digest));
        QCOMPARE(answered(m_lan->files.look(lost->digest, lost->size)).error().code, ErrorCode::Damaged);
        QTRY_VERIFY_WITH_TIMEOUT(m_lan->state(lost->digest).here, patienceMs);
        QCOMPARE(m_lan->bytes(lost->digest), unsent);
    }

    void aCentralThatLostItGetsItAgain()
    {
        QVERIFY(connectBoth());
        const QByteArray bytes = picture(5000, 8);
        const auto added = m_lan->add(m_complaint, bytes);
        QVERIFY(added);
        QTRY_VERIFY_WITH_TIMEOUT(m_minh->names(added->digest), patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(m_lan->sent(added->digest), patienceMs);
        const Id before = m_lan->state(added->digest).confirmed;
        QCOMPARE(m_central->stop(), 0);
        QTRY_COMPARE_WITH_TIMEOUT(m_lan->engine->state().kind, SyncState::Kind::Offline, patienceMs);
        goBack();
        QVERIFY(m_central->serve());
        QTRY_VERIFY_WITH_TIMEOUT(m_lan->state(added->digest).confirmed != before, patienceMs);
        (void)answered(m_minh->files.look(added->digest, added->size));
        QTRY_VERIFY_WITH_TIMEOUT(m_minh->state(added->digest).here, patienceMs);
        QCOMPARE(m_minh->bytes(added->digest), bytes);
    }

private:
    bool connectBoth(const QUrl &url = {})
    {
        m_lan = std::make_unique<FilingDesk>(QString(), url.isEmpty() ? m_central->url() : url, m_central->authorityFile());
        m_minh = std::make_unique<FilingDesk>(QString(), url.isEmpty() ? m_central->url() : url, m_central->authorityFile());
        for (const auto &[desk, login] : {std::pair(m_lan.get(), u"lan"_s), std::pair(m_minh.get(), u"minh"_s)}) {
            bool signedIn = false;
            if (!QTest::qWaitFor([&] { return signedIn = signedIn || desk->connect(login, password).has_value(); }, patienceMs))
                return false;
        }
        m_complaint = m_lan->makeComplaint();
        return !m_complaint.isNull() && QTest::qWaitFor([&] { return m_minh->local.record(u"complaint"_s, m_complaint).has_value(); }, patienceMs);
    }
    /// The program until it is done (its exit code) or dead (-1).
    int runClient(const QString &folder, const QStringList &what, const QByteArray &fault)
    {
        QProcess process;
        auto environment = QProcessEnvironment::systemEnvironment();
        if (!fault.isEmpty())
            environment.insert(u"IOC_FAULT"_s, QString::fromLatin1(fault));
        process.setProcessEnvironment(environment);
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process.start(QStringLiteral(IOC_BINARY_DIR "/bin/filing_client"), QStringList{folder, m_central->url().toString(), m_central->authorityFile(), u"lan"_s, password} + what);
        if (!process.waitForFinished(patienceMs))
            return -2;
        return process.exitStatus() == QProcess::CrashExit ? -1 : process.exitCode();
    }
    static void damage(const QString &path)
    {
        QFile file(path);
        if (!file.open(QIODevice::ReadWrite) || !file.seek(100) || file.write("?") != 1)
            qFatal("cannot damage %s", qPrintable(path));
    }
    // Central without its files and in another epoch, as after a restore.
    void goBack()
    {
        const auto connection = db::Connection::open({.path = m_central->dataFolder() + u"/central.sqlite"_s, .server = m_central->server()});
        if (!connection || !(*connection)->exec(u"DELETE FROM central_file"_s) || !(*connection)->exec(u"DELETE FROM central_file_piece"_s)
            || !(*connection)->exec(u"INSERT INTO central_meta (name, value) SELECT 'first_epoch', value FROM central_meta WHERE name = 'epoch' ON CONFLICT DO NOTHING"_s)
            || !(*connection)->exec(u"UPDATE central_meta SET value = ? WHERE name = 'epoch'"_s, {Id::create(m_clock).toBytes()}))
            qFatal("cannot go back");
    }

    SystemClock m_clock;
    std::unique_ptr<FilingDesk> m_lan;
    std::unique_ptr<FilingDesk> m_minh;
    Id m_complaint;
};

QTEST_GUILESS_MAIN(TestFileTransfer)
#include "tst_filetransfer.moc"
