// SPDX-License-Identifier: GPL-3.0-or-later
#include <access/guesslimit.h>
#include <access/password.h>
#include <access/sessions.h>
#include <access/token.h>

#include <QTemporaryDir>
#include <QTest>

using namespace ioc;

namespace {
constexpr PasswordCost cheap{.memoryKib = 64, .iterations = 1, .lanes = 1};
}

/// Passwords, tokens, the limit on guessing, and the life of a session.
class TestAccess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPasswordMatchesItsHash()
    {
        const QString word = QStringLiteral("bến thành sáng sớm");
        const auto one = hashedPassword(word);
        const auto two = hashedPassword(word);
        QVERIFY(one && two);
        QVERIFY(one->startsWith(QStringLiteral("$argon2id$v=19$m=19456,t=2,p=1$")));
        QVERIFY(*one != *two); // salted
        QCOMPARE(passwordMatches(word, *one), true);
        QCOMPARE(passwordMatches(word.normalized(QString::NormalizationForm_D), *one), true); // typed on another keyboard
        QCOMPARE(passwordMatches(word + u'x', *one), false);
        QCOMPARE(passwordMatches(QString(), *one), false);
    }

    void aKnownVector() // of the Argon2 reference program: argon2 somesalt -id -t 2 -m 16 -p 1 <<< password
    {
        const QString encoded = QStringLiteral("$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc");
        QCOMPARE(passwordMatches(QStringLiteral("password"), encoded), true);
        QCOMPARE(passwordMatches(QStringLiteral("passwore"), encoded), false);
    }

    void damagedHashes_data()
    {
        QTest::addColumn<QString>("encoded");
        QTest::newRow("empty") << QString();
        QTest::newRow("another kind") << QStringLiteral("$2b$12$abcdefghijklmnopqrstuv");
        QTest::newRow("no memory") << QStringLiteral("$argon2id$v=19$m=0,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc");
        QTest::newRow("all memory") << QStringLiteral("$argon2id$v=19$m=9999999,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc");
        QTest::newRow("short hash") << QStringLiteral("$argon2id$v=19$m=64,t=2,p=1$c29tZXNhbHQ$AAAA");
    }
    void damagedHashes()
    {
        QFETCH(QString, encoded);
        const auto matches = passwordMatches(QStringLiteral("password"), encoded);
        QVERIFY(!matches);
        QCOMPARE(matches.error().code, ErrorCode::Damaged);
        QVERIFY(needsRehash(encoded));
    }

    void weakerHashesAreMadeAnew()
    {
        const auto weak = hashedPassword(QStringLiteral("a good long password"), cheap);
        QVERIFY(weak);
        QVERIFY(needsRehash(*weak));
        QVERIFY(!needsRehash(*weak, cheap));
    }

    void passwordRules_data()
    {
        QTest::addColumn<QString>("password");
        QTest::addColumn<bool>("good");
        QTest::newRow("words") << QStringLiteral("bến thành sáng sớm") << true;
        QTest::newRow("eleven") << QStringLiteral("abcdexyzkm9") << false;
        QTest::newRow("twelve") << QStringLiteral("abcdexyzkm94") << true;
        QTest::newRow("eleven in two parts each") << QStringLiteral("phở bò tai ").normalized(QString::NormalizationForm_D) << false;
        QTest::newRow("one kind of letters") << QStringLiteral("rừng vàng biển bạc") << true;
        QTest::newRow("other planes") << QString::fromUtf8("🌊🌊🏖🏖🌴🌴") << false; // six
        QTest::newRow("again and again") << QStringLiteral("hue1hue1hue1") << false;
        QTest::newRow("well known, longer") << QStringLiteral("administrator2026") << false;
        QTest::newRow("keys") << QStringLiteral("1qaz2wsx3edc") << false;
        QTest::newRow("the login and a year") << QStringLiteral("NguyenThiLan2026") << false;
        QTest::newRow("alike") << QStringLiteral("aaaaaaaaaaaa") << false;
        QTest::newRow("in a row") << QStringLiteral("abcdefghijkl") << false;
        QTest::newRow("backwards") << QStringLiteral("9876543210") << false;
        QTest::newRow("well known") << QStringLiteral("MatKhau1234") << false;
        QTest::newRow("with marks") << QStringLiteral("mật khẩu 1234") << false;
        QTest::newRow("the login") << QStringLiteral("Nguyen.Thi.Lan") << false;
        QTest::newRow("endless") << QString(201, u'ă') << false;
    }
    void passwordRules()
    {
        QFETCH(QString, password);
        QFETCH(bool, good);
        const auto checked = checkedPassword(password, QStringLiteral("nguyen.thi.lan"));
        QCOMPARE(checked.has_value(), good);
        QVERIFY(good || !checked.error().message.isEmpty());
    }

    void tokensAreRandomAndHidden()
    {
        const auto one = newToken();
        const auto two = newToken();
        QVERIFY(one && two && *one != *two);
        QCOMPARE(one->size(), 43); // 256 bits
        QCOMPARE(tokenHash(*one).size(), 32);
        QVERIFY(!tokenHash(*one).contains(one->left(8).toLatin1()));
    }

    void guessing()
    {
        ManualClock clock(1);
        GuessLimit limit(clock, {.freeFailures = 3, .firstWaitMs = 1000, .longestWaitMs = 4000, .forgottenMs = 60'000});
        const QString name = QStringLiteral("lan");
        for (int i = 0; i < 3; ++i) {
            limit.failed(name);
            QCOMPARE(limit.waitMs(name), 0);
        }
        for (const qint64 wait : {1000, 2000, 4000, 4000}) {
            limit.failed(name);
            QCOMPARE(limit.waitMs(name), wait);
        }
        QCOMPARE(limit.waitMs(QStringLiteral("minh")), 0);
        clock.advance(4000);
        QCOMPARE(limit.waitMs(name), 0);
        clock.advance(60'001); // forgotten
        limit.failed(name);
        QCOMPARE(limit.waitMs(name), 0);
        for (int i = 0; i < 5; ++i)
            limit.failed(name);
        QVERIFY(limit.waitMs(name) > 0);
        limit.succeeded(name);
        QCOMPARE(limit.waitMs(name), 0);
    }

    void aSessionsLife()
    {
        ManualClock clock(1'780'000'000'000);
        QTemporaryDir folder;
        const auto connection = db::Connection::open({.path = folder.filePath(QStringLiteral("a.sqlite"))});
        QVERIFY(connection);
        db::Connection &database = **connection;
        QVERIFY(database.script(Sessions::schema().join(u'\n')));
        QVERIFY(database.script(QStringLiteral("CREATE TABLE account (id BLOB, login TEXT, display_name TEXT, role TEXT, unit BLOB, disabled INTEGER, deleted INTEGER, shard INTEGER, custom_role BLOB); CREATE TABLE \"role\" (id BLOB, shard INTEGER, based_on TEXT)")));
        const Id account = Id::create(clock);
        const Id device = Id::create(clock);
        QVERIFY(database.exec(QStringLiteral("INSERT INTO account VALUES (?, 'lan', 'Lan', 'operator', NULL, NULL, 0, 1, NULL)"), {account.toBytes()}));
        Sessions sessions(database, clock);
        QCOMPARE(sessions.account(QStringLiteral("nobody")).error().code, ErrorCode::Unauthenticated);
        QCOMPARE(sessions.account(QStringLiteral("lan"))->account, account);
        QCOMPARE(sessions.password(account).error().code, ErrorCode::Unauthenticated); // none set yet
        QVERIFY(sessions.setPassword(account, QStringLiteral("encoded")));
        QCOMPARE(sessions.password(account), QStringLiteral("encoded"));

        const auto first = sessions.open(account, device, QStringLiteral("desk 1"));
        QVERIFY(first);
        const auto who = sessions.identify(first->access);
        QVERIFY(who);
        QCOMPARE(who->device, device);
        QCOMPARE(who->role, QStringLiteral("operator"));
        clock.advance(Sessions::accessLifeMs + 1);
        QCOMPARE(sessions.identify(first->access).error().code, ErrorCode::Unauthenticated);

        const auto second = sessions.renew(first->refresh, device);
        QVERIFY(second);
        QVERIFY(sessions.identify(second->tokens.access));
        QVERIFY(!sessions.renew(first->refresh, device)); // used twice
        QVERIFY(!sessions.identify(second->tokens.access));
        QVERIFY(!sessions.renew(second->tokens.refresh, device));

        const auto third = sessions.open(account, device, {});
        clock.advance(Sessions::refreshLifeMs + 1);
        QVERIFY(!sessions.renew(third->refresh, device)); // too late
        QVERIFY(sessions.sweep());
        QCOMPARE(database.integer(QStringLiteral("SELECT count(*) FROM access_session")), 0);
        QCOMPARE(database.integer(QStringLiteral("SELECT count(*) FROM access_spent_token")), 0);

        const auto fourth = sessions.open(account, device, {});
        QVERIFY(sessions.identify(fourth->access));
        QVERIFY(database.exec(QStringLiteral("UPDATE account SET disabled = 1")));
        QVERIFY(!sessions.identify(fourth->access));
        QVERIFY(!sessions.renew(fourth->refresh, device));
        // Nothing in the file would let a thief in.
        QCOMPARE(database.integer(QStringLiteral("SELECT count(*) FROM access_session WHERE access_hash = ?"), {fourth->access.toLatin1()}), 0);
    }
};

QTEST_GUILESS_MAIN(TestAccess)
#include "tst_access.moc"
