// SPDX-License-Identifier: GPL-3.0-or-later
// Tokens and keys of an identity provider: published examples, and whatever an ID token may be wrong in.
#include <access/idtoken.h>
#include <access/pin.h>
#include <access/providerdocument.h>
#include <support/signingkey.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace ioc;
using namespace ioc::test;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 now = 1'780'000'000'000;
constexpr qint64 nowS = now / 1000;

QJsonObject object(const char *json)
{
    return QJsonDocument::fromJson(json).object();
}

// RFC 7515, appendix A: the claims that all its examples carry.
const QByteArray joe = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
// A.2
const QByteArray rs256 = "eyJhbGciOiJSUzI1NiJ9." + joe
    + ".cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4"
      "BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqv"
      "hJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
constexpr char rsaJwk[] = R"({"kty":"RSA","e":"AQAB","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ"})";
// A.3
const QByteArray es256 = "eyJhbGciOiJFUzI1NiJ9." + joe + ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
constexpr char ecJwk[] = R"({"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"})";
// A.1, with a shared secret, and A.5, with no signature at all
const QByteArray hs256 = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9." + joe + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const QByteArray unsignedToken = "eyJhbGciOiJub25lIn0." + joe + '.';
// RFC 8037, A.2 and A.4
constexpr char edJwk[] = R"({"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})";
const QByteArray edSigned = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
const QByteArray edSignature = "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
// RFC 7517, A.1: the first is for encryption
constexpr char jwkSet[] = R"({"keys":[
 {"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM","use":"enc","kid":"1"},
 {"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw","e":"AQAB","alg":"RS256","kid":"2011-04-29"},
 {"kty":"oct","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"},
 {"kty":"new","x":"?"}]})";

} // namespace

class TestIdToken : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void publishedSignaturesAreGood_data()
    {
        QTest::addColumn<QByteArray>("token");
        QTest::addColumn<QByteArray>("key");
        QTest::newRow("RFC 7515 A.2, RS256") << rs256 << QByteArray(rsaJwk);
        QTest::newRow("RFC 7515 A.3, ES256") << es256 << QByteArray(ecJwk);
    }
    void publishedSignaturesAreGood()
    {
        QFETCH(QByteArray, token);
        QFETCH(QByteArray, key);
        auto jwt = decodeJwt(token);
        const auto verifying = VerifyingKey::fromJson(object(key.constData()));
        QVERIFY(jwt && verifying);
        QCOMPARE(jwt->claims[u"iss"_s], u"joe"_s);
        QVERIFY(verifying->verifies(*jwt));
        const auto whole = *jwt;
        jwt->signature[3] = static_cast<char>(jwt->signature[3] ^ 1);
        QVERIFY(!verifying->verifies(*jwt));
        jwt = whole;
        jwt->signedPart[30] = static_cast<char>(jwt->signedPart[30] ^ 1);
        QVERIFY(!verifying->verifies(*jwt));
        jwt = whole;
        for (const auto &algorithm : {u"none"_s, u"HS256"_s, u"PS256"_s, u"EdDSA"_s, u"rs256"_s}) { // a key is good for its own ways alone
            jwt->algorithm = algorithm;
            QVERIFY2(!verifying->verifies(*jwt), qPrintable(algorithm));
        }
        jwt = whole;
        jwt->signature.chop(1);
        QVERIFY(!verifying->verifies(*jwt));
        jwt->signature.clear();
        QVERIFY(!verifying->verifies(*jwt));
    }

    void ed25519OfRfc8037()
    {
        Jwt jwt{.algorithm = u"EdDSA"_s, .keyId = {}, .signedPart = edSigned, .signature = fromBase64Url(edSignature).value(), .claims = {}};
        const auto key = VerifyingKey::fromJson(object(edJwk));
        QVERIFY(key && key->verifies(jwt));
        jwt.signature[0] = static_cast<char>(jwt.signature[0] ^ 1);
        QVERIFY(!key->verifies(jwt));
    }

    void secretsAndNothingAreNoSignatures()
    {
        const KeySet keys{VerifyingKey::fromJson(object(rsaJwk)).value(), VerifyingKey::fromJson(object(ecJwk)).value()};
        for (const QByteArray &token : {hs256, unsignedToken}) {
            const auto jwt = decodeJwt(token);
            QVERIFY(jwt);
            QVERIFY(!isKeyUnknown(*jwt, keys)); // no key in the world would do: none is fetched for it
            QCOMPARE(checkedIdToken(*jwt, keys, rule()).error().detail, u"algorithm"_s);
        }
    }

    void aKeySetKeepsWhatIsOfUse()
    {
        const auto keys = decodeKeySet(jwkSet);
        QVERIFY(keys);
        QCOMPARE(keys->size(), 1);
        QCOMPARE(keys->first().id(), u"2011-04-29"_s);
        QVERIFY(keys->first().fits(u"RS256") && !keys->first().fits(u"PS256")); // it says so
        QVERIFY(!decodeKeySet("[]") && !decodeKeySet("{}") && !decodeKeySet("") && !decodeKeySet("{\"keys\":1}"));
        QCOMPARE(decodeKeySet("{\"keys\":[1,null,{}]}")->size(), 0);
    }

    void weakKeysAreNone_data()
    {
        QTest::addColumn<QByteArray>("key");
        QTest::newRow("RSA of 1024 bits") << "{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"" + toBase64Url(QByteArray(128, '\xff')) + "\"}";
        QTest::newRow("exponent 1") << QByteArray(rsaJwk).replace("AQAB", "AQ");
        QTest::newRow("exponent 2") << QByteArray(rsaJwk).replace("AQAB", "Ag");
        QTest::newRow("a point that is not on the curve") << QByteArray(ecJwk).replace("x_FE", "x_FF");
        QTest::newRow("another curve") << QByteArray(ecJwk).replace("P-256", "P-384");
        QTest::newRow("half a point") << QByteArray(ecJwk).replace("\"y\"", "\"z\"");
        QTest::newRow("for encryption") << QByteArray(ecJwk).replace("{", R"({"use":"enc",)");
        QTest::newRow("for making signatures") << QByteArray(ecJwk).replace("{", R"({"key_ops":["sign"],)");
        QTest::newRow("for another algorithm") << QByteArray(ecJwk).replace("{", R"({"alg":"RS256",)");
        QTest::newRow("a way of 512 bits") << QByteArray(rsaJwk).replace("{", R"({"alg":"RS512",)");
    }
    void weakKeysAreNone()
    {
        QFETCH(QByteArray, key);
        QVERIFY(!VerifyingKey::fromJson(object(key.constData())));
    }

    void whatIsNoTokenIsRefused_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("two parts") << "eyJhbGciOiJub25lIn0." + joe;
        QTest::newRow("four parts") << rs256 + ".eA";
        QTest::newRow("padding") << rs256 + "=";
        QTest::newRow("blank") << rs256 + " ";
        QTest::newRow("the other alphabet") << QByteArray(rs256).replace('_', '/');
        QTest::newRow("bits beyond the end") << rs256.chopped(1) + "x";
        QTest::newRow("claims that are no object") << QByteArray("eyJhbGciOiJSUzI1NiJ9.WzFd.AA");
        QTest::newRow("critical extension") << QByteArray("eyJhbGciOiJSUzI1NiIsImNyaXQiOlsiYjY0Il0sImI2NCI6ZmFsc2V9." + joe + ".AA");
        QTest::newRow("no algorithm") << QByteArray("e30." + joe + ".AA");
        QTest::newRow("too long") << QByteArray(rs256).replace(joe, QByteArray(jwtLimit, 'A'));
    }
    void whatIsNoTokenIsRefused()
    {
        QFETCH(QByteArray, text);
        const auto jwt = decodeJwt(text);
        QVERIFY(!jwt);
        QCOMPARE(jwt.error().code, ErrorCode::InvalidInput);
    }

    void aGoodTokenIsTaken_data()
    {
        QTest::addColumn<QString>("algorithm");
        for (const auto *algorithm : {"RS256", "PS256", "ES256"})
            QTest::newRow(algorithm) << QString::fromLatin1(algorithm);
    }
    void aGoodTokenIsTaken()
    {
        QFETCH(QString, algorithm);
        const SigningKey &key = algorithm == u"ES256" ? m_ec : m_rsa;
        const auto jwt = decodeJwt(key.token(claims(), algorithm));
        QVERIFY(jwt);
        const auto checked = checkedIdToken(*jwt, keys(), rule());
        QVERIFY(checked);
        QCOMPARE(claimNamed(*checked, u"preferred_username"_s), u"lan"_s);
        QVERIFY(isKeyUnknown(*jwt, {}) && !isKeyUnknown(*jwt, keys()));
    }

    void whatIsWrongIsNamed_data()
    {
        QTest::addColumn<QString>("claim");
        QTest::addColumn<QJsonValue>("value");
        QTest::addColumn<QString>("why");
        const QJsonValue gone(QJsonValue::Undefined);
        QTest::newRow("issuer") << u"iss"_s << QJsonValue(u"https://sso.other.example"_s) << u"issuer"_s;
        QTest::newRow("issuer with a slash more") << u"iss"_s << QJsonValue(u"https://sso.city.example/"_s) << u"issuer"_s;
        QTest::newRow("audience") << u"aud"_s << QJsonValue(u"another"_s) << u"audience"_s;
        QTest::newRow("no audience") << u"aud"_s << gone << u"audience"_s;
        QTest::newRow("several audiences") << u"aud"_s << QJsonValue(QJsonArray{u"ioc"_s, u"another"_s}) << u"audience"_s;
        QTest::newRow("one of a list") << u"aud"_s << QJsonValue(QJsonArray{u"ioc"_s}) << QString();
        QTest::newRow("authorized party") << u"azp"_s << QJsonValue(u"another"_s) << u"audience"_s;
        QTest::newRow("authorized party is us") << u"azp"_s << QJsonValue(u"ioc"_s) << QString();
        QTest::newRow("ended") << u"exp"_s << QJsonValue(nowS - 61) << u"expired"_s;
        QTest::newRow("ended within the leeway") << u"exp"_s << QJsonValue(nowS - 59) << QString();
        QTest::newRow("no end") << u"exp"_s << gone << u"times"_s;
        QTest::newRow("an end that is text") << u"exp"_s << QJsonValue(u"never"_s) << u"times"_s;
        QTest::newRow("an end beyond all time") << u"exp"_s << QJsonValue(1e300) << u"times"_s;
        QTest::newRow("of tomorrow") << u"iat"_s << QJsonValue(nowS + 61) << u"early"_s;
        QTest::newRow("kept by somebody") << u"iat"_s << QJsonValue(nowS - 661) << u"expired"_s;
        QTest::newRow("no beginning") << u"iat"_s << gone << u"times"_s;
        QTest::newRow("not yet") << u"nbf"_s << QJsonValue(nowS + 61) << u"early"_s;
        QTest::newRow("of before the epoch") << u"nbf"_s << QJsonValue(-1) << u"times"_s;
        QTest::newRow("nonce") << u"nonce"_s << QJsonValue(nonceOf(u"other"_s)) << u"nonce"_s;
        QTest::newRow("the secret itself") << u"nonce"_s << QJsonValue(u"secret"_s) << u"nonce"_s;
        QTest::newRow("no nonce") << u"nonce"_s << gone << u"nonce"_s;
        QTest::newRow("nobody") << u"sub"_s << gone << u"subject"_s;
    }
    void whatIsWrongIsNamed()
    {
        QFETCH(QString, claim);
        QFETCH(QJsonValue, value);
        QFETCH(QString, why);
        QJsonObject changed = claims();
        if (value.isUndefined())
            changed.remove(claim);
        else
            changed.insert(claim, value);
        const auto jwt = decodeJwt(m_rsa.token(changed, u"RS256"_s));
        QVERIFY(jwt);
        const auto checked = checkedIdToken(*jwt, keys(), rule());
        QCOMPARE(checked ? QString() : checked.error().detail, why);
        if (!checked)
            QVERIFY(checked.error().code == ErrorCode::Unauthenticated && !checked.error().message.isEmpty());
    }

    void signaturesOfOthersAreNone()
    {
        const SigningKey stranger = SigningKey::rsa(m_rsa.id()); // the same name
        const auto forged = decodeJwt(stranger.token(claims(), u"RS256"_s));
        QCOMPARE(checkedIdToken(*forged, keys(), rule()).error().detail, u"signature"_s);
        QVERIFY(!isKeyUnknown(*forged, keys())); // nothing is fetched for it
        const auto unknown = decodeJwt(SigningKey::rsa(u"next"_s).token(claims(), u"RS256"_s));
        QCOMPARE(checkedIdToken(*unknown, keys(), rule()).error().detail, u"key"_s);
        QVERIFY(isKeyUnknown(*unknown, keys()));
        const QJsonObject nameless{{u"alg"_s, u"RS256"_s}};
        const QByteArray part = SigningKey::signedPart(nameless, claims());
        QVERIFY(checkedIdToken(*decodeJwt(SigningKey::token(nameless, claims(), m_rsa.signature(part, u"RS256"_s))), keys(), rule()));
        const auto other = decodeJwt(SigningKey::token(nameless, claims(), stranger.signature(part, u"RS256"_s)));
        QCOMPARE(checkedIdToken(*other, keys(), rule()).error().detail, u"signature"_s);
        QVERIFY(isKeyUnknown(*other, keys())); // it may be of a newer key
        // The public key as the secret of a MAC: what careless readers take.
        const QJsonObject header{{u"alg"_s, u"HS256"_s}, {u"kid"_s, m_rsa.id()}};
        QCOMPARE(checkedIdToken(*decodeJwt(SigningKey::token(header, claims(), QByteArray(32, 'm'))), keys(), rule()).error().detail, u"algorithm"_s);
    }

    void claimsAreFoundByNameAndBelow()
    {
        const QJsonObject all = object(R"({"a.b":"whole","realm_access":{"roles":["ioc","x"]},"groups":["ioc"],"dept":"tourism"})");
        QCOMPARE(claimNamed(all, u"a.b"_s), u"whole"_s);
        QVERIFY(claimHolds(all, u"realm_access.roles"_s, u"ioc"_s) && claimHolds(all, u"groups"_s, u"ioc"_s) && claimHolds(all, u"dept"_s, u"tourism"_s));
        QVERIFY(!claimHolds(all, u"realm_access.roles"_s, u"io"_s) && !claimHolds(all, u"dept"_s, u"tour"_s) && !claimHolds(all, u"none"_s, QString()));
    }

    void whatAProviderTellsOfItself_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<QString>("why");
        QTest::newRow("whole") << QByteArray() << QByteArray() << QString();
        QTest::newRow("not JSON") << QByteArray("{") << QByteArray("<html>") << u"not JSON"_s;
        QTest::newRow("another issuer") << QByteArray("https://sso.city.example\"") << QByteArray("https://sso.city.example/x\"") << u"issuer"_s;
        QTest::newRow("not over TLS") << QByteArray("https://sso.city.example/token") << QByteArray("http://sso.city.example/token") << u"endpoints"_s;
        QTest::newRow("no keys") << QByteArray("jwks_uri") << QByteArray("jwks") << u"endpoints"_s;
        QTest::newRow("with a user in the address") << QByteArray("https://sso.city.example/authorize") << QByteArray("https://a@sso.city.example/authorize") << u"endpoints"_s;
        QTest::newRow("only shared secrets") << QByteArray("RS256") << QByteArray("HS256") << u"algorithms"_s;
        QTest::newRow("no PKCE of use") << QByteArray("S256\"]}") << QByteArray("plain\"]}") << u"pkce"_s;
        QTest::newRow("silent about PKCE") << QByteArray("code_challenge_methods_supported") << QByteArray("else") << QString();
    }
    void whatAProviderTellsOfItself()
    {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(QString, why);
        QByteArray json = R"({"issuer":"https://sso.city.example","authorization_endpoint":"https://sso.city.example/authorize","token_endpoint":"https://sso.city.example/token",)"
                          R"("jwks_uri":"https://sso.city.example/keys","id_token_signing_alg_values_supported":["RS256"],"code_challenge_methods_supported":["S256"]})";
        if (!from.isEmpty())
            json.replace(from, to);
        const auto document = decodeProviderDocument(json, u"https://sso.city.example"_s);
        QCOMPARE(document ? QString() : document.error().detail, why);
        QCOMPARE(providerDocumentUrl(QUrl(u"https://a.example/realms/city/"_s)), QUrl(u"https://a.example/realms/city/.well-known/openid-configuration"_s));
    }

    void pins_data()
    {
        QTest::addColumn<QString>("pin");
        QTest::addColumn<bool>("good");
        QTest::newRow("digits") << u"58203947"_s << true;
        QTest::newRow("letters too") << u"bến xe 9"_s << true;
        QTest::newRow("seven") << u"5820394"_s << false;
        QTest::newRow("all alike") << u"77777777"_s << false;
        QTest::newRow("in a row") << u"12345678"_s << false;
        QTest::newRow("downwards") << u"98765432"_s << false;
        QTest::newRow("repeated") << u"12341234"_s << false;
        QTest::newRow("a birthday") << u"30041975"_s << false;
        QTest::newRow("a birthday, year first") << u"19750430"_s << false;
        QTest::newRow("the account") << u"nguyenlan"_s << false;
        QTest::newRow("no day of any month") << u"45671975"_s << true;
    }
    void pins()
    {
        QFETCH(QString, pin);
        QFETCH(bool, good);
        QCOMPARE(checkedPin(pin, u"nguyenlan"_s).has_value(), good);
    }

private:
    static IdTokenRule rule() { return {.issuer = u"https://sso.city.example"_s, .clientId = u"ioc"_s, .nonce = nonceOf(u"secret"_s), .nowMs = now}; }
    static QJsonObject claims()
    {
        return {{u"iss"_s, u"https://sso.city.example"_s}, {u"sub"_s, u"8f2"_s}, {u"aud"_s, u"ioc"_s}, {u"exp"_s, nowS + 300}, {u"iat"_s, nowS - 5},
                {u"nonce"_s, nonceOf(u"secret"_s)}, {u"preferred_username"_s, u"lan"_s}};
    }
    KeySet keys() const { return {VerifyingKey::fromJson(m_ec.jwk()).value(), VerifyingKey::fromJson(m_rsa.jwk()).value()}; }

    SigningKey m_rsa = SigningKey::rsa(u"r1"_s);
    SigningKey m_ec = SigningKey::p256(u"e1"_s);
};

QTEST_GUILESS_MAIN(TestIdToken)
#include "tst_idtoken.moc"
