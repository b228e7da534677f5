// SPDX-License-Identifier: GPL-3.0-or-later
#include <access/aead.h>
#include <access/argon2.h>
#include <access/hmac.h>
#include <access/sealedvalue.h>
#include <access/vault.h>
#include <access/token.h>
#include <access/wrappedkey.h>

#include <QMessageAuthenticationCode>
#include <QSet>
#include <QTest>

using namespace ioc;
using namespace Qt::StringLiterals;

namespace {

constexpr PasswordCost quick{.memoryKib = 64, .iterations = 1, .lanes = 1};

QByteArray hex(const char *digits)
{
    return QByteArray::fromHex(digits);
}

QByteArray flipped(QByteArray bytes, qsizetype at)
{
    bytes[at] = static_cast<char>(bytes[at] ^ 1);
    return bytes;
}

} // namespace

/// Sealing of values and keys: known answers, and nothing opens that was touched.
class TestSealed : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knownCodes() // test cases 1, 2, 6 of RFC 4231
    {
        QCOMPARE(hmacSha256(QByteArray(20, '\x0b'), "Hi There"), hex("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"));
        QCOMPARE(hmacSha256("Jefe", "what do ya want for nothing?"), hex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
        QCOMPARE(hmacSha256(QByteArray(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First"), hex("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"));
    }

    // Whoever else makes codes, and what was sealed before, makes the same: of every length, and whatever was made before on the thread.
    void codesAreThoseOfQt()
    {
        for (const int key : {0, 1, 32, 64, 65, 200}) {
            for (const int message : {0, 1, 55, 56, 64, 1000})
                QCOMPARE(hmacSha256(QByteArray(key, 'k'), QByteArray(message, 'm')), QMessageAuthenticationCode::hash(QByteArray(message, 'm'), QByteArray(key, 'k'), QCryptographicHash::Sha256));
        }
    }

    void knownAeadAnswers_data() // test cases 13 to 16 of the GCM specification
    {
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QByteArray>("nonce");
        QTest::addColumn<QByteArray>("bound");
        QTest::addColumn<QByteArray>("plain");
        QTest::addColumn<QByteArray>("sealed");
        const QByteArray zeros(32, '\0');
        QTest::newRow("13") << zeros << QByteArray(12, '\0') << QByteArray() << QByteArray() << hex("530f8afbc74536b9a963b4f1c4cb738b");
        QTest::newRow("14") << zeros << QByteArray(12, '\0') << QByteArray() << QByteArray(16, '\0') << hex("cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919");
        const QByteArray key = hex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
        const QByteArray nonce = hex("cafebabefacedbaddecaf888");
        const QByteArray text = hex("522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662");
        const QByteArray plain = hex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
        QTest::newRow("15") << key << nonce << QByteArray() << plain + hex("1aafd255") << text + hex("898015ad") + hex("b094dac5d93471bdec1a502270e3cc6c");
        QTest::newRow("16") << key << nonce << hex("feedfacedeadbeeffeedfacedeadbeefabaddad2") << plain << text + hex("76fc6ece0f4e1768cddf8853bb2d551b");
    }
    void knownAeadAnswers()
    {
        QFETCH(QByteArray, key);
        QFETCH(QByteArray, nonce);
        QFETCH(QByteArray, bound);
        QFETCH(QByteArray, plain);
        QFETCH(QByteArray, sealed);
        QCOMPARE(aeadSealed(key, nonce, bound, plain).value_or(QByteArray()).toHex(), sealed.toHex());
        const auto opened = aeadOpened(key, nonce, bound, sealed);
        QVERIFY(opened);
        QCOMPARE(opened->toHex(), plain.toHex());
        for (qsizetype i = 0; i < sealed.size(); ++i)
            QCOMPARE(aeadOpened(key, nonce, bound, flipped(sealed, i)).error().code, ErrorCode::Damaged);
        QCOMPARE(aeadOpened(flipped(key, 0), nonce, bound, sealed).error().code, ErrorCode::Damaged);
        QCOMPARE(aeadOpened(key, flipped(nonce, 0), bound, sealed).error().code, ErrorCode::Damaged);
        QCOMPARE(aeadOpened(key, nonce, bound + 'x', sealed).error().code, ErrorCode::Damaged);
        for (qsizetype size = 0; size < sealed.size(); ++size)
            QCOMPARE(aeadOpened(key, nonce, bound, sealed.first(size)).error().code, ErrorCode::Damaged);
    }

    void wrongLengthsAreRefused()
    {
        const QByteArray key(32, 'k');
        QCOMPARE(aeadSealed(key.first(31), QByteArray(12, 'n'), {}, "x").error().code, ErrorCode::InvalidInput);
        QCOMPARE(aeadSealed(key, QByteArray(16, 'n'), {}, "x").error().code, ErrorCode::InvalidInput);
        QCOMPARE(aeadOpened(key + 'k', QByteArray(12, 'n'), {}, QByteArray(40, 'x')).error().code, ErrorCode::InvalidInput);
    }

    void aVaultOpensWhatItWrapped()
    {
        const SystemClock clock;
        const VaultSecrets own{QByteArray(32, 'v'), QByteArray(32, 'w')};
        const VaultSecrets others{QByteArray(32, 'o'), QByteArray(32, 'w')};
        const SealKey key = SealKey::create(clock).value();
        const Id record = Id::create(clock);
        Vault vault;
        QVERIFY(!vault.isUsed() && !vault.isOpen());
        QCOMPARE(vault.wrapped(key, record).error().code, ErrorCode::Unauthenticated);
        QVERIFY(vault.wordCode(u"lanh"_s).isEmpty());
        vault.open(own);
        const QByteArray wrapped = vault.wrapped(key, record).value();
        const QString word = vault.wordCode(u"lanh"_s);
        QVERIFY(!word.contains(u"lanh") && word != vault.wordCode(u"hoa"_s));
        vault.close();
        QVERIFY(vault.isUsed());
        QCOMPARE(vault.unwrapped(wrapped, record).error().code, ErrorCode::Unauthenticated);
        vault.open(own);
        QCOMPARE(vault.unwrapped(wrapped, record)->secret, key.secret);
        QCOMPARE(vault.wordCode(u"lanh"_s), word);
        vault.open(own); // without what it remembers
        QCOMPARE(vault.unwrapped(wrapped, Id::create(clock)).error().code, ErrorCode::Damaged);
        QCOMPARE(vault.unwrapped(flipped(wrapped, wrapped.size() - 1), record).error().code, ErrorCode::Damaged);
        QCOMPARE(vault.unwrapped(wrapped.first(10), record).error().code, ErrorCode::NotFound);
        // The secrets of another vault, learned from what this one wrapped.
        const QByteArray learned = vault.wrapped(others).value();
        vault.open(others);
        const QByteArray elsewhere = vault.wrapped(key, record).value();
        QCOMPARE(vault.wordCode(u"lanh"_s), word);
        vault.open(own);
        QCOMPARE(vault.unwrapped(elsewhere, record).error().code, ErrorCode::NotFound);
        QVERIFY(vault.learn(learned));
        QCOMPARE(vault.unwrapped(elsewhere, record)->secret, key.secret);
    }

    void keysTravelWhole()
    {
        const SystemClock clock;
        const SealKey key = SealKey::create(clock).value();
        QCOMPARE(SealKey::unpacked(key.packed())->secret, key.secret);
        QVERIFY(SealKey::unpacked({})->id.isNull() && SealKey().packed().isEmpty());
        QCOMPARE(SealKey::unpacked(key.packed().chopped(1)).error().code, ErrorCode::InvalidInput);
        QCOMPARE(SealKey::unpacked(QByteArray(48, 0)).error().code, ErrorCode::InvalidInput);
        QCOMPARE(VaultSecrets::unpacked(QByteArray(63, 'v')).error().code, ErrorCode::InvalidInput);
    }

    void aValueOpensWhereItBelongs()
    {
        const SystemClock clock;
        const SealKey key = SealKey::create(clock).value();
        const SealPlace place{u"complaint"_s, Id::create(clock), u"reporter_phone"_s};
        for (const QByteArray &plain : {QByteArray(), QByteArray("+84901234567"), QByteArray(100'000, 'x')}) {
            const auto sealed = sealedValue(plain, key, place);
            QVERIFY(sealed);
            QVERIFY(plain.isEmpty() || !sealed->contains(plain));
            QCOMPARE(openedValue(*sealed, key, place).value_or("?"), plain);
            QCOMPARE(SealedParts::of(*sealed)->key, key.id);
        }
        const QByteArray sealed = sealedValue("secret", key, place).value();
        QCOMPARE(sealedValue("secret", key, place).value(), sealed); // two ends that seal the same compare what they have
        QVERIFY(SealedParts::of(sealedValue("secreT", key, place).value())->nonce != SealedParts::of(sealed)->nonce);
        QVERIFY(SealedParts::of(sealedValue("secret", key, {place.type, Id::create(clock), place.field}).value())->nonce != SealedParts::of(sealed)->nonce);
        QList<SealPlace> elsewhere(4, place);
        elsewhere[0].type = u"guide"_s;
        elsewhere[1].record = Id::create(clock);
        elsewhere[2].field = u"reporter_name"_s;
        elsewhere[3] = {u"complain"_s, place.record, u"treporter_phone"_s};
        for (const SealPlace &other : std::as_const(elsewhere))
            QCOMPARE(openedValue(sealed, key, other).error().code, ErrorCode::Damaged);
        QCOMPARE(openedValue(sealed, SealKey::create(clock).value(), place).error().code, ErrorCode::NotFound);
        SealKey sameName = SealKey::create(clock).value();
        sameName.id = key.id;
        QCOMPARE(openedValue(sealed, sameName, place).error().code, ErrorCode::Damaged);
    }

    void aTouchedValueDoesNotOpen()
    {
        const SystemClock clock;
        const SealKey key = SealKey::create(clock).value();
        const SealPlace place{u"complaint"_s, Id::create(clock), u"reporter_phone"_s};
        const QByteArray sealed = sealedValue("+84901234567", key, place).value();
        for (qsizetype i = 0; i < sealed.size(); ++i) {
            for (int bit = 0; bit < 8; ++bit) {
                QByteArray touched = sealed;
                touched[i] = static_cast<char>(touched[i] ^ (1 << bit));
                QVERIFY(!openedValue(touched, key, place));
            }
        }
        for (qsizetype size = 0; size < sealed.size(); ++size)
            QVERIFY(!openedValue(sealed.first(size), key, place));
        QVERIFY(!openedValue(sealed + 'x', key, place));
    }

    void matching()
    {
        const QByteArray secret(32, 'k');
        const QByteArray code = matchCode(u"+84901234567"_s, u"phone", secret).value();
        QCOMPARE(code.size(), 32);
        QCOMPARE(matchCode(u"+84901234567"_s, u"phone", secret).value(), code);
        QVERIFY(matchCode(u"+84901234568"_s, u"phone", secret).value() != code);
        QVERIFY(matchCode(u"+84901234567"_s, u"fax", secret).value() != code);
        QVERIFY(matchCode(u"e+84901234567"_s, u"phon", secret).value() != code);
        QVERIFY(matchCode(u"+84901234567"_s, u"phone", QByteArray(32, 'l')).value() != code);
        QCOMPARE(matchCode(u"x"_s, u"phone", {}).error().code, ErrorCode::InvalidInput);
        // HMAC-SHA256 of 0000000570686f6e65 0000000c "+84901234567" under 32 times "k".
        QCOMPARE(code.toHex(), QByteArray("cedfc32d04a8ab6991e0d0dd036ab5b34cf837ab06ba3cc00b9f7502eefc8b46"));
    }

    void aKnownArgon2Answer() // of the reference program, version 19, id, 2 iterations, 64 MiB
    {
        const auto made = argon2id(u"password"_s, "somesalt", {.memoryKib = 65'536, .iterations = 2, .lanes = 1}, 32);
        QVERIFY(made);
        QCOMPARE(made->toBase64(QByteArray::OmitTrailingEquals), QByteArray("CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"));
    }

    void aKeyIsWrapped()
    {
        const QByteArray secret = secretBytes(32).value();
        const auto wrapped = wrappedKey(secret, u"bến thành sáng sớm"_s, quick);
        QVERIFY(wrapped);
        QVERIFY(!wrapped->contains(secret));
        QVERIFY(wrappedKey(secret, u"bến thành sáng sớm"_s, quick).value() != *wrapped);
        QCOMPARE(unwrappedKey(*wrapped, u"bến thành sáng sớm"_s).value_or(QByteArray()), secret);
        QCOMPARE(unwrappedKey(*wrapped, u"bến thành sáng sớm"_s.normalized(QString::NormalizationForm_D)).value_or(QByteArray()), secret);
        QCOMPARE(unwrappedKey(*wrapped, u"bến thành"_s).error().code, ErrorCode::Unauthenticated);
        for (qsizetype i = 13; i < wrapped->size(); ++i) // what comes before says what it costs
            QCOMPARE(unwrappedKey(flipped(*wrapped, i), u"bến thành sáng sớm"_s).error().code, ErrorCode::Unauthenticated);
        for (qsizetype size = 0; size < 57; ++size)
            QCOMPARE(unwrappedKey(wrapped->first(size), u"x"_s).error().code, ErrorCode::Damaged);
    }

    void aWrappedKeyThatAsksForTooMuch_data()
    {
        QTest::addColumn<QByteArray>("cost");
        QTest::newRow("no memory") << hex("000000000000000100000001");
        QTest::newRow("all memory") << hex("7fffffff0000000100000001");
        QTest::newRow("for ever") << hex("00000040ffffffff00000001");
        QTest::newRow("no iteration") << hex("000000400000000000000001");
        QTest::newRow("no lane") << hex("000000400000000100000000");
        QTest::newRow("many lanes") << hex("000100000000000100001000");
    }
    void aWrappedKeyThatAsksForTooMuch()
    {
        QFETCH(QByteArray, cost);
        QByteArray wrapped = wrappedKey(QByteArray(32, 's'), u"a passphrase"_s, quick).value();
        wrapped.replace(1, 12, cost);
        QCOMPARE(unwrappedKey(wrapped, u"a passphrase"_s).error().code, ErrorCode::Damaged);
    }
};

QTEST_GUILESS_MAIN(TestSealed)
#include "tst_sealed.moc"
