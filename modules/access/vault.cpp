// SPDX-License-Identifier: GPL-3.0-or-later
#include <access/aead.h>
#include <access/hmac.h>
#include <access/vault.h>

#include <QCoreApplication>

namespace ioc {

namespace {

constexpr qsizetype markBytes = 16;
constexpr qsizetype keyIdBytes = 16;
constexpr qsizetype keysKept = 4096;
constexpr qsizetype codesKept = 8192; // names share few syllables

} // namespace

std::unexpected<Error> lockedAway()
{
    return failure(ErrorCode::Unauthenticated, QCoreApplication::translate("Access", "Personal data are locked on this device. Lock the screen and sign in again; then try once more."));
}

Result<VaultSecrets> VaultSecrets::unpacked(const QByteArray &packed)
{
    if (packed.size() != 2 * aeadKeyBytes)
        return failure(ErrorCode::InvalidInput, QCoreApplication::translate("Access", "Central's answer about personal data cannot be understood. Update the program."), QStringLiteral("length of the secrets"));
    return VaultSecrets{packed.first(aeadKeyBytes), packed.last(aeadKeyBytes)};
}

Id VaultSecrets::mark() const
{
    return Id::fromBytes(hmacSha256(wrapping, "tourism-ioc vault mark").first(markBytes)).value_or(Id());
}

Id Vault::markIn(const QByteArray &wrapped)
{
    return wrapped.size() < markBytes ? Id() : Id::fromBytes(wrapped.first(markBytes)).value_or(Id());
}

Id Vault::keyIn(const QByteArray &wrapped)
{
    return wrapped.size() < markBytes + keyIdBytes ? Id() : Id::fromBytes(wrapped.sliced(markBytes, keyIdBytes)).value_or(Id());
}

Vault::Vault() : m_keys(keysKept), m_codes(codesKept) {}

bool Vault::isUsed() const
{
    const QMutexLocker lock(&m_mutex);
    return m_used;
}

void Vault::setUsed()
{
    const QMutexLocker lock(&m_mutex);
    m_used = true;
}

bool Vault::isOpen() const
{
    const QMutexLocker lock(&m_mutex);
    return m_secrets.has_value();
}

void Vault::open(const VaultSecrets &secrets)
{
    const QMutexLocker lock(&m_mutex);
    m_used = true;
    m_secrets = secrets;
    m_mark = secrets.mark();
    m_wrappings = {{m_mark, secrets.wrapping}};
    m_keys.clear();
    m_codes.clear();
}

void Vault::close()
{
    const QMutexLocker lock(&m_mutex);
    m_secrets.reset();
    m_mark = {};
    m_wrappings.clear();
    m_keys.clear();
    m_codes.clear();
}

Id Vault::mark() const
{
    const QMutexLocker lock(&m_mutex);
    return m_mark;
}

Result<QByteArray> Vault::wrapped(const SealKey &key, const Id &record) const
{
    const QMutexLocker lock(&m_mutex);
    if (!m_secrets)
        return lockedAway();
    return key.wrapped(record, m_secrets->wrapping).transform([&](const QByteArray &bytes) {
        return m_mark.toBytes() + bytes;
    });
}

Result<SealKey> Vault::unwrapped(const QByteArray &wrapped, const Id &record) const
{
    const QMutexLocker lock(&m_mutex);
    if (!m_secrets)
        return lockedAway();
    if (const SealKey *known = m_keys.object(wrapped + record.toBytes()))
        return *known;
    const auto wrapping = m_wrappings.constFind(markIn(wrapped));
    if (wrapping == m_wrappings.cend())
        return failure(ErrorCode::NotFound, QCoreApplication::translate("Access", "The sealed value cannot be opened: its key is not at hand."));
    return SealKey::unwrapped(wrapped.sliced(markBytes), record, *wrapping).transform([&](const SealKey &key) {
        m_keys.insert(wrapped + record.toBytes(), new SealKey(key));
        return key;
    });
}

Result<QByteArray> Vault::wrapped(const VaultSecrets &others) const
{
    return wrapped(SealKey{others.mark(), others.wrapping}, Id());
}

Result<void> Vault::learn(const QByteArray &wrappedSecrets)
{
    return unwrapped(wrappedSecrets, Id()).transform([this](const SealKey &secret) {
        const QMutexLocker lock(&m_mutex);
        m_wrappings.insert(secret.id, secret.secret);
    });
}

QString Vault::wordCode(const QString &word) const
{
    constexpr QChar head(0xE000); // of the private use area: words are made of letters and digits
    constexpr qsizetype codeBytes = 8;
    const QMutexLocker lock(&m_mutex);
    if (!m_secrets)
        return {};
    if (const QString *known = m_codes.object(word))
        return *known;
    const QByteArray code = hmacSha256(m_secrets->words, word.toUtf8()).first(codeBytes).toHex().first(15);
    const QString out = head + QString::fromLatin1(code);
    m_codes.insert(word, new QString(out));
    return out;
}

} // namespace ioc
