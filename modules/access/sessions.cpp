// SPDX-License-Identifier: GPL-3.0-or-later
#include <access/sessions.h>
#include <access/token.h>
#include <db/eachof.h>

#include <QCoreApplication>
#include <QFile>

namespace ioc {

namespace {

std::unexpected<Error> signInAgain(const QString &detail)
{
    return failure(ErrorCode::Unauthenticated, QCoreApplication::translate("Access", "The session has ended. Sign in again."), detail);
}

Id idAt(const db::Row &row, int column)
{
    return Id::fromBytes(row.bytes(column)).value_or(Id());
}

// Of live accounts, with a session if they have one.
QString accountsWhere(const QString &condition)
{
    return QStringLiteral("SELECT a.id, a.login, a.display_name, coalesce(r.based_on, a.role), a.unit, s.device, s.family, r.id, (SELECT max(number) FROM access_revision), "
                          "coalesce(c.must_change, 0), coalesce(d.revoked_ms, 0), s.access_hash "
                          "FROM account a LEFT JOIN access_session s ON s.account = a.id LEFT JOIN \"role\" r ON r.shard = a.shard AND r.id = a.custom_role "
                          "LEFT JOIN access_credential c ON c.account = a.id LEFT JOIN access_device d ON d.id = s.device "
                          "WHERE a.deleted = 0 AND coalesce(a.disabled, 0) = 0 AND ")
           + condition;
}

std::unexpected<Error> staleToken()
{
    return signInAgain(QStringLiteral("unknown or stale access token"));
}

} // namespace

QStringList Sessions::schema()
{
    QStringList out;
    for (const auto &name : {QStringLiteral("0001_access"), QStringLiteral("0002_rights"), QStringLiteral("0003_devices")}) {
        QFile file(QStringLiteral(":/access/sql/%1.sql").arg(name));
        if (!file.open(QIODevice::ReadOnly))
            qFatal("The schema of accounts and sessions is not part of this program.");
        out += QString::fromUtf8(file.readAll());
    }
    return out;
}

Sessions::Found Sessions::foundIn(const db::Row &row)
{
    return {{.account = idAt(row, 0), .device = idAt(row, 5), .family = idAt(row, 6), .login = row.text(1), .displayName = row.text(2), .role = row.text(3),
             .unit = idAt(row, 4), .customRole = idAt(row, 7), .rightsRevision = row.integer(8), .mustChangePassword = row.integer(9) != 0}, row.integer(10) != 0};
}

Result<Sessions::Found> Sessions::found(const QString &where, const QVariantList &parameters) const
{
    return m_connection.one<Found>(accountsWhere(where), parameters, foundIn);
}

Result<Identity> Sessions::account(const QString &login) const
{
    auto one = found(QStringLiteral("a.login = ? LIMIT 1"), {login});
    if (!one && one.error().code == ErrorCode::NotFound)
        return failure(ErrorCode::Unauthenticated, QCoreApplication::translate("Access", "The login or the password is wrong."), QStringLiteral("no such account"));
    if (!one)
        return std::unexpected(one.error());
    one->who.device = one->who.family = Id(); // of some other session
    return one->who;
}

Result<QString> Sessions::password(const Id &account) const
{
    auto found = m_connection.one<QString>(QStringLiteral("SELECT password FROM access_credential WHERE account = ?"), {account.toBytes()},
                                           [](const db::Row &row) { return row.text(0); });
    if (!found && found.error().code == ErrorCode::NotFound)
        return failure(ErrorCode::Unauthenticated, QCoreApplication::translate("Access", "The login or the password is wrong."), QStringLiteral("no password"));
    return found;
}

Result<void> Sessions::setPassword(const Id &account, const QString &encoded, Lasting lasting)
{
    return m_connection.exec(QStringLiteral("INSERT INTO access_credential (account, password, changed_ms, must_change) VALUES (?, ?, ?, ?) "
                                            "ON CONFLICT (account) DO UPDATE SET password = excluded.password, changed_ms = excluded.changed_ms, must_change = excluded.must_change"),
                             {account.toBytes(), encoded, m_clock.nowMs(), lasting == Lasting::OneTime ? 1 : 0}).transform([](qint64) {});
}

Result<void> Sessions::replacePassword(const Id &account, const QString &before, const QString &encoded)
{
    const auto replaced = m_connection.exec(QStringLiteral("UPDATE access_credential SET password = ?, changed_ms = ?, must_change = 0 WHERE account = ? AND password = ?"),
                                            {encoded, m_clock.nowMs(), account.toBytes(), before});
    if (!replaced)
        return std::unexpected(replaced.error());
    return *replaced == 0 ? signInAgain(QStringLiteral("the password was changed meanwhile")) : Result<void>();
}

Result<qint64> Sessions::unlockedMs(const QString &login) const
{
    return m_connection.integer(QStringLiteral("SELECT c.unlocked_ms FROM access_credential c JOIN account a ON a.id = c.account WHERE a.login = ? AND a.deleted = 0"), {login});
}

Result<void> Sessions::unlock(const Id &account)
{
    return m_connection.exec(QStringLiteral("UPDATE access_credential SET unlocked_ms = ? WHERE account = ?"), {m_clock.nowMs(), account.toBytes()}).transform([](qint64) {});
}

Result<TokenPair> Sessions::open(const Id &account, const Id &device, const QString &deviceName, const QString &version)
{
    const qint64 now = m_clock.nowMs();
    const auto text = [](const QString &given) { return given.isNull() ? QStringLiteral("") : given; };
    // The row is locked from here on: who revokes the device comes before, and is heard, or after, and ends this session too.
    const auto known = m_connection.exec(QStringLiteral("INSERT INTO access_device (id, name, account, version, first_ms, last_ms) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
                                                        "name = excluded.name, account = excluded.account, version = excluded.version, last_ms = excluded.last_ms"),
                                         {device.toBytes(), text(deviceName), account.toBytes(), text(version), now, now});
    const auto revoked = m_connection.integer(QStringLiteral("SELECT count(*) FROM access_device WHERE id = ? AND revoked_ms IS NOT NULL"), {device.toBytes()});
    const auto noted = m_connection.exec(QStringLiteral("UPDATE access_credential SET signed_in_ms = ? WHERE account = ?"), {now, account.toBytes()});
    if (!known || !revoked || !noted)
        return std::unexpected(!known ? known.error() : !revoked ? revoked.error() : noted.error());
    if (*revoked > 0)
        return std::unexpected(refusalError(Refusal::DeviceRevoked));
    return store(Id::create(m_clock), account, device, true);
}

Result<TokenPair> Sessions::store(const Id &family, const Id &account, const Id &device, bool isNew)
{
    const auto access = newToken();
    const auto refresh = newToken();
    if (!access || !refresh)
        return std::unexpected(!access ? access.error() : refresh.error());
    const qint64 now = m_clock.nowMs();
    TokenPair pair{*access, *refresh, now + accessLifeMs};
    const auto done = isNew
        ? m_connection.exec(QStringLiteral("INSERT INTO access_session (access_hash, access_expires_ms, refresh_hash, refresh_expires_ms, family, account, device, created_ms) "
                                           "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"),
                            {tokenHash(pair.access), pair.accessExpiresMs, tokenHash(pair.refresh), now + refreshLifeMs, family.toBytes(), account.toBytes(), device.toBytes(), now})
        : m_connection.exec(QStringLiteral("UPDATE access_session SET access_hash = ?, access_expires_ms = ?, refresh_hash = ?, refresh_expires_ms = ? WHERE family = ?"),
                            {tokenHash(pair.access), pair.accessExpiresMs, tokenHash(pair.refresh), now + refreshLifeMs, family.toBytes()});
    if (!done)
        return std::unexpected(done.error());
    return pair;
}

Result<Sessions::Renewed> Sessions::renew(const QString &refreshToken, const Id &device, std::optional<Misuse> *misuse, const QString &version)
{
    const QByteArray hash = tokenHash(refreshToken);
    const auto spent = m_connection.one<Id>(QStringLiteral("SELECT family FROM access_spent_token WHERE refresh_hash = ?"), {hash},
                                            [](const db::Row &row) { return idAt(row, 0); });
    if (spent) { // somebody has a copy: nobody who holds one stays in
        if (const auto ended = endMisused({.kind = Misuse::Kind::UsedTwice, .family = *spent, .account = {}, .device = {}}, misuse); !ended)
            return std::unexpected(ended.error());
        return signInAgain(QStringLiteral("refresh token used twice"));
    }
    const auto one = found(QStringLiteral("s.refresh_hash = ? AND s.refresh_expires_ms > ?"), {hash, m_clock.nowMs()});
    if (!one)
        return one.error().code == ErrorCode::NotFound ? signInAgain(QStringLiteral("unknown refresh token")) : std::unexpected(one.error());
    const Identity *who = &one->who;
    if (who->device != device) {
        if (const auto ended = endMisused({.kind = Misuse::Kind::OtherDevice, .family = who->family, .account = {}, .device = {}}, misuse); !ended)
            return std::unexpected(ended.error());
        return signInAgain(QStringLiteral("refresh token of another device"));
    }
    if (one->isRevoked)
        return std::unexpected(refusalError(Refusal::DeviceRevoked));
    const auto noted = m_connection.exec(QStringLiteral("INSERT INTO access_spent_token (refresh_hash, family, expires_ms) VALUES (?, ?, ?)"),
                                         {hash, who->family.toBytes(), m_clock.nowMs() + refreshLifeMs});
    const auto seen = version.isEmpty() ? m_connection.exec(QStringLiteral("UPDATE access_device SET last_ms = ? WHERE id = ?"), {m_clock.nowMs(), device.toBytes()})
                                        : m_connection.exec(QStringLiteral("UPDATE access_device SET last_ms = ?, version = ? WHERE id = ?"), {m_clock.nowMs(), version, device.toBytes()});
    if (!noted || !seen)
        return std::unexpected(!noted ? noted.error() : seen.error());
    return store(who->family, who->account, device, false).transform([&](const TokenPair &pair) { return Renewed{pair, *who}; });
}

Result<void> Sessions::endMisused(const Misuse &misuse, std::optional<Misuse> *out)
{
    Misuse found = misuse;
    const auto read = m_connection.each(QStringLiteral("SELECT account, device FROM access_session WHERE family = ?"), {misuse.family.toBytes()}, [&](const db::Row &row) {
        found.account = idAt(row, 0);
        found.device = idAt(row, 1);
        return false;
    });
    if (!read)
        return read;
    if (out)
        *out = found;
    return close(misuse.family);
}

Result<Identity> Sessions::admitted(const Found &found, For purpose)
{
    if (found.isRevoked)
        return std::unexpected(refusalError(Refusal::DeviceRevoked));
    if (found.who.mustChangePassword && purpose == For::Work)
        return std::unexpected(refusalError(Refusal::PasswordChange));
    return found.who;
}

Result<Identity> Sessions::identify(const QString &accessToken, For purpose) const
{
    const auto one = found(QStringLiteral("s.access_hash = ? AND s.access_expires_ms > ?"), {tokenHash(accessToken), m_clock.nowMs()});
    if (!one)
        return one.error().code == ErrorCode::NotFound ? staleToken() : std::unexpected(one.error());
    return admitted(*one, purpose);
}

Result<QList<Result<Identity>>> Sessions::identify(const QStringList &accessTokens) const
{
    QVariantList hashes;
    for (const QString &token : accessTokens)
        hashes += tokenHash(token);
    QHash<QByteArray, Found> known;
    const auto read = db::eachOf(m_connection, accountsWhere(QStringLiteral("s.access_expires_ms > ? AND s.access_hash IN (%1)")), {m_clock.nowMs()}, hashes, [&](const db::Row &row) {
        known.insert(row.bytes(11), foundIn(row));
        return true;
    });
    if (!read)
        return std::unexpected(read.error());
    QList<Result<Identity>> out;
    for (const QVariant &hash : std::as_const(hashes)) {
        const auto one = known.constFind(hash.toByteArray());
        out += one == known.cend() ? staleToken() : admitted(*one, For::Work);
    }
    return out;
}

Result<void> Sessions::rightsChanged(db::Connection &connection)
{
    return connection.exec(QStringLiteral("UPDATE access_revision SET number = number + 1")).transform([](qint64) {});
}

Result<void> Sessions::close(const Id &family)
{
    return m_connection.exec(QStringLiteral("DELETE FROM access_session WHERE family = ?"), {family.toBytes()}).transform([](qint64) {});
}

Result<void> Sessions::closeAll(const Id &account, const Id &except)
{
    return m_connection.exec(QStringLiteral("DELETE FROM access_session WHERE account = ? AND family <> ?"), {account.toBytes(), except.toBytes()}).transform([](qint64) {});
}

Result<void> Sessions::sweep()
{
    const qint64 now = m_clock.nowMs();
    const auto spent = m_connection.exec(QStringLiteral("DELETE FROM access_spent_token WHERE expires_ms <= ?"), {now});
    const auto ended = m_connection.exec(QStringLiteral("DELETE FROM access_session WHERE refresh_expires_ms <= ?"), {now});
    if (!spent || !ended)
        return std::unexpected(!spent ? spent.error() : ended.error());
    return {};
}

} // namespace ioc
