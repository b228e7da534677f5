// SPDX-License-Identifier: GPL-3.0-or-later
#include <access/sealedtext.h>
#include <access/vault.h>

#include <cstdlib>

using namespace ioc;

/// The input as a sealed value, as a key and as what a vault wrapped: read, and opened with a key of the name it gives. No input opens, but for
/// one chance in 2^128.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray input(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    static Vault vault;
    if (!vault.isOpen())
        vault.open({QByteArray(32, 'v'), QByteArray(32, 'w')});
    const Id record = Id::fromBytes(QByteArray(16, 'r')).value();
    if (vault.unwrapped(input, record) || vault.unwrapped(vault.mark().toBytes() + input, record) || vault.learn(vault.mark().toBytes() + input))
        std::abort();
    if (const auto key = SealKey::unpacked(input); key && key->packed() != input)
        std::abort();
    if (const auto secrets = VaultSecrets::unpacked(input); secrets && secrets->packed() != input)
        std::abort();
    if (const Id by = sealedBy(QString::fromUtf8(input)); !by.isNull() && openedText(QString::fromUtf8(input), {by, QByteArray(32, 'k')}, {QStringLiteral("complaint"), record, QStringLiteral("reporter_phone")}))
        std::abort();
    const auto parts = SealedParts::of(input);
    if (!parts)
        return 0;
    if (1 + 16 + parts->nonce.size() + parts->text.size() != input.size())
        std::abort();
    const SealKey key{parts->key, QByteArray(32, 'k')};
    if (openedValue(input, key, {QStringLiteral("complaint"), parts->key, QStringLiteral("reporter_phone")}))
        std::abort();
    return 0;
}
