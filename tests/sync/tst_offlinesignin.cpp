// SPDX-License-Identifier: GPL-3.0-or-later
#include "../support/teststore.h"

#include <sync/offlinesignin.h>

using namespace ioc;
using namespace ioc::test;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 dayMs = 24LL * 3'600'000;
const QString password = u"bến thành sáng sớm"_s;
const QString wrong = u"bến thành sáng hôm"_s;

/// A device on which Lan signed in just now.
struct Device
{
    explicit Device(int days = defaultOfflineDays)
    {
        session.offlineDays = days;
        start();
        auto done = offline->remember(session, password);
        if (!QTest::qWaitFor([&] { return done.isFinished(); }, 20'000))
            qFatal("does not remember");
    }
    /// As after a new start of the program.
    void start()
    {
        offline.reset();
        offline = std::make_unique<OfflineSignIn>(secrets, clock);
    }
    Result<Session> enter(const QString &with, const QString &login = u"lan"_s) { return answered(offline->signIn(login, with)); }
    ErrorCode code(const QString &with, const QString &login = u"lan"_s)
    {
        const auto entered = enter(with, login);
        return entered ? ErrorCode::Cancelled : entered.error().code; // which is never given
    }
    OfflineNote note()
    {
        start(); // what was begun is done
        return secrets.read(u"offline"_s).transform([](const QByteArray &kept) { return decodeOfflineNote(kept).value_or(OfflineNote()); }).value_or(OfflineNote());
    }

    QTemporaryDir folder;
    FileSecretStore secrets{folder.path()};
    ManualClock clock{1'780'000'000'000};
    Session session{.accessToken = u"access"_s, .refreshToken = u"refresh"_s, .account = Id::create(clock), .login = u"lan"_s, .displayName = u"Nguyễn Thị Lan"_s,
                    .role = u"operator"_s, .unit = Id::create(clock), .grants = {Grant{.recordType = u"complaint"_s, .view = Reach::Unit}}, .vault = QByteArray(64, 'v')};
    std::unique_ptr<OfflineSignIn> offline;
};

constexpr ErrorCode in = ErrorCode::Cancelled;

} // namespace

class TestOfflineSignIn : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // Central says anew what may be opened; a note of before gets it with the next password.
    void whatOpensPersonalDataFollowsCentral()
    {
        Device device;
        Session renewed = device.session;
        device.offline->confirm(renewed);
        QCOMPARE(device.enter(password)->vault, device.session.vault);
        renewed.vault.clear();
        device.offline->confirm(renewed);
        const auto without = device.enter(password);
        QVERIFY(without && without->vault.isEmpty());
        const auto confirmed = device.note().confirmedMs;
        device.clock.advance(dayMs);
        device.offline->keepVault(device.session.vault, password);
        QCOMPARE(device.enter(password)->vault, device.session.vault);
        QCOMPARE(device.note().confirmedMs, confirmed); // no day more without central
    }

    void theSamePersonComesInWithTheRightsOfLastTime()
    {
        Device device;
        device.start();
        const auto session = device.enter(password);
        QVERIFY(session);
        QCOMPARE(session->account, device.session.account);
        QCOMPARE(session->role, u"operator"_s);
        QCOMPARE(session->grants, device.session.grants);
        QCOMPARE(session->unit, device.session.unit);
        QVERIFY(session->accessToken.isEmpty() && session->refreshToken.isEmpty());
        QCOMPARE(session->vault, device.session.vault); // which opens personal data, and which only the password does
        QVERIFY(device.note().session.vault.isEmpty());
        for (const QString &name : QDir(device.folder.path()).entryList(QDir::Files)) {
            QFile file(device.folder.filePath(name));
            QVERIFY(file.open(QFile::ReadOnly) && !file.readAll().contains(device.session.vault));
        }
        device.start();
        QCOMPARE(device.code(wrong), ErrorCode::Unauthenticated);
        QCOMPARE(device.code(password, u"minh"_s), ErrorCode::Denied);
    }
    void nothingIsKeptThatLetsAnybodyIn()
    {
        Device device;
        QFile file(device.folder.filePath(u"offline.secret"_s));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray kept = file.readAll();
        QVERIFY(!kept.contains(password.toUtf8()) && !kept.contains("access") && !kept.contains("refresh"));
        QCOMPARE(file.permissions() & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther), QFile::Permissions());
    }
    void onlyForTheDaysThatCentralAllows()
    {
        Device device(3);
        device.clock.advance(3 * dayMs - 1000);
        QCOMPARE(device.code(password), in);
        device.clock.advance(2000);
        const auto late = device.enter(password);
        QCOMPARE(late.error().code, ErrorCode::Denied);
        QVERIFY(late.error().message.contains(u'3'));
        Device never(0);
        QCOMPARE(never.code(password), ErrorCode::NotFound);
    }
    void centralsWordCountsTheDaysAnew()
    {
        Device device(3);
        device.clock.advance(2 * dayMs);
        device.session.role = u"viewer"_s;
        device.offline->confirm(device.session);
        device.clock.advance(2 * dayMs);
        const auto session = device.enter(password);
        QVERIFY(session);
        QCOMPARE(session->role, u"viewer"_s);
        Session another = device.session;
        another.account = Id::create(device.clock);
        device.clock.advance(2 * dayMs);
        device.offline->confirm(another); // says nothing of Lan
        QCOMPARE(device.code(password), ErrorCode::Denied);
        device.session.offlineDays = 0;
        device.offline->confirm(device.session);
        QCOMPARE(device.code(password), ErrorCode::NotFound);
    }
    void aClockSetBackLetsNobodyIn()
    {
        Device device;
        device.clock.advance(dayMs);
        device.offline->noteTime();
        (void)device.note();
        device.clock.setNowMs(device.clock.nowMs() - OfflineNote::clockSlackMs + 1000);
        QCOMPARE(device.code(password), in);
        device.clock.setNowMs(device.clock.nowMs() - 3'600'000);
        QCOMPARE(device.code(password), ErrorCode::Denied);
        device.clock.advance(2 * 3'600'000);
        QCOMPARE(device.code(password), in);
    }
    void guessingTakesLongerAndLongerOverRestarts()
    {
        Device device;
        for (int i = 0; i <= OfflineNote::freeFailures; ++i)
            QCOMPARE(device.code(wrong), ErrorCode::Unauthenticated);
        device.start();
        QCOMPARE(device.code(password), ErrorCode::Busy); // even the right one
        device.clock.advance(1000);
        QCOMPARE(device.code(wrong), ErrorCode::Unauthenticated);
        device.clock.advance(1000);
        QCOMPARE(device.code(password), ErrorCode::Busy); // twice as long
        device.clock.advance(1000);
        QCOMPARE(device.code(password), in);
        QCOMPARE(device.note().failures, 0);
        for (int i = 0; i < OfflineNote::lastFailure; ++i) {
            QCOMPARE(device.code(wrong), ErrorCode::Unauthenticated);
            device.clock.advance(OfflineNote::longestWaitMs);
        }
        device.start();
        QCOMPARE(device.code(password), ErrorCode::Denied); // central alone decides now
        (void)answered(device.offline->remember(device.session, password).then([] { return true; }));
        QCOMPARE(device.code(password), in);
    }
    void whatIsForgottenOrDamagedLetsNobodyIn()
    {
        Device device;
        QVERIFY(device.secrets.write(u"offline"_s, "\xa1\x01"_ba));
        QCOMPARE(device.code(password), ErrorCode::Damaged);
        (void)answered(device.offline->remember(device.session, password).then([] { return true; }));
        device.offline->forget();
        QCOMPARE(device.code(password), ErrorCode::NotFound);
    }
    void aNoteReadsAsItWasWritten()
    {
        Device device;
        OfflineNote note = device.note();
        note.failures = 3;
        note.failedMs = note.seenMs + 5;
        const QByteArray bytes = encodeOfflineNote(note);
        const auto read = decodeOfflineNote(bytes);
        QVERIFY(read);
        QCOMPARE(encodeOfflineNote(*read), bytes);
        QCOMPARE(read->failures, 3);
        for (qsizetype cut = 0; cut < bytes.size(); ++cut)
            QVERIFY(!decodeOfflineNote(bytes.first(cut)));
    }
};

QTEST_GUILESS_MAIN(TestOfflineSignIn)
#include "tst_offlinesignin.moc"
