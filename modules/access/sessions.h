// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/id.h>
#include <base/refusal.h>
#include <db/connection.h>

namespace ioc {

/// Who is at the other end of a request.
struct Identity
{
    Id account;
    Id device;
    Id family; ///< of tokens: all that came from one sign-in
    QString login;
    QString displayName;
    QString role;    ///< built-in; that of the custom role where there is one
    Id unit;
    Id customRole;   ///< null: the built-in role itself. One that was deleted still binds who has it.
    qint64 rightsRevision = 0; ///< grows when roles, grants or the unit tree change
    bool mustChangePassword = false;
};

/// The two secrets of a session; only their hashes are stored.
struct TokenPair
{
    QString access;
    QString refresh;
    qint64 accessExpiresMs = 0; ///< UTC
};

/// Sessions in central's database: short access tokens, refresh tokens good once. Works on the tables of sql/ and on that of
/// the record type "account": an account disabled or deleted there is out at once.
class Sessions
{
public:
    static constexpr qint64 accessLifeMs = 10 * 60'000;
    static constexpr qint64 refreshLifeMs = 30LL * 24 * 3'600'000;

    /// The tables' SQL, step by step; append-only.
    static QStringList schema();

    Sessions(db::Connection &connection, const Clock &clock) : m_connection(connection), m_clock(clock) {}

    /// The account called \a login that may sign in; Unauthenticated when there is none.
    Result<Identity> account(const QString &login) const;
    /// Its password as stored; Unauthenticated when it has none.
    Result<QString> password(const Id &account) const;
    enum class Lasting { Kept, OneTime };
    /// A password set as OneTime has to be changed before anything else.
    Result<void> setPassword(const Id &account, const QString &encoded, Lasting lasting = Lasting::Kept);
    /// Of somebody who knew \a before; Unauthenticated when it is another by now.
    Result<void> replacePassword(const Id &account, const QString &before, const QString &encoded);
    /// When guesses at \a login's password were last forgiven, at any central; 0: never.
    [[nodiscard]] Result<qint64> unlockedMs(const QString &login) const;
    /// They are now.
    Result<void> unlock(const Id &account);

    /// A new family of tokens for \a account on \a device. Within a transaction of the caller's, which has to be rolled back when
    /// the device is refused because it is revoked (see base/refusal.h).
    Result<TokenPair> open(const Id &account, const Id &device, const QString &deviceName, const QString &version = {});
    struct Renewed
    {
        TokenPair tokens;
        Identity identity;
    };
    /// A refresh token that somebody else seems to have: its family died of it.
    struct Misuse
    {
        enum class Kind { UsedTwice, OtherDevice };
        Kind kind = Kind::UsedTwice;
        Id family;
        Id account; ///< null when the family was dead already
        Id device;  ///< the one that the family belonged to
    };
    /// Turns a refresh token into a new pair. When it was used before, or from another device, its whole family dies; that is
    /// part of the caller's transaction, which has to be committed on failure too. Unauthenticated when it is of no use;
    /// \a misuse is set when that is why.
    Result<Renewed> renew(const QString &refreshToken, const Id &device, std::optional<Misuse> *misuse = nullptr, const QString &version = {});
    enum class For {
        Work,
        PasswordChange, ///< or leaving: what is served to those who have to change their password, too
    };
    /// Who \a accessToken stands for; Unauthenticated when stale, unknown or its account is disabled, a refusal (base/refusal.h) when its
    /// device is revoked or the password has to be changed first.
    Result<Identity> identify(const QString &accessToken, For purpose = For::Work) const;
    /// The same of each of \a accessTokens, for work, asked for together. Fails as a whole when the database does.
    Result<QList<Result<Identity>>> identify(const QStringList &accessTokens) const;
    /// Roles, grants or units are changed by the transaction at hand: what was computed from them is of no use.
    static Result<void> rightsChanged(db::Connection &connection);
    Result<void> close(const Id &family);
    /// All of \a account's, but for the family \a except.
    Result<void> closeAll(const Id &account, const Id &except = {});
    /// Removes what has expired.
    Result<void> sweep();

private:
    Result<TokenPair> store(const Id &family, const Id &account, const Id &device, bool isNew);
    Result<void> endMisused(const Misuse &misuse, std::optional<Misuse> *out);
    struct Found
    {
        Identity who;
        bool isRevoked = false; ///< its device
    };
    Result<Found> found(const QString &where, const QVariantList &parameters) const;
    static Found foundIn(const db::Row &row);
    static Result<Identity> admitted(const Found &found, For purpose);

    db::Connection &m_connection;
    const Clock &m_clock;
};

} // namespace ioc
