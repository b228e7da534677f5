// SPDX-License-Identifier: GPL-3.0-or-later
#include <wire/administration.h>
#include <wire/codec.h>
#include <wire/compression.h>
#include <wire/provider.h>

#include <cstdlib>

using namespace ioc;

namespace {

// Whatever is accepted must come out the same when encoded and read once more.
template <typename T, typename Decode>
void check(const QByteArray &body, Decode decode)
{
    const Result<T> first = decode(body);
    if (!first)
        return;
    const QByteArray again = wire::encode(*first);
    const Result<T> second = decode(again);
    if (!second || wire::encode(*second) != again)
        std::abort();
}

void checkAll(const QByteArray &body)
{
    check<QList<Operation>>(body, wire::decodeOperations);
    check<QList<Answer>>(body, wire::decodeAnswers);
    check<ChangePage>(body, wire::decodeChangePage);
    check<ChangePage>(body, wire::decodePackedPage);
    if (wire::decodePackedPage(body).has_value() != wire::decodeChangePage(body).has_value()) // what was let pass can be unpacked
        std::abort();
    check<SignIn>(body, wire::decodeSignIn);
    check<Session>(body, wire::decodeSession);
    check<Snapshot>(body, wire::decodeSnapshot);
    check<QList<Look>>(body, wire::decodeLooks);
    check<Error>(body, wire::decodeError);
    check<DevicePage>(body, wire::decodeDevicePage);
    check<AccountPage>(body, wire::decodeAccountPage);
    check<PasswordChange>(body, wire::decodePasswordChange);
    check<ProviderOffer>(body, wire::decodeProviderOffer);
    check<ProviderSignIn>(body, wire::decodeProviderSignIn);
    (void)wire::decodeOneTimePassword(body);
}

} // namespace

/// First byte even: the rest is a body as sent; odd: it is the CBOR in one, which gets past zstd more often.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    const QByteArray input(reinterpret_cast<const char *>(data + 1), static_cast<qsizetype>(size - 1));
    checkAll(data[0] % 2 ? wire::compressed(input) : input);
    if (const auto operation = wire::unpackedOperation(input)) {
        if (wire::unpackedOperation(wire::packed(*operation)).value_or(Operation()) != *operation)
            std::abort();
    }
    if (const auto values = wire::unpackedValues(input)) {
        if (wire::unpackedValues(wire::packed(*values)).value_or(Values()) != *values)
            std::abort();
    }
    return 0;
}
