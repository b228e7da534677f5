// SPDX-License-Identifier: GPL-3.0-or-later
#include <access/idtoken.h>
#include <access/providerdocument.h>

#include <cstdlib>

using namespace ioc;

/// A token as a stranger sends it, and what a sign-in service may publish: no input is proved by a key that never signed it.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray input(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const auto set = decodeKeySet(input);
    const auto document = decodeProviderDocument(input, QStringLiteral("https://sso.city.example"));
    if (document && (document->keys.scheme() != u"https" || document->tokenEndpoint.host().isEmpty()))
        std::abort();
    static const KeySet known = decodeKeySet(R"({"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"},
        {"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]})").value();
    const auto token = decodeJwt(input);
    if (!token)
        return 0;
    if (token->signedPart + '.' + toBase64Url(token->signature) != input)
        std::abort(); // there is one way to write a token
    if (checkedIdToken(*token, known, {.issuer = QStringLiteral("https://sso.city.example"), .clientId = QStringLiteral("ioc"), .nonce = QStringLiteral("n"), .nowMs = 1'780'000'000'000}))
        std::abort();
    (void)claimHolds(token->claims, QStringLiteral("realm_access.roles"), QStringLiteral("ioc"));
    if (set)
        (void)isKeyUnknown(*token, *set);
    return 0;
}
