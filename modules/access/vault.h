// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <access/sealedvalue.h>

#include <QCache>
#include <QHash>
#include <QMutex>

#include <optional>

namespace ioc {

/// What personal data in the store of a device, or in the file of a snapshot, are opened with. Central derives it; it gives that of a device
/// to whoever signs in there: for one device always the same, as long as central's key file is.
struct VaultSecrets
{
    QByteArray wrapping; ///< 32 bytes: wraps the keys of records
    QByteArray words;    ///< 32 bytes: makes codes of words, by which they are searched; the same for the whole deployment

    [[nodiscard]] QByteArray packed() const { return wrapping + words; }
    /// InvalidInput when \a packed is anything else.
    static Result<VaultSecrets> unpacked(const QByteArray &packed);
    /// Names \c wrapping without giving it away.
    [[nodiscard]] Id mark() const;
};

/// Why nothing personal can be seen or saved, and what to do.
std::unexpected<Error> lockedAway();

/// Holds the secrets from a sign-in until signing out, revocation or the end of the program, and keys opened with them not long ago. Used
/// from any thread.
class Vault
{
public:
    Vault();
    /// Whether personal data are sealed here, so that nothing of the kind is to be written while it is closed.
    [[nodiscard]] bool isUsed() const;
    /// They were sealed in an earlier run. Never taken back.
    void setUsed();
    [[nodiscard]] bool isOpen() const;
    void open(const VaultSecrets &secrets);
    void close();
    [[nodiscard]] Id mark() const; ///< of the secrets at hand; null while closed

    /// Wraps \a key for \a record: the mark of what wraps it (16 bytes) and SealKey::wrapped(). Unauthenticated while closed.
    [[nodiscard]] Result<QByteArray> wrapped(const SealKey &key, const Id &record) const;
    /// The key. Unauthenticated while closed, NotFound when what it is wrapped by is not known (see learn()), Damaged when it was changed.
    [[nodiscard]] Result<SealKey> unwrapped(const QByteArray &wrapped, const Id &record) const;
    /// The id of a key that was wrapped, and the mark of what wrapped it; null when it is neither.
    static Id keyIn(const QByteArray &wrapped);
    static Id markIn(const QByteArray &wrapped);
    /// The secrets of a snapshot that was taken over, as above, for no record.
    [[nodiscard]] Result<QByteArray> wrapped(const VaultSecrets &others) const;
    /// What these secrets wrapped is opened from now on, until open() or close().
    Result<void> learn(const QByteArray &wrappedSecrets);

    /// What \a word is searched by: its HMAC, cut to 60 bits, as letters no one types. Empty while closed.
    [[nodiscard]] QString wordCode(const QString &word) const;

private:
    mutable QMutex m_mutex;
    bool m_used = false;
    std::optional<VaultSecrets> m_secrets;
    Id m_mark; ///< of them
    QHash<Id, QByteArray> m_wrappings; ///< by mark
    mutable QCache<QByteArray, SealKey> m_keys; ///< by what they are wrapped as, and for which record
    mutable QCache<QString, QString> m_codes; ///< by word
};

} // namespace ioc
