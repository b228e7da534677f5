// SPDX-License-Identifier: GPL-3.0-or-later
#include <access/sessions.h>
#include <access/token.h>

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

} // namespace

QStringList Sessions::schema()
{
    QStringList out;
    for (const auto &name : {QStringLiteral("0001_access"), QStringLiteral("0002_rights")}) {
        QFile file(QStringLiteral(":/access/sql/%1.sql").arg(name));
        if (!file.open(QIODevice::ReadOnly))
            qFatal("The schema of accounts and sessions is not part of this program.");
        out += QString::fromUtf8(file.readAll());
    }
    return out;
}

Result<Identity> Sessions::identity(const QString &where, const QVariantList &parameters) const
{
    const QString sql = QStringLiteral("SELECT a.id, a.login, a.display_name, coalesce(r.based_on, a.role), a.unit, s.device, s.family, r.id, (SELECT max(number) FROM access_revision) "
                                       "FROM account a LEFT JOIN access_session s ON s.account = a.id LEFT JOIN \"role\" r ON r.shard = a.shard AND r.id = a.custom_role "
                                       "WHERE a.deleted = 0 AND coalesce(a.disabled, 0) = 0 AND ")
                        + where;
    return m_connection.one<Identity>(sql, parameters, [](const db::Row &row) {
        return Identity{.account = idAt(row, 0), .device = idAt(row, 5), .family = idAt(row, 6), .login = row.text(1),
                        .displayName = row.text(2), .role = row.text(3), .unit = idAt(row, 4), .customRole = idAt(row, 7), .rightsRevision = row.integer(8)};
    });
}

Result<Identity> Sessions::account(const QString &login) const
{
    auto found = identity(QStringLiteral("a.login = ? LIMIT 1"), {login});
    if (!found && found.error().code == ErrorCode::NotFound)
        return failure(ErrorCode::Unauthenticated, QCoreApplication::translate("Access", "The login or the password is wrong."), QStringLiteral("no such account"));
    if (found)
        found->device = found->family = Id(); // of some other session
    return found;
}

Result<QString> Sessions::password(const Id &account) const
{
    auto found = m_connection.one<QString>(QStringLiteral("SELECT password FROM access_credential WHERE account = ?"), {account.toBytes()},
                                           [](const db::Row &row) { return row.text(0); });
    if (!found && found.error().code == ErrorCode::NotFound)
        return failure(ErrorCode::Unauthenticated, QCoreApplication::translate("Access", "The login or the password is wrong."), QStringLiteral("no password"));
    return found;
}

Result<void> Sessions::setPassword(const Id &account, const QString &encoded)
{
    return m_connection.exec(QStringLiteral("INSERT INTO access_credential (account, password, changed_ms) VALUES (?, ?, ?) "
                                            "ON CONFLICT (account) DO UPDATE SET password = excluded.password, changed_ms = excluded.changed_ms"),
                             {account.toBytes(), encoded, m_clock.nowMs()}).transform([](qint64) {});
}

Result<TokenPair> Sessions::open(const Id &account, const Id &device, const QString &deviceName)
{
    const qint64 now = m_clock.nowMs();
    const auto known = m_connection.exec(QStringLiteral("INSERT INTO access_device (id, name, first_ms, last_ms) VALUES (?, ?, ?, ?) "
                                                        "ON CONFLICT (id) DO UPDATE SET name = excluded.name, last_ms = excluded.last_ms"),
                                         {device.toBytes(), deviceName.isNull() ? QStringLiteral("") : deviceName, now, now});
    if (!known)
        return std::unexpected(known.error());
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

Result<Sessions::Renewed> Sessions::renew(const QString &refreshToken, const Id &device, std::optional<Misuse> *misuse)
{
    const QByteArray hash = tokenHash(refreshToken);
    const auto spent = m_connection.one<Id>(QStringLiteral("SELECT family FROM access_spent_token WHERE refresh_hash = ?"), {hash},
                                            [](const db::Row &row) { return idAt(row, 0); });
    if (spent) { // somebody has a copy: nobody who holds one stays in
        if (const auto ended = endMisused({.kind = Misuse::Kind::UsedTwice, .family = *spent, .account = {}, .device = {}}, misuse); !ended)
            return std::unexpected(ended.error());
        return signInAgain(QStringLiteral("refresh token used twice"));
    }
    const auto who = identity(QStringLiteral("s.refresh_hash = ? AND s.refresh_expires_ms > ?"), {hash, m_clock.nowMs()});
    if (!who)
        return who.error().code == ErrorCode::NotFound ? signInAgain(QStringLiteral("unknown refresh token")) : std::unexpected(who.error());
    if (who->device != device) {
        if (const auto ended = endMisused({.kind = Misuse::Kind::OtherDevice, .family = who->family, .account = {}, .device = {}}, misuse); !ended)
            return std::unexpected(ended.error());
        return signInAgain(QStringLiteral("refresh token of another device"));
    }
    const auto noted = m_connection.exec(QStringLiteral("INSERT INTO access_spent_token (refresh_hash, family, expires_ms) VALUES (?, ?, ?)"),
                                         {hash, who->family.toBytes(), m_clock.nowMs() + refreshLifeMs});
    const auto seen = m_connection.exec(QStringLiteral("UPDATE access_device SET last_ms = ? WHERE id = ?"), {m_clock.nowMs(), device.toBytes()});
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

Result<Identity> Sessions::identify(const QString &accessToken) const
{
    const auto who = identity(QStringLiteral("s.access_hash = ? AND s.access_expires_ms > ?"), {tokenHash(accessToken), m_clock.nowMs()});
    if (!who && who.error().code == ErrorCode::NotFound)
        return signInAgain(QStringLiteral("unknown or stale access token"));
    return who;
}

Result<void> Sessions::rightsChanged(db::Connection &connection)
{
    return connection.exec(QStringLiteral("UPDATE access_revision SET number = number + 1")).transform([](qint64) {});
}

Result<void> Sessions::close(const Id &family)
{
    return m_connection.exec(QStringLiteral("DELETE FROM access_session WHERE family = ?"), {family.toBytes()}).transform([](qint64) {});
}

Result<void> Sessions::closeAll(const Id &account)
{
    return m_connection.exec(QStringLiteral("DELETE FROM access_session WHERE account = ?"), {account.toBytes()}).transform([](qint64) {});
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
